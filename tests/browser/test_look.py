"""The look in a real Chromium: face, colours and their contrast, figures, code and tables, on a phone and a desktop."""

# ruff: noqa: F811 (fixtures are asked for by their name)

import itertools
import time

import pytest
from pages import LANGUAGES, PAGES
from test_browser import SCHEMES, browser, path, until, visit  # noqa: F401

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

# A page for each colour that means something, in text, formulas and programs.
ROLES_SHOWN = {"feedforward": ("weight", "value", "bias"), "letters": ("weight", "chance")}


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


@pytest.mark.parametrize("name", ["training", "index"])
@pytest.mark.parametrize("width", [375, 1366])
@pytest.mark.parametrize("late", [False, True])
def test_nothing_moves_while_a_page_loads(visit, width, late, name):
    phone = {"has_touch": True, "is_mobile": True} if width < 500 else {}
    window = visit(width=width, **phone)
    page = window.tab()
    if late:  # its fonts, and the style of its live figures, come when the page has long been read
        for files in ("**/*.woff2", "**/live.css"):
            page.route(files, lambda route: (time.sleep(1.5), route.continue_()))
    page.add_init_script(
        "self.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(e => { moved += e.value; }))"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    page.goto(window.address + path("it", name), wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(500)
    assert page.evaluate("moved") < 0.005


# The texts of each figure: their boxes without the room above and below the letters, their size as seen, how far they
# stand out from what is behind them; and the marks that stand out too little.
FIGURES = """() => {
    const rgba = (text) => { const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number); return [r, g, b, a]; };
    const over = ([r, g, b, a], under, much) => [r, g, b].map((c, i) => c * a * much + under[i] * (1 - a * much));
    const light = (c) => c.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort(); return (y + 0.05) / (x + 0.05); };
    const paper = rgba(getComputedStyle(document.body).backgroundColor).slice(0, 3);
    return [...document.querySelectorAll("article figure.drawing svg")].map(svg => {
        const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
        const shapes = [...svg.querySelectorAll("rect, circle")];
        const filled = (shape, under) => {
            const style = getComputedStyle(shape);
            if (style.fill == "none") return under;
            return over(rgba(style.fill), under, style.fillOpacity * style.opacity);
        };
        const written = [...svg.querySelectorAll("text")].filter(text => text.getBoundingClientRect().width);
        const texts = written.map(text => {
            const box = text.getBoundingClientRect(), style = getComputedStyle(text), slack = box.height * 0.17;
            const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
            const behind = shapes.map(shape => [shape, shape.getBoundingClientRect()])
                .filter(([, r]) => r.left <= x && x <= r.right && r.top <= y && y <= r.bottom)
                .reduce((under, [shape]) => filled(shape, under), paper);
            return {
                text: text.textContent, size: parseFloat(style.fontSize) * scale,
                box: [box.left + 1, box.top + slack, box.right - 1, box.bottom - slack],
                contrast: contrast(rgba(style.fill).slice(0, 3), behind),
            };
        });
        const marks = [...svg.querySelectorAll(".bar, .curve, .edge, .road, .node, .frame:not([opacity])")]
            .filter(mark => !mark.matches(".grid")).map(mark => {
                const style = getComputedStyle(mark), what = mark.matches(".bar") ? "fill" : "stroke";
                const colour = over(rgba(style[what]), paper, style[`${what}Opacity`]);
                return [mark.getAttribute("class"), contrast(colour, paper)];
            });
        const { left, right } = svg.getBoundingClientRect();
        return { name: (svg.getAttribute("aria-label") ?? "").slice(0, 40), texts, marks, left, right };
    });
}"""


def figures_wrong(figure, sizes):
    """What is hard to read in a figure: texts too small or large, faint, cut off or one over another; faint marks."""
    for text in figure["texts"]:
        left, _, right, _ = text["box"]
        if not sizes[0] <= text["size"] <= sizes[1]:
            yield f"“{text['text']}” is {text['size']:.1f} px"
        if text["contrast"] < 4.5:
            yield f"“{text['text']}” has contrast {text['contrast']:.2f}"
        if left < figure["left"] - 4 or right > figure["right"] + 4:
            yield f"“{text['text']}” is cut off"
    for one, other in itertools.combinations(figure["texts"], 2):
        a, b = one["box"], other["box"]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]:
            yield f"“{one['text']}” and “{other['text']}” overprint"
    yield from {f"{mark} has contrast {found:.2f}" for mark, found in figure["marks"] if found < 3}


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_are_readable(visit, language):
    window = visit(width=375)
    window.context.route("**/live.js", lambda route: route.abort())  # first the drawings that live figures begin from
    wrong, looked = [], 0
    for name, page in zip(PAGES, window.go_to_all(path(language, name) for name in PAGES), strict=True):
        for (width, sizes), scheme in itertools.product({375: (12, 14), 1366: (14, 16)}.items(), SCHEMES.values()):
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate("s => document.querySelector(`input[data-md-color-scheme=${s}]`).click()", scheme)
            for figure in page.evaluate(FIGURES):
                looked += len(figure["texts"])
                where = f"{language}/{name}, {scheme}, {width} px, “{figure['name']}”"
                wrong += [f"{where}: {what}" for what in figures_wrong(figure, sizes)]
        page.close()
    assert looked > 1500 and not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_live_figures_are_readable(visit, language):
    window = visit(width=375)
    for name, page in zip(PAGES, window.go_to_all(path(language, name) for name in PAGES), strict=True):
        for figure in page.locator("article [data-live]").all():
            figure.scroll_into_view_if_needed()
            until(page, "figure => 'ready' in figure.dataset", arg=figure.element_handle())
        for width, sizes in {375: (12, 14), 1366: (14, 16)}.items():
            page.set_viewport_size({"width": width, "height": 900})
            wrong = [what for figure in page.evaluate(FIGURES) for what in figures_wrong(figure, sizes)]
            assert not wrong, (language, name, width, wrong)
        page.close()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_colours_keep_their_meaning_where_the_reader_chooses_all_others(visit, scheme):
    window = visit(width=375, scheme=scheme, forced_colors="active")
    for toggle in SCHEMES.values():  # whatever the site's own switch says
        for name, page in zip(ROLES_SHOWN, window.go_to_all(path("it", name) for name in ROLES_SHOWN), strict=True):
            page.evaluate("s => document.querySelector(`input[data-md-color-scheme=${s}]`).click()", toggle)
            wrong = [what for figure in page.evaluate(FIGURES) for what in figures_wrong(figure, (12, 14))]
            assert not wrong, (name, toggle, wrong)
            for role in ROLES_SHOWN[name]:
                seen = page.locator(f"article :is(math, code) .{role}, article .drawing text.{role}").first
                colours = seen.evaluate(
                    "e => [e.matches('text') ? getComputedStyle(e).fill : getComputedStyle(e).color,"
                    " getComputedStyle(document.body).color]"
                )
                assert colours[0] != colours[1], (name, role, colours)
            page.close()
