"""Figures of the page on learning from text."""

import numpy as np

import pairs
from figures import draw
from figures.draw import Label, Number
from letters import CONTEXT, HIDDEN, LETTERS, WIDTH
from towns import read
from train_letters import EPOCHS, RATE, history

SHOWN = ".abcdefgilmnoprstuvz"


def grid():
    """The probabilities of pairs, for the end mark and the commonest letters."""
    P = np.exp(pairs.table(read("it", "train"), LETTERS))
    places = [LETTERS.index(symbol) for symbol in SHOWN]
    asked = {"end_after_o": ".o", "o_after_n": "on", "n_after_o": "no"}
    numbers = {name: Number(P[LETTERS.index(a), LETTERS.index(b)], 2) for name, (a, b) in asked.items()}
    axes = (Label("rows"), Label("columns"))
    return draw.grid(P[np.ix_(places, places)], SHOWN, SHOWN, axes=axes, numbers=numbers)


def flow():
    """The network of three letters, from top to bottom."""
    numbers = {"context": CONTEXT, "width": WIDTH, "hidden": HIDDEN, "symbols": len(LETTERS)}
    boxes = [
        (Label("letters"), Label("places"), "value", 0),
        (Label("embedding"), Label("embedded"), "weight", 0),
        ("W1, b1, tanh", Label("hidden"), "weight", 0),
        ("W2, b2", Label("scores"), "weight", 0),
        ("softmax", Label("chances"), "value", 0),
    ]
    return draw.flow(boxes, numbers=numbers)


def curves():
    """The loss while the network learns."""
    kept = history(read("it", "train"), read("it", "heldout"), EPOCHS, RATE)
    numbers = {}
    for name in ("train", "heldout"):
        numbers |= {f"{name}_first": Number(kept[name][1], 2), f"{name}_last": Number(kept[name][-1], 2)}
    lines = {Label("heldout"): kept["heldout"], Label("train"): kept["train"]}
    return draw.curves(kept["steps"], lines, top=3.3, step=0.1, axes=(Label("steps"), Label("bits")), numbers=numbers)
