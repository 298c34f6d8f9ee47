"""One step of gradient descent on the feedforward network, by hand."""

import numpy as np

from activations import relu
from feedforward import W1, W2, b1, b2, forward, x

# --8<-- [start:loss]
target = 3.0


def loss(W1, b1, W2, b2):
    """Half the square of the error, for the input x and its target."""
    _, y = forward(x, W1, b1, W2, b2, relu)
    return 0.5 * (y[0] - target) ** 2


# --8<-- [end:loss]


# --8<-- [start:numerical]
def numerical(f, arrays, step=1e-6):
    """The gradient of f(*arrays), by moving each number a little.

    Each number goes up, then down, by `step`; the change of f is divided
    by the distance. Returns arrays of the same shapes.
    """
    arrays = [np.array(a, dtype=float) for a in arrays]
    gradients = [np.zeros_like(a) for a in arrays]
    for a, g in zip(arrays, gradients):
        for i in np.ndindex(a.shape):
            value = a[i]
            a[i] = value + step
            above = f(*arrays)
            a[i] = value - step
            g[i] = (above - f(*arrays)) / (2 * step)
            a[i] = value
    return gradients


# --8<-- [end:numerical]


# --8<-- [start:backward]
def backward(W1, b1, W2, b2):
    """The same gradient from the chain rule: one pass, backwards."""
    h, y = forward(x, W1, b1, W2, b2, relu)
    dy = y - target  # (1,): how the loss moves when y moves
    dW2, db2 = np.outer(dy, h), dy  # (1, 3), (1,)
    dh = W2.T @ dy  # (3,)
    dz = dh * (h > 0)  # a silent neuron lets nothing through
    dW1, db1 = np.outer(dz, x), dz  # (3, 2), (3,)
    return dW1, db1, dW2, db2


# --8<-- [end:backward]


if __name__ == "__main__":
    names, numbers = ("W1", "b1", "W2", "b2"), (W1, b1, W2, b2)
    np.set_printoptions(precision=4, suppress=True)
    # --8<-- [start:before]
    for name, w in zip(names, numbers):
        print(name, "=", w.tolist())
    h, y = forward(x, W1, b1, W2, b2, relu)
    print("h =", h, " y =", y, " loss =", loss(W1, b1, W2, b2))
    # --8<-- [end:before]

    # --8<-- [start:gradient]
    by_hand = backward(*numbers)
    for name, gradient in zip(names, by_hand):
        print(f"d{name} = {gradient.tolist()}")
    # --8<-- [end:gradient]

    # --8<-- [start:one]
    losses = []
    for value in (0.501, 0.499):
        moved = W2.copy()
        moved[0, 0] = value
        losses.append(loss(W1, b1, moved, b2))
        print(f"W2[0, 0] = {value}: loss = {losses[-1]:.7f}")
    gap = losses[0] - losses[1]
    print(f"{gap:.3f} / 0.002 = {gap / 0.002:.3f}")
    # --8<-- [end:one]

    # --8<-- [start:output]
    for y in (4.0, 4.001, 5.0, 5.001):
        print(f"y = {y:.3f}: loss = {0.5 * (y - target) ** 2:.7f}")
    # --8<-- [end:output]

    # --8<-- [start:check]
    pairs = zip(by_hand, numerical(loss, numbers))
    print("the same:", all(np.allclose(g, n, atol=1e-6) for g, n in pairs))
    # --8<-- [end:check]

    # --8<-- [start:step]
    rate = 0.01
    moved = [w - rate * g for w, g in zip(numbers, by_hand)]
    for name, w in zip(names, moved):
        print(name, "=", w.tolist())
    h, y = forward(x, *moved, relu)
    print(f"h = {h}  y = {y[0]:.3f}  loss = {loss(*moved):.4f}")
    # --8<-- [end:step]

    # --8<-- [start:descent]
    print("steps done", *(f"{step:6}" for step in range(6)))
    for rate in (0.01, 0.001, 0.1):
        now, losses = numbers, []
        for _ in range(6):
            losses.append(loss(*now))
            now = [w - rate * g for w, g in zip(now, backward(*now))]
        print(f"rate {rate:5}", *(f"{value:.4f}" for value in losses))
    first = [w - rate * g for w, g in zip(numbers, by_hand)]
    print("rate   0.1, first step: h =", forward(x, *first, relu)[0])
    # --8<-- [end:descent]
