"""Descent along one weight: a rate that suits it, one too large."""

import numpy as np

from feedforward import W1, W2, b1, b2
from gradient_step import backward, loss


# --8<-- [start:descend]
def descend(rate, steps=5):
    """Move only the first weight of W2: its values, and the losses."""
    w, values, losses = W2.copy(), [], []
    for _ in range(steps + 1):
        values.append(w[0, 0])
        losses.append(loss(W1, b1, w, b2))
        w[0, 0] -= rate * backward(W1, b1, w, b2)[2][0, 0]
    return np.array(values), np.array(losses)


# --8<-- [end:descend]


if __name__ == "__main__":
    # --8<-- [start:rates]
    for rate in (0.05, 0.2, 0.25):
        values, losses = descend(rate)
        print(f"rate {rate}")
        print("  weight", *(f"{value:7.3f}" for value in values))
        print("  loss  ", *(f"{value:7.3f}" for value in losses))
    # --8<-- [end:rates]
