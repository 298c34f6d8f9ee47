"""Formulas: refuses what does not convert, and gives symbols the colours they have in figures and text."""

import re
from functools import wraps
from html import unescape

from latex2mathml import converter

# The letter says the role, everywhere in the course.
ROLES = {"W": "weight", "w": "weight", "b": "bias", "x": "value", "h": "value", "y": "value"}
CODE = re.compile(r"<code>(([Wwbxhy])\d?)</code>")

# How many parts these elements must have: \\frac{1} has lost one.
PARTS = {"mfrac": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3, "mroot": 2}


def tidy(row):
    """Set numbers and minus signs as print does: 0{,}5 is one number, and a minus that negates stands close."""
    before = None
    for node in list(row):
        name = node.tag.rpartition("}")[2]
        comma = name == "mrow" and len(node) == 1 and unescape(node[0].text or "") == ","
        if comma and before is not None and before.tag.endswith("mn"):
            before.text += ","
            row.remove(node)
            continue
        if name == "mn" and before is not None and (before.text or "").endswith(",") and before.tag.endswith("mn"):
            before.text += node.text
            row.remove(node)
            continue
        if name == "mo" and unescape(node.text or "") in "-−" and (before is None or before.tag.endswith("mo")):
            node.set("form", "prefix")
        before = node


def checked(convert):
    """Wrap latex2mathml's conversion: ValueError naming the formula where it fails or leaves a command as it was."""

    @wraps(convert)
    def convert_or_fail(latex, *args, **kwargs):
        if (braces := re.sub(r"\\[{}]|[^{}]", "", latex)) and braces.count("{") != braces.count("}"):
            raise ValueError(f"this formula has a brace without its fellow: {latex.strip()}")
        try:
            element = convert(latex, *args, **kwargs)
        except Exception as error:
            raise ValueError(f"this formula cannot be converted ({type(error).__name__}): {latex.strip()}") from None
        for node in list(element.iter()):
            tidy(node)
            if len(node) != PARTS.get(node.tag.rpartition("}")[2], len(node)):
                raise ValueError(f"this formula has a command without all its parts: {latex.strip()}")
            if node.text and (command := re.search(r"\\[A-Za-z]+", node.text)):
                raise ValueError(f"this formula has an unknown command, {command[0]}: {latex.strip()}")
            if node.tag.endswith("mi") and node.text in ROLES:
                node.set("class", ROLES[node.text])
        return element

    return convert_or_fail


converter.convert_to_element = checked(converter.convert_to_element)


def on_page_content(html, page, **_):
    """Colour the same symbols in the text, and note whether the page needs the mathematical font."""
    page.has_formulas = "<math" in html
    return CODE.sub(lambda m: f'<code class="{ROLES[m[2]]}">{m[1]}</code>', html)
