"""Figures: what a program draws, joined with the words of a page; nothing a page says is taken for HTML."""

import ast
import json
import re
from collections import Counter
from html import unescape

import numpy as np
import pytest
from bs4 import BeautifulSoup
from course import numerals
from course.figures import key, words_problems
from course.page import NAMES, Page
from course.programs import Programs, jobs_of, key_of
from course.safety import not_allowed
from figures import draw
from figures.draw import Label, Number, Words
from pages import LANGUAGES, PAGES, SNIPPETS, source

NASTY = """<script>alert("1")</script> & 'two' {x}"""


def words(texts=(), numbers=(), rows=(), locale="it"):
    """Words of a page, by hand."""
    return Words(
        dict(texts), list(rows), lambda value, decimals=None: numerals.write(value, locale, decimals), dict(numbers)
    )


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (2.5, "2,5"),
        (-1, "−1"),
        (np.float64(0.25), "0,25"),
        (np.int64(12288), "12\u202f288"),
        (Number(2.5, 2), "2,50"),
        (Number(1 / 3), "0,333333"),
        ("W1, b1", "W1, b1"),
        (Label("a"), "uno 2,5"),
        (Label("b"), "due uno 2,5"),
        ([Label("a"), 3], "uno 2,5; 3"),
        ((3, Label("c")), "3 tre"),
        ([("x", 1), ("y", Number(2, 1))], "x 1; y 2,0"),
        (Label("missing"), "…"),
        (Label("unknown"), "quattro {z}"),
    ],
)
def test_what_each_part_of_a_figure_says(part, said):
    texts = {"a": "uno {x}", "b": "due {first}", "c": "tre", "unknown": "quattro {z}"}
    assert words(texts, {"x": 2.5, "first": Label("a")}).say(part) == said


def test_what_is_asked_for_is_noted():
    some = words({"a": "{first}", "b": "due"}, {"first": Label("b")})
    some.say(Label("a"))
    assert some.asked == {"a", "b"}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one *two* `three`", "one <em>two</em> <code>three</code>"),
        ("*{x}* {x}", "<em>2,5</em> 2,5"),
        ("`W1` < 2 & 3 > 1", "<code>W1</code> &lt; 2 &amp; 3 &gt; 1"),
        ("<b>two</b>", "&lt;b&gt;two&lt;/b&gt;"),
        ("`<b>`", "<code>&lt;b&gt;</code>"),
        ('"so" it\'s', '"so" it\'s'),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("`2 * 3 * 4`", "<code>2 &#42; 3 &#42; 4</code>"),
        ("a * b", "a * b"),
        ("[a](b.md)", "[a](b.md)"),
        ("{name}", "{name}"),
    ],
)
def test_captions_hold_emphasis_and_code_alone(text, html):
    assert words(numbers={"x": 2.5}).marked_up(text) == html


M = np.array([[1.0, -2.0], [3.0, 4.5]])
# Each kind of drawing, its words all by label; and the names of the labels.
KINDS = {
    "network": (lambda: draw.network([1, 2], (M, np.array([1, -1]))), ""),
    "live network": (
        lambda: draw.live(
            "feedforward-explorer", draw.network([1, 2], (M, np.array([1, -1]))), {"x": 1}, ("now", "reset")
        ),
        "now reset",
    ),
    "heatmap": (lambda: draw.heatmap(M, [Label("a"), Label("b")], [Label("c"), "d"]), "a b c"),
    "grid": (lambda: draw.grid(abs(M), [Label("a"), "b"], [Label("c"), "d"], axes=(Label("r"), Label("s"))), "a c r s"),
    "product": (lambda: draw.product(M, M, 0, 1), ""),
    "bars": (lambda: draw.bars({Label("a"): {Label("b"): 2, "c": 0.5}}), "a b"),
    "beside": (
        lambda: draw.beside(
            (draw.bars, [{Label("a"): {Label("b"): 2}}], {"wide": 180}),
            (draw.grid, [abs(M), ["c", Label("d")], "xy"], {}),
            190,
        ),
        "a b d",
    ),
    "curves": (
        lambda: draw.curves(
            np.arange(3.0), {Label("a"): M[:, 0].repeat(2)[:3], "b": np.ones(3)}, axes=(Label("c"), Label("d"))
        ),
        "a c d",
    ),
    "dots": (lambda: draw.dots({Label("a"): 0.5, "b": 700}, Label("c")), "a c"),
    "shares": (lambda: draw.shares({"a": {"x": 1, "y": 3}}, {"x": Label("b"), "y": Label("c")}), "b c"),
    "strip": (lambda: draw.strip([(Label("a"), Label("b"), 8), ("c", "d", 16)], Label("e")), "a b e"),
    "flow": (lambda: draw.flow([(Label("a"), Label("b"), "value", 0), ("c", 3, "weight", 1)]), "a b"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_drawing_asks_for_its_words_and_shows_them_as_text(kind):
    make, labels = KINDS[kind]
    drawing, labels = make(), [*labels.split(), "alt", "caption"]
    html = drawing.html({name: f"{name}: {NASTY}" for name in labels}, [], lambda value, decimals=None: f"{value:g}")
    assert drawing.labels == set(labels)
    assert not_allowed(html) == []
    figure = BeautifulSoup(html, "html.parser").select_one("figure.drawing")
    assert figure.svg["role"] == "img" and figure.svg["aria-label"] == f"alt: {NASTY}"
    assert figure.figcaption.get_text() == f"caption: {NASTY}"
    shown = [text.get_text() for text in figure.select("svg text")] + [
        e["data-live"] for e in figure.select("[data-live]")
    ]
    for name in labels[:-2]:
        assert f"{name}: {NASTY}" in " ".join(shown).replace('\\"', '"')


@pytest.mark.parametrize("kind", KINDS)
def test_a_drawing_without_its_words_is_still_drawn(kind):
    drawing = KINDS[kind][0]()
    html = drawing.html({}, [], lambda value, decimals=None: f"{value:g}")
    assert not_allowed(html) == [] and "…" in html and {"alt", "caption"} <= drawing.labels


def test_numbers_of_a_matrix_by_name():
    found = draw.matrix("W", M, 1)
    assert list(found) == ["W_11", "W_12", "W_21", "W_22"] and found["W_12"] == Number(-2, 1)
    assert list(draw.matrix("b", [1, 2])) == ["b_1", "b_2"]


def test_curves_that_a_language_calls_alike_are_both_drawn():
    drawing = draw.curves(np.arange(3.0), {Label("a"): np.arange(3.0), Label("b"): np.ones(3)})
    html = drawing.html({"a": "curva", "b": "curva"}, [], lambda value, decimals=None: f"{value:g}")
    assert html.count("<polyline") == 2 and html.count(">curva<") == 2


def test_what_the_controls_start_from_is_the_same_in_every_language():
    still, state = draw.network([0.5, 2], (M, np.array([1, -1]))), {"x": [0.5, 2], "W1": M.tolist()}
    drawing = draw.live("feedforward-explorer", still, state, ("now", "reset", "wrong"))
    found = []
    for locale in ("it", "en"):
        texts = {"now": f'"{locale}" <b>', "reset": "&", "wrong": "'"}
        html = drawing.html(texts, [], lambda value, decimals=None, at=locale: numerals.write(value, at, decimals))
        data = json.loads(BeautifulSoup(html, "html.parser").select_one("feedforward-explorer")["data-live"])
        assert data.pop("words") == texts
        found.append(data)
    assert [one.pop("group") for one in found] == ["\u202f", ","] and found == [{"state": state}] * 2


def test_a_table():
    drawing = draw.table({"x": 2.5, "name": Label("a")})
    rows = [["", "*Uno*"], ["A & B", "{x}"], ["`c`", "<i>{name}</i>"]]
    html = drawing.html({"caption": "So *it* is.", "a": "due"}, rows, lambda value, decimals=None: "2,5")
    assert drawing.labels == {"caption", "a"} and not_allowed(html) == []
    table = BeautifulSoup(html, "html.parser").table
    cells = [[cell.get_text() for cell in row.select("th, td")] for row in table.select("tr")]
    assert cells == [["", "Uno"], ["A & B", "2,5"], ["c", "<i>due</i>"]] and table.caption.em.get_text() == "it"
    assert [cell["scope"] for cell in table.select("th")] == ["col", "col", "row", "row"]
    assert "<tbody></tbody>" in drawing.html({}, [], lambda value, decimals=None: "")


FIGURE = '---\ndescription: a\n---\n```figure exec="on" id="a-b" program="figures/a.py:b"\n{}\n```'
TABLE = '---\ndescription: a\n---\n```table exec="on" id="a-b" program="figures/a.py:b"\n{}\n```'
ANSWER = {"offers": ["y", "x"], "labels": ["caption", "alt"]}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (
            FIGURE.format("alt: {x}\ncaption: So\n  {z} is."),
            6,
            "block a-b: snippets/figures/a.py:b offers no number {z}: there are {x}, {y}",
        ),
        (
            FIGURE.format("caption: {x}"),
            4,
            "block a-b: the text “alt:” is missing: snippets/figures/a.py:b wants alt, caption",
        ),
        (
            FIGURE.format("caption: a\nalt: b\nmore: c"),
            7,
            "block a-b: snippets/figures/a.py:b has no use for the text “more:”: it wants alt, caption",
        ),
        (
            TABLE.format("caption: a\nalt: b\n| a |\n| --- |\n| {w} |"),
            9,
            "block a-b: snippets/figures/a.py:b offers no number {w}: there are {x}, {y}",
        ),
    ],
)
def test_words_that_do_not_fit_the_program_are_named(text, line, message):
    block = Page(text, "en").executed[0]
    assert [(problem.line, problem.message) for problem in words_problems(block, ANSWER)] == [(line, message)]


def test_words_that_fit_are_right():
    block = Page(FIGURE.format("alt: {x} and {y}\ncaption: {x}"), "en").executed[0]
    assert not list(words_problems(block, ANSWER))
    assert "offers no number {x}: there are none" in next(words_problems(block, {})).message


def test_the_key_of_a_block_is_that_of_its_job():
    pages = [source(language, page) for page in PAGES for language in LANGUAGES]
    keys = {key_of(job) for job in jobs_of(pages, SNIPPETS)}
    assert {key(block, str(SNIPPETS)) for page in pages for block in page.executed} == keys


@pytest.fixture(scope="module")
def drawn():
    """{(language, id): (HTML, block)} of every figure and table of the real pages."""
    programs = Programs(SNIPPETS)
    pages = [source(language, page) for page in PAGES for language in LANGUAGES]
    programs.prepare(job for job in jobs_of(pages, SNIPPETS) if "function" in job)
    found = {}
    for page in pages:
        for block in page.executed:
            if block.language != "python":
                answer = programs.answer(key(block, str(SNIPPETS)))
                assert "error" not in answer, answer
                assert not list(words_problems(block, answer)), (page.locale, block.name)
                found[page.locale, block.name] = answer["outputs"][page.locale], block
    programs.stop()
    return found


IDS = sorted({block.name for page in PAGES for block in source("it", page).executed if block.language != "python"})


def numbers(html, locale):
    """How often each number is in a figure, its text alternative included."""
    soup = BeautifulSoup(html, "html.parser")
    texts = [text.get_text() for text in soup.select("text, figcaption, caption, th, td")]
    texts += [svg["aria-label"] for svg in soup.select("svg")]
    return Counter(value for text in texts for _, value in numerals.read(NAMES.sub(" ", unescape(text)), locale))


@pytest.mark.parametrize("name", IDS)
def test_a_figure_is_the_same_in_every_language_but_for_its_words(drawn, name):
    counted, shapes = [], []
    for locale in LANGUAGES:
        html, block = drawn[locale, name]
        soup = BeautifulSoup(html, "html.parser")
        counted.append(numbers(html, locale))
        shapes.append(Counter(tag.name for tag in soup.select("svg *, tr, th, td")))
        assert not_allowed(html) == [] and "{" not in soup.get_text()
        assert html.count("…") == sum(text.text.count("…") for text in block.words.all()), "a text is missing"
    assert all(one == counted[0] for one in counted) and all(one == shapes[0] for one in shapes)


def functions():
    """{(file, name)} of the functions of snippets/figures that give a drawing."""
    for file in (SNIPPETS / "figures").glob("*.py"):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            ends = [ast.unparse(one) for one in ast.walk(node) if isinstance(one, ast.Return)]
            if isinstance(node, ast.FunctionDef) and any(end.startswith("return draw.") for end in ends):
                yield f"figures/{file.name}", node.name


def test_every_function_that_draws_is_on_a_page(drawn):
    assert {block.program for _, block in drawn.values()} == set(functions())


def test_a_long_name_of_a_bar_is_not_cut_off():
    words = {"alt": "a", "caption": "c"}
    html = draw.bars({"": {"Llama 3 8B in int4": 1.0, "b": 2.0}}).html(words, [], lambda value, _: str(value))
    x = float(re.search(r'<text x="([\d.]+)"[^>]*text-anchor="end"[^>]*>Llama', html)[1])
    assert x >= 7.5 * len("Llama 3 8B in int4")
