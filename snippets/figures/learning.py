"""Figures of the page on learning from text."""

import numpy as np

import pairs
from figures import draw
from figures.draw import Label, Number
from towns import LETTERS, read

SHOWN = ".abcdefgilmnoprstuvz"


def grid():
    """The probabilities of pairs, for the end mark and the commonest letters."""
    P = np.exp(pairs.table(read("it", "train"), LETTERS))
    places = [LETTERS.index(symbol) for symbol in SHOWN]
    asked = {"end_after_o": ".o", "o_after_n": "on", "n_after_o": "no"}
    numbers = {name: Number(P[LETTERS.index(a), LETTERS.index(b)], 2) for name, (a, b) in asked.items()}
    axes = (Label("rows"), Label("columns"))
    return draw.grid(P[np.ix_(places, places)], SHOWN, SHOWN, axes=axes, numbers=numbers)
