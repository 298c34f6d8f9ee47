"""Answers of the Transformer to requests such as "b-", and their score."""

import numpy as np

from next_token import softmax
from published import nested
from remember import remember
from towns import END, LETTERS, encode, read
from transformer import forward, score

REQUESTS = [letter + "-" for letter in "abcdefgilmnoprstuv"]


# --8<-- [start:answers]
def answers(p, requests, seed, longest=20):
    """Draw an answer to each request; requests of the same length."""
    w, random = nested(p), np.random.RandomState(seed)
    X = np.array([[0, *encode(text, LETTERS)[:-1]] for text in requests])
    begin, going = X.shape[1], np.full(len(X), True)
    while going.any() and X.shape[1] < begin + longest:
        chances = np.zeros((len(X), len(LETTERS)))
        chances[:, 0] = 1  # an answer that has ended
        # equal beginnings are followed equally: once is enough
        texts, which = np.unique(X[going], axis=0, return_inverse=True)
        chances[going] = softmax(forward(w, texts)[:, -1])[which]
        below = chances.cumsum(axis=1) < random.random_sample((len(X), 1))
        symbol = np.minimum(below.sum(axis=1), len(LETTERS) - 1)
        X, going = np.c_[X, symbol], going & (symbol > 0)
    texts = ("".join(LETTERS[i] for i in row[begin:]) for row in X)
    return [text.partition(END)[0] for text in texts]


# --8<-- [end:answers]


# --8<-- [start:shares]
@remember
def shares(p):
    """Of 1080 answers, the share that is right, and that ends in "o"."""
    asked = REQUESTS * 60
    pairs = list(zip(answers(p, asked, 1), asked))
    right = np.mean([name[:1] == text[0] for name, text in pairs])
    o = np.mean([name.endswith("o") for name, _ in pairs])
    return {"right": right, "o": o}


def held_out(p):
    """Bits per character on the held-out names, without a request."""
    return score(nested(p), read("it", "heldout"))


# --8<-- [end:shares]
