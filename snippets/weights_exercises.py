"""Solutions of the exercises on weights."""

from itertools import pairwise

from count_weights import BITS, MODELS, dense
from neuron import b, neuron, w, x

if __name__ == "__main__":
    # --8<-- [start:solve]
    w2 = (1.5 - x[0] * w[0] - b) / x[1]
    print("w2 =", w2)
    print("check: y =", neuron(x, [w[0], w2], b))
    # --8<-- [end:solve]

    # --8<-- [start:digits]
    layers = (784, 128, 10)
    parameters = sum(sum(dense(n, m)) for n, m in pairwise(layers))
    print("layers of", *layers, "nodes:", f"{parameters:,} parameters")
    for kind, bits in BITS.items():
        print(f"{kind:9} {parameters * bits // 8:8,} bytes")
    # --8<-- [end:digits]

    # --8<-- [start:unknown]
    for inputs in ([0, 0], [1, 0], [0, 1], [1, 1]):
        print(inputs, "->", neuron(inputs, [2, 5], 1))
    # --8<-- [end:unknown]

    # --8<-- [start:fits]
    room = 8.0  # GB
    for kind, bits in BITS.items():
        size = MODELS["Llama 3 8B"] * bits / 8 / 1e9
        print(f"{kind:9} {size:5.2f} GB", "fits" if size < room else "")
    # --8<-- [end:fits]
