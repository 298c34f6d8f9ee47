"""The table of letter pairs, learnt by gradient descent, not counted."""

import numpy as np

import pairs
from adam import Adam
from next_token import log_softmax, softmax
from towns import LETTERS, bits, examples, read

# --8<-- [start:pairs]
names = read("it", "train")
counts = pairs.count(names, LETTERS).T  # (before, after)
p = {"W": np.zeros(counts.shape)}
adam = Adam(p)
for _ in range(300):
    q = softmax(p["W"])  # of each row: what follows a letter
    gradient = q * counts.sum(axis=1, keepdims=True) - counts
    adam.step({"W": gradient / counts.sum()}, 0.1)
X, y = examples(read("it", "heldout"), LETTERS, 1)
learnt = log_softmax(p["W"])
counted = pairs.table(names, LETTERS)
print(f"learnt:  {bits(learnt[X[:, 0], y]):.2f} bits")
print(f"counted: {bits(counted[y, X[:, 0]]):.2f} bits")
# --8<-- [end:pairs]
