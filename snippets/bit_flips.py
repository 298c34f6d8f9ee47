"""One bit of one published weight, changed: the weight, and the score."""

import numpy as np

from number_bits import decode, encode
from numbers_by_hand import parts
from published import nested
from rounded_weights import published
from transformer import score

# --8<-- [start:which]
NAME, ROW, COLUMN = "block3.W1", 186, 32  # the weight of verify.py


def flipped(p, place):
    """The weights p with one bit changed; place 0 is the last bit."""
    w = p[NAME].copy()
    bits = encode(w[ROW, COLUMN], "float32")
    w[ROW, COLUMN] = decode(bits ^ 2**place, "float32")  # 0 for 1, or 1
    return p | {NAME: w}


# --8<-- [end:which]


if __name__ == "__main__":
    # --8<-- [start:each]
    p, some = published()
    w = p[NAME][ROW, COLUMN]
    print(f"{w:.5f} = {parts(encode(w, 'float32'), 'float32')}")
    places = {"sign": (31,), "exponent": range(30, 22, -1)}
    for part, bits in (places | {"fraction": (22, 21, 10, 0)}).items():
        for place in bits:
            q = flipped(p, place)
            w = q[NAME][ROW, COLUMN]
            held = score(nested(q), some)
            print(f"{part:8} {place:2} {w:13.5g} {held:7.2f} bits")
    # --8<-- [end:each]

    # --8<-- [start:dangerous]
    w = np.concatenate([array.reshape(-1) for array in p.values()])
    print(f"{(np.abs(w) < 2).sum()} of {w.size} weights are less than 2")
    print(f"each has {len(parts(0, 'float32').replace(' ', ''))} bits")
    # --8<-- [end:dangerous]
