"""Solutions to the exercises on the network of letters."""

import numpy as np

import letters
from next_token import counts, scores, softmax

# --8<-- [start:softmax]
right = np.array([letter == "z" for letter in counts])
gradient = softmax(scores) - right
for letter, value in zip(counts, gradient):
    print(f"{letter} {value:+.3f}")
print(f"sum {abs(gradient.sum()):.3f}")
# --8<-- [end:softmax]

# --8<-- [start:count]
sizes = {name: w.size for name, w in letters.start().items()}
print(" + ".join(map(str, sizes.values())), "=", sum(sizes.values()))
# --8<-- [end:count]
