"""Trains the course's Transformer and writes the files to publish.

    python train_transformer.py             some minutes on one core
    python train_transformer.py --help      other choices

It can be stopped (Ctrl+C) and started again: it goes on from the last
epoch that it finished, and ends with the same weights.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np

from adam import Adam
from places import data_file
from published import NAME, nested
from remember import BROKEN, FOLDER, arrays_in, keep, sources, told
from safe_file import exact, save
from towns import LETTERS, LONGEST, batch, read
from transformer import HEADS, score
from transformer_gradients import dropout, gradients

WIDTH, BLOCKS = 48, 3
SIZE, RATE, DECAY, SHARE = 32, 0.003, 0.1, 0.1


def start(seed, width=WIDTH):
    """Weights to begin with: small and random, biases zero."""
    random = np.random.RandomState(seed)
    d, inner = width, 4 * width

    def drawn(rows, columns, size):
        return random.standard_normal((rows, columns)) * size

    places = LONGEST + 1  # the mark and a name
    p = {"E": drawn(len(LETTERS), d, 0.08), "P": drawn(places, d, 0.02)}
    for b in (f"block{k}." for k in range(1, BLOCKS + 1)):
        for W, B in (("Wq", "bq"), ("Wk", "bk"), ("Wv", "bv")):
            p |= {b + W: drawn(d, d, d**-0.5), b + B: np.zeros(d)}
        p |= {b + "Wo": drawn(d, d, d**-0.5 / 2), b + "bo": np.zeros(d)}
        p |= {b + "W1": drawn(inner, d, d**-0.5), b + "b1": np.zeros(inner)}
        W2 = drawn(d, inner, inner**-0.5 / 2)
        p |= {b + "W2": W2, b + "b2": np.zeros(d)}
        for name in (b + "norm1.", b + "norm2."):
            p |= {name + "scale": np.ones(d), name + "shift": np.zeros(d)}
    p |= {"norm.scale": np.ones(d), "norm.shift": np.zeros(d)}
    return {name: w.astype(np.float32) for name, w in p.items()}


# --8<-- [start:epoch]
def epoch(p, adam, names, number, epochs, seed, gradients=gradients):
    """Show the network each name once; the rate falls slowly to zero."""
    from tqdm import tqdm  # here: only who trains needs it

    random = np.random.RandomState([seed, number])
    # Names of about the same length go together: less filling up.
    lengths = [len(name) for name in names]
    order = np.argsort(lengths + random.random_sample(len(names)) * 3)
    groups = [order[i : i + SIZE] for i in range(0, len(order), SIZE)]
    random.shuffle(starts := list(range(len(groups))))
    for i in tqdm(starts, f"epoch {number + 1} of {epochs}", leave=False):
        X, Y = batch([names[j] for j in groups[i]])
        g = gradients(p, X, Y, dropout(SHARE, random))[1]
        done = adam.steps / (epochs * len(groups))
        rate = RATE * min(1, (adam.steps + 1) / 200)
        rate *= (1 + np.cos(np.pi * done)) / 2
        adam.step(g, rate)
        for w in p.values():
            if w.ndim == 2:  # weights shrink a little, biases do not
                w *= 1 - rate * DECAY


# --8<-- [end:epoch]


def pause(file, adam, finished, settings):
    """Write where the training has got to."""
    state = {"finished": finished, "settings": settings}
    state["steps"] = adam.steps
    for kind in ("weights", "mean", "square"):
        state |= {f"{kind}/{k}": w for k, w in getattr(adam, kind).items()}
    keep(state, file)


def resume(file, adam, settings):
    """Take up what `pause` wrote; returns how many epochs are done."""
    if not file.is_file():
        return 0
    try:
        state = arrays_in(file)
        if state["settings"] != settings:
            raise ValueError("begun with other settings, data or programs")
    except BROKEN as error:
        said = f"{file}: {error}; add --fresh to begin again"
        raise SystemExit(said) from None
    for kind in ("weights", "mean", "square"):
        for name, w in getattr(adam, kind).items():
            w[...] = state[f"{kind}/{name}"]
    adam.steps = int(state["steps"])
    return int(state["finished"])


def publish(p, folder, epochs, seed):
    """Write the weights and their card: what they are and how they came."""
    data = json.loads(data_file("towns.json").read_text(encoding="utf-8"))
    config = {
        "model_type": "gpt2",
        "activation_function": "relu",
        "vocab_size": len(LETTERS),
        "n_positions": LONGEST + 1,
        "n_embd": WIDTH,
        "n_layer": BLOCKS,
        "n_head": HEADS,
    }
    notes = {"config": json.dumps(config), "letters": LETTERS}
    folder.mkdir(parents=True, exist_ok=True)
    save(p, folder / NAME, notes)
    w = nested(exact(p))
    card = {
        "file": NAME,
        "sha256": hashlib.sha256((folder / NAME).read_bytes()).hexdigest(),
        "licence": "CC BY 4.0",
        "purpose": "teaching: guesses the next letter of an Italian town",
        "config": config,
        "data": {
            "source": data["source"],
            "licence": data["licence"],
            "train": data["files"]["towns_it.train.txt"],
            "heldout": data["files"]["towns_it.heldout.txt"],
        },
        "training": {
            "program": Path(__file__).name,
            "epochs": epochs,
            "seed": seed,
            "names at a time": SIZE,
            "rate": RATE,
            "decay": DECAY,
            "dropout": SHARE,
        },
        "bits per character": {
            "train": round(score(w, read("it", "train")), 3),
            "heldout": round(score(w, read("it", "heldout")), 3),
        },
    }
    text = json.dumps(card, indent=2, ensure_ascii=False) + "\n"
    (folder / NAME).with_suffix(".json").write_text(text, encoding="utf-8")
    return card


def main(arguments=None):
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--epochs", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--fresh", action="store_true", help="begin again")
    parser.add_argument("--names", type=int, help="learn from fewer names")
    parser.add_argument("--out", default="models", help="where to write")
    o = parser.parse_args(arguments)
    if o.epochs < 1 or o.seed < 0 or (o.names is not None and o.names < 1):
        parser.error("epochs and names start from 1, the seed from 0")
    names, heldout = read("it", "train")[: o.names], read("it", "heldout")
    programs = sorted(sources(Path(__file__).resolve()))
    texts = [file.read_text(encoding="utf-8") for file in programs]
    settings = hash_of([o.epochs, o.seed, names, texts])
    p = start(o.seed)
    adam = Adam(p)
    file = FOLDER / f"train_transformer-{o.seed}.npz"
    if o.fresh:
        file.unlink(missing_ok=True)
    finished = resume(file, adam, settings)
    try:
        for number in range(finished, o.epochs):
            epoch(p, adam, names, number, o.epochs, o.seed)
            pause(file, adam, number + 1, settings)
            if number % 5 == 4 or number + 1 == o.epochs:
                held = score(nested(p), heldout)
                print(f"epoch {number + 1}: held-out {held:.3f} bits")
    except KeyboardInterrupt:
        stopped = "stopped: the same command goes on from here"
        raise SystemExit(stopped) from None
    card = publish(p, Path(o.out), o.epochs, o.seed)
    print(json.dumps(card, indent=2, ensure_ascii=False))


def hash_of(value):
    """A short fingerprint of a value."""
    return hashlib.sha256(told(value).encode("utf-8")).hexdigest()


if __name__ == "__main__":
    main()
