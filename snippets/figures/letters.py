"""Figures of the page on the network of letters."""

import numpy as np

from figures import draw
from figures.draw import Label, Number
from letters import CONTEXT, HIDDEN, LETTERS, WIDTH
from towns import invent, read
from train_letters import EPOCHS, RATE, following, history, weights

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-"  # tenths, from -32 to 31


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
    axes = (Label("steps"), Label("bits"))
    still = draw.curves(kept["steps"], lines, top=3.3, step=0.1, axes=axes, numbers=numbers)
    _, every, *_, last = kept["steps"].tolist()
    given = {"every": every, "last": last, "digits": DIGITS}
    names = enumerate(LETTERS.replace(" ", "␣"))  # eighteen side by side, each under its column
    given["letters"] = [{"name": one, "x": 11 + 22 * (i % 18), "y": 114 + 126 * (i // 18)} for i, one in names]
    given |= {"names": [], "E": []}
    given |= {name: kept[name].round(4).tolist() for name in ("train", "heldout")}
    for moment in range(len(kept["steps"])):
        p, random = weights(kept, moment), np.random.RandomState(1)
        given["names"].append([invent(following(p), LETTERS, random) for _ in range(6)])
        given["E"].append("".join(DIGITS[int(tenth) + 32] for tenth in np.clip(10 * p["E"], -32, 31).round().flat))
    labels = "step train heldout bits names E reset share copied wrong".split()
    return draw.live("training-scrubber", still, {"step": int(kept["steps"][-1])}, labels, given)
