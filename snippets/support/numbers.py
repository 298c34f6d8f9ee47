"""Numbers as each language writes them."""

import functools

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol, get_group_symbol

# Decimal mark and thousands separator, where this course does otherwise than CLDR, the data that Babel carries:
# Italian separates thousands with a thin space, from 10 000 up.
MARKS = {"it": (",", "\u202f")}


@functools.cache
def marks(lang):
    """The decimal mark and the thousands separator of a language. Raises ValueError for one that is not known."""
    try:
        locale = Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise ValueError(f"the language {lang!r} is not known: {error}") from None
    return MARKS.get(lang) or (get_decimal_symbol(locale), get_group_symbol(locale))


def number(value, lang, decimals=None):
    """Write a number as a language does: a true minus sign, its decimal mark, its thousands.

    `decimals` fixes the digits after the mark; without it, as many as the number needs, at most six.
    Raises ValueError for a language that is not known.
    """
    mark, thousands = marks(lang)
    text = f"{abs(value):,.{6 if decimals is None else decimals}f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    whole, _, fraction = text.partition(".")
    if lang == "it" and abs(value) < 10_000:
        whole = whole.replace(",", "")
    sign = "−" if value < 0 and text.strip("0.") else ""
    return sign + whole.replace(",", thousands) + (mark + fraction if fraction else "")
