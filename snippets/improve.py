"""Weights that are published can be improved, damaged and repaired."""

import numpy as np

from adapt import widen
from letters import CONTEXT, score, start, train
from remember import remember
from towns import LETTERS, alphabet, examples, read
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
    # --8<-- [start:study]
    p = trained()
    E = p["E"] - p["E"].mean(axis=0)
    E /= np.linalg.norm(E, axis=1, keepdims=True)  # all of length 1
    alike = E @ E.T  # (36, 36): 1 for the same direction
    for letter in "àèò":
        row = alike[LETTERS.index(letter)]
        near = np.argsort(row)[::-1][1:5]  # the first is the letter itself
        print(letter, *(f" {LETTERS[i]} {row[i]:.2f}" for i in near))
    # --8<-- [end:study]

    # --8<-- [start:damage]
    X, y = examples(read("it", "heldout"), LETTERS, CONTEXT)
    hurt = {name: w.copy() for name, w in p.items()}
    silenced = np.random.RandomState(0).permutation(100)[:30]
    hurt["W2"][:, silenced] = 0.0
    print(f"{len(silenced)} of {len(p['b1'])} neurons silenced")
    print(f"whole:    {score(p, X, y):.2f} bits")
    print(f"damaged:  {score(hurt, X, y):.2f} bits")
    # --8<-- [end:damage]

    # --8<-- [start:repair]
    learnt = examples(read("it", "train"), LETTERS, CONTEXT)
    repaired = again(hurt, *learnt, 1, 0.003)
    fresh = again(start(), *learnt, 1, 0.01)
    print(f"repaired, one epoch:     {score(repaired, X, y):.2f} bits")
    print(f"from scratch, one epoch: {score(fresh, X, y):.2f} bits")
    # --8<-- [end:repair]

    # --8<-- [start:countries]
    for country in ("fr", "es"):
        names = read(country, "train")
        new = [s for s in alphabet(names) if s not in LETTERS]
        wider = LETTERS + "".join(new)
        few = examples(names[:: len(names) // 100][:100], wider, CONTEXT)
        X, y = examples(read(country, "heldout"), wider, CONTEXT)
        base = widen(p, LETTERS, wider)
        results = {
            "as it is": base,
            "100 names, from scratch": again(start(wider), *few, 40, 0.003),
            "100 names, fine-tuned": again(base, *few, 40, 0.003),
        }
        for name, w in results.items():
            print(f"{country}  {name:24} {score(w, X, y):.2f} bits")
    # --8<-- [end:countries]
