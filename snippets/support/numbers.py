"""Numbers as each language writes them."""

# Decimal mark and thousands separator. Italian separates thousands with a thin space, from 10 000 up.
MARKS = {"it": (",", "\u202f"), "en": (".", ",")}


def number(value, lang, decimals=None):
    """Write a number as a language does: a true minus sign, its decimal mark, its thousands.

    `decimals` fixes the digits after the mark; without it, as many as the number needs, at most six.
    Raises KeyError for a language whose marks are not known.
    """
    mark, thousands = MARKS[lang]
    text = f"{abs(value):,.{6 if decimals is None else decimals}f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    whole, _, fraction = text.partition(".")
    if lang == "it" and abs(value) < 10_000:
        whole = whole.replace(",", "")
    sign = "−" if value < 0 and text.strip("0.") else ""
    return sign + whole.replace(",", thousands) + (mark + fraction if fraction else "")
