"""What training both blocks alike gave: see train_modern.py."""

import json

import numpy as np

from count_products import matrices
from places import data_file
from train_modern import KINDS


def in_products(kind):
    """How many of a network's weights are in matrix products."""
    return matrices(KINDS[kind][0].start(0))


if __name__ == "__main__":
    # --8<-- [start:scores]
    file = data_file("modern_scores.json")
    found = json.loads(file.read_text(encoding="utf-8"))
    *short, long = found["runs"]
    print(found["epochs"], "epochs; bits per character, held-out names")
    for kind in ("course", "modern"):
        runs = [run for run in short if run["kind"] == kind]
        bits = [run["bits"] for run in runs]
        print(f"{kind}: {runs[0]['parameters']} parameters,", end=" ")
        print(in_products(kind), "in products")
        print("  bits", *bits, f"mean {np.mean(bits):.2f}")
    card = data_file("towns-transformer.json").read_text(encoding="utf-8")
    published = json.loads(card)["bits per character"]["heldout"]
    print(long["epochs"], "epochs, seed", long["seed"])
    print("  course", published, end=", ")
    print("modern", long["bits"])
    # --8<-- [end:scores]
