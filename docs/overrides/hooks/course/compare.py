"""Compares a page with its source: only the words may differ.

`problems` names each difference by line, and says what to do about it, for people who translate and do not program;
`page_problems` names what is wrong in a page of any language, the source included.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

from course.page import CODE, DRAWN, FILE, Block, Page, Problem, blanked, decode

FRONT_MATTER = {"title", "description", "translated_from"}
# The one way to write the first line of an executed block, so that nothing is executed unseen.
OPENINGS = {
    "python": re.compile(r'python exec="on"(?: source="(?:above|folded)"(?: key="[^"]+")?)? id="[\w-]+"'),
    **{kind: re.compile(rf'{kind} exec="on" id="[\w-]+" program="{FILE}:\w+"') for kind in DRAWN},
}
EXAMPLE = re.compile(r'(?:[\w+#.-]+(?: title="[^"]*")?)?')  # the same for a block that is not executed
STATUS = "<!-- translation status -->"  # where the table goes, on the page about contributing
INCLUDED = re.compile(r"-+8<-+")  # how the extension snippets calls for a file, in all its spellings
# Characters that nobody sees: controls, marks of direction, joiners, fillers, tags.
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)


class Item(NamedTuple):
    """Something that must be in both pages, in any order."""

    line: int
    written: str
    value: Any


def page_problems(page: Page) -> Iterator[Problem]:
    """What is wrong in a page by itself: in its blocks, formulas, front matter, characters."""
    yield from page.wrong
    for name, value in page.meta.items():
        line = next((number for number, text in page.front.items() if text.lstrip("\"'").startswith(str(name))), 1)
        if name not in FRONT_MATTER:
            there = ", ".join(sorted(FRONT_MATTER))
            yield Problem(line, f"“{name}:” is not known between --- and ---: there are {there}")
        elif not isinstance(value, str):
            yield Problem(line, f"“{name}:” must be a text: put it between quotes")
    yield from notes_out_of_order(page)
    seen: set[str] = set()
    for block in page.blocks:
        yield from block_problems(block, seen) if block.executed else example_problems(block)
    for line in page.dollars:
        yield Problem(line, "this $ belongs to no formula: close the formula, or write \\$ for a dollar")
    for number, line in page.prose.items():
        plain = CODE.sub(lambda m: blanked(m[0]), line)
        if INCLUDED.search(plain):
            yield Problem(number, "programs are shown in blocks only: put this line in a block, between two lines ```")
        if "\t" in line:
            yield Problem(number, "a tab: use spaces")
    for number, line in enumerate(page.source.split("\n"), 1):
        if found := INVISIBLE.search(line):
            yield Problem(number, f"an invisible character, U+{ord(found[0]):04X}: delete it")


def block_problems(block: Block, seen: set[str]) -> Iterator[Problem]:
    """What is wrong in an executed block; `seen` are the ids of those before it."""
    opening = OPENINGS.get(block.language)
    name = block.options.get("id")
    if not name:
        yield Problem(block.line, f"give this program block an id: {block.opening}")
    elif name in seen:
        yield Problem(block.line, f"this id is there already: {block.opening}")
    seen.add(name or "")
    if not opening or not opening.fullmatch(block.opening) or ">" in block.prefix:
        kind = block.language if opening else "python"
        say = (
            'exec="on" id="NAME" program="FILE.py:FUNCTION"' if kind in DRAWN else 'exec="on" source="above" id="NAME"'
        )
        yield Problem(block.line, f"write the first line of this block as: ```{kind} {say}")
    elif block.language == "python" and not block.program[1]:
        yield Problem(
            block.line, f'block {name}: a page has no Python of its own: include a section, --8<-- "FILE.py:SECTION"'
        )
    elif block.language in DRAWN:
        yield from (Problem(p.line, f"block {name}: {p.message}") for p in block.words.wrong)


def example_problems(block: Block) -> Iterator[Problem]:
    """What is wrong in a block that is not executed."""
    if not EXAMPLE.fullmatch(block.opening):
        yield Problem(block.line, f"write the first line of this block as {block.fence} and one word, its language")
    for number, line in enumerate(block.code, block.line + 1):
        if INCLUDED.match(line.strip()) and not block.program[0]:
            message = 'a block shows a program alone, --8<-- "FILE.py", or writes ;--8<-- where it speaks of that line'
            yield Problem(number, message)


def notes_out_of_order(page: Page) -> Iterator[Problem]:
    """Notes are numbered as their texts stand: these must come in the order in which the page cites them."""
    written = {note.name: note.line for note in page.notes if note.text is not None}
    cited = dict.fromkeys(note.name for note in page.notes if note.text is None and note.name in written)
    for name, here in zip(cited, (name for name in written if name in cited), strict=True):
        if name != here:
            message = f"the page cites [^{name}] before [^{here}]: put the text of [^{name}] before this one"
            yield Problem(written[here], message)
            break


def near(source: Page, page: Page, line: int) -> int:
    """The line of a page where something of the source's `line` should be: the heading it comes under."""
    here = {heading.id: heading.line for heading in page.headings}
    above = [heading.id for heading in source.headings if heading.line < line and heading.id]
    return next((here[mark] for mark in reversed(above) if mark in here), 1)


def compare_headings(source: Page, page: Page) -> Iterator[Problem]:
    """Headings: the same levels and ids, in the same order."""
    theirs = {heading.id: heading for heading in source.headings if heading.id}
    here = [heading.id for heading in page.headings if heading.id]
    for heading in page.headings:
        if heading.id is None:
            message = f"the heading “{heading.words}” has no id: add {{#id}}, the same as in the source"
            yield Problem(heading.line, message)
        elif heading.id not in theirs:
            message = f"the source has no heading {{#{heading.id}}}: give it the source's id, or remove it"
            yield Problem(heading.line, message)
        elif here.count(heading.id) > 1:
            yield Problem(heading.line, f"two headings have the id {{#{heading.id}}}")
        elif heading.level != theirs[heading.id].level:
            message = f"the heading {{#{heading.id}}} has {heading.level} #, the source has {theirs[heading.id].level}"
            yield Problem(heading.line, message)
    for mark, heading in theirs.items():
        if mark not in here:
            place = f"line {heading.line} of the source: “{heading.words}”"
            yield Problem(near(source, page, heading.line), f"the heading {{#{mark}}} is missing ({place})")
    common = [mark for mark in theirs if mark in here]
    if sorted(here) == sorted(common) and here != common:
        odd = next(h for h, mark in zip((h for h in page.headings if h.id), common, strict=True) if h.id != mark)
        yield Problem(odd.line, f"the headings are in another order than in the source: {{#{odd.id}}} comes too early")


def compare_blocks(source: Page, page: Page) -> Iterator[Problem]:
    """Programs and figures: the same, in the same order; only the words of figures may change."""
    ours, theirs = ({block.name: block for block in one.executed} for one in (page, source))
    for name, block in theirs.items():
        if name not in ours:
            message = f"the program block {name} is missing: copy it from line {block.line} of the source"
            yield Problem(near(source, page, block.line), message)
    for name, block in ours.items():
        if name not in theirs:
            yield Problem(block.line, f"the source has no program block {name}: remove it")
        elif block.opening != theirs[name].opening:
            message = f"the first line of the block {name} must be as in the source: {theirs[name].opening}"
            yield Problem(block.line, message)
        elif block.language in DRAWN:
            yield from compare_words(theirs[name], block)
        elif [line.strip() for line in block.code] != [line.strip() for line in theirs[name].code]:
            message = f"the program in the block {name} differs from the source's (line {theirs[name].line}): copy it"
            yield Problem(block.line, message)
    common = [name for name in theirs if name in ours]
    for name, wanted in zip((name for name in ours if name in theirs), common, strict=True):
        if name != wanted:
            message = f"the block {name} stands where the source has {wanted}: keep the source's order"
            yield Problem(ours[name].line, message)
            break


def compare_words(theirs: Block, ours: Block) -> Iterator[Problem]:
    """The words of a figure or table: the same texts, with the same numbers in them; a table of the same size."""
    name, wanted = ours.name, theirs.words.texts
    for key, text in wanted.items():
        if key not in ours.words.texts:
            yield Problem(ours.line, f"block {name}: the text “{key}” of the source (line {text.line}) is missing")
    for key, text in ours.words.texts.items():
        if key not in wanted:
            yield Problem(text.line, f"block {name}: the source has no text “{key}”: remove it")
    if [len(row) for row in ours.words.rows] != [len(row) for row in theirs.words.rows]:
        size = f"{len(theirs.words.rows)} rows of {len(theirs.words.rows[0]) if theirs.words.rows else 0} cells"
        yield Problem(ours.line, f"block {name}: the source's table has {size}: keep them")
        return
    pairs = [(text, wanted[key]) for key, text in ours.words.texts.items() if key in wanted]
    cells = [pair for a, b in zip(ours.words.rows, theirs.words.rows, strict=True) for pair in zip(a, b, strict=True)]
    for cell, other in cells:
        if bool(cell.text) != bool(other.text):
            yield Problem(cell.line, f"block {name}: a cell must be empty where the source's is, and only there")
    for text, other in pairs + cells:
        here, there = sorted(set(text.placeholders)), sorted(set(other.placeholders))
        if here != there:
            listed = ", ".join(f"{{{one}}}" for one in there) or "none"
            yield Problem(text.line, f"block {name}: the source has these numbers here: {listed}: keep them")


def compare_counted(
    source: Page, page: Page, ours: Iterable[Item], theirs: Iterable[Item], what: str, advice: str
) -> Iterator[Problem]:
    """Things that must be the same in any order; of many alike, those are named where the order differs."""
    ours, theirs = list(ours), list(theirs)
    for item in surplus(ours, theirs):
        yield Problem(item.line, f"the {what} {item.written} is not in the source{advice}")
    for item in surplus(theirs, ours):
        place = f"of the source (line {item.line})"
        yield Problem(near(source, page, item.line), f"the {what} {item.written} {place} is missing")


def surplus(some: list[Item], others: list[Item]) -> list[Item]:
    """What some hold in excess of others."""
    values, wanted = ([item.value for item in one] for one in (some, others))
    spare, found = Counter(values) - Counter(wanted), []
    if spare:
        same = {
            n
            for a, _, size in SequenceMatcher(None, values, wanted, False).get_matching_blocks()
            for n in range(a, a + size)
        }
        for _, item in sorted(enumerate(some), key=lambda one: one[0] in same):
            if spare[item.value]:
                spare[item.value] -= 1
                found.append(item)
    return found


def formulas(page: Page) -> Iterator[Item]:
    """A page's formulas, without the words and the decimal mark of its language."""
    for formula in page.formulas:
        value = re.sub(r"\\(text|mathrm)\{[^{}\d]{2,}\}", r"\\\1{}", formula.latex.replace("{,}", ".")).split()
        yield Item(formula.line, formula.latex.strip(), (formula.display, *value))


def examples(page: Page) -> Iterator[Item]:
    """A page's blocks that are not executed: what they show is the same in every language."""
    for block in page.blocks:
        if not block.executed:
            first = next((line.strip() for line in block.code if line.strip()), "")
            yield Item(block.line, f"“{first}”", (block.opening, *block.code))


def compare_notes(source: Page, page: Page) -> Iterator[Problem]:
    """Footnotes: each has its text, each text is used, and they are the source's."""
    used: dict[str, int] = {}
    written: dict[str, int] = {}
    for note in page.notes:
        (used if note.text is None else written).setdefault(note.name, note.line)
        if note.text == "":
            yield Problem(note.line, f"the note [^{note.name}] is empty")
    theirs: dict[str, int] = {}
    for note in source.notes:
        theirs.setdefault(note.name, note.line)
    for name, line in used.items():
        if name not in written:
            message = f"the note [^{name}] has no text: add a line “[^{name}]: …” at the end of the page"
            yield Problem(line, message)
    for name, line in written.items():
        if name not in used:
            yield Problem(line, f"no sentence uses the note [^{name}]")
        elif name not in theirs:
            yield Problem(line, f"the source has no note [^{name}]")
    for name in sorted(theirs.keys() - used.keys() - written.keys()):
        yield Problem(near(source, page, theirs[name]), f"the note [^{name}] of the source is missing")


def compare_links(source: Page, page: Page, files: set[str] | None) -> Iterator[Problem]:
    """Links: the source's, to pages of the same language; images say what they show."""
    for link in page.links:
        if link.image and not link.words.strip():
            yield Problem(link.line, f"the image {link.target} has no text: say in the brackets what it shows")
        if re.match(r"(?:\.\./|/)(?!snippets/|assets/)[a-z]{2}(?:-[A-Za-z]+)?/", link.target):
            message = f"the link {link.target} goes to another language: link the page of this one"
            yield Problem(link.line, message)
        elif files is not None and re.match(r"[\w-]+\.md", link.target) and link.target.partition("#")[0] not in files:
            yield Problem(link.line, f"the link {link.target} goes nowhere: there is no such page")
    ours, theirs = (
        [Item(link.line, link.target, link.target) for link in one.links if not wide(link.target)]
        for one in (page, source)
    )
    yield from compare_counted(source, page, ours, theirs, "link", ": use the source's links")
    # Another language may link its own edition of a work, but on no site that the source does not link.
    sites = {site(address) for _, address in source.addresses}
    for line, address in page.addresses:
        if site(address) not in sites:
            message = f"the link {address} goes to a site that the source does not link, {site(address)}"
            yield Problem(line, message)


def site(target: str) -> str:
    """The site of an address: the last two parts of its host."""
    host = re.split(r"[/?#]", target.partition("//")[2], maxsplit=1)[0]
    return ".".join(host.lower().rpartition("@")[2].split(".")[-2:])


def wide(target: str) -> bool:
    """Whether a link leaves the site."""
    return bool(re.match(r"(?:https?:)?//", target))


def check_words(page: Page, avoid: dict[str, str]) -> Iterator[Problem]:
    """Words that the language rules out: {word: what to say instead}."""
    for number, line in page.prose.items():
        prose = re.sub(r"`[^`]*`|\]\([^)]*\)|\{#[^}]*\}|\*[^*]*\*|“[^”]*”|«[^»]*»", "", line)
        for word, instead in avoid.items():
            if re.search(rf"\b{re.escape(word)}\b", prose, re.I) and not line.startswith("[^"):
                yield Problem(number, f"“{word}” is not the word of this course: say “{instead}”")


def compare(source: Page, page: Page, files: set[str] | None = None) -> Iterator[Problem]:
    """What differs between a page and its source, words apart; `files` are the pages that links may go to."""
    for name in source.meta.keys() - page.meta.keys() - {"title"}:
        yield Problem(1, f"the line “{name}: …” of the source is missing between --- and ---")
    yield from compare_headings(source, page)
    yield from compare_blocks(source, page)
    yield from compare_counted(source, page, examples(page), examples(source), "block", ": copy it as it is")
    yield from compare_counted(source, page, formulas(page), formulas(source), "formula", "")
    ours, theirs = ([Item(n.line, n.text, n.value) for n in one.numbers] for one in (page, source))
    yield from compare_counted(source, page, ours, theirs, "number", ": copy it, with this language's marks")
    yield from compare_notes(source, page)
    yield from compare_links(source, page, files)
    terms = ([Item(n, mark, mark) for n, mark in one.terms] for one in (page, source))
    yield from compare_counted(source, page, *terms, "entry", ": give it the source's id")


def problems(
    source: tuple[str, bytes],
    translation: tuple[str, bytes],
    folder: Path | None = None,
    avoid: dict[str, str] | None = None,
) -> list[Problem]:
    """What to mend in a translation, in order of line.

    `source` and `translation` are (language, bytes of the file); `folder` is where the translation lies, to follow its
    links; `avoid` {word: what to say instead}.
    """
    try:
        page = Page(decode(translation[1]), translation[0])
    except ValueError as error:
        return [Problem(int((re.search(r"line (\d+)", str(error)) or [0, 1])[1]), str(error))]
    if page.wrong:
        return page.wrong
    # A page that is not translated yet is shown from the source: a link to it holds all the same.
    places = (folder, folder.parent / source[0]) if folder else ()
    files = {path.name for place in places for path in place.glob("*.md")} if folder else None
    original = Page(decode(source[1]), source[0])
    found = [*page_problems(page), *compare(original, page, files), *check_words(page, avoid or {})]
    return sorted(found, key=lambda problem: (problem.line, problem.message))
