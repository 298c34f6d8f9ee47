"""A translation differs from its source in its words alone: each mistake is named, by its line."""

import re

import pytest
from course.compare import compare, page_problems, problems
from course.page import Page
from pages import DOCS, LOCALES, PAGES, PROJECT, SOURCE, languages_of, source

HAVE = [(locale, page) for page in PAGES for locale in languages_of(page) if locale != SOURCE]


def listed(found, locale, page):
    """Problems, one a line, for people."""
    return "\n" + "\n".join(f"docs/{locale}/{page}.md, line {one.line}: {one.message}" for one in found)


@pytest.mark.parametrize(("locale", "page"), HAVE)
def test_translation_is_right(locale, page):
    file = PROJECT.file(locale, page)
    source_file = PROJECT.file(SOURCE, page).read_bytes()
    avoid = PROJECT.words(locale)["avoid"]
    found = problems((SOURCE, source_file), (locale, file.read_bytes()), file.parent, avoid)
    assert not found, listed(found, locale, page)


@pytest.mark.parametrize("page", PAGES)
def test_source_is_right(page):
    text, file = source(SOURCE, page).source.encode(), PROJECT.file(SOURCE, page)
    found = problems((SOURCE, text), (SOURCE, text), file.parent, PROJECT.words(SOURCE)["avoid"])
    assert not found, listed(found, SOURCE, page)


def test_same_pages():
    for locale in LOCALES:
        there = {path.stem for path in (DOCS / locale).glob("*.md")}
        assert there <= set(PAGES) and (locale not in (SOURCE, *PROJECT.required) or there == set(PAGES))


def swap(old, new, count=1):
    """A mistake: `old` becomes `new` in the page's text."""

    def make(text):
        assert old in text, f"{old!r} is not in the page any more: mend this test"
        return text.replace(old, new, count)

    return make


def before(old, new):
    """A mistake: `new`, a paragraph, comes before `old`."""
    return swap(old, f"{new}\n\n{old}")


def exchanged(text):
    """Exchange two program blocks."""
    found = [text.index(f'id="feedforward-{name}"') for name in ("hidden", "output")]
    starts = [text.rindex("```python", 0, at) for at in found]
    ends = [text.index("\n```\n", at) + 5 for at in found]
    one, two = (text[a:b] for a, b in zip(starts, ends, strict=True))
    return text[: starts[0]] + two + text[ends[0] : starts[1]] + one + text[ends[1] :]


CHANGE = object()  # the first line that is not as it was
NUMBERS = "## The numbers {#numbers}"
HIDDEN = '```python exec="on" source="above" id="feedforward-hidden"'
BLOCK = f'{HIDDEN}\n--8<-- "feedforward.py:hidden"\n```\n'
FIGURE = '```figure exec="on" id="feedforward-network" program="figures/feedforward.py:network"'
# What a translator may get wrong on the English page about the feedforward network: what makes it, words of the
# message, and the line that it must name: one that holds this text, or the first line changed.
MISTAKES = {
    "not UTF-8": (lambda text: text.encode("utf-16"), "not UTF-8", CHANGE),
    "Latin-1": (
        lambda text: text.replace("neurons", "nèurons", 1).replace("–", "-").encode("latin-1", "replace"),
        "line 2 is not UTF-8",
        CHANGE,
    ),
    "a byte-order mark": (lambda text: b"\xef\xbb\xbf" + text.encode(), "byte-order mark", CHANGE),
    "notes out of order": (
        lambda text: re.sub(r"(?m)^(\[\^[\w-]+\]: .*\n)(\[\^[\w-]+\]: .*\n)", r"\2\1", text, count=1),
        "put the text of [^",
        "[^",
    ),
    "no front matter": (lambda text: text.split("---\n", 2)[2], "must begin with ---", CHANGE),
    "front matter that does not parse": (
        swap("description: A", "description: [A: b"),
        "cannot be read",
        "translated_from",
    ),
    "front matter that is a sentence": (
        lambda text: "---\nhello\n---\n" + text.split("---\n", 2)[2],
        "cannot be read",
        CHANGE,
    ),
    "no description": (swap("description: ", "descriptions: "), "“description: …” of the source is missing", "---"),
    "front matter of another kind": (
        swap("description: ", "template: own.html\ndescription: "),
        "“template:” is not known",
        "template: own.html",
    ),
    "front matter that is a number": (swap("description: ", "title: 2026\ndescription: "), "must be a text", CHANGE),
    "a heading removed": (swap("## One function for any input {#batch}\n", ""), "{#batch} is missing", "{#output}"),
    "a heading added": (before(NUMBERS, "## More {#more}"), "no heading {#more}", CHANGE),
    "a heading added without a space": (before(NUMBERS, "##More"), "has no id", CHANGE),
    "a heading with another id": (swap("{#numbers}", "{#figures}"), "no heading {#figures}", CHANGE),
    "a heading without its id": (swap(" {#numbers}", ""), "has no id", CHANGE),
    "a heading of another level": (
        swap("### The hidden layer", "## The hidden layer"),
        "{#hidden} has 2 #, the source has 3",
        CHANGE,
    ),
    "a heading twice": (before(NUMBERS, "## A {#numbers}"), "two headings have the id {#numbers}", CHANGE),
    "headings exchanged": (
        lambda text: text.replace("{#numbers}", "{#}").replace("{#forward}", "{#numbers}").replace("{#}", "{#forward}"),
        "{#forward} comes too early",
        CHANGE,
    ),
    "a program block removed": (swap(BLOCK, ""), "feedforward-hidden is missing", "### The hidden layer"),
    "a program block added": (
        swap(BLOCK, BLOCK + "\n" + BLOCK.replace("-hidden", "-extra")),
        "no program block feedforward-extra",
        'id="feedforward-extra"',
    ),
    "a program block changed": (
        swap('"feedforward.py:hidden"', '"feedforward.py:output"'),
        "feedforward-hidden differs",
        HIDDEN,
    ),
    "a program block with other options": (
        swap('source="above" id="feedforward-hidden"', 'id="feedforward-hidden"'),
        "must be as in the source",
        CHANGE,
    ),
    "program blocks exchanged": (exchanged, "stands where the source has feedforward-hidden", CHANGE),
    "Python of the page's own": (
        swap('--8<-- "feedforward.py:hidden"', "print(3)"),
        "a page has no Python of its own",
        HIDDEN,
    ),
    "a block that runs, in single quotes": (
        before(NUMBERS, "```python exec='on' id='feedforward-own'\nprint(3)\n```"),
        "write the first line of this block as: ```python",
        CHANGE,
    ),
    "a block that runs, in braces": (
        before(NUMBERS, '```{.python EXEC="on"}\nprint(3)\n```'),
        "write the first line of this block as: ```python",
        CHANGE,
    ),
    "a block that runs, of another language": (
        before(NUMBERS, '~~~bash exec="1" id="feedforward-own"\nls\n~~~'),
        "write the first line of this block as: ```python",
        CHANGE,
    ),
    "a block that runs, in a quote": (
        before(NUMBERS, '> ```python exec="on" id="feedforward-own"\n> print(3)\n> ```'),
        "write the first line of this block as: ```python",
        CHANGE,
    ),
    "a block that runs, in a list": (
        before(NUMBERS, '- ```python exec="on"\n    print(3)\n    ```'),
        "must begin on a line of its own",
        CHANGE,
    ),
    "a block that shows something": (
        before(NUMBERS, "```sh\npip install it\n```"),
        "the block “pip install it” is not in the source",
        CHANGE,
    ),
    "a block with a first line that Markdown does not read": (
        before(NUMBERS, "```! text\nhidden\n```"),
        "and one word, its language",
        CHANGE,
    ),
    "a file called for in the text": (
        before(NUMBERS, '--8<-- "feedforward.py"'),
        "programs are shown in blocks only",
        CHANGE,
    ),
    "a file called for in the text, spelt another way": (
        before(NUMBERS, '-8<--- "data/towns.json"'),
        "programs are shown in blocks only",
        CHANGE,
    ),
    "a file called for in a block": (
        before(NUMBERS, '```text\n-8<- "data/towns.json"\n```'),
        "a block shows a program alone",
        '-8<- "data',
    ),
    "a text of a figure missing": (swap("reset: Reset\n", ""), "the text “reset” of the source (line", FIGURE),
    "a text of a figure left over": (swap("reset:", "again: Again\nreset:"), "the source has no text “again”", CHANGE),
    "a text of a figure with another name": (swap("reset:", "ripristina:"), "no text “ripristina”", CHANGE),
    "a text of a figure twice": (swap("reset:", "now: Now\nreset:"), "“now” is there twice", CHANGE),
    "a text of a figure without words": (swap("reset: Reset", "reset:"), "“reset” has no words", CHANGE),
    "a text of a figure without its name": (swap("caption: Each", "Each"), "write each text as", CHANGE),
    "another number of a figure": (swap("{W2_13}", "{W2_31}"), "has these numbers here: {W1_11}", "alt: A network"),
    "a number of a figure left out": (swap(" and {b1_3}", ""), "has these numbers here: {W1_11}", "alt: A network"),
    "a number of a figure written out": (
        swap("the output {y}", "the output 2.5"),
        "has these numbers",
        "alt: A network",
    ),
    "a number of a figure in another text": (
        swap("Each line is", "{y}: each line is"),
        "has these numbers here: none",
        CHANGE,
    ),
    "a program of a figure": (swap(".py:network", ".py:curves"), "must be as in the source", CHANGE),
    "a formula changed": (swap("h = W_1 x + b_1", "h = W_1 x - b_1"), "formula h = W_1 x - b_1", "$$"),
    "a formula removed": (swap("$$\nh = W_1 x + b_1\n$$\n", ""), "h = W_1 x + b_1 of the source", "{#hidden}"),
    "a formula in the text that was on its own": (
        swap("$$\nh = W_1 x + b_1\n$$", "$h = W_1 x + b_1$"),
        "formula h = W_1 x + b_1 is not in the source",
        CHANGE,
    ),
    "a digit of a formula in words": (swap("= 9.5$", "= \\mathrm{95}$"), "formula y = 0.5", CHANGE),
    "a dollar without its fellow": (swap("from 2.5 to 3.25", "from $2.5 to 3.25"), "belongs to no formula", CHANGE),
    "two dollars in the middle of a line": (
        swap("in $h_1$", "in $$h_1$$"),
        "belongs to no",
        CHANGE,
    ),
    "a number changed": (swap("from 2.5 to 3.25", "from 2.5 to 3.35"), "number 3.35 is not in the source", CHANGE),
    "a decimal comma": (swap("from 2.5 to 3.25", "from 2.5 to 3,25"), "3,25 of the source", "{#one-weight}"),
    "a minus sign lost": (swap("which was −1", "which was 1"), "number −1 of the source", "{#activation}"),
    "a link to the other language": (
        swap("(matrices.md#shapes)", "(../it/matrices.md#shapes)"),
        "goes to another language",
        CHANGE,
    ),
    "a link to nowhere": (swap("(matrices.md#shapes)", "(matrixes.md#shapes)"), "goes nowhere", CHANGE),
    "a link to another part": (
        swap("(matrices.md#shapes)", "(matrices.md#shape)"),
        "#shape is not in the source",
        CHANGE,
    ),
    "a link removed": (
        swap("[transpose](matrices.md#shapes)", "transpose"),
        "matrices.md#shapes of the source",
        "{#batch}",
    ),
    "a link to another site": (
        before(NUMBERS, "[Read](https://example.com/deeplearningbook.org)."),
        "a site that the source does not link, example.com",
        CHANGE,
    ),
    "a link to another site, over two lines": (
        before(NUMBERS, "[Read\nthis](https://example.com)."),
        "a site that the source does not link, example.com",
        "this](https",
    ),
    "a link to another site, by its name": (
        before(NUMBERS, "[Read][this].\n\n[this]: https://example.com"),
        "a site that the source does not link, example.com",
        "[this]: ",
    ),
    "a link to another site, in angle brackets": (
        before(NUMBERS, "<https://doi.org@example.com>"),
        "a site that the source does not link, example.com",
        CHANGE,
    ),
    "a link to another site, in HTML": (
        before(NUMBERS, '<a href="//example.com">Read</a>'),
        "a site that the source does not link, example.com",
        CHANGE,
    ),
    "a link to another site, hidden": (
        before(NUMBERS, '<a href="https&#58;//example.com">Read</a>'),
        "a site that the source does not link, example.com",
        CHANGE,
    ),
    "a note without text": (swap("[^relu]: ", "[^rely]: "), "[^relu] has no text", "One of the simplest"),
    "a note of its own": (
        lambda text: text.replace("leaves the others", "leaves[^own] the others") + "\n[^own]: Own.\n",
        "the source has no note [^own]",
        "[^own]: Own.",
    ),
    "an empty note": (
        lambda text: text[: text.index("[^relu]: ") + 8] + "\n" + text[text.index("[^cybenko]: ") :],
        "[^relu] is empty",
        CHANGE,
    ),
    "a note that nobody uses": (swap("[^relu]", ""), "no sentence uses the note [^relu]", "[^relu]: "),
    "a note removed": (
        lambda text: re.sub(r"\[\^relu\]: .*\n", "", text).replace("[^relu]", ""),
        "[^relu] of the source is missing",
        "{#activation}",
    ),
    "an image without text": (before(NUMBERS, "![](../assets/images/favicon.svg)"), "has no text", CHANGE),
    "a tab": (swap("- the **", "-\tthe **"), "a tab", CHANGE),
    "a soft hyphen": (swap("two nodes", "two no\u00addes"), "an invisible character, U+00AD", CHANGE),
    "a space of no width": (swap("two nodes", "two\u200b nodes"), "an invisible character, U+200B", CHANGE),
    "a mark that turns the text round": (
        swap("two nodes", "two \u202enodes"),
        "an invisible character, U+202E",
        CHANGE,
    ),
    "a mark of direction": (swap("two nodes", "two \u061cnodes"), "an invisible character, U+061C", CHANGE),
    "a line end of another kind": (swap("two nodes", "two\u2028nodes"), "an invisible character, U+2028", CHANGE),
    "an invisible character in a figure": (swap("reset: Reset", "reset: \u2066Reset"), "U+2066", CHANGE),
    "an invisible character in the description": (swap("description: A", "description: \ufeffA"), "U+FEFF", CHANGE),
    "text hidden in tags": (swap("two nodes", "two\U000e0041 nodes"), "an invisible character, U+E0041", CHANGE),
    "a fence never closed": (
        swap('--8<-- "feedforward.py:hidden"\n```\n', '--8<-- "feedforward.py:hidden"\n'),
        "a page has no Python of its own",
        HIDDEN,
    ),
    "the last fence never closed": (lambda text: text + "\n```text\nhello\n", "never closed", "```text"),
    "a line of a block that is not set in": (
        swap('    --8<-- "feedforward_exercises.py:relu"', '--8<-- "feedforward_exercises.py:relu"'),
        "set this line in like the line",
        CHANGE,
    ),
    "a word to avoid": (before(NUMBERS, "A dataset."), "say “data set”", CHANGE),
}


def check(page, make, words, place):
    """Make a mistake on an English page: it must be named, with its line."""
    file = PROJECT.file("en", page)
    right = file.read_text(encoding="utf-8")
    wrong = make(right)
    data = wrong if isinstance(wrong, bytes) else wrong.encode("utf-8")
    avoid = PROJECT.words("en")["avoid"]
    found = problems((SOURCE, PROJECT.file(SOURCE, page).read_bytes()), ("en", data), file.parent, avoid)
    lines, old = data.split(b"\n"), right.encode().split(b"\n")
    assert all(1 <= problem.line <= len(lines) for problem in found)
    named = [problem for problem in found if words in problem.message]
    assert named, found
    if place is CHANGE:
        wanted = {next(n for n, (a, b) in enumerate(zip(lines, old, strict=False), 1) if a != b)}
    else:
        wanted = {n for n, line in enumerate(lines, 1) if place.encode() in line}
    assert wanted & {problem.line for problem in named}, (wanted, found)


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake_is_named(name):
    check("feedforward", *MISTAKES[name])


# The same, on other pages: the page comes first.
ELSEWHERE = {
    "a row of a table missing": (
        "open-models",
        lambda text: re.sub(r"\| BLOOM .*\n", "", text),
        "the source's table has 10 rows of 4 cells",
        'id="open-models-families"',
    ),
    "a cell of a table missing": (
        "open-models",
        swap("| BLOOM | 176B |", "| BLOOM |"),
        "this row has 3 cells, the first has 4",
        CHANGE,
    ),
    "a cell of a table emptied": (
        "transformer",
        swap("| Licence | {licence} |", "| | {licence} |"),
        "a cell must be empty where",
        CHANGE,
    ),
    "a number of a table in another row": (
        "open-models",
        swap("{BLOOM_176B}", "{T5_11B}"),
        "the source has these numbers here: {BLOOM_176B}",
        CHANGE,
    ),
    "an entry of the glossary with another id": (
        "glossary",
        swap("{#bias}", "{#biases}"),
        "entry biases is not",
        CHANGE,
    ),
    "an entry of the glossary missing": (
        "glossary",
        lambda text: re.sub(r"bias, biases \{#bias\}\n:.*\n\n", "", text),
        "entry bias of the source",
        "# Glossary",
    ),
    "a command changed": (
        "contributing",
        swap("diff en weights\n", "diff en weights; ls\n"),
        "is not in the source",
        "```sh",
    ),
    # One digit of a number, wherever it stands.
    "a digit of the text": ("feedforward", swap("receives 2 through", "receives 1 through"), "number 1 is", CHANGE),
    "a digit of a long number": ("weights", swap("3,072", "3,073"), "number 3,073 is not", CHANGE),
    "a digit of a heading": ("files", swap("# ", "# 4 "), "number 4 is not in the source", CHANGE),
    "a digit of a description": (
        "feedforward",
        swap("description: A", "description: 2 A"),
        "number 2 is not in the source",
        CHANGE,
    ),
    "a digit of a model's name": ("open-models", swap("Llama 3's", "Llama 4's"), "number 4 is", CHANGE),
    "a digit of a size": ("open-models", swap("The 405B version", "The 406B version"), "number 406 is", CHANGE),
    "a digit of a name in a table": (
        "open-models",
        swap("| GPT-NeoX | up to 20B", "| GPT-NeoX | up to 30B"),
        "30",
        CHANGE,
    ),
    "a digit of a year in a note": ("feedforward", swap("ICML 2010", "ICML 2011"), "number 2011 is", CHANGE),
    "a digit of a page in a note": ("feedforward", swap("p. 229", "p. 228"), "number 228 is", CHANGE),
    "a digit of an address in a note": (
        "feedforward",
        swap("BF02551274)", "BF02551275)"),
        "number 02551275 is",
        CHANGE,
    ),
    "a digit of code": ("feedforward", swap("`(3, 2)`", "`(3, 3)`"), "number 3 is not in the source", CHANGE),
    "a digit of a symbol": ("feedforward", swap("`W1` and `W2`", "`W1` and `W3`"), "number 3 is", CHANGE),
    "a digit of a formula": ("feedforward", swap("+ 0.5 = 1\n", "+ 0.4 = 1\n"), "formula h_2", "$$"),
    "a digit of an index": ("feedforward", swap("in $h_1$", "in $h_2$"), "formula h_2 is", CHANGE),
    "a digit of a text alternative": (
        "feedforward",
        swap("between −4 and 4.", "between −4 and 5."),
        "number 5",
        CHANGE,
    ),
    "a digit of a caption": ("llm", swap("caption: The five", "caption: The 5"), "number 5 is", CHANGE),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_mistake_on_another_page_is_named(name):
    check(*ELSEWHERE[name])


# What is no number of the text: ids, names of numbers, notes' marks, the version translated, links to other sites.
NO_NUMBER = re.compile(r"\{[#:][^}]*\}|\{\w+\}|\[\^[^\]]*\]|^translated_from.*|(?<=\]\()https?://[^)]*", re.M)


def test_every_digit_of_a_page_counts():
    right, beside = source("en", "feedforward"), source(SOURCE, "feedforward")
    text = NO_NUMBER.sub(lambda match: " " * len(match[0]), right.source)
    places = [match.start() for match in re.finditer(r"\d", text)]
    missed = []
    for place in places:
        digit = (int(text[place]) + 1) % 10
        wrong = Page(f"{right.source[:place]}{digit}{right.source[place + 1 :]}", "en")
        if not any(compare(beside, wrong)):
            missed.append((text.count("\n", 0, place) + 1, text[place - 20 : place + 10]))
    assert len(places) > 100 and not missed


def test_a_page_in_a_mess_is_still_compared():
    text = source("en", "feedforward").source
    lines = text.split("\n")
    for start in range(11, len(lines), 7):
        page = Page("\n".join(lines[:4] + lines[start:]), "en")
        assert list(compare(source(SOURCE, "feedforward"), page)) and isinstance(list(page_problems(page)), list)
