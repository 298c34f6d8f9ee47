"""A small Transformer that writes names of towns, from its weights alone.

Needs towns-transformer.safetensors, in its folder or in the project's.
Sources: Vaswani et al., Attention Is All You Need, 2017; normalisation
before each part: Radford et al., 2019.
"""

import json
from pathlib import Path

import numpy as np

from count_parameters import count_parameters
from safe_file import load
from towns import END, alphabet, bits, encode, invent, read

NAME = "towns-transformer.safetensors"
LETTERS = alphabet(read("it", "train"))
HEADS = 4
LONGEST = 64  # positions


def find(name=NAME):
    """Where a published file is. Raises FileNotFoundError."""
    here = Path(__file__).resolve().parent
    for folder in (here, here.parent / "docs" / "assets" / "models"):
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(f"{name} is missing: download it into {here}")


# --8<-- [start:parts]
def softmax(s):
    """Probabilities along the last axis."""
    powers = np.exp(s - s.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def standard(x):
    """Each vector brought to mean 0, spread 1; and the spread it had."""
    centred = x - x.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-5)
    return centred / spread, spread


def split(x):
    """A shorter vector for each head: (n, t, 48) -> (n, 4, t, 12)."""
    return x.reshape(*x.shape[:2], HEADS, -1).swapaxes(1, 2)


def join(x):
    """The heads side by side again: (n, 4, t, 12) -> (n, t, 48)."""
    x = x.swapaxes(1, 2)
    return x.reshape(*x.shape[:2], -1)


# --8<-- [end:parts]


# --8<-- [start:attention]
def attend(p, b, n, steps):
    """Attention of block b: each symbol gathers from those before it.

    n (i, t, 48), normalised. Returns (i, t, 48); adds to `steps`.
    """
    q, k, v = (split(n @ p[b + W].T + p[b + B]) for W, B in QKV)
    s = q @ k.swapaxes(-1, -2) / q.shape[-1] ** 0.5  # (i, 4, t, t)
    later = np.triu(np.ones(s.shape[-2:], dtype=bool), 1)
    a = softmax(np.where(later, -np.inf, s))  # what comes later is hidden
    m = join(a @ v)  # (i, t, 48)
    steps |= {b + "q": q, b + "k": k, b + "v": v, b + "a": a, b + "m": m}
    return m @ p[b + "Wo"].T + p[b + "bo"]


# --8<-- [end:attention]
QKV = (("Wq", "bq"), ("Wk", "bk"), ("Wv", "bv"))


# --8<-- [start:forward]
def normalise(p, name, x, steps):
    """Normalise each vector of x, then stretch and shift it."""
    z, spread = standard(x)
    steps |= {name + "z": z, name + "spread": spread}
    return z * p[name + "scale"] + p[name + "shift"]


def forward(p, X, drop=lambda name, x: x):
    """Scores of the next symbol after each symbol, and all the steps.

    p {name: array}; X (i, t), places in the alphabet. Returns the scores
    (i, t, V) and the steps {name: array}. `drop` is for training only.
    """
    steps = {}
    x = drop("x", p["E"][X] + p["P"][: X.shape[1]])  # (i, t, 48)
    steps["x"] = x
    for b in blocks(p):
        n = steps[b + "n1"] = normalise(p, b + "norm1.", x, steps)
        x = x + drop(b + "m", attend(p, b, n, steps))
        n = steps[b + "n2"] = normalise(p, b + "norm2.", x, steps)
        h = np.maximum(n @ p[b + "W1"].T + p[b + "b1"], 0)  # (i, t, 192)
        x = x + drop(b + "h", h @ p[b + "W2"].T + p[b + "b2"])
        steps |= {b + "h": h, b + "x": x}
    n = steps["n"] = normalise(p, "norm.", x, steps)
    return n @ p["E"].T, steps  # the embeddings once more: (i, t, V)


# --8<-- [end:forward]


def blocks(p):
    """What the names of each block's weights begin with, in order."""
    return sorted(name[:-2] for name in p if name.endswith(".Wq"))


def batch(names):
    """Names as numbers: X (i, t) begins, Y (i, t) ends with the mark.

    Shorter names are filled up: in Y with -1, which counts for nothing.
    """
    t = max(map(len, names)) + 1
    if t > LONGEST:
        raise ValueError(
            f"a name of {t - 1} symbols: at most {LONGEST - 1}"
        )
    X, Y = np.zeros((len(names), t), int), np.full((len(names), t), -1)
    for i, name in enumerate(names):
        symbols = encode(name, LETTERS)
        Y[i, : len(symbols)] = symbols
        X[i, 1 : len(symbols)] = symbols[:-1]
    return X, Y


def score(p, names):
    """Bits a symbol on some names."""
    right = []
    names = sorted(names, key=len)
    for i in range(0, len(names), 64):
        X, Y = batch(names[i : i + 64])
        q = softmax(forward(p, X)[0])
        right.append(q[Y >= 0][np.arange((Y >= 0).sum()), Y[Y >= 0]])
    return bits(np.concatenate(right))


def following(p):
    """A function from the start of a name to the chances of each symbol."""

    def chances(name):
        X = np.array([[0, *encode(name, LETTERS)[:-1]]])
        return softmax(forward(p, X)[0][0, -1])

    return chances


if __name__ == "__main__":
    # --8<-- [start:load]
    stored, notes = load(find())
    p = {name: w.astype(float) for name, w in stored.items()}
    print(len(p), "arrays,", sum(w.size for w in p.values()), "weights")
    for name in ("E", "P", "block1.Wq", "block1.W1", "block1.W2"):
        print(f"{name:9} {p[name].shape}")
    # --8<-- [end:load]

    # --8<-- [start:steps]
    X, Y = batch(["assisi"])
    scores, steps = forward(p, X)
    for name in ("x", "block1.q", "block1.a", "block1.m", "block1.h"):
        print(f"{name:9} {steps[name].shape}")
    print(f"scores    {scores.shape}")
    # --8<-- [end:steps]

    # --8<-- [start:heads]
    heldout = read("it", "heldout")
    some = heldout[::10]
    print(len(some), "names of", len(heldout))
    for b in blocks(p):
        looks = np.zeros(HEADS)
        for name in some:
            a = forward(p, batch([name])[0])[1][b + "a"][0]  # (4, t, t)
            previous = a.diagonal(-1, axis1=1, axis2=2)  # (4, t - 1)
            looks += previous.mean(axis=1) / len(some)
        print(b, *(f"{weight:.0%}" for weight in looks))
    equal = [np.mean(1 / np.arange(2, len(name) + 2)) for name in some]
    print(f"the same weight for all: {np.mean(equal):.0%}")
    # --8<-- [end:heads]

    # --8<-- [start:silence]
    print(f"all heads: {score(p, some):.2f} bits")
    for head in range(HEADS):
        Wo = p["block1.Wo"].copy()
        Wo[:, 12 * head : 12 * head + 12] = 0  # what the head has found
        silent = score({**p, "block1.Wo": Wo}, some)
        print(f"without head {head + 1}: {silent:.2f} bits")
    # --8<-- [end:silence]

    # --8<-- [start:next]
    chances = softmax(scores)[0]  # (7, 36)
    for i, row in enumerate(chances):
        best = np.argsort(row)[::-1][:3]
        three = "  ".join(f"{LETTERS[j]} {row[j]:.2f}" for j in best)
        print(f"{(END + 'assisi')[: i + 1]:8} {three}")
    # --8<-- [end:next]

    # --8<-- [start:count]
    config = json.loads(notes["config"])
    print(count_parameters(config).total)
    # --8<-- [end:count]

    # --8<-- [start:score]
    print(f"held out: {score(p, heldout):.3f} bits")
    # --8<-- [end:score]

    # --8<-- [start:invent]
    random = np.random.RandomState(3)
    names = {*read("it", "train"), *heldout}
    for _ in range(12):
        name = invent(following(p), LETTERS, random)
        print(name, "(in the data)" if name in names else "")
    # --8<-- [end:invent]
