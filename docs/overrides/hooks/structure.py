"""Compares the structure of a translated page with its source: only the words may differ.

`problems(source, translation, folder)` names each difference by line, and says what to do about it, for people who
translate and do not program. It reads files alone: it knows nothing of MkDocs.
"""

import ast
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import yaml
from babel import Locale
from babel.numbers import get_decimal_symbol

FENCE = re.compile(r"^(?P<indent> *)(?P<fence>`{3,}|~{3,})(?P<options>[^\n]*)$")
HEADING = re.compile(r"^(#+) +(.*?)\s*(?:\{#([\w-]+)\})?\s*$")
FORMULA = re.compile(r"\$\$.*?\$\$|(?<![\\$])\$[^$\n]+\$", re.S)
TERM = re.compile(r"^[^#:\s][^\n]*\{#([\w-]+)\}\s*$")
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)[^)]*\)")
NOTE = re.compile(r"\[\^([\w-]+)\](:?)")
# What looks like a number in the name of a model.
NAMES = re.compile(r"\b(?:Llama|LLaMA|GPT|Phi|Qwen)[ -]?\d+(?:\.\d+)?")
UNSAFE = re.compile(r"<\s*(?:script|iframe|object|embed|style|link)\b|\son\w+\s*=|javascript:", re.I)


class Page:
    """A page taken apart: front matter, prose without programs, and programs, each thing with its line."""

    def __init__(self, text, locale):
        """Take a page's text apart. `wrong` holds [(line, message)] about what cannot be read at all."""
        self.wrong, self.meta = [], {}
        lines = text.split("\n")
        start = self._front_matter(lines)
        self.blocks, self.prose = [], {}
        fence = None
        for number, line in enumerate(lines[start:], start + 1):
            found = FENCE.match(line)
            if fence is None and found:
                fence = {"line": number, "options": found["options"].strip(), "fence": found["fence"], "code": []}
                fence["indent"] = len(found["indent"])
            elif fence is not None:
                closes = found and found["fence"].startswith(fence["fence"]) and not found["options"].strip()
                if closes:
                    self.blocks.append(fence)
                    fence = None
                else:
                    fence["code"].append(line[fence["indent"] :])
            else:
                self.prose[number] = line
        if fence is not None:
            self.wrong.append((fence["line"], "this block is never closed: add a line ``` after it"))
        self.executed = [block for block in self.blocks if 'exec="' in block["options"]]
        self.locale = locale

    def _front_matter(self, lines):
        """Read the lines between --- and ---; returns how many lines they take."""
        if lines[0].strip() != "---" or "---" not in [line.strip() for line in lines[1:]]:
            self.wrong.append((1, "the page must begin with --- , its description and --- again"))
            return 0
        end = [line.strip() for line in lines[1:]].index("---") + 1
        try:
            self.meta = yaml.safe_load("\n".join(lines[1:end])) or {}
            if not isinstance(self.meta, dict):
                raise yaml.YAMLError("it is not a list of `name: value`")
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 2 if mark else 2
            self.meta = {}
            self.wrong.append((line, f"these lines between --- and --- cannot be read: {str(error).splitlines()[0]}"))
        return end + 1

    def headings(self):
        """[(line, level, id or None, words)]."""
        found = [(number, HEADING.match(line)) for number, line in self.prose.items()]
        return [(number, len(m[1]), m[3], m[2]) for number, m in found if m]

    def text(self):
        """The prose as one text, with a line for each line of the page."""
        last = max(self.prose, default=0)
        return "\n".join(self.prose.get(number, "") for number in range(1, last + 1))

    def formulas(self):
        """[(line, formula without the words and the decimal mark of its language)]."""
        text = self.text()
        return [
            (text.count("\n", 0, m.start()) + 1, re.sub(r"\\(text|mathrm)\{\w{2,}\}", r"\\\1{}", bare(m[0])))
            for m in FORMULA.finditer(text)
        ]

    def numbers(self):
        """[(line, as written, value)] of the numbers in the prose that say something: decimals, and from 13 up."""
        text = FORMULA.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), NAMES.sub(lambda m: " " * len(m[0]), self.text()))
        text = re.sub(r"\]\([^)\n]*\)|`[^`\n]*`|https?://\S+", lambda m: " " * len(m[0]), text)
        found = []
        for line, content in enumerate(text.split("\n"), 1):
            if content.startswith("[^"):  # a note: years, pages, identifiers
                continue
            for written, value in numbers(content, self.locale):
                if telling(value):
                    found.append((line, written, value))
        return found


def telling(value):
    """Whether a number says something of its own: a decimal, or 13 and above."""
    return value >= 13 or value != int(value)


def bare(formula):
    """A formula with the decimal point, whatever its language writes."""
    return formula.replace("{,}", ".")


def numbers(text, locale):
    """The numbers of a text, in order: [(as written, its value)], by the marks of its language."""
    comma = get_decimal_symbol(Locale.parse(locale, sep="-")) == ","
    if comma:
        pattern = r"(?<![\w.,])\d{1,3}(?:[\u202f\u00a0.]\d{3})+(?:,\d+)?(?!\w)|(?<![\w.,])\d+(?:,\d+)?(?!\w)"
    else:
        pattern = r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\w)|(?<![\w.,])\d+(?:\.\d*(?!\d))?(?!\w)"
    found = []
    for match in re.finditer(pattern, text):
        plain = re.sub(r"[\u202f\u00a0]", "", match[0])
        if comma:
            plain = plain.replace(".", "").replace(",", ".")
        found.append((match[0], Decimal(plain.replace(",", "").rstrip("."))))
    return found


class Words(ast.NodeTransformer):
    """Empties every text in a program: what is left is the same in every language."""

    def visit_Constant(self, node):
        """A text is emptied, anything else stays."""
        return ast.Constant("") if isinstance(node.value, str) else node

    def visit_JoinedStr(self, node):
        """Of a text with computed parts only these stay, in any order."""
        values = [self.visit(value) for value in node.values if not isinstance(value, ast.Constant)]
        return ast.JoinedStr(sorted(values, key=ast.dump))


def without_words(block):
    """What must be the same in every language of a block of program."""
    code = "\n".join(block["code"])
    if "--8<--" in code:
        return code.strip()
    try:
        return ast.dump(Words().visit(ast.parse(code)))
    except SyntaxError as error:
        return f"line {error.lineno} of it is no Python"


def name_of(block):
    """What a block is called: its id, or its line."""
    found = re.search(r'\bid="([^"]+)"', block["options"])
    return found[1] if found else f"the block at line {block['line']}"


def near(source, page, line):
    """The line of a page where something of the source's `line` should be: the heading it comes under."""
    above = [mark for number, _, mark, _ in source.headings() if number < line and mark]
    here = {mark: number for number, _, mark, _ in page.headings()}
    return next((here[mark] for mark in reversed(above) if mark in here), 1)


def compare_headings(source, page):
    """Headings: the same levels and ids, in the same order."""
    ours, theirs = page.headings(), source.headings()
    for line, _, mark, words in ours:
        if mark is None:
            yield line, f"the heading “{words}” has no id: add {{#id}}, the same as in the source"
    there, here = [mark for _, _, mark, _ in theirs], [mark for _, _, mark, _ in ours if mark]
    for line, _, mark, words in theirs:
        if mark not in here:
            yield near(source, page, line), f"the heading {{#{mark}}} is missing (line {line} of the source: “{words}”)"
    for line, level, mark, _ in ours:
        if mark and mark not in there:
            yield line, f"the source has no heading {{#{mark}}}: give it the source's id, or remove it"
        elif mark and here.count(mark) > 1:
            yield line, f"two headings have the id {{#{mark}}}"
        elif mark:
            wanted = next(other for _, other, m, _ in theirs if m == mark)
            if level != wanted:
                yield line, f"the heading {{#{mark}}} has {level} #, the source has {wanted}"
    common = [mark for mark in there if mark in here]
    if sorted(here) == sorted(common) and here != common:
        line = next(line for (line, _, mark, _), other in zip(ours, common, strict=False) if mark != other)
        yield line, f"the headings are in another order than in the source: here {{#{common[here.index(common[0])]}}}"


def compare_blocks(source, page):
    """Programs and figures: the same, in the same order; only their words may change."""
    ours, theirs = {name_of(b): b for b in page.executed}, {name_of(b): b for b in source.executed}
    for name, block in theirs.items():
        if name not in ours:
            line = block["line"]
            yield (
                near(source, page, line),
                f"the program block {name} is missing: copy it from line {line} of the source",
            )
    for name, block in ours.items():
        if name not in theirs:
            yield block["line"], f"the source has no program block {name}: remove it"
        elif block["options"] != theirs[name]["options"]:
            yield (
                block["line"],
                f"the first line of the block {name} must be as in the source: {theirs[name]['options']}",
            )
        elif without_words(block) != without_words(theirs[name]):
            line = theirs[name]["line"]
            yield (
                block["line"],
                f"the program in the block {name} differs from the source's (line {line}): translate its words only",
            )
    common = [name for name in theirs if name in ours]
    for name, wanted in zip((name for name in ours if name in theirs), common, strict=True):
        if name != wanted:
            yield ours[name]["line"], f"the block {name} stands where the source has {wanted}: keep the source's order"
            break


def compare_counted(source, page, ours, theirs, what, advice):
    """Things that must be the same in any order: ours and theirs are [(line, as written, value)]."""
    counted, wanted = Counter(value for *_, value in ours), Counter(value for *_, value in theirs)
    for line, written, value in ours:
        if counted[value] > wanted[value]:
            counted[value] -= 1
            yield line, f"the {what} {written} is not in the source{advice}"
    counted = Counter(value for *_, value in ours)
    for line, written, value in theirs:
        if wanted[value] > counted[value]:
            wanted[value] -= 1
            yield near(source, page, line), f"the {what} {written} of the source (line {line}) is missing"


def compare_notes(source, page):
    """Footnotes: each has its text, each text is used, and they are the source's."""
    used, written = {}, {}
    for number, line in page.prose.items():
        for mark in NOTE.finditer(line):
            (written if mark[2] and mark.start() == 0 else used).setdefault(mark[1], number)
            if mark[2] and mark.start() == 0 and not line[mark.end() :].strip():
                yield number, f"the note [^{mark[1]}] is empty"
    theirs = {}
    for number, line in source.prose.items():
        for mark in NOTE.finditer(line):
            theirs.setdefault(mark[1], number)
    for name, line in used.items():
        if name not in written:
            yield line, f"the note [^{name}] has no text: add a line “[^{name}]: …” at the end of the page"
    for name, line in written.items():
        if name not in used:
            yield line, f"no sentence uses the note [^{name}]"
        elif name not in theirs:
            yield line, f"the source has no note [^{name}]"
    for name in sorted(set(theirs) - set(used) - set(written)):
        yield near(source, page, theirs[name]), f"the note [^{name}] of the source is missing"


def check_links(source, page, folder):
    """Links: the source's, to pages of the same language; images say what they show."""
    # A page that is not translated yet is shown from the source: a link to it holds all the same.
    files = {path.name for place in (folder, folder.parent / "it") for path in place.glob("*.md")} if folder else set()
    targets = []
    for number, line in page.prose.items():
        for image, words, target in LINK.findall(re.sub(r"`[^`]*`", "", line)):
            targets.append((number, target, target))
            if image and not words.strip():
                yield number, f"the image {target} has no text: say in the brackets what it shows"
            if re.match(r"(?:\.\./|/)(?:[a-z]{2}(?:-[A-Za-z]+)?/)", target) and not target.startswith("../snippets"):
                if not target.startswith("../assets"):
                    yield number, f"the link {target} goes to another language: link the page of this one"
            elif folder and re.match(r"[\w-]+\.md", target) and target.partition("#")[0] not in files:
                yield number, f"the link {target} goes nowhere: there is no such page"
    theirs = [
        (number, target, target)
        for number, line in source.prose.items()
        for _, _, target in LINK.findall(re.sub(r"`[^`]*`", "", line))
    ]
    local = [entry for entry in targets if not entry[1].startswith("http")]
    yield from compare_counted(
        source, page, local, [t for t in theirs if not t[1].startswith("http")], "link", ": use the source's links"
    )


def check_words(page, forbidden):
    """Words that the language's glossary rules out: {word: what to say instead}."""
    for number, line in page.prose.items():
        prose = re.sub(r"`[^`]*`|\]\([^)]*\)|\{#[^}]*\}|\*[^*]*\*|“[^”]*”|«[^»]*»", "", line)
        for word, instead in forbidden.items():
            if re.search(rf"\b{re.escape(word)}\b", prose, re.I) and not line.startswith("[^"):
                yield number, f"“{word}” is not the word of this course: say “{instead}”"


def check_safety(page):
    """Nothing that runs in the reader's browser, no tabs."""
    for number, line in page.prose.items():
        if found := UNSAFE.search(re.sub(r"`[^`]*`", "", line)):
            yield number, f"“{found[0].strip()}” is not allowed in a page: it would run in the reader's browser"
        if "\t" in line:
            yield number, "a tab: use spaces"


def compare_terms(source, page):
    """The glossary: the same entries, in any order."""
    ours = [(n, m[1], m[1]) for n, line in page.prose.items() if (m := TERM.match(line)) and not line.startswith("#")]
    theirs = [
        (n, m[1], m[1]) for n, line in source.prose.items() if (m := TERM.match(line)) and not line.startswith("#")
    ]
    yield from compare_counted(source, page, ours, theirs, "entry", ": give it the source's id")


def decode(data):
    """The text of a page; raises ValueError, saying what to do, for one that is not plain UTF-8."""
    if data.startswith(b"\xef\xbb\xbf"):
        raise ValueError("the file begins with a byte-order mark: save it as UTF-8 without one")
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line} is not UTF-8: save the file as UTF-8") from None


def problems(source, translation, locale, folder=None, forbidden=None):
    """What to mend in a translation: [(line, message)], in order of line.

    `source` and `translation` are the bytes of the two files; `folder` is where the translation lies, to follow its
    links; `forbidden` {word: what to say instead}.
    """
    try:
        page = Page(decode(translation), locale)
    except ValueError as error:
        return [(1, str(error))]
    original = Page(decode(source), "it")
    if page.wrong:
        return page.wrong
    found = []
    for name in set(original.meta) - set(page.meta) - {"title"}:
        found.append((1, f"the line “{name}: …” of the source is missing between --- and ---"))
    found += compare_headings(original, page)
    found += compare_blocks(original, page)
    found += compare_counted(
        original,
        page,
        [(n, f, f) for n, f in page.formulas()],
        [(n, f, f) for n, f in original.formulas()],
        "formula",
        "",
    )
    found += compare_counted(
        original, page, page.numbers(), original.numbers(), "number", ": copy it, with this language's marks"
    )
    found += compare_notes(original, page)
    found += check_links(original, page, folder and Path(folder))
    found += compare_terms(original, page)
    found += check_safety(page)
    found += check_words(page, forbidden or {})
    return sorted(found)
