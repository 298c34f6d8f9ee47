"""Spelling: every word of the pages is in a dictionary, or in the language's own list of names and terms.

The list is docs/LANGUAGE/dictionary.txt, one word a line, in order: a word goes in after somebody has looked it up.
"""

import functools
import re

import pytest
from course.page import CODE, DISPLAY, Page, blanked
from pages import DOCS, LANGUAGES, PAGES, source
from spellchecker import SpellChecker

WORD = re.compile(r"\b[^\W\d_]+\b")  # float32 is a name
# What is no prose, besides code: formulas, addresses, ids, names of numbers, HTML, words of other languages in italics.
NOT_PROSE = re.compile(
    r"\$[^$]*\$|\]\([^)]*\)|\[\^[\w-]+\]|\{[^}]*\}|<[^>]*>|https?://\S+|\b\w+\.(?:py|txt|json|safetensors)\b"
    r"|\*[^*\s][^*]*\*"
)


def own_words(language):
    """The words that a language's list allows, as they are written there."""
    return (DOCS / language / "dictionary.txt").read_text(encoding="utf-8").split("\n")[:-1]


@functools.cache
def dictionary(language):
    """The words of a language, without our own."""
    return SpellChecker(language=language)


def words(page):
    """[(line, word)] of a page's description, its prose, and the words in its figures."""
    lines = dict(enumerate(DISPLAY.sub(lambda formula: blanked(formula[0]), "\n".join(page.lines())).split("\n"), 1))
    # An entry of the notes, which names works in any language, is not prose.
    found = [(number, line) for number, line in lines.items() if not line.startswith("[^")]
    found += [(number, line.partition(":")[2]) for number, line in page.front.items() if line.startswith("desc")]
    found += [(text.line, text.text) for block in page.executed for text in block.words.all()]
    for number, line in sorted(found):
        yield from ((number, word) for word in WORD.findall(NOT_PROSE.sub(" ", CODE.sub(" ", line).replace("**", ""))))


def misspelt(page):
    """[(line, word)] of the words that no dictionary has."""
    known, own = dictionary(page.locale), {word.lower() for word in own_words(page.locale)}
    return [
        (line, word)
        for line, word in words(page)
        if len(word) > 2 and word.lower() not in own and word.lower() not in known
    ]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_spelt_as_in_the_dictionary(language, page):
    found = misspelt(source(language, page))
    advice = f"mend it, or add it to docs/{language}/dictionary.txt if it is right"
    assert not found, "\n" + "\n".join(f"docs/{language}/{page}.md, line {n}: “{word}”: {advice}" for n, word in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_is_in_order_and_needed(language):
    listed = own_words(language)
    assert listed == sorted(set(listed), key=lambda word: (word.lower(), word)), "one word a line, in order, once"
    used = {word.lower() for page in PAGES for _, word in words(source(language, page))}
    assert not [word for word in listed if word.lower() not in used], "these words are on no page any more"
    known = dictionary(language)
    assert not [word for word in listed if word.lower() in known], "the dictionary has these already"


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        ("it", "perché", "perchè"),
        ("it", "addestramento", "addestrameto"),
        ("it", "caption: Ogni linea", "caption: Ogni linnea"),
        ("it", "description: Una rete", "description: Una rette neurralle"),
        ("en", "weights", "wieghts"),
        ("en", " layers", " leyers"),
        ("en", "reset: Reset", "reset: Ressett"),
        ("en", "alt: A network", "alt: A netwrok"),
    ],
)
def test_a_misspelt_word_is_found_with_its_line(language, right, wrong):
    text = source(language, "feedforward").source
    assert right in text
    line, word = text[: text.index(right)].count("\n") + 1, wrong.split()[-1]
    assert (line, word) in misspelt(Page(text.replace(right, wrong, 1), language))


@pytest.mark.parametrize(
    "hidden", ["`qwrt`", "$qwrt$", "[a](qwrt.md)", "{#qwrt}", "*qwrt*", "<qwrt>", "[^qwrt]", "qwrt.py"]
)
def test_what_is_no_prose_is_not_spelt(hidden):
    front = "---\ndescription: a\n---\n\n"
    assert not misspelt(Page(f"{front}The weight {hidden}.\n\n$$\nqwrt\n$$\n\n```sh\nqwrt\n```\n", "en"))
    assert misspelt(Page(f"{front}The weight qwrt.\n", "en")) == [(5, "qwrt")]
