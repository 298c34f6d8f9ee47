"""The worked example: against plain fractions, and by what any forward pass must do."""

from fractions import Fraction

import numpy as np
import pytest
from activations import relu, sigmoid
from collapse import W, b
from feedforward import W1, W2, b1, b2, forward, x
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

small = st.floats(-100, 100, allow_nan=False)
vectors = arrays(float, 2, elements=small)


def exact(inputs):
    """(h, y) with Python's fractions: no NumPy, no rounding."""
    h = [
        sum(Fraction(w) * Fraction(v) for w, v in zip(row, inputs, strict=True)) + Fraction(c)
        for row, c in zip(W1, b1, strict=True)
    ]
    y = [sum(Fraction(w) * v for w, v in zip(row, h, strict=True)) + Fraction(c) for row, c in zip(W2, b2, strict=True)]
    return h, y


def test_worked_example_is_what_a_person_computes():
    h, y = forward(x, W1, b1, W2, b2)
    assert ([Fraction(v) for v in h], [Fraction(v) for v in y]) == exact(x)
    assert h.shape == (3,) and y.shape == (1,)


@given(vectors)
def test_forward_agrees_with_fractions(inputs):
    h, y = forward(inputs, W1, b1, W2, b2)
    expected_h, expected_y = exact(inputs)
    np.testing.assert_allclose(h, [float(v) for v in expected_h], rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(y, [float(v) for v in expected_y], rtol=1e-12, atol=1e-12)


@given(vectors, vectors, st.floats(-3, 3))
def test_without_activation_it_is_affine(p, q, t):
    whole = forward(p + t * (q - p), W1, b1, W2, b2)[1]
    parts = (1 - t) * forward(p, W1, b1, W2, b2)[1] + t * forward(q, W1, b1, W2, b2)[1]
    np.testing.assert_allclose(whole, parts, rtol=1e-9, atol=1e-9)


@given(arrays(float, st.tuples(st.integers(1, 6), st.just(2)), elements=small))
def test_batch_is_one_by_one(batch):
    H, Y = forward(batch, W1, b1, W2, b2, relu)
    assert H.shape == (len(batch), 3) and Y.shape == (len(batch), 1)
    for row, h, y in zip(batch, H, Y, strict=True):
        one_h, one_y = forward(row, W1, b1, W2, b2, relu)
        np.testing.assert_allclose(h, one_h, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(y, one_y, rtol=1e-12, atol=1e-12)


@given(st.integers(1, 5), st.integers(1, 5), st.integers(1, 5))
def test_shapes(inputs, hidden, outputs):
    h, y = forward(
        np.ones(inputs), np.ones((hidden, inputs)), np.ones(hidden), np.ones((outputs, hidden)), np.ones(outputs)
    )
    assert h.shape == (hidden,) and y.shape == (outputs,)


@given(vectors)
def test_two_layers_are_one(inputs):
    np.testing.assert_allclose(W @ inputs + b, forward(inputs, W1, b1, W2, b2)[1], rtol=1e-9, atol=1e-9)


def test_lists_are_welcome():
    assert forward([2, 3], W1.tolist(), b1.tolist(), W2.tolist(), b2.tolist())[1] == 2.5


@pytest.mark.parametrize(
    ("name", "value", "shapes"),
    [
        ("x", np.ones(3), ["(3,)", "(3, 2)"]),
        ("x", np.ones((4, 3)), ["(4, 3)", "(3, 2)"]),
        ("x", np.float64(1), ["()", "(3, 2)"]),
        ("W1", np.ones(2), ["(2,)"]),
        ("W1", np.ones((3, 4)), ["(2,)", "(3, 4)"]),
        ("b1", np.ones(2), ["(2,)", "(3, 2)"]),
        ("W2", np.ones((1, 2)), ["(1, 2)", "(3, 2)"]),
        ("W2", np.ones(3), ["(3,)", "(3, 2)"]),
        ("b2", np.ones(3), ["(3,)", "(1, 3)"]),
    ],
)
def test_wrong_shapes_are_named(name, value, shapes):
    arguments = {"x": x, "W1": W1, "b1": b1, "W2": W2, "b2": b2} | {name: value}
    with pytest.raises(ValueError) as caught:
        forward(**arguments)
    assert name in str(caught.value)
    assert all(shape in str(caught.value) for shape in shapes), str(caught.value)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("name", ["x", "W1", "b1", "W2", "b2"])
def test_numbers_that_are_not_finite_are_refused(name, bad):
    arguments = {"x": x.copy(), "W1": W1.copy(), "b1": b1.copy(), "W2": W2.copy(), "b2": b2.copy()}
    arguments[name].flat[0] = bad
    with pytest.raises(ValueError, match=rf"{name} holds NaN or infinity"):
        forward(**arguments)


@given(arrays(float, 5, elements=st.floats(-1e6, 1e6)))
def test_activations(z):
    assert (relu(z) >= 0).all() and (relu(z)[z > 0] == z[z > 0]).all()
    assert (sigmoid(z) >= 0).all() and (sigmoid(z) <= 1).all()
    np.testing.assert_allclose(sigmoid(z) + sigmoid(-z), 1, rtol=1e-12)
    np.testing.assert_allclose(np.tanh(z), 2 * sigmoid(2 * z) - 1, atol=1e-12)
