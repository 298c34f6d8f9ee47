"""The course's published weights: where they are and how they are grouped.

Needs towns-transformer.safetensors, in the folder data or in the project.
"""

from places import data_file
from safe_file import exact, load

NAME = "towns-transformer.safetensors"


def find():
    """Where the published file is. Raises FileNotFoundError."""
    return data_file(NAME)


def nested(arrays):
    """The weights of a file, by part: p["blocks"][0]["norm1"]["scale"].

    In the file the same array is called "block1.norm1.scale".
    """
    p = {}
    for name, w in arrays.items():
        *boxes, last = name.split(".")
        box = p
        for part in boxes:
            box = box.setdefault(part, {})
        box[last] = w
    many = sum(part.startswith("block") for part in p)
    p["blocks"] = [p.pop(f"block{i + 1}") for i in range(many)]
    return p


def weights(file=None):
    """The published weights, or those of another file, as float64."""
    return nested(exact(load(file or find())[0]))
