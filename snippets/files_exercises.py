"""Solutions to the exercises on how weights are stored."""

from count_weights import dense
from letters import CONTEXT, WIDTH
from towns import LETTERS

# --8<-- [start:size]
V = len(LETTERS)
for hidden in (100, 200):
    count = V * WIDTH + sum(dense(CONTEXT * WIDTH, hidden))
    count += sum(dense(hidden, V))
    print(f"{hidden} hidden neurons: {count} numbers,", end=" ")
    print(f"{4 * count} bytes, {2 * count} at float16")
# --8<-- [end:size]

# --8<-- [start:rank]
n = 4096
matrix, update = n * n, 8 * (n + n)
print(f"{n} rows and {n} columns:")
print(f"{matrix} and {update}: {update / matrix:.2%}")
# --8<-- [end:rank]

# --8<-- [start:header]
first = bytes([16, 2, 1, 0, 0, 0, 0, 0])
print(first.hex(" "))
print("16 + 2 * 256 + 1 * 65536 =", 16 + 2 * 256 + 1 * 65536)
print("read by Python:", int.from_bytes(first, "little"))
# --8<-- [end:header]
