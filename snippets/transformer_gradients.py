"""Backpropagation through the Transformer, checked numerically.

`block` and `forward` do what those of transformer.py do, with dropout; they
also return `back`, which goes the same way backwards.
Sources: Rumelhart, Hinton, Williams, 1986; dropout: Srivastava et al.,
2014.
"""

import numpy as np

from next_token import log_softmax, softmax
from published import find, nested
from safe_file import exact, load
from towns import batch
from transformer import attention_weights, join, linear, normalise, split


def dropout(share, random):
    """A function that draws, for x, the mask that x is to be multiplied by.

    It silences a share of the numbers and raises the others, so that the
    network does not rely on any one of them, and learns names by heart
    less readily.
    """

    def mask(x):
        kept = random.random_sample(x.shape) >= share
        return (kept / (1 - share)).astype(x.dtype)

    return mask


def whole(x):
    """The mask that leaves all the numbers of x as they are."""
    return 1


# --8<-- [start:back]
def rows(x):
    """All the vectors of x (..., d) as the rows of a matrix."""
    return x.reshape(-1, x.shape[-1])


def linear_back(d, x, W):
    """From d, the gradient of linear(x, W, b), those of x, W and b."""
    return d @ W, rows(d).T @ rows(x), rows(d).sum(axis=0)


def normalise_back(d, x, scale, shift):
    """The same for normalise: the gradients of x, scale and shift."""
    centred = x - x.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-5)
    z = centred / spread
    dscale, dshift = rows(d * z).sum(axis=0), rows(d).sum(axis=0)
    d = d * scale
    along = (d * z).mean(axis=-1, keepdims=True)
    d = d - d.mean(axis=-1, keepdims=True) - z * along
    return d / spread, dscale, dshift


def attention_back(d, q, k, v, a):
    """The same for attention, whose weights were a: those of q, k and v."""
    da = d @ v.swapaxes(-1, -2)
    ds = a * (da - (da * a).sum(axis=-1, keepdims=True))
    ds = ds / q.shape[-1] ** 0.5
    return ds @ k, ds.swapaxes(-1, -2) @ q, a.swapaxes(-1, -2) @ d


# --8<-- [end:back]


# --8<-- [start:block]
def block(
    x, drop, norm1, Wq, bq, Wk, bk, Wv, bv, Wo, bo, norm2, W1, b1, W2, b2
):
    """What the block makes of x (n, t, 48), and `back`."""
    z1 = normalise(x, **norm1)
    q = split(linear(z1, Wq, bq))  # (n, 4, t, 12)
    k = split(linear(z1, Wk, bk))
    v = split(linear(z1, Wv, bv))
    a = attention_weights(q, k)  # (n, 4, t, t)
    m = join(a @ v)  # (n, t, 48)
    mask1 = drop(x)
    y = x + linear(m, Wo, bo) * mask1
    z2 = normalise(y, **norm2)
    h = np.maximum(linear(z2, W1, b1), 0)  # (n, t, 192)
    mask2 = drop(x)

    def back(d):
        g = {}
        dh, g["W2"], g["b2"] = linear_back(d * mask2, h, W2)
        dz, g["W1"], g["b1"] = linear_back(dh * (h > 0), z2, W1)
        dy, scale, shift = normalise_back(dz, y, **norm2)
        g |= {"norm2.scale": scale, "norm2.shift": shift}
        d = d + dy
        dm, g["Wo"], g["bo"] = linear_back(d * mask1, m, Wo)
        dq, dk, dv = attention_back(split(dm), q, k, v, a)
        zq, g["Wq"], g["bq"] = linear_back(join(dq), z1, Wq)
        zk, g["Wk"], g["bk"] = linear_back(join(dk), z1, Wk)
        zv, g["Wv"], g["bv"] = linear_back(join(dv), z1, Wv)
        dx, scale, shift = normalise_back(zq + zk + zv, x, **norm1)
        g |= {"norm1.scale": scale, "norm1.shift": shift}
        return d + dx, g

    return y + linear(h, W2, b2) * mask2, back


# --8<-- [end:block]


# --8<-- [start:gradients]
def forward(p, X, drop=whole):
    """The scores (n, t, V), and `back`.

    From the gradient of the scores, `back` gives those of p {name: array}.
    """
    w, t, backs = nested(p), X.shape[1], []
    x = w["E"][X] + w["P"][:t]
    mask = drop(x)
    x = x * mask
    for weights in w["blocks"]:
        x, block_back = block(x, drop, **weights)
        backs.append(block_back)
    z = normalise(x, **w["norm"])

    def back(d):
        g = {"E": rows(d).T @ rows(z), "P": np.zeros_like(w["P"])}
        d, scale, shift = normalise_back(d @ w["E"], x, **w["norm"])
        g |= {"norm.scale": scale, "norm.shift": shift}
        for i in reversed(range(len(backs))):
            d, found = backs[i](d)
            g |= {f"block{i + 1}.{name}": found[name] for name in found}
        d = d * mask
        g["P"][:t] = d.sum(axis=0)
        np.add.at(g["E"], X, d)
        return g

    return z @ w["E"].T, back


def loss_of(scores, Y):
    """The loss of scores (n, t, V), and its gradient."""
    n, t = np.nonzero(Y >= 0)
    right = n, t, Y[n, t]
    loss = -log_softmax(scores)[right].mean()
    d = softmax(scores)
    d[right] -= 1
    d[Y < 0] = 0  # padding
    return loss, d * (1 / len(n))


def gradients(p, X, Y, drop=whole):
    """The loss of a batch, X and Y (n, t), and its gradients."""
    scores, back = forward(p, X, drop)
    loss, d = loss_of(scores, Y)
    return loss, back(d)


# --8<-- [end:gradients]


if __name__ == "__main__":
    # --8<-- [start:check]
    p = exact(load(find())[0])
    X, Y = batch(["assisi", "forlì"])
    loss, g = gradients(p, X, Y)
    random, worst = np.random.RandomState(0), 0.0
    for name, w in p.items():
        d = random.standard_normal(w.shape)  # a direction to move in
        above = gradients({**p, name: w + 1e-5 * d}, X, Y)[0]
        below = gradients({**p, name: w - 1e-5 * d}, X, Y)[0]
        slope, ours = (above - below) / 2e-5, (g[name] * d).sum()
        worst = max(worst, abs(slope - ours) / max(abs(slope), 1e-3))
    parts = f"{len(p)} matrices and vectors"
    print(f"{parts}, all within a millionth:", worst < 1e-6)
    # --8<-- [end:check]
