"""What the other programs compute: against independent sums, and with wrong input."""

import math

import numpy as np
import pytest
from connections import connections
from count_weights import dense
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from matrix_product import matmul_by_hand
from neuron import neuron
from next_token import followers, log_softmax, names, softmax

sizes = st.integers(1, 5)
scores = arrays(float, st.integers(1, 8), elements=st.floats(-700, 700))


@given(st.data(), sizes, sizes, sizes)
def test_matmul_by_hand_is_matmul(data, n, k, m):
    A = data.draw(arrays(int, (n, k), elements=st.integers(-9, 9)))
    B = data.draw(arrays(int, (k, m), elements=st.integers(-9, 9)))
    assert matmul_by_hand(A.tolist(), B.tolist()) == (A @ B).tolist()


@pytest.mark.parametrize(
    ("A", "B", "words"),
    [
        ([[1, 2]], [[1, 2]], ["(1, 2)"]),
        ([[1], [2, 3]], [[1]], ["A is no matrix"]),
        ([[1]], [[]], ["B is no matrix"]),
        ([], [[1]], ["A is no matrix"]),
    ],
)
def test_matmul_by_hand_refuses(A, B, words):
    with pytest.raises(ValueError) as caught:
        matmul_by_hand(A, B)
    assert all(word in str(caught.value) for word in words)


@given(scores, st.floats(0.05, 50))
def test_softmax_gives_probabilities(values, temperature):
    p = softmax(values, temperature)
    assert p.shape == values.shape and (p >= 0).all()
    assert math.isclose(p.sum(), 1, rel_tol=1e-9)
    np.testing.assert_allclose(softmax(values + 5, temperature), p, atol=1e-9)


def test_softmax_of_logarithms_gives_frequencies_back():
    counts = np.array([5, 2, 2, 1, 1])
    np.testing.assert_allclose(softmax(np.log(counts)), counts / 11)


@given(scores)
def test_temperature_sharpens_and_flattens(values):
    assert softmax(values, 0.5).max() >= softmax(values, 1).max() - 1e-12 >= softmax(values, 2).max() - 2e-12


@pytest.mark.parametrize("temperature", [0, -1, math.nan, math.inf])
def test_softmax_refuses_a_temperature(temperature):
    with pytest.raises(ValueError, match="temperature"):
        softmax([1, 2], temperature)


@pytest.mark.parametrize("bad", [[1, math.nan], [1, math.inf], [-math.inf, -math.inf], [[0, 1], [math.nan, 1]]])
def test_softmax_refuses_scores(bad):
    with pytest.raises(ValueError, match="finite"):
        softmax(bad)


def test_softmax_of_minus_infinity_is_never():
    assert softmax([0, -math.inf, 0]).tolist() == [0.5, 0, 0.5]


@given(arrays(float, (3, 4), elements=st.floats(-700, 700)))
def test_softmax_of_a_table_is_row_by_row(table):
    np.testing.assert_allclose(softmax(table), [softmax(row) for row in table], rtol=1e-12)
    logs = log_softmax(table)
    np.testing.assert_allclose(np.exp(logs), softmax(table), rtol=1e-9, atol=1e-300)
    assert np.isfinite(logs).all()


def test_followers_are_counted_in_the_names():
    text = " ".join(names) + " "
    assert sum(followers("e").values()) == text.count("e")
    assert followers("e")["n"] == text.count("en") and followers("e")["."] == text.count("e ")


def test_connections():
    assert connections(2, 3, 1) == 2 * 3 + 3 * 1
    assert connections(20, 20) == 4 * connections(10, 10)


@pytest.mark.parametrize("layers", [(), (3,), (3, 0), (3, -1), (3, 2.5)])
def test_connections_refuses(layers):
    with pytest.raises(ValueError, match="two or more layers"):
        connections(*layers)


@given(sizes, sizes)
def test_dense_counts_arrays(inputs, outputs):
    weights, biases = dense(inputs, outputs)
    assert weights == np.empty((outputs, inputs)).size and biases == np.empty(outputs).size


@pytest.mark.parametrize(("inputs", "outputs", "word"), [(0, 3, "inputs"), (3, 1.5, "outputs"), ("a", 1, "inputs")])
def test_dense_refuses(inputs, outputs, word):
    with pytest.raises(ValueError, match=word):
        dense(inputs, outputs)


@given(arrays(float, 3, elements=st.floats(-9, 9)), arrays(float, 3, elements=st.floats(-9, 9)), st.floats(-9, 9))
def test_neuron_is_a_dot_product(x, w, b):
    assert math.isclose(neuron(x, w, b), x @ w + b, abs_tol=1e-9)


def test_neuron_refuses():
    with pytest.raises(ValueError, match="2 inputs but 1 weights"):
        neuron([1, 2], [1], 0)
