"""What the search looks through: the words of each section of a page, as docs/assets/js/search.js reads them."""

import json
import re
from collections.abc import Iterable
from html import unescape

PAGE, SECTION, TERM, EXERCISE = range(4)  # what a section is: the script ranks them in this order
Section = tuple[str, int, str, str]  # id, what it is, title, text

# Programs, what they print, figures, notes and their marks: they have few words, and every reader would load them.
# What says data-search-exclude, too: there no element may hold another of its name.
LEFT_OUT = re.compile(
    r"<(?P<whole>pre|figure)\b.*?</(?P=whole)>|<(?P<said>[a-z]+)\b[^>]* data-search-exclude.*?</(?P=said)>"
    r'|<sup id="fnref.*?</sup>|<a class="headerlink".*?</a>'
    r'|<span class="filename">.*?</span>|<summary>[^<]*</summary><a [^>]*>↓</a>|<div class="footnote">.*',
    re.S,
)
FORMULA = re.compile(r"<math\b.*?</math>", re.S)
HIGH = re.compile(r"<m(?:frac|over|root|sqrt|sup|subsup|table|underover)\b")  # not to be read in one line
PLACE = re.compile(r'<(?P<tag>h[1-6]|dt)\b[^>]*?\bid="(?P<id>[^"]+)"[^>]*>(?P<title>.*?)</(?P=tag)>', re.S)
INLINE = re.compile(r"</?(?:a|abbr|b|code|dfn|em|i|kbd|mark|s|small|span|strong|sub|sup)\b[^>]*>")
TAG = re.compile(r"<[^>]*>")


def plain(html: str) -> str:
    """The text of a piece of a page: words that stand in one line stay together, others apart."""
    return " ".join(unescape(TAG.sub(" ", INLINE.sub("", html))).split())


def in_line(formula: re.Match[str]) -> str:
    """What a formula is in a text: itself, when it is but a symbol or two."""
    text = TAG.sub("", formula[0])
    return text if len(text) < 8 and not HIGH.search(formula[0]) else "…"


def sections(html: str) -> tuple[Section, ...]:
    """The sections of a page's HTML: what each heading, or term of a definition list, with an id begins."""
    html = FORMULA.sub(in_line, LEFT_OUT.sub("", html))
    places, found, exercises = list(PLACE.finditer(html)), [], ""
    ends = [*(place.start() for place in places[1:]), len(html)]
    for place, end in zip(places, ends, strict=False):
        tag, id_, kind = place["tag"], place["id"], SECTION
        if tag == "dt":
            kind = TERM
        elif tag == "h1":
            kind, id_ = PAGE, ""  # the page itself
        elif id_ == "exercises" or tag > exercises > "":
            kind, exercises = EXERCISE, tag if id_ == "exercises" else exercises
        else:
            exercises = ""
        found.append((id_, kind, plain(place["title"]), plain(html[place.end() : end])))
    return tuple(found)


def ranked(address: str, found: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections of a page; the home page has the name of the whole site, but it is not about that."""
    return tuple((id_, SECTION if kind == PAGE and not address else kind, *said) for id_, kind, *said in found)


def index(pages: Iterable[tuple[str, str]], endings: str) -> str:
    """A script that holds the pages, (address, HTML) in the order of the course, and the endings that do not matter.

    A script, because it can be loaded where nothing can be fetched: from a folder.
    """
    data = {
        "endings": endings.split(),
        "pages": [[address, ranked(address, sections(html))] for address, html in pages],
    }
    return f"searchIndex={json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n"
