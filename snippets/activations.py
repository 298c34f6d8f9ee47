"""The same network with three activation functions."""

import numpy as np

from feedforward import W1, W2, b1, b2, forward, identity, x


# --8<-- [start:functions]
def relu(z):
    """Zero for negative numbers, the number itself otherwise.

    Any shape. Source: Nair and Hinton, 2010.
    """
    return np.maximum(z, 0.0)


def sigmoid(z):
    """1 / (1 + exp(-z)): squeeze any number between 0 and 1. Any shape."""
    small = np.exp(-np.abs(z))  # never overflows, however large z is
    return np.where(np.asarray(z) >= 0, 1.0, small) / (1.0 + small)


# --8<-- [end:functions]


if __name__ == "__main__":
    # --8<-- [start:table]
    np.set_printoptions(precision=3, suppress=True)
    for activation in (identity, relu, sigmoid, np.tanh):
        h, y = forward(x, W1, b1, W2, b2, activation)
        print(f"{activation.__name__:8}  h = {h}  y = {y}")
    # --8<-- [end:table]
