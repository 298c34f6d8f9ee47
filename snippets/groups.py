"""A scale for each group of numbers: one large number spoils less.

Source, which calls them blocks: Dettmers and Zettlemoyer, The case for
4-bit precision, 2023.
"""

import numpy as np

from precision import quantise
from published import nested
from rounded_weights import published
from transformer import score


# --8<-- [start:groups]
def by_groups(W, bits, size):
    """Quantise W, `size` numbers at a time: Q (n, size), scale (n, 1).

    Raises ValueError if its numbers cannot be divided so.
    """
    W = np.asarray(W, dtype=float)
    if size < 1 or W.size % size:
        raise ValueError(f"{W.size} numbers are no groups of {size}")
    return quantise(W.reshape(-1, size), bits)


# --8<-- [end:groups]


def width(W, kind):
    """How many numbers have a scale in common: all, a row or so many."""
    return {"all": W.size, "row": W.shape[-1]}.get(kind, kind)


if __name__ == "__main__":
    # --8<-- [start:row]
    row = np.array([0.1, -0.3, 0.2, 0.05, 4.2, 0.6, -0.2, 0.4])
    print("row     ", *row)
    for size in (8, 4):
        Q, scale = by_groups(row, 4, size)
        back = Q * scale
        print(f"groups of {size}: scale", *scale[:, 0].round(4))
        print("whole   ", *Q.reshape(-1))
        print("back    ", *back.reshape(-1).round(2))
    # --8<-- [end:row]

    # --8<-- [start:compare]
    p, some = published()
    print("bits:")
    for kind in ("all", "row", 16, 8):
        q, bits, numbers = {}, 0, 0
        for name, W in p.items():
            Q, scale = by_groups(W, 4, width(W, kind))
            q[name] = (Q * scale).reshape(W.shape)
            bits += 4 * W.size + 16 * scale.size  # if scales had 16 bits
            numbers += W.size
        held = score(nested(q), some)
        weight = f"{bits / numbers:.2f} a weight"
        print(f"{kind!s:4} {weight}, {held:.2f} a character")
    # --8<-- [end:compare]
