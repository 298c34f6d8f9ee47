"""Byte-pair encoding: any text as tokens, which some words have taught.

Sources: Gage, A New Algorithm for Data Compression, 1994; Sennrich, Haddow,
Birch, Neural Machine Translation of Rare Words with Subword Units, 2016.
"""

import numpy as np

from byte_pairs import END, checked, countable, merge, short, single_bytes


# --8<-- [start:encode]
def encode(text, merges):
    """The tokens of a text, [bytes]: its bytes, joined as was learnt.

    Each merge in turn is made wherever it can be. Raises ValueError for
    what is no text, or no list of merges in their order.
    """
    tokens = single_bytes(text)
    data = b"".join(tokens)
    for first, second in checked(merges):
        if first + second in data:
            tokens = merge(tokens, (first, second))
    return tokens


def decode(tokens):
    """The text of some tokens. Raises ValueError if they make no text."""
    is_list = isinstance(tokens, list)
    if not is_list or not all(isinstance(t, bytes) for t in tokens):
        wrong = f"tokens: a list of byte strings, not {short(tokens)}"
        raise ValueError(wrong)
    try:
        return b"".join(tokens).decode()
    except UnicodeDecodeError as error:
        wrong = f"tokens: no text, their byte {error.start} does not fit"
        raise ValueError(wrong) from None


# --8<-- [end:encode]


# --8<-- [start:vocabulary]
def vocabulary(merges):
    """The place of each token, {bytes: place}: 256 bytes, then the rest."""
    tokens = {bytes([byte]): byte for byte in range(256)}
    for first, second in checked(merges):
        tokens.setdefault(first + second, len(tokens))
    return tokens


# --8<-- [end:vocabulary]


# --8<-- [start:learn]
def learn(words, merges):
    """The pairs of tokens to join, [(bytes, bytes)], in the order learnt.

    Each time the pair that occurs most in the words; if several do, the
    first in the order of bytes. Fewer than `merges` when none is left.
    Every merge counts all the pairs again: seconds for a few thousand.
    Raises ValueError for words that are no texts, or a bad number.
    """
    if type(merges) is not int or merges < 0:
        wrong = f"merges: a whole number from 0, not {short(merges)}"
        raise ValueError(wrong)
    text, places, learnt = as_bytes(words), vocabulary([]), []
    while len(learnt) < merges:
        tokens, V = list(places), len(places)
        codes = (text[:-1] * V + text[1:])[countable(text)]
        found, counts = np.unique(codes, return_counts=True)
        if not len(found):
            break
        often = found[counts == counts.max()]
        best = min((tokens[c // V], tokens[c % V]) for c in often)
        learnt.append(best)
        text = joined(text, best, places)
    return learnt


# --8<-- [end:learn]


def as_bytes(words):
    """The bytes of some words as numbers, (n,), END round each word.

    Raises ValueError for what is no list of texts.
    """
    if not isinstance(words, list):
        raise ValueError(f"words: a list of texts, not {short(words)}")
    end = bytes([END])
    data = b"".join(end + b"".join(single_bytes(w)) for w in words) + end
    return np.frombuffer(data, np.uint8).astype(np.int32)


def joined(text, pair, places):
    """A text (n,) with a pair joined; its token gets a place, if new."""
    new = places.setdefault(b"".join(pair), len(places))
    here = (text[:-1] == places[pair[0]]) & (text[1:] == places[pair[1]])
    if pair[0] == pair[1]:
        here &= countable(text)
    here, text = np.flatnonzero(here), text.copy()
    text[here] = new
    return np.delete(text, here + 1)


def encode_all(words, merges):
    """The places of the tokens of many words, (n,), END round each word.

    Raises ValueError for bad words or merges.
    """
    text, places = as_bytes(words), vocabulary([])
    for pair in checked(merges):
        text = joined(text, pair, places)
    return text
