"""Do weights show which names they learnt from? A little.

Source: Shokri et al., Membership Inference Attacks Against Machine
Learning Models, 2017.
"""

import numpy as np

from next_token import log_softmax
from published import weights
from towns import batch, read
from transformer import forward


def bits_each(p, names):
    """Bits per character of each name, (n,)."""
    found = np.zeros(len(names))
    order = np.argsort([len(name) for name in names])
    for some in np.array_split(order, max(len(names) // 64, 1)):
        X, Y = batch([names[i] for i in some])
        logs = log_softmax(forward(p, X)) / np.log(2)  # (n, t, V)
        n, t = np.nonzero(Y >= 0)
        right = np.zeros(Y.shape)
        right[n, t] = logs[n, t, Y[n, t]]
        found[some] = -right.sum(axis=1) / (Y >= 0).sum(axis=1)
    return found


if __name__ == "__main__":
    # --8<-- [start:guess]
    p, heldout = weights(), read("it", "heldout")
    learnt = read("it", "train")[
        :: len(read("it", "train")) // len(heldout)
    ]
    ours, others = bits_each(p, learnt), bits_each(p, heldout)
    print(f"learnt:   {len(ours)} names, {ours.mean():.2f} bits")
    print(f"held out: {len(others)} names, {others.mean():.2f} bits")
    lower = (ours[:, None] < others).mean()  # all the pairs, one of each
    print(f"of a pair, the learnt name costs less: {lower:.0%} of the time")
    # --8<-- [end:guess]
