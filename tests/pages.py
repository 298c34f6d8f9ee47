"""The real project as the tests see it: its pages as they are written, and as they were built."""

import functools
import re
from pathlib import Path

from bs4 import BeautifulSoup
from course.page import Block, Page, decode
from course.project import open_project

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SNIPPETS = ROOT / "snippets"
PROJECT = open_project(ROOT)
SOURCE = PROJECT.source
LANGUAGES = (SOURCE, *PROJECT.required)  # complete; the others of mkdocs.yml may be partial
LOCALES = tuple(PROJECT.names)
PAGES = tuple(sorted(PROJECT.pages))
PROGRAMS = tuple(sorted(path.name for path in SNIPPETS.glob("*.py")))


def languages_of(page: str) -> list[str]:
    """The languages that have a page of their own."""
    return [locale for locale in LOCALES if PROJECT.file(locale, page).is_file()]


@functools.cache
def source(language: str, page: str) -> Page:
    """A page as it is written, scanned."""
    return Page(decode(PROJECT.file(language, page).read_bytes()), language)


def sections_shown(language: str, page: str) -> list[Block]:
    """The executed blocks of a page that show a section of a program, in order."""
    return [block for block in source(language, page).executed if block.language == "python"]


@functools.cache
def html(site: Path, language: str, page: str) -> BeautifulSoup:
    """A page as it was built, read once: whoever changes it takes a copy."""
    folder = site if language == SOURCE else site / language
    path = folder / "index.html" if page == "index" else folder / page / "index.html"
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@functools.cache
def shown(site: Path, language: str, page: str) -> list[tuple[str, str]]:
    """The programs a built page shows, in order: [(code, output or "")]."""
    found = []
    for code in html(site, language, page).select("article div.language-python"):
        fold = code.find_parent("details", class_="listing")
        after = (fold or code).find_next_sibling()
        output = after.get_text() if after and "language-text" in after.get("class", ()) else ""
        found.append((code.find("code").get_text(), output))
    return found


def section(program: str, name: str) -> str:
    """The lines of a program's section, without markers and indent."""
    lines, inside, found = (SNIPPETS / program).read_text(encoding="utf-8").splitlines(), False, []
    for line in lines:
        mark = re.search(r"--8<-- \[(start|end):([\w-]+)\]", line)
        if mark and mark[2] == name:
            inside = mark[1] == "start"
        elif inside and not mark:
            found.append(line)
    indent = min((len(line) - len(line.lstrip()) for line in found if line.strip()), default=0)
    return "\n".join(line[indent:] for line in found)


def sections(program: str) -> list[str]:
    """The names of a program's sections, in order."""
    return re.findall(r"--8<-- \[start:([\w-]+)\]", (SNIPPETS / program).read_text(encoding="utf-8"))
