"""Figures of the page on tokens."""

import numpy as np

from bpe import vocabulary
from figures import draw
from figures.draw import Label, Number
from letters import WIDTH
from town_tokens import SIZES, heldout, merges, per_name
from two_languages import NEW, cut


def lengths():
    """The tokens of a name against the numbers of the embedding, as merges grow."""
    steps = np.array([0, 10, 20, 30, 50, 75, 100, 150, 200, 300, 400, 500])
    E = np.array([len(vocabulary(merges[:n])) * WIDTH for n in steps])
    each = np.array([per_name(heldout, merges[:n]) for n in steps])
    numbers = {"most": max(SIZES), "E_first": E[0], "E_last": E[-1]}
    numbers |= {"first": Number(each[0], 1), "last": Number(each[-1], 1)}
    axes = (Label("numbers"), Label("tokens"))
    return draw.curves(E, {Label("names"): each}, top=12, step=2, axes=axes, numbers=numbers)


def sentences():
    """The new sentence of each language, cut with its own vocabulary and with the other's."""
    own = {"it": "Italian", "en": "English"}
    texts, numbers = {}, {}
    for name, vocabulary_of in own.items():
        for language in NEW:
            tokens = [token.decode(errors="replace").replace(" ", "␣") for token in cut(language, vocabulary_of)]
            texts[Label(f"{language}_{name}")] = tokens
            numbers[f"n_{language}_{name}"] = len(tokens)
    return draw.pieces(texts, numbers=numbers)
