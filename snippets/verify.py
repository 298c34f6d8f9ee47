"""Checks the published Transformer: its file, and what its card says."""

import hashlib
import json
import tempfile
from pathlib import Path

from places import data_file
from published import find, weights
from towns import read
from transformer import score

# --8<-- [start:checksum]


def sha256(file):
    """The checksum of a file. Source: NIST, FIPS 180-4, 2015."""
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()


# --8<-- [end:checksum]


if __name__ == "__main__":
    # --8<-- [start:file]
    file = find()
    card = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    print("computed:", sha256(file)[:16], "...")
    print("on card: ", card["sha256"][:16], "...")
    print("the same:", sha256(file) == card["sha256"])
    # --8<-- [end:file]

    # --8<-- [start:score]
    held = score(weights(file), read("it", "heldout"))
    print(f"computed: {held:.3f} bits")
    print(f"on card:  {card['bits per character']['heldout']:.3f} bits")
    # --8<-- [end:score]

    # --8<-- [start:data]
    for part in ("train", "heldout"):
        names = data_file(f"towns_it.{part}.txt")
        found = card["data"][part]["sha256"]
        print(f"{part:7} as on the card:", sha256(names) == found)
    # --8<-- [end:data]

    # --8<-- [start:flipped]
    for place, bit in ((-40000, 0b00000001), (-39997, 0b01000000)):
        data = bytearray(file.read_bytes())
        data[place] ^= bit  # 0 for 1, or 1 for 0, in one weight
        with tempfile.TemporaryDirectory() as folder:
            altered = Path(folder) / file.name
            altered.write_bytes(data)
            same = sha256(altered) == card["sha256"]
            bits = score(weights(altered), read("it", "heldout"))
        print(f"same checksum: {same}  score: {bits:.3f} bits")
    # --8<-- [end:flipped]
