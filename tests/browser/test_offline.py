"""The zip of the site, unpacked and opened from its folder in a real Chromium: nothing is asked of any host."""

# ruff: noqa: F811 (fixtures are asked for by their name)

import io
import re
import zipfile
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from course import offline
from pages import LANGUAGES
from test_browser import Visit, browser, path, until  # noqa: F401

# What moves each live figure: a state that it did not begin with.
MOVES = {
    "descent-explorer": {"rate": 0.1, "steps": 7},
    "feedforward-explorer": {"activation": "relu"},
    "matrix-product": {"A": [[1, 2]], "B": [[3], [4]]},
    "next-letter": {"prefix": "san gio"},
    "parameter-calculator": {"context": 9},
    "temperature-dial": {"temperature": 0.5},
    "training-scrubber": {"step": 500},
}


@pytest.fixture(scope="module")
def folder(site, tmp_path_factory):
    """The folder that the zip unpacks."""
    packed, where = offline.make(site), tmp_path_factory.mktemp("a folder è")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None and {entry.date_time[0] for entry in archive.infolist()} == {1980}
        archive.extractall(where)
    assert [one.name for one in where.iterdir()] == [offline.FOLDER]
    return where / offline.FOLDER


@pytest.fixture
def window(browser, folder):
    one = Visit(browser, f"{folder.as_uri()}/")
    yield one
    one.context.close()
    assert one.wrong == []


def test_every_link_leads_to_a_file(folder):
    there, inside = {}, []
    for page in folder.rglob("*.html"):
        tags = " ".join(offline.TAG.findall(page.read_text(encoding="utf-8")))
        there[page.as_uri()] = set(re.findall(r' id="([^"]+)"', tags))
        for link in re.findall(r' (?:href|src|data-script|data-index)="([^"]*[/.#][^"]*)"', tags):
            inside.append((page.as_uri(), urljoin(page.as_uri(), unescape(link))))
    inside = [(page, urlsplit(link)) for page, link in inside if link.startswith("file:")]
    assert len(inside) > 2000
    for page, link in inside:
        assert (folder / unquote(link.path)).is_file(), f"{page}: {link.geturl()}"
        ids = there.get(f"file://{link.path}")
        assert not link.fragment or not ids or unquote(link.fragment) in ids, f"{page}: {link.geturl()}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_navigation_language_and_formulas(window, language):
    other = next(one for one in LANGUAGES if one != language)
    page = window.go(path(language, "matrices") + "index.html")
    page.locator(".md-footer__link--next").click()
    page.wait_for_url(f"**/{path(language, 'feedforward')}index.html")
    page.wait_for_load_state()
    page.evaluate("location.hash = 'exercises'")
    page.locator(".md-select").hover()
    page.locator(f".md-select__link[hreflang={other}]").click()
    # The section, or the first below its title: what is above is drawn as the page scrolls, and moves it a little.
    page.wait_for_url(re.compile(rf"/{path(other, 'feedforward')}index\.html#(exercises|by-hand)$"))
    formula = page.locator("article math[display=block]").first
    formula.scroll_into_view_if_needed()
    until(page, "formula => formula.getBoundingClientRect().height > 10", arg=formula.element_handle())
    page.evaluate("document.fonts.ready")
    faces = "[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family)"
    assert {"Literata", "Iosevka", "STIX Two Math"} <= set(page.evaluate(faces))


@pytest.mark.parametrize(("language", "words", "place"), [("it", "matirci", "matrices"), ("en", "softmx", "glossary")])
def test_search(window, language, words, place):
    page = window.go(path(language, "llm") + "index.html")
    page.locator(".md-search input").focus()
    until(page, "!!window.searchIndex")
    page.locator(".md-search input").fill(words)
    page.locator(".md-search-result__link mark").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/{path(language, place)}index.html#"))
    until(page, "CSS.highlights.get('found')?.size")


def test_every_live_figure_moves(window, folder):
    moved = set()
    for file in sorted((folder / LANGUAGES[-1]).rglob("index.html")):
        figures = set(re.findall(r"<([\w-]+)[^>]* data-live=", file.read_text(encoding="utf-8"))) - moved
        page = window.go(file.relative_to(folder).as_posix()) if figures else None
        for name in figures:
            here = page.locator(name).first
            here.scroll_into_view_if_needed()
            here.and_(page.locator("[data-ready]")).wait_for()
            shown = "async f => JSON.stringify([await f.result, f.innerText])"
            was = here.evaluate(shown)
            here.evaluate("(f, state) => { f.state = state }", MOVES[name])
            assert here.evaluate(shown) != was, name
        moved |= figures
    assert moved == MOVES.keys()
