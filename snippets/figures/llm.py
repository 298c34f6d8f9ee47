"""Figures of the page on what a language model is."""

from connections import connections
from figures import draw
from figures.draw import Label, Number
from next_token import counts, scores, softmax


def temperatures():
    """The same letters' probabilities at three temperatures."""
    groups, numbers = {}, {}
    for name, temperature in {"low": 0.5, "one": 1.0, "high": 2.0}.items():
        chances = dict(zip(counts, softmax(scores, temperature), strict=True))
        groups[Label(name)] = {Label("end") if letter == "." else letter: p for letter, p in chances.items()}
        numbers |= {name: temperature, f"n_{name}": Number(chances["n"], 3)}
    limits = {"coolest": 0.05, "hottest": 10}
    still = draw.bars(groups, decimals=3, numbers=numbers | limits)
    state = {"scores": scores.tolist(), "temperature": 1, "k": len(scores)}
    letters = [Label("end") if letter == "." else letter for letter in counts]
    labels = "letter score chance drawn temperature degrees keep draw reset share copied wrong".split()
    given = {"letters": letters, "most": len(letters)} | limits
    return draw.live("temperature-dial", still, state, labels, given)


def growth():
    """How the connections grow with the width of the layers."""
    sizes = {str(width): connections(width, width, width, width) for width in (16, 32, 64, 128)}
    numbers = {f"width_{width}": int(width) for width in sizes} | {f"at_{width}": n for width, n in sizes.items()}
    return draw.bars({Label("title"): sizes}, role="weight", numbers=numbers)
