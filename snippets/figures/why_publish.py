"""Figures of the page on why weights are published."""

from compare_models import compare
from figures import draw
from figures.draw import Label, Number


def bars():
    """Three models on names of three countries."""
    found = compare()
    countries = {"italy": "it", "france": "fr", "spain": "es"}
    groups = {Label(name): {Label(m): found[m][c] for m in found} for name, c in countries.items()}
    numbers = {f"{name}_{m}": Number(found[m][c], 2) for name, c in countries.items() for m in found}
    return draw.bars(groups, decimals=2, numbers=numbers)
