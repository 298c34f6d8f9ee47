"""Fine-tuning on few Spanish names, and training from scratch on them."""

import numpy as np

from adapt import widen
from letters import CONTEXT, score, start, train
from remember import remember
from towns import LETTERS, alphabet, examples, read
from train_letters import trained

names, heldout = read("es", "train"), read("es", "heldout")
FEW = names[::22][:300]
WIDER = LETTERS + "".join(s for s in alphabet(names) if s not in LETTERS)


# --8<-- [start:curves]
@remember
def tuned(begin, few, heldout, epochs):
    """Train some weights on a few names; returns them and their curve.

    "steps" and "heldout" (k,): bits on the held-out names on the way.
    """
    X, y = examples(few, WIDER, CONTEXT)
    Xh, yh = examples(heldout, WIDER, CONTEXT)
    p, curve = {name: w.copy() for name, w in begin.items()}, []

    def watch(steps):
        curve.append((steps, score(p, Xh, yh)))

    train(p, X, y, epochs, 0.01, watch, every=10)
    steps, held = np.array(curve).T
    return p | {"steps": steps, "heldout": held}


def beginnings():
    """Weights to begin with: the Italian model's, widened, and random."""
    wide = widen(trained(), LETTERS, WIDER)
    return {"fine-tuning": wide, "from scratch": start(WIDER)}


def curves():
    """Both trainings on few Spanish names: {name: what `tuned` returns}."""
    begin = beginnings()
    return {name: tuned(begin[name], FEW, heldout, 20) for name in begin}


# --8<-- [end:curves]


if __name__ == "__main__":
    # --8<-- [start:compare]
    results = curves()
    print(len(FEW), "Spanish names to learn from")
    print(f"{'step':12}    0   20  100  280")
    for name, kept in results.items():
        held = kept["heldout"][[0, 2, 10, 28]]
        print(f"{name:12}", *(f"{bits:.2f}" for bits in held))
    goal = results["from scratch"]["heldout"].min()
    for name, kept in results.items():
        first = int(kept["steps"][kept["heldout"] <= goal][0])
        print(f"{name:12} reaches {goal:.2f} bits at step {first}")
    # --8<-- [end:compare]

    # --8<-- [start:forgetting]
    X, y = examples(read("it", "heldout"), WIDER, CONTEXT)
    before = beginnings()["fine-tuning"]
    after = {k: results["fine-tuning"][k] for k in before}
    print(f"Italian names, before: {score(before, X, y):.2f} bits")
    print(f"Italian names, after:  {score(after, X, y):.2f} bits")
    # --8<-- [end:forgetting]
