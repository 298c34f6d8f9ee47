"""Figures of the page on numbers and their bits."""

import math

from figures import draw
from figures.draw import Label
from number_bits import decode


def line():
    """All the values of float8_e4m3fn on a line, then nearer and nearer to zero."""
    values = [decode(bits, "float8_e4m3fn") for bits in range(256)]
    values = sorted({value for value in values if not math.isnan(value)})
    largest, near, nearer = max(values), 16, 2**-4
    panels = [
        (Label("all"), -largest, largest, values),
        (Label("near"), -near, near, values),
        (Label("nearer"), 0, nearer, values),
    ]
    numbers = {"largest": largest, "near": near, "nearer": nearer, "least": values[values.index(0) + 1]}
    numbers["inside"] = sum(abs(value) <= near for value in values)
    return draw.rulers(panels, numbers=numbers | {"different": len(values)})
