"""What a page's HTML may hold: an allow-list of elements, attributes and addresses, for every language.

Pages are written by people whom reviewers may not be able to read. Whatever Markdown lets through (raw HTML, attribute
lists, links, captions) is looked at here as it will be published; what is not on the list ends the build.
"""

import re
from html.parser import HTMLParser

# Elements that a page may hold, each with the attributes of its own.
PROSE = """a abbr b blockquote br button cite code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img
ins kbd li mark nav ol p pre q s samp small span strong sub summary sup table caption tbody td tfoot th thead tr u ul"""
MATHS = """math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle msub msup msubsup munder mover munderover mtable
mtr mtd mpadded menclose mfenced"""
DRAWING = "svg g path line rect circle ellipse polyline polygon text tspan title desc"
ELEMENTS = {*PROSE.split(), *MATHS.split(), *DRAWING.split()}
# Attributes of any element; those that begin with data- and aria- too.
COMMON = {"class", "dir", "hidden", "id", "lang", "role", "tabindex", "title"}
ATTRIBUTES = {
    "a": {"href", "hreflang", "rel", "download", "name"},
    "button": {"type"},
    "col": {"span"},
    "details": {"open"},
    "figure": {"markdown"},
    "img": {"alt", "height", "loading", "src", "width"},
    "li": {"value"},
    "ol": {"start", "type", "reversed"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
}
MATHS_ATTRIBUTES = set(
    """accent accentunder columnalign columnlines columnspacing depth display displaystyle fence form height linethickness
    lspace mathvariant maxsize minsize movablelimits notation rowlines rowspacing rspace scriptlevel separator separators
    stretchy symmetric voffset width xmlns open close""".split()
)
DRAWING_ATTRIBUTES = set(
    """cx cy d dominant-baseline dx dy fill fill-opacity height opacity pathlength points preserveaspectratio r rx ry
    stroke stroke-dasharray stroke-linecap stroke-linejoin stroke-width text-anchor transform viewbox width x x1 x2 xmlns
    y y1 y2""".split()
)
CLASSES_OF_THE_THEME = re.compile(r"(?:^|\s)md-(?!typeset__|code__|annotation|nav__|clipboard|button)")
LINKS = re.compile(r"https?://[^\s\\]+|mailto:[^\s\\]+|(?!//)[^:\\\s]*(?:[?#][^\\\s]*)?")
PICTURES = re.compile(r"(?!//)[^:\\\s]+")


class Inspector(HTMLParser):
    """Reads HTML as it will be published and keeps what is not allowed in `found`: (what, a word to look for)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element and its attributes."""
        if tag not in ELEMENTS:
            self.found.append((f"the element <{tag}>", f"<{tag}"))
            return
        of_its_kind = MATHS_ATTRIBUTES if tag in MATHS.split() else DRAWING_ATTRIBUTES if tag in DRAWING.split() else set()
        allowed = COMMON | ATTRIBUTES.get(tag, set()) | of_its_kind
        for name, value in attrs:
            value = value or ""
            if name not in allowed and not re.fullmatch(r"(?:data|aria)-[a-z-]+", name):
                self.found.append((f"the attribute {name} of <{tag}>", name))
            elif name in ("href", "src") and not (PICTURES if name == "src" else LINKS).fullmatch(value):
                self.found.append((f"the address “{value}” of <{tag}>", re.split(r"[:/]", value)[0] or value))
            elif name == "class" and CLASSES_OF_THE_THEME.search(value):
                self.found.append((f"the class “{value}” of <{tag}>", value.split()[-1]))

    def handle_data(self, data: str) -> None:
        """Look for a tag that a browser may see where this reader sees none."""

    def handle_comment(self, data: str) -> None:
        """No comments: browsers and readers do not agree on where they end."""
        self.found.append((f"the comment <!--{data[:40]}-->", "<!"))

    def handle_decl(self, decl: str) -> None:
        """No declarations."""
        self.found.append((f"the declaration <!{decl[:40]}>", "<!"))

    def unknown_decl(self, data: str) -> None:
        """No declarations."""
        self.found.append((f"the declaration <![{data[:40]}", "<!["))

    def handle_pi(self, data: str) -> None:
        """No processing instructions."""
        self.found.append((f"the instruction <?{data[:40]}>", "<?"))


def not_allowed(html: str) -> list[tuple[str, str]]:
    """What a page's HTML holds that it may not: [(what it is, a word to look for in the source)]."""
    inspector = Inspector()
    inspector.feed(html)
    rest = inspector.rawdata  # what the reader could not make a whole tag of
    inspector.close()
    if "<" in rest:
        inspector.found.append((f"a tag that is never closed: {rest[:40]}", rest[:8]))
    return list(dict.fromkeys(inspector.found))


def line_of(word: str, text: str) -> int | None:
    """The first line of a page's text that holds a word, in any spelling, or None."""
    lines = enumerate(text.lower().split("\n"), 1)
    return next((number for number, line in lines if word.lower() in line), None)
