"""Names of towns as numbers: the data of the course's own models.

The names are lower-case, one a line, in data/towns_it.train.txt and the
like. Source: GeoNames, CC BY 4.0; see data/make_towns.py.
"""

import functools
from unicodedata import normalize

import numpy as np

from places import data_file

END = "."  # stands before and after every name
LONGEST = 63  # symbols in a name, for the Transformer
COUNTRIES = ("it", "fr", "es")  # Italy, France, Spain


# --8<-- [start:read]
def read(country, part):
    """The names of a country: part "train" to learn, "heldout" to check."""
    file = data_file(f"towns_{country}.{part}.txt")
    return file.read_text(encoding="utf-8").split("\n")[:-1]


def alphabet(names):
    """The symbols used in the names; the first is the end mark."""
    return END + "".join(sorted(set("".join(names))))


LETTERS = alphabet(read("it", "train"))  # what the course's models know
# --8<-- [end:read]


def encode(name, letters):
    """The place of each symbol of a name in the alphabet, end mark last.

    Raises ValueError for a symbol that the alphabet does not have.
    """
    places = places_in(letters)
    try:
        return [places[symbol] for symbol in name + END]
    except KeyError as symbol:
        unknown = f"{name!r}: the alphabet has no {symbol}: {letters}"
        raise ValueError(unknown) from None


@functools.cache
def places_in(letters):
    """The place of each symbol in an alphabet: {symbol: place}."""
    return {symbol: place for place, symbol in enumerate(letters)}


# --8<-- [start:examples]
def examples(names, letters, context):
    """All the questions that the names contain, with their answers.

    Returns X (n, context), the symbols that come before, and y (n,), the
    symbol that follows. Before a name there are only end marks.
    """
    X, y = [], []
    for name in names:
        symbols = [0] * context + encode(name, letters)
        for i in range(context, len(symbols)):
            X.append(symbols[i - context : i])
            y.append(symbols[i])
    return np.array(X), np.array(y)


# --8<-- [end:examples]


def batch(names):
    """Names as numbers: X (n, t) begins, Y (n, t) ends with the mark.

    Shorter names are filled up: in Y with -1, which counts for nothing.
    Raises ValueError for a name longer than LONGEST.
    """
    t = max(map(len, names))
    if t > LONGEST:
        raise ValueError(f"a name of {t} symbols: at most {LONGEST}")
    X = np.zeros((len(names), t + 1), int)
    Y = np.full(X.shape, -1)
    for i, name in enumerate(names):
        symbols = encode(name, LETTERS)
        Y[i, : len(symbols)] = symbols
        X[i, 1 : len(symbols)] = symbols[:-1]
    return X, Y


def bits(logs):
    """Mean bits per character, from log(probability) of right answers."""
    return float(-np.mean(logs) / np.log(2))


def invent(following, letters, random, longest=40):
    """A new name: one symbol after another, drawn from `following(name)`.

    `following` gives the probability of each symbol of the alphabet.
    """
    name = ""
    while len(name) < longest:
        chances = np.cumsum(following(name))
        symbol = letters[int((chances < random.random_sample()).sum())]
        if symbol == END:
            break
        name += symbol
    return name


def plain(name, letters):
    """A name with the letters of an alphabet only: ñ becomes n, œ oe."""
    name = name.replace("œ", "oe").replace("æ", "ae")
    parts = [s if s in letters else normalize("NFD", s)[0] for s in name]
    return "".join(parts)
