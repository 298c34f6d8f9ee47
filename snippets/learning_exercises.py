"""Solutions to the exercises on learning from text."""

import numpy as np

import kneser_ney
from next_token import counts
from towns import LETTERS, read

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

# --8<-- [start:discounts]
names, heldout = read("it", "train"), read("it", "heldout")
for D in (0.7, 0.8):
    kneser_ney.D = D
    held = kneser_ney.score(kneser_ney.learn(names, 5), heldout, 5)
    print(f"{D} taken, 5 letters: {held:.2f} bits")
# --8<-- [end:discounts]
