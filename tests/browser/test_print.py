"""A printed page in a real Chromium: black on white from either scheme, whole, with nothing to press; its solutions."""

# ruff: noqa: F811 (fixtures are asked for by their name)

import re

import pytest
from conftest import SITE_URL
from pages import LANGUAGES, PAGES, html, source
from test_browser import SCHEMES, browser, path, visit  # noqa: F401

# An A4 sheet without its margins, in CSS pixels: 170 by 260 mm.
SHEET = {"width": 643, "height": 983}
# What is printed, measured in one go: everything in the page that is seen.
PAPER = """() => {
    const colours = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const light = (colour) => {  // relative luminance, on white paper; WCAG 2
        colours.fillStyle = "white";
        colours.fillRect(0, 0, 1, 1);
        colours.fillStyle = colour;
        colours.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...colours.getImageData(0, 0, 1, 1).data].map(
            (c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const seen = [...document.body.querySelectorAll("*")]
        .filter((e) => e.checkVisibility({ visibilityProperty: true }));
    const speaks = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    const named = (e) => `${e.localName} ${e.getAttribute("class") ?? ""}: ${e.textContent.trim().slice(0, 40)}`;
    const box = (e) => e.getBoundingClientRect();
    const article = document.querySelector("article");
    const inside = seen.filter((e) => article.contains(e));
    return {
        paper: [document.documentElement, document.body].map((e) => getComputedStyle(e).backgroundColor),
        ink: getComputedStyle(document.querySelector("article h1")).color,
        colours: [...new Set(inside.map((e) => [e, getComputedStyle(e)]).map(([e, s]) => [e.localName,
            e.getAttribute("class"), s.color, s.backgroundColor, s.fill, s.stroke, s.borderLeftColor].join(" ")))],
        pale: inside.filter((e) => speaks(e) && !e.closest("svg"))  // in a figure, words may stand on a colour
            .filter((e) => 1.05 / (light(getComputedStyle(e).color) + 0.05) < 4.5).map(named),
        pressed: seen.filter((e) => e.matches("button, input, select, form, textarea, [role=tooltip], [role=dialog]"))
            .map(named),
        outside: seen.filter((e) => speaks(e) && !article.contains(e) && !e.closest("script, style")).map(named),
        icons: inside.filter((e) => e.matches(".headerlink, .md-content__button, .md-code__nav, .footnote-backref"))
            .map(named),
        wide: inside.filter((e) => !e.closest("math") && box(e).width)
            .filter((e) => box(e).right > innerWidth + 1 || box(e).left < -1).map(named),
        cut: inside.filter((e) => !e.closest("svg, math") && e.scrollWidth > e.clientWidth + 1 && e.clientWidth
            && getComputedStyle(e).overflowX !== "visible").map(named),
        folded: [...article.querySelectorAll("details:not(.cite) > :not(summary, a)")]
            .filter((e) => e.textContent.trim() && !e.checkVisibility()).map(named),
        split: inside.filter((e) => e.matches("figure, table"))
            .filter((e) => getComputedStyle(e).breakInside !== "avoid").map(named),
        links: inside.filter((e) => e.matches("a[href^='http']")).map((a) =>
            [a.getAttribute("href"), a.textContent + getComputedStyle(a, "::after").content]),
        end: article.querySelector(".colophon").innerText,
    };
}"""


def print_begins(page):
    """Bring the page to where it is when a browser prints it."""
    page.wait_for_load_state()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")


def print_ends(page):
    """Bring it back to the screen."""
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")


def chosen(page, scheme):
    """Choose light or dark as a reader does, then look at the page as it is printed."""
    page.evaluate("s => document.querySelector(`input[data-md-color-scheme=${s}]`).click()", SCHEMES[scheme])
    print_begins(page)
    paper = page.evaluate(PAPER)
    print_ends(page)
    return paper


def address(href, words):
    """Whether a printed link says where it leads: its address, or the name by which anybody finds it."""
    name = re.fullmatch(r"https://(?:arxiv\.org/abs|doi\.org)/(.+)", href)
    return (name[1] if name else href) in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_on_paper(visit, language):
    window = visit(width=SHEET["width"])
    names = PAGES if language == LANGUAGES[0] else ("index", "feedforward", "glossary")  # the same templates
    for name, page in zip(names, window.go_to_all(path(language, name) for name in names), strict=True):
        where = f"{language}/{name}"
        page.set_viewport_size(SHEET)
        paper = {scheme: chosen(page, scheme) for scheme in SCHEMES}
        assert paper["light"]["colours"] == paper["dark"]["colours"], where
        dark = paper["dark"]
        assert dark["paper"] == ["rgb(255, 255, 255)"] * 2 and dark["ink"] == "rgb(0, 0, 0)", where
        for what in ("pale", "pressed", "outside", "icons", "wide", "cut", "folded", "split"):
            assert dark[what] == [], f"{where}: {what}"
        assert [link for link in dark["links"] if not address(*link)] == [], where
        assert SITE_URL + path(language, name) in dark["end"], where
        assert "https://creativecommons.org/licenses/" in dark["links"][-1][0], where
    assert window.wrong == []


def printed(page):
    """What Chromium itself prints: (how many sheets, [solutions meanwhile in the page, of which at its end])."""
    page.wait_for_load_state()  # the page's own listener comes first
    for figure in page.locator("article [data-live]").all():  # none comes alive between before and after
        figure.scroll_into_view_if_needed()
        figure.and_(page.locator("[data-ready]")).wait_for()
    page.evaluate(
        """addEventListener("beforeprint", () => {
            const solutions = [...document.querySelectorAll("details.tip")];
            window.meanwhile = [solutions.length, solutions.filter(s => s.closest(".solutions")).length];
        })"""
    )
    before = page.locator("article").inner_html()
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    assert page.locator("article").inner_html() == before, "not as it was before it was printed"
    return sheets, page.evaluate("meanwhile")


def test_a_live_figure_is_printed_as_the_page_begins_it(visit, site):
    tried = 0
    for name in PAGES:
        live = html(site, LANGUAGES[0], name).select("[data-live]")
        if not live:
            continue
        page = visit().go(path(LANGUAGES[0], name))
        for figure in live:
            here = page.locator(f"#{figure['id']}")
            here.scroll_into_view_if_needed()
            page.wait_for_selector(f"#{figure['id']}[data-ready]")
            alive = here.inner_html()
            print_begins(page)
            assert page.locator("[data-live]").count() == 0
            drawn = page.locator("article figure > svg").evaluate_all("all => all.map(e => e.textContent.trim())")
            assert figure.svg.get_text().strip() in drawn, name
            captions = page.locator("article figure > figcaption").evaluate_all(
                "all => all.map(e => getComputedStyle(e).display)"
            )
            assert captions and "none" not in captions, f"{name}: each drawing has its own caption"
            print_ends(page)
            assert here.inner_html() == alive, name
            tried += 1
    assert tried


@pytest.mark.parametrize("language", LANGUAGES)
def test_solutions_at_the_end_or_left_out(visit, language):
    window = visit(scheme="dark")
    lesson = path(language, "feedforward")
    solutions = source(language, "feedforward").source.count("??? tip")
    sheets, meanwhile = printed(window.go(lesson))
    assert meanwhile == [solutions, solutions] and sheets <= 9
    fewer, meanwhile = printed(window.go(f"{lesson}?solutions=none"))
    assert meanwhile == [0, 0] and fewer < sheets
    assert window.wrong == []


def test_solutions_have_the_numbers_of_their_exercises(site):
    for name in PAGES:  # on paper they are counted
        page = html(site, LANGUAGES[0], name)
        bold = [strong.text for strong in page.select("article p > strong:first-child")]
        numbers = [int(text[:-1]) for text in bold if re.fullmatch(r"\d+\.", text)]
        assert numbers == list(range(1, len(page.select("details.tip")) + 1)), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_offers_both_ways_to_print(visit, language):
    page = visit().go(path(language, "feedforward") + "#batch")
    page.evaluate("() => { window.asked = 0; window.print = () => { asked += 1; }; }")
    end, none = page.locator(".printing button").all()
    for times, (button, value) in enumerate(((none, "none"), (end, "end")), start=1):
        button.focus()
        page.keyboard.press("Enter")
        assert page.evaluate("[asked, location.search, location.hash]") == [times, f"?solutions={value}", "#batch"]
    assert visit().go(path(language, "glossary")).locator(".printing").count() == 0


def test_printed_without_javascript(visit):
    window = visit(width=SHEET["width"], scheme="dark", java_script_enabled=False)
    page = window.go(path(LANGUAGES[0], "feedforward"))
    assert not page.locator(".printing").is_visible()
    page.emulate_media(media="print")
    hidden = "all => all.filter(e => e.textContent.trim() && !e.checkVisibility()).length"
    assert page.locator("article details:not(.cite) > :not(summary, a)").evaluate_all(hidden) == 0
    assert not page.locator(".solutions").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
