"""Numbers taken apart into bits, rounded, and the reach of five formats."""

import math

from number_bits import FORMATS, decode, encode, sizes


# --8<-- [start:parts]
def parts(bits, kind):
    """The digits of sign, exponent and fraction, with spaces between."""
    e, f = FORMATS[kind]
    digits = f"{bits:0{1 + e + f}b}"
    return f"{digits[0]} {digits[1 : 1 + e]} {digits[1 + e :]}"


# --8<-- [end:parts]


# --8<-- [start:reach]
def reach(kind):
    """Largest, least normal and least number of a format, and its step.

    The step is from 1 to the next number; others, in proportion, are alike.
    """
    largest = decode(encode(math.inf, kind) - 1, kind)
    normal, least = decode(2 ** FORMATS[kind][1], kind), decode(1, kind)
    return largest, normal, least, decode(encode(1, kind) + 1, kind) - 1


# --8<-- [end:reach]


if __name__ == "__main__":
    # --8<-- [start:by_hand]
    digits = f"{13:b}"  # 6.5 is 13 halves
    print(f"6.5 = {digits[:-1]}.{digits[-1]} = 1.{digits[1:]} x 2^2")
    for value in (6.5, -2.0, 0.5):
        bits = encode(value, "float32")
        exponent, fraction = divmod(bits % 2**31, 2**23)  # without sign
        print(f"{value:4}: {parts(bits, 'float32')}")
        print(
            f"      exponent {exponent} - 127 = {exponent - 127}", end=" "
        )
        print(f" 1 + fraction {1 + fraction / 2**23}")
    # --8<-- [end:by_hand]

    # --8<-- [start:formats]
    print("              exponent  fraction  take away")
    for kind in FORMATS:
        e, f, offset = sizes(kind)
        print(f"{kind:13} {e:8} {f:9} {offset:10}")
    # --8<-- [end:formats]

    # --8<-- [start:tenth]
    for kind in ("float32", "float16", "float8_e4m3fn"):
        bits = encode(0.1, kind)
        print(f"{kind:13} {parts(bits, kind)}")
        print(f"              {decode(bits, kind):.17f}")
    # --8<-- [end:tenth]

    # --8<-- [start:nearest]
    kind = "float8_e4m3fn"
    for value in (1.1, 1.0625, 1.1875):
        bits = encode(value, kind)
        print(f"{value:6} -> {parts(bits, kind)} = {decode(bits, kind)}")
    # --8<-- [end:nearest]

    # --8<-- [start:special]
    kind = "float16"
    for bits in (0, 1, 0x3FF, 0x400, 0x7BFF, 0x7C00, 0x7E00, 0x8000):
        print(f"{parts(bits, kind)}  {decode(bits, kind):.6g}")
    print("2^-14 / 1024 is the least:", decode(1, kind) == 2**-14 / 1024)
    kind = "float8_e4m3fn"
    for value in (0.001, 448.0, 500.0):
        bits = encode(value, kind)
        number = f"{decode(bits, kind):.3g}"
        print(f"{value:5} in {kind}: {parts(bits, kind)} = {number}")
    found = [decode(bits, kind) for bits in range(256)]
    different = {number for number in found if not math.isnan(number)}
    print(len(found), "rows of bits,", len(different), "numbers")
    # --8<-- [end:special]

    # --8<-- [start:range]
    print("                 largest  normal   least     step")
    for kind in FORMATS:
        largest, normal, least, step = reach(kind)
        numbers = f"{normal:7.2g} {least:7.2g} {step:8.3g}"
        print(f"{kind:13} {largest:10.5g} {numbers}")
    # --8<-- [end:range]
