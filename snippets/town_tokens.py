"""Tokens learnt from the names of towns, and a model that reads them."""

import numpy as np

from bpe import decode, encode, encode_all, learn, vocabulary
from letters import WIDTH
from towns import read

SIZES = (0, 50, 200, 500)  # merges
ADDED = 0.1  # to each count of the table

names, heldout = read("it", "train"), read("it", "heldout")
# --8<-- [start:learn]
merges = learn(names, max(SIZES))  # those before are the first of these
# --8<-- [end:learn]


# --8<-- [start:per_name]
def per_name(names, merges):
    """How many tokens a name has, on average."""
    ends = len(names) + 1
    return (len(encode_all(names, merges)) - ends) / len(names)


# --8<-- [end:per_name]


# --8<-- [start:table]
def table(names, merges):
    """P (V, V): the probability of the token i after the token j."""
    V = len(vocabulary(merges))
    text = encode_all(names, merges)  # (n,) places in the vocabulary
    counts = np.full((V, V), ADDED)
    np.add.at(counts, (text[1:], text[:-1]), 1)
    return counts / counts.sum(axis=0)


def cost(P, names, merges):
    """The bits of some names in all, and of how many tokens."""
    text = encode_all(names, merges)
    return -np.log2(P[text[1:], text[:-1]]).sum(), len(text) - 1


# --8<-- [end:table]

if __name__ == "__main__":
    # --8<-- [start:first]
    tokens = [b"".join(pair).decode() for pair in merges]
    print("first:", *(repr(t) for t in tokens[:12]))
    print("last: ", *(repr(t) for t in tokens[-6:]))
    print(len(vocabulary(merges)), "tokens in all")
    # --8<-- [end:first]

    # --8<-- [start:cut]
    for name in ("monterotondo", "forlì", "borgo san lorenzo", "tōkyō"):
        cut = encode(name, merges)
        print(len(cut), *cut)
        assert decode(cut) == name
    # --8<-- [end:cut]

    # --8<-- [start:sizes]
    print("merges  numbers in E  tokens a name")
    for n in SIZES:
        E = len(vocabulary(merges[:n])) * WIDTH
        print(f"{n:6}{E:14}{per_name(heldout, merges[:n]):15.2f}")
    # --8<-- [end:sizes]

    # --8<-- [start:fair]
    characters = sum(len(name) + 1 for name in heldout)
    print(f"{ADDED} added to each count")
    print("merges  bits a token  bits a character")
    for n in SIZES:
        P = table(names, merges[:n])
        bits, number = cost(P, heldout, merges[:n])
        print(f"{n:6}{bits / number:14.2f}{bits / characters:18.2f}")
    # --8<-- [end:fair]

    # --8<-- [start:letters]
    tokens = vocabulary(merges)
    cut = encode("strawberry", merges)
    print(*cut)
    print("what the network reads:", *(tokens[token] for token in cut))
    # --8<-- [end:letters]
