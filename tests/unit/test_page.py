"""The scanner of pages: what is on a page, each thing with its line, however it is spelt."""

import re
from decimal import Decimal

import pytest
from course.compare import page_problems
from course.page import Page, decode
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from pages import LANGUAGES, PAGES, source

FRONT = "---\ndescription: A page.\n---\n"  # three lines: what comes after begins at line 4


def scan(text, locale="en"):
    """A page with this text, from line 4."""
    return Page(FRONT + text, locale)


def test_front_matter():
    page = Page('---\ndescription: A page.\ntitle: "2"\n---\n\n# One {#one}\n', "en")
    assert page.meta == {"description": "A page.", "title": "2"} and not page.wrong
    assert min(page.prose) == 5 and page.headings[0].line == 6


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("# One\n", 1, "must begin with ---"),
        ("", 1, "must begin with ---"),
        ("\n---\ndescription: a\n---\n", 1, "must begin with ---"),
        ("---\ndescription: a\n", 1, "must begin with ---"),
        ("--- \ndescription: a\n ---\ntemplate: b.html\n", 1, "must begin with ---"),
        ("---\nhello\n---\n", 2, "it is not a list of"),
        ("---\n- a\n---\n", 2, "it is not a list of"),
        ("---\ntitle: a\ndescription: [A: b\n---\n", 3, "cannot be read"),
        ("---\ntitle: a\ndescription: b: c\n---\n", 3, "cannot be read"),
        ("---\ndescription: 2026-99-99\n---\n", 2, "cannot be read"),
    ],
)
def test_front_matter_that_cannot_be_read(text, line, words):
    page = Page(text, "en")
    assert [(problem.line, words in problem.message) for problem in page.wrong] == [(line, True)]
    assert page.meta == {}


@pytest.mark.parametrize("end", ["---", "--- ", "...", " ---", "    ---", "\t---", "--- x", "----", "---\u00a0"])
def test_front_matter_ends_where_mkdocs_ends_it(end):
    text = f"---\ndescription: >-\n  a\n  b\n{end}\ntitle: c\n---\n\nText.\n"
    judge = pytest.importorskip("mkdocs.utils.meta")
    page, (body, meta) = Page(text, "en"), judge.get_data(text)
    assert page.wrong or (page.meta == meta and "\n".join(page.prose.values()).lstrip("\n") == body)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"one\r\ntwo\r\n", "one\ntwo\n"),
        ("perché".encode(), "perché"),
        (b"\xef\xbb\xbfone", "line 1: the file begins with a byte-order mark"),
        (b"one\ntwo\nperch\xe9\n", "line 3 is not UTF-8"),
        ("one\n".encode("utf-16"), "line 1 is not UTF-8"),
    ],
)
def test_decode(data, text):
    if text.startswith("line"):
        with pytest.raises(ValueError, match=text):
            decode(data)
    else:
        assert decode(data) == text


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("# One {#one}", [(4, 1, "one", "One")]),
        ("\n### One  two {#one-two}  ", [(5, 3, "one-two", "One  two")]),
        ("## One", [(4, 2, None, "One")]),
        ("##One {#one}", [(4, 2, "one", "One")]),
        ("## One {.two}", [(4, 2, None, "One {.two}")]),
        ("```text\n# One {#one}\n```\n## Two {#two}", [(7, 2, "two", "Two")]),
        ('!!! note ""\n    ## One {#one}', [(5, 2, "one", "One")]),
        ("Number #1 of `#`", []),
    ],
)
def test_headings(text, headings):
    found = scan(text).headings
    assert [(heading.line, heading.level, heading.id, heading.words) for heading in found] == headings


PYTHON = [(4, "python", ['--8<-- "a.py:b"'])]
BLOCKS = {
    "backticks": ("```text\none\n```", [(4, "text", ["one"])]),
    "tildes": ("~~~text\none\n~~~", [(4, "text", ["one"])]),
    "tildes with backticks inside": ("~~~text\n```\none\n~~~", [(4, "text", ["```", "one"])]),
    "no language": ("```\none\n```", [(4, "", ["one"])]),
    "a space before the language": ("``` text\none\n```", [(4, "text", ["one"])]),
    "spaces after the end": ("```text\none\n```  \ntwo", [(4, "text", ["one"])]),
    "blank lines": ("```text\n\none\n\n```", [(4, "text", ["", "one", ""])]),
    "empty": ("```text\n```", [(4, "text", [])]),
    "two in a row": ("```a\n1\n```\n```b\n2\n```", [(4, "a", ["1"]), (7, "b", ["2"])]),
    "in a list": ("- one\n\n    ```text\n    a\n      b\n    ```", [(6, "text", ["a", "  b"])]),
    "in a quote": ("> ```text\n> a\n>\n> b\n> ```", [(4, "text", ["a", "", "b"])]),
    "in a quote in a list": ("- a\n\n    > ```text\n    > b\n    > ```", [(6, "text", ["b"])]),
    "in an admonition": ("!!! note\n    ```text\n    a\n    ```\n    after", [(5, "text", ["a"])]),
    "an example with a block inside": (
        '````markdown\n```python exec="on"\n--8<-- "a.py:b"\n```\n````\nafter',
        [(4, "markdown", ['```python exec="on"', '--8<-- "a.py:b"', "```"])],
    ),
    "an example in tildes": ("~~~~text\n~~~\n```\n~~~~", [(4, "text", ["~~~", "```"])]),
    "an end that is longer is no end": ("```text\n````\n```", [(4, "text", ["````"])]),
    "an end that is set in is no end": ("```text\n    ```\n```", [(4, "text", ["    ```"])]),
    "an end with a word is no end": ("```text\n``` text\n```", [(4, "text", ["``` text"])]),
    "double quotes": ('```python exec="on" id="a"\n--8<-- "a.py:b"\n```', PYTHON),
    "braces": ('```{.python exec="on"}\n--8<-- "a.py:b"\n```', PYTHON),
    "braces after the language": ('```python {exec="on"}\n--8<-- "a.py:b"\n```', PYTHON),
    "code in a line": ("one ```text``` two\nand `a` b", []),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_blocks(name):
    text, blocks = BLOCKS[name]
    page = scan(text)
    assert [(block.line, block.language, block.code) for block in page.blocks] == blocks
    assert not page.wrong
    hidden = {number for block in page.blocks for number in range(block.line, block.line + len(block.code) + 2)}
    assert page.prose.keys() == set(range(4, 4 + text.count("\n") + 1)) - hidden


@pytest.mark.parametrize(
    "spelt",
    [
        '```python exec="on"',
        "```python exec='on'",
        "```python exec=on",
        "```python exec",
        '```python EXEC="on"',
        '``` python  exec = "1"',
        '```{.python exec="on"}',
        '```{.python #a exec="yes" }',
        '~~~python exec="on"',
        '~~~~~ python source="above" exec="true"',
        '`````py exec="on"',
        '```bash exec="on"',
        '```figure exec="on"',
        '    ```python exec="on"',
        '> ```python exec="on"',
    ],
)
def test_a_block_that_asks_to_run_is_seen_in_any_spelling(spelt):
    before, fence = re.match(r"([\s>]*)([`~]+)", spelt).groups()
    assert len(scan(f"{spelt}\n{before}one\n{before}{fence}\n").executed) == 1


@pytest.mark.parametrize(
    "spelt",
    [
        "```python",
        "```text\n```python exec\n",
        '````text\n```python exec="on"\n```',
        '~~~text\n```python exec="on"\n```',
    ],
)
def test_an_example_does_not_run(spelt):
    fence = re.match(r"[`~]+", spelt)[0]
    page = scan(f"{spelt}\n{fence}\n")
    assert len(page.blocks) == 1 and not page.executed


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("```text\none\n", 4, "never closed: add a line ```"),
        ("~~~~text\none\n~~~\n", 4, "never closed: add a line ~~~~"),
        ("a\n\n    ```text\none\n    ```\n", 7, "set this line in like the line 6"),
        ("a\n\n    ```text\n  one\n    ```\n", 7, "set this line in like the line 6"),
        ("a\n\n    ```text\n    one\n```\n", 8, "set this line in like the line 6"),
        ("> ```text\none\n> ```\n", 5, "set this line in like the line 4"),
        ("```\u00a0text\none\n```\n", 4, "plain spaces"),
        ("```text\ta\none\n```\n", 4, "plain spaces"),
        ("``` a`b\none\n", 4, "three"),
    ],
)
def test_blocks_that_markdown_would_read_otherwise_are_wrong(text, line, words):
    wrong = scan(text).wrong
    assert [problem.line for problem in wrong if words in problem.message] == [line], wrong


def fenced(text):
    """[(language, code)] of the blocks that the extension superfences finds in a text."""
    found = []

    def take(code, language, *_args, **_more):
        found.append((language or "", code))
        return ""

    fence = {"name": "*", "class": "", "format": take, "validator": lambda *_: True}
    name = pytest.importorskip("pymdownx.superfences").__name__
    Markdown(extensions=[name], extension_configs={name: {"custom_fences": [fence]}}).convert(text)
    return found


def bare(blocks):
    """Blocks whose white space does not count."""
    return [(language, [" ".join(line.split()) for line in code.strip().split("\n")]) for language, code in blocks]


PREFIXES = ["", "    ", "> ", "  ", "\t", ">", "- ", "1. ", "    > ", "\u00a0"]
FENCES = ["```", "```text", "~~~", "a"] * 3
FENCES += ["````", "``` text", "~~~python exec='on'", "```{.python}", "```! x", "", "   ", "```a`b", "# b", "```text "]
FENCES += ["```\ttext", "```text x", '```text title="a"', "`` a", "~~~ a~b", "```text\u00a0", "```c++", "``````"]
LINES = st.sampled_from(PREFIXES).flatmap(
    lambda most: st.lists(
        st.tuples(st.sampled_from([most] * 6 + PREFIXES), st.sampled_from(FENCES)).map("".join), min_size=3, max_size=9
    )
)


@given(LINES.map("\n".join))
def test_blocks_are_those_of_markdown_or_something_is_said(text):
    page = scan(text)
    if not any(page_problems(page)):
        ours = [(block.language, "\n".join(block.code)) for block in page.blocks]
        assert bare(ours) == bare(fenced(text))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_blocks_of_the_real_pages_are_those_of_markdown(language, page):
    ours = [(block.language, "\n".join(block.code)) for block in source(language, page).blocks]
    assert bare(ours) == bare(fenced(source(language, page).source))


@pytest.mark.parametrize("space", ["\u00a0", "\u3000", "\u2003"])
def test_only_spaces_set_a_block_in(space):
    assert not scan(f"{space}```text\none\n").blocks


@pytest.mark.parametrize(
    ("block", "options", "program"),
    [
        (
            '```figure exec="on" id="a-b" program="figures/a.py:b"\n```',
            {"exec": "on", "id": "a-b", "program": "figures/a.py:b"},
            ("figures/a.py", "b"),
        ),
        ("```python exec='on' id=a\n--8<-- \"a.py:b\"\n```", {"exec": "on", "id": "a"}, ("a.py", "b")),
        ('```python\n--8<-- "a.py"\n```', {}, ("a.py", "")),
        ('```python\n--8<-- "a.py:b"\nprint(1)\n```', {}, ("", "")),
        ('```python\nprint("--8<-- a.py:b")\n```', {}, ("", "")),
        ('```figure exec="on"\n```', {"exec": "on"}, ("", "")),
    ],
)
def test_options_and_program_of_a_block(block, options, program):
    found = scan(block).blocks[0]
    assert found.options == options and found.program == program
    assert found.name == options.get("id", "the block at line 4")


FORMULAS = {
    "in a line": ("so $x$ is", [(4, "x", False)]),
    "two in a line": ("$x$ and $y_1$", [(4, "x", False), (4, "y_1", False)]),
    "over two lines": ("so $x +\ny$ is", [(4, "x +\ny", False)]),
    "not over a blank line": ("5 $ and\n\n6 $", []),
    "on lines of its own": ("\n$$\nx\n$$\n", [(5, "\nx\n", True)]),
    "on one line": ("$$x$$", [(4, "x", True)]),
    "blank lines inside": ("$$\nx\n\ny\n$$", [(4, "\nx\n\ny\n", True)]),
    "text right before": ("text\n$$\nx\n$$", [(5, "\nx\n", True)]),
    "text right after": ("$$\nx\n$$ text $y$", [(4, "\nx\n", True), (6, "y", False)]),
    "set in": ("- a\n\n    $$\n    x\n    $$\n", [(6, "\n    x\n    ", True)]),
    "two dollars in the middle of a line": ("so $$x$$ is", [(4, "x", False)]),
    "in code": ("`$x$` and $y$", [(4, "y", False)]),
    "code with dollars on both sides": ("`a$` and `$b`", []),
    "code with a backtick": ("`` `$x$` `` and $y$", [(4, "y", False)]),
    "in a block": ("```text\n$x$\n```\n$y$", [(7, "y", False)]),
    "an escaped dollar": (r"5 \$ and 6 \$", []),
    "an escaped dollar and a formula": (r"5 \$ and $x$", [(4, "x", False)]),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_formulas(name):
    text, formulas = FORMULAS[name]
    assert [(one.line, one.latex, one.display) for one in scan(text).formulas] == formulas


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("$x$ and `$`\n\n$$\nx\n$$", []),
        (r"5 \$", []),
        ("one\n5 $", [5]),
        ("$x$ and 5 $\n\n6 $ more", [4, 6]),
        ("so $$x$$ is", [4]),
        ("$$\nx\n\n$y$", [4]),
    ],
)
def test_dollars_without_their_fellow(text, lines):
    assert scan(text).dollars == lines


NUMBERS = {
    "prose": ("en", "from 2.5 to 12,288", ["2.5 prose", "12,288 prose"]),
    "prose, a decimal comma": ("it", "da 2,5 a 12\u202f288", ["2,5 prose", "12\u202f288 prose"]),
    "a digit": ("en", "the 3 of 7.", ["3 prose", "7. prose"]),
    "in bold and quotes": ("en", "**2** “3” (4)", ["2 prose", "3 prose", "4 prose"]),
    "on two lines": ("en", "2\n3", ["2 prose", "3 prose"]),
    "a heading": ("en", "## The 3 layers {#layers-3}", ["3 prose"]),
    "a table": ("en", "| a | b |\n| --- | --- |\n| 1 | 2.5 |", ["1 prose", "2.5 prose"]),
    "names": ("en", "Llama 3 and GPT-2, 405B, float32, x1", ["3 name", "2 name", "405 name", "32 name", "1 name"]),
    "a name with a point, where decimals have commas": ("it", "Qwen2.5 e 2,5", ["2.5 name", "2,5 prose"]),
    "a version": ("it", "3.11.2", ["3 prose", "11 name", "2 name"]),
    "code": ("it", "`(3, 2)` e `x = 0.5`", ["3 code", "2 code", "0.5 code"]),
    "a note": ("it", "[^a]: 2016, § 5.1, pp. 303–314.", ["2016 note", "5 note", "1 note", "303 note", "314 note"]),
    "where a note is used": ("en", "so[^a1] it is", []),
    "an address": ("en", "[a 1](b.md#part-2) and https://a.org/3", ["1 prose"]),
    "attributes": ("en", "text {: .a1 #b2 }", []),
    "a formula": ("en", "$x_1 = 2$ 3\n\n$$\n4\n$$", ["3 prose"]),
    "a block": ("en", "```text\n5\n```\n6", ["6 prose"]),
    "digits of another script": ("ja", "\uff12つ", ["\uff12 name"]),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_by_place(name):
    locale, text, numbers = NUMBERS[name]
    assert [f"{number.text} {number.place}" for number in scan(text, locale).numbers] == numbers


def test_numbers_have_their_line_and_value():
    text = "\n2,5\n\n```text\n9\n```\nso `1.5`\n\n[^a]: 2016"
    found = [(number.line, number.value) for number in scan(text, "it").numbers]
    assert found == [(5, Decimal("2.5")), (10, Decimal("1.5")), (12, 2016)]


def test_numbers_of_the_description():
    page = Page('---\ntitle: "2"\ndescription: >-\n  The 3 layers,\n  13 numbers.\n---\n\n4\n', "en")
    assert [(number.line, number.value) for number in page.numbers] == [(2, 2), (4, 3), (5, 13), (8, 4)]


FIGURE = '```figure exec="on" id="a" program="figures/a.py:b"\n{}\n```'
TABLE = '```table exec="on" id="a" program="figures/a.py:b"\n{}\n```'


def test_words_of_a_figure():
    words = scan(FIGURE.format("alt: Two, {x_1} and\n  {x_2}: a: b.\n\ncaption:\n  So.\nname_1: *y*")).blocks[0].words
    found = [(name, text.line, text.text) for name, text in words.texts.items()]
    assert found == [("alt", 5, "Two, {x_1} and {x_2}: a: b."), ("caption", 8, "So."), ("name_1", 10, "*y*")]
    assert words.texts["alt"].placeholders == ["x_1", "x_2"] and not words.wrong and not words.rows


def test_words_of_a_table():
    table = TABLE.format("caption: So.\n\n| | a | b |\n|---|:-:|--:|\n| *c* | {x} | a \\| b |\n|d|| |")
    words = scan(table).blocks[0].words
    cells = [["", "a", "b"], ["*c*", "{x}", "a | b"], ["d", "", ""]]
    assert [[cell.text for cell in row] for row in words.rows] == cells and not words.wrong
    assert [row[0].line for row in words.rows] == [7, 9, 10]
    assert [text.text for text in words.all()] == ["So.", *(cell for row in cells for cell in row)]


@pytest.mark.parametrize(
    ("block", "line", "words"),
    [
        (FIGURE.format("alt: One.\nalt: Two."), 6, "“alt” is there twice"),
        (FIGURE.format("alt: One.\nTwo."), 6, "write each text as"),
        (FIGURE.format("alt: One.\n\n  Two."), 7, "write each text as"),
        (FIGURE.format("  alt: One."), 5, "write each text as"),
        (FIGURE.format("alt = One."), 5, "write each text as"),
        (FIGURE.format("| a | b |"), 5, "write each text as"),
        (FIGURE.format("caption: So.\nalt:"), 6, "“alt” has no words"),
        (FIGURE.format("alt:\ncaption: So."), 5, "“alt” has no words"),
        (TABLE.format("caption: So.\n| a | b |\n| c | d | e |"), 7, "this row has 3 cells, the first has 2"),
        (TABLE.format("caption: So.\n| a | b |\n| c |"), 7, "this row has 1 cells, the first has 2"),
    ],
)
def test_words_that_cannot_be_read(block, line, words):
    wrong = scan(block).blocks[0].words.wrong
    assert [(problem.line, words in problem.message) for problem in wrong] == [(line, True)], wrong


def test_numbers_of_a_figure_and_a_table():
    figure = scan(FIGURE.format("alt: 2 inputs, {x_1}.\ncaption: In `W1`, 2.5."))
    found = [(n.line, n.text, n.place) for n in figure.numbers]
    assert found == [(5, "2", "words"), (6, "2.5", "words"), (6, "1", "name")]
    table = scan(TABLE.format("caption: So.\n| GPT-2 | {x_1} | 7 |"))
    assert [(n.line, n.text, n.place) for n in table.numbers] == [(6, "2", "name"), (6, "7", "words")]


def test_notes():
    page = scan("One[^a] and[^b].\n`[^c]`\n\n[^a]: Text [^d]\n[^b]:")
    assert [(note.line, note.name, note.text) for note in page.notes] == [
        (4, "a", None),
        (4, "b", None),
        (7, "a", "Text [^d]"),
        (7, "d", None),
        (8, "b", ""),
    ]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("[one](a.md#b)", [(4, "a.md#b", "one", False)]),
        ('[one](a.md "title") [two](b.md)', [(4, "a.md", "one", False), (4, "b.md", "two", False)]),
        ("![one](a.svg) ![](b.svg)", [(4, "a.svg", "one", True), (4, "b.svg", "", True)]),
        ("\n<https://a.org/b>", [(5, "https://a.org/b", "", False)]),
        ("<mailto:a@b.org>", [(4, "mailto:a@b.org", "", False)]),
        ("[`one` two](a.md)", [(4, "a.md", "`one` two", False)]),
        ("`[one](a.md)`", []),
        ("```text\n[one](a.md)\n```", []),
        ("[one\ntwo](a.md)\n[three](b.md)", [(4, "a.md", "one\ntwo", False), (6, "b.md", "three", False)]),
        ("[one]( a.md )", [(4, "a.md", "one", False)]),
        ("[one](<a.md>)", [(4, "a.md", "one", False)]),
        ("[^a] (b)", []),
        ("$[x](y)$", []),
    ],
)
def test_links(text, links):
    assert [(link.line, link.target, link.words, link.image) for link in scan(text).links] == links


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("[one](https://a.org/b) and <https://b.org>", [(4, "https://a.org/b"), (4, "https://b.org")]),
        ("[a [b] c](https://a.org)", [(4, "https://a.org")]),
        ("[one][two]\n\n[two]: https://a.org/b", [(6, "https://a.org/b")]),
        ('<a href="HTTPS://a.org">', [(4, "HTTPS://a.org")]),
        ('<a href="//a.org">', [(4, "//a.org")]),
        ('<a href="https&#58;//a.org">', [(4, "https://a.org")]),
        ("[one](//a.org)", [(4, "//a.org")]),
        ("[^a]: [one](https://a.org), so.", [(4, "https://a.org")]),
        ("`https://a.org` 1 // 2", []),
    ],
)
def test_addresses_of_other_sites_in_any_spelling(text, addresses):
    assert scan(text).addresses == addresses


def test_terms_of_a_glossary():
    page = scan(
        "weight, weights {#weight}\n:   A number.\n\n*bias* {#bias}\n:   Another.\n\n## More {#more}\n\ntext {#no} a"
    )
    assert page.terms == [(4, "weight"), (7, "bias")]


def test_sections():
    page = scan("start\n# One {#one}\nfirst\n## No id\n```text\n# No {#no}\n```\n## Two {#two}\nsecond")
    assert page.sections() == {
        "start": FRONT + "start",
        "one": "# One {#one}\nfirst\n## No id\n```text\n# No {#no}\n```",
        "two": "## Two {#two}\nsecond",
    }


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_are_right_on_the_real_pages(language, page):
    scanned = source(language, page)
    lines = dict(enumerate(scanned.source.split("\n"), 1))
    assert scanned.headings and not scanned.wrong and not scanned.dollars
    for heading in scanned.headings:
        assert lines[heading.line].startswith("#" * heading.level + " ") and heading.words in lines[heading.line]
    for block in scanned.blocks:
        assert lines[block.line] == block.prefix + block.fence + block.opening
        assert lines[block.line + len(block.code) + 1] == block.prefix + block.fence
        for text in block.words.all() if block.executed and block.language != "python" else ():
            assert text.text.split("\n")[0][:40] in lines[text.line].replace("\\|", "|")
    for number in scanned.numbers:
        assert number.text in lines[number.line]
    for formula in scanned.formulas:
        assert "$" + formula.latex.split("\n")[0] in lines[formula.line]
    for note in scanned.notes:
        assert f"[^{note.name}]" in lines[note.line]
    for link in scanned.links:
        assert link.target in lines[link.line]


MARKS = ["```", "~~~", "````", "    ", "> ", "\n", "---", "$", "$$", "`", "[^a]", "[a](b)", "# ", "| ", "alt: ", "{x}"]
MARKS += ["\n```figure exec\n", "\n```\n", "\n---\n", "description: 2026-01-32", " ", "1.5", "2,5", "\u00a0", ": ", "<"]


@given(st.lists(st.sampled_from(MARKS), max_size=30).map("".join), st.booleans())
def test_any_text_is_taken_apart(text, front):
    page = Page(FRONT + text if front else text, "it")
    last = page.source.count("\n") + 1
    things = [*page.wrong, *page.headings, *page.blocks, *page.formulas, *page.numbers, *page.notes, *page.links]
    things += [word for block in page.blocks for word in (*block.words.all(), *block.words.wrong)]
    assert all(1 <= thing.line <= last for thing in things)
    assert all(1 <= line <= last for line in (*page.prose, *page.dollars))
    assert "\n".join(page.sections().values()).count("1.5") == page.source.count("1.5")
