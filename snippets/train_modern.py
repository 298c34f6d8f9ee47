"""Trains the course's block and today's alike, and writes their scores.

    python train_modern.py --out data     some minutes on one core

Same names, epochs, rate, dropout and seeds; almost as many parameters.
"""

import argparse
import json
from pathlib import Path

import modern_block
import modern_gradients
import train_transformer
import transformer
import transformer_gradients
from adam import Adam
from count_parameters import count_parameters
from published import nested
from towns import read

NAME = "modern_scores.json"
EPOCHS, SEEDS = 20, (0, 1, 2)
LONG = 60  # as many as the published model, for today's block alone
KINDS = {
    "course": (train_transformer, transformer_gradients, transformer),
    "modern": (modern_block, modern_gradients, modern_block),
}


def train(kind, seed, epochs, names, heldout):
    """Train one network; returns its parameters and its score, in bits."""
    begin, back, whole = KINDS[kind]
    p = {k: w.astype("float32") for k, w in begin.start(seed).items()}
    adam = Adam(p)
    for number in range(epochs):
        train_transformer.epoch(
            p, adam, names, number, epochs, seed, back.gradients
        )
    bits = transformer.score(nested(p), heldout, whole.forward)
    return sum(w.size for w in p.values()), float(bits)


def main(arguments=None):
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--out", default="models", help="where to write")
    o = parser.parse_args(arguments)
    names, heldout = read("it", "train"), read("it", "heldout")
    assert count_parameters(modern_block.CONFIG).total  # it can be counted
    found = {
        "program": Path(__file__).name,
        "config": modern_block.CONFIG,
        "epochs": o.epochs,
        "names": [len(names), len(heldout)],
        "names at a time": train_transformer.SIZE,
        "rate": train_transformer.RATE,
        "decay": train_transformer.DECAY,
        "dropout": train_transformer.SHARE,
        "runs": [],
    }
    Path(o.out).mkdir(parents=True, exist_ok=True)
    plan = [(kind, seed, o.epochs) for seed in SEEDS for kind in KINDS]
    for kind, seed, epochs in [*plan, ("modern", SEEDS[0], LONG)]:
        size, bits = train(kind, seed, epochs, names, heldout)
        run = {"kind": kind, "seed": seed, "epochs": epochs}
        run |= {"parameters": size, "bits": round(bits, 3)}
        found["runs"].append(run)
        print(run, flush=True)
        text = json.dumps(found, indent=2) + "\n"
        (Path(o.out) / NAME).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
