"""How many multiplications and additions training takes: six a weight.

Source: Kaplan et al., Scaling Laws for Neural Language Models, 2020.
"""

from collections import Counter

import numpy as np

from published import find
from safe_file import load
from towns import batch, read
from train_transformer import SIZE
from transformer_gradients import forward

# --8<-- [start:matrix]
W = np.array([[1, 2], [0, -1], [3, 1]])  # (3, 2)
x, d = np.array([2, 1]), np.array([1, -2, 1])  # (2,), (3,)
# --8<-- [end:matrix]

# --8<-- [start:counted]
tally = Counter()  # {dimensions of the arrays: multiplications, additions}


class Counted(np.ndarray):
    """An array that counts the matrix products it takes part in.

    A (m, k) times B (k, n) costs m * n * k multiplications, and as many
    additions; what comes of it is counted in its turn.
    """

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        """Do what NumPy does; if it is a product, count it."""
        inputs = [plain(array) for array in inputs]
        if out := options.get("out"):
            options["out"] = tuple(plain(array) for array in out)
        result = getattr(ufunc, method)(*inputs, **options)
        if ufunc is np.matmul:
            tally[result.ndim] += 2 * result.size * inputs[0].shape[-1]
        many = isinstance(result, np.ndarray)
        return result.view(Counted) if many else result


def plain(array):
    """The same array without the counting."""
    counted = isinstance(array, Counted)
    return array.view(np.ndarray) if counted else array


# --8<-- [end:counted]


# --8<-- [start:step]
def step(p, X):
    """The products of one step: {"forward": Counter, "backward": Counter}.

    p: the weights {name: array}; X (n, t): names as numbers.
    """
    p = {name: w.view(Counted) for name, w in p.items()}
    tally.clear()
    scores, back = forward(p, X)
    there = tally.copy()
    back(scores)  # any gradient of the right shape costs the same
    return {"forward": there, "backward": tally - there}


# --8<-- [end:step]


def matrices(p):
    """How many weights are in matrices that something is multiplied by."""
    return sum(w.size for k, w in p.items() if w.ndim == 2 and k != "P")


if __name__ == "__main__":
    # --8<-- [start:by_hand]
    print("W x:   ", *(W @ x))
    print("d W:   ", *(d @ W))
    print("d times x:", *np.outer(d, x).tolist())
    # --8<-- [end:by_hand]

    # --8<-- [start:count]
    p = load(find())[0]
    X, _ = batch(read("it", "train")[:SIZE])
    D, N = X.size, sum(w.size for w in p.values())
    real = sum(len(name) + 1 for name in read("it", "train")[:SIZE])
    print("names, symbols:", *X.shape, f" D = {D}  N = {N:,}")
    print(f"without what fills up the short names: {real} symbols")
    print("          dense layers   attention")
    total = Counter()
    for way, counts in step(p, X).items():
        total += counts
        print(f"{way:9}{counts[2] + counts[3]:13,}{counts[4]:12,}")
    # --8<-- [end:count]

    # --8<-- [start:compare]
    each = (total[2] + total[3]) / D / matrices(p)
    print(f"dense layers: {matrices(p):,} weights, {each:.0f} for each")
    share = total.total() / (6 * N * D)
    print(f"all: {total.total():,}, or {share:.1%} of 6ND")
    # --8<-- [end:compare]
