"""The same weights with fewer bits each: size of the file, and score.

Source of the scale for each row: Dettmers et al., LLM.int8(), 2022.
"""

import tempfile
from pathlib import Path

import numpy as np

from letters import CONTEXT, score
from remember import remember
from safe_file import exact, save
from towns import LETTERS, examples, read
from train_letters import trained

PRECISIONS = ("float32", "float16", "int8", "int4")

# --8<-- [start:quantise]
LEAST = np.finfo(np.float32).tiny  # no scale is smaller: none is zero


def quantise(W, bits):
    """Whole numbers and a scale for each row, so that W is about Q * scale.

    W (rows, columns) or (columns,). Returns Q, int8, from -limit to limit,
    where limit is 127 for 8 bits and 7 for 4, and scale (rows, 1).
    """
    limit = 2 ** (bits - 1) - 1
    W = np.asarray(W, dtype=float)
    largest = np.abs(W).max(axis=-1, keepdims=True)
    scale = np.maximum(largest / limit, LEAST)
    Q = np.round(W / scale).astype(np.int8)
    return Q, scale


# --8<-- [end:quantise]


# --8<-- [start:pack]
def pack(Q):
    """Two numbers of 4 bits in each byte. Q (...), from -8 to 7."""
    nibbles = (Q.reshape(-1).astype(np.uint8)) & 15
    if nibbles.size % 2:
        nibbles = np.append(nibbles, np.uint8(0))
    return nibbles[0::2] | nibbles[1::2] << 4


def unpack(packed, shape):
    """The numbers that were packed, in their shape."""
    both = np.stack([packed & 15, packed >> 4], axis=1).reshape(-1)
    both = both[: np.prod(shape)].astype(np.int8)
    return np.where(both > 7, both - 16, both).reshape(shape)


# --8<-- [end:pack]


# --8<-- [start:store]
def stored(p, precision):
    """What a file holds at a precision, and the weights read back."""
    if precision in ("float32", "float16"):
        file = {name: W.astype(precision) for name, W in p.items()}
        return file, exact(file)
    file, back = {}, {}
    for name, W in p.items():
        Q, scale = quantise(W, int(precision.removeprefix("int")))
        file[name], file[name + ".scale"] = Q, scale.astype(np.float32)
        if precision == "int4":
            file[name] = pack(Q)
            Q = unpack(file[name], W.shape)
        back[name] = Q * file[name + ".scale"].astype(float)
    return file, back


# --8<-- [end:store]


@remember
def scores(p, names):
    """Bits per character of the weights p at each precision."""
    X, y = examples(names, LETTERS, CONTEXT)
    return {kind: score(stored(p, kind)[1], X, y) for kind in PRECISIONS}


def measure(p):
    """{precision: (bytes of the numbers, bytes of the file, bits)}."""
    found, bits = {}, scores(p, read("it", "heldout"))
    for precision in PRECISIONS:
        arrays = stored(p, precision)[0]
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "letters.safetensors"
            save(arrays, file)
            size = file.stat().st_size
        numbers = sum(a.nbytes for a in arrays.values())
        found[precision] = numbers, size, bits[precision]
    return found


if __name__ == "__main__":
    # --8<-- [start:row]
    row = np.array([0.9, -0.35, 0.1, 0.02])
    print("     row    ", row.tolist())
    for bits in (8, 4):
        Q, scale = quantise(row, bits)
        print(f"int{bits}: scale {scale[0]:.5f}")
        print("     divided", np.round(row / scale, 1).tolist())
        print("     rounded", Q.tolist())
        print("     back   ", np.round(Q * scale, 3).tolist())
    # --8<-- [end:row]

    # --8<-- [start:scales]
    p = trained()
    rows = [len(W) if W.ndim > 1 else 1 for W in p.values()]
    scales = sum(rows)
    print("scales:", " + ".join(map(str, rows)), "=", scales)
    for bits in (8, 4):
        size = sum(W.size for W in p.values()) * bits // 8
        print(f"int{bits}: {size} + 4 x {scales} = {size + 4 * scales}")
    # --8<-- [end:scales]

    # --8<-- [start:compare]
    for precision, (numbers, size, held) in measure(trained()).items():
        print(f"{precision:8} {numbers:6} {size:6} bytes  {held:.3f} bits")
    # --8<-- [end:compare]
