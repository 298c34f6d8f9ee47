"""Bytes and pairs of tokens: what byte-pair encoding is made of."""

from itertools import pairwise
from reprlib import repr as short  # of anything, its first few parts

import numpy as np

END = 255  # stands round each word: no text has such a byte


# --8<-- [start:bytes]
def single_bytes(text):
    """A text's bytes, [bytes]: each is a token, as long as none is joined.

    Raises ValueError for what is no text.
    """
    if not isinstance(text, str):
        raise ValueError(f"a text is wanted, not {short(text)}")
    try:
        return [bytes([byte]) for byte in text.encode()]
    except UnicodeEncodeError as error:
        half = f"U+{ord(text[error.start]):04X}"
        raise ValueError(f"{half} is half a character: no text") from None


# --8<-- [end:bytes]


# --8<-- [start:merge]
def pairs(tokens):
    """The pairs of neighbours; a a a has one pair (a, a), a a a a two."""
    found, before = [], None
    for pair in pairwise(tokens):
        before = None if pair == before else pair
        if before:
            found.append(pair)
    return found


def merge(tokens, pair):
    """The tokens with this pair joined wherever it is, from the left."""
    joined, i = [], 0
    while i < len(tokens):
        together = tuple(tokens[i : i + 2]) == pair
        joined.append(b"".join(pair) if together else tokens[i])
        i += 1 + together
    return joined


# --8<-- [end:merge]


def checked(merges):
    """The merges, if each joins two tokens that are known by then.

    Raises ValueError if not: which merge, why, and what to do.
    """
    if not isinstance(merges, list):
        raise ValueError(f"merges: a list of pairs, not {short(merges)}")
    known = {bytes([byte]) for byte in range(256)}
    for place, pair in enumerate(merges, 1):
        wrong = fault(pair, known)
        if wrong:
            raise ValueError(f"merge {place} of {len(merges)}: {wrong}")
        known.add(b"".join(pair))
    return merges


def fault(pair, known):
    """What is wrong with a merge after which these tokens are known."""
    two = isinstance(pair, tuple) and len(pair) == 2
    if not two or not all(isinstance(t, bytes) and t for t in pair):
        return f"two byte strings are wanted, not {short(pair)}"
    if END in b"".join(pair):
        return f"byte {END} ends words and joins nothing: leave it out"
    new = [short(token) for token in pair if token not in known]
    return new and f"no merge before makes {new[0]}: keep their order"


def countable(text):
    """Which neighbours in a text (n,) are pairs, as `pairs` counts: (n-1,).

    None goes from one word to the next.
    """
    first, second = text[:-1], text[1:]
    place = np.arange(len(text), dtype=np.int32)
    begins = np.append(True, first != second)  # of a run of equal tokens
    run = np.maximum.accumulate(np.where(begins, place, 0))
    overlaps = (first == second) & ((place - run)[:-1] % 2 == 1)
    return ~overlaps & (first != END) & (second != END)
