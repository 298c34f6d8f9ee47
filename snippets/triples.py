"""A table with a row for every three letters, to compare with a network."""

import numpy as np

from letters import CONTEXT
from towns import LETTERS, bits, examples, read

names, heldout = read("it", "train"), read("it", "heldout")

# --8<-- [start:table]
V = len(LETTERS)
X, y = examples(names, LETTERS, CONTEXT)
added = 0.1
counts = np.full((V**CONTEXT, V), added)  # a row for every three letters
np.add.at(counts, (X @ [V * V, V, 1], y), 1)
P = counts / counts.sum(axis=1, keepdims=True)
X, y = examples(heldout, LETTERS, CONTEXT)
held = bits(np.log(P[X @ [V * V, V, 1], y]))
print(f"{len(P)} rows, {P.size} numbers, {added} added to each count")
print(f"held out {held:.2f}")
# --8<-- [end:table]
