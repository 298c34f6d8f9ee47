"""Without an activation function two layers are one: here it is."""

import numpy as np

from activations import relu
from feedforward import W1, W2, b1, b2, forward, x

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

    # --8<-- [start:many]
    X = np.random.default_rng(0).normal(size=(1000, 2))  # (1000, 2)
    one = X @ W.T + b  # (1000, 1)
    linear = forward(X, W1, b1, W2, b2)[1]
    bent = forward(X, W1, b1, W2, b2, relu)[1]
    print("inputs on which one layer gives the same output")
    print("without activation:", np.isclose(linear, one).sum())
    print("with ReLU:         ", np.isclose(bent, one).sum())
    # --8<-- [end:many]
