"""What a model costs: operations, memory, speed; the measured sizes; counting and network together."""

import json

import count_products
import kneser_ney
import mixing
import numpy as np
import pytest
import scaling
import tokens_a_second
import train_transformer
import training_memory
import transformer
from count_parameters import count_parameters
from count_products import Counted, d, tally, x
from hypothesis import given
from hypothesis import strategies as st
from open_models import counts, models
from published import find, weights
from safe_file import exact, load
from towns import LETTERS, LONGEST, batch, read
from transformer_gradients import gradients, linear_back

sizes = st.integers(1, 6)


@given(sizes, sizes, sizes, sizes)
def test_a_product_is_counted(n, m, k, columns):
    for A, B in ((np.ones((n, m, k)), np.ones((k, columns)).view(Counted)), (np.ones((m, k)).view(Counted), 2)):
        tally.clear()
        result = A @ B if isinstance(B, np.ndarray) else A * B + A
        assert isinstance(result, Counted)
        assert tally.total() == (2 * n * m * k * columns if isinstance(B, np.ndarray) else 0)


def test_the_worked_matrix_takes_six_operations_a_weight():
    W, total = count_products.W.view(Counted), 0
    for A, B in ((W, x[:, None]), (d[None], W), (d[:, None].view(Counted), x[None])):
        tally.clear()
        A @ B
        assert tally.total() == 2 * W.size
        total += tally.total()
    assert total == 6 * W.size == 36
    dx, dW, _ = linear_back(d[None], x[None], count_products.W)
    assert dx.tolist() == [[4, 5]] and dW.tolist() == np.outer(d, x).tolist()


@pytest.mark.parametrize("names", [["assisi"], ["bra", "pisa", "roma antica"]])
def test_the_transformer_takes_what_the_formula_says(names):
    p, (X, _) = exact(load(find())[0]), batch(names)
    n, t = X.shape
    width, inner, blocks, heads = 48, 192, 3, transformer.HEADS
    dense = blocks * (4 * width**2 + 2 * width * inner) + len(LETTERS) * width
    assert count_products.matrices(p) == dense
    attention = blocks * heads * n * 2 * (2 * t * t * width // heads)  # scores, and the mean of the values
    found = count_products.step(p, X)
    for way, factor in (("forward", 1), ("backward", 2)):
        assert found[way][2] + found[way][3] == factor * 2 * n * t * dense
        assert found[way][4] == factor * attention


def test_counting_changes_no_result():
    p, (X, Y) = exact(load(find())[0]), batch(["assisi", "forlì"])
    loss, g = gradients({name: w.view(Counted) for name, w in p.items()}, X, Y)
    plain_loss, plain = gradients(p, X, Y)
    assert loss == plain_loss and all((g[name] == plain[name]).all() for name in p)


def test_activations_are_those_of_the_way_back_and_grow_with_the_names():
    p = train_transformer.start(0)
    one, four = (training_memory.activations(p, ["a" * 20] * many) for many in (1, 4))
    assert four == 4 * one
    t, width = 21, 48
    least = 3 * (9 * width + 192 + transformer.HEADS * t) * t * 4  # z, q, k, v, m, x, y, z, mask; hidden; attention
    assert least < one < 2 * least


def test_what_is_kept_counts_views_once_and_weights_never():
    big = np.zeros(10)

    def back():
        return big, big[2:], [big.reshape(2, 5)]

    seen = {}
    training_memory.kept([back, {"a": big[:3]}, (len, 3)], seen)
    assert [array is big for array in seen.values()] == [True]


def test_training_takes_sixteen_bytes_a_parameter():
    for count in counts.values():
        assert tokens_a_second.training_gigabytes(count) * 1e9 == pytest.approx(16 * count.total)
        assert tokens_a_second.cards(count) * 80 * 2**30 >= 16 * count.total
        assert (tokens_a_second.cards(count) - 1) * 80 * 2**30 < 16 * count.total


@pytest.mark.parametrize("model", [m for m in models if "num_hidden_layers" in m["config"] and "V3" not in m["model"]])
def test_the_kv_cache_is_the_formula_and_slows_writing(model):
    config, count = model["config"], counts[model["model"]]
    heads = config["num_attention_heads"]
    head = config.get("head_dim") or config["hidden_size"] // heads
    each = 2 * config["num_hidden_layers"] * config.get("num_key_value_heads", heads) * head * 2
    assert count.kv_cache_bytes_per_token() == each
    slow, fast = (tokens_a_second.tokens_a_second(count, 120, context=n) for n in (5000, 0))
    embedding = 0 if config.get("tie_word_embeddings") or "bloom" in config["model_type"] else config["hidden_size"]
    read = count.active - embedding * config["vocab_size"]
    assert fast == pytest.approx(120e9 / (2 * read), rel=1e-3)
    assert 1 / slow - 1 / fast == pytest.approx(5000 * each / 120e9)


def test_a_mixture_of_one_is_that_one():
    names = read("it", "heldout")[:200]
    seen = kneser_ney.learn(read("it", "train")[:500], mixing.LOOKS_BACK)
    network, counting = mixing.from_network(weights(), names), mixing.from_counting(seen, names)
    assert len(network) == len(counting) == scaling.symbols(names)
    assert mixing.mixed(network, counting, 1) == pytest.approx(transformer.score(weights(), names))
    assert mixing.mixed(network, counting, 0) == pytest.approx(kneser_ney.score(seen, names, mixing.LOOKS_BACK))
    ends = [mixing.mixed(network, counting, share) for share in (0, 1)]
    assert mixing.mixed(network, counting, 0.5) < np.mean(ends)


MEASURED = scaling.measured()


def test_the_measured_sizes_are_all_there_and_counted():
    assert MEASURED["settings"] == scaling.SETTINGS
    names = [read("it", "train")[::part] for part in scaling.PARTS]
    cells = [(row["width"], row["names"]) for row in MEASURED["networks"]]
    assert cells == [(width, len(few)) for few in names for width in scaling.WIDTHS]
    symbols = {len(few): scaling.symbols(few) for few in names}
    for row in MEASURED["networks"]:
        config = {"model_type": "gpt2", "vocab_size": len(LETTERS), "n_positions": LONGEST + 1}
        config |= {"n_embd": row["width"], "n_layer": 3, "n_head": 4}
        assert row["parameters"] == count_parameters(config).total
        assert row["symbols"] == symbols[row["names"]]


def test_counting_is_measured_again():
    heldout = read("it", "heldout")
    again = [
        scaling.counted(letters, read("it", "train")[::part], heldout)
        for letters in scaling.LETTERS
        for part in scaling.PARTS
    ]
    assert again == MEASURED["counting"]


def test_the_cheapest_network_is_trained_again(monkeypatch):
    row = MEASURED["networks"][0]
    again = scaling.network(row["width"], read("it", "train")[:: scaling.PARTS[0]], read("it", "heldout"))
    assert again.pop("bits") == pytest.approx(row["bits"], abs=0.02)
    assert again == {key: value for key, value in row.items() if key != "bits"}
    monkeypatch.setattr(scaling, "SEED", 1)
    other = scaling.network(row["width"], read("it", "train")[:: scaling.PARTS[0]], read("it", "heldout"))
    assert 0.05 < abs(other["bits"] - row["bits"]) < 0.25, "the page says: about a tenth of a bit"


def test_measuring_goes_on_from_where_it_was(tmp_path, monkeypatch, capsys):
    trained = []

    def network(width, names, _):
        trained.append((width, len(names)))
        if len(trained) == 3:
            raise KeyboardInterrupt
        return {"width": width, "names": len(names), "bits": 3.0}

    monkeypatch.setattr(scaling, "network", network)
    monkeypatch.setattr(scaling, "counted", lambda *_: {})
    with pytest.raises(KeyboardInterrupt):
        scaling.main(["--out", str(tmp_path / "new")])
    scaling.main(["--out", str(tmp_path / "new")])
    assert len(trained) == 3 + 18 and trained[2] == trained[3] and len(set(trained)) == 20
    assert len(json.loads((tmp_path / "new" / scaling.FILE).read_text(encoding="utf-8"))["networks"]) == 20
    monkeypatch.setitem(scaling.SETTINGS, "epochs", 1)
    with pytest.raises(SystemExit, match="other settings"):
        scaling.main(["--out", str(tmp_path / "new")])
