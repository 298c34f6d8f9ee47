"""Today's block: its parts by their properties, its count, its gradients, its file's names, the recorded scores."""

import json
import math

import modern_block
import modern_gradients
import modern_parts
import numpy as np
import pytest
import real_file
import train_modern
import train_transformer
import transformer
from count_parameters import count_parameters
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pages import SNIPPETS
from published import nested
from towns import batch, read

RANDOM = np.random.RandomState(5)
numbers = st.floats(-9, 9).filter(lambda v: v == 0 or abs(v) > 1e-3)
SCORES = json.loads((SNIPPETS / "data" / train_modern.NAME).read_text(encoding="utf-8"))


@given(arrays(float, (3, 4), elements=numbers), st.floats(0.5, 100))
def test_rms_norm_forgets_the_size_and_not_the_mean(x, times):
    normed = modern_parts.rms_norm(x, 1, small=0 if x.any(axis=1).all() else 1e-30)
    np.testing.assert_allclose(modern_parts.rms_norm(times * x, 1, small=1e-30), normed, rtol=1e-6, atol=1e-9)
    if x.any(axis=1).all():
        np.testing.assert_allclose((normed**2).mean(axis=1), 1, rtol=1e-6)


def test_rms_norm_of_vectors_with_mean_zero_is_layer_norm():
    x = RANDOM.standard_normal((5, 8))
    x -= x.mean(axis=1, keepdims=True)
    np.testing.assert_allclose(modern_parts.rms_norm(x, 1, 1e-5), transformer.normalise(x, 1, 0))


def test_products_of_turned_vectors_depend_on_the_distance_alone():
    q, k = RANDOM.standard_normal((2, 12))
    turned_q, turned_k = (modern_parts.turn(np.tile(v, (40, 1))) for v in (q, k))
    products = turned_q @ turned_k.T  # (40, 40)
    for distance in (-7, 0, 1, 20):
        along = products.diagonal(distance)
        np.testing.assert_allclose(along, along[0], atol=1e-12)
    np.testing.assert_allclose(products.diagonal(), q @ k)
    assert np.ptp(products[0]) > 1


def test_the_sign_of_the_difference_counts():
    query, key = (modern_parts.turn(np.tile(v, (3, 1))) for v in ([1.0, 0.0], [0.0, 1.0]))
    products = [query[m] @ key[n] for m, n in ((2, 1), (1, 2))]
    np.testing.assert_allclose(products, [0.841, -0.841], atol=5e-4)  # as the page says


def test_turning_keeps_lengths_and_the_first_place():
    x = RANDOM.standard_normal((2, 9, 6))
    turned = modern_parts.turn(x)
    np.testing.assert_allclose((turned**2).sum(axis=-1), (x**2).sum(axis=-1))
    np.testing.assert_array_equal(turned[:, 0], x[:, 0])
    assert modern_parts.turn(x.astype(np.float32)).dtype == np.float32
    with pytest.raises(ValueError, match="3 numbers"):
        modern_parts.turn(np.ones((2, 3)))


def test_as_many_groups_as_heads_are_the_ordinary_attention():
    q, k, v = RANDOM.standard_normal((3, 2, 4, 7, 12))
    np.testing.assert_array_equal(modern_parts.grouped(q, k, v), transformer.attention(q, k, v))


def test_heads_of_a_group_share_keys_and_values():
    q, k, v = RANDOM.standard_normal((2, 4, 7, 12)), *RANDOM.standard_normal((2, 2, 2, 7, 12))
    found = modern_parts.grouped(q, k, v)
    for head in range(4):
        one = transformer.attention(q[:, head], k[:, head // 2], v[:, head // 2])
        np.testing.assert_allclose(found[:, head], one)
    with pytest.raises(ValueError, match="4 heads, 3 keys"):
        modern_parts.grouped(q, *RANDOM.standard_normal((2, 2, 3, 7, 12)))


def test_the_gate_one_neuron_at_a_time():
    x, Wg, Wu, Wd = (RANDOM.standard_normal(size) for size in ((3, 4), (5, 4), (5, 4), (4, 5)))
    found = modern_parts.gated(x, Wg, Wu, Wd)
    for row, result in zip(x, found, strict=True):
        hidden = []
        for g, u in zip(Wg, Wu, strict=True):
            z = sum(a * b for a, b in zip(row, g, strict=True))
            hidden.append(z / (1 + math.exp(-z)) * sum(a * b for a, b in zip(row, u, strict=True)))
        np.testing.assert_allclose(result, Wd @ hidden)


def test_the_block_has_the_numbers_that_are_counted():
    assert sum(w.size for w in modern_block.start(0).values()) == count_parameters(modern_block.CONFIG).total


def test_nobody_looks_ahead_and_the_order_counts():
    p = nested(modern_block.start(0))
    X = np.array([[0, 1, 2, 3, 4], [0, 2, 1, 3, 5]])
    scores = modern_block.forward(p, X)
    np.testing.assert_allclose(modern_block.forward(p, X[:, :3]), scores[:, :3])
    assert np.abs(scores[0, 3] - scores[1, 3]).max() > 1e-3


def test_its_gradients_are_slopes():
    p = modern_block.start(1)
    X, Y = batch(["asti", "roma"])
    _, g = modern_gradients.gradients(p, X, Y)
    assert g.keys() == p.keys()
    for name, w in p.items():
        d = RANDOM.standard_normal(w.shape)
        ends = [modern_gradients.gradients({**p, name: w + step * d}, X, Y)[0] for step in (1e-5, -1e-5)]
        assert (ends[0] - ends[1]) / 2e-5 == pytest.approx((g[name] * d).sum(), rel=1e-4, abs=1e-7), name


def test_gradients_are_of_the_network_that_is_scored():
    p = modern_block.start(2)
    X, Y = batch(["asti"])
    scores = modern_block.forward(nested(p), X)[0]
    logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    loss = -np.mean([logs[i, y] for i, y in enumerate(Y[0]) if y >= 0])
    assert modern_gradients.gradients(p, X, Y)[0] == pytest.approx(loss)


def test_every_name_of_the_real_file_has_one_part_and_the_sum_is_the_count():
    tensors, listed = real_file.tensors, real_file.model["listed"]
    assert len(tensors) == listed["tensors"]
    assert real_file.numbers(tensors.values()) == listed["numbers"]
    parts = {name: 0 for name in map(real_file.part, tensors)}
    for name, shape in tensors.items():
        parts[real_file.part(name)] += math.prod(shape)
    copied = parts.pop("output")
    assert copied == parts["embedding"]
    count = count_parameters(real_file.config)
    assert parts == count.parts and sum(parts.values()) == count.total


def test_all_blocks_of_the_real_file_have_the_same_shapes():
    for i in range(real_file.config["num_hidden_layers"]):
        for name, shape in real_file.first.items():
            assert real_file.tensors[name.replace(".0.", f".{i}.")] == shape


@pytest.mark.parametrize("name", ["model.layers.0.self_attn.q_proj.bias", "model.layers.x.mlp.up_proj.weight", ""])
def test_an_unknown_name_is_refused(name):
    with pytest.raises(ValueError, match="0 rules"):
        real_file.part(name)


def test_recorded_scores_are_of_these_programs():
    assert SCORES["config"] == modern_block.CONFIG and SCORES["epochs"] == train_modern.EPOCHS
    assert SCORES["names"] == [len(read("it", "train")), len(read("it", "heldout"))]
    now = [getattr(train_transformer, name) for name in ("SIZE", "RATE", "DECAY", "SHARE")]
    assert [SCORES[name] for name in ("names at a time", "rate", "decay", "dropout")] == now
    runs = {(run["kind"], run["seed"], run["epochs"]): run for run in SCORES["runs"]}
    both = [(kind, seed, train_modern.EPOCHS) for seed in train_modern.SEEDS for kind in train_modern.KINDS]
    assert list(runs) == [*both, ("modern", train_modern.SEEDS[0], train_modern.LONG)]
    for (kind, seed, _), run in runs.items():
        weights = train_modern.KINDS[kind][0].start(seed)
        assert run["parameters"] == sum(w.size for w in weights.values())
        assert 2 < run["bits"] < 3.5


def test_training_comes_down_from_guessing():
    names = read("it", "train")[:256]
    size, bits = train_modern.train("modern", 0, 2, names, names[:20])
    assert size == count_parameters(modern_block.CONFIG).total
    assert bits < math.log2(36)
