"""Gradients of the three-letter network that 16 bits turn into zero."""

import numpy as np

from letters import CONTEXT, SIZE, gradients
from number_bits import decode, encode
from rounded_weights import nearest
from towns import LETTERS, examples, read
from train_letters import trained


# --8<-- [start:lost]
def lost(numbers, kind):
    """The share of some numbers, not zero, that a format makes zero."""
    numbers = numbers[numbers != 0]
    return np.mean(nearest(numbers, kind) == 0)


# --8<-- [end:lost]


if __name__ == "__main__":
    # --8<-- [start:shares]
    X, y = examples(read("it", "train"), LETTERS, CONTEXT)
    g = gradients(trained(), X[:SIZE], y[:SIZE])[1]
    g = np.concatenate([array.reshape(-1) for array in g.values()])
    print(f"derivatives: {g.size}; the middle one, in size:", end=" ")
    print(f"{np.median(np.abs(g)):.0e}")
    for kind in ("float16", "bfloat16"):
        shares = f"{lost(g, kind):.0%} and {lost(g * g, kind):.0%} become 0"
        print(f"{kind:8} derivatives and their squares: {shares}")
    # --8<-- [end:shares]

    # --8<-- [start:steps]
    kind = "bfloat16"
    w = 1.0
    for _ in range(1000):
        w = decode(encode(w + 0.001, kind), kind)
    print(f"{kind}: 1 plus 0.001 a thousand times makes {w:.3f}")
    # --8<-- [end:steps]
