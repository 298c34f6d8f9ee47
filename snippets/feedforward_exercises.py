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

    # --8<-- [start:four]
    x = np.array([2.0, 3.0])
    W1 = np.vstack([W1, [0.5, 0.5]])  # (4, 2): one more neuron
    b1 = np.append(b1, -1.5)  # (4,)
    W2 = np.append(W2, [[1.0]], axis=1)  # (1, 4)
    h, y = forward(x, W1, b1, W2, b2, relu)
    print("h =", h, " y =", y)
    print("parameters:", W1.size + b1.size + W2.size + b2.size)
    # --8<-- [end:four]

    # --8<-- [start:speaks]
    for orders in (3, 4, 5, 6):
        h, y = forward([2.0, orders], W1, b1, W2, b2, relu)
        print(f"{orders} orders: h3 = {h[2]}")
    # --8<-- [end:speaks]
