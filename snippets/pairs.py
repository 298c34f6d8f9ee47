"""The simplest model of names: which letter follows which.

Source: Shannon, Prediction and Entropy of Printed English, 1951.
"""

from itertools import pairwise

import numpy as np

from next_token import softmax
from towns import LETTERS, bits, encode, examples, invent, read


# --8<-- [start:table]
def count(names, letters):
    """counts (V, V): how often symbol i follows symbol j."""
    counts = np.zeros((len(letters), len(letters)))
    for name in names:
        for j, i in pairwise([0, *encode(name, letters)]):
            counts[i, j] += 1
    return counts


def table(names, letters):
    """W (V, V): log of the probability that symbol i follows symbol j.

    Every pair counts once more than it was seen, so none is impossible.
    """
    counts = count(names, letters) + 1
    return np.log(counts / counts.sum(axis=0))


# --8<-- [end:table]


# --8<-- [start:following]
def following(W, letters):
    """A function from the start of a name to the chances of each symbol.

    Only the last symbol matters: it is a vector of zeros with a single 1.
    """

    def chances(name):
        last = [0, *encode(name, letters)[:-1]][-1]
        x = np.zeros(len(letters))  # (V,)
        x[last] = 1.0
        return softmax(W @ x)  # (V, V) @ (V,) -> (V,)

    return chances


# --8<-- [end:following]


def score(W, letters, names):
    """Bits per character on some names."""
    X, y = examples(names, letters, 1)
    return bits(W[y, X[:, 0]])


if __name__ == "__main__":
    # --8<-- [start:data]
    names, heldout = read("it", "train"), read("it", "heldout")
    print(f"{len(names)} names to learn, {len(heldout)} held out")
    print(*heldout[200:700:100], sep="\n")
    print(len(LETTERS), "symbols:", LETTERS)
    # --8<-- [end:data]

    # --8<-- [start:questions]
    X, y = examples(["pisa"], LETTERS, 1)
    for before, after in zip(X[:, 0], y):
        print(LETTERS[before], "->", LETTERS[after])
    print(f"{len(examples(names, LETTERS, 1)[1])} questions in all")
    # --8<-- [end:questions]

    # --8<-- [start:learn]
    W = table(names, LETTERS)
    print("W", W.shape, "=", W.size, "weights")
    chances = following(W, LETTERS)("n")
    best = np.argsort(chances)[::-1][:3]
    print("after n:", *(f"{LETTERS[i]} {chances[i]:.3f}" for i in best))
    # --8<-- [end:learn]

    # --8<-- [start:score]
    print(f"guessing blindly: {np.log2(len(LETTERS)):.2f} bits")
    print(f"pairs, training:  {score(W, LETTERS, names):.2f} bits")
    held = score(W, LETTERS, heldout)
    print(f"pairs, held out:  {held:.2f} bits")
    print(f"like choosing among {2**held:.1f} equally likely symbols")
    # --8<-- [end:score]

    # --8<-- [start:invent]
    random = np.random.RandomState(0)
    for _ in range(6):
        print(invent(following(W, LETTERS), LETTERS, random))
    # --8<-- [end:invent]
