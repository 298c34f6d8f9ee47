"""Figures of the page on the network of letters."""

from figures import draw
from figures.draw import Label, Number
from letters import CONTEXT, HIDDEN, LETTERS, WIDTH
from towns import read
from train_letters import EPOCHS, RATE, history


def flow():
    """The network of three letters, from top to bottom."""
    numbers = {"context": CONTEXT, "width": WIDTH, "hidden": HIDDEN, "symbols": len(LETTERS)}
    boxes = [
        (Label("letters"), Label("places"), "value", 0),
        (Label("embedding"), Label("embedded"), "weight", 0),
        ("W1, b1, tanh", Label("hidden"), "weight", 0),
        ("W2, b2", Label("scores"), "weight", 0),
        ("softmax", Label("chances"), "chance", 0),
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
