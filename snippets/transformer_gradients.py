"""Backpropagation through the Transformer, checked numerically.

Each line of `gradients` undoes one line of `forward` (transformer.py).
Source: Rumelhart, Hinton, Williams, 1986; dropout: Srivastava et al., 2014.
"""

import numpy as np

from safe_file import load
from transformer import (
    batch,
    blocks,
    find,
    forward,
    join,
    softmax,
    split,
)


class Dropped:
    """In training, silences a share of the numbers and raises the others.

    So the network does not rely on any one of them, and learns names by
    heart less readily. `back` does to gradients what was done to numbers.
    """

    def __init__(self, share, random=None):
        """Silence a `share` of them, drawn with the generator `random`."""
        self.share, self.random, self.masks = share, random, {}

    def __call__(self, name, x):
        """Silence some of the numbers x, and remember which."""
        if not self.share:
            return x
        kept = self.random.random_sample(x.shape) >= self.share
        self.masks[name] = (kept / (1 - self.share)).astype(x.dtype)
        return x * self.masks[name]

    def back(self, name, d):
        """The gradient before `name` was silenced, given the one after."""
        return d * self.masks[name] if self.share else d


def rows(x):
    """All the vectors of x (..., d) as the rows of a matrix."""
    return x.reshape(-1, x.shape[-1])


# --8<-- [start:gradients]
def gradients(p, X, Y, dropped=None):
    """The loss of a batch, X and Y (i, t), and its gradients {name: array}.

    From the last step of `forward` to the first.
    """
    dropped = dropped or Dropped(0)
    scores, s = forward(p, X, dropped)
    g, counted = {}, Y >= 0
    d = softmax(scores)
    i, t = np.nonzero(counted)
    right = d[i, t, Y[i, t]]
    d[i, t, Y[i, t]] -= 1
    d *= (counted / counted.sum()).astype(d.dtype)[..., None]

    def linear(W, B, d, x):  # for y = x @ W.T + B
        g[W], g[B] = rows(d).T @ rows(x), rows(d).sum(axis=0)
        return d @ p[W]

    def normalise(name, d):
        z = s[name + "z"]
        g[name + "scale"] = rows(d * z).sum(axis=0)
        g[name + "shift"] = rows(d).sum(axis=0)
        d = d * p[name + "scale"]
        along = (d * z).mean(axis=-1, keepdims=True)
        d = d - d.mean(axis=-1, keepdims=True) - z * along
        return d / s[name + "spread"]

    g["E"] = rows(d).T @ rows(s["n"])
    dx = normalise("norm.", d @ p["E"])
    for b in reversed(blocks(p)):
        d = linear(
            b + "W2", b + "b2", dropped.back(b + "h", dx), s[b + "h"]
        )
        d = linear(b + "W1", b + "b1", d * (s[b + "h"] > 0), s[b + "n2"])
        dx = dx + normalise(b + "norm2.", d)
        d = linear(
            b + "Wo", b + "bo", dropped.back(b + "m", dx), s[b + "m"]
        )
        d, q, k, v, a = split(d), *(s[b + letter] for letter in "qkva")
        da = d @ v.swapaxes(-1, -2)
        ds = a * (da - (da * a).sum(axis=-1, keepdims=True))
        ds = ds / q.shape[-1] ** 0.5
        dq, dk, dv = ds @ k, ds.swapaxes(-1, -2) @ q, a.swapaxes(-1, -2) @ d
        d = sum(
            linear(
                b + "W" + letter, b + "b" + letter, join(part), s[b + "n1"]
            )
            for letter, part in zip("qkv", (dq, dk, dv))
        )
        dx = dx + normalise(b + "norm1.", d)
    dx = dropped.back("x", dx)
    g["P"] = np.zeros_like(p["P"])
    g["P"][: X.shape[1]] = dx.sum(axis=0)
    np.add.at(g["E"], X, dx)
    return -np.log(right).mean(), g


# --8<-- [end:gradients]


if __name__ == "__main__":
    # --8<-- [start:check]
    stored, _ = load(find())
    p = {name: w.astype(float) for name, w in stored.items()}
    X, Y = batch(["assisi", "forlì"])
    loss, g = gradients(p, X, Y)
    random, worst = np.random.RandomState(0), 0.0
    for name, w in p.items():
        d = random.standard_normal(w.shape)  # a direction to move in
        above = gradients({**p, name: w + 1e-5 * d}, X, Y)[0]
        below = gradients({**p, name: w - 1e-5 * d}, X, Y)[0]
        slope, ours = (above - below) / 2e-5, (g[name] * d).sum()
        worst = max(worst, abs(slope - ours) / max(abs(slope), 1e-3))
    print(len(p), "arrays, all within a millionth:", worst < 1e-6)
    # --8<-- [end:check]
