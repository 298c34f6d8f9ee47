"""A page as a Jupyter notebook: its text, its figures, its programs with what they printed during the build.

Text cells are the page's Markdown, in what notebooks understand of it: formulas stay between dollars, links lead to the
site. Code cells are the sections that the page shows; what they need besides (see cells.py) comes before them in a cell
that is folded away. It runs beside the programs of the course, in the folder of their zip.
"""

import base64
import json
import posixpath
import re
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from course import archive, cards
from course.build import Build
from course.cells import Kernel, program
from course.page import CODE, DISPLAY, DRAWN, HEADING, INLINE, LINK, NOTE, Block, Page
from course.project import Project, state

CONTAINER = re.compile(r'^(?P<kind>!!!|\?\?\?)\+? +(?P<name>\w+)(?: +"(?P<title>.*)")?\s*$')
ATTRIBUTES = re.compile(r"[ \t]*\{:? *[#.][^{}\n]*\}")
SVG = re.compile(r'<svg viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*? aria-label="([^"]*)">(.*?)</svg>', re.S)
CAPTION = re.compile(r"<figcaption>(.*?)</figcaption>", re.S)
FACES = "Literata, Charter, Georgia, serif"
FOLDED = {"jupyter": {"source_hidden": True}}
SOLUTION = {"jupyter": {"outputs_hidden": True, "source_hidden": True}}
Cell = dict[str, Any]


class Notebook:
    """The notebook of a page, being made."""

    def __init__(self, build: Build, name: str, page: Page, root: str, paint: "Paint"):
        """Take a page, by its name too, and the address of the site."""
        self.build, self.name, self.page, self.root, self.paint = build, name, page, root, paint
        self.words = build.project.words(page.locale)
        self.own = root if page.locale == build.project.source else f"{root}{page.locale}/"
        self.kernel = Kernel(build.project.snippets)
        self.cells: list[Cell] = []
        self.text: list[str] = []
        self.blocks = {block.line: block for block in page.blocks}
        self.notes = list(dict.fromkeys(note.name for note in page.notes if note.text is None))

    # Text

    def prose(self, lines: Iterable[str]) -> str:
        """Markdown of a page as notebooks understand it."""
        kept: list[str] = []

        def keep(text: str) -> str:
            kept.append(text)
            return f"\x02{len(kept) - 1}\x03"

        text = "\n".join(lines)
        for pattern in (DISPLAY, CODE, INLINE):
            text = pattern.sub(lambda m: keep(m[0]), text)
        text = NOTE.sub(lambda m: f"<sup>{self.notes.index(m[1]) + 1}</sup>", text)
        text = LINK.sub(lambda m: f"{m[1]}[{m[2]}]({self.link(m[3])})" if m[3] else m[0], text)
        text = ATTRIBUTES.sub("", text)
        while "\x02" in text:  # code may be a part of what is kept
            text = re.sub("\x02(\\d+)\x03", lambda m: kept[int(m[1])], text)
        return re.sub(r"\n{3,}", "\n\n", text).strip("\n")

    def link(self, target: str) -> str:
        """Where a link of the page leads, on the site."""
        if re.match(r"[a-z]+:", target):
            return target
        file, mark, anchor = target.partition("#")
        if file and not file.endswith(".md"):  # from the folder of the language
            return posixpath.normpath(f"/{file}").removeprefix("/").join((self.root, f"{mark}{anchor}"))
        return f"{self.address(file.removesuffix('.md') or self.name)}{mark}{anchor}"

    def address(self, name: str) -> str:
        """Where a page is, on the site."""
        return self.own if name == "index" else f"{self.own}{name}/"

    def say(self, text: str) -> None:
        """Add to the text cell that is being written."""
        if text.strip():
            self.text.append(text)

    def close(self) -> None:
        """End the text cell that is being written."""
        if self.text:
            number = sum(cell["cell_type"] == "markdown" for cell in self.cells)
            source = "\n\n".join(self.text)
            self.cells.append({"cell_type": "markdown", "id": f"text-{number}", "metadata": {}, "source": source})
            self.text = []

    # Blocks

    def drawn(self, block: Block) -> str:
        """A figure as a picture with its caption, a table as a table."""
        html = self.build.output(block, self.page.locale)
        if not (found := SVG.search(html)):
            table = re.search(r"<table.*</table>", html, re.S)[0]
            return re.sub(r"</?span>| class=\"[^\"]*\"", "", table)
        wide, tall, alt, shapes = found.groups()
        data = base64.b64encode(self.paint.svg(float(wide), float(tall), shapes).encode()).decode()
        caption = CAPTION.search(html)
        picture = f'<img src="data:image/svg+xml;base64,{data}" alt="{alt}" width="{wide}">'
        return f"{picture}\n\n{caption[1]}" if caption else picture

    def shown(self, block: Block) -> str:
        """A block that is not executed, as it is; its title above it."""
        title = block.options.get("title")
        above = f"`{title}`\n\n" if title else ""
        return f"{above}{block.fence}{block.language}\n{chr(10).join(block.code)}\n{block.fence}"

    def run(self, block: Block, folded: bool) -> None:
        """The section of a program that a block shows, after what it needs."""
        file, name = block.program
        path = self.build.project.snippets / file
        code = program(path, state(path))
        places, text = code.section(name)
        if not places:  # a part of a class
            self.say(f"```python\n{text}\n```")
            return
        self.close()
        mark = block.options["id"]
        before, lines = self.kernel.before(file, places)
        self.build.output(block, self.page.locale)  # says so if the program failed
        printed = dict(self.build.answer(block)["outputs"])

        def output(those: Iterable[int]) -> str:
            return "".join(printed.get(code.statements[place].node.lineno, "") for place in those)

        if before or lines:
            source = joined([f"# {file}: {self.words['notebook_before']}", *map(code.source, before), *lines])
            self.code(f"{mark}-before", source, output(before), SOLUTION)
        hide = block.options.get("source") is None
        self.code(mark, text, output(places), SOLUTION if folded else FOLDED if hide else {})
        if kept := self.kernel.keeps(file, places):
            source = "\n".join((f"# {self.words['notebook_keeps']}", *kept))
            self.code(f"{mark}-kept", source, "", FOLDED)

    def code(self, mark: str, source: str, printed: str, metadata: Cell) -> None:
        """Add a code cell."""
        number = sum(cell["cell_type"] == "code" for cell in self.cells) + 1
        outputs = [{"output_type": "stream", "name": "stdout", "text": printed}] if printed else []
        cell = {"cell_type": "code", "id": mark, "metadata": metadata, "source": source}
        self.cells.append(cell | {"execution_count": number, "outputs": outputs})

    # The page

    def part(self, first: int, last: int, indent: str = "", inside: str = "") -> Iterator[Block]:
        """Write the lines of a part of the page; gives the programs that what folds holds, to come after it."""
        lines: list[str] = []
        number = first
        while number <= last:
            if block := self.blocks.get(number):
                self.say(self.prose(lines))
                lines = []
                if block.executed and block.language in DRAWN:
                    self.say(self.drawn(block))
                elif block.executed and inside:
                    yield block
                elif block.executed:
                    self.run(block, False)
                else:
                    self.say(self.shown(block))
                number = block.lines.stop
                continue
            line = self.page.prose.get(number, "").removeprefix(indent)
            number += 1
            if container := CONTAINER.match(line):
                self.say(self.prose(lines))
                lines = []
                end = number
                while end <= last and (self.blocks[end].prefix if end in self.blocks else self._within(end)):
                    end = self.blocks[end].lines.stop if end in self.blocks else end + 1
                self.container(container, number, end - 1)
                number = end
            elif NOTE.match(line) and NOTE.match(line)[2]:
                continue
            else:
                if HEADING.match(line):
                    self.say(self.prose(lines))
                    lines = []
                    self.close()
                lines.append(line)
        self.say(self.prose(lines))

    def _within(self, number: int) -> bool:
        """Whether a line of prose is set in, or empty: still in what was opened above it."""
        return bool(re.match(r" {4}|\s*$", self.page.prose[number]))

    def container(self, found: re.Match[str], first: int, last: int) -> None:
        """A note as a quotation; what folds as an element that folds, with its programs after it."""
        outside, self.text = self.text, []
        programs = list(self.part(first, last, "    ", inside=found["kind"]))
        text, self.text = "\n\n".join(self.text), outside
        title = self.prose([found["title"] or ""])
        if found["kind"] == "!!!":
            # A formula on lines of its own would take in the signs of the quotation.
            text = DISPLAY.sub(lambda m: f"$${' '.join(m[1].split())}$$", f"**{title}**\n\n{text}" if title else text)
            self.say("\n".join(f"> {line}".rstrip() for line in text.split("\n")) if title else text)
        elif text:
            self.say(f"<details>\n<summary>{escape(title, quote=False)}</summary>\n\n{text}\n\n</details>")
        else:
            self.say(f"**{title}**")
        for block in programs:
            self.run(block, True)

    def made(self) -> Cell:
        """The notebook, as its format says."""
        last = self.page.source.count("\n") + 1
        for _ in self.part(2 + len(self.page.front), last):
            pass
        texts = {note.name: note.text for note in self.page.notes if note.text is not None}
        self.say("\n".join(f"{number}. {self.prose([texts[one]])}" for number, one in enumerate(self.notes, 1)))
        self.close()
        zipped = f"[{archive.FOLDER}.zip]({self.root}{archive.ADDRESS})"
        about = self.words["notebook_about"].replace("{address}", self.address(self.name)).replace("{zip}", zipped)
        self.cells[0]["source"] += f"\n\n*{about}*"
        return {
            "cells": self.cells,
            "metadata": {
                "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                "language_info": {"name": "python"},
                "lang": self.page.locale,
                "title": self.build.title(self.name, self.page.locale),
            },
            "nbformat": 4,
            "nbformat_minor": 5,
        }


def joined(sources: list[str]) -> str:
    """Statements one after another, apart where one takes several lines."""
    text = last = ""
    for source in sources:
        apart = "\n\n\n" if "\n" in source + last and not last.startswith("#") else "\n"
        text, last = f"{text}{apart}{source}" if text else source, source
    return text


class Paint:
    """Figures as pictures that stand alone, in the colours of the light scheme."""

    def __init__(self, root: Path):
        """Read the style sheets."""
        sheets = (root / "docs" / "assets" / "css" / name for name in ("site.css", "figures.css"))
        site, figures = (sheet.read_text(encoding="utf-8") for sheet in sheets)
        self.colours, self.rules = cards.colours(site), cards.style(site, figures)

    def svg(self, wide: float, tall: float, shapes: str) -> str:
        """A figure: its width, its height, what it draws."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:g}" height="{tall:g}" '
            f'viewBox="-8 -8 {wide + 16:g} {tall + 16:g}" font-family="{FACES}">'
            f"<style>{cards.needed(self.rules, shapes)}</style>"
            f'<rect x="-8" y="-8" width="100%" height="100%" fill="{self.colours["--paper"]}"/>'
            f'<g class="drawing">{shapes}</g></svg>'
        )


def file_name(project: Project, name: str) -> str:
    """What the notebook of a page is called, so that they stand in the order of the course before the programs."""
    return f"{project.pages.index(name):02}-{name}.ipynb" if name in project.pages else ""


def make(build: Build, locale: str, root: str) -> dict[str, bytes]:
    """The notebooks of a language, for a site at this address: {file: content}; of the pages that show a program.

    Raises ValueError, for people, for a program without its result.
    """
    project, paint, made = build.project, Paint(build.project.root), {}
    for name in project.pages:
        file = project.file(locale, name)
        page = build.page(file, locale) if file.is_file() else None
        if page and any(block.language == "python" for block in page.executed):
            made[file_name(project, name)] = written(Notebook(build, name, page, root, paint).made())
    return made


def written(notebook: Cell) -> bytes:
    """A notebook as a file; a text is a list of its lines there, so that two versions can be compared."""

    def lines(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                name: one.splitlines(keepends=True) if name in ("source", "text") else lines(one)
                for name, one in value.items()
            }
        return [lines(one) for one in value] if isinstance(value, list) else value

    return (json.dumps(lines(notebook), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")
