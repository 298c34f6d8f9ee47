"""Solutions of the exercises on weights."""

from count_weights import BITS, dense
from neuron import b, neuron, w, x

if __name__ == "__main__":
    # --8<-- [start:zero]
    print("w1 = 0.5:", neuron(x, w, b), " w1 = 0.0:", neuron(x, [0.0, w[1]], b))
    w2 = (1.5 - x[0] * w[0] - b) / x[1]
    print("y = 1.5 when w2 =", w2, " check:", neuron(x, [w[0], w2], b))
    # --8<-- [end:zero]

    # --8<-- [start:digits]
    layers = (784, 128, 10)  # images of 28 x 28 dots, 128 hidden neurons, ten digits
    parameters = sum(sum(dense(n, m)) for n, m in zip(layers, layers[1:], strict=False))
    print(f"{parameters:,} parameters")
    for kind, bits in BITS.items():
        print(f"{kind:9} {parameters * bits // 8:8,} bytes")
    # --8<-- [end:digits]
