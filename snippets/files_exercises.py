"""Solutions to the exercises on how weights are stored."""

from count_weights import dense
from letters import CONTEXT, LETTERS, WIDTH

# --8<-- [start:size]
V = len(LETTERS)
count = V * WIDTH + sum(dense(CONTEXT * WIDTH, 200)) + sum(dense(200, V))
print(f"{count} numbers: {4 * count} bytes, {2 * count} at float16")
# --8<-- [end:size]

# --8<-- [start:rank]
matrix = 4096 * 4096
update = 8 * (4096 + 4096)
print(f"{matrix} and {update}: {update / matrix:.2%}")
# --8<-- [end:rank]
