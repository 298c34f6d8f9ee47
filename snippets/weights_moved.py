"""How far the weights move, in how many directions; LoRA with its alpha.

Source: Hu et al., LoRA, 2021.
"""

import numpy as np

from adam import Adam
from answers import held_out, shares
from assistant import fine_tuned, published
from dpo import SIZE, gradients, logs_of_pairs
from preferences import learnt, pairs_of
from remember import remember

KINDS = ("Wq", "Wk", "Wv", "Wo", "W1", "W2")
RANK, STEPS, RATE, BETA = 4, 24, 0.003, 0.1


# --8<-- [start:change]
def change(W, after):
    """How a matrix has changed: by how much, in how many directions.

    How much: the size of the change over that of W, where the size is
    the square root of the sum of the squares. Directions: how many
    matrices of rank 1 are needed for 90% of the squares of the change.
    """
    size = np.linalg.norm(after - W) / np.linalg.norm(W)
    squares = np.linalg.svd(after - W, compute_uv=False) ** 2
    return size, 1 + int((squares.cumsum() < 0.9 * squares.sum()).sum())


# --8<-- [end:change]


# --8<-- [start:updated]
def updated(p, update, alpha):
    """The weights with their update: W + alpha / r * B @ A."""
    scale, w = np.float32(alpha / RANK), dict(p)
    for name in (name[2:] for name in update if name[0] == "B"):
        product = update["B " + name] @ update["A " + name]
        w[name] = p[name] + scale * product
    return w


# --8<-- [end:updated]


# --8<-- [start:low_rank]
@remember
def low_rank(p, pairs, alpha):
    """Learn from pairs; the update of a block's matrix has low rank."""
    random, update = np.random.RandomState(0), {}
    for name in (n for n in p if n.split(".")[-1] in KINDS):
        rows, columns = p[name].shape
        A = random.standard_normal((RANK, columns)) / 10
        update["B " + name] = np.zeros((rows, RANK), np.float32)
        update["A " + name] = A.astype(np.float32)
    reference, adam = logs_of_pairs(p, pairs), Adam(update)
    scale = np.float32(alpha / RANK)
    for done in range(STEPS):
        chosen = random.choice(len(pairs), SIZE)
        w, some = updated(p, update, alpha), [pairs[i] for i in chosen]
        g, step = gradients(w, some, reference[chosen], BETA)[1], {}
        for name in (name[2:] for name in update if name[0] == "B"):
            A, B = update["A " + name], update["B " + name]
            step["B " + name] = scale * g[name] @ A.T
            step["A " + name] = scale * B.T @ g[name]
        adam.step(step, RATE * (1 - done / STEPS))
    return update


# --8<-- [end:low_rank]


if __name__ == "__main__":
    # --8<-- [start:moved]
    models = published(), fine_tuned(), learnt(BETA)[0]
    random = np.random.RandomState(0)
    print("block 2    answers        preferences   by chance")
    for kind in KINDS:
        W = [p["block2." + kind] for p in models]
        row = (change(W[i], W[i + 1]) for i in range(2))
        said = (f"{size:5.0%}, {many:2} of 48" for size, many in row)
        noise = random.standard_normal(W[0].shape)
        many = change(W[0], W[0] + noise)[1]
        print(f"{kind:8}", *said, f"{many:2} of 48", sep="  ")
    # --8<-- [end:moved]

    # --8<-- [start:alpha]
    p = fine_tuned()
    pairs = pairs_of(p, 2)
    for alpha in (4, 12):
        update = low_rank(p, pairs, alpha)
        w = updated(p, update, alpha)
        right, o = shares(w).values()
        said = f"in o {o:.0%}, right {right:.0%}, {held_out(w):.2f} bits"
        print(f"alpha {alpha}, alpha / r = {alpha / RANK:.0f}: {said}")
    print(sum(a.size for a in update.values()), "numbers in an update")
    size, many = change(p["block2.Wv"], w["block2.Wv"])
    print(f"change of Wv in block 2: {size:.0%}, {many} directions")
    # --8<-- [end:alpha]
