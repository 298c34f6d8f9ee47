"""Numbers as bits: equal to NumPy's and to those of ml_dtypes, bit by bit, both ways."""

import math

import ml_dtypes
import numpy as np
import pytest
from bit_flips import COLUMN, NAME, ROW, flipped
from groups import by_groups
from hypothesis import given
from hypothesis import strategies as st
from number_bits import FORMATS, decode, encode, sizes
from numbers_by_hand import parts, reach
from precision import quantise
from published import find
from rounded_weights import nearest, published

SMALL = [kind for kind in FORMATS if kind != "float32"]


def patterns(kind):
    """All the bits of a format, as whole numbers."""
    e, f, _ = sizes(kind)
    return np.arange(2 ** (1 + e + f), dtype=np.uint16 if e + f == 15 else np.uint8)


def theirs(values, kind):
    """The bits of values as the library has them."""
    with np.errstate(all="ignore"):
        return np.asarray(values, float).astype(kind).view({8: "u1", 16: "u2", 32: "u4"}[1 + sum(FORMATS[kind])])


def ours(values, kind):
    return np.array([encode(value, kind) for value in np.asarray(values, float).tolist()])


@pytest.mark.parametrize("kind", SMALL)
def test_all_bits_are_the_numbers_of_the_library_and_go_back(kind):
    bits = patterns(kind)
    numbers = np.array([decode(b, kind) for b in bits.tolist()])
    with np.errstate(invalid="ignore"):
        expected = bits.view(kind).astype(float)
    np.testing.assert_array_equal(numbers, expected)
    assert (np.signbit(numbers) == np.signbit(expected)).all()
    np.testing.assert_array_equal(ours(numbers, kind), theirs(numbers, kind))
    finite = np.isfinite(numbers)
    assert (ours(numbers[finite], kind) == bits[finite]).all()


@given(st.integers(0, 2**32 - 1))
def test_float32_bits_are_those_of_numpy(bits):
    number = np.uint32(bits).view(np.float32)
    mine = decode(bits, "float32")
    assert mine == number or (math.isnan(mine) and np.isnan(number))
    assert math.isnan(mine) or (encode(mine, "float32") == bits)


@given(st.floats(), st.sampled_from(list(FORMATS)))
def test_any_number_is_rounded_as_by_the_library(value, kind):
    if math.isnan(value):
        assert math.isnan(decode(encode(value, kind), kind))
        return
    if kind != "float32":  # the library goes from 64 bits to these by way of 32: rounding twice
        with np.errstate(all="ignore"):
            value = float(np.float32(value))
    assert encode(value, kind) == theirs(value, kind)


@pytest.mark.parametrize("kind", SMALL)
def test_halfway_the_even_one_and_beside_it_the_near_one(kind):
    numbers = np.unique([x for b in patterns(kind).tolist() if math.isfinite(x := decode(b, kind))])
    halfway = (numbers[:-1] + numbers[1:]) / 2
    np.testing.assert_array_equal(ours(halfway, kind) % 2, 0)
    some = halfway[::5].astype("f4")
    for values in (halfway, np.nextafter(some, np.float32(9e9)), np.nextafter(some, np.float32(-9e9))):
        np.testing.assert_array_equal(ours(values, kind), theirs(values, kind))
    np.testing.assert_array_equal(nearest(halfway, kind), [decode(b, kind) for b in ours(halfway, kind).tolist()])


@pytest.mark.parametrize(
    ("value", "kind", "result"),
    [
        (464, "float8_e4m3fn", 448),  # half a step above the largest: the even one
        (464.1, "float8_e4m3fn", math.nan),
        (-math.inf, "float8_e4m3fn", math.nan),
        (61440, "float8_e5m2", math.inf),
        (61439, "float8_e5m2", 57344),
        (65520, "float16", math.inf),
        (-65519, "float16", -65504),
        pytest.param(10**400, "float32", math.inf, id="400 digits"),
        pytest.param(-(10**400), "bfloat16", -math.inf, id="minus 400 digits"),
    ],
)
def test_beyond_the_largest(value, kind, result):
    np.testing.assert_equal(decode(encode(value, kind), kind), result)
    if abs(value) < 1e300:
        assert encode(value, kind) == theirs(value, kind)
        np.testing.assert_equal(nearest(np.array([float(value)]), kind)[0], result)


@pytest.mark.parametrize("kind", FORMATS)
def test_zero_keeps_its_sign(kind):
    assert encode(0.0, kind) == 0 and encode(-0.0, kind) == 2 ** sum(FORMATS[kind])
    assert math.copysign(1, decode(encode(-0.0, kind), kind)) == -1


@pytest.mark.parametrize(
    ("bits", "kind", "words"),
    [
        (256, "float8_e5m2", "256: bits of float8_e5m2 go from 0 to 255"),
        (-1, "float16", "-1: bits of float16 go from 0 to 65535"),
        (1.0, "float16", "1.0: bits of float16 go from 0 to 65535"),
        (True, "float16", "True: bits"),
        (0, "float64", "'float64' is no format; these are: float32, float16, bfloat16, float8_e4m3fn, float8_e5m2"),
    ],
)
def test_bad_bits_are_named(bits, kind, words):
    with pytest.raises(ValueError) as caught:
        decode(bits, kind)
    assert str(caught.value).startswith(words)


@pytest.mark.parametrize("value", ["1", None, 1j, True, [1.0]])
def test_what_is_no_number_is_named(value):
    with pytest.raises(ValueError, match="is not a real number"):
        encode(value, "float16")
    with pytest.raises(ValueError, match="is no format"):
        encode(1.0, "half")


@given(st.lists(st.floats(allow_nan=False, width=32), min_size=1, max_size=9), st.sampled_from(list(FORMATS)))
def test_an_array_is_rounded_as_its_numbers(values, kind):
    with np.errstate(invalid="ignore"):
        near = nearest(np.array([v for v in values if math.isfinite(v)]), kind)
    one_by_one = [decode(encode(v, kind), kind) for v in values if math.isfinite(v)]
    np.testing.assert_array_equal(near, one_by_one)


def test_reach_is_that_of_the_library():
    for kind in FORMATS:
        info = ml_dtypes.finfo(kind)
        expected = [info.max, info.smallest_normal, info.smallest_subnormal, info.eps]
        assert list(reach(kind)) == [float(x) for x in expected]


def test_parts_are_all_the_digits():
    assert parts(0b0_1000_101, "float8_e4m3fn") == "0 1000 101"


def test_the_flipped_bit_is_that_of_the_page_on_publishing():
    p, data = published()[0], bytearray(find().read_bytes())
    assert np.frombuffer(bytes(data[-40000:-39996]), "<f4")[0] == p[NAME][ROW, COLUMN]
    data[-39997] ^= 0b01000000
    assert np.frombuffer(bytes(data[-40000:-39996]), "<f4")[0] == flipped(p, 30)[NAME][ROW, COLUMN]
    assert (flipped(p, 30)[NAME] != p[NAME]).sum() == 1


def test_groups_are_rows_of_their_own_and_must_fit():
    W = np.arange(-6.0, 6).reshape(2, 6)
    Q, scale = by_groups(W, 4, 6)
    assert (quantise(W, 4)[0] == Q).all() and scale.shape == (2, 1)
    assert by_groups(W, 4, 3)[1].shape == (4, 1)
    for size in (5, 0):
        with pytest.raises(ValueError, match=f"12 numbers are no groups of {size}"):
            by_groups(W, 4, size)
