"""Figures of the first page and of the page on weights: the same neuron."""

import numpy as np

from figures import draw
from neuron import b, neuron, w, x


def one():
    """A neuron with two inputs, with controls."""
    numbers = {"y": neuron(x, w, b), "b": b} | draw.matrix("x", x) | draw.matrix("w", w)
    still = draw.network(np.array(x), (np.array([w]), np.array([b])), names="xy", numbers=numbers)
    state = {"x": list(x), "W1": [list(w)], "b1": [b]}
    given = {name: draw.parameters(name, np.array(part), name[0].lower()) for name, part in state.items()}
    return draw.live("feedforward-explorer", still, state, ("now", "reset", "share", "copied", "wrong"), given)
