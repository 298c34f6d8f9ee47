"""Solutions to the exercises on numbers and their bits."""

from number_bits import FORMATS, decode, encode
from numbers_by_hand import parts

# --8<-- [start:write]
print("-5 / 32 =", -5 / 32, "and -3 + 127 =", 127 - 3)
bits = encode(-0.15625, "float32")
print(parts(bits, "float32"), "=", decode(bits, "float32"))
# --8<-- [end:write]

# --8<-- [start:read]
bits = 0b0_1000_101
print(parts(bits, "float8_e4m3fn"), "=", decode(bits, "float8_e4m3fn"))
# --8<-- [end:read]

# --8<-- [start:round]
for value in (21, 23, 23.5):
    bits = encode(value, "float8_e4m3fn")
    print(f"{value:4} -> {decode(bits, 'float8_e4m3fn')}")
# --8<-- [end:round]

# --8<-- [start:whole]
for kind in FORMATS:
    n = 1
    for power in range(26):
        n = 2**power + 1
        if decode(encode(n, kind), kind) != n:
            break
    print(f"{kind:13} does not have {n}")
# --8<-- [end:whole]
