"""Weights that are published can be improved, damaged and repaired."""

import numpy as np

from adapt import widen
from letters import CONTEXT, LETTERS, score, train
from remember import remember
from towns import alphabet, examples, read
from train_letters import trained


# --8<-- [start:again]
@remember
def again(p, X, y, epochs, rate):
    """Train some weights a little more; the ones given stay as they are."""
    p = {name: w.copy() for name, w in p.items()}
    train(p, X, y, epochs, rate)
    return p


# --8<-- [end:again]


if __name__ == "__main__":
    # --8<-- [start:countries]
    p = {name: w.astype(float) for name, w in trained().items()}
    for country in ("fr", "es"):
        names = read(country, "train")
        new = [s for s in alphabet(names) if s not in LETTERS]
        wider = LETTERS + "".join(new)
        base = widen(p, LETTERS, wider)
        tuned = again(base, *examples(names, wider, CONTEXT), 3, 0.01)
        X, y = examples(read(country, "heldout"), wider, CONTEXT)
        before, after = score(base, X, y), score(tuned, X, y)
        print(f"{country}: {before:.2f} -> {after:.2f} bits")
    # --8<-- [end:countries]

    # --8<-- [start:study]
    E = p["E"] - p["E"].mean(axis=0)
    E /= np.linalg.norm(E, axis=1, keepdims=True)  # all of length 1
    alike = E @ E.T  # (36, 36): 1 for the same direction
    for letter in "aàèò":
        nearest = np.argsort(alike[LETTERS.index(letter)])[::-1][1:6]
        print(letter, "is near", *(LETTERS[i] for i in nearest))
    # --8<-- [end:study]

    # --8<-- [start:damage]
    X, y = examples(read("it", "heldout"), LETTERS, CONTEXT)
    hurt = {name: w.copy() for name, w in p.items()}
    silenced = np.random.RandomState(0).permutation(100)[:30]
    hurt["W2"][:, silenced] = 0.0
    print(f"whole:    {score(p, X, y):.2f} bits")
    print(f"damaged:  {score(hurt, X, y):.2f} bits")
    # --8<-- [end:damage]

    # --8<-- [start:repair]
    learnt = examples(read("it", "train"), LETTERS, CONTEXT)
    repaired = again(hurt, *learnt, 1, 0.003)
    print(f"repaired: {score(repaired, X, y):.2f} bits")
    # --8<-- [end:repair]
