"""The recorded training: at each step the loss, the matrix and the names are those of the build."""

import numpy as np
import pytest
from pages import LANGUAGES
from test_browser import browser, visit  # noqa: F401
from test_live import live  # noqa: F401
from towns import LETTERS, invent, read
from train_letters import EPOCHS, RATE, following, history, weights

SCRUBBER = "letters", "training-scrubber"
# The cells: [letter, row, depth].
DEPTHS = """all => all.flatMap(path => {
    const depth = Number(path.getAttribute("opacity")) * (path.matches(".frame") ? -1 : 1);
    return [...path.getAttribute("d").matchAll(/M(\\d+),(\\d+)/g)].map(([, x, y]) =>
        [18 * Math.floor(y / 126) + Math.floor(x / 22), Math.floor((y % 126) / 10), depth]);
})"""


def test_scrubber_shows_what_the_training_recorded(live):  # noqa: F811
    window, figure = live("it", *SCRUBBER)
    kept = history(read("it", "train"), read("it", "heldout"), EPOCHS, RATE)
    steps = kept["steps"].tolist()
    found = figure.evaluate("(f, steps) => steps.map(step => { f.state = {step}; return f.result; })", steps)
    np.testing.assert_allclose([one["loss"] for one in found], kept["heldout"], atol=1e-4)
    for moment in (0, len(steps) // 2, -1):
        random = np.random.RandomState(1)
        names = [invent(following(weights(kept, moment)), LETTERS, random) for _ in range(6)]
        assert found[moment]["names"] == names
        figure.evaluate("(f, step) => { f.state = {step} }", steps[moment])
        cells = figure.locator("[data-part=cells] path").evaluate_all(DEPTHS)
        E = weights(kept, moment)["E"]
        assert sorted((letter, row) for letter, row, _ in cells) == [*np.ndindex(E.shape)]
        for letter, row, depth in cells:
            value = E[letter, row]
            assert abs(abs(depth) - (0.08 + 0.92 * min(abs(value) / 3, 1))) < 0.025
            assert abs(value) < 0.06 or (depth < 0) == (value < 0)
    refused = figure.evaluate("f => { try { f.state = {step: NaN} } catch (e) { return e.name } }")
    assert refused == "RangeError" and window.wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_scrubber_by_keyboard(live, language):  # noqa: F811
    window, figure = live(language, *SCRUBBER)
    slider = figure.locator("input")
    last = figure.locator(".live-names").inner_text()
    slider.focus()
    slider.press("Home")
    comma = "," if language == "it" else "."
    assert f"5{comma}17" in figure.locator(".live-row").inner_text()
    assert figure.locator(".live-names").inner_text() != last
    figure.locator(".live-said", has_text=f"5{comma}17").wait_for(state="attached")
    figure.locator("button").first.press("Enter")
    assert figure.locator(".live-names").inner_text() == last
    assert window.wrong == []


def test_scrubber_by_touch_and_in_the_other_language(live):  # noqa: F811
    window, figure = live("it", *SCRUBBER, width=375, has_touch=True, is_mobile=True)
    box = figure.locator("input").bounding_box()
    figure.locator("input").tap(position={"x": 2, "y": box["height"] / 2})
    assert figure.evaluate("f => f.state.step") == 0
    boxes = [control.bounding_box() for control in figure.locator("button, input").all()]
    assert all(one["height"] >= 43.9 and one["x"] + one["width"] <= 375 for one in boxes)
    link = figure.evaluate("f => { f.state = {step: 500}; return f.link() }")
    _, other = live("en", *SCRUBBER, "?" + link.partition("?")[2])
    assert other.evaluate("f => f.state") == {"step": 500}
    assert window.wrong == []


def test_between_two_moments_the_nearest_is_shown_and_said(live):  # noqa: F811
    _, figure = live("en", *SCRUBBER)
    slider = figure.locator("input")
    for step, shown in ((149, "100"), (150, "100"), (151, "200"), (0, "0")):
        figure.evaluate("(f, step) => { f.state = {step} }", step)
        assert slider.input_value() == slider.get_attribute("aria-valuetext") == shown
        assert figure.locator(".live-row span").inner_text().startswith(f"{shown}: ")
    assert figure.evaluate(
        "f => { const { names } = f.result; f.result.names.reverse(); return f.result.names.at(0) == names[0] }"
    )
