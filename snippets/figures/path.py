"""The figure of the first page: the way through the course, a picture for each lesson."""

from itertools import pairwise

import numpy as np

from figures import draw

# The lessons in their order, as the site has them: each is drawn by the function of its name, `_llm` and so on.
LESSONS = (
    "llm weights matrices feedforward training learning letters tokens files numbers adapt attention"
    " transformer assistant counting modern open_models cost why_publish"
).split()


def line(x1, y1, x2, y2, role="edge", width=1.5):
    """A line from one point to another."""
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" class="{role}" stroke-width="{width:g}"/>'


def box(x, y, width, height, role="frame"):
    """A rectangle by its upper left corner."""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="2.5" class="{role}"/>'


def dot(x, y, radius=4.5, role="node"):
    """A circle."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" class="{role}"/>'


def layers(*sizes, left=-24, right=24, gap=13):
    """A network by the number of its nodes in each layer; some of its connections are thick, some dashed."""
    columns = np.linspace(left, right, len(sizes))
    places = [[(x, gap * (i - (n - 1) / 2)) for i in range(n)] for x, n in zip(columns, sizes)]
    edges, number = [], 0
    for before, after in pairwise(places):
        for x1, y1 in before:
            for x2, y2 in after:
                number += 1
                role = "edge negative" if number % 4 == 0 else "edge"
                edges.append(line(x1, y1, x2, y2, role, 0.8 + (number * 7 % 5) * 0.45))
    return "".join(edges) + "".join(dot(x, y) for column in places for x, y in column)


def _llm():
    """A text goes in, probabilities come out."""
    bars = "".join(box(2, y, width, 8, "bar chance") for y, width in ((-17, 24), (-5, 13), (7, 6)))
    return bars + draw.text(-13, 0, "Abc", "label")


def _weights():
    """One neuron."""
    connections = line(-20, -13, 10, 0, width=4) + line(-20, 13, 10, 0, "edge negative")
    return connections + "".join(dot(x, y, 6) for x, y in ((-22, -13), (-22, 13), (14, 0)))


def _matrices():
    """A table of weights, and a column of values."""
    cells = [box(-26 + 12 * j, -17 + 12 * i, 10, 10, "cell weight") for i in range(3) for j in range(2)]
    return "".join(cells) + "".join(box(14, -11 + 12 * i, 10, 10, "cell value") for i in range(2))


def _feedforward():
    """The network of the course."""
    return layers(2, 3, 1, gap=16)


def _training():
    """Steps down a curve."""
    x = np.linspace(-25, 25, 21)
    curve = " ".join(f"{a:g},{16 - (a / 25) ** 2 * 34:g}" for a in x)
    steps = "".join(dot(a, 16 - (a / 25) ** 2 * 34, 3.5, "bar weight") for a in (-23, -16, -9, -3))
    return f'<polyline points="{curve}" class="curve chance"/>{steps}'


def _learning():
    """Which letter comes next?"""
    places = ((-20, "a"), (0, "s"), (20, "?"))
    return "".join(box(x - 8, -11, 16, 20) + draw.text(x, 4, letter, "label") for x, letter in places)


def _letters():
    """A larger network."""
    return layers(4, 5, 4, gap=9)


def _tokens():
    """A word cut into pieces of different lengths."""
    places = ((-25, 21, "an"), (-2, 12, "c"), (12, 12, "a"))
    return "".join(box(x, -11, w, 20) + draw.text(x + w / 2, 4, part, "label") for x, w, part in places)


def _files():
    """A file: a heading, then numbers."""
    rows = "".join(box(-12, -4 + 7 * i, 24, 4, "cell weight") for i in range(4))
    return box(-18, -26, 36, 52) + box(-12, -20, 24, 10, "cell plain") + rows


def _numbers():
    """The bits of a number, some of them 1: a sign, an exponent, a fraction."""
    roles = ("plain", *["weight"] * 4, *["value"] * 3)
    bits = "00111010"
    cells = [
        box(-28 + 7 * i, -10, 6, 20, f"{'bar' if bit == '1' else 'frame'} {role}")
        for i, (bit, role) in enumerate(zip(bits, roles))
    ]
    return "".join(cells)


def _adapt():
    """A network, and a narrow way round it."""
    around = '<path d="M -24 -14 C -10 -34 10 -34 22 -6" class="frame weight"/>'
    return layers(2, 3, 1, gap=14) + around


def _attention():
    """The last symbol looks back at those before it."""
    places = (-24, -8, 8, 24)
    arcs = "".join(
        f'<path d="M 24 8 Q {(24 + x) / 2:g} {-34 + abs(x) / 2:g} {x:g} 8" class="frame chance"/>' for x in places[:3]
    )
    return arcs + "".join(dot(x, 12, 5) for x in places)


def _transformer():
    """Blocks, one on the other."""
    blocks = "".join(box(-16, y, 36, 13) + line(2, y + 13, 2, y + 18, "road") for y in (-26, -8, 10))
    return blocks + "".join(dot(x, y + 6.5, 2.5) for y in (-26, -8, 10) for x in (-7, 2, 11))


def _assistant():
    """A request and its answer."""
    ask = box(-16, -24, 28, 18) + "".join(dot(x, -15, 2.5) for x in (-9, -2, 5))
    return ask + line(-4, -6, 4, 5, "road") + box(-8, 5, 28, 18, "bar chance")


def _counting():
    """The same blocks, counted."""
    blocks = "".join(box(-18, y, 24, 13, "cell weight") for y in (-26, -8, 10))
    return blocks + draw.text(18, 5, "Σ", "title")


def _modern():
    """A block of today: its pairs of numbers turn."""
    clocks = "".join(
        f'<circle cx="{x}" cy="-8" r="9" class="frame"/>'
        + line(x, -8, x + 9 * np.cos(angle), -8 - 9 * np.sin(angle), "curve value", 2)
        for x, angle in ((-21, 0), (1, 1), (23, 2))
    )
    return clocks + box(-28, 10, 58, 13, "cell weight")


def _open_models():
    """Models of many sizes."""
    sizes = ((-18, 10, 5), (-4, 4, 9), (16, -4, 14))
    return "".join(dot(x, y, radius) for x, y, radius in sizes)


def _cost():
    """Each step up costs twice the one before."""
    steps = ((-24, 6), (-11, 12), (2, 24), (15, 48))
    return "".join(box(x, 24 - height, 10, height, "bar weight") for x, height in steps)


def _why_publish():
    """What one has made, others have."""
    ends = ((22, -20), (24, 2), (18, 22))
    return "".join(line(-16, 0, x, y, "road") for x, y in ends) + "".join(dot(x, y, 5.5) for x, y in (*ends, (-16, 0)))


def course():
    """All the lessons."""
    return draw.winding([globals()[f"_{name}"]() for name in LESSONS], numbers={"lessons": len(LESSONS)})
