"""The same weights, used in another way: a batch, another alphabet."""

import numpy as np

from letters import CONTEXT, forward, score
from towns import LETTERS, examples, read
from train_letters import trained

heldout = read("it", "heldout")

# --8<-- [start:batch]
p = trained(np.float32)
X, y = examples(heldout[:30], LETTERS, CONTEXT)
together = forward(p, X)[0]
one_by_one = np.concatenate([forward(p, x[None])[0] for x in X])
print("the same bits:", (together == one_by_one).all())
largest = np.abs(together - one_by_one).max()
print("differences below 0.0001:", largest < 0.0001)
# --8<-- [end:batch]

# --8<-- [start:vocabulary]
order = np.random.RandomState(0).permutation(list(LETTERS[1:]))
mixed = LETTERS[0] + "".join(order)  # the same letters, shuffled
for letters in (LETTERS, mixed):
    X, y = examples(heldout, letters, CONTEXT)
    print(f"{letters[:12]}...  {score(trained(), X, y):.2f} bits")
# --8<-- [end:vocabulary]
