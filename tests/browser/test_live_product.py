"""The product of matrices: the same cells as NumPy's, and why shapes that do not fit have none."""

import numpy as np
import pytest
from matrix_product import A, B
from pages import LANGUAGES
from test_browser import browser, visit  # noqa: F401
from test_live import live  # noqa: F401

PRODUCT = "matrices", "matrix-product"


def test_product_is_numpys(live):  # noqa: F811
    window, figure = live("it", *PRODUCT)
    random, states = np.random.default_rng(2), []
    for _ in range(200):
        n, k, other, m = random.integers(1, 5, 4)
        rows = k if random.random() < 0.7 else other
        states.append({"A": random.normal(size=(n, k)).tolist(), "B": random.normal(size=(rows, m)).tolist()})
    results = figure.evaluate("(f, states) => states.map(s => { f.state = s; return f.result; })", states)
    for state, result in zip(states, results, strict=True):
        if len(state["A"][0]) == len(state["B"]):
            np.testing.assert_allclose(result["C"], np.array(state["A"]) @ state["B"], atol=1e-12)
        else:
            assert f"{len(state['A'][0])} ≠ {len(state['B'])}" in result["error"]
    assert any("error" in result for result in results) and window.wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_product_by_keyboard(live, language):  # noqa: F811
    window, figure = live(language, *PRODUCT)
    assert figure.locator(".live-sum").inner_text() == "AB (2, 1) = 4 · 7 + 5 · 9 + 6 · 11 = 139"
    figure.get_by_role("button", name="AB (1, 2)").focus()
    assert figure.locator(".live-sum").inner_text() == "AB (1, 2) = 1 · 8 + 2 · 10 + 3 · 12 = 64"
    meets = figure.locator(".live-meets:visible").evaluate_all("all => all.map(one => one.ariaLabel)")
    assert meets == ["B (1, 2)", "B (2, 2)", "B (3, 2)", "A (1, 1)", "A (1, 2)", "A (1, 3)"]
    figure.get_by_label("A (1, 1)", exact=True).fill("-2,5")
    figure.get_by_label("A (1, 1)", exact=True).press("Enter")
    assert figure.evaluate("f => f.result.C") == [[-2.5 * 7 + 18 + 33, -2.5 * 8 + 20 + 36], [139, 154]]
    figure.get_by_label("A (1, 1)", exact=True).fill("2000")
    assert figure.evaluate("f => f.state.A[0][0]") == -2.5
    rows = figure.locator("select").nth(2)
    rows.select_option("2")
    assert "3 ≠ 2" in figure.locator(".live-sum").inner_text() and not figure.locator(".live-C").is_visible()
    rows.select_option("4")
    assert figure.evaluate("f => f.state.B") == [*B.tolist(), [0, 0]], "its numbers come back"
    rows.select_option("2")
    figure.locator(".live-buttons button").first.press("Enter")
    assert figure.evaluate("f => f.result.C") == (A @ B).tolist()
    assert window.wrong == []


def test_product_by_touch_and_in_the_other_language(live):  # noqa: F811
    window, figure = live("it", *PRODUCT, width=375, has_touch=True, is_mobile=True)
    figure.get_by_role("button", name="AB (2, 2)").tap()
    assert figure.locator(".live-sum").inner_text().endswith("= 154")
    boxes = [control.bounding_box() for control in figure.locator(":is(button, input, select):visible").all()]
    assert all(min(box["width"], box["height"]) >= 43.9 and box["x"] + box["width"] <= 375 for box in boxes)
    link = figure.evaluate("f => { f.state = {A: [[1, 2]], B: [[3], [4]]}; return f.link() }")
    _, other = live("en", *PRODUCT, "?" + link.partition("?")[2])
    assert other.evaluate("f => f.result.C") == [[11]]
    assert window.wrong == []


def test_what_a_field_refuses_moves_nothing_else(live):  # noqa: F811
    window, figure = live("it", *PRODUCT)
    field, cell = figure.get_by_label("A (1, 1)", exact=True), figure.get_by_role("button", name="AB (2, 2)")
    field.fill("-7")
    cell.hover()
    field.fill("x")
    assert figure.evaluate("f => [f.state.cell, f.state.A[0][0]]") == [[1, 1], 1], "as before one wrote"
    figure.get_by_role("button", name="AB (1, 2)").hover()
    assert figure.locator(".live-wrong").is_visible() and field.get_attribute("aria-invalid") == "true"
    assert figure.evaluate("f => f.state.cell") == [0, 1]
    field.press("Tab")
    assert field.input_value() == "1"
    link = figure.evaluate("f => f.link()")
    _, other = live("en", *PRODUCT, "?" + link.partition("?")[2])
    assert other.locator(".live-sum").text_content().startswith("AB (1, 2) = ")
    assert window.wrong == []
