"""Solutions to the exercises on how weights are stored."""

import numpy as np

from count_weights import dense
from letters import CONTEXT, WIDTH
from precision import quantise
from towns import LETTERS

# --8<-- [start:size]
V = len(LETTERS)
for hidden in (100, 200):
    count = V * WIDTH + sum(dense(CONTEXT * WIDTH, hidden))
    count += sum(dense(hidden, V))
    print(f"{hidden} hidden neurons: {count} numbers,", end=" ")
    print(f"{4 * count} bytes, {2 * count} at float16")
# --8<-- [end:size]

# --8<-- [start:header]
first = bytes([16, 2, 1, 0, 0, 0, 0, 0])
print(first.hex(" "))
print("16 + 2 * 256 + 1 * 65536 =", 16 + 2 * 256 + 1 * 65536)
print("read by Python:", int.from_bytes(first, "little"))
# --8<-- [end:header]

# --8<-- [start:row]
row = np.array([1.4, -0.6, 0.13])
Q, scale = quantise(row, 4)
print("row    ", row, " scale", scale.round(3))
print("divided", (row / scale).round(2), " rounded", Q)
print("back   ", (Q * scale).round(3))
# --8<-- [end:row]

# --8<-- [start:only]
length, header, biases = 8, 464, 4 * len(LETTERS)
print(length, "+", header, "+", biases, "=", length + header + biases)
# --8<-- [end:only]
