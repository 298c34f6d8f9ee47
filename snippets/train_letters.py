"""Trains the feedforward letter model on Italian names, once."""

import numpy as np

import letters
from letters import CONTEXT, SIZE, following, forward, gradients, score
from next_token import softmax
from remember import remember
from towns import LETTERS, examples, invent, read

EPOCHS, RATE = 5, 0.01


# --8<-- [start:history]
@remember
def history(names, heldout, epochs, rate):
    """Train from scratch, and keep what happens on the way.

    Returns "steps" (k,), "train" and "heldout" (k,), bits a symbol; and
    the weights at each of those steps, "0 E", "0 W1", ... "1 E", ...
    """
    X, y = examples(names, LETTERS, CONTEXT)
    Xh, yh = examples(heldout, LETTERS, CONTEXT)
    p = letters.start()
    kept, curve = {}, []

    def watch(steps):
        kept.update({f"{len(curve)} {k}": w.copy() for k, w in p.items()})
        curve.append((steps, score(p, X[::10], y[::10]), score(p, Xh, yh)))

    letters.train(p, X, y, epochs, rate, watch)
    steps, trained, held = np.array(curve).T
    return kept | {"steps": steps, "train": trained, "heldout": held}


# --8<-- [end:history]


def weights(kept, moment):
    """The weights {name: array} before training (0), after it (-1)."""
    mark = f"{range(len(kept['steps']))[moment]} "
    found = (k for k in kept if k.startswith(mark))
    return {k.removeprefix(mark): kept[k] for k in found}


def trained(kind=float):
    """The course's feedforward model, with float32's precision, as `kind`.

    Trained, or remembered.
    """
    kept = history(read("it", "train"), read("it", "heldout"), EPOCHS, RATE)
    p = {k: w.astype(np.float32) for k, w in weights(kept, -1).items()}
    return {k: w.astype(kind) for k, w in p.items()}


if __name__ == "__main__":
    # --8<-- [start:questions]
    X, y = examples(["pisa"], LETTERS, CONTEXT)
    for before, after in zip(X, y):
        print(*(LETTERS[i] for i in before), "->", LETTERS[after])
    # --8<-- [end:questions]

    # --8<-- [start:shapes]
    p = letters.start()
    for name, w in p.items():
        print(f"{name:2} {w.shape!s:10} {w.size:5}")
    print("weights and biases:", sum(w.size for w in p.values()))
    scores, h, x = forward(p, X)
    q = softmax(scores)
    print("x", x.shape, " h", h.shape, " probabilities", q.shape)
    # --8<-- [end:shapes]

    # --8<-- [start:check]
    loss, g = gradients(p, X, y)
    for name, i in (("W2", (3, 5)), ("W1", (7, 2)), ("E", (0, 4))):
        value = p[name][i]
        p[name][i] = value + 1e-6
        above = gradients(p, X, y)[0]
        p[name][i] = value - 1e-6
        below = gradients(p, X, y)[0]
        p[name][i] = value
        slope = (above - below) / 2e-6
        print(f"d{name}{i}: {g[name][i]:+.6f} {slope:+.6f}")
    # --8<-- [end:check]

    # --8<-- [start:learn]
    names, heldout = read("it", "train"), read("it", "heldout")
    kept = history(names, heldout, EPOCHS, RATE)
    print(f"{SIZE} questions a step, {EPOCHS} epochs, rate {RATE}")
    for i in (0, 1, 2, 5, 10, 24):
        line = (int(kept["steps"][i]), kept["train"][i], kept["heldout"][i])
        print("step {:4}  training {:.2f}  held out {:.2f}".format(*line))
    print(f"like choosing among {2 ** kept['heldout'][-1]:.1f} symbols")
    # --8<-- [end:learn]

    # --8<-- [start:invent]
    moments = {"at the start": 0, "halfway": len(kept["steps"]) // 2}
    for name, moment in (moments | {"at the end": -1}).items():
        chances = following(weights(kept, moment))
        random = np.random.RandomState(1)
        print(f"{name}:")
        for _ in range(4):
            print("   ", invent(chances, LETTERS, random))
    # --8<-- [end:invent]
