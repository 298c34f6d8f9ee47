"""The book of a language: the pages of the built site in one PDF, printed by Chromium.

Chromium sees the site at its own address, though every answer comes from the folder: so each link is what it is on the
site. What puts the pages together is docs/assets/js/book.js.
"""

import io
import mimetypes
import os
import re
import shutil
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from pypdf import PdfReader

from course.offline import address
from course.project import Project

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

LEFT_OUT = ("contributing",)  # it is about the site
LAST = ("glossary",)
STYLES = ("site", "code", "figures", "maths", "print", "book")
DATE = re.compile(rb"(/(?:CreationDate|ModDate) \()D:\d{14}[+-]\d\d'\d\d'")
NODE = re.compile(rb"\bnode\d{8}\b")
PASSES = 4  # numbers could move what they number: they never did more than once
# The sandbox of Chromium needs a kernel feature that containers seldom have; the pages are our own.
ARGUMENTS = ("--no-sandbox", "--disable-background-networking", "--font-render-hinting=none")


def chromium() -> str | None:
    """The browser on this machine, if it is the system's."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROME_PATH") or next((path for name in names if (path := shutil.which(name))), None)


def pages(project: Project) -> list[str]:
    """The pages of the book, in its order."""
    inside = [name for name in project.pages if name not in (*LEFT_OUT, *LAST)]
    return inside + [name for name in LAST if name in project.pages]


def answering(site: Path, root: str, assets: Path):
    """What answers for the host: the files of the site, below its address, and the book's own."""

    def answer(route: "Route") -> None:
        place = unquote(urlsplit(route.request.url).path.removeprefix(urlsplit(root).path))
        file = site / place / "index.html" if not place or place.endswith("/") else site / place
        if place in ("assets/css/book.css", "assets/js/book.js"):
            file = assets / place.removeprefix("assets/")
        if not route.request.url.startswith(root) or not file.is_file():
            route.abort()
        else:
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            route.fulfill(body=file.read_bytes(), content_type=f"{kind}; charset=utf-8")

    return answer


def shell(site: Path, root: str, locale: str, words: dict[str, str]) -> str:
    """The document that the pages go into, with the site's styles."""
    themes = sorted((site / "assets" / "stylesheets").glob("*.css"))
    styles = [path.relative_to(site).as_posix() for path in themes] + [f"assets/css/{name}.css" for name in STYLES]
    links = "".join(f'<link rel="stylesheet" href="{root}{escape(style)}">' for style in styles)
    return (
        f'<!doctype html><html lang="{locale}"><head><meta charset="utf-8"><title>{escape(words["site_name"])}</title>'
        f'{links}<script src="{root}assets/js/book.js"></script></head>'
        '<body dir="ltr" data-md-color-scheme="default"></body></html>'
    )


def sheets(pdf: bytes) -> dict[str, int]:
    """The number of the sheet of each place that a link leads to."""
    reader = PdfReader(io.BytesIO(pdf))
    numbers = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages, 1)}
    places = reader.named_destinations.items()
    return {unquote(name.removeprefix("/")): numbers[place.page.idnum] for name, place in places}


def printed(page: "Page") -> bytes:
    """The document on A4 sheets, with its outline and its structure, its numbers true."""
    known: dict[str, int] = {}
    for attempt in range(PASSES):
        whole = attempt > 0  # the first is for the numbers alone
        pdf = page.pdf(format="A4", prefer_css_page_size=True, tagged=whole, outline=whole)
        found = sheets(pdf)
        if found == known:
            return pdf
        known = found
        page.evaluate("known => numberBook(known)", known)
    raise ValueError(f"the numbers of the sheets were still changing after {PASSES} times")


def make(project: Project, site: Path, locale: str, browser: "Browser", epoch: int | None) -> bytes:
    """The book of a language as a PDF, made at a moment in seconds since 1970, or now.

    Raises ValueError for a site that does not say its address, and for what is missing in it.
    """
    words, home = project.words(locale), site / ("" if locale == project.source else locale)
    root = address(site)
    own = root if locale == project.source else f"{root}{locale}/"
    names = [name for name in pages(project) if (home / ("" if name == "index" else name) / "index.html").is_file()]
    chapters = [{"name": name, "address": own if name == "index" else f"{own}{name}/"} for name in names]
    # Its words may hold a link: course/safety.py has looked at them.
    about = f'<a class="site" href="{own}">{escape(own)}</a><br>{words["copyright"]}'
    context = browser.new_context()
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.route("**/*", answering(site, root, project.root / "docs" / "assets"))
    wrong: list[str] = []
    page.on("requestfailed", lambda request: wrong.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    document = shell(site, root, locale, words)
    page.route(f"{root}book", lambda route: route.fulfill(body=document, content_type="text/html"))
    page.goto(f"{root}book")
    page.evaluate("book => makeBook(book)", {"pages": chapters, "words": words, "about": about})
    pdf = printed(page)
    context.close()
    if wrong:
        raise ValueError(f"the book of {locale} lacks {', '.join(wrong)}")
    return pdf if epoch is None else finished(pdf, epoch)


def finished(pdf: bytes, epoch: int) -> bytes:
    """The PDF with what changes each time changed, in as many bytes: its dates, and where its elements begin to count.

    Raises ValueError for a PDF that does not say when it was made.
    """
    date = datetime.fromtimestamp(epoch, UTC).strftime("D:%Y%m%d%H%M%S+00'00'").encode()
    pdf, dates = DATE.subn(rb"\g<1>" + date, pdf)
    if dates != 2:
        raise ValueError(f"Chromium wrote {dates} dates in the PDF, not those of its creation and of its change")
    found = sorted(set(NODE.findall(pdf)))  # the new names are in the same order, as a tree of names must be
    names = {name: b"node%08d" % place for place, name in enumerate(found, 1)}
    return NODE.sub(lambda name: names[name[0]], pdf)
