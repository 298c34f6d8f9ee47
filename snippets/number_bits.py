"""Numbers as bits: five formats, from bits to the number and back.

Sources: IEEE 754-2019 (float32, float16); Kalamkar et al., A Study of
BFLOAT16 for Deep Learning Training, 2019; Micikevicius et al., FP8 Formats
for Deep Learning, 2022 (the two of 8 bits).
"""

import math
from numbers import Real

# --8<-- [start:formats]
FORMATS = {  # bits of exponent, bits of fraction; the sign is one more
    "float32": (8, 23),
    "float16": (5, 10),
    "bfloat16": (8, 7),
    "float8_e4m3fn": (4, 3),
    "float8_e5m2": (5, 2),
}


def sizes(kind):
    """Bits of exponent, bits of fraction, and what the exponent is off by.

    Raises ValueError for a format that FORMATS does not have.
    """
    if kind not in FORMATS:
        known = ", ".join(FORMATS)
        raise ValueError(f"{kind!r} is no format; these are: {known}")
    e, f = FORMATS[kind]
    return e, f, 2 ** (e - 1) - 1  # 127 for float32


# --8<-- [end:formats]


# --8<-- [start:decode]
def decode(bits, kind):
    """The number that bits stand for, as a float.

    bits: a whole number, its binary digits in order, the sign first.
    Raises ValueError for an unknown format or bits that it cannot have.
    """
    e, f, offset = sizes(kind)
    whole = isinstance(bits, int) and not isinstance(bits, bool)
    if not whole or not 0 <= bits < 2 ** (1 + e + f):
        most = 2 ** (1 + e + f) - 1
        raise ValueError(f"{bits!r}: bits of {kind} go from 0 to {most}")
    rest, fraction = divmod(bits, 2**f)
    sign, exponent = divmod(rest, 2**e)
    ones = exponent == 2**e - 1  # all of the exponent's bits are 1
    if kind.endswith("fn"):  # finite: no infinity, one NaN a sign
        ones = ones and fraction == 2**f - 1
    if ones:
        special = kind.endswith("fn") or fraction > 0
        size = math.nan if special else math.inf
    elif exponent == 0:  # subnormal: 0 and a fraction
        size = fraction / 2**f * 2.0 ** (1 - offset)
    else:  # normal: 1 and a fraction
        size = (1 + fraction / 2**f) * 2.0 ** (exponent - offset)
    return -size if sign else size


# --8<-- [end:decode]


# --8<-- [start:encode]
def encode(value, kind):
    """The bits of the number of a format that is nearest to a value.

    Halfway between two, the even one: the one whose last bit is 0. What is
    too large becomes infinity, or NaN where there is none. Raises
    ValueError for an unknown format and for what is not a real number.
    """
    e, f, offset = sizes(kind)
    if not isinstance(value, Real) or isinstance(value, bool):
        raise ValueError(f"{value!r} is not a real number")
    try:
        value = float(value)
    except OverflowError:  # a whole number of more than 300 digits
        value = math.inf if value > 0 else -math.inf
    sign = 2 ** (e + f) if math.copysign(1, value) < 0 else 0
    ones = (2**e - 1) * 2**f  # infinity
    if kind.endswith("fn"):
        nan = over = ones + 2**f - 1
    else:
        nan, over = ones + 2 ** (f - 1), ones
    if math.isnan(value):
        return sign + nan
    if math.isinf(value):
        return sign + over
    if value == 0:
        return sign
    size, least = abs(value), 1 - offset  # least: of the normal powers of 2
    power = max(math.frexp(size)[1] - 1, least)  # 2**power: at most size
    steps = round(size / 2.0 ** (power - f))  # Python rounds 0.5 to even
    # A normal number has from 2**f to 2 * 2**f steps; with 2 * 2**f it is 1
    # in the next power. Adding the two parts takes care of that as well.
    return sign + min((power - least) * 2**f + steps, over)


# --8<-- [end:encode]
