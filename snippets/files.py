"""The trained weights in a file: written, opened by hand, used again."""

import json
import tempfile
from pathlib import Path
from textwrap import fill

import numpy as np
from safetensors.numpy import load_file

from letters import CONTEXT, following, forward, score
from safe_file import load, save
from towns import LETTERS, examples, invent, read
from train_letters import trained


# --8<-- [start:fit]
def fit(stored, wanted):
    """Check that stored weights have the shapes of a network's own.

    Both are {name: array}. Raises ValueError naming all that differs.
    """
    wrong = [f"{k} is missing" for k in wanted if k not in stored]
    wrong += [f"{k} is not wanted" for k in stored if k not in wanted]
    for k in [k for k in wanted if k in stored]:
        ours, theirs = stored[k].shape, wanted[k].shape
        if ours != theirs:
            wrong.append(f"{k} is {ours}, the network wants {theirs}")
    if wrong:
        raise ValueError("; ".join(wrong))
    return stored


# --8<-- [end:fit]


if __name__ == "__main__":
    folder = tempfile.TemporaryDirectory()
    file = Path(folder.name) / "letters.safetensors"

    # --8<-- [start:save]
    p = trained(np.float32)
    save(p, file, {"letters": LETTERS})
    numbers = sum(w.nbytes for w in p.values())
    print(f"{sum(w.size for w in p.values())} numbers, {numbers} bytes")
    print(f"the file: {file.stat().st_size} bytes")
    # --8<-- [end:save]

    # --8<-- [start:open]
    data = file.read_bytes()
    print(data[:8].hex(" "))
    print(data[0] // 16, "* 16 +", data[0] % 16, "=", data[0])
    print(data[0], "+", data[1], "* 256 =", data[0] + data[1] * 256)
    size = int.from_bytes(data[:8], "little")
    print(data[8:48])
    print(data[8:11].decode(), "is", *data[8:11])
    header = json.loads(data[8 : 8 + size])
    for name, entry in header.items():
        print(name, entry)
    # --8<-- [end:open]

    # --8<-- [start:numbers]
    for number in np.array([0.5, -2.0], "<f4"):
        print(number.tobytes().hex(" "), "->", number)
    begin, end = header["b2"]["data_offsets"]
    raw = data[8 + size + begin : 8 + size + end]
    b2 = np.frombuffer(raw, "<f4")  # little-endian, 4 bytes each
    print(len(raw), "bytes,", b2.size, f"numbers; the first: {b2[0]:.3f}")
    print("as trained:", (b2 == p["b2"]).all())
    # --8<-- [end:numbers]

    # --8<-- [start:library]
    ours, notes = load(file)
    theirs = load_file(file)
    print("same names:", sorted(ours) == sorted(theirs))
    print("same bits:", all((ours[k] == theirs[k]).all() for k in ours))
    # --8<-- [end:library]

    # --8<-- [start:use]
    X, y = examples(read("it", "heldout"), LETTERS, CONTEXT)
    before, after = forward(p, X)[0], forward(ours, X)[0]
    print("same output:", before.tobytes() == after.tobytes())
    print(f"held out: {score(ours, X, y):.2f} bits")
    random = np.random.RandomState(2)
    chances = following(ours)
    print(*(invent(chances, LETTERS, random) for _ in range(4)), sep=", ")
    # --8<-- [end:use]

    # --8<-- [start:wrong]
    wanted = p | {"W1": np.zeros((120, 30)), "b1": np.zeros(120)}
    wanted["W2"] = np.zeros((36, 120))
    try:
        fit(ours, wanted)
    except ValueError as error:
        print(fill(f"ValueError: {error}", 40))
    # --8<-- [end:wrong]

    folder.cleanup()
