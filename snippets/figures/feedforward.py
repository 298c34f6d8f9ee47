"""Figures of the page on the feedforward network."""

import numpy as np

from activations import relu, sigmoid
from feedforward import W1, W2, b1, b2, forward, x
from figures import draw


def network():
    """The worked example, with controls."""
    h, y = forward(x, W1, b1, W2, b2)
    numbers = {"y": y[0], "b2": b2[0]}
    for name, array in {"x": x, "h": h, "b1": b1, "W1": W1, "W2": W2}.items():
        numbers |= draw.matrix(name, array)
    still = draw.network(x, (W1, b1), (W2, b2), numbers=numbers)
    arrays = {"x": x, "W1": W1, "b1": b1, "W2": W2, "b2": b2}
    state = {name: array.tolist() for name, array in arrays.items()} | {"activation": "identity"}
    labels = ("now", "activation", "identity", "sigmoid", "reset", "share", "copied", "wrong")
    names = {"x": "x", "W1": "W₁", "b1": "b₁", "W2": "W₂", "b2": "b₂"}
    given = {name: draw.parameters(name, array, names[name]) for name, array in arrays.items()}
    return draw.live("feedforward-explorer", still, state, labels, given)


def curves():
    """Three activation functions."""
    z = np.linspace(-4, 4, 81)
    lines = {"ReLU": relu(z), draw.Label("sigmoid"): sigmoid(z), "tanh": np.tanh(z)}
    return draw.curves(z, lines, role="value", early=["tanh"])
