"""Without an activation function two layers are one: here it is."""

import numpy as np

from activations import relu
from feedforward import W1, W2, b1, b2, forward, identity, x

# --8<-- [start:one]
W = W2 @ W1  # (1, 3) @ (3, 2) -> (1, 2)
b = W2 @ b1 + b2  # (1, 3) @ (3,) + (1,) -> (1,)
# --8<-- [end:one]

if __name__ == "__main__":
    # --8<-- [start:matrix]
    print("W =", W, " b =", b)
    print("one layer: ", W @ x + b)
    print("two layers:", forward(x, W1, b1, W2, b2)[1])
    # --8<-- [end:matrix]

    # --8<-- [start:middle]
    X = np.array([[0.0, 0.0], [1.0, 1.5], [2.0, 3.0]])  # (3, 2)
    for activation in (identity, relu):
        left, middle, right = forward(X, W1, b1, W2, b2, activation)[1]
        print(activation.__name__, left, middle, right)
        print("  the mean of the ends:", (left + right) / 2)
    # --8<-- [end:middle]
