"""Figures of the page on the files of weights."""

import tempfile
from pathlib import Path

from figures import draw
from figures.draw import Label, Number
from letters import LETTERS, start
from precision import measure
from safe_file import save
from train_letters import trained


def strip():
    """The parts of the file, from its first byte to its last."""
    p = {name: w.astype("f4") for name, w in start(LETTERS).items()}
    with tempfile.TemporaryDirectory() as folder:
        save(p, Path(folder) / "letters.safetensors", {"letters": LETTERS})
        header = int.from_bytes((Path(folder) / "letters.safetensors").read_bytes()[:8], "little")
    sizes = {"length": 8, "header": header}
    parts = [(Label(name), Label(f"{name}_note"), size) for name, size in sizes.items()]
    for name, w in p.items():
        sizes[name] = w.nbytes
        parts.append((name, (Label("shape"), str(w.shape)), w.nbytes))
    return draw.strip(parts, Label("unit"), numbers=sizes)


def bars():
    """The size of the file at four precisions."""
    found = measure(trained())
    sizes, numbers = {}, {}
    for kind, (_, size, held) in found.items():
        sizes[kind] = size / 1000
        numbers |= {f"{kind}_size": Number(size / 1000, 1), f"{kind}_bits": Number(held, 3)}
    return draw.bars({Label("title"): sizes}, decimals=1, role="weight", numbers=numbers)
