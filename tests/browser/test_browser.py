"""The built site in a real Chromium: both languages, light and dark, phone and desktop, with and without JavaScript."""

import itertools
import os
import re
import time
from urllib.parse import urlsplit

import pytest
from conftest import PREFIX
from course.book import chromium
from pages import LANGUAGES, PAGES
from playwright.sync_api import sync_playwright

HOW = "no Chromium: install one (Debian: apt-get install chromium; elsewhere: python -m playwright install chromium)"
WIDTHS = {"phone": 375, "desktop": 1280}
SCHEMES = {"light": "default", "dark": "slate"}


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        path = chromium()
        if not path and not os.path.exists(playwright.chromium.executable_path):  # noqa: PTH110
            if os.environ.get("CI") == "true":
                pytest.fail(HOW)
            pytest.skip(HOW)
        # The sandbox of Chromium needs a kernel feature that containers seldom have; the pages are our own.
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


class Visit:
    """A browser window that notes whatever goes wrong in its tabs."""

    def __init__(self, browser, address, width=1280, scheme="light", **options):
        self.context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
        self.address = address
        self.wrong = []

    def tab(self):
        page = self.context.new_page()
        page.on(
            "console", lambda m: self.wrong.append(f"console: {m.text}") if m.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("requestfailed", self.check_failure)
        page.on(
            "response",
            lambda answer: self.wrong.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None,
        )
        page.on("request", self.check_host)
        return page

    def check_failure(self, request):
        # What the browser itself drops, as the icon of a page that is loaded again, is no failure of the site.
        if request.failure != "net::ERR_ABORTED":
            self.wrong.append(f"failed ({request.failure}): {request.url}")

    def check_host(self, request):
        host = urlsplit(request.url).netloc
        if host not in ("", urlsplit(self.address).netloc):
            self.wrong.append(f"another host: {request.url}")

    def go(self, path):
        """Open a page and wait until it asks for nothing more."""
        return next(self.go_to_all([path]))

    def go_to_all(self, paths):
        """Open pages side by side, each in a tab: they load while others are looked at."""
        tabs = []
        for path in paths:
            tabs.append(self.tab())
            tabs[-1].goto(self.address + path, wait_until="commit")
        for tab in tabs:
            tab.wait_for_load_state("networkidle")
            yield tab


@pytest.fixture
def visit(browser, address):
    """Open windows on the site: visit(width, scheme, …)."""
    visits = []

    def new(**options):
        visits.append(Visit(browser, address, **options))
        return visits[-1]

    yield new
    for one in visits:
        one.context.close()


def until(page, script, arg=None):
    """Wait until a script says yes. Playwright's own way makes it anew in the page, which the page's policy forbids."""
    end = time.monotonic() + 30
    while not page.evaluate(script, arg):
        assert time.monotonic() < end, script
        page.wait_for_timeout(50)


def path(language, page):
    return ("" if language == "it" else f"{language}/") + ("" if page == "index" else f"{page}/")


# What a page looks like in this window: measured in one go, once its colours and fonts have settled.
LOOK = """async scheme => {
    for (const part of document.querySelector("article").children) part.style.contentVisibility = "visible";
    await document.fonts.ready;
    const settled = () => document.body.dataset.mdColorScheme == scheme;
    for (let i = 0; i < 100 && !settled(); i++) await new Promise(resolve => setTimeout(resolve, 20));
    for (const animation of document.getAnimations()) if (animation instanceof CSSTransition) animation.finish();
    const visible = (selector) =>
        [...document.querySelectorAll(selector)].filter(e => !e.closest("details:not([open]), .definition"));
    return {
        width: document.documentElement.scrollWidth,
        paper: getComputedStyle(document.body).backgroundColor,
        ink: getComputedStyle(document.querySelector("article p")).color,
        formulas: visible("article math").map(m => m.getBoundingClientRect().height),
        font: [...document.fonts].some(f => f.family.includes("STIX") && f.status == "loaded"),
        figures: visible("article figure svg").map(svg => svg.getBoundingClientRect().toJSON()),
    };
}"""


def light(colour):
    """How light a colour is, from 0 to 765."""
    return sum(map(int, re.findall(r"\d+", colour)[:3]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page(visit, language):
    window = visit(width=WIDTHS["phone"])
    for name, page in zip(PAGES, window.go_to_all(path(language, name) for name in PAGES), strict=True):
        for (device, width), scheme in itertools.product(WIDTHS.items(), SCHEMES):
            where = f"{language}/{name}, {scheme}, {device}"
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate("s => document.querySelector(`input[data-md-color-scheme=${s}]`).click()", SCHEMES[scheme])
            look = page.evaluate(LOOK, SCHEMES[scheme])
            assert look["width"] <= width, f"{where}: scrolls sideways"
            assert (light(look["paper"]) > light(look["ink"])) == (scheme == "light"), where
            assert all(height > 8 for height in look["formulas"]), where
            assert bool(look["formulas"]) <= look["font"], f"{where}: formulas without their font"
            for box in look["figures"]:
                assert box["width"] > 200 and box["right"] <= width and box["height"] > 80, where
        assert window.wrong == [], f"{language}/{name}"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_scheme_is_the_one_the_reader_prefers(visit, scheme):
    look = visit(scheme=scheme).go("llm/").evaluate(LOOK, SCHEMES[scheme])
    assert (light(look["paper"]) > light(look["ink"])) == (scheme == "light")


def test_brackets_of_a_matrix_stretch(visit):
    page = visit().go("matrices/")
    row, bracket = page.evaluate(
        "(() => { const m = document.querySelector('math mtable'); const o = m.previousElementSibling;"
        " return [m.getBoundingClientRect().height, o.getBoundingClientRect().height] })()"
    )
    assert bracket >= 0.9 * row


@pytest.mark.parametrize(("start", "end"), [("it", "en"), ("en", "it")])
def test_language_switch_stays_on_page_and_section(visit, start, end):
    window = visit()
    page = window.go(path(start, "feedforward") + "#activation")
    page.locator(".md-header .md-select").hover()
    page.locator(f".md-select__link[hreflang={end}]").click()
    page.wait_for_url(f"**/{path(end, 'feedforward')}#activation")
    assert page.locator("html").get_attribute("lang") == end
    assert window.wrong == []


def test_a_key_pressed_beside_a_field_does_not_leave_the_page(visit):
    page = visit().go("feedforward/")
    page.locator("article h2").first.click()
    for key in (".", ",", "n", "p"):
        page.keyboard.press(key)
        page.wait_for_timeout(300)
        assert urlsplit(page.url).path == f"{PREFIX}feedforward/", key
    page.keyboard.press("/")
    assert page.locator(".md-search input").evaluate("box => box == document.activeElement")


@pytest.mark.parametrize(("device", "shown"), [("phone", False), ("desktop", True)])
def test_the_button_to_the_top_covers_nothing_on_a_phone(visit, device, shown):
    page = visit(width=WIDTHS[device]).go("llm/")
    for way in (2000, -300):  # it comes when one scrolls back
        page.mouse.move(150, 400)
        page.mouse.wheel(0, way)
        page.wait_for_timeout(500)
    assert page.locator(".md-top").is_visible() == shown
    if shown:  # low beside the text, no larger than its words
        box, text = page.locator(".md-top").bounding_box(), page.locator("article").bounding_box()
        assert box["height"] < 60 and box["y"] > 600 and box["x"] >= text["x"] + text["width"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_readable_without_javascript(visit, language):
    window = visit(width=375, java_script_enabled=False)
    pages = PAGES if language == "it" else ("index", "feedforward", "glossary")  # the same templates
    for page in window.go_to_all(path(language, name) for name in pages):
        assert page.locator("article h1").is_visible()
        hidden = "all => all.filter(p => !p.closest('details') && !p.getBoundingClientRect().height).length"
        assert page.locator("article p").evaluate_all(hidden) == 0
        assert page.locator("article figure svg").count() == 0 or page.locator("article figure svg").first.is_visible()
        if page.locator("article details").count():
            page.locator("article details summary").first.click()
            assert page.locator("article details[open] > :not(summary)").first.is_visible()
    assert window.wrong == []


@pytest.mark.parametrize("path_", ["nowhere/", "en/nowhere/"])
def test_a_missing_page_helps_in_both_languages(visit, path_):
    window = visit()
    page = window.go(path_)
    assert [message for message in window.wrong if "nowhere" not in message and "404" not in message] == []
    assert (
        page.locator("article section[lang=en]").is_visible()
        and page.locator("h1").inner_text() == "Pagina non trovata"
    )
    page.locator("article section[lang=en] a").first.click()
    page.wait_for_url(f"**{PREFIX}en/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_program_is_copied_as_it_is(visit, language, site):
    window = visit(permissions=["clipboard-read", "clipboard-write"])
    page = window.go(path(language, "matrices"))
    page.wait_for_selector(".md-code__button", state="attached")
    listing = page.locator(".language-python.highlight:not(details *)", has=page.locator("pre")).first
    listing.scroll_into_view_if_needed()
    listing.locator(".md-code__button").click()
    page.wait_for_selector(".md-code__button--active")
    copied = page.evaluate("navigator.clipboard.readText()")
    programs = [file.read_text(encoding="utf-8").splitlines() for file in (site / "snippets").glob("*.py")]
    wanted = [line.strip() for line in copied.splitlines()]
    runs = [[line.strip() for line in text] for text in programs]
    assert len(wanted) > 1 and any(
        wanted == text[at : at + len(wanted)] for text in runs for at in range(len(text) - len(wanted) + 1)
    )
    assert page.locator(".language-text .md-code__button").count() == 0
    assert window.wrong == []


def test_an_address_opens_what_is_folded(visit):
    page = visit().go("llm/")
    inner = page.evaluate("""() => {
        const one = [...document.querySelectorAll("details p")].find((p) => !p.closest("details[open]"));
        one.id = "inner";
        location.hash = "inner";
        return one.closest("details").querySelector("summary").innerText;
    }""")
    assert inner
    page.wait_for_selector("#inner", state="visible")
    assert 0 <= page.locator("#inner").bounding_box()["y"] < 900


def test_what_is_far_from_the_screen_is_not_laid_out_yet(visit):
    page = visit().go("feedforward/")
    skipped = "all => all.filter(one => !one.checkVisibility({ contentVisibilityAuto: true })).length"
    assert page.locator("article > p *").evaluate_all(skipped) > 10
    page.locator("article > h2").last.scroll_into_view_if_needed()
    assert page.locator("article > h2").last.is_visible()


@pytest.mark.parametrize(("language", "gone"), [("it", "strato-nascosto.html"), ("en", "en/hidden_layer/")])
def test_a_missing_page_offers_to_search_for_its_words(visit, language, gone):
    page = visit().go(gone)
    page.locator(f"article section[lang={language}] a.look").press("Enter")
    page.wait_for_url(f"**{path(language, 'index')}?q=*")
    words = {"it": "strato nascosto", "en": "hidden layer"}[language]
    assert page.locator(".md-search__input").input_value() == words
    page.locator(".md-search-result__link").first.wait_for()
    assert "#hidden" in page.locator(".md-search-result__link").first.get_attribute("href")
