"""A small Transformer that writes names of towns, from its weights alone.

Needs towns-transformer.safetensors, in the folder data or in the project.
Sources: Vaswani et al., Attention Is All You Need, 2017; normalisation
before each part: Radford et al., 2019.
"""

import json
from copy import deepcopy

import numpy as np

from count_parameters import count_parameters
from next_token import log_softmax, softmax
from published import find, nested
from safe_file import exact, load
from towns import END, LETTERS, batch, bits, encode, invent, read

HEADS = 4


# --8<-- [start:parts]
def normalise(x, scale, shift):
    """Bring each vector to mean 0 and spread 1, then scale and shift it."""
    centred = x - x.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-5)
    return centred / spread * scale + shift


def linear(x, W, b):
    """A dense layer, for each vector of x."""
    return x @ W.T + b


# --8<-- [end:parts]


# --8<-- [start:attention]
def attention_weights(q, k):
    """How much each symbol looks at each: (..., t, t), rows with sum 1.

    q, k (..., t, d): the query and the key of each of t symbols.
    """
    t, d = q.shape[-2:]
    scores = q @ k.swapaxes(-1, -2) / d**0.5  # (..., t, t)
    later = np.triu(np.ones((t, t), dtype=bool), 1)  # above the diagonal
    return softmax(np.where(later, -np.inf, scores))  # never look ahead


def attention(q, k, v):
    """What each symbol gathers: a mean of the values v (..., t, d)."""
    return attention_weights(q, k) @ v  # (..., t, d)


# --8<-- [end:attention]


# --8<-- [start:multi_head]
def split(x):
    """A shorter vector for each head: (n, t, 48) -> (n, 4, t, 12)."""
    return x.reshape(*x.shape[:2], HEADS, -1).swapaxes(1, 2)


def join(x):
    """The heads side by side again: (n, 4, t, 12) -> (n, t, 48)."""
    x = x.swapaxes(1, 2)
    return x.reshape(*x.shape[:2], -1)


def multi_head(q, k, v):
    """Each head does an attention of its own. q, k, v (n, t, 48)."""
    return join(attention(split(q), split(k), split(v)))


# --8<-- [end:multi_head]


# --8<-- [start:forward]
def block(x, norm1, Wq, bq, Wk, bk, Wv, bv, Wo, bo, norm2, W1, b1, W2, b2):
    """One block: corrects the vectors x (n, t, 48) twice."""
    z = normalise(x, **norm1)  # (n, t, 48)
    q, k, v = linear(z, Wq, bq), linear(z, Wk, bk), linear(z, Wv, bv)
    x = x + linear(multi_head(q, k, v), Wo, bo)
    z = normalise(x, **norm2)
    h = np.maximum(linear(z, W1, b1), 0)  # (n, t, 192)
    return x + linear(h, W2, b2)


def forward(p, X):
    """Scores of the next symbol after each symbol.

    p: the weights, see `nested`; X (n, t): places in the alphabet of t
    symbols of n names, the starting mark first. Returns (n, t, V).
    """
    x = p["E"][X] + p["P"][: X.shape[1]]  # (n, t, 48)
    for weights in p["blocks"]:
        x = block(x, **weights)
    return normalise(x, **p["norm"]) @ p["E"].T  # E once more: (n, t, V)


# --8<-- [end:forward]


# --8<-- [start:looks]
def looks(p, X):
    """What the heads of each block look at: a list of (n, 4, t, t)."""
    x, found = p["E"][X] + p["P"][: X.shape[1]], []
    for w in p["blocks"]:
        z = normalise(x, **w["norm1"])
        q, k = linear(z, w["Wq"], w["bq"]), linear(z, w["Wk"], w["bk"])
        found.append(attention_weights(split(q), split(k)))
        x = block(x, **w)
    return found


# --8<-- [end:looks]


def score(p, names, forward=forward):
    """Bits per character on some names."""
    found, names = [], sorted(names, key=len)
    for i in range(0, len(names), 64):
        X, Y = batch(names[i : i + 64])
        n, t = np.nonzero(Y >= 0)  # where there is a right answer
        found.append(log_softmax(forward(p, X))[n, t, Y[n, t]])
    return bits(np.concatenate(found))


def following(p):
    """A function from the start of a name to the chances of each symbol."""

    def chances(name):
        X = np.array([[0, *encode(name, LETTERS)[:-1]]])
        return softmax(forward(p, X)[0, -1])

    return chances


if __name__ == "__main__":
    # --8<-- [start:load]
    stored, notes = load(find())
    numbers = sum(w.size for w in stored.values())
    print(len(stored), "matrices and vectors,", numbers, "numbers")
    for name in ("E", "P", "block1.Wq", "block1.W1", "block1.W2"):
        print(f"{name:9} {stored[name].shape}")
    p = nested(exact(stored))
    # --8<-- [end:load]

    # --8<-- [start:steps]
    X, _ = batch(["assisi"])
    x = p["E"][X] + p["P"][: X.shape[1]]
    w = p["blocks"][0]
    z = normalise(x, **w["norm1"])
    q = split(linear(z, w["Wq"], w["bq"]))
    k = split(linear(z, w["Wk"], w["bk"]))
    v = split(linear(z, w["Wv"], w["bv"]))
    m = join(attention(q, k, v))
    z = normalise(x + linear(m, w["Wo"], w["bo"]), **w["norm2"])
    h = np.maximum(linear(z, w["W1"], w["b1"]), 0)
    scores = forward(p, X)
    print("x        ", x.shape)
    print("block1.q ", q.shape)
    print("block1.a ", attention_weights(q, k).shape)
    print("block1.m ", m.shape)
    print("block1.h ", h.shape)
    print("scores   ", scores.shape)
    # --8<-- [end:steps]

    # --8<-- [start:heads]
    heldout = read("it", "heldout")
    some = heldout[::10]
    print(len(some), "names of", len(heldout))
    before = np.zeros((len(p["blocks"]), HEADS))
    for name in some:
        for i, a in enumerate(looks(p, batch([name])[0])):
            previous = a[0].diagonal(-1, axis1=1, axis2=2)  # (4, t - 1)
            before[i] += previous.mean(axis=1) / len(some)
    for i, shares in enumerate(before, 1):
        print(f"block{i}.", *(f"{share:.0%}" for share in shares))
    equal = [np.mean(1 / np.arange(2, len(name) + 2)) for name in some]
    print(f"the same weight for all: {np.mean(equal):.0%}")
    # --8<-- [end:heads]

    # --8<-- [start:silence]
    print(f"all heads: {score(p, some):.2f} bits")
    for head in range(HEADS):
        silent = deepcopy(p)
        Wo = silent["blocks"][0]["Wo"]
        Wo[:, 12 * head : 12 * head + 12] = 0  # what the head has found
        print(f"without head {head + 1}: {score(silent, some):.2f} bits")
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
