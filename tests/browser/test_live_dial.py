"""The temperature dial: its probabilities are those of softmax; what is drawn is counted."""

import numpy as np
import pytest
from next_token import scores, softmax
from pages import LANGUAGES
from test_browser import browser, visit  # noqa: F401
from test_live import live  # noqa: F401

DIAL = "llm", "temperature-dial"


def probabilities(scores, temperature, k):
    """Those of the k highest scores; the others are left out."""
    kept = np.argsort(-np.asarray(scores), kind="stable")[:k]
    found = np.zeros(len(scores))
    found[kept] = softmax(np.asarray(scores)[kept], temperature)
    return found


def test_dial_computes_what_softmax_computes(live):  # noqa: F811
    window, figure = live("it", *DIAL)
    random = np.random.default_rng(1)
    states = [
        {
            "scores": random.uniform(-50, 50, len(scores)).tolist(),
            "temperature": float(random.uniform(0.05, 10)),
            "k": int(random.integers(1, len(scores) + 1)),
        }
        for _ in range(200)
    ] + [{"scores": [1.0, 1, 1, 1, 1], "temperature": 1, "k": 2}]
    results = figure.evaluate("(f, states) => states.map(s => { f.state = s; return f.result.probabilities })", states)
    for state, result in zip(states, results, strict=True):
        np.testing.assert_allclose(result, probabilities(**state), atol=1e-12)
    assert window.wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_dial_by_keyboard(live, language):  # noqa: F811
    window, figure = live(language, *DIAL)
    comma = "," if language == "it" else "."
    assert f"0{comma}455" in figure.locator("tbody tr").first.inner_text()
    heat, keep = figure.locator("input[type=range]").all()
    heat.focus()
    for _ in range(60):  # each press is a step: none is rounded away
        heat.press("ArrowLeft")
    assert figure.evaluate("f => f.state.temperature") < 0.4
    heat.press("Home")
    assert figure.evaluate("f => f.state.temperature") == 0.05
    heat.press("ArrowRight")
    assert figure.evaluate("f => f.state.temperature") == 0.051
    heat.press("Home")
    keep.focus()
    keep.press("Home")
    assert figure.evaluate("f => f.result.probabilities") == [1, 0, 0, 0, 0]
    box = figure.locator(".live-row input[type=text]")
    assert box.input_value() == f"0{comma}05"
    box.fill(f"0{comma}01")
    assert box.get_attribute("aria-invalid") == "true" and comma in figure.locator(".live-wrong:visible").inner_text()
    box.fill(f"1{comma}25")
    assert figure.evaluate("f => f.state.temperature") == 1.25 and figure.locator(".live-wrong:visible").count() == 0
    figure.locator("button").first.press("Enter")
    assert [count.inner_text() for count in figure.locator("tbody td:last-child").all()] == ["100", "0", "0", "0", "0"]
    figure.locator("tbody input").nth(1).fill(f"2{comma}5")
    figure.locator("tbody input").nth(1).press("Enter")
    assert figure.evaluate("f => f.result.probabilities") == [0, 1, 0, 0, 0]
    figure.locator("tbody input").nth(1).fill("99")
    assert figure.evaluate("f => f.state.scores[1]") == 2.5
    figure.locator("button").nth(1).press("Enter")
    np.testing.assert_allclose(figure.evaluate("f => f.result.probabilities"), softmax(scores))
    assert window.wrong == []


def test_what_is_drawn_comes_near_the_probabilities(live):  # noqa: F811
    _, figure = live("en", *DIAL)
    figure.evaluate("f => { for (let i = 0; i < 200; i++) f.drawLetters() }")
    np.testing.assert_allclose(np.array(figure.evaluate("f => f.counts")) / 20000, softmax(scores), atol=0.02)


def test_dial_by_touch_and_in_the_other_language(live):  # noqa: F811
    window, figure = live("it", *DIAL, width=375, has_touch=True, is_mobile=True)
    figure.locator("button").first.tap()
    assert figure.evaluate("f => f.counts.reduce((a, b) => a + b)") == 100
    boxes = [control.bounding_box() for control in figure.locator("button, input").all()]
    for row in figure.locator("tbody tr").all():
        bar, score = (row.locator(one).bounding_box() for one in (".live-bar", "input"))
        assert bar["y"] >= score["y"] + score["height"], "the bar covers the score"
    assert [head.is_visible() for head in figure.locator("thead th:not(:empty)").all()] == [True] * 4
    assert all(box["height"] >= 44 and box["x"] + box["width"] <= 375 for box in boxes)
    link = figure.evaluate("f => { f.state = {temperature: 0.5, k: 3}; return f.link() }")
    _, other = live("en", *DIAL, "?" + link.partition("?")[2])
    assert other.evaluate("f => [f.state.temperature, f.state.k]") == [0.5, 3]
    assert window.wrong == []
