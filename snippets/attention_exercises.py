"""Solutions to the exercises on attention."""

from itertools import product

import numpy as np

from attention import K, V, attention, q
from two_heads import head, second, x

# --8<-- [start:by_hand]
asks = np.array([0.0, 0.0, 1.0, 0.0])
shares, result = attention(asks, K, V)
print("scores ", K @ asks / 2)
print("weights", np.round(shares, 3))
print("result ", np.round(result, 3))
# --8<-- [end:by_hand]

# --8<-- [start:second]
queries, keys, values, scores, weights, gathered = head(x, **second)
print("q =", queries[1], " k =", keys[:2], " v =", values[:2])
print("weights", weights[1, :2].round(3), " gathered", gathered[1].round(3))
# --8<-- [end:second]

# --8<-- [start:matrices]
Wq = np.array([[1.0, 0.0], [1.0, 1.0]])  # (2, 2): two numbers a query
Wk = np.array([[0.0, 1.0], [1.0, 0.0]])
Wv = np.array([[2.0, 0.0], [0.0, 1.0]])
Q, keys, values = x @ Wq.T, x @ Wk.T, x @ Wv.T  # (3, 2) each
print("q3 =", Q[2])
print("keys", *keys, " values", *values)
print("scores ", (keys @ Q[2] / np.sqrt(2)).round(3))
shares, result = attention(Q[2], keys, values)
print("weights", shares.round(3))
print("result ", result.round(2))
# --8<-- [end:matrices]

# --8<-- [start:root]
for d in (1, 4, 9):
    products = np.array([sum(key) for key in product([1, -1], repeat=d)])
    print(f"d = {d}: {len(products):3} keys, from {-d} to {d},", end="")
    print(" mean of the squares", (products**2).mean())
# --8<-- [end:root]

# --8<-- [start:swapped]
swapped = [1, 0, 2]
print("as it was:", attention(q, K, V)[1].round(2))
print("swapped:  ", attention(q, K[swapped], V[swapped])[1].round(2))
# --8<-- [end:swapped]
