"""Figures of the page on matrices and vectors."""

from feedforward import W1
from figures import draw
from figures.draw import Label
from matrix_product import A, B
from points import squeeze, triangle, turn


def heatmap():
    """The weights of the hidden layer as colours."""
    rows = [Label(f"row_{i}") for i in (1, 2, 3)]
    return draw.heatmap(W1, rows, [Label("column_1"), Label("column_2")], numbers=draw.matrix("W1", W1))


def product():
    """Where a row of A meets a column of B."""
    numbers = draw.matrix("a", A[1]) | draw.matrix("b", B[:, 0]) | {"c": (A @ B)[1, 0]}
    still = draw.product(A, B, 1, 0, numbers=numbers)
    state = {"A": A.tolist(), "B": B.tolist(), "cell": [1, 0]}
    labels = "live rows columns unfit reset share copied wrong".split()
    return draw.live("matrix-product", still, state, labels)


def points():
    """A triangle turned, and turned and squeezed in both orders."""
    panels = {
        Label("turned"): triangle @ turn.T,
        Label("turned_first"): triangle @ (squeeze @ turn).T,
        Label("squeezed_first"): triangle @ (turn @ squeeze).T,
    }
    corner = triangle[2]
    numbers = {"x": corner[0], "y": corner[1]}
    moves = {"turned": turn, "turned_first": squeeze @ turn, "squeezed_first": turn @ squeeze}
    for name, move in moves.items():
        numbers |= {f"{name}_x": (move @ corner)[0], f"{name}_y": (move @ corner)[1]}
    return draw.moved(triangle, panels, numbers=numbers)
