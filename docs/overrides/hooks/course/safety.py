"""What a page's HTML may hold: an allow-list of elements, attributes and addresses, for every language.

Pages are written by people whom reviewers may not be able to read. Whatever Markdown lets through (raw HTML, attribute
lists, links, captions) is looked at here as it will be published; what is not on the list ends the build.
"""

import re
from html import escape, unescape


def listed(names: str) -> set[str]:
    """A list of names, written as a text."""
    return set(names.split())


# Elements that a page may hold, each with the attributes of its own.
PROSE = listed("""a abbr b blockquote br caption cite code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5
    h6 hr i img ins kbd li mark nav ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead
    tr u ul""")
MATHS = listed("""math menclose mfenced mfrac mi mn mo mover mpadded mroot mrow ms mspace msqrt mstyle msub msubsup msup
    mtable mtd mtext mtr munder munderover""")
DRAWING = listed("circle ellipse g line path polygon polyline rect svg text tspan")
LIVE = listed("""descent-explorer feedforward-explorer matrix-product next-letter parameter-calculator temperature-dial
    training-scrubber""")  # our own: docs/assets/js/
ELEMENTS = PROSE | MATHS | DRAWING | LIVE
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
# What the scripts of the theme, and ours, act upon: only what a page may have them do.
DATA = re.compile(r"aria-[a-z]+|data-(?:bias|edge|live|node|search-exclude|value|weight)")
CLASSES = listed("""admonition admonition-title footnote footnote-backref footnote-ref headerlink highlight filename
    lesson letters table term wide
    abstract bug danger end example failure info inline minute note question quote success tip
    warning bar bias cell chance curve dashed drawing edge frame grid halo label key listing name needs negative node
    number plain result road share start title value weight""")
CLASS_OF_CODE = re.compile(r"[a-z]{1,2}\d?|language-[\w+#.-]+|share-\d")
VALUES = {
    "href": re.compile(r"https?://[^\s\\]+|mailto:[^\s\\]+|(?!//)[^:\\\s]*(?:[?#][^\\\s]*)?"),
    "src": re.compile(r"(?!//)[^:\\\s]+"),
    "id": re.compile(r"(?!__)[\w:.-]+"),
    "name": re.compile(r"(?!__)[\w:.-]+"),
    "title": re.compile(r"(?:[^<]|<(?![a-zA-Z!/?]))*"),  # see HEADING
}
TAG = re.compile(r'<(?:/([a-z][a-z0-9-]*)|([a-z][a-z0-9-]*)((?:\s+[\w:-]+(?:="[^"<>]*")?)*)\s*/?)>')
ATTRIBUTE = re.compile(r'([\w:-]+)(?:="([^"]*)")?')
# With its feature content.tooltips, Material's script makes a tooltip, as HTML, of the text of a title or of a heading
# that does not fit in the menu: there no < may begin a tag, even where it is but text.
HEADING = re.compile(r'<h([1-6])\b[^>]*>(.*?)(?:<a class="headerlink"[^>]*>[^<]*</a>)?</h\1>', re.S)


def not_allowed(html: str) -> list[tuple[str, tuple[str, ...]]]:
    """What a page's HTML holds that it may not: [(what it is, words to look for in the source, the best first)].

    Each < must begin a tag written in full, as Markdown writes it: small letters, attributes between double quotes,
    no < or > in them. So there is one way to read it, for us and for every browser.
    """
    found = []
    for tag in dict.fromkeys(re.findall(r"<[^<>]*>?", html)):
        match = TAG.fullmatch(tag)
        if not match:
            what = f"{tag.strip()[:60]} (no tag written in full, with its attributes between double quotes)"
            found.append((what, (tag.split("\n")[0], tag[:6])))
        elif (match[1] or match[2]) not in ELEMENTS:
            found.append((f"the element <{'/' if match[1] else ''}{match[1] or match[2]}>", (tag, tag.split()[0][:-1])))
        elif match[2]:
            found += _not_allowed_in(match[2], match[3])
    for level, heading in HEADING.findall(html):
        raw = re.sub(r"<[^>]*>", "", heading)
        text = unescape(raw)
        if not VALUES["title"].fullmatch(text):
            before = text.partition("<")[0].strip()
            words = raw, text, before and f"{'#' * int(level)} {before}", before
            found.append((f"a tag in the words “{text}”", words))
    return list(dict.fromkeys(found))


def words_not_allowed(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The same for words that are no HTML, and go where headings do."""
    return not_allowed(f"<h1>{escape(text)}</h1>")


def _not_allowed_in(tag: str, attributes: str) -> list[tuple[str, tuple[str, ...]]]:
    """What may not be in an opening tag."""
    found = []
    kind = MATHS_ATTRIBUTES if tag in MATHS else DRAWING_ATTRIBUTES if tag in DRAWING else set()
    for written, raw in ATTRIBUTE.findall(attributes):
        name, value = written.lower(), unescape(raw)
        if not (name in COMMON or name in kind or name in ATTRIBUTES.get(tag, ()) or DATA.fullmatch(name)):
            found.append((f"the attribute {name} of <{tag}>", (f'{written}="{raw}"', f"{written}=", written)))
        elif name == "class":
            strange = [one for one in value.split() if one not in CLASSES and not CLASS_OF_CODE.fullmatch(one)]
            found += [(f"the class “{one}” of <{tag}>", (one,)) for one in strange]
        elif name in VALUES and not VALUES[name].fullmatch(value):
            words = f'{written}="{raw}"', value, raw, re.split(r"[:/]", raw)[0], f"{written}="
            found.append((f"the {name} “{value}” of <{tag}>", words))
    return found


def line_of(words: tuple[str, ...], text: str) -> int | None:
    """The first line of a text that holds the best of these words, in any spelling, or None."""
    places = (text.lower().find(word.lower()) for word in words if word)
    return next((text.count("\n", 0, at) + 1 for at in places if at >= 0), None)
