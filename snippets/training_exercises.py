"""Solutions to the exercises on how weights are computed."""

import numpy as np

import gradient_step
import letters
import pairs
from adam import Adam
from feedforward import W1, W2, b1, b2
from towns import bits, examples, read

# --8<-- [start:by_hand]
gradient_step.target = 5.0
dW1, db1, dW2, db2 = gradient_step.backward(W1, b1, W2, b2)
print("dW2 =", (dW2 + 0).tolist(), " db2 =", db2.tolist())
print("W2 =", (W2 - 0.01 * dW2).tolist(), " b2 =", b2 - 0.01 * db2)
# --8<-- [end:by_hand]

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

# --8<-- [start:few]
few = read("it", "train")[::34]
X, y = examples(few, letters.LETTERS, letters.CONTEXT)
Xh, yh = examples(read("it", "heldout"), letters.LETTERS, letters.CONTEXT)
p = letters.start(letters.LETTERS)
print(len(few), "names, 60 epochs")


def watch(steps):
    """Print the score on the names it learns from and on the others."""
    seen, unseen = letters.score(p, X, y), letters.score(p, Xh, yh)
    print(f"step {steps:3}  training {seen:.2f}  held out {unseen:.2f}")


letters.train(p, X, y, 60, 0.01, watch, every=120)
# --8<-- [end:few]
