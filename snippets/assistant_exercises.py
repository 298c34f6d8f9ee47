"""Solutions to the exercises on how a model becomes an assistant."""

import numpy as np

from assistant import published
from dpo import preference
from weights_moved import KINDS, RANK

# --8<-- [start:pair]
loss, slopes = preference(np.array([[3, 1]]), beta=0.5)
right = np.exp(-loss[0])
print(f"sigmoid {right:.3f}, {1 - right:.3f} to 1; loss {loss[0]:.3f}")
print("derivatives", *slopes[0].round(3))
# --8<-- [end:pair]

# --8<-- [start:begin]
for beta in (0.1, 0.5, 2.0):
    loss, slopes = preference(np.zeros((1, 2)), beta)
    print(f"beta {beta}: loss {loss[0]:.3f}, derivatives", *slopes[0])
# --8<-- [end:begin]

# --8<-- [start:count]
w = {n: W for n, W in published().items() if n.split(".")[-1] in KINDS}
small = {name: RANK * sum(W.shape) for name, W in w.items()}
for name in list(w)[:6]:
    print(f"{name:9} {w[name].shape}: update {small[name]}")
print("a block", sum(list(small.values())[:6]))
print(sum(W.size for W in w.values()), "and", sum(small.values()))
# --8<-- [end:count]

# --8<-- [start:both]
for fall in (0, 3, 30):
    moved = np.array([[1, -2]]) - fall
    loss = preference(moved, 0.5)[0][0]
    print(f"less {fall}: moved", *moved[0], f"loss {loss:.3f}")
# --8<-- [end:both]
