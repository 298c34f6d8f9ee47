"""Trains the network of three letters on a list of your own.

python train_on.py names.txt            one name a line, in UTF-8
python train_on.py                      the chemical elements
python train_on.py --help               other choices
"""

import argparse
import math
import sys
from pathlib import Path
from unicodedata import category, normalize

import numpy as np

import letters
from letters import CONTEXT, SIZE, following, score
from places import data_file
from towns import END, LONGEST, alphabet, examples, invent

EXAMPLE = "elements_it.txt"
RATE, MOST = 0.01, 30  # at most 30 epochs


def read(file):
    """The names of a list: in small letters, each once, in its order.

    Raises ValueError, for people, for what cannot be a list of names.
    """
    try:
        data = Path(file).read_bytes()
        lines = data.decode("utf-8-sig").splitlines()
    except OSError as error:
        raise ValueError(error.strerror) from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        advice = "save the file as text in UTF-8"
        raise ValueError(f"line {line} is not UTF-8: {advice}") from None
    names = {}
    for number, line in enumerate(lines, 1):
        name = normalize("NFC", line).strip().lower()
        wrong = ""
        if END in name:
            wrong = "the full stop marks the end of a name: leave it out"
        elif strange := [s for s in name if category(s) == "Cc"]:
            wrong = f"{strange[0]!r} is no letter: write one name a line"
        elif len(name) > LONGEST:
            wrong = f"{len(name)} symbols are no name: at most {LONGEST}"
        if wrong:
            raise ValueError(f"line {number}: {wrong}")
        names[name] = number
    names.pop("", None)  # lines without a name
    if not names:
        raise ValueError("the file is empty: write one name a line")
    return list(names)


def split(names, seed):
    """The names to learn from, and one in ten held out."""
    order = np.random.RandomState(seed).permutation(len(names))
    tenth = max(1, len(names) // 10)
    mixed = [names[i] for i in order]
    return mixed[tenth:], mixed[:tenth]


def learn(names, heldout, symbols, steps, seed):
    """The weights of the moment that guesses held-out names best.

    Returns (step, bits on held-out names, weights {name: array}). Raises
    ValueError for names too few for a single step.
    """
    X, y = examples(names, symbols, CONTEXT)
    Xh, yh = examples(heldout, symbols, CONTEXT)
    if len(y) < SIZE:
        few = f"too few names: they make {len(y)} questions"
        raise ValueError(f"{few}, and a step takes {SIZE}")
    p = letters.start(symbols, seed)
    best = math.inf, 0, {}

    def watch(step):
        nonlocal best
        held = score(p, Xh, yh)
        if held < best[0]:
            best = held, step, {name: w.copy() for name, w in p.items()}

    each = len(y) // SIZE  # steps in an epoch
    epochs = min(MOST, math.ceil(steps / each))  # few names: fewer steps
    letters.train(p, X, y, epochs, RATE, watch, each, seed)
    return best


def new_names(p, symbols, names, many, seed):
    """Names that the network invents and the list does not have."""
    random, known, found = np.random.RandomState(seed), {"", *names}, []
    for _ in range(50 * many):  # a network may know nothing else
        name = invent(following(p, symbols), symbols, random)
        if name not in known and len(found) < many:
            found.append(name)
            known.add(name)
    return found


def main(arguments):
    """The command line: see the top of the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", help="one name a line, in UTF-8")
    parser.add_argument("--steps", type=int, default=1000, help="at most")
    parser.add_argument("--names", type=int, default=10, help="to invent")
    parser.add_argument("--seed", type=int, default=1)
    o = parser.parse_args(arguments)
    if o.steps < 1 or o.names < 1 or not 0 <= o.seed < 2**32:
        parser.error("steps and names start from 1, the seed from 0")
    file = o.file or data_file(EXAMPLE)
    try:
        names = read(file)
        symbols = alphabet(names)
        train, heldout = split(names, o.seed)
        print(f"{len(train)} names to learn from, {len(heldout)} held out")
        print(f"{len(symbols)} symbols: {symbols}")
        bits, step, p = learn(train, heldout, symbols, o.steps, o.seed)
    except ValueError as error:
        raise SystemExit(f"{file}: {error}") from None
    print(f"guessing: {math.log2(len(symbols)):.2f} bits per character")
    print(f"best after {step} steps: {bits:.2f} bits per character")
    print(*new_names(p, symbols, names, o.names, o.seed), sep="\n")


if __name__ == "__main__":
    # --8<-- [start:run]
    main(sys.argv[1:])  # without a file: the example
    # --8<-- [end:run]
