"""The course's own models: their data, gradients, scores and published weights."""

import hashlib
import json
import subprocess
import sys

import letters
import numpy as np
import pytest
import transformer
import transformer_gradients
from compare_models import compare, held_out
from conftest import environment
from count_parameters import count_parameters
from hypothesis import given
from hypothesis import strategies as st
from next_token import log_softmax, softmax
from pages import DOCS, SNIPPETS
from published import find, nested
from safe_file import exact, load
from towns import COUNTRIES, LETTERS, alphabet, batch, bits, encode, examples, invent, plain, read
from verify import sha256

CARD = json.loads((DOCS / "assets/models/towns-transformer.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_name_is_on_both_sides(country):
    learnt, held = read(country, "train"), read(country, "heldout")
    assert len(set(learnt)) == len(learnt) and len(set(held)) == len(held)
    assert not set(learnt) & set(held)
    assert not set(held_out(country)) & set(read("it", "train")), "no model may have seen a name it is measured on"
    assert 0.09 < len(held) / (len(held) + len(learnt)) < 0.11


def test_data_are_what_their_card_says():
    card = json.loads((SNIPPETS / "data/towns.json").read_text(encoding="utf-8"))
    assert card["licence"] == "CC BY 4.0"
    for name, said in card["files"].items():
        data = (SNIPPETS / "data" / name).read_bytes()
        assert said == {"names": data.count(b"\n"), "sha256": hashlib.sha256(data).hexdigest()}


def test_examples_cover_each_symbol_once():
    X, y = examples(["ab", "b"], ".ab", 2)
    assert X.tolist() == [[0, 0], [0, 1], [1, 2], [0, 0], [0, 2]] and y.tolist() == [1, 2, 0, 2, 0]


def test_encode_refuses_an_unknown_symbol():
    with pytest.raises(ValueError, match=r"peñón.*'ñ'"):
        encode("peñón", LETTERS)


@pytest.mark.parametrize("country", COUNTRIES)
def test_plain_leaves_only_known_letters(country):
    names = read(country, "train") + read(country, "heldout")
    assert set("".join(plain(name, LETTERS) for name in names)) <= set(LETTERS)
    assert plain("cœur d'españa", LETTERS) == "coeur d'espana"


def test_invent_stops_at_the_mark_and_at_the_limit():
    def certain(symbol):
        return lambda name: np.eye(3)[symbol]

    random = np.random.RandomState(0)
    assert invent(certain(0), ".ab", random) == "" and invent(certain(2), ".ab", random, longest=5) == "bbbbb"


def agree(gradients, p, X, y, places=6):
    """Check a model's gradients against numerical ones, at some places of each array, relative error 1e-6."""
    _, ours = gradients(p, X, y)
    assert set(ours) == set(p)
    random = np.random.RandomState(0)
    for name, w in p.items():
        assert ours[name].shape == w.shape and ours[name].dtype == np.float64
        size = np.abs(ours[name]).max()
        # Where a number matters (an unused position has no gradient), and one anywhere.
        used = np.flatnonzero(np.abs(ours[name]) > 0.05 * size)
        for flat in [*random.choice(used, min(places, len(used)), replace=False), random.randint(w.size)]:
            i = np.unravel_index(flat, w.shape)
            value, step = w[i], 1e-5
            # Five points: the error of the formula itself is far below what is asked.
            at = []
            for k in (-2, -1, 1, 2):
                w[i] = value + k * step
                at.append(gradients(p, X, y)[0])
            w[i] = value
            numerical = (at[0] - 8 * at[1] + 8 * at[2] - at[3]) / (12 * step)
            # Below a thousandth, rounding counts: a key bias, for one, has no gradient at all.
            assert abs(ours[name][i] - numerical) <= 1e-6 * max(abs(numerical), 1e-3), (name, i)


def test_gradients_of_the_feedforward_model():
    X, y = examples(["assisi", "forlì", "sant'agata", "pisa"], LETTERS, letters.CONTEXT)
    agree(letters.gradients, letters.start(seed=5), X, y)


@pytest.fixture(scope="module")
def published():
    """The published weights {name: array}, float64."""
    return exact(load(find())[0])


@pytest.fixture
def moved(published):
    """Weights near the published ones, with no bias at zero."""
    random = np.random.RandomState(1)
    return {name: w + 0.02 * random.standard_normal(w.shape) for name, w in published.items()}


def test_gradients_of_the_transformer(moved):
    agree(transformer_gradients.gradients, moved, *batch(["assisi", "forlì", "san leo"]), places=3)


def test_gradients_with_dropout(moved):
    def gradients(p, X, Y):
        """Every time the same numbers are silenced."""
        drop = transformer_gradients.dropout(0.3, np.random.RandomState(2))
        return transformer_gradients.gradients(p, X, Y, drop)

    agree(gradients, moved, *batch(["assisi", "forlì"]), places=1)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_training_scores_as_the_lesson_does(moved, kind):
    p = {name: w.astype(kind) for name, w in moved.items()}
    X, _ = batch(["assisi", "san benedetto del tronto"])
    scores, _ = transformer_gradients.forward(p, X)
    assert scores.dtype == kind and (scores == transformer.forward(nested(p), X)).all()


def test_dropout_keeps_the_mean():
    drop = transformer_gradients.dropout(0.25, np.random.RandomState(0))
    mask = drop(np.ones((200, 200), np.float32))
    assert mask.dtype == np.float32 and set(mask.ravel()) == {0, np.float32(4 / 3)}
    assert abs(mask.mean() - 1) < 0.02


def test_weights_keep_their_place_when_nested(published):
    p = nested(published)
    assert set(p) == {"E", "P", "blocks", "norm"} and len(p["blocks"]) == CARD["config"]["n_layer"]
    assert p["blocks"][2]["norm1"]["scale"] is published["block3.norm1.scale"]
    many = nested({f"block{i}.W": i for i in range(12, 0, -1)})
    assert [box["W"] for box in many["blocks"]] == list(range(1, 13))


def test_attention_is_the_formula():
    q, k, v = np.random.RandomState(0).standard_normal((3, 5, 4))
    scores = q @ k.T / 2
    for i in range(5):
        powers = np.exp(scores[i, : i + 1])
        np.testing.assert_allclose(transformer.attention(q, k, v)[i], powers @ v[: i + 1] / powers.sum())


def test_transformer_never_looks_ahead(published):
    X, _ = batch(["castelnuovo", "castelmagno"])
    p = nested(published)
    scores = transformer.forward(p, X)
    same = len(".castel")
    np.testing.assert_allclose(scores[0, :same], scores[1, :same], rtol=0, atol=1e-12)
    assert np.abs(scores[0, same:] - scores[1, same:]).max() > 0.1
    found = transformer.looks(p, X)
    assert [a.shape for a in found] == [(2, transformer.HEADS, 12, 12)] * 3
    assert all(np.triu(a, 1).max() == 0 and np.allclose(a.sum(axis=-1), 1) for a in found)


def test_transformer_scores_alone_as_in_a_batch(published):
    names, p = ["assisi", "san benedetto del tronto", "pisa"], nested(published)
    together = transformer.forward(p, batch(names)[0])
    for i, name in enumerate(names):
        alone = transformer.forward(p, batch([name])[0])[0]
        np.testing.assert_allclose(together[i, : len(name) + 1], alone, atol=1e-10)


def test_transformer_refuses_a_name_that_is_too_long():
    with pytest.raises(ValueError, match="64 symbols: at most 63"):
        batch(["a" * 64])


def test_bits_of_a_certain_answer_that_is_wrong():
    scores = np.array([[0.0, 2000.0]])  # its probability is too small for a float
    assert softmax(scores)[0, 0] == 0
    assert bits(log_softmax(scores)[:, 0]) == pytest.approx(2000 / np.log(2))
    p = letters.start()
    p["W2"] *= 1e5
    assert np.isfinite(letters.score(p, *examples(["assisi"], LETTERS, letters.CONTEXT)))


def test_published_file_is_what_its_card_says(published):
    file = find()
    assert file.stat().st_size <= 400_000
    assert sha256(file) == CARD["sha256"] and CARD["file"] == file.name and CARD["licence"] == "CC BY 4.0"
    assert (
        round(transformer.score(nested(published), read("it", "heldout")), 3) == CARD["bits per character"]["heldout"]
    )
    notes = load(file)[1]
    assert notes["letters"] == LETTERS and json.loads(notes["config"]) == CARD["config"]
    assert count_parameters(CARD["config"]).total == sum(w.size for w in published.values())
    data = json.loads((SNIPPETS / "data/towns.json").read_text(encoding="utf-8"))["files"]
    assert CARD["data"]["train"] == data["towns_it.train.txt"]
    assert CARD["data"]["heldout"] == data["towns_it.heldout.txt"]


def test_scores_are_as_good_as_the_course_says():
    found = compare()
    assert list(found) == ["pairs", "feedforward", "transformer"]
    assert all(list(scores) == list(COUNTRIES) for scores in found.values())
    assert found["transformer"]["it"] <= 2.65 < found["feedforward"]["it"] <= 2.85 < found["pairs"]["it"]
    done = subprocess.run(
        [sys.executable, str(SNIPPETS / "compare_models.py"), "--json"],
        env=environment(),
        capture_output=True,
        text=True,
    )
    printed = json.loads(done.stdout)
    assert all(abs(printed[model][c] - found[model][c]) < 1e-9 for model in found for c in COUNTRIES)


@given(st.lists(st.text("abcd", max_size=6), min_size=1, max_size=5))
def test_alphabet_begins_with_the_mark(names):
    found = alphabet(names)
    assert found[0] == "." and sorted(found[1:]) == sorted(set("".join(names)))
