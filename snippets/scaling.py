"""Trains Transformers of several widths on several amounts of names.

    python scaling.py             a quarter of an hour on one core
    python scaling.py --help      other choices

It writes the bits per character of each to data/scaling.json, beside those
of Kneser-Ney. Stopped (Ctrl+C), it goes on from the last network trained.
"""

import argparse
import json
from pathlib import Path

import kneser_ney
from adam import Adam
from places import data_file
from published import nested
from towns import read
from train_transformer import DECAY, RATE, SHARE, SIZE, epoch, start
from transformer import score

FILE = "scaling.json"
WIDTHS = (8, 16, 32, 64)
PARTS = (16, 8, 4, 2, 1)  # every 16th name, every 8th, ... every name
LETTERS = (3, 5)  # what Kneser-Ney looks back at
EPOCHS, SEED = 24, 0
SETTINGS = {
    "epochs": EPOCHS,
    "seed": SEED,
    "names at a time": SIZE,
    "rate": RATE,
    "decay": DECAY,
    "dropout": SHARE,
}


def symbols(names):
    """How many symbols there are to guess: letters, and each name's end."""
    return sum(len(name) + 1 for name in names)


def network(width, names, heldout):
    """Train a network; returns its row of the file."""
    p = start(SEED, width)
    adam = Adam(p)
    for number in range(EPOCHS):
        epoch(p, adam, names, number, EPOCHS, SEED)
    return {
        "width": width,
        "parameters": sum(w.size for w in p.values()),
        "names": len(names),
        "symbols": symbols(names),
        "bits": round(score(nested(p), heldout), 3),
    }


def counted(letters, names, heldout):
    """Kneser-Ney on the same names; returns its row of the file."""
    held = kneser_ney.score(
        kneser_ney.learn(names, letters), heldout, letters
    )
    return {"letters": letters, "names": len(names), "bits": round(held, 3)}


def measured():
    """What the published file says: "networks" and "counting", in rows."""
    return json.loads(data_file(FILE).read_text(encoding="utf-8"))


def main(arguments=None):
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", default="data", help="where to write")
    parser.add_argument("--fresh", action="store_true", help="begin again")
    o = parser.parse_args(arguments)
    train, heldout = read("it", "train"), read("it", "heldout")
    amounts = [train[::part] for part in PARTS]
    file = Path(o.out) / FILE
    found = {"settings": SETTINGS, "networks": []}
    if file.is_file() and not o.fresh:
        found = json.loads(file.read_text(encoding="utf-8"))
        if found["settings"] != SETTINGS:
            said = "begun with other settings; add --fresh to begin again"
            raise SystemExit(f"{file}: {said}")
    found["counting"] = [
        counted(n, names, heldout) for n in LETTERS for names in amounts
    ]
    done = {(row["width"], row["names"]) for row in found["networks"]}
    cells = [(width, names) for names in amounts for width in WIDTHS]
    for width, names in cells:
        if (width, len(names)) in done:
            continue
        row = network(width, names, heldout)
        found["networks"].append(row)
        file.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(found, indent=1) + "\n"
        file.write_text(text, encoding="utf-8")
        print(row)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        stopped = "stopped: the same command goes on from here"
        raise SystemExit(stopped) from None
