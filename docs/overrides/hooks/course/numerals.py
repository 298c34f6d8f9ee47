"""Numbers as each language writes them, written and read."""

import functools
import re
from decimal import Decimal
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol, get_group_symbol

# Decimal mark and thousands separator, where this course does otherwise than CLDR, the data that Babel carries:
# Italian separates thousands with a thin space, from 10 000 up.
MARKS = {"it": (",", "\u202f")}


class Written(NamedTuple):
    """A number in a text: as it is written there, and its value."""

    text: str
    value: Decimal


@functools.cache
def marks(locale: str) -> tuple[str, str]:
    """The decimal mark and the thousands separator of a language. Raises ValueError for one that is not known."""
    try:
        known = Locale.parse(locale, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise ValueError(f"the language {locale!r} is not known: {error}") from None
    return MARKS.get(locale) or (get_decimal_symbol(known), get_group_symbol(known))


def write(value: float, locale: str, decimals: int | None = None) -> str:
    """Write a number as a language does: a true minus sign, its decimal mark, its thousands.

    `decimals` fixes the digits after the mark; without it, as many as the number needs, at most six.
    Raises ValueError for a language that is not known.
    """
    mark, thousands = marks(locale)
    text = f"{abs(value):,.{6 if decimals is None else decimals}f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    whole, _, fraction = text.partition(".")
    if locale == "it" and len(whole) < len("10,000"):
        whole = whole.replace(",", "")
    sign = "−" if value < 0 and text.strip("0.") else ""
    return sign + whole.replace(",", thousands) + (mark + fraction if fraction else "")


@functools.cache
def pattern(locale: str) -> re.Pattern[str]:
    """What a number looks like in a language, without its sign."""
    if marks(locale)[0] == ",":
        return re.compile(r"(?<![\w.,])\d{1,3}(?:[\u202f\u00a0.]\d{3})+(?:,\d+)?(?!\w)|(?<![\w.,])\d+(?:,\d+)?(?!\w)")
    return re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\w)|(?<![\w.,])\d+(?:\.\d*(?!\d))?(?!\w)")


def read(text: str, locale: str) -> list[Written]:
    """The numbers of a text, in order, by the marks of its language."""
    found = []
    for match in pattern(locale).finditer(text):
        plain = re.sub(r"[\u202f\u00a0]", "", match[0])
        if marks(locale)[0] == ",":
            plain = plain.replace(".", "").replace(",", ".")
        found.append(Written(match[0], Decimal(plain.replace(",", "").rstrip("."))))
    return found


def telling(value: Decimal) -> bool:
    """Whether a number says something of its own: a decimal, or 13 and above."""
    return value >= 13 or value != int(value)
