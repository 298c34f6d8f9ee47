"""A feedforward network small enough to compute by hand.

Two inputs, three hidden neurons, one output.
"""

import numpy as np

# --8<-- [start:numbers]
x = np.array([2.0, 3.0])  # (2,)

W1 = np.array([[0.5, 1.0], [1.0, -0.5], [-1.0, 1.0]])  # (3, 2)
b1 = np.array([-1.0, 0.5, -2.0])  # (3,)

W2 = np.array([[0.5, 2.0, 1.5]])  # (1, 3)
b2 = np.array([0.5])  # (1,)
# --8<-- [end:numbers]


def identity(z):
    """Return z as it is: no activation function. Any shape."""
    return z


def check(x, W1, b1, W2, b2):
    """Raise ValueError when shapes do not fit or a number is not finite."""
    if W1.ndim != 2 or x.ndim not in (1, 2) or x.shape[-1] != W1.shape[1]:
        raise ValueError(
            f"x {x.shape} does not fit W1 {W1.shape}: "
            "x needs as many values as W1 has columns"
        )
    if W2.ndim != 2 or W2.shape[1] != W1.shape[0]:
        raise ValueError(
            f"W2 {W2.shape} does not fit W1 {W1.shape}: "
            "W2 needs as many columns as W1 has rows"
        )
    for i, W, b in ((1, W1, b1), (2, W2, b2)):
        if b.shape != W.shape[:1]:
            raise ValueError(
                f"b{i} {b.shape} does not fit W{i} {W.shape}: "
                f"b{i} needs one bias for each row of W{i}"
            )
    given = {"x": x, "W1": W1, "b1": b1, "W2": W2, "b2": b2}
    for name, value in given.items():
        if not np.isfinite(value).all():
            raise ValueError(f"{name} holds NaN or infinity: {value}")


# --8<-- [start:forward]
def forward(x, W1, b1, W2, b2, activation=identity):
    """Forward pass of a network with one hidden layer.

    Shapes: x (inputs,) or, for a batch, (n, inputs);
    W1 (hidden, inputs); b1 (hidden,); W2 (outputs, hidden); b2 (outputs,).
    Returns h (hidden,) and y (outputs,), with n rows for a batch.
    Raises ValueError for shapes that do not fit, NaN and infinity.
    Source: Goodfellow, Bengio, Courville, Deep Learning, 2016, ch. 6.
    """
    given = (x, W1, b1, W2, b2)
    x, W1, b1, W2, b2 = (np.asarray(v, dtype=float) for v in given)
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

    # --8<-- [start:batch]
    X = np.array([[2.0, 3.0], [0.0, 0.0], [4.0, 1.0], [1.0, 5.0]])
    H, Y = forward(X, W1, b1, W2, b2)  # X (4, 2), H (4, 3), Y (4, 1)
    for row, output in zip(X, Y):
        print(row, "->", output)
    # --8<-- [end:batch]

    # --8<-- [start:change]
    changed = W1.copy()
    changed[0, 1] = 1.5  # it was 1.0
    for name, matrix in {"before": W1, "after": changed}.items():
        h, y = forward(x, matrix, b1, W2, b2)
        print(f"{name:6} h = {h}  y = {y}")
    # --8<-- [end:change]
