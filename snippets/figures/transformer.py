"""Figures of the page on the Transformer."""

import json

from figures import draw
from figures.draw import Label, Number
from published import find, weights
from towns import LETTERS, batch
from transformer import HEADS, looks


def flow():
    """A block, from top to bottom."""
    inner, width = weights()["blocks"][0]["W1"].shape
    numbers = {"width": width, "inner": inner, "heads": HEADS, "symbols": len(LETTERS)}
    boxes = [
        (Label("embedding"), Label("numbers"), "weight", 0),
        (Label("norm"), width, "weight", 0),
        (Label("attention"), width, "weight", 0),
        (Label("sum"), width, "value", 2),
        (Label("norm"), width, "weight", 0),
        (Label("feedforward"), Label("hidden"), "weight", 0),
        (Label("sum"), width, "value", 2),
        (Label("last"), Label("scores"), "weight", 0),
    ]
    return draw.flow(boxes, numbers=numbers)


def grid():
    """Where the third head of the first block looks, in a name."""
    a = looks(weights(), batch(["monteforte"])[0])[0][0][2]
    names = ".monteforte"
    return draw.grid(a, names, names, axes=(Label("rows"), Label("columns")), numbers={"f_e": Number(a[6, 5], 2)})


def card():
    """The published model's card."""
    found = json.loads(find().with_suffix(".json").read_text(encoding="utf-8"))
    training = found["training"]
    return draw.table(
        {
            "train": found["data"]["train"]["names"],
            "heldout": found["data"]["heldout"]["names"],
            "epochs": training["epochs"],
            "size": training["names at a time"],
            "rate": training["rate"],
            "bits": Number(found["bits per character"]["heldout"], 3),
            "checksum": found["sha256"][:16],
            "licence": found["licence"],
        }
    )
