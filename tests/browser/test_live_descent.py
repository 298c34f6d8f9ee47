"""Descent that one steps through: the same path and losses as the programs'."""

import numpy as np
import pytest
from feedforward import W1, W2, b1, b2
from gradient_step import backward, loss
from one_weight import descend
from pages import LANGUAGES
from test_browser import browser, visit  # noqa: F401
from test_live import live  # noqa: F401

DESCENT = "training", "descent-explorer"


def walk(weights, rate, steps):
    """Gradient descent on the first weight of W2 and, if there are two, the first of W1; it stops at a huge loss."""
    first, second, path, losses = W1.copy(), W2.copy(), [], []
    second[0, 0] = weights[0]
    if len(weights) > 1:
        first[0, 0] = weights[1]
    for _ in range(steps + 1):
        path.append([second[0, 0], first[0, 0]][: len(weights)])
        losses.append(loss(first, b1, second, b2))
        if losses[-1] >= 1e12:
            break
        dW1, _, dW2, _ = backward(first, b1, second, b2)
        second[0, 0] -= rate * dW2[0, 0]
        if len(weights) > 1:
            first[0, 0] -= rate * dW1[0, 0]
    return path, losses


def test_descent_is_the_programs(live):  # noqa: F811
    window, figure = live("it", *DESCENT)
    random = np.random.default_rng(3)
    states = [
        {
            "weights": random.uniform(-1.5, 2, random.integers(1, 3)).tolist(),
            "rate": float(10 ** random.uniform(-3, 0)),
            "steps": int(random.integers(0, 101)),
        }
        for _ in range(200)
    ]
    results = figure.evaluate("(f, states) => states.map(s => { f.state = s; return f.result; })", states)
    for state, result in zip(states, results, strict=True):
        path, losses = walk(**state)
        assert len(result["path"]) == len(path)
        np.testing.assert_allclose(result["losses"], losses, rtol=1e-6, atol=1e-9)
        np.testing.assert_allclose(result["path"], path, rtol=1e-6, atol=1e-9)
    assert any(len(result["path"]) < state["steps"] + 1 for state, result in zip(states, results, strict=True))
    assert "NaN" not in figure.inner_text() and window.wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_descent_by_keyboard(live, language):  # noqa: F811
    window, figure = live(language, *DESCENT)
    assert figure.evaluate("f => f.state.steps") == 0, "it opens at the start"
    comma = "," if language == "it" else "."
    buttons = figure.locator(".live-buttons button")
    for _ in range(5):
        buttons.nth(0).press("Enter")
    np.testing.assert_allclose(np.ravel(figure.evaluate("f => f.result.path")), descend(0.05)[0])
    figure.locator("input[type=text]").last.fill(f"0{comma}25")
    buttons.nth(2).press("Enter")
    for _ in range(5):
        buttons.nth(0).press("Enter")
    np.testing.assert_allclose(figure.evaluate("f => f.result.losses"), descend(0.25)[1])
    buttons.nth(1).press("Enter")
    assert figure.evaluate("f => f.state.steps") == 15
    figure.locator(".live-said", has_text="15").wait_for(state="attached")
    figure.locator("input[type=text]").last.fill("3")
    assert figure.evaluate("f => f.state.rate") == 0.25
    curve, bands = figure.locator(".curve"), figure.locator("[data-part=bands] rect")
    assert curve.is_visible() and bands.count() == 0
    figure.locator("select").select_option("2")
    assert figure.evaluate("f => f.state.weights") == [0.5, 0.5]
    assert bands.count() > 1000 and bands.first.is_visible() and not curve.is_visible()
    assert window.wrong == []


def test_descent_says_how_it_went(live):  # noqa: F811
    _, figure = live("en", *DESCENT)
    step, steps, again = (figure.locator(".live-buttons button").nth(i) for i in range(3))
    verdict = figure.locator(".live-verdict")
    assert verdict.inner_text() == ""
    for _ in range(6):
        steps.click()
    losses = figure.evaluate("f => f.result.losses")
    needed = next(i for i, loss in enumerate(losses) if loss < 0.001)
    assert 3 < needed < 60 and verdict.inner_text() == f"Steps until the loss is below 0.001: {needed}"
    again.click()
    figure.locator("input[type=text]").last.fill("1")
    step.click()
    assert verdict.inner_text() == "Descent fails: the loss is larger than at the start."
    assert step.get_attribute("aria-disabled") == "false"
    for _ in range(3):
        steps.press("Enter")
    assert "huge" in verdict.inner_text() and step.get_attribute("aria-disabled") == "true"
    done = figure.evaluate("f => f.state.steps")
    step.press("Enter")
    assert figure.evaluate("f => f.state.steps") == done
    figure.evaluate("f => { f.state = {rate: 0.01, steps: 100} }")
    assert steps.get_attribute("aria-disabled") == "true"
    again.click()
    assert steps.get_attribute("aria-disabled") == "false" and verdict.inner_text() == ""
    figure.evaluate("f => { f.state = {weights: [0.5, -1.2]} }")
    assert "zero" in verdict.inner_text() and figure.evaluate("f => f.result.losses[0]") > 0.1
    assert [*figure.locator("svg text[class=name]").all_text_contents()][-2:] == ["W₁ (1, 1)", "W₂ (1, 1)"]


@pytest.mark.parametrize(
    ("weights", "verdict"), [([0.5], "Descent fails: the loss is huge"), ([1.5, 1.5], "It has left the drawing.")]
)
def test_descent_that_leaves_the_drawing_moves_nothing(live, weights, verdict):  # noqa: F811
    _, figure = live("en", *DESCENT, width=375)
    figure.evaluate("(f, weights) => { f.state = {weights, rate: 1} }", weights)
    step = figure.locator(".live-buttons button").first
    gone = figure.get_by_text(verdict)
    step.scroll_into_view_if_needed()
    place = step.bounding_box()
    assert not gone.is_visible()
    for _ in range(30):
        step.press("Enter")
        assert abs(step.bounding_box()["y"] - place["y"]) < 0.1
    assert gone.is_visible()
    assert figure.locator("svg").evaluate("svg => getComputedStyle(svg).overflow") == "hidden", "the line stays within"


def test_descent_starts_where_its_dot_is_dragged(live):  # noqa: F811
    window, figure = live("it", *DESCENT)
    page, dot = figure.page, figure.get_by_role("slider")
    figure.evaluate("f => { f.state = {steps: 3} }")
    box = dot.bounding_box()
    wide = figure.locator("svg").bounding_box()["width"] * 350 / 400  # of the axis, from −1.5 to 2
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for far in (20, 60, 100):
        page.mouse.move(x + far, y)
    assert figure.evaluate("f => f.state.weights[0]") == pytest.approx(0.5 + 3.5 * 100 / wide, abs=0.02)
    page.mouse.move(x - 5000, y)
    page.mouse.up()
    page.mouse.move(x, y)
    assert figure.evaluate("f => f.state") == {"weights": [-1.5], "rate": 0.05, "steps": 0}
    dot.focus()
    dot.press("ArrowLeft")
    dot.press("ArrowRight")
    dot.press("ArrowUp")
    assert figure.evaluate("f => f.state.weights") == [-1.4]
    assert dot.get_attribute("aria-valuetext") == "−1,4"
    figure.locator("select").select_option("2")
    dot.focus()
    dot.press("ArrowRight")
    dot.press("ArrowDown")
    assert figure.evaluate("f => f.state.weights") == [-1.35, 0.45]
    figure.locator(".live-said", has_text="−1,35").wait_for(state="attached")
    assert window.wrong == []


def test_descent_by_touch_and_in_the_other_language(live):  # noqa: F811
    window, figure = live("it", *DESCENT, width=375, has_touch=True, is_mobile=True)
    box = figure.locator("svg").bounding_box()
    figure.locator("svg").tap(position={"x": box["width"] * 0.9, "y": box["height"] / 2})
    assert figure.evaluate("f => f.state.weights[0]") > 1 and figure.evaluate("f => f.state.steps") == 0
    boxes = [control.bounding_box() for control in figure.locator("button, input:visible, select").all()]
    assert all(box["height"] >= 43.9 and box["x"] + box["width"] <= 375 for box in boxes)
    link = figure.evaluate("f => { f.state = {weights: [1, -1], rate: 0.1, steps: 7}; return f.link() }")
    _, other = live("en", *DESCENT, "?" + link.partition("?")[2])
    assert other.evaluate("f => f.state") == {"weights": [1, -1], "rate": 0.1, "steps": 7}
    assert window.wrong == []


def test_a_field_follows_what_moves_while_it_has_focus(live):  # noqa: F811
    _, figure = live("en", *DESCENT)
    start = figure.locator("input[type=text]").first
    start.click()
    figure.evaluate("f => { f.state = {weights: [1.25]} }")
    start.press("Tab")
    assert start.input_value() == "1.25"
