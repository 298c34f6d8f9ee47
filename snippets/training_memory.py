"""What training keeps in memory: four numbers a weight, and activations.

Source: Kingma and Ba, Adam, 2014, for the two means of each weight.
"""

import numpy as np

from adam import Adam
from towns import batch, read
from train_transformer import SHARE, SIZE, start
from transformer_gradients import dropout, forward, gradients


# --8<-- [start:kept]
def kept(thing, seen):
    """Gather in seen {place: array} the arrays that `back` has in hand.

    They are in its closure: what a function remembers of where it was
    made. A view of an array is in that array's place, and counts once.
    """
    if isinstance(thing, np.ndarray):
        while isinstance(thing.base, np.ndarray):
            thing = thing.base
        seen[id(thing)] = thing
    elif isinstance(thing, dict):
        kept(list(thing.values()), seen)
    elif isinstance(thing, (list, tuple)):
        for part in thing:
            kept(part, seen)
    elif callable(thing):
        for cell in getattr(thing, "__closure__", None) or ():
            kept(cell.cell_contents, seen)


def activations(p, names):
    """How many bytes `forward` leaves for the way back."""
    X, _ = batch(names)
    random = np.random.RandomState(0)
    _, back = forward(p, X, dropout(SHARE, random))
    seen, weights = {}, {}
    kept(back, seen)
    kept(p, weights)
    return sum(a.nbytes for k, a in seen.items() if k not in weights)


# --8<-- [end:kept]


def size(arrays):
    """Bytes of the arrays {name: array}."""
    return sum(w.nbytes for w in arrays.values())


if __name__ == "__main__":
    # --8<-- [start:weights]
    names = read("it", "train")
    p = start(0)
    adam = Adam(p)
    g = gradients(p, *batch(names[:SIZE]))[1]
    parts = {"weights": p, "gradients": g}
    parts |= {"mean": adam.mean, "square": adam.square}
    for part, arrays in parts.items():
        print(f"{part:10}{size(arrays):10,} bytes")
    total = sum(map(size, parts.values()))
    n = sum(w.size for w in p.values())
    print(f"{'in all':10}{total:10,} bytes, {total / n:.0f} a parameter")
    # --8<-- [end:weights]

    # --8<-- [start:activations]
    for many in (1, SIZE, 2 * SIZE):
        some = ["a" * 20] * many  # names of twenty letters
        print(f"{many:3} names: {activations(p, some):12,} bytes")
    # --8<-- [end:activations]
