"""The live figures in a real Chromium: what they compute is what the programs compute; by key, by touch, by link."""

import numpy as np
import pytest
from activations import relu, sigmoid
from feedforward import W1, W2, b1, b2, forward, identity, x
from pages import LANGUAGES
from test_browser import browser, path, visit  # noqa: F401

ACTIVATIONS = {"identity": identity, "relu": relu, "sigmoid": sigmoid, "tanh": np.tanh}


@pytest.fixture
def live(visit):  # noqa: F811
    """Open a page and wait for its live figure: live(language, page, element) gives (window, figure)."""

    def opened(language, page, element, query="", **options):
        window = visit(**options)
        tab = window.go(path(language, page) + query)
        figure = tab.locator(element)
        figure.scroll_into_view_if_needed()
        tab.locator(f"{element}[data-ready]").wait_for()
        return window, figure

    return opened


def test_explorer_computes_what_numpy_computes(live):
    window, figure = live("it", "feedforward", "feedforward-explorer")
    random, states = np.random.default_rng(0), []
    for i in range(200):
        arrays = {"x": x, "W1": W1, "b1": b1, "W2": W2, "b2": b2}
        state = {name: (random.normal(size=a.shape) * 10 ** random.uniform(-3, 3)) for name, a in arrays.items()}
        states.append(state | {"activation": list(ACTIVATIONS)[i % 4]})
    sent = [{name: getattr(part, "tolist", lambda p=part: p)() for name, part in state.items()} for state in states]
    results = figure.evaluate("(f, states) => states.map(s => { f.state = s; return f.result; })", sent)
    for state, result in zip(states, results, strict=True):
        activation = ACTIVATIONS[state.pop("activation")]
        h, y = forward(**state, activation=activation)
        np.testing.assert_allclose(result["h"], h, rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(result["y"], y, rtol=1e-9, atol=1e-9)
    assert window.wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_explorer_by_keyboard(live, language):
    window, figure = live(language, "feedforward", "feedforward-explorer")
    weight = figure.get_by_role("slider", name="W₁ (1, 1)").first
    weight.focus()
    weight.press("ArrowUp")
    weight.press("PageDown")
    assert weight.get_attribute("aria-valuenow") == "-0.4"
    comma = "," if language == "it" else "."
    assert weight.text_content() == f"−0{comma}4"
    assert figure.locator(".live-sum").inner_text().startswith(f"h₁ = (−0{comma}4) · 2")
    assert "negative" in figure.locator('[data-edge="0,0,0"]').get_attribute("class").split()
    figure.locator(".live-said", has_text="y = ").wait_for(state="attached")
    figure.locator("select").select_option("relu")
    changed = W1.copy()
    changed[0, 0] = -0.4
    assert figure.evaluate("f => f.result.y") == pytest.approx(forward(x, changed, b1, W2, b2, relu)[1])
    figure.locator("button").first.click()
    assert figure.evaluate("f => f.result.y") == pytest.approx(forward(x, W1, b1, W2, b2)[1])
    assert window.wrong == []


def test_explorer_refuses_what_is_no_number(live):
    _, figure = live("it", "feedforward", "feedforward-explorer")
    cell = figure.locator(".live-cells input").first
    for text in ("abc", "1e9", "", "−", "1,2,3"):
        cell.fill(text)
        assert cell.get_attribute("aria-invalid") == "true"
    cell.fill("-1,25")
    assert cell.get_attribute("aria-invalid") == "false"
    assert figure.evaluate("f => f.state.W1[0][0]") == -1.25
    said = "f => { try { f.state = {x: [1, NaN]}; return 'taken' } catch (error) { return error.message } }"
    assert "dieci" in figure.evaluate(said)
    assert figure.evaluate("f => f.state.x") == [2, 3]
    figure.evaluate("f => { f.state = {note: 1, activation: 'tanh'} }")
    assert figure.evaluate("f => f.state.activation") == "tanh", "what it does not know is passed over"


def test_explorer_has_one_range(live):
    """What the slider reaches is what may be typed, in each field, and what arrows and dragging reach."""
    _, figure = live("en", "feedforward", "feedforward-explorer")
    slider, box = figure.locator("input[type=range]"), figure.locator(".live-row input[type=text]")
    weight = figure.get_by_role("slider", name="W₁ (1, 1)").first
    for end, key, inside in (("min", "PageDown", 1), ("max", "PageUp", -1)):
        limit = float(slider.get_attribute(end))
        for field in (box, figure.locator(".live-cells input").first):
            field.fill(str(limit - inside / 10))
            assert field.get_attribute("aria-invalid") == "true" and figure.locator(".live-wrong:visible").count() == 1
            field.fill(str(limit))
            assert figure.evaluate("f => f.state.W1[0][0]") == limit and slider.input_value() == f"{limit:g}"
            field.fill(str(limit + inside))
        weight.focus()
        for _ in range(3):
            weight.press(key)
        assert figure.evaluate("f => f.state.W1[0][0]") == limit == float(weight.get_attribute(f"aria-value{end}"))


def test_a_field_left_with_what_it_refuses_says_which_and_why(live):
    _, figure = live("en", "training", "descent-explorer")
    rate, message = figure.locator("input[type=text]").last, figure.locator(".live-wrong")
    rate.fill("3")
    assert message.inner_text().startswith("rate 3: ") and "0.001 to 1" in message.inner_text()
    rate.press("Tab")
    assert rate.input_value() == "0.05" and message.is_visible(), "what holds, and why"
    assert rate.get_attribute("aria-invalid") == "false"
    figure.locator(".live-buttons button").first.click()
    assert figure.evaluate("f => [f.state.rate, f.state.steps]") == [0.05, 1]
    assert message.count() == 0
    rate.fill("1/9")
    assert figure.evaluate("f => f.state.rate") == pytest.approx(1 / 9)
    rate.press("Tab")
    assert rate.input_value() == "0.111111"


def test_explorer_leads_from_the_drawing_to_the_box(live):
    _, figure = live("en", "feedforward", "feedforward-explorer")
    weight, box = figure.get_by_role("slider", name="W₁ (1, 2)").first, figure.locator(".live-row input[type=text]")
    weight.focus()
    for key, value in (("Home", -10), ("End", 10)):
        weight.press(key)
        assert figure.evaluate("f => f.state.W1[0][1]") == value
    before = figure.page.evaluate("scrollY")
    weight.press("Enter")
    assert box.evaluate("box => box == document.activeElement") and figure.page.evaluate("scrollY") == before
    box.fill("50")
    assert figure.locator(".live-wrong").inner_text().startswith("W₁ (1, 2) 50: ")
    assert figure.evaluate("f => f.state.W1[0][1]") == 10


def test_explorer_marks_what_was_dragged_and_explains_what_is_pointed_at(live):
    window, figure = live("it", "feedforward", "feedforward-explorer")
    page, told = figure.page, figure.locator(".live-sum")
    strength = "edge => Number(getComputedStyle(edge).strokeOpacity)"
    edge, other = (figure.locator(f'[data-edge="{place}"]') for place in ("1,0,1", "1,0,0"))
    before = edge.evaluate(strength)
    x, y = edge.evaluate(
        "line => { const m = line.getScreenCTM();"
        " return [0.2, 0.2].map((part, i) => i ? m.f + m.d * (line.y1.baseVal.value + part * (line.y2.baseVal.value"
        " - line.y1.baseVal.value)) : m.e + m.a * (line.x1.baseVal.value + part * (line.x2.baseVal.value"
        " - line.x1.baseVal.value))) }"
    )
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 50, y)
    page.mouse.up()
    page.mouse.move(1, 1)
    assert figure.evaluate("f => f.state.W2[0]") == [0.5, 3, 1.5]
    assert figure.locator(".live-row .live-name").inner_text() == "W₂ (1, 2)"
    assert edge.evaluate(strength) == 1 > before == other.evaluate(strength)
    assert told.inner_text().startswith("y = 0,5 · 3 + 3 · 1 + 1,5 · (−1) + 0,5 =")
    figure.get_by_role("slider", name="W₁ (1, 1)").first.focus()
    assert told.inner_text().startswith("h₁ = ")
    for what in ('[data-node="2,0"]', '[data-weight="1,0,0"]', '[data-bias="1,0"]'):
        figure.locator(what).hover()
        assert told.inner_text().startswith("y = "), what
        page.mouse.move(1, 1)
        assert told.inner_text().startswith("h₁ = "), what
    assert window.wrong == []


def test_explorer_by_touch(live):
    window, figure = live("it", "index", "feedforward-explorer", width=375, has_touch=True, is_mobile=True)
    figure.locator('[data-weight="0,0,1"]').tap()
    assert figure.locator(".live-row .live-name").inner_text() == "w₂"
    assert all(box["height"] >= 44 for box in (b.bounding_box() for b in figure.locator("button").all()))
    assert window.wrong == []


def test_a_shared_state_comes_back_in_the_other_language(live):
    window, figure = live("it", "feedforward", "feedforward-explorer")
    figure.evaluate("f => { f.state = {x: [-1, 4], activation: 'relu'} }")
    link = figure.evaluate("f => f.link()")
    _, other = live("en", "feedforward", "feedforward-explorer", "?" + link.partition("?")[2])
    assert other.evaluate("f => [f.state.x, f.state.activation]") == [[-1, 4], "relu"]
    assert other.locator('[data-value="0,0"]').text_content() == "−1"
    _, cut = live("en", "feedforward", "feedforward-explorer", "?feedforward-explorer=%7B%22x%22:[1e999")
    assert cut.evaluate("f => f.state.x") == [2, 3]
    assert window.wrong == []


def test_a_page_without_live_figures_asks_for_none_of_their_code(visit):  # noqa: F811
    window = visit()
    asked = []
    page = window.tab()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(window.address + path("it", "glossary"), wait_until="networkidle")
    assert not [url for url in asked if "/js/live" in url]
