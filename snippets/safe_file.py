"""Reads and writes weights in the safetensors format, by hand.

A file is: 8 bytes, the length N of the header, little-endian; N bytes of
JSON, {name: {"dtype", "shape", "data_offsets": [begin, end]}}; then the
numbers, one array after the other, without gaps. Nothing in it is code.
Source: https://github.com/huggingface/safetensors, README.
"""

import json
import math
from pathlib import Path

import numpy as np

TYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I8": "i1", "U8": "u1"}
READ = TYPES | {"BF16": "<u2"}  # NumPy has no bfloat16: it becomes float32
LONGEST = 100_000_000  # bytes of header, the limit of the library too


# --8<-- [start:save]
def save(arrays, file, notes=None):
    """Write arrays {name: array} and notes {text: text} to a file.

    Raises ValueError for a type of number that TYPES does not have.
    """
    codes = {np.dtype(t): name for name, t in TYPES.items()}
    header = {"__metadata__": notes} if notes else {}
    begin = 0
    for name, array in arrays.items():
        if array.dtype not in codes:
            raise ValueError(f"{name}: cannot store numbers {array.dtype}")
        end = begin + array.nbytes
        header[name] = {
            "dtype": codes[array.dtype],
            "shape": list(array.shape),
            "data_offsets": [begin, end],
        }
        begin = end
    text = json.dumps(header).encode("utf-8")
    text += b" " * (-len(text) % 8)  # the numbers begin at a multiple of 8
    numbers = [np.ascontiguousarray(a).tobytes() for a in arrays.values()]
    size = len(text).to_bytes(8, "little")
    Path(file).write_bytes(size + text + b"".join(numbers))


# --8<-- [end:save]


# --8<-- [start:load]
def load(file):
    """Read a file: arrays {name: array}, and its notes {text: text}.

    Numbers of type BF16 are given as float32, which has them all.

    Raises ValueError, saying what is wrong, for a file that is cut short
    or whose header does not tell the truth; no part of it is then used.
    """
    data, file = Path(file).read_bytes(), Path(file).name
    if len(data) < 8:
        raise ValueError(f"{file}: {len(data)} bytes, too few for a header")
    size = int.from_bytes(data[:8], "little")
    there = len(data) - 8
    if size > min(there, LONGEST):
        raise ValueError(
            f"{file}: the header should be {size} bytes long, "
            f"but after the first 8 the file has {there}"
        )
    try:
        header = json.loads(data[8 : 8 + size], object_pairs_hook=once)
        notes = notes_of(header)
        numbers, arrays, spans = data[8 + size :], {}, []
        for name, entry in header.items():
            begin, end = span(name, entry, len(numbers))
            kind = np.dtype(READ[entry["dtype"]])
            array = np.frombuffer(numbers[begin:end], kind)
            if entry["dtype"] == "BF16":  # the first half of a float32
                array = (array.astype("<u4") << 16).view("<f4")
            arrays[name] = array.reshape(entry["shape"])
            spans.append((begin, end, name))
        reached = 0
        for begin, end, name in sorted(spans):
            if begin != reached:
                gap = f"{name} begins at {begin}, but {reached} was due"
                raise ValueError(gap)
            reached = end
        if reached != len(numbers):
            raise ValueError(f"{len(numbers) - reached} bytes left over")
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{file}: {error}") from None
    return arrays, notes


# --8<-- [end:load]


def exact(arrays):
    """The same arrays as float64, so that sums lose next to nothing."""
    return {name: w.astype(float) for name, w in arrays.items()}


def notes_of(header):
    """Take the notes out of a header: texts by name, if there are any."""
    if not isinstance(header, dict):
        raise ValueError("the header is no JSON object")
    notes = header.pop("__metadata__", {})
    texts = notes.values() if isinstance(notes, dict) else [None]
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("the notes are not texts by name")
    return notes


def once(pairs):
    """A JSON object in which no name stands twice."""
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a name stands twice in the header")
    return dict(pairs)


def whole(value):
    """Whether a value is a whole number, not negative."""
    return type(value) is int and value >= 0


def span(name, entry, length):
    """Where an array begins and ends, after checking that it all fits."""
    kind = entry.get("dtype") if isinstance(entry, dict) else None
    if str(kind) not in READ:
        known = ", ".join(READ)
        wrong = f"{name}: no type of number that can be read: {kind}"
        raise ValueError(f"{wrong}; those are {known}")
    shape, ends = entry.get("shape"), entry.get("data_offsets")
    if not isinstance(shape, list) or not all(map(whole, shape)):
        raise ValueError(f"{name}: no shape: {shape}")
    if not isinstance(ends, list) or [*map(whole, ends)] != [True, True]:
        raise ValueError(f"{name}: no begin and end: {ends}")
    begin, end = ends
    if not begin <= end <= length:
        wrong = f"{name} should end at byte {end}, but there are {length}"
        raise ValueError(wrong)
    need = math.prod(shape) * np.dtype(READ[kind]).itemsize
    if (size := end - begin) != need:
        wrong = f"{name}: shape {shape} takes {need} bytes, not {size}"
        raise ValueError(wrong)
    return begin, end
