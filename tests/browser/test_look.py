"""The look in a real Chromium: face, colours and their contrast, figures, code and tables, on a phone and a desktop."""

# ruff: noqa: F811 (fixtures are asked for by their name)

import time

import pytest
from pages import LANGUAGES
from test_browser import browser, path, visit  # noqa: F401

# The interface, and what stands beside the text: never in the text's face.
BESIDE = (
    ".md-header",
    ".md-nav",
    ".md-search__input",
    ".md-footer",
    "article figcaption",
    "article summary",
    "article table",
)


def faces(window, page, selector):
    """The faces that some elements are really written in."""
    session = window.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    found = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": selector})["nodeIds"]
    fonts = [session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"] for node in found]
    session.detach()
    return {font["familyName"] for some in fonts for font in some if font["glyphCount"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_is_in_its_own_face_and_the_interface_in_the_systems(visit, language):
    window = visit()
    page = window.go(path(language, "transformer"))
    page.reload(wait_until="networkidle")  # the first time, a slow machine keeps its own serif
    assert faces(window, page, "article > h1") == faces(window, page, "article > p > em") == {"Literata"}
    for selector in BESIDE:
        assert page.locator(selector).count() and "Literata" not in faces(window, page, f"{selector}, {selector} *"), (
            selector
        )


@pytest.mark.parametrize("width", [375, 1366])
@pytest.mark.parametrize("late", [False, True])
def test_nothing_moves_while_a_page_loads(visit, width, late):
    window = visit(width=width)
    page = window.tab()
    if late:  # its fonts come when the page has long been read
        page.route("**/*.woff2", lambda route: (time.sleep(1.5), route.continue_()))
    page.add_init_script(
        "self.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(e => { moved += e.value; }))"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    page.goto(window.address + path("it", "training"), wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(500)
    assert page.evaluate("moved") < 0.005
