"""The Transformer in the page: the probabilities, the attention and the bits of transformer.py, damaged or not."""

import re
import struct

import numpy as np
import pytest
from next_token import softmax
from pages import LANGUAGES
from playwright.sync_api import expect
from precision import quantise, stored
from published import find, nested
from safe_file import exact, load
from test_browser import browser, visit  # noqa: F401
from test_live import live  # noqa: F401
from towns import LETTERS, batch, read
from transformer import following, forward, linear, looks, normalise, score, split

LETTER = "transformer", "next-letter"
ARRAYS = exact(load(find())[0])
SOME = read("it", "heldout")[::29]
RESULT = "async (f, state) => { f.state = state; return f.result; }"


def numbers(seed):
    """Numbers from 0 to 1, as letters-model.js makes them."""
    while True:
        seed = (seed * 1664525 + 1013904223) % 2**32
        yield seed / 2**32


def damaged(damage, off=()):
    """The weights of the file, one matrix damaged and some heads silent, in plain NumPy."""
    arrays = {name: W.copy() for name, W in ARRAYS.items()}
    if damage:
        W, kind = arrays[damage["matrix"]], damage["kind"]
        if kind == "zero":
            W[:] = 0
        elif kind == "noise":
            noise = numbers(damage.get("seed", 1))
            W += damage.get("size", 0.1) * (2 * np.array([next(noise) for _ in range(W.size)]).reshape(W.shape) - 1)
        elif kind == "flip":
            place = damage.get("index", 0)
            word = struct.unpack(">I", struct.pack(">f", W.flat[place]))[0] ^ (1 << damage.get("bit", 31))
            W.flat[place] = struct.unpack(">f", struct.pack(">I", word))[0]
        else:
            arrays |= stored({damage["matrix"]: W}, kind)[1]
    p = nested(arrays)
    for block, head in off:
        p["blocks"][block - 1]["Wo"][:, 12 * (head - 1) : 12 * head] = 0
    return p


def assert_same(result, p, prefix, temperature=1):
    """A result of the page is what transformer.py says."""
    X = batch([prefix])[0]
    chances = softmax(forward(p, X)[0, -1], temperature)
    assert list(result["probabilities"]) == list(LETTERS)
    np.testing.assert_allclose(list(result["probabilities"].values()), chances, atol=1e-5)
    for block, a in enumerate(looks(p, X), 1):
        found = [result["attention"][str(block)][str(head)] for head in range(1, 5)]
        np.testing.assert_allclose(found, a[0], atol=1e-5)


def test_model_in_the_page_is_that_of_the_program(live):  # noqa: F811
    window, figure = live("it", *LETTER)
    random, prefixes = np.random.default_rng(2), ["", "a" * 63]
    for name in read("it", "heldout")[::23][:48]:
        prefixes.append(name[: random.integers(1, len(name) + 1)])
    p = nested(ARRAYS)
    for prefix in prefixes:
        temperature = float(random.uniform(0.05, 10))
        result = figure.evaluate(RESULT, {"prefix": prefix, "temperature": temperature})
        assert_same(result, p, prefix, temperature)
    assert result["bits"] == pytest.approx(score(p, SOME), abs=1e-5)
    assert window.wrong == []


DAMAGES = [
    {"kind": kind, "matrix": matrix, **more}
    for kind, more in (
        ("noise", {"size": 0.3, "seed": 7}),
        ("noise", {}),
        ("zero", {}),
        ("int8", {}),
        ("int4", {}),
        ("flip", {"index": 1001, "bit": 30}),
        ("flip", {"index": 7, "bit": 31}),
    )
    for matrix in ("E", "P", "block1.Wq", "block2.Wo", "block3.W1", "block3.W2")
]


@pytest.mark.parametrize("off", [[], [[1, 3], [2, 2]]])
def test_damage_does_in_the_page_what_it_does_in_numpy(live, off):  # noqa: F811
    window, figure = live("en", *LETTER)
    bits = []
    for damage in [None, *DAMAGES]:
        result = figure.evaluate(RESULT, {"prefix": "san gio", "damage": damage, "off": off})
        p = damaged(damage, off)
        assert_same(result, p, "san gio")
        assert result["bits"] == pytest.approx(score(p, SOME), abs=1e-5, rel=1e-5)
        bits.append(result["bits"])
    assert all(abs(other - bits[0]) > 1e-7 for other in bits[1:])
    assert window.wrong == []


MODULE = """async (f, [name, ...parts]) => {
    const live = document.querySelector("script[src$='live.js']").src;
    const module = await import(live.replace("live.js", "letters-model.js"));
    return [...module[name](...parts)];
}"""


def test_halves_round_to_the_even_number(live):  # noqa: F811
    _, figure = live("en", *LETTER)
    row = [127.0, 0.5, 1.5, -0.5, -1.5, 2.5, -2.5, 63.5]
    found = figure.evaluate(MODULE, ["damaged", row, {"kind": "int8"}])
    assert found == quantise(row, 8)[0].tolist()


def test_no_bit_makes_what_is_no_number(live):  # noqa: F811
    """The weights of the matrices are smaller than 1: no bit of theirs, flipped, makes them infinite."""
    _, figure = live("en", *LETTER)
    for matrix in (name for name, W in ARRAYS.items() if W.ndim == 2):
        assert np.abs(ARRAYS[matrix]).max() < 1
        damage = {"kind": "flip", "matrix": matrix, "index": int(np.abs(ARRAYS[matrix]).argmax()), "bit": 30}
        figure.evaluate(RESULT, {"prefix": "roma", "damage": damage})
        assert "NaN" not in figure.evaluate("async f => JSON.stringify(await f.result, (_, n) => n !== n ? 'NaN' : n)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_by_keyboard(live, language):  # noqa: F811
    window, figure = live(language, *LETTER)
    asked = []
    figure.page.on("request", lambda request: asked.append(request.url))
    comma = "," if language == "it" else "."
    caption = figure.page.locator("figure", has=figure).locator("figcaption").inner_text()
    assert not re.search("terza|third", caption), "for the reader to find"
    assert figure.evaluate("f => f.state.look") != [1, 3]
    assert figure.get_by_role("button").first.is_disabled(), "there is nothing to invent with yet"
    assert not any(part.is_visible() for part in figure.locator("[hidden], [hidden] *").all())
    figure.locator("input[type=text]").focus()
    assert not asked
    figure.page.keyboard.press("End")
    figure.page.keyboard.type("s")
    figure.locator(".live-panel").wait_for()
    assert [url.rpartition("/")[2] for url in asked] == [find().name]
    p, X = nested(ARRAYS), batch(["assis"])[0]
    chances, look = softmax(forward(p, X)[0, -1]), looks(p, X)[0][0][2]
    rows = figure.locator(".live-chances tr")
    assert rows.nth(0).locator("td").last.inner_text() == f"{chances[0]:.3f}".replace(".", comma)
    assert rows.nth(1).locator("th").inner_text() == LETTERS[np.argsort(-chances)[1]]

    axes = figure.locator(".live-looks .name").all_text_contents()
    assert axes == (["che cosa guarda", "chi guarda"] if language == "it" else ["what it looks at", "who looks"])
    figure.locator(".live-panel select").nth(1).select_option("3")
    figure.get_by_role("application").focus()
    for key in ("ArrowUp", "ArrowLeft", "ArrowLeft"):
        figure.page.keyboard.press(key)
    weight = f"{look[4, 2]:.3f}".rstrip("0").replace(".", comma)
    assert figure.locator(".live-sum b").inner_text().startswith("i → s") and look[4, 2] < 0.1
    assert figure.locator(".live-sum b").inner_text().endswith(weight)
    figure.locator(".live-said", has_text=weight).wait_for(state="attached")
    w = p["blocks"][0]
    z = normalise(p["E"][X] + p["P"][:6], **w["norm1"])
    q, k = (split(linear(z, w[f"W{one}"], w[f"b{one}"]))[0, 2] for one in "qk")
    shown = figure.locator(".live-panel .live-sum").inner_text().replace("−", "-").replace(",", ".")
    score = q[4] @ k[2]
    ends = [float(text.strip(" ;÷")) for text in re.findall(r"= (-?[\d.]+)", shown)]
    assert ends[-2:] == pytest.approx([score, score / 12**0.5], abs=0.006)
    first = re.findall(r"-?\d+\.?\d*", shown.partition("q · k =")[2])[:2]
    assert [float(one) for one in first] == pytest.approx([q[4, 0], k[2, 0]], abs=0.006)

    figure.locator("summary").press("Enter")
    score = figure.locator("details .live-sum")
    expect(score).to_contain_text(comma)
    assert figure.locator("details .live-title").first.inner_text().endswith("names" if language == "en" else "inventa")
    names = figure.locator("details .live-names").first.inner_text()
    figure.locator("details select").first.select_option("int4")
    figure.locator("details select").nth(1).select_option("block3.W2")
    figure.locator("details input[type=checkbox]").press("Space")
    bits = f"{score_of({'kind': 'int4', 'matrix': 'block3.W2'}, [[1, 3]]):.3f}".rstrip("0").replace(".", comma)
    expect(score).to_contain_text(f": {bits} (")
    assert figure.locator("details .live-names").first.inner_text() != names
    figure.locator(".live-buttons button:visible").first.press("Enter")
    assert figure.evaluate("f => f.state") == figure.evaluate("f => f.original")
    assert window.wrong == []


def score_of(damage, off):
    """Bits a symbol, damaged, on the names of the figure."""
    return score(damaged(damage, off), SOME)


def test_letters_refuse_what_the_model_does_not_know(live):  # noqa: F811
    _, figure = live("it", *LETTER)
    typed = figure.locator("input[type=text]")
    for text in ("a1", "日本", "a.b", "ñ"):
        typed.fill(text)
        assert typed.get_attribute("aria-invalid") == "true" and figure.locator(".live-wrong").first.inner_text()
        assert figure.evaluate("f => f.state.prefix") == "assi"
    typed.fill("Forlì")
    assert figure.evaluate("f => f.state.prefix") == "forlì"
    refused = """(f, states) => states.map(state => {
        try { f.state = state; return "taken" } catch (error) { return error.name }
    })"""
    flip = {"kind": "flip", "matrix": "E"}
    states = [{"prefix": "a" * 64}, {"prefix": 3}, {"prefix": "."}, {"temperature": 0}, {"temperature": "1"}]
    states += [{"off": [[4, 1]]}, {"off": "1"}, {"look": [0, 1]}, {"damage": {"kind": "toString", "matrix": "E"}}]
    states += [
        {"damage": flip | more} for more in ({"matrix": "toString"}, {"index": 36 * 48}, {"bit": 32}, {"bit": 0.5})
    ]
    states += [{"damage": {"kind": "noise", "matrix": "E", "size": size}} for size in (-1, 1e9)]
    assert figure.evaluate(refused, states) == ["RangeError"] * len(states)


def test_a_name_is_invented_letter_by_letter(live):  # noqa: F811
    window, figure = live("it", *LETTER, reduced_motion="reduce")
    chances, typed = following(nested(ARRAYS)), figure.locator("input[type=text]")
    shown = figure.locator("output.live-names")
    typed.fill("mon")
    figure.locator(".live-panel").wait_for()
    for number in (0.6, 0.3):  # each time from what was typed
        name = "mon"
        while symbol := int((np.cumsum(chances(name)) < number).sum()):
            name += LETTERS[symbol]
        figure.page.evaluate("number => { Math.random = () => number }", number)
        figure.locator("button").first.press("Enter")
        expect(shown).to_have_text(f"{name}.")
        assert typed.input_value() == "mon" == figure.evaluate("f => f.state.prefix"), "what was typed stays"
        best = int(np.argmax(chances(name)))
        assert figure.locator(".live-chances th").first.inner_text() == (LETTERS[best] if best else "fine")
        figure.locator(".live-said", has_text=name).wait_for(state="attached")
    assert window.wrong == []


def test_damage_stands_beside_the_unharmed_model(live):  # noqa: F811
    window, figure = live("en", *LETTER)
    figure.get_by_role("button", name="kB").click()
    figure.locator(".live-panel").wait_for()
    assert figure.locator("caption").inner_text() == "the next letter: assi…"
    figure.locator("summary").press("Enter")
    names, healthy = (figure.locator("p.live-names").nth(i) for i in range(2))
    expect(healthy).to_contain_text(",")
    begin = healthy.inner_text()
    assert names.inner_text() == begin
    bits = figure.evaluate("f => f.result.then(({ bits }) => bits)")
    figure.locator("details select").first.select_option("flip")
    worse = figure.evaluate("f => f.result.then(({ bits }) => bits)")
    assert worse > bits + 0.5, "one bit, as it is offered, can be seen"
    assert figure.locator("caption").inner_text() == "the next letter: assi… (harmed model)"
    expect(names).not_to_have_text(begin)
    assert healthy.inner_text() == begin
    figure.locator("details select").first.select_option("")
    off, silent = figure.locator("input[type=checkbox]"), figure.locator("output", has_text="block.head")
    off.check()
    figure.locator("select").nth(1).select_option("3")
    assert silent.inner_text() == "off (block.head): 1.1" and not off.is_checked()
    off.check()
    assert silent.inner_text() == "off (block.head): 1.1, 1.3"
    assert window.wrong == []


@pytest.mark.parametrize(
    ("what", "word"),
    [("lost", "riprova"), ("changed", "impronta è diversa"), ("plain", "connessione sicura")],
)
def test_a_model_that_does_not_come_or_cannot_be_verified(live, what, word):  # noqa: F811
    window, figure = live("it", *LETTER)
    page, changed = figure.page, bytearray(find().read_bytes())
    changed[-1] ^= 1
    if what == "plain":  # what a browser has over plain http
        page.evaluate("Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined })")
    else:
        answers = {"lost": {"status": 503}, "changed": {"body": bytes(changed)}}
        page.route("**/*.safetensors", lambda route: route.fulfill(**answers[what]))
    load_it = figure.get_by_role("button", name="kB")
    load_it.press("Enter")
    status = figure.locator(".live-soft")
    expect(status).to_contain_text(re.compile(word, re.I))
    if what != "plain":
        assert figure.locator("svg[role=img]").count() == 1, "the drawing still stands"
        page.unroute("**/*.safetensors")
        load_it.press("Enter")
    figure.locator(".live-panel").wait_for()
    assert figure.evaluate("f => f.result.then(({ bits }) => bits)") == pytest.approx(score(nested(ARRAYS), SOME))
    assert [wrong for wrong in window.wrong if "503" not in wrong and find().name not in wrong] == []


def test_letters_by_touch_and_in_the_other_language(live):  # noqa: F811
    window, figure = live("it", *LETTER, width=375, has_touch=True, is_mobile=True)
    figure.get_by_role("button", name="kB").tap()
    figure.locator(".live-panel").wait_for()
    grid = figure.locator(".live-looks")
    box = grid.bounding_box()
    grid.tap(position={"x": box["width"] * 0.2, "y": box["height"] - 5})
    assert figure.locator(".live-sum b").inner_text().startswith("i → .")
    figure.locator("summary").tap()
    figure.locator("details select").first.select_option("flip")
    boxes = [one.bounding_box() for one in figure.locator("button, input, select, summary").all() if one.is_visible()]
    assert len(boxes) > 10 and all(b["height"] >= 43.9 and b["x"] + b["width"] <= 375 for b in boxes)
    assert figure.page.evaluate("document.documentElement.scrollWidth") <= 375
    figure.page.set_viewport_size({"width": 320, "height": 900})
    assert figure.page.evaluate("document.documentElement.scrollWidth") <= 320
    state = {"prefix": "forlì d", "off": [[2, 1]], "look": [2, 1], "temperature": 0.5}
    state |= {"damage": {"kind": "noise", "matrix": "P", "size": 0.25}}
    link = figure.evaluate("(f, state) => { f.state = state; return f.link() }", state)
    _, other = live("en", *LETTER, "?" + link.partition("?")[2])
    assert other.evaluate("f => f.state") == state
    other.locator(".live-panel").wait_for()
    assert other.locator("input[type=text]").first.input_value() == "forlì d"
    assert_same(other.evaluate("f => f.result"), damaged(state["damage"], state["off"]), "forlì d", 0.5)
    assert window.wrong == []


def test_letters_show_what_a_program_sets_and_what_a_bit_does(live):  # noqa: F811
    _, figure = live("en", *LETTER)
    typed = figure.locator("input[type=text]")
    typed.focus()
    figure.evaluate("f => { f.state = {prefix: 'roma'}; return f.result.then(() => 1) }")
    typed.press("Tab")
    assert typed.input_value() == "roma", "also where somebody was writing"
    figure.locator("summary").click()
    figure.evaluate("f => { f.state = {damage: {kind: 'flip', matrix: 'E', index: 7, bit: 27}} }")
    before = float(ARRAYS["E"].flat[7])
    after = float((np.float32(before).view(np.uint32) ^ np.uint32(1 << 27)).view(np.float32))
    shown = figure.locator("[data-part=flipped]").inner_text().replace("−", "-")
    assert [float(part) for part in shown.partition(": ")[2].split(" → ")] == pytest.approx([before, after], rel=1e-3)
    said = "f => { try { f.state = {prefix: 'ROMA'} } catch (error) { return error.message } }"
    assert "63" in figure.evaluate(said)
