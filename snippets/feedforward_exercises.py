"""Solutions of the exercises on the feedforward network."""

import numpy as np

from activations import relu
from feedforward import W1, W2, b1, b2, forward

if __name__ == "__main__":
    # --8<-- [start:by_hand]
    x = np.array([4.0, 1.0])
    print("h =", W1 @ x + b1)
    print("y =", W2 @ (W1 @ x + b1) + b2)
    # --8<-- [end:by_hand]

    # --8<-- [start:relu]
    h, y = forward(x, W1, b1, W2, b2, relu)
    print("h =", h)
    print("y =", y)
    # --8<-- [end:relu]
