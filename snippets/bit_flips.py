"""One bit of one published weight, changed: the weight, and the score."""

import numpy as np

from number_bits import decode, encode
from numbers_by_hand import parts
from published import nested
from rounded_weights import published
from transformer import score

# --8<-- [start:which]
NAME, ROW, COLUMN = "block3.W1", 186, 32  # the weight of verify.py


def flipped(p, place, name=NAME, where=(ROW, COLUMN)):
    """The weights p with one bit changed; place 0 is the last bit.

    name, where: the array, and the place in it, of the weight.
    """
    w = p[name].copy()
    bits = encode(w[where], "float32")
    w[where] = decode(bits ^ 2**place, "float32")  # 0 for 1, or 1 for 0
    return p | {name: w}


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
    places = []
    for name, w in p.items():
        places += [(name, where) for where in np.ndindex(w.shape)]
    size = np.abs([p[name][where] for name, where in places])
    below, beyond = (size < 1).sum(), (size >= 2).sum()
    print(f"of {size.size} weights, in size, {below} are less than 1,")
    print(f"{size.size - below - beyond} from 1 to 2, {beyond} more")
    # --8<-- [end:dangerous]

    # --8<-- [start:sample]
    random = np.random.RandomState(0)
    for number in random.randint(len(places), size=10):
        name, where = places[number]
        q = flipped(p, 30, name, where)
        weights = f"{p[name][where]:8.4f} -> {q[name][where]:8.1e}"
        print(f"{name:9} {weights} {score(nested(q), some):6.2f} bits")
    # --8<-- [end:sample]
