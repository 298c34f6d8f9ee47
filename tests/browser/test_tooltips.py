"""Terms, the glossary, the switch of languages, headings on a phone, as readers use them, in a real Chromium."""

import re

import pytest
from pages import LANGUAGES, PROJECT
from test_browser import SCHEMES, WIDTHS, browser, path, until, visit  # noqa: F401

OPEN = ".definition:popover-open"


def boxes(page, term):
    """Where the open definition and the pieces of its term are in the window, and its header's lower edge."""
    return page.evaluate(
        """([term, open]) => [document.querySelector(open).getBoundingClientRect().toJSON(),
            [...document.querySelectorAll(term)[2].getClientRects()].map(r => r.toJSON()),
            document.querySelector(".md-header").getBoundingClientRect().bottom]""",
        [term, OPEN],
    )


def third_term(window, language, page="weights"):
    """A page with its third term in the middle of the window: (page, term, its definition)."""
    page = window.go(path(language, page))
    term = page.locator("article a.term").nth(2)
    until(page, "one => one.hasAttribute('aria-describedby')", arg=term.element_handle())
    definition = page.evaluate("id => document.getElementById(id).textContent", term.get_attribute("aria-describedby"))
    term.evaluate("one => one.scrollIntoView({ block: 'center', behavior: 'instant' })")
    assert not page.locator(OPEN).count() and len(definition) > 20
    return page, term, definition


def is_shown(page, definition):
    box = page.locator(OPEN)
    box.wait_for()
    assert box.locator("[role=tooltip]").inner_text() == definition
    return box


@pytest.mark.parametrize("width", WIDTHS.values())
@pytest.mark.parametrize("language", LANGUAGES)
def test_definition_opens_under_the_pointer_and_beside_its_line(visit, language, width):  # noqa: F811
    window = visit(width=width)
    page, term, definition = third_term(window, language)
    term.hover()
    box = is_shown(page, definition)
    there, lines, header = boxes(page, "article a.term")
    assert there["left"] >= 0 and there["right"] <= width and there["top"] >= header
    assert all(there["bottom"] <= line["top"] or there["top"] >= line["bottom"] for line in lines), "it covers its term"
    box.hover()  # WCAG 1.4.13: the pointer may go to it, and it stays
    page.wait_for_timeout(400)
    is_shown(page, definition)
    page.keyboard.press("Escape")
    box.wait_for(state="hidden")
    term.hover()
    is_shown(page, definition)
    page.mouse.move(1, 1)
    page.locator(OPEN).wait_for(state="hidden")
    assert window.wrong == []


def test_definition_goes_below_for_want_of_room_above(visit):  # noqa: F811
    page, term, definition = third_term(visit(width=375), LANGUAGES[0])
    term.evaluate("one => scrollBy({ top: one.getBoundingClientRect().top - 60, behavior: 'instant' })")
    term.hover()
    is_shown(page, definition)
    there, lines, _ = boxes(page, "article a.term")
    assert there["top"] >= lines[-1]["bottom"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_definition_by_keyboard(visit, language):  # noqa: F811
    window = visit()
    page, term, definition = third_term(window, language)
    term.evaluate(
        """one => { const stops = [...document.querySelectorAll("article :is(a[href], button, summary)")];
            stops[stops.indexOf(one) - 1].focus(); }"""
    )
    page.keyboard.press("Tab")
    assert term.evaluate("one => one === document.activeElement")
    is_shown(page, definition)
    page.keyboard.press("Escape")
    page.locator(OPEN).wait_for(state="hidden")
    assert term.evaluate("one => one === document.activeElement"), "the reader stays where they were"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    is_shown(page, definition)
    page.keyboard.press("Tab")
    assert page.evaluate("open => !document.querySelector(open)?.contains(document.activeElement)", OPEN)
    until(page, "text => document.querySelector('.definition:popover-open')?.innerText != text", arg=definition)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{path(language, 'glossary')}#*")
    page.wait_for_load_state("networkidle")
    assert window.wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_definition_by_touch_and_the_way_to_the_lesson(visit, language):  # noqa: F811
    window = visit(width=375, has_touch=True)
    page, term, definition = third_term(window, language)
    start, mark = page.url, term.get_attribute("href").partition("#")[2]
    term.tap()
    box = is_shown(page, definition)
    assert page.url == start
    page.locator("article h1").tap(force=True)
    box.wait_for(state="hidden")
    term.tap()
    more = is_shown(page, definition).locator("a")
    assert more.inner_text() == PROJECT.words(language)["term_more"] and more.bounding_box()["height"] >= 24
    more.tap()
    page.wait_for_url(f"**/{path(language, 'glossary')}#{mark}")
    assert page.locator(f"[id={mark}]").bounding_box()["y"] < 450
    page.wait_for_load_state("networkidle")
    page.locator(f"[id={mark}] + dd .lesson a").tap()
    page.wait_for_url(re.compile(rf"/{path(language, 'llm')}#connections$"))
    for _ in range(2):
        page.wait_for_load_state("networkidle")
        page.go_back()
    page.wait_for_load_state("networkidle")
    term.tap()
    is_shown(page, definition)
    term.tap()  # the second follows the link
    page.wait_for_url(f"**/{path(language, 'glossary')}#{mark}")
    page.wait_for_load_state("networkidle")
    assert window.wrong == []


def test_a_term_is_a_link_without_javascript(visit):  # noqa: F811
    window = visit(java_script_enabled=False)
    page = window.go("weights/")
    term = page.locator("article a.term").first
    assert len(term.get_attribute("title")) > 20
    term.click()
    page.wait_for_url("**/glossary/#*")
    assert window.wrong == []


CONTRAST = """([selector, property]) => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const light = (colour) => {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(v => v / 255)
            .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const one = document.querySelector(selector), style = getComputedStyle(one);
    let paper = one;
    while (getComputedStyle(paper).backgroundColor == "rgba(0, 0, 0, 0)") paper = paper.parentElement;
    const [a, b] = [light(style[property]), light(getComputedStyle(paper).backgroundColor)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
}"""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_definition_and_menu_of_languages_can_be_seen(visit, scheme):  # noqa: F811
    page, term, _ = third_term(visit(scheme=scheme), LANGUAGES[0])
    until(page, "s => document.body.dataset.mdColorScheme == s", arg=SCHEMES[scheme])
    term.hover()
    page.locator(OPEN).wait_for()
    assert page.evaluate(CONTRAST, [f"{OPEN} span", "color"]) >= 7
    assert page.evaluate(CONTRAST, [f"{OPEN} a", "color"]) >= 4.5
    for edge in (OPEN, ".md-select__inner"):
        style = page.locator(edge).evaluate(
            "one => [getComputedStyle(one).borderStyle, getComputedStyle(one).borderWidth]"
        )
        assert style[0] == "solid" and float(style[1].removesuffix("px")) >= 1
        assert page.evaluate(CONTRAST, [edge, "borderTopColor"]) >= 3
    font = "all => parseFloat(getComputedStyle(all[0]).fontSize)"
    size, root = (page.locator(one).evaluate_all(font) for one in (OPEN, "html"))
    assert size >= 0.7 * root and size >= 14


@pytest.mark.parametrize(("width", "size"), [(WIDTHS["desktop"], 24), (WIDTHS["phone"], 44)])
def test_letters_are_large_enough_and_lead_to_their_entries(visit, width, size):  # noqa: F811
    window = visit(width=width, has_touch=width == WIDTHS["phone"])
    page = window.go(path(LANGUAGES[-1], "glossary"))
    letters = page.locator("nav.letters a")
    assert letters.count() > 15
    for box in letters.evaluate_all("all => all.map(a => a.getBoundingClientRect().toJSON())"):
        assert box["width"] >= size and box["height"] >= size and box["right"] <= width
    letters.last.click()
    last = letters.last.inner_text()
    first = page.locator(letters.last.get_attribute("href"))
    assert first.inner_text().upper().startswith(last) and first.bounding_box()["y"] < 900
    assert window.wrong == []


SCROLL = "id => scrollBy({ top: document.getElementById(id).getBoundingClientRect().top - 20, behavior: 'instant' })"


@pytest.mark.parametrize(("start", "end"), [("it", "en"), ("en", "it")])
def test_language_switch_keeps_the_place_of_who_merely_scrolled(visit, start, end):  # noqa: F811
    window = visit()
    page = window.go(path(start, "feedforward"))
    link = page.locator(f".md-select__link[hreflang={end}]")

    def asked(how):
        page.locator(".md-header .md-select").hover()
        how()
        return link.get_attribute("href").partition("#")[2]

    assert asked(lambda: link.dispatch_event("pointerdown")) == "", "at the top"
    page.evaluate(SCROLL, "batch")
    assert asked(lambda: link.dispatch_event("pointerdown")) == "batch", "a middle click, or the menu of a link"
    page.goto(page.url + "#activation")
    assert asked(lambda: link.dispatch_event("pointerdown")) == "activation"
    page.evaluate(SCROLL, "hidden")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{path(end, 'feedforward')}#hidden")
    assert page.locator("html").get_attribute("lang") == end
    assert 0 <= page.locator("#hidden").bounding_box()["y"] < 225
    assert window.wrong == []


def test_language_switch_keeps_the_entry_of_the_glossary(visit):  # noqa: F811
    page = visit().go("glossary/")
    page.evaluate(SCROLL, "loss")
    page.locator(".md-header .md-select button").hover()
    link = page.locator(".md-select__link[hreflang=en]").bounding_box()
    # By hand: Playwright's own click would scroll the page.
    page.mouse.click(link["x"] + link["width"] / 2, link["y"] + link["height"] / 2)
    page.wait_for_url("**/en/glossary/#loss")


# The room that headings take, with the sign beside them and without it; how far the page goes when all signs show.
ROOM = """() => {
    const signs = [...document.querySelectorAll("article :is(h1, h2, h3) > .headerlink")];
    const all = signs.map(sign => [sign.parentElement, sign]);
    const heights = () => all.map(([h]) => h.getBoundingClientRect().height);
    for (const [, sign] of all) sign.style.opacity = 1;
    const before = heights(), width = document.documentElement.scrollWidth;
    for (const [, sign] of all) sign.style.display = "none";
    return [before, heights(), width];
}"""


@pytest.mark.parametrize("width", [320, WIDTHS["phone"], 412])
def test_the_sign_beside_a_heading_takes_no_room(visit, width):  # noqa: F811
    window = visit(width=width)
    for language in LANGUAGES:
        for page in window.go_to_all(path(language, name) for name in ("weights", "learning", "open-models")):
            before, after, right = page.evaluate(ROOM)
            assert before == after and len(before) > 8 and right <= width


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_note_opens_where_it_is_cited(visit, language):  # noqa: F811
    window = visit(width=375)
    page = window.go(path(language, "weights"))
    cited = page.locator("article a.footnote-ref").first
    note = page.locator(".footnote li").first
    link = note.locator("a[href^=http]").first.get_attribute("href")
    cited.evaluate("one => one.scrollIntoView({ block: 'center', behavior: 'instant' })")
    cited.hover()
    box = page.locator(OPEN)
    box.wait_for()
    assert box.locator("a").first.get_attribute("href") == link and not box.locator(".footnote-backref").count()
    assert box.inner_text()[:20] == note.text_content().strip()[:20]
    cited.click()
    page.wait_for_url("**#fn:*")
    assert window.wrong == []
