"""How the loss moves with each score: the table of what follows an "e"."""

import numpy as np

from next_token import counts, scores, softmax

# --8<-- [start:small]
print(f"e ** 0.001 = {np.exp(0.001):.6f}   ln 1.001 = {np.log(1.001):.6f}")
more = 5 * (np.exp(0.001) - 1)  # what the power of n, 5, gains
print(f"n: 5 -> {5 + more:.3f}   Z: 11 -> {11 + more:.3f}")
print(f"Z gains {1000 * more / 11:.3f} thousandths of itself")
# --8<-- [end:small]

# --8<-- [start:tanh]
for z in (0.0, 0.5, 2.0):
    h, rise = np.tanh(z), np.tanh(z + 0.001) - np.tanh(z - 0.001)
    print(f"z = {z}: {rise / 0.002:.3f}   1 - h^2 = {1 - h * h:.3f}")
# --8<-- [end:tanh]

# --8<-- [start:gradient]
p = softmax(scores)  # (5,): 5/11, 2/11, 2/11, 1/11, 1/11
place = list(counts).index("n")  # suppose that n is right
right = np.arange(len(p)) == place
for i, letter in enumerate(counts):
    gradient, losses = p[i] - right[i], []
    for step in (0.001, -0.001):
        moved = scores.copy()
        moved[i] += step
        losses.append(-np.log(softmax(moved)[place]))
    measured = (losses[0] - losses[1]) / 0.002
    print(f"{letter}  p = {p[i]:.3f}  dL/ds = {gradient:+.3f}", end="")
    print(f"  measured {measured:+.3f}")
# --8<-- [end:gradient]
