"""Figures of the page on the Transformer."""

import json
from unittest.mock import patch

import numpy as np

import transformer
from figures import draw
from figures.draw import Label, Number
from published import find, weights
from safe_file import load
from towns import LETTERS, LONGEST, batch, read
from transformer import HEADS, following, looks, score


class Traced(np.ndarray):
    """An array that knows which box of the drawing it came out of."""

    def __array_finalize__(self, other):
        """What is computed from it comes out of the same box, until another takes it."""
        self.box = getattr(other, "box", 0)


def traced_block():
    """What `block` of transformer.py does to x, by running it: [(what, box that a side road comes from)].

    Box 0 is what enters. Nothing here knows how a block is wired: it is read off the operations as they happen.
    """
    boxes = [("x", None)]

    def out(array):
        array = np.asarray(array).view(Traced)
        array.box = len(boxes) - 1
        return array

    def normalise(x, **weights):
        boxes.append(("norm", None))
        return out(transformer_normalise(np.asarray(x), **weights))

    def linear(x, W, b):
        if boxes[-1][0] == "norm":
            boxes.append(("feedforward", None))
        return out(transformer_linear(np.asarray(x), W, b))

    def multi_head(q, k, v):
        boxes[-1] = ("attention", None)  # what the dense layers before it belong to
        return out(transformer_multi_head(*map(np.asarray, (q, k, v))))

    def add(x, other):
        boxes.append(("sum", x.box))
        return out(np.asarray(x) + np.asarray(other))

    transformer_normalise, transformer_linear = transformer.normalise, transformer.linear
    transformer_multi_head = transformer.multi_head
    p = weights()
    x = out(p["E"][batch(["assisi"])[0]])
    noted = {"normalise": normalise, "linear": linear, "multi_head": multi_head}
    with patch.multiple(transformer, **noted), patch.object(Traced, "__add__", add):
        transformer.block(x, **p["blocks"][0])
    return boxes[1:]


def flow():
    """A block, from top to bottom, wired as it runs."""
    inner, width = weights()["blocks"][0]["W1"].shape
    numbers = {"width": width, "inner": inner, "heads": HEADS, "symbols": len(LETTERS)}
    boxes = [(Label("embedding"), Label("numbers"), "weight", 0)]
    for i, (what, side) in enumerate(traced_block(), 1):
        shape = Label("hidden") if what == "feedforward" else width
        role = "value" if what == "sum" else "weight"
        boxes.append((Label(what), shape, role, 0 if side is None else i - side))
    boxes += [(Label("last"), Label("scores"), "weight", 0)]
    return draw.flow(boxes, numbers=numbers)


def next_letter():
    """What follows the start of a name, and where the first head of the first block looks; then whatever one types."""
    p, start = weights(), "assi"
    a, chances = looks(p, batch([start])[0])[0][0][0], following(p)(start)
    numbers = {"first_s": Number(a[4, 2], 2), "second_s": Number(a[4, 3], 2), "symbols": " ".join(LETTERS[2:])}
    best = {LETTERS[i] if i else Label("end"): chances[i] for i in np.argsort(-chances)[:7]}
    bars = draw.bars, [{Label("chances"): best}], {"decimals": 3, "wide": 180, "margin": 24}
    names = f".{start}"
    grid = draw.grid, [a, names, names], {"axes": (Label("rows"), Label("columns"))}
    still = draw.beside(bars, grid, 190, numbers=numbers)

    some = read("it", "heldout")[::29]
    given = {
        "file": find().name,
        "sha256": published_card()["sha256"],
        "letters": LETTERS,
        "matrices": {name: W.size for name, W in load(find())[0].items() if W.ndim == 2},
        "blocks": [i + 1 for i in range(len(p["blocks"]))],
        "heads": [i + 1 for i in range(HEADS)],
        "names": some,
        "bits": score(p, some),
    }
    numbers |= {"some": len(some), "longest": LONGEST, "size": round(find().stat().st_size / 1000)}
    state = {"prefix": start, "temperature": 1, "off": [], "damage": None, "look": [1, 1]}
    labels = """rows columns start invent invented temperature load loading failed changed verified unverified
        unknown wrong chances end block head grid weight harmed damage kind none noise zero int8 int4 flip matrix
        size index bit off silent score before names unharmed reset share copied""".split()
    return draw.live("next-letter", still, state, labels, given)


def looking():
    """What the third head of the first block does for the first i of a name: query, keys, scores, weights, values."""
    p = weights()
    X, w = batch(["assisi"])[0], p["blocks"][0]
    z = transformer.normalise(p["E"][X] + p["P"][: X.shape[1]], **w["norm1"])
    parts = (transformer.linear(z, w[f"W{one}"], w[f"b{one}"]) for one in "qkv")
    q, k, v = (transformer.split(part)[0, 2, :5] for part in parts)  # (5, 12): from the mark to the first i
    a = transformer.attention_weights(q, k)[4]
    scores = k @ q[4] / np.sqrt(len(q[4]))
    numbers = {"size": len(q[4]), "weight": Number(a[3], 2), "score": Number(scores[3], 1)}
    return draw.looking(".assi", q[4], k, scores, a, v, a @ v, numbers=numbers)


def published_card():
    """What the published model's card says."""
    return json.loads(find().with_suffix(".json").read_text(encoding="utf-8"))


def card():
    """The published model's card."""
    found = published_card()
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
