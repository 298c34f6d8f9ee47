"""What changed in a block since GPT-2, part by part and by hand.

Sources: Zhang, 2019; Su, 2021; Shazeer, 2019, 2020; Ainslie, 2023.
"""

import numpy as np

from activations import sigmoid
from next_token import softmax
from transformer import attention, normalise


# --8<-- [start:rms_norm]
def rms_norm(x, scale, small=1e-6):
    """Divide each vector of x (..., d) by its RMS, then scale it (d,)."""
    rms = np.sqrt((x**2).mean(axis=-1, keepdims=True) + small)
    return x / rms * scale


# --8<-- [end:rms_norm]


# --8<-- [start:turn]
def turn(x, base=10000.0):
    """Turn the pairs of x (..., t, d) by angles that grow with the place.

    Number i of the first half makes a pair with number i + d/2; from one
    place to the next it turns by base**(-2i/d) radians.
    Raises ValueError for an odd d.
    """
    t, d = x.shape[-2:]
    if d % 2:
        raise ValueError(f"{d} numbers do not make pairs")
    speeds = base ** (-2 * np.arange(d // 2) / d)  # (d/2,)
    angles = np.outer(np.arange(t), speeds)  # (t, d/2)
    angles = angles.astype(np.result_type(x, np.float32))  # as many bits
    cos, sin = np.cos(angles), np.sin(angles)
    a, b = x[..., : d // 2], x[..., d // 2 :]
    return np.concatenate([a * cos - b * sin, a * sin + b * cos], axis=-1)


# --8<-- [end:turn]


# --8<-- [start:gated]
def silu(z):
    """z times the sigmoid of z."""
    return z * sigmoid(z)


def gated(x, Wg, Wu, Wd):
    """The feedforward network with a gate, for each vector of x (..., d).

    Wg, Wu (inner, d): the gate, and what passes; Wd (d, inner).
    """
    return silu(x @ Wg.T) * (x @ Wu.T) @ Wd.T  # (..., d)


# --8<-- [end:gated]


# --8<-- [start:grouped]
def grouped(q, k, v):
    """Attention in which several query heads share keys and values.

    q (n, heads, t, d); k, v (n, fewer, t, d). Returns the shape of q.
    Raises ValueError unless the heads make equal groups.
    """
    share, left = divmod(q.shape[1], k.shape[1])
    if left:
        raise ValueError(f"{q.shape[1]} heads, {k.shape[1]} keys")
    return attention(q, k.repeat(share, axis=1), v.repeat(share, axis=1))


# --8<-- [end:grouped]


if __name__ == "__main__":
    # --8<-- [start:rms_by_hand]
    x = np.array([3.0, 4.0, 0.0, 0.0])
    mean = (x**2).mean()
    print("squares     ", x**2, "mean", mean, "root", np.sqrt(mean))
    print("RMSNorm     ", rms_norm(x, 1).round(3))
    print("ten times x ", rms_norm(10 * x, 1).round(3))
    print("x + 5       ", rms_norm(x + 5, 1).round(3))
    print("LayerNorm   ", normalise(x, 1, 0).round(3))
    print("    of x + 5", normalise(x + 5, 1, 0).round(3))
    # --8<-- [end:rms_by_hand]

    # --8<-- [start:turn_by_hand]
    print(f"a radian is about {np.degrees(1):.0f} degrees")
    pair = turn(np.tile([1.0, 0.0], (6, 1)))  # (6, 2): at places 0 to 5
    for place, (a, b) in enumerate(pair):
        print(f"place {place}  {a:6.3f} {b:6.3f}")
    for m, n in ((2, 1), (5, 4), (5, 3), (2, 0)):
        print(f"places {m} and {n}: {pair[m] @ pair[n]:6.3f}")
    # --8<-- [end:turn_by_hand]

    # --8<-- [start:gate_by_hand]
    x, u = np.array([1.0, 2.0]), np.array([2.0, 0.5])
    print("x", x, " u", u, " passes", x @ u)
    for g in np.array([[1.0, 0.5], [1.0, -1.5]]):
        z, gate = x @ g, silu(x @ g)
        print("g", g, "sum", z, f" sigmoid {sigmoid(z):.3f}", end="")
        print(f" gate {gate:.3f} result {gate * (x @ u):.1f}")
    # --8<-- [end:gate_by_hand]

    # --8<-- [start:groups_by_hand]
    K = np.array([[1.0, 0.0], [0.0, 1.0]])  # two keys for each of two
    V = np.array([[4.0, 0.0], [0.0, 8.0]])
    Q = np.array([[0.0, 1.0, 0.0, 2.0]] * 2).T  # four heads, two symbols
    found = grouped(*(x[None, :, :, None] for x in (Q, K, V)))
    print("weights for scores 1 and 0:", softmax([1, 0]).round(3))
    print("gathered", found[0, :, 1, 0].round(3))
    # --8<-- [end:groups_by_hand]
