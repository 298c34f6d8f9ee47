"""Attention for one symbol, small enough to compute by hand.

Source: Vaswani et al., Attention Is All You Need, 2017.
"""

import numpy as np

from next_token import softmax

# --8<-- [start:numbers]
q = np.array([1.0, 1.0, 0.0, 0.0])  # (4,): what this symbol looks for
K1 = [2.0, 2.0, 0.0, 1.0]  # what each of three symbols offers
K2 = [1.0, 1.0, 3.0, 0.0]
K3 = [-1.0, 1.0, 0.0, 2.0]
K = np.array([K1, K2, K3])  # (3, 4)
V = np.array([[4.0, 0.0], [0.0, 2.0], [2.0, 2.0]])  # (3, 2): what it gives
# --8<-- [end:numbers]


# --8<-- [start:attention]
def attention(q, K, V):
    """What a symbol gathers: a mean of the values, each by its weight.

    q (d,), K (n, d), V (n, m). Returns the weights (n,), positive and with
    sum 1, and the result (m,). Raises ValueError for unfit shapes.
    """
    if K.shape != (len(V), len(q)):
        shapes = f"q {q.shape}, K {K.shape}, V {V.shape}"
        raise ValueError(f"{shapes} do not fit")
    scores = K @ q / np.sqrt(len(q))  # (n,)
    weights = softmax(scores)  # (n,)
    return weights, weights @ V  # (n,) @ (n, m) -> (m,)


# --8<-- [end:attention]


if __name__ == "__main__":
    # --8<-- [start:result]
    scores = K @ q / 2
    print("scores ", scores)
    print("powers ", np.round(np.exp(scores), 3))
    weights, result = attention(q, K, V)
    print("weights", np.round(weights, 3))
    print("result ", np.round(result, 2))
    # --8<-- [end:result]
