"""One scanner of a page: what is on it, each thing with its line, as builds, checks and commands see it."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from html import unescape
from typing import Any

import yaml

from course import numerals

FENCE = re.compile(r"^(?P<prefix>[ \t>]*)(?P<fence>`{3,}(?=[^`]*$)|~{3,})(?P<opening>.*)$")
OPTION = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")
FILE = r"(?:\w[\w-]*/)*\w[\w-]*\.py"  # a program, from snippets/ downwards
INCLUDE = re.compile(rf'\s*--8<--\s+"({FILE})(?::([\w-]+))?"\s*')
HEADING = re.compile(r"^[ \t>]*(#+) *(.*?)\s*(?:\{#([\w-]+)\})?\s*$")
AWAY = "\x02"  # stands for code, as in Markdown's own work: no formula holds it
INLINE = re.compile(rf"(?<!\\)\$((?:[^$\n{AWAY}]|\n(?![ \t]*\n))+)\$")
DISPLAY = re.compile(r"^[ \t>]*\$\$(.*?)\$\$", re.S | re.M)
FORMULA = re.compile(f"(?ms:{DISPLAY.pattern})|{INLINE.pattern}")
TERM = re.compile(r"^[^#:\s][^\n]*\{#([\w-]+)\}\s*$")
LINK = re.compile(r"(!?)\[([^\]]*)\]\(\s*<?([^)>\s]+)[^)]*\)|<((?:https?|mailto):[^>\s]+)>")
ADDRESS = re.compile(r"""(?:\bhttps?:)?//[^\s"'<>()\[\]/]*\.[^\s"'<>()\]]+""", re.I)
NOTE = re.compile(r"\[\^([\w-]+)\](:?)")
CODE = re.compile(r"(?<!\\)(`+)((?:[^\n]|\n(?![ \t]*\n))+?)(?<!`)\1(?!`)")
# What looks like a number in the name of a model or a licence.
NAMES = re.compile(r"\b(?:Llama|LLaMA|GPT|Phi|Qwen|CC BY|Apache)[ -]?\d+(?:\.\d+)?")
WORDS = re.compile(r"^(?P<name>[A-Za-z]\w*):[ ]*(?P<text>.*)$")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
DRAWN = ("figure", "table")


@dataclass(frozen=True)
class Problem:
    """Something to mend, and where: shown to people."""

    line: int
    message: str


@dataclass(frozen=True)
class Heading:
    """A heading: its level, its id if it has one, its words."""

    line: int
    level: int
    id: str | None
    words: str


@dataclass
class Block:
    """A fenced block: `line` is that of its opening, `code` what stands in it, without the block's own indent."""

    line: int
    prefix: str
    fence: str
    opening: str
    code: list[str] = field(default_factory=list)
    astray: int = 0  # the first line that is not set in as the opening is

    @cached_property
    def options(self) -> dict[str, str]:
        """What its first line says, by name."""
        return {name: a or b or c for name, a, b, c in OPTION.findall(self.opening)}

    @cached_property
    def language(self) -> str:
        """The first word of its first line: python, figure, table, ..."""
        return re.split(r"[\s{}]", self.opening.strip().lstrip("{."), maxsplit=1)[0]

    @property
    def executed(self) -> bool:
        """Whether it asks to be executed, however that is spelt."""
        return "exec" in self.opening.lower()

    @property
    def lines(self) -> range:
        """The lines of the page that it takes."""
        return range(self.line, self.line + len(self.code) + 2)

    @property
    def name(self) -> str:
        """What it is called in messages: its id, or its line."""
        return self.options.get("id") or f"the block at line {self.line}"

    @cached_property
    def program(self) -> tuple[str, str]:
        """(file of snippets/, section or function) that it shows or draws with; ("", "") for a block without."""
        if self.language in DRAWN:
            file, _, function = self.options.get("program", "").partition(":")
            return (file, function) if re.fullmatch(FILE, file) else ("", "")
        include = INCLUDE.fullmatch(self.code[0]) if len(self.code) == 1 else None
        return (include[1], include[2] or "") if include else ("", "")

    @cached_property
    def words(self) -> "Words":
        """The texts of a figure or a table."""
        return read_words(self)


@dataclass(frozen=True)
class Text:
    """A text of a figure, and the line it begins at."""

    line: int
    text: str

    @property
    def placeholders(self) -> list[str]:
        """The numbers it asks the program for, by name, in order."""
        return PLACEHOLDER.findall(self.text)


@dataclass
class Words:
    """The words of a figure: {name: text}; those of a table: also its rows, the first being its headings."""

    texts: dict[str, Text] = field(default_factory=dict)
    rows: list[list[Text]] = field(default_factory=list)
    wrong: list[Problem] = field(default_factory=list)

    def all(self) -> list[Text]:
        """Every text, in order."""
        return [*self.texts.values(), *(cell for row in self.rows for cell in row)]


@dataclass(frozen=True)
class Formula:
    """A formula as it is written, without its dollars; `display` when it stands on lines of its own."""

    line: int
    latex: str
    display: bool


@dataclass(frozen=True)
class Number:
    """A number: as written, its value, and where it stands: prose, name (of a model), note, code or words."""

    line: int
    text: str
    value: Decimal
    place: str


@dataclass(frozen=True)
class Note:
    """A footnote's mark; `text` is what follows it where the note is written, None where it is used."""

    line: int
    name: str
    text: str | None


@dataclass(frozen=True)
class Link:
    """A link or an image (`words` then say what it shows)."""

    line: int
    target: str
    words: str
    image: bool


def read_words(block: Block) -> Words:
    """The texts of a figure or table: lines `name: text`, a long one going on below, set in; a table's rows in bars."""
    found, last = Words(), ""
    for number, line in enumerate(block.code, block.line + 1):
        stripped = line.strip()
        if not stripped:
            last = ""
        elif block.language == "table" and stripped.startswith("|"):
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", stripped)][1 : -1 if stripped[-1] == "|" else None]
            if not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
                found.rows.append([Text(number, cell.replace("\\|", "|")) for cell in cells])
            last = ""
        elif line[0].isspace() and last:
            found.texts[last] = Text(found.texts[last].line, f"{found.texts[last].text} {stripped}".strip())
        elif match := WORDS.match(line):
            last = match["name"]
            if last in found.texts:
                found.wrong.append(Problem(number, f"“{last}” is there twice"))
            found.texts[last] = Text(number, match["text"].strip())
        else:
            found.wrong.append(Problem(number, "write each text as “name: text”, and set in the lines that go on"))
    found.wrong += [Problem(text.line, f"“{name}” has no words") for name, text in found.texts.items() if not text.text]
    if len({len(row) for row in found.rows}) > 1:
        odd = next(row for row in found.rows if len(row) != len(found.rows[0]))
        found.wrong.append(
            Problem(odd[0].line, f"this row has {len(odd)} cells, the first has {len(found.rows[0])}: mind the |")
        )
    return found


def decode(data: bytes) -> str:
    """The text of a page; raises ValueError, saying what to do, for one that is not plain UTF-8."""
    if data.startswith(b"\xef\xbb\xbf"):
        raise ValueError("line 1: the file begins with a byte-order mark: save it as UTF-8 without one")
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line} is not UTF-8: save the file as UTF-8") from None


def blanked(text: str) -> str:
    """Spaces in the place of a text, its line ends kept."""
    return re.sub(r"[^\n]", " ", text)


class Page:
    """A page taken apart. `wrong` holds what cannot be read at all."""

    def __init__(self, text: str, locale: str):
        """Take a page's text apart."""
        self.source, self.locale = text, locale
        self.wrong: list[Problem] = []
        self.meta: dict[str, Any] = {}
        self.blocks: list[Block] = []
        self.front: dict[int, str] = {}  # line -> text between --- and ---
        self.prose: dict[int, str] = {}  # line -> text, front matter and blocks left out
        lines = text.split("\n")
        start, block = self._front_matter(lines), None
        for number, line in enumerate(lines[start:], start + 1):
            if block is None:
                block = self._opened(number, line)
                continue
            within = line.startswith(block.prefix) or line.rstrip(" \t") in ("", block.prefix.rstrip(" \t"))
            if not within and not block.astray:
                block.astray = number
                message = (
                    f"set this line in like the line {block.line}, where its block begins; or end the block before"
                )
                self.wrong.append(Problem(number, message))
            code = line.removeprefix(block.prefix) if line.startswith(block.prefix) and line.strip(" \t") else ""
            if code.rstrip(" \t") == block.fence:
                self.blocks.append(block)
                block = None
            else:
                block.code.append(code)
        if block is not None:
            message = f"this block is never closed: add a line {block.fence} after it"
            self.wrong.append(Problem(block.line, message))

    def _opened(self, number: int, line: str) -> Block | None:
        """The block that a line opens, if it opens one; Markdown must read that line as we do."""
        fence = FENCE.match(line)
        if fence:
            if re.search(r"[^\S ]", fence["opening"].rstrip(" ")):
                self.wrong.append(Problem(number, "write the first line of this block with plain spaces only"))
            return Block(number, fence["prefix"], fence["fence"], fence["opening"].strip())
        if re.match(r"[ \t>]*```", line):
            self.wrong.append(Problem(number, "a line that begins with three ` opens a block: begin it with a word"))
        if re.match(r"[ \t>]*(?:[-*+]|\d+[.)])[ \t]+(?:```|~~~)", line):
            self.wrong.append(Problem(number, "a block must begin on a line of its own, set in below the list's"))
        self.prose[number] = line
        return None

    def _front_matter(self, lines: list[str]) -> int:
        """Read the lines between --- and ---; returns how many lines they take."""
        marks = [number for number, line in enumerate(lines) if line.rstrip(" \t") in ("---", "...")]
        if len(marks) < 2 or marks[0] != 0 or lines[0][0] != "-":
            self.wrong.append(Problem(1, "the page must begin with --- , its description and --- again"))
            return 0
        self.front = dict(enumerate(lines[1 : marks[1]], 2))
        try:
            self.meta = yaml.safe_load("\n".join(self.front.values())) or {}
            if not isinstance(self.meta, dict):
                raise yaml.YAMLError("it is not a list of `name: value`")
        except (yaml.YAMLError, ValueError) as error:  # ValueError: a date that no calendar has
            mark = getattr(error, "problem_mark", None)
            message = f"these lines between --- and --- cannot be read: {str(error).splitlines()[0]}"
            self.meta = {}
            self.wrong.append(Problem(min(mark.line + 2, marks[1] + 1) if mark else 2, message))
        return marks[1] + 1

    @cached_property
    def executed(self) -> list[Block]:
        """The blocks that ask to be executed."""
        return [block for block in self.blocks if block.executed]

    @cached_property
    def headings(self) -> list[Heading]:
        """The headings, in order."""
        found = [(number, HEADING.match(line)) for number, line in self.prose.items()]
        return [Heading(number, len(m[1]), m[3], m[2]) for number, m in found if m]

    def lines(self) -> list[str]:
        """The prose, with a line for each line of the page."""
        return [self.prose.get(number, "") for number in range(1, max(self.prose, default=0) + 1)]

    @cached_property
    def _text(self) -> str:
        return "\n".join(self.lines())

    # Markdown takes formulas on lines of their own first, then code, then formulas in the text.
    @cached_property
    def _without_display(self) -> str:
        return DISPLAY.sub(lambda m: blanked(m[0]), self._text)

    @cached_property
    def without_code(self) -> str:
        """The prose, line by line; formulas on lines of their own and code are left out."""
        return CODE.sub(lambda m: re.sub(r"[^\n]", AWAY, m[0]), self._without_display)

    @cached_property
    def _without_formulas(self) -> str:
        return INLINE.sub(lambda m: blanked(m[0]), self.without_code)

    @cached_property
    def formulas(self) -> list[Formula]:
        """The formulas, in order."""
        found = [(m, True) for m in DISPLAY.finditer(self._text)]
        found += [(m, False) for m in INLINE.finditer(self.without_code)]
        found.sort(key=lambda one: one[0].start())
        return [Formula(self._text.count("\n", 0, m.start()) + 1, m[1], display) for m, display in found]

    @cached_property
    def dollars(self) -> list[int]:
        """The lines with a dollar that belongs to no formula."""
        lines = self._without_formulas.split("\n")
        return [number for number, line in enumerate(lines, 1) if re.search(r"(?<!\\)\$", line)]

    @cached_property
    def numbers(self) -> list[Number]:
        """Every number of the page that is in no formula, by line."""
        found = []
        for line, front in self.front.items():
            if not front.startswith("translated_from:"):
                found += self._read(line, front, "prose")
        for span in CODE.finditer(self._without_display):
            first = self._text.count("\n", 0, span.start()) + 1
            for line, code in enumerate(span[2].split("\n"), first):
                found += [Number(line, n, Decimal(n), "code") for n in re.findall(r"\d+(?:\.\d+)?", code)]
        for line, words in enumerate(self._without_formulas.split("\n"), 1):
            plain = re.sub(r"\]\([^)\n]*\)|\{[#:][^}]*\}|\[\^[^\]]*\]|https?://\S+", lambda m: blanked(m[0]), words)
            if words.startswith("[^"):  # years, pages, identifiers: the same digits in every language
                digits = re.findall(r"\d+", NOTE.sub("", words))
                found += [Number(line, n, Decimal(n), "note") for n in digits]
            else:
                found += self._read(line, plain, "prose")
        for block in self.blocks:
            if block.language in DRAWN and block.executed:
                for text in block.words.all():
                    found += self._read(text.line, PLACEHOLDER.sub(" ", text.text), "words")
        return sorted(found, key=lambda number: number.line)

    def _read(self, line: int, text: str, place: str) -> list[Number]:
        """The numbers of a line; those in names, such as Llama 3 or 405B, apart."""
        found = []
        for name in NAMES.finditer(text):
            value = re.search(r"\d+(?:\.\d+)?$", name[0])[0]
            found.append(Number(line, value, Decimal(value), "name"))
        plain = NAMES.sub(lambda m: blanked(m[0]), text)
        pattern = numerals.pattern(self.locale)
        for match, number in zip(pattern.finditer(plain), numerals.read(plain, self.locale), strict=True):
            minus = "−" if plain[: match.start()].endswith("−") else ""
            found.append(Number(line, minus + number.text, -number.value if minus else number.value, place))
        rest = pattern.sub(lambda m: blanked(m[0]), plain)
        return found + [Number(line, n, Decimal(n), "name") for n in re.findall(r"\d+", rest)]

    @cached_property
    def notes(self) -> list[Note]:
        """Where footnotes are used, and where they are written."""
        found = []
        for number, line in enumerate(self.without_code.split("\n"), 1):
            for mark in NOTE.finditer(line):
                written = mark[2] and mark.start() == 0
                found.append(Note(number, mark[1], self.prose[number][mark.end() :].strip() if written else None))
        return found

    @cached_property
    def links(self) -> list[Link]:
        """Links and images, in order."""
        text = self._without_formulas
        return [
            Link(text.count("\n", 0, m.start()) + 1, m[3] or m[4], self._text[slice(*m.span(2))], bool(m[1]))
            for m in LINK.finditer(text)
        ]

    @cached_property
    def addresses(self) -> list[tuple[int, str]]:
        """What leads to other sites, in links of any spelling and in HTML: (line, address)."""
        lines = enumerate(self._without_formulas.split("\n"), 1)
        return [(number, address) for number, line in lines for address in ADDRESS.findall(unescape(line))]

    @cached_property
    def terms(self) -> list[tuple[int, str]]:
        """The entries of a glossary: (line, id)."""
        found = ((n, TERM.match(line)) for n, line in self.prose.items() if not line.startswith("#"))
        return [(n, match[1]) for n, match in found if match]

    def sections(self) -> dict[str, str]:
        """The page's text by section: {id of the heading: text}; what comes before the first is called "start"."""
        starts = {heading.line: heading.id for heading in self.headings if heading.id}
        found: dict[str, list[str]] = {"start": []}
        name = "start"
        for number, line in enumerate(self.source.split("\n"), 1):
            name = starts.get(number, name)
            found.setdefault(name, []).append(line)
        return {name: "\n".join(lines).strip() for name, lines in found.items()}
