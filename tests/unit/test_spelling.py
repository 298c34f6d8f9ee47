"""Spelling: every word of the pages is in a dictionary, or in the language's own list of names and terms.

The list is docs/LANGUAGE/dictionary.txt, one word a line, in order: a word goes in after somebody has looked it up.
"""

import ast
import re

import pytest
from pages import DOCS, LANGUAGES, PAGES
from spellchecker import SpellChecker
from structure import Page

WORD = re.compile(r"[^\W\d_]+")
# What is no prose: code, formulas, addresses, ids, HTML, words of other languages in italics.
NOT_PROSE = re.compile(
    r"`[^`]*`|\$[^$]*\$|\]\([^)]*\)|\[\^[\w-]+\]|\{[#:][^}]*\}|<[^>]*>|https?://\S+|\b\w+\.(?:py|txt|json|safetensors)\b|\*[^*\s][^*]*\*"
)


def own_words(language):
    """The words that a language's list allows, as they are written there."""
    return (DOCS / language / "dictionary.txt").read_text(encoding="utf-8").split("\n")[:-1]


def words(text, language):
    """[(line, word)] of a page's prose, and of the words in its figures."""
    page = Page(text, language)
    for line, content in page.prose.items():
        # A formula on lines of its own, an entry of the notes, a glossary entry's closing note are not prose.
        if not content.startswith("[^"):
            yield from ((line, word) for word in WORD.findall(NOT_PROSE.sub(" ", content.replace("**", ""))))
    for block in page.executed:
        code = "\n".join(block["code"])
        if 'html="on"' in block["options"]:
            for node in ast.walk(ast.parse(code)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value.strip():
                    line = block["line"] + node.lineno
                    yield from ((line, word) for word in WORD.findall(re.sub(r"<[^>]*>|\w+\.\w+", " ", node.value)))


def misspelt(text, language):
    """[(line, word)] of the words that no dictionary has."""
    known, own = SpellChecker(language=language), {word.lower() for word in own_words(language)}
    text = re.sub(r"\$\$.*?\$\$", lambda formula: re.sub(r"[^\n]", " ", formula[0]), text, flags=re.S)
    return [
        (line, word)
        for line, word in words(text, language)
        if len(word) > 2 and word.lower() not in own and word.lower() not in known
    ]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_spelt_as_in_the_dictionary(language, page):
    found = misspelt((DOCS / language / f"{page}.md").read_text(encoding="utf-8"), language)
    advice = f"mend it, or add it to docs/{language}/dictionary.txt if it is right"
    assert not found, "\n" + "\n".join(f"docs/{language}/{page}.md, line {n}: “{word}”: {advice}" for n, word in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_is_in_order_and_needed(language):
    listed = own_words(language)
    assert listed == sorted(set(listed), key=lambda word: (word.lower(), word)), "one word a line, in order, once"
    text = " ".join(word for page in PAGES for _, word in words((DOCS / language / f"{page}.md").read_text(), language))
    used = {word.lower() for word in text.split()}
    assert not [word for word in listed if word.lower() not in used], "these words are on no page any more"
    known = SpellChecker(language=language)
    assert not [word for word in listed if word.lower() in known], "the dictionary has these already"


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        ("it", "perché", "perchè"),
        ("it", "addestramento", "addestrameto"),
        ("en", "weights", "wieghts"),
        ("en", "layer", "leyer"),
    ],
)
def test_a_misspelt_word_is_found(language, right, wrong):
    text = (DOCS / language / "feedforward.md").read_text(encoding="utf-8")
    assert right in text
    line = text[: text.index(right)].count("\n") + 1
    assert (line, wrong) in misspelt(text.replace(right, wrong, 1), language) or any(
        word == wrong for _, word in misspelt(text.replace(right, wrong), language)
    )
