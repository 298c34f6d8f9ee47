"""Two heads of attention from the symbols' vectors, fit for paper.

Source: Vaswani et al., Attention Is All You Need, 2017.
"""

import numpy as np

from next_token import softmax

np.set_printoptions(precision=3, suppress=True)

# --8<-- [start:numbers]
x = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])  # (3, 2): 3 symbols
first = {"Wq": [1, 1], "Wk": [1, 0], "Wv": [3, 1]}  # from 2 numbers to 1
second = {"Wq": [0, 1], "Wk": [0, 1], "Wv": [1, -1]}
Wo = np.array([[1.0, 0.0], [1.0, 2.0]])  # (2, 2)
# --8<-- [end:numbers]


# --8<-- [start:head]
def head(x, Wq, Wk, Wv):
    """What a head of one number gathers, and the steps on the way."""
    q, k, v = x @ Wq, x @ Wk, x @ Wv  # (3,) each
    scores = np.outer(q, k) / np.sqrt(1)  # (3, 3): row looks at column
    scores[np.triu_indices(3, 1)] = -np.inf  # nobody looks ahead
    weights = softmax(scores)  # each row
    return q, k, v, scores, weights, weights @ v


# --8<-- [end:head]


if __name__ == "__main__":
    # --8<-- [start:first]
    q, k, v, scores, weights, gathered = head(x, **first)
    print("q =", q, " k =", k, " v =", v)
    print("scores\n", scores, sep="")
    print("weights\n", weights, sep="")
    print("gathered", gathered)
    # --8<-- [end:first]

    # --8<-- [start:both]
    m = np.stack([gathered, head(x, **second)[-1]], axis=1)  # (3, 2)
    print("side by side\n", m, sep="")
    print("times Wo\n", m @ Wo.T, sep="")
    print("added to x\n", x + m @ Wo.T, sep="")
    # --8<-- [end:both]

    # --8<-- [start:normalise]
    z = np.array([2.0, 4.0, 6.0, 8.0])
    scale, shift = np.array([1, 1, 2, 1]), np.array([0, 0, 0, 1])
    centred = z - z.mean()
    spread = np.sqrt((centred**2).mean())
    print("mean", z.mean(), " centred", centred)
    print("squares", centred**2, f" mean {(centred**2).mean()}")
    print(f"spread {spread:.3f}  divided", centred / spread)
    print("scaled and shifted", centred / spread * scale + shift)
    # --8<-- [end:normalise]
