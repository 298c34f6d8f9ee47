"""The table of letter pairs, learnt by gradient descent, not counted."""

import numpy as np

import pairs
from adam import Adam
from towns import bits, examples, read

# --8<-- [start:pairs]
X, y = examples(read("it", "train"), pairs.LETTERS, 1)
V = len(pairs.LETTERS)
counts = np.zeros((V, V))  # (after, before)
np.add.at(counts, (y, X[:, 0]), 1)
p = {"W": np.zeros((V, V))}
adam = Adam(p)
for _ in range(300):
    powers = np.exp(p["W"])
    q = powers / powers.sum(axis=0)  # each column: softmax
    gradient = (q * counts.sum(axis=0) - counts) / len(y)
    adam.step({"W": gradient}, 0.1)
Xh, yh = examples(read("it", "heldout"), pairs.LETTERS, 1)
counted = pairs.table(read("it", "train"), pairs.LETTERS)
print(f"learnt:  {bits(q[yh, Xh[:, 0]]):.2f} bits")
print(f"counted: {bits(np.exp(counted)[yh, Xh[:, 0]]):.2f} bits")
# --8<-- [end:pairs]
