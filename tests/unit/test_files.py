"""Files of weights: written and read as the library does, refused when broken, changed without loss."""

import json

import adapt
import letters
import ml_dtypes
import numpy as np
import pytest
from files import fit
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from precision import pack, quantise, stored, unpack
from safe_file import load, save
from safetensors.numpy import load_file, save_file
from towns import LETTERS, examples, read

ARRAYS = {"W": np.arange(6, dtype="<f4").reshape(2, 3), "b": np.array([1.5], "<f2"), "q": np.array([], "i1")}
numbers = st.sampled_from(["<f8", "<f4", "<f2", "i1", "u1"]).flatmap(
    lambda kind: arrays(kind, array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4))
)


@settings(deadline=None)  # it writes files: how long that takes is not ours to say
@given(st.dictionaries(st.text("abW.1", min_size=1, max_size=5), numbers, max_size=4), st.booleans())
def test_library_and_hand_agree(tmp_path_factory, found, noted):
    file = tmp_path_factory.mktemp("files") / "w.safetensors"
    notes = {"a note": "àè"} if noted else None
    save(found, file, notes)
    assert load(file)[1] == (notes or {})
    save_file(found, other := file.with_name("library.safetensors"), notes)
    for a, b in ((load(file)[0], load_file(file)), (load(other)[0], load_file(other))):
        assert set(a) == set(b) == set(found)
        assert all(a[k].tobytes() == b[k].tobytes() == found[k].tobytes() for k in found)
        assert all(a[k].shape == found[k].shape and a[k].dtype == found[k].dtype for k in found)


def test_every_truncation_is_refused(tmp_path):
    save(ARRAYS, file := tmp_path / "w.safetensors")
    data = file.read_bytes()
    for length in range(len(data)):
        file.write_bytes(data[:length])
        with pytest.raises(ValueError, match=r"w\.safetensors: "):
            load(file)


def lie(**changes):
    """A header that says something else of W."""
    entry = {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]} | changes
    return json.dumps({"W": entry}).encode()


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (lie(shape=[2, 4]), "takes 32 bytes, not 24"),
        (lie(shape=[2, -3]), "no shape"),
        (lie(shape=[2, 1.5]), "no shape"),
        (lie(shape="6"), "no shape"),
        (lie(shape=[10**30]), "bytes, not 24"),
        (lie(dtype="F99"), "no type"),
        (lie(dtype=["F32"]), "no type"),
        (lie(dtype="BF16"), "takes 12 bytes, not 24"),
        (lie(dtype="F8_E4M3"), "W: no type of number that can be read: F8_E4M3; those are F64, F32, F16, I8, U8, BF16"),
        (lie(data_offsets=[0, 28]), "should end at byte 28, but there are 24"),
        (lie(data_offsets=[24, 0]), "should end"),
        (lie(data_offsets=[-4, 20]), "no begin and end"),
        (lie(data_offsets=[0]), "no begin and end"),
        (lie(shape=[2, 2], data_offsets=[0, 16]), "8 bytes left over"),
        (lie(shape=[2, 2], data_offsets=[8, 24]), "begins at 8, but 0 was due"),
        (b'{"W": 3}', "no type"),
        (b'["W"]', "no JSON object"),
        (b'{"__metadata__": "hello"}', "notes are not texts"),
        (b'{"__metadata__": {"a": 1}}', "notes are not texts"),
        (b'{"W"', "Expecting"),
        (b"\xff\xfe{}", "w.safetensors"),
        (b"[" * 100_000, "w.safetensors"),
        (lie()[:-1] + b"," + lie()[1:], "stands twice"),
    ],
)
def test_a_lying_header_is_refused(tmp_path, header, words):
    file = tmp_path / "w.safetensors"
    file.write_bytes(len(header).to_bytes(8, "little") + header + ARRAYS["W"].tobytes())
    with pytest.raises(ValueError) as caught:
        load(file)
    assert words in str(caught.value) and "w.safetensors" in str(caught.value)


@given(st.binary(max_size=40).filter(lambda data: len(data) % 2 == 0))
def test_bfloat16_is_read_as_the_library_of_its_type_has_it(tmp_path_factory, data):
    there = np.frombuffer(data, ml_dtypes.bfloat16)
    entry = {"dtype": "BF16", "shape": [len(there)], "data_offsets": [0, len(data)]}
    header = json.dumps({"W": entry}).encode()
    file = tmp_path_factory.mktemp("files") / "w.safetensors"
    file.write_bytes(len(header).to_bytes(8, "little") + header + data)
    W = load(file)[0]["W"]
    assert W.dtype == np.float32
    np.testing.assert_array_equal(W, there.astype(np.float32))


def test_save_refuses_what_it_cannot_store(tmp_path):
    with pytest.raises(ValueError, match="W: cannot store numbers int64"):
        save({"W": np.array([1])}, tmp_path / "w.safetensors")
    assert not list(tmp_path.iterdir())


def test_fit_names_all_that_differs():
    assert fit(ARRAYS, ARRAYS) is ARRAYS
    with pytest.raises(ValueError) as caught:
        fit({"W": np.zeros((2, 3)), "c": np.zeros(1)}, {"W": np.zeros((3, 3)), "b": np.zeros(3)})
    assert str(caught.value) == "b is missing; c is not wanted; W is (2, 3), the network wants (3, 3)"


@given(
    arrays(float, array_shapes(min_dims=1, max_dims=2, max_side=6), elements=st.floats(-100, 100)),
    st.sampled_from([4, 8]),
)
@example(np.zeros((2, 2)), 8)
@example(np.array([5e-324]), 8)  # the smallest number there is: a 127th of it is zero
@example(np.array([190 * 5e-324, -5e-324]), 8)  # a 127th of it is rounded by a third
@example(np.array([[3e-38, 1e-38], [1e-300, 0.0]]), 4)
def test_quantising_errs_by_half_a_step_at_most(W, bits):
    Q, scale = quantise(W, bits)
    assert np.abs(Q).max() <= 2 ** (bits - 1) - 1
    assert (scale.astype(np.float32) > 0).all(), "a file would hold a scale of zero"
    assert (np.abs(Q * scale - W) <= scale / 2 * (1 + 1e-9)).all()


@given(arrays(np.int8, array_shapes(max_dims=2, max_side=7), elements=st.integers(-8, 7)))
def test_packing_loses_nothing(Q):
    packed = pack(Q)
    assert packed.nbytes == (Q.size + 1) // 2
    assert (unpack(packed, Q.shape) == Q).all()


def test_what_is_read_back_is_what_was_stored():
    p = letters.start()
    file, back = stored(p, "float32")
    assert all((back[k] == p[k].astype("f4")).all() for k in p) and set(file) == set(p)
    file, back = stored(p, "int4")
    assert file["W1"].nbytes == p["W1"].size / 2 and np.abs(back["W1"] - p["W1"]).max() < np.abs(p["W1"]).max() / 13


def test_widening_changes_nothing_for_the_old_symbols():
    p = letters.start()
    wider = LETTERS + "ñç"
    w = adapt.widen(p, LETTERS, wider)
    for name in ("E", "W2", "b2"):
        assert (w[name][:36] == p[name]).all() and len(w[name]) == 38
    assert (w["E"][36] == p["E"][LETTERS.index("n")]).all()
    X, _ = examples(["assisi"], LETTERS, letters.CONTEXT)
    np.testing.assert_allclose(letters.forward(w, X)[0][:, :36], letters.forward(p, X)[0])


def test_an_update_that_learnt_nothing_changes_nothing_and_the_original_stays():
    p = letters.start()
    before = {name: w.copy() for name, w in p.items()}
    X, y = examples(read("it", "heldout"), LETTERS, letters.CONTEXT)
    update = adapt.low_rank.__wrapped__(p, X, y, 2, 1, 0.0)
    assert all((adapt.updated(p, update)[name] == p[name]).all() for name in p)
    update = adapt.low_rank.__wrapped__(p, X, y, 2, 1, 0.01)
    assert all((p[name] == before[name]).all() for name in p)
    assert np.linalg.matrix_rank(adapt.updated(p, update)["W1"] - p["W1"]) == 2
    assert letters.score(adapt.updated(p, update), X, y) < letters.score(p, X, y)
