"""Keep the result of a long computation, so that it is done only once.

The result is kept in the folder .cache beside the programs; in the course's
own project, in the project's. Its name comes from everything it depends on:
the text of the program and of those it imports, the arguments, the versions
of Python and NumPy. When one of them changes, it is computed again.
"""

import ast
import functools
import hashlib
import inspect
import os
import sys
import zipfile
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import numpy as np

from places import CACHE

try:
    from fcntl import LOCK_EX, flock
except ImportError:  # Windows: two programs may compute the same at once
    flock = None

FOLDER = CACHE / "remember"
BROKEN = (OSError, EOFError, ValueError, zipfile.BadZipFile)


@functools.cache
def imports(text):
    """The names of the modules that the text of a program imports."""
    names = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def sources(file, seen=()):
    """The file of a program and those it imports from its folder."""
    seen = {*seen, file}
    for name in imports(file.read_text(encoding="utf-8")):
        other = file.with_name(f"{name}.py")
        if other not in seen and other.is_file():
            seen |= sources(other, seen)
    return seen


def remember(function):
    """Make a function return what it returned last time.

    Its arguments are numbers, texts, arrays, and lists and dictionaries
    of them; it returns arrays or numbers by name, {name: array}.
    """

    @functools.wraps(function)
    def remembered(*arguments):
        files = sorted(sources(Path(inspect.getsourcefile(function))))
        other = f"{sys.version} {np.__version__} {told(arguments)}"
        texts = [*(file.read_bytes() for file in files), other.encode()]
        digests = [hashlib.sha256(text).digest() for text in texts]
        key = hashlib.sha256(b"".join(digests)).hexdigest()[:20]
        file = FOLDER / f"{function.__name__}-{key}.npz"
        with suppress(*BROKEN):
            return arrays_in(file)
        with alone(file):
            with suppress(*BROKEN):
                return arrays_in(file)  # another program has just kept it
            result = function(*arguments)
            with suppress(OSError):  # nowhere to write: it works as well
                keep(result, file)
            return result

    return remembered


@contextmanager
def alone(file):
    """Wait for a program that is computing the same, where one can tell."""
    lock = file.with_suffix(".lock")
    with ExitStack() as stack:
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            opened = stack.enter_context(lock.open("w"))
            if flock:  # a program that ends, in any way, lets others in
                flock(opened, LOCK_EX)
        yield
    with suppress(OSError):
        lock.unlink()


def keep(result, file):
    """Write arrays {name: array} to a file, all at once or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(f".{os.getpid()}.npz")
    np.savez(new, **result)
    new.replace(file)


def arrays_in(file):
    """The arrays and numbers {name: array} that `keep` wrote."""
    with file.open("rb") as opened:
        found = np.load(opened, allow_pickle=False)
        return {name: array[()] for name, array in found.items()}


def told(value):
    """A text that tells a value apart from any other."""
    if isinstance(value, dict):
        parts = (f"{key!r}: {told(value[key])}" for key in sorted(value))
        return "{" + ", ".join(parts) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(told, value)) + "]"
    if isinstance(value, np.ndarray):
        digest = hashlib.sha256(np.ascontiguousarray(value)).hexdigest()
        return f"{value.dtype} {value.shape} {digest}"
    if value is None or isinstance(value, (str, int, float, np.generic)):
        return repr(value)
    raise TypeError(f"cannot tell apart values of {type(value)}")
