"""Figures of the page on weights."""

from count_weights import BITS, MODELS
from figures import draw
from figures.draw import Label, Number


def sizes():
    """The room that the same weights take in four formats, in gigabytes."""
    gigabytes = {kind: MODELS["Llama 3 8B"] * bits / 8 / 1e9 for kind, bits in BITS.items()}
    numbers = {kind.replace("4-bit", "four"): Number(size, 2) for kind, size in gigabytes.items()}
    bars = {Label("four") if kind == "4-bit" else kind: size for kind, size in gigabytes.items()}
    return draw.bars({Label("title"): bars}, decimals=2, role="weight", numbers=numbers)
