"""What a page's HTML may hold: an allow-list of elements, attributes and addresses, for every language.

Pages are written by people whom reviewers may not be able to read. Whatever Markdown lets through (raw HTML, attribute
lists, links, captions) is looked at here as it will be published; what is not on the list ends the build.
"""

import re
from html import unescape


def listed(names: str) -> set[str]:
    """A list of names, written as a text."""
    return set(names.split())


# Elements that a page may hold, each with the attributes of its own.
PROSE = listed("""a abbr b blockquote br caption cite code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5
    h6 hr i img ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr u
    ul""")
MATHS = listed("""math menclose mfenced mfrac mi mn mo mover mpadded mroot mrow ms mspace msqrt mstyle msub msubsup msup
    mtable mtd mtext mtr munder munderover""")
DRAWING = listed("circle ellipse g line path polygon polyline rect svg text tspan")
ELEMENTS = PROSE | MATHS | DRAWING
# Attributes of any element; those that begin with data- and aria- too.
COMMON = listed("class dir hidden id lang role tabindex title")
ATTRIBUTES = {
    "a": listed("download href hreflang name rel"),
    "details": {"open"},
    "img": listed("alt height loading src width"),
    "li": {"value"},
    "ol": listed("reversed start type"),
    "td": listed("align colspan rowspan"),
    "th": listed("align colspan rowspan scope"),
}
MATHS_ATTRIBUTES = listed("""accent accentunder close columnalign columnlines columnspacing depth display displaystyle
    fence form height linethickness lspace mathvariant maxsize minsize movablelimits notation open rowlines rowspacing
    rspace scriptlevel separator separators stretchy symmetric voffset width xmlns""")
DRAWING_ATTRIBUTES = listed("""cx cy d dx dy fill fill-opacity height opacity points preserveaspectratio r rx ry stroke
    stroke-dasharray stroke-linecap stroke-linejoin stroke-width text-anchor transform viewbox width x x1 x2 xmlns y
    y1 y2""")
CLASSES_OF_THE_THEME = re.compile(r"(?:^|\s)md-(?!typeset__)")
LINKS = re.compile(r"https?://[^\s\\]+|mailto:[^\s\\]+|(?!//)[^:\\\s]*(?:[?#][^\\\s]*)?")
PICTURES = re.compile(r"(?!//)[^:\\\s]+")


TAG = re.compile(r'<(?:/([a-z][a-z0-9]*)|([a-z][a-z0-9]*)((?:\s+[\w:-]+(?:="[^"<>]*")?)*)\s*/?)>')
ATTRIBUTE = re.compile(r'([\w:-]+)(?:="([^"]*)")?')


def not_allowed(html: str) -> list[tuple[str, str]]:
    """What a page's HTML holds that it may not: [(what it is, a word to look for in the source)].

    Each < must begin a tag written in full, as Markdown writes it: small letters, attributes between double quotes,
    no < or > in them. So there is one way to read it, for us and for every browser.
    """
    found = []
    for tag in dict.fromkeys(re.findall(r"<[^<>]*>?", html)):
        match = TAG.fullmatch(tag)
        if not match:
            found.append(
                (f"{tag.strip()[:60]} (no tag written in full, with its attributes between double quotes)", tag[:6])
            )
        elif match[2]:
            found += _not_allowed_in(match[2], match[3])
        elif match[1] not in ELEMENTS:
            found.append((f"the element </{match[1]}>", f"</{match[1]}"))
    return list(dict.fromkeys(found))


def _not_allowed_in(tag: str, attributes: str) -> list[tuple[str, str]]:
    """What may not be in an opening tag."""
    if tag not in ELEMENTS:
        return [(f"the element <{tag}>", f"<{tag}")]
    found = []
    kind = MATHS_ATTRIBUTES if tag in MATHS else DRAWING_ATTRIBUTES if tag in DRAWING else set()
    for written, raw in ATTRIBUTE.findall(attributes):
        name, value = written.lower(), unescape(raw)
        known = (
            name in COMMON or name in kind or name in ATTRIBUTES.get(tag, ()) or re.match(r"(?:data|aria)-[a-z]", name)
        )
        if not known:
            found.append((f"the attribute {name} of <{tag}>", written))
        elif name in ("href", "src") and not (PICTURES if name == "src" else LINKS).fullmatch(value):
            found.append((f"the address “{value}” of <{tag}>", re.split(r"[:/]", raw)[0] or raw))
        elif name == "class" and CLASSES_OF_THE_THEME.search(value):
            found.append((f"the class “{value}” of <{tag}>", value.split()[-1]))
    return found


def line_of(word: str, text: str) -> int | None:
    """The first line of a page's text that holds a word, in any spelling, or None."""
    lines = enumerate(text.lower().split("\n"), 1)
    return next((number for number, line in lines if word.lower() in line), None)
