"""The calculator counts what count_parameters.py counts, and refuses what it refuses, in the same words."""

import copy
import json
import random

import pytest
from count_parameters import count_parameters, described
from pages import LANGUAGES, ROOT, SNIPPETS
from playwright.sync_api import expect
from test_browser import browser, visit  # noqa: F401
from test_live import live  # noqa: F401

MODELS, RECENT, REAL = (
    json.loads(file.read_text(encoding="utf-8"))
    for file in (
        SNIPPETS / "data" / "open_models.json",
        SNIPPETS / "data" / "recent_models.json",
        ROOT / "tests" / "real_counts.json",
    )
)
CALCULATOR = "counting", "parameter-calculator"


def counted(config):
    """What the program says of a configuration: {total, active, parts, kv_cache_bytes_per_token} or {error}."""
    try:
        return described(count_parameters(config))
    except ValueError as error:
        return {"error": str(error)}


def made_up(number):
    """Configurations like the real ones, with other sizes, and now and then something wrong."""
    chance, found = random.Random(4), []
    while len(found) < number:
        config = copy.deepcopy(REAL[len(found) % len(REAL)])
        config.pop("total")
        part = config.get("text_config", config)
        for key, value in list(part.items()):
            what = chance.random()
            if type(value) is int and what < 0.3:
                part[key] = value * chance.choice((2, 3, 16))
            elif type(value) is int and what < 0.34:
                part[key] = chance.choice((0, -1, "many", True, None, [1], 2.5))
            elif type(value) is bool and what < 0.3:
                part[key] = not value
            elif what < 0.36:
                del part[key]
        found.append(config)
    return found


def test_calculator_is_the_program(live):  # noqa: F811
    window, figure = live("it", *CALCULATOR)
    configs = [model["config"] for model in MODELS + RECENT] + made_up(400)
    configs += [{}, [], None, {"model_type": 7}, {"model_type": "it's"}, {"model_type": "gemma3"}, {"model_type": None}]
    results = figure.evaluate("(f, all) => all.map(config => { f.state = {config}; return f.result; })", configs)
    for config, result in zip(configs, results, strict=True):
        assert result == counted(config), json.dumps(config)
    wrong = sum("error" in result for result in results)
    assert 60 < wrong < 300 and window.wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_calculator_by_keyboard(live, language):  # noqa: F811
    window, figure = live(language, *CALCULATOR)
    assert figure.evaluate("f => f.result.total") == 46_702_792_704
    layers = figure.locator(".live-knobs input").first
    layers.fill("64")
    layers.press("Enter")
    config = next(model["config"] for model in MODELS if model["model"] == "Mixtral-8x7B-v0.1")
    assert figure.evaluate("f => f.result.total") == count_parameters(config | {"num_hidden_layers": 64}).total
    layers.fill("0")
    assert figure.evaluate("f => f.state.config.num_hidden_layers") == 64
    figure.locator("summary").press("Enter")
    figure.locator("textarea").fill('{"model_type": "nothing"}')
    figure.locator("details button").press("Enter")
    for place in figure.locator("p.live-wrong").all():  # where the count stood, and beside the button
        assert place.inner_text() == counted({"model_type": "nothing"})["error"]
    figure.locator("textarea").fill('{"model_type": ')
    figure.locator("details button").press("Enter")
    assert figure.locator("details p.live-wrong").inner_text()
    figure.locator("select").first.select_option("Gemma-2B")
    assert figure.evaluate("f => f.result.total") == 2_506_172_416
    figure.locator("select").nth(1).select_option("int8")
    comma = "," if language == "it" else "."
    assert f"2{comma}51 GB" in figure.locator(".live-totals").inner_text()
    assert window.wrong == []


def test_calculator_lets_one_write_a_model_of_ones_own(live):  # noqa: F811
    """From the model in use; what is refused leaves it as it was, and says so where one looks."""
    window, figure = live("it", *CALCULATOR, width=375)
    figure.locator("select").first.select_option(label="(il tuo)")
    pasted = figure.locator("textarea")
    expect(pasted).to_be_visible()
    config = json.loads(pasted.input_value())
    assert config == next(model["config"] for model in MODELS if model["model"] == "Mixtral-8x7B-v0.1")
    pasted.fill(json.dumps(config | {"num_hidden_layers": 1}))
    figure.locator("details button").press("Enter")
    assert figure.evaluate("f => f.result.total") == count_parameters(config | {"num_hidden_layers": 1}).total
    pasted.fill("{")
    button = figure.locator("details button")
    button.press("Enter")
    message, place = figure.locator("details p.live-wrong"), button.bounding_box()
    assert 0 < message.bounding_box()["y"] - place["y"] < 80
    layers = figure.locator(".live-knobs input").first
    for text in ("0", "1000000000000", "1,5"):
        layers.fill("")
        layers.press_sequentially(text)
        message = figure.locator("span.live-wrong")
        assert message.inner_text().startswith(f"blocchi {text}: ") and message.bounding_box()["width"] > 200
        assert figure.evaluate("f => f.state.config.num_hidden_layers") == 1, "what one digit of it said is gone"
    layers.press("Tab")
    assert layers.input_value() == "1"
    assert window.wrong == []


def test_calculator_by_touch_and_in_the_other_language(live):  # noqa: F811
    window, figure = live("it", *CALCULATOR, width=375, has_touch=True, is_mobile=True)
    figure.locator("summary").tap()
    boxes = [control.bounding_box() for control in figure.locator("button, input:visible, select, summary").all()]
    assert all(box["height"] >= 43.9 and box["x"] + box["width"] <= 375 for box in boxes)
    link = figure.evaluate("f => { f.state = {precision: '4-bit', context: 9}; return f.link() }")
    _, other = live("en", *CALCULATOR, "?" + link.partition("?")[2])
    assert other.evaluate("f => [f.state.precision, f.state.context, f.result.total]") == ["4-bit", 9, 46_702_792_704]
    assert window.wrong == []
