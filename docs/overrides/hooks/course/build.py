"""What one build works on: the project, its scanned pages, the answers of its programs. Hooks share one of these."""

import os
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from course import archive, compare, figures, formulas, programs, proof, safety
from course.page import DRAWN, Block, Page, Problem, decode
from course.programs import Answer, Limits, Programs, States
from course.project import Project, open_project, state


class Build:
    """The project being built; made once, looked at afresh at each build while serving."""

    def __init__(self, root: Path, limits: Limits):
        """Open the project in a folder."""
        self.project: Project = open_project(root)
        self.programs = Programs(self.project.snippets, limits)
        self.shown: tuple[Page, str] | None = None  # the page that is being set, and its name for messages
        self._pages: dict[Path, tuple[object, Page]] = {}
        self._archived: States = {}

    def begin(self) -> None:
        """Look at the project again, and begin to run what its pages ask for and nothing remembers."""
        self.project = open_project(self.project.root)
        self.programs.prepare(programs.jobs_of(self.pages(), self.project.snippets))

    def page(self, file: Path, locale: str) -> Page:
        """A page, scanned once until it changes. Raises ValueError, with the line, for one that is not UTF-8."""
        seen = state(file)
        if file not in self._pages or self._pages[file][0] != seen:
            self._pages[file] = seen, Page(decode(file.read_bytes()), locale)
        return self._pages[file][1]

    def pages(self) -> Iterator[Page]:
        """The pages of all languages that can be read, the source's first."""
        for locale in self.project.names:
            for file in sorted(self.project.folder(locale).glob("*.md")):
                try:
                    yield self.page(file, locale)
                except ValueError:
                    continue  # said when the page is read

    def archive(self) -> Path:
        """The zip of all programs, made once until something in it changes. Raises OSError, ValueError: see archive."""
        seen, file = archive.made_from(self.project), self.project.root / ".cache" / "programs.zip"
        if self._archived != seen or not file.is_file():
            file.parent.mkdir(exist_ok=True)
            new = file.with_suffix(f".{os.getpid()}")
            new.write_bytes(archive.make(self.project))
            new.replace(file)  # whoever else builds or reads it gets it whole
            self._archived = seen
        return file

    def glossary(self, locale: str) -> str:
        """The text of a language's glossary; nothing without one, or with one that is no text: its page says so."""
        try:
            return self.page(self.project.file(locale, "glossary"), locale).source
        except (OSError, ValueError):
            return ""

    def title(self, name: str, locale: str) -> str:
        """The title of a page, in the source's words if the language has no such page; its name if it has none."""
        for one in (locale, self.project.source):
            try:
                return self.page(self.project.file(one, name), one).headings[0].words
            except (OSError, ValueError, IndexError):
                continue
        return name

    def answer(self, block: Block) -> Answer:
        """What a block's program printed or drew; waits for it. Raises KeyError for one that no page asked for."""
        return self.programs.answer(figures.key(block, str(self.project.snippets)))

    def output(self, block: Block, locale: str) -> str:
        """What a block shows: HTML for a figure. Raises ValueError, for people, when there is nothing to show."""
        answer = self.answer(block)
        if "error" in answer:
            raise ValueError(answer["error"])
        if block.language in DRAWN:
            return answer["outputs"][locale]
        return programs.printed_by(answer, programs.section_lines(self.project.snippets, *block.program))

    def proven(self, page: Page) -> set[Decimal]:
        """The numbers that the programs of a page print or draw, or will once changed as an exercise says."""
        consoles = [block.code for block in page.blocks if block.language == "console"]
        found = {number for lines in consoles for number in proof.printed("\n".join(lines))}
        for block in page.executed:
            output = self.output(block, page.locale)
            if block.language in DRAWN:  # what the page wrote there itself proves nothing
                own = {value for *_, value in proof.written(block, page.locale)}
                found |= proof.drawn(output, page.locale) - own
            else:
                found |= proof.printed(output)
        return found

    def problems(self, page: Page) -> Iterator[Problem]:
        """What is wrong in a page: in itself, in its formulas, in what it wants of the programs."""
        yield from compare.page_problems(page)
        for formula in page.formulas:
            try:
                formulas.convert(formula.latex, formula.display)
            except ValueError as error:
                yield Problem(formula.line, str(error))
        for block in page.blocks:
            yield from self._program_problems(block)
        others = [other for other in self.pages() if other.locale == page.locale and other is not page]
        taken = {block.options.get("id") for other in others for block in other.executed if block.language in DRAWN}
        for block in page.executed:
            if block.language in DRAWN and block.options.get("id") in taken:
                yield Problem(block.line, f'block {block.name}: another page has a figure of the same id="…"')

    def _program_problems(self, block: Block) -> Iterator[Problem]:
        """What is wrong between a block and its program."""
        file, name = block.program
        try:
            if file:
                programs.section_lines(self.project.snippets, file, "" if block.language in DRAWN else name)
        except ValueError as error:
            within = f"block {block.name}: " if block.executed else ""
            yield Problem(block.line + (block.language not in DRAWN), f"{within}{error}")
            return
        if block.executed and block.language in DRAWN and file:
            try:
                answer = self.answer(block)
            except KeyError:
                return
            if "outputs" in answer:
                yield from figures.words_problems(block, answer)

    def unsafe(self, html: str, page: Page) -> Iterator[str]:
        """What a page's HTML holds that it may not, each with its line where it can be told."""
        title = safety.words_not_allowed(str(page.meta.get("title", "")))
        for what, words in title + safety.not_allowed(html):
            place = ""
            if line := safety.line_of(words, page.without_code) or safety.line_of(words, page.source):
                place = f"line {line}: "
            elif line := safety.line_of(words, self.glossary(page.locale)):
                place = f"glossary.md, line {line}: "
            yield f"{place}{what} is not allowed in a page (docs/overrides/hooks/course/safety.py has the list)"

    def states(self, page: Page) -> States:
        """The files that a page is made from, besides its own, and how they are."""
        found: States = {}
        for block in page.blocks:
            if block.program[0]:
                path = str(self.project.snippets / block.program[0])
                found[path] = state(path)
                if block.executed:
                    found |= self.programs.states(figures.key(block, str(self.project.snippets)))
        glossary = self.project.file(page.locale, "glossary")
        return found | {str(glossary): state(glossary)}
