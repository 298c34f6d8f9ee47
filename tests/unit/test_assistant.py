"""Learning to answer: DPO by hand and against numerical derivatives, and what the page says comes out."""

import math

import numpy as np
import pytest
from answers import answers, held_out, shares
from assistant import exchanges, fine_tuned, published
from dpo import gradients, logs_of_pairs, preference, preferring
from hypothesis import given
from hypothesis import strategies as st
from preferences import learnt, pairs_of
from safe_file import exact
from weights_moved import KINDS, RANK, change, low_rank, updated

PAIRS = [("b-bario", "b-bari"), ("p-pisano", "p-pesa"), ("t-to", "t-terni")]


@pytest.fixture
def near():
    """Weights near the published ones, float64."""
    random = np.random.RandomState(1)
    return {name: w + 0.02 * random.standard_normal(w.shape) for name, w in exact(published()).items()}


def test_the_pair_by_hand():
    logs = np.array([[-7.5, -8], [-9.5, -9], [-8.5, -6]])
    moved = logs - logs[-1]  # the last is the reference
    assert moved.tolist() == [[1, -2], [-1, -3], [0, 0]]
    assert logs[1, 0] < logs[1, 1], "a positive margin, and yet the worse answer is the likelier"
    loss, slopes = preference(moved, 0.5)
    for i, margin in enumerate((1.5, 1.0, 0.0)):
        sigmoid = 1 / (1 + math.exp(-margin))
        assert math.isclose(loss[i], -math.log(sigmoid))
        np.testing.assert_allclose(slopes[i], [-0.5 * (1 - sigmoid), 0.5 * (1 - sigmoid)])


@given(st.floats(-5, 5), st.floats(-5, 5), st.floats(0.05, 2), st.floats(-30, 30))
def test_only_the_difference_counts(better, worse, beta, fall):
    loss, slopes = preference(np.array([[better, worse]]), beta)
    again, _ = preference(np.array([[better - fall, worse - fall]]), beta)
    assert math.isclose(loss[0], again[0], rel_tol=1e-9) and math.isclose(slopes.sum(), 0, abs_tol=1e-12)
    assert slopes[0, 0] < 0 < slopes[0, 1]


def test_a_pair_never_stops_pushing():
    loss, slopes = preference(np.array([[-300, 0], [0, 0], [5, 0], [30, 0]]), 1)
    assert (np.diff(loss) < 0).all() and (loss > 0).all() and (np.diff(slopes[:, 0]) > 0).all()
    assert (slopes[:, 0] < 0).all() and np.isfinite(loss).all()


def test_gradients_of_preferences_are_numerical_ones(near):
    reference, random = logs_of_pairs(exact(published()), PAIRS), np.random.RandomState(0)
    _, g = gradients(near, PAIRS, reference, 0.3)
    assert set(g) == set(near)
    for name, w in near.items():
        d = random.standard_normal(w.shape)  # a direction to move in
        above, below = (gradients(near | {name: w + step * d}, PAIRS, reference, 0.3)[0] for step in (1e-6, -1e-6))
        slope = (above - below) / 2e-6
        assert abs(slope - (g[name] * d).sum()) <= 1e-5 * max(abs(slope), 1e-2), name


def test_an_answer_has_the_probability_of_its_symbols(near):
    logs = logs_of_pairs(near, PAIRS)
    for (better, _), (log, _) in zip(PAIRS, logs, strict=True):
        alone = logs_of_pairs(near, [(better, better)])  # whatever stands beside it in the batch
        np.testing.assert_allclose(alone, log)


def test_the_request_does_not_count():
    X, Y = exchanges(["b-bari", "t-to"])
    assert (Y[:, :2] == -1).all() and Y[0, 2] == X[0, 3] and (Y >= 0).sum() == len("bari.") + len("to.")


def test_answers_depend_on_the_seed_alone():
    p = published()
    one, other = answers(p, ["b-", "l-"], 5), answers(p, ["b-", "l-"], 5)
    assert one == other and all(len(name) <= 20 and "." not in name for name in one)


def test_what_examples_and_preferences_do():
    """As the page says, through the functions that its program calls."""
    before, tuned, preferring = published(), fine_tuned(), learnt(0.1)[0]
    models = before, tuned, preferring
    right, o = zip(*(shares(p).values() for p in models), strict=True)
    assert [round(100 * share) for share in right] == [4, 78, 54]
    assert [round(100 * share) for share in o[1:]] == [40, 88]
    assert [round(held_out(p), 2) for p in models] == [2.5, 2.77, 2.98]
    assert pleases_less_and_loses_less(learnt(2.0)[0], preferring)


def pleases_less_and_loses_less(one, other):
    (right, o), (other_right, other_o) = shares(one).values(), shares(other).values()
    return o < other_o - 0.05 and right > other_right + 0.03 and held_out(one) < held_out(other) - 0.05


def test_with_other_pairs_it_goes_the_same_way():
    p, pairs = fine_tuned(), pairs_of(fine_tuned(), 11)
    found = [preferring(p, pairs, PAIRS, beta) for beta in (2.0, 0.1)]
    assert pleases_less_and_loses_less(*({name: w[name] for name in p} for w in found))


def test_a_margin_above_zero_is_no_order():
    """The worse answer may still be the likelier, as the page says of the new pairs."""
    p = fine_tuned()
    pairs = pairs_of(p, 3)
    logs = logs_of_pairs(learnt(0.1)[0], pairs)
    moved = logs - logs_of_pairs(p, pairs)
    np.testing.assert_allclose(moved.mean(axis=0), learnt(0.1)[1]["moved"][-1], rtol=1e-4)
    ahead = moved[:, 0] > moved[:, 1]
    assert (len(pairs), ahead.sum(), (ahead & (logs[:, 0] < logs[:, 1])).sum()) == (99, 83, 14)


def test_new_pairs_draw_apart_while_both_fall():
    moved = learnt(0.1)[1]["moved"]
    assert (moved[0] == 0).all() and (np.diff(moved[:, 0] - moved[:, 1]) > 0).all() and (moved[-1] < 0).all()


def test_better_answers_come_first_and_ask_the_same():
    pairs = pairs_of(fine_tuned(), 2)
    assert pairs and all(better[:2] == worse[:2] for better, worse in pairs)
    assert all(better.endswith("o") and not worse.endswith("o") for better, worse in pairs)


def test_a_change_and_its_directions():
    W = np.eye(4)
    assert change(W, W + np.diag([2.0, 0, 0, 0])) == (1, 1)
    assert change(W, 2 * W) == (1, 4)


def test_changes_have_a_lower_rank_than_numbers_by_chance_but_no_low_one():
    models, random = (published(), fine_tuned(), learnt(0.1)[0]), np.random.RandomState(7)
    for kind in KINDS:
        before, tuned, preferring = (p["block2." + kind] for p in models)
        chance = change(before, before + random.standard_normal(before.shape))[1]
        for _, many in (change(before, tuned), change(tuned, preferring)):
            assert 3 * RANK < many < chance, kind


def test_an_update_has_a_low_rank_and_its_factor():
    p = fine_tuned()
    update = low_rank(p, pairs_of(p, 2), 4)
    one, four = (updated(p, update, alpha) for alpha in (4, 16))
    name = "block2.Wv"
    difference = exact(one)[name] - exact(p)[name]
    assert np.linalg.matrix_rank(difference, tol=1e-4) == RANK
    np.testing.assert_allclose(exact(four)[name] - exact(p)[name], 4 * difference, atol=1e-5)
    assert all((one[other] == w).all() for other, w in p.items() if "B " + other not in update)
