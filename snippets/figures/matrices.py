"""Figures of the page on matrices and vectors."""

from feedforward import W1
from figures import draw
from figures.draw import Label
from matrix_product import A, B


def heatmap():
    """The weights of the hidden layer as colours."""
    rows = [Label(f"row_{i}") for i in (1, 2, 3)]
    return draw.heatmap(W1, rows, [Label("column_1"), Label("column_2")], numbers=draw.matrix("W1", W1))


def product():
    """Where a row of A meets a column of B."""
    numbers = draw.matrix("a", A[1]) | draw.matrix("b", B[:, 0]) | {"c": (A @ B)[1, 0]}
    return draw.product(A, B, 1, 0, numbers=numbers)
