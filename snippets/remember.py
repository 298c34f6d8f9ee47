"""Keep the result of a long computation, so that it is done only once.

The result is kept in the folder .cache beside the programs' own folder.
Its name comes from everything it depends on: the text of the program and
of those it imports, the arguments, the versions of Python and NumPy. When
one of them changes, the computation is done again.
"""

import ast
import functools
import hashlib
import inspect
import os
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parents[1] / ".cache" / "remember"


def sources(file, seen=()):
    """The file of a program and those it imports from its folder."""
    seen = {*seen, file}
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = [getattr(node, "module", None)]
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in filter(None, names):
            other = file.with_name(f"{name}.py")
            if other not in seen and other.is_file():
                seen |= sources(other, seen)
    return seen


def remember(function):
    """Make a function return what it returned last time.

    Its arguments are numbers, texts, arrays, and lists and dictionaries
    of them; it returns arrays by name, {name: array}.
    """

    @functools.wraps(function)
    def remembered(*arguments):
        files = sorted(sources(Path(inspect.getsourcefile(function))))
        texts = [file.read_bytes() for file in files]
        texts += [f"{sys.version} {np.__version__}".encode()]
        texts += [plain(arguments).encode()]
        digests = [hashlib.sha256(text).digest() for text in texts]
        key = hashlib.sha256(b"".join(digests)).hexdigest()[:20]
        file = FOLDER / f"{function.__name__}-{key}.npz"
        with suppress(OSError, ValueError, zipfile.BadZipFile):
            return arrays_in(file)
        result = function(*arguments)
        with suppress(OSError):  # nowhere to write: it works all the same
            FOLDER.mkdir(parents=True, exist_ok=True)
            new = file.with_suffix(f".{os.getpid()}.npz")
            np.savez(new, **result)
            new.replace(file)
        return result

    return remembered


def arrays_in(file):
    """The arrays {name: array} that np.savez wrote to a file."""
    with file.open("rb") as opened:
        return dict(np.load(opened, allow_pickle=False))


def plain(value):
    """A text that tells a value apart from any other."""
    if isinstance(value, dict):
        parts = (f"{key!r}: {plain(value[key])}" for key in sorted(value))
        return "{" + ", ".join(parts) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(plain, value)) + "]"
    if isinstance(value, np.ndarray):
        digest = hashlib.sha256(np.ascontiguousarray(value)).hexdigest()
        return f"{value.dtype} {value.shape} {digest}"
    return repr(value)
