"""Figures of the page on today's block."""

import numpy as np

from figures import draw
from figures.draw import Label, Number
from modern_parts import turn
from real_file import first

PLACES = ((2, 1), (5, 4), (5, 3))


@draw.drawing
def clocks(words, panels):
    """Two arrows on a circle, a panel each: [(title, query (2,), key (2,), what stands below)]."""
    side, radius, top = draw.WIDTH / len(panels), 46, 30
    drawn = []
    for i, (title, query, key, below) in enumerate(panels):
        x, y = side * (i + 0.5), top + radius + 6
        drawn.append(words.text(x, 18, title, "name"))
        drawn.append(f'<circle cx="{x:g}" cy="{y:g}" r="{radius}" class="frame grid"/>')
        for (a, b), dashes, name in ((query, "none", "q"), (key, "5 4", "k")):
            end = f'x2="{x + radius * a:.1f}" y2="{y - radius * b:.1f}"'
            line = f'<line x1="{x:g}" y1="{y:g}" {end} class="curve value" stroke-dasharray="{dashes}"/>'
            drawn.append(line)
            drawn.append(draw.text(round(x + 57 * a, 1), round(y - 57 * b + 5, 1), name, "value"))
        drawn.append(words.text(x, y + radius + 36, below, "label"))
    return "".join(drawn), top + 2 * radius + 50


def distances():
    """The same pair at several places: what two of them give depends on the distance alone."""
    pair = turn(np.tile([1.0, 0.0], (6, 1)))
    products = [Number(pair[m] @ pair[n], 3) for m, n in PLACES]
    panels = [(Label(f"panel_{i + 1}"), pair[m], pair[n], products[i]) for i, (m, n) in enumerate(PLACES)]
    return clocks(panels, numbers={"near": products[0], "far": products[2]})


@draw.drawing
def groups(words, panels):
    """Which query heads use which keys, a panel each: {title: how many heads have keys}; 4 query heads."""
    side, wide, heads = draw.WIDTH / len(panels), 34, 4
    drawn = []
    for i, (title, many) in enumerate(panels.items()):
        left = side * i + (side - heads * 44) / 2 + 22
        drawn.append(words.text(side * (i + 0.5), 18, title, "name"))
        for head in range(heads):
            x, group = left + 44 * head, head * many // heads
            to = left + 44 * ((group + 0.5) * heads / many - 0.5)
            line = f'<line x1="{x:g}" y1="64" x2="{to:g}" y2="104" class="edge" stroke-width="1.5"/>'
            drawn.append(line)
            cell = f'<rect x="{x - wide / 2:g}" y="34" width="{wide}" height="30" rx="4" class="frame value"/>'
            drawn.append(cell + draw.text(x, 54, draw.subscript("q", head), "value"))
            cell = f'<rect x="{to - wide / 2:g}" y="104" width="{wide}" height="30" rx="4" class="frame value"/>'
            if not head or group != (head - 1) * many // heads:
                drawn.append(cell + draw.text(to, 124, draw.subscript("k", group), "value"))
    return "".join(drawn), 144


def sharing():
    """Four query heads with four keys, and with two."""
    return groups({Label("own"): 4, Label("shared"): 2})


def names():
    """The shapes of the first block, by the part of their name that says what they are."""
    return draw.table({name.split(".")[-2]: f"({', '.join(map(str, shape))})" for name, shape in first.items()})
