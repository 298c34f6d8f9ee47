"""Solutions to the exercises on learning from text."""

import numpy as np

from next_token import counts
from towns import LETTERS

# --8<-- [start:bits]
chances = np.array([1 / 2, 1 / 4, 1 / 8, 1 / 4])
costs = -np.log2(chances)
print(costs, "sum", costs.sum(), "mean", costs.mean())
print("like choosing among", 2 ** costs.mean(), "symbols")
# --8<-- [end:bits]

# --8<-- [start:add_one]
total = sum(counts.values())
for added in (0, 1):
    n, every = counts["n"] + added, total + added * len(LETTERS)
    bits = -np.log2(n / every)
    print(f"add {added}: n {n}/{every} = {n / every:.3f}, {bits:.2f} bits")
print(f"never seen there: 1/{every}, {np.log2(every):.2f} bits")
# --8<-- [end:add_one]
