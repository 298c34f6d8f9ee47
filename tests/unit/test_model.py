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
from compare_models import COUNTRIES, compare, held_out
from conftest import environment
from count_parameters import count_parameters
from hypothesis import given
from hypothesis import strategies as st
from pages import DOCS, SNIPPETS
from safe_file import load
from towns import alphabet, encode, examples, invent, plain, read
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
        encode("peñón", letters.LETTERS)


@pytest.mark.parametrize("country", COUNTRIES)
def test_plain_leaves_only_known_letters(country):
    names = read(country, "train") + read(country, "heldout")
    assert set("".join(plain(name, letters.LETTERS) for name in names)) <= set(letters.LETTERS)
    assert plain("cœur d'españa", letters.LETTERS) == "coeur d'espana"


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
    X, y = examples(["assisi", "forlì", "sant'agata", "pisa"], letters.LETTERS, letters.CONTEXT)
    agree(letters.gradients, letters.start(letters.LETTERS, seed=5), X, y)


@pytest.fixture(scope="module")
def published():
    """The published weights, float64."""
    return {name: w.astype(float) for name, w in load(transformer.find())[0].items()}


def test_gradients_of_the_transformer(published):
    random = np.random.RandomState(1)
    p = {name: w + 0.02 * random.standard_normal(w.shape) for name, w in published.items()}
    agree(transformer_gradients.gradients, p, *transformer.batch(["assisi", "forlì", "san leo"]), places=3)


def test_gradients_with_dropout(published):
    class Same(transformer_gradients.Dropped):
        """Silences the same numbers every time."""

        def __call__(self, name, x):
            self.random = np.random.RandomState(len(name))
            return super().__call__(name, x)

    agree(
        lambda p, X, Y: transformer_gradients.gradients(p, X, Y, Same(0.3)),
        dict(published),
        *transformer.batch(["assisi", "forlì"]),
        places=1,
    )


def test_transformer_never_looks_ahead(published):
    X, _ = transformer.batch(["castelnuovo", "castelmagno"])
    scores, steps = transformer.forward(published, X)
    same = len(".castel")
    np.testing.assert_allclose(scores[0, :same], scores[1, :same], rtol=0, atol=1e-12)
    assert np.abs(scores[0, same:] - scores[1, same:]).max() > 0.1
    a = steps["block2.a"]
    assert np.triu(a, 1).max() == 0 and np.allclose(a.sum(axis=-1), 1)


def test_transformer_scores_alone_as_in_a_batch(published):
    names = ["assisi", "san benedetto del tronto", "pisa"]
    X, _ = transformer.batch(names)
    together = transformer.forward(published, X)[0]
    for i, name in enumerate(names):
        alone = transformer.forward(published, transformer.batch([name])[0])[0][0]
        np.testing.assert_allclose(together[i, : len(name) + 1], alone, atol=1e-10)


def test_transformer_refuses_a_name_that_is_too_long(published):
    with pytest.raises(ValueError, match="64 symbols: at most 63"):
        transformer.batch(["a" * 64])


def test_published_file_is_what_its_card_says(published):
    file = transformer.find()
    assert file.stat().st_size <= 400_000
    assert sha256(file) == CARD["sha256"] and CARD["file"] == file.name and CARD["licence"] == "CC BY 4.0"
    assert round(transformer.score(published, read("it", "heldout")), 3) == CARD["bits per character"]["heldout"]
    notes = load(file)[1]
    assert notes["letters"] == transformer.LETTERS and json.loads(notes["config"]) == CARD["config"]
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
