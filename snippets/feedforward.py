"""A feedforward network small enough to compute by hand: 2 inputs, 3 hidden neurons, 1 output."""

import numpy as np

# --8<-- [start:numbers]
x = np.array([2.0, 3.0])  # (2,)

W1 = np.array([[0.5, 1.0], [1.0, -0.5], [-1.0, 0.5]])  # (3, 2)
b1 = np.array([-1.0, 0.5, -0.5])  # (3,)

W2 = np.array([[0.5, 2.0, 1.5]])  # (1, 3)
b2 = np.array([0.5])  # (1,)
# --8<-- [end:numbers]


# --8<-- [start:identity]
def identity(z):
    """Return z as it is: no activation function. Any shape."""
    return z


# --8<-- [end:identity]


def check(x, W1, b1, W2, b2):
    """Refuse shapes that do not fit and numbers that are not finite, with a ValueError that names them."""
    hidden, inputs = W1.shape if W1.ndim == 2 else (None, None)
    if inputs is None or x.ndim not in (1, 2) or x.shape[-1] != inputs:
        raise ValueError(f"x {x.shape} does not fit W1 {W1.shape}: x needs as many values as W1 has columns")
    if b1.shape != (hidden,):
        raise ValueError(f"b1 {b1.shape} does not fit W1 {W1.shape}: one bias for each row of W1")
    if W2.ndim != 2 or W2.shape[1] != hidden:
        raise ValueError(f"W2 {W2.shape} does not fit W1 {W1.shape}: W2 needs a column for each row of W1")
    if b2.shape != W2.shape[:1]:
        raise ValueError(f"b2 {b2.shape} does not fit W2 {W2.shape}: one bias for each row of W2")
    for name, value in {"x": x, "W1": W1, "b1": b1, "W2": W2, "b2": b2}.items():
        if not np.isfinite(value).all():
            raise ValueError(f"{name} holds NaN or infinity: {value.tolist()}")


# --8<-- [start:forward]
def forward(x, W1, b1, W2, b2, activation=identity):
    """Forward pass of a network with one hidden layer: h = activation(W1 x + b1), y = W2 h + b2.

    Shapes: x (inputs,), or (n, inputs) for a batch; W1 (hidden, inputs); b1 (hidden,);
    W2 (outputs, hidden); b2 (outputs,). Returns (h, y): (hidden,) and (outputs,), or (n, …).
    Raises ValueError when shapes do not fit or a number is NaN or infinite.
    Source: Goodfellow, Bengio, Courville, Deep Learning, 2016, chapter 6.
    """
    x, W1, b1, W2, b2 = (np.asarray(value, dtype=float) for value in (x, W1, b1, W2, b2))
    check(x, W1, b1, W2, b2)
    h = activation(x @ W1.T + b1)  # for one input, the same as W1 @ x + b1
    y = h @ W2.T + b2
    return h, y


# --8<-- [end:forward]


if __name__ == "__main__":
    # --8<-- [start:hidden]
    h = W1 @ x + b1  # (3, 2) @ (2,) + (3,) -> (3,)
    print("W1 @ x =", W1 @ x)
    print("h      =", h)
    # --8<-- [end:hidden]

    # --8<-- [start:output]
    y = W2 @ h + b2  # (1, 3) @ (3,) + (1,) -> (1,)
    print("W2 @ h =", W2 @ h)
    print("y      =", y)
    # --8<-- [end:output]

    # --8<-- [start:whole]
    h, y = forward(x, W1, b1, W2, b2)
    print("h =", h, " y =", y)
    # --8<-- [end:whole]

    # --8<-- [start:batch]
    X = np.array([[2.0, 3.0], [0.0, 0.0], [1.0, -1.0], [-2.0, 4.0]])  # (4, 2): four inputs, one a row
    H, Y = forward(X, W1, b1, W2, b2)
    print("X", X.shape, " H", H.shape, " Y", Y.shape)
    for row, output in zip(X, Y, strict=True):
        print(row, "->", output)
    # --8<-- [end:batch]

    # --8<-- [start:change]
    changed = W1.copy()
    changed[0, 1] = 1.5  # it was 1.0: the weight from the second input to the first hidden neuron
    for name, matrix in {"before": W1, "after": changed}.items():
        h, y = forward(x, matrix, b1, W2, b2)
        print(f"{name:6} h = {h}  y = {y}")
    # --8<-- [end:change]
