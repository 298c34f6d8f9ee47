"""What training both blocks alike gave: see train_modern.py."""

import json

import numpy as np

from places import data_file

if __name__ == "__main__":
    # --8<-- [start:scores]
    file = data_file("modern_scores.json")
    found = json.loads(file.read_text(encoding="utf-8"))
    print(found["epochs"], "epochs; bits on the names held out")
    for kind in ("course", "modern"):
        runs = [run for run in found["runs"] if run["kind"] == kind]
        bits = [run["bits"] for run in runs]
        print(f"{kind}: {runs[0]['parameters']} parameters,", *bits, end="")
        print(f", mean {np.mean(bits):.2f}")
    # --8<-- [end:scores]
