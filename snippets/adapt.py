"""Three ways to use saved weights in a network that is slightly different.

Sources: a new output layer: Yosinski et al., 2014; low-rank updates: Hu
et al., LoRA, 2021.
"""

import numpy as np

from adam import Adam
from letters import CONTEXT, SIZE, gradients, score
from remember import remember
from towns import LETTERS, alphabet, examples, plain, read
from train_letters import trained


# --8<-- [start:alphabet]
def widen(p, letters, wider):
    """Make room for new symbols: a row more for each in E, W2 and b2.

    A symbol that was there keeps its numbers. A new one begins with those
    of its letter without the accent, but less likely to come out.
    """
    old = [letters.find(s) for s in wider]
    like = [letters.index(plain(s, letters)[0]) for s in wider]
    rows = [o if o >= 0 else r for o, r in zip(old, like)]
    new = np.array([o < 0 for o in old])
    wide = p | {name: p[name][rows] for name in ("E", "W2", "b2")}
    wide["b2"] = wide["b2"] - 3.0 * new
    return wide


# --8<-- [end:alphabet]


# --8<-- [start:low_rank]
@remember
def low_rank(p, X, y, rank, epochs, rate):
    """Train an update B @ A of W1 and W2, and nothing else.

    A (rank, columns) and B (rows, rank) together are much smaller than
    the matrix they change. B begins at zero: at first nothing changes.
    """
    random, update = np.random.RandomState(0), {}
    for name in ("W1", "W2"):
        rows, columns = p[name].shape
        update["B" + name] = np.zeros((rows, rank))
        update["A" + name] = random.standard_normal((rank, columns)) / 10
    adam, total = Adam(update), epochs * (len(y) // SIZE)
    for _ in range(epochs):
        order = random.permutation(len(y))
        for i in range(len(y) // SIZE):
            chosen = order[i * SIZE : (i + 1) * SIZE]
            g = gradients(updated(p, update), X[chosen], y[chosen])[1]
            step = {}
            for name in ("W1", "W2"):
                step["B" + name] = g[name] @ update["A" + name].T
                step["A" + name] = update["B" + name].T @ g[name]
            adam.step(step, rate * (1 - adam.steps / total))
    return update


def updated(p, update):
    """The weights with their update added: W + B @ A."""
    change = {W: update["B" + W] @ update["A" + W] for W in ("W1", "W2")}
    return p | {W: p[W] + change[W] for W in change}


# --8<-- [end:low_rank]


if __name__ == "__main__":
    # --8<-- [start:wider]
    p = trained()
    names, heldout = read("es", "train"), read("es", "heldout")
    new = [s for s in alphabet(names) if s not in LETTERS]
    wider = LETTERS + "".join(new)
    w = widen(p, LETTERS, wider)
    print("new symbols:", *new)
    for name in p:
        print(f"{name:2} {p[name].shape!s:10} -> {w[name].shape}")
    print(f"e ** 3 = {np.exp(3):.1f}")
    Xh, yh = examples(heldout, wider, CONTEXT)
    held = score(w, Xh, yh)
    print(f"Spanish names, before any training: {held:.2f} bits")
    # --8<-- [end:wider]

    # --8<-- [start:update]
    X, y = examples(names, wider, CONTEXT)
    update = low_rank(w, X, y, 4, 3, 0.01)
    matrices = sum(w[name].size for name in ("W1", "W2"))
    small = sum(a.size for a in update.values())
    print(f"W1 and W2: {matrices} numbers; the update: {small}")
    print(f"without: {score(w, Xh, yh):.2f} bits")
    print(f"with:    {score(updated(w, update), Xh, yh):.2f} bits")
    # --8<-- [end:update]
