"""Proves the numbers of a page: a program of the page prints each, or its sentence has a note with a source.

Only numbers that say something of their own are looked at: decimals, and from 13 up. A number that some program of the
page happens to print passes wherever it stands: README says how many mistakes that lets through.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from html import unescape

from course import numerals
from course.numerals import telling
from course.page import DRAWN, FORMULA, NAMES, Block, Page, Problem, blanked

NOTE = "‡"
SENTENCE = re.compile(rf"(?<=[.!?:;][{NOTE}])\s|(?<=[.!?:])\s")


def printed(text: str) -> set[Decimal]:
    """The numbers that a program printed, without their signs; it writes 12,288.5 in every language."""
    return {value for _, value in numerals.read(re.sub(r"(?<=\d),(?=\d{3}\b)", "", text), "en")}


def drawn(html: str, locale: str) -> set[Decimal]:
    """The numbers that a figure or a table shows in a language, its text alternative included."""
    labels = " ".join(re.findall(r'aria-label="([^"]*)"', html))
    text = unescape(re.sub(r"<[^>]*>", " ", html) + " " + labels)
    return {value for _, value in numerals.read(NAMES.sub(" ", text), locale)}


def written(block: Block, locale: str) -> Iterator[tuple[int, str, Decimal]]:
    """The numbers that the page itself writes in the words of a figure: (line, as written, value)."""
    for text in block.words.all() if block.language in DRAWN else ():
        for number, value in numerals.read(NAMES.sub(" ", re.sub(r"\{\w+\}", " ", text.text)), locale):
            yield text.line, number, value


def sentences(page: Page) -> Iterator[tuple[int, str]]:
    """The sentences of a page's prose with their lines, formulas and code included; a note leaves the mark ‡."""
    text = FORMULA.sub(lambda m: re.sub(r"\{,\}", ",", m[0]), "\n".join(page.lines()))
    for line, words in enumerate(text.split("\n"), 1):
        if words.startswith("[^"):
            continue
        words = re.sub(r"\]\([^)]*\)|\{[#:][^}]*\}|https?://\S+", " ", re.sub(r"\[\^[^\]]*\]", NOTE, words))
        for sentence in SENTENCE.split(re.sub(r"[`$*{}]", " ", words)):
            yield line, sentence


def unproven(page: Page, proven: Iterable[Decimal]) -> list[Problem]:
    """What to complain about: each number that nothing proves."""
    proven = set(proven)
    found = []
    for line, sentence in sentences(page):
        if NOTE in sentence:
            continue
        for number, value in numerals.read(NAMES.sub(lambda m: blanked(m[0]), sentence), page.locale):
            if telling(value) and value not in proven:
                message = f"{number} is printed by no program of the page, and no note gives its source"
                found.append(Problem(line, message))
    for block in page.executed:
        for line, number, value in written(block, page.locale):
            if telling(value) and value not in proven:
                message = f"write {number} as the name of a number, {{…}}, that the program of this block offers"
                found.append(Problem(line, message))
    return list(dict.fromkeys(found))
