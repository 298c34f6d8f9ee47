"""Figures of the page on attention."""

from figures import draw
from figures.draw import Label, Number
from two_heads import first, head, x


def gathering():
    """The first head of the worked example, when the last of three symbols looks back."""
    q, k, v, scores, weights, gathered = head(x, **first)
    numbers = {"q": q[2], "gathered": Number(gathered[2], 3)}
    for name, values, decimals in (("k", k, None), ("s", scores[2], None), ("w", weights[2], 4), ("v", v, None)):
        numbers |= draw.matrix(name, values, decimals)
    numbers = {name[:1] + "_" + name[2:] if name[1:2] == "_" else name: number for name, number in numbers.items()}
    rows = [
        (Label("vector"), [f"({a:g}, {b:g})" for a, b in x], "value"),
        (Label("key"), list(k), "value"),
        (Label("score"), list(scores[2]), "chance"),
        (Label("weight"), [Number(w, 4) for w in weights[2]], "bars"),
        (Label("value"), list(v), "value"),
    ]
    total = (Label("sum"), Number(gathered[2], 3))
    return draw.gathering(".as", rows, weights[2], total, numbers=numbers)
