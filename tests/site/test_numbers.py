"""Every number in the prose is proven: a program of the page prints it, or its sentence has a note with a source."""

import ast
import re
from copy import copy

import pytest
from pages import DOCS, LANGUAGES, PAGES, blocks, html, numbers
from structure import telling

NOTE = "‡"


def printed(site, language, page):
    """The numbers that the page's programs print, in their output and in their figures."""
    article = html(site, language, page).select_one("article")
    values = set()
    for output in article.select(".language-text"):
        values |= {abs(value) for _, value in numbers(re.sub(r"(?<=\d),(?=\d{3}\b)", "", output.get_text()), "en")}
    for table in article.select(".md-typeset__scrollwrap"):  # only programs make these
        values |= {abs(value) for _, value in numbers(table.get_text(" "), language)}
    for figure in article.select("figure"):
        texts = [text.get_text() for text in figure.select("text, figcaption")] + [figure.svg["aria-label"]]
        values |= {abs(value) for text in texts for _, value in numbers(text, language)}
    return values


def sentences(site, language, page):
    """The sentences of a built page's prose, formulas included; a note leaves the mark ‡."""
    article = copy(html(site, language, page)).select_one("article")
    for other in article.select("pre, figure, .footnote, .headerlink, .downloads, .md-content__button"):
        other.decompose()
    for note in article.select("sup"):
        note.replace_with(NOTE)
    for formula in article.select("math"):
        formula.replace_with(" " + " ".join(formula.stripped_strings) + " ")
    for element in article.select("h1, h2, h3, p, li, dd, td, th, summary, .admonition-title"):
        text = re.sub(r"[ \n]+", " ", element.get_text())
        yield from re.split(rf"(?<=[.!?:;][{NOTE}])\s|(?<=[.!?:])\s", text)


def line_of(language, page, written):
    """The line of the source in which a number, as written, stands first."""
    lines = (DOCS / language / f"{page}.md").read_text(encoding="utf-8").replace("{,}", ",").splitlines()
    return next((i for i, line in enumerate(lines, 1) if re.search(rf"(?<!\d){re.escape(written)}(?!\d)", line)), "?")


def unproven(site, language, page):
    """What to complain about: one line for each number that nothing proves."""
    proven = printed(site, language, page)
    found = []
    for sentence in sentences(site, language, page):
        if NOTE in sentence:
            continue
        for written, value in numbers(sentence, language):
            if telling(value) and value not in proven:
                place = f"docs/{language}/{page}.md, line {line_of(language, page, written)}"
                found.append(f"{place}: {written} is printed by no program of the page, and no note gives its source")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_number_is_proven(site, language, page):
    problems = unproven(site, language, page)
    assert not problems, "\n" + "\n".join(dict.fromkeys(problems))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_captions_compute_their_numbers(language, page):
    for block in blocks(language, page):
        if not block["program"]:
            words = [n.value for n in ast.walk(ast.parse(block["code"])) if isinstance(n, ast.Constant)]
            typed = [w for text in words if isinstance(text, str) for w, v in numbers(text, language) if telling(v)]
            assert not typed, f"docs/{language}/{page}.md, block {block['id']}: write {typed} as {{…}}, from a program"


@pytest.mark.parametrize(("language", "wrong"), [("it", "2,6"), ("en", "2.6")])
def test_a_wrong_number_is_caught(site, tmp_path, language, wrong):
    right = wrong.replace("6", "5")
    for lang in LANGUAGES:
        folder = tmp_path if lang == "it" else tmp_path / lang
        (folder / "feedforward").mkdir(parents=True)
        page = copy(html(site, lang, "feedforward"))
        if lang == language:
            for text in page.find_all(string=lambda s: s and right in s):
                if not text.find_parent(("pre", "figure")):
                    text.replace_with(text.replace(right, wrong))
        (folder / "feedforward" / "index.html").write_text(str(page), encoding="utf-8")
    problems = unproven(tmp_path, language, "feedforward")
    assert problems and all(f"docs/{language}/feedforward.md, line" in p and wrong in p for p in problems)
