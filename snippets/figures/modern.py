"""Figures of the page on today's block."""

import numpy as np

from figures import draw
from figures.draw import Label, Number
from modern_parts import turn
from real_file import first

PLACES = ((2, 1), (5, 4), (5, 3))


def distances():
    """The same pair at several places: what two of them give depends on the difference alone."""
    pair = turn(np.tile([1.0, 0.0], (6, 1)))
    products = [Number(pair[m] @ pair[n], 3) for m, n in PLACES]
    panels = [(Label(f"panel_{i + 1}"), pair[m], pair[n], products[i]) for i, (m, n) in enumerate(PLACES)]
    return draw.clocks(panels, numbers={"near": products[0], "far": products[2]})


def sharing():
    """Four query heads with four keys, and with two."""
    return draw.groups({Label("own"): 4, Label("shared"): 2})


def names():
    """The shapes of the first block, by the part of their name that says what they are."""
    return draw.table({name.split(".")[-2]: f"({', '.join(map(str, shape))})" for name, shape in first.items()})
