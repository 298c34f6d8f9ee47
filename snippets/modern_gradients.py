"""Backpropagation through today's block, as in transformer_gradients.py."""

import numpy as np

from activations import sigmoid
from modern_block import split
from modern_parts import rms_norm, silu, turn
from published import nested
from transformer import attention_weights, join
from transformer_gradients import attention_back, loss_of, rows, whole


def dense_back(d, x, W):
    """From d, the gradient of x @ W.T, those of x and W."""
    return d @ W, rows(d).T @ rows(x)


def rms_back(d, x, scale, small=1e-6):
    """The same for rms_norm: the gradients of x and scale."""
    rms = np.sqrt((x**2).mean(axis=-1, keepdims=True) + small)
    z = x / rms
    dscale, d = rows(d * z).sum(axis=0), d * scale
    return (d - z * (d * z).mean(axis=-1, keepdims=True)) / rms, dscale


def turn_back(d):
    """The same for turn: it turns the other way."""
    half = d.shape[-1] // 2
    sign = np.repeat([1, -1], half).astype(d.dtype)
    return turn(d * sign) * sign


def shared_back(d, heads):
    """The gradient of keys or values that several queries share."""
    n, many, t, size = d.shape
    return d.reshape(n, heads, many // heads, t, size).sum(axis=2)


def block(x, drop, norm1, Wq, Wk, Wv, Wo, norm2, Wg, Wu, Wd):
    """What the block makes of x (n, t, 48), and `back`."""
    z1 = rms_norm(x, norm1)
    q = turn(split(z1 @ Wq.T))  # (n, 4, t, 12)
    few_k, few_v = turn(split(z1 @ Wk.T)), split(z1 @ Wv.T)
    heads = few_k.shape[1]
    share = q.shape[1] // heads
    k, v = few_k.repeat(share, axis=1), few_v.repeat(share, axis=1)
    a = attention_weights(q, k)  # (n, 4, t, t)
    m = join(a @ v)  # (n, t, 48)
    mask1 = drop(x)
    y = x + m @ Wo.T * mask1
    z2 = rms_norm(y, norm2)
    gate, up = z2 @ Wg.T, z2 @ Wu.T  # (n, t, inner)
    h = silu(gate) * up
    mask2 = drop(x)

    def back(d):
        g = {}
        dh, g["Wd"] = dense_back(d * mask2, h, Wd)
        s = sigmoid(gate)
        dgate = dh * up * (s + gate * s * (1 - s))
        zg, g["Wg"] = dense_back(dgate, z2, Wg)
        zu, g["Wu"] = dense_back(dh * silu(gate), z2, Wu)
        dy, g["norm2"] = rms_back(zg + zu, y, norm2)
        d = d + dy
        dm, g["Wo"] = dense_back(d * mask1, m, Wo)
        dq, dk, dv = attention_back(split(dm), q, k, v, a)
        dk, dv = shared_back(dk, heads), shared_back(dv, heads)
        zq, g["Wq"] = dense_back(join(turn_back(dq)), z1, Wq)
        zk, g["Wk"] = dense_back(join(turn_back(dk)), z1, Wk)
        zv, g["Wv"] = dense_back(join(dv), z1, Wv)
        dx, g["norm1"] = rms_back(zq + zk + zv, x, norm1)
        return d + dx, g

    return y + h @ Wd.T * mask2, back


def gradients(p, X, Y, drop=whole):
    """The loss of a batch, X and Y (n, t), and the gradients of p."""
    w, backs = nested(p), []
    x = w["E"][X]
    mask = drop(x)
    x = x * mask
    for weights in w["blocks"]:
        x, back = block(x, drop, **weights)
        backs.append(back)
    z = rms_norm(x, w["norm"])
    loss, d = loss_of(z @ w["E"].T, Y)
    g = {"E": rows(d).T @ rows(z)}
    d, g["norm"] = rms_back(d @ w["E"], x, w["norm"])
    for i in reversed(range(len(backs))):
        d, found = backs[i](d)
        g |= {f"block{i + 1}.{name}": found[name] for name in found}
    np.add.at(g["E"], X, d * mask)
    return loss, g
