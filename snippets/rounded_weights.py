"""The published Transformer's weights, rounded to each of five formats."""

import numpy as np

from number_bits import FORMATS, sizes
from numbers_by_hand import reach
from published import find, nested
from safe_file import exact, load
from towns import read
from transformer import score


# --8<-- [start:nearest]
def nearest(w, kind):
    """The numbers of a format nearest to those of an array w.

    They are what `encode` and `decode` of number_bits.py give one by one.
    """
    _, f, offset = sizes(kind)
    least = 1 - offset  # the lowest power of 2 of normal numbers
    power = np.maximum(np.frexp(w)[1] - 1, least)
    step = 2.0 ** (power - f)  # from a number to the next, there
    near = np.round(w / step) * step  # NumPy rounds halves to even too
    over = np.nan if kind.endswith("fn") else np.copysign(np.inf, w)
    return np.where(np.abs(near) > reach(kind)[0], over, near)


# --8<-- [end:nearest]


def published():
    """The published weights {name: array}, and one held-out name in ten."""
    return exact(load(find())[0]), read("it", "heldout")[::10]


if __name__ == "__main__":
    # --8<-- [start:compare]
    p, some = published()
    numbers = sum(w.size for w in p.values())
    print(f"{numbers} weights; {some[0]}, ... {len(some)} names")
    print("                changed  error  zero  bits")
    for kind in FORMATS:
        q = {name: nearest(w, kind) for name, w in p.items()}
        changed = sum((q[k] != w).sum() for k, w in p.items())
        error = max(np.max(np.abs(q[k] / w - 1)) for k, w in p.items())
        zero = sum((w == 0).sum() for w in q.values())
        bits = score(nested(q), some)
        print(f"{kind:14} {changed:8} {error:6.1%} {zero:5}  {bits:.3f}")
    # --8<-- [end:compare]
