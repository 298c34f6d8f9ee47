"""Reading the pages, as they are written and as they are built."""

import functools
import re
from pathlib import Path

import structure
import yaml
from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SNIPPETS = ROOT / "snippets"
LANGUAGES = ("it", "en")  # complete; the others of mkdocs.yml may be partial
LOCALES = tuple(re.findall(r"^ +- locale: ([\w-]+)", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.M))
PAGES = tuple(sorted(path.stem for path in (DOCS / "it").glob("*.md")))
PROGRAMS = tuple(sorted(path.name for path in SNIPPETS.glob("*.py")))


def languages_of(page):
    """The languages that have a page of their own."""
    return [locale for locale in LOCALES if (DOCS / locale / f"{page}.md").is_file()]


FENCE = re.compile(r"^(?P<indent> *)```(?P<options>[^\n]*)\n(?P<code>.*?)^(?P=indent)```$", re.M | re.S)


def source(language, page):
    """A page as it is written: (its front matter, its text)."""
    text = (DOCS / language / f"{page}.md").read_text(encoding="utf-8")
    _, front, body = text.split("---\n", 2)
    return yaml.safe_load(front), body


def blocks(language, page):
    """The executed blocks of a page, in order: [{id, options, code, program, section}]."""
    found = []
    for fence in FENCE.finditer(source(language, page)[1]):
        if 'exec="on"' not in fence["options"]:
            continue
        options = dict(re.findall(r'(\w+)="([^"]*)"', fence["options"]))
        include = re.fullmatch(r'\s*--8<-- "([\w.]+):([\w-]+)"\s*', fence["code"])
        program, section = include.groups() if include else (None, None)
        found.append(
            {"id": options["id"], "options": options, "code": fence["code"], "program": program, "section": section}
        )
    return found


@functools.cache
def html(site, language, page):
    """A page as it was built, read once: whoever changes it takes a copy."""
    folder = site if language == "it" else site / language
    path = folder / "index.html" if page == "index" else folder / page / "index.html"
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@functools.cache
def shown(site, language, page):
    """The programs a built page shows, in order: [(code, output or "")]."""
    found = []
    for code in html(site, language, page).select("article div.language-python"):
        after = code.find_next_sibling()
        output = after.get_text() if after and "language-text" in after.get("class", ()) else ""
        found.append((code.find("code").get_text(), output))
    return found


def section(program, name):
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


def sections(program):
    """The names of a program's sections, in order."""
    return re.findall(r"--8<-- \[start:([\w-]+)\]", (SNIPPETS / program).read_text(encoding="utf-8"))


def numbers(text, language):
    """The numbers of a text, in order: [(as written, its value)]; those in the names of models do not count."""
    return structure.numbers(structure.NAMES.sub("", text), language)
