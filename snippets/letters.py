"""A feedforward network that guesses the next letter of a town's name.

Sources: Bengio et al., A Neural Probabilistic Language Model, 2003;
backpropagation: Rumelhart, Hinton, Williams, 1986.
"""

import numpy as np

from adam import Adam
from next_token import log_softmax, softmax
from towns import LETTERS, bits, encode

CONTEXT, WIDTH, HIDDEN = 3, 10, 100
SIZE = 256  # questions for each step


def start(letters=LETTERS, seed=0):
    """Weights to begin with: small and random, biases zero.

    The generator is the one whose numbers NumPy promises never to change.
    """
    random = np.random.RandomState(seed)
    V, inputs = len(letters), CONTEXT * WIDTH
    return {
        "E": random.standard_normal((V, WIDTH)),
        "W1": random.standard_normal((HIDDEN, inputs)) / inputs**0.5,
        "b1": np.zeros(HIDDEN),
        "W2": random.standard_normal((V, HIDDEN)) / HIDDEN**0.5 / 10,
        "b2": np.zeros(V),
    }


# --8<-- [start:forward]
def forward(p, X):
    """Scores of the next symbol; also h and the joined embeddings.

    Shapes: X (n, 3) places in the alphabet; p: E (V, 10), W1 (100, 30),
    b1 (100,), W2 (V, 100), b2 (V,). Returns (n, V), (n, 100), (n, 30).
    """
    x = p["E"][X].reshape(len(X), -1)  # the rows of E of the three letters
    h = np.tanh(x @ p["W1"].T + p["b1"])
    return h @ p["W2"].T + p["b2"], h, x


# --8<-- [end:forward]


# --8<-- [start:gradients]
def gradients(p, X, y):
    """The loss of some examples, X (n, 3) and y (n,), and its gradients.

    The loss is the mean of -log(probability of the right symbol). The
    gradients {name: array} have the shapes of the weights.
    """
    scores, h, x = forward(p, X)
    right = np.arange(len(y)), y  # the place of the right symbol's score
    loss = -log_softmax(scores)[right].mean()
    d = softmax(scores)  # how the loss moves when each score moves: (n, V)
    d[right] -= 1
    d /= len(y)
    g = {"W2": d.T @ h, "b2": d.sum(axis=0)}
    d = (d @ p["W2"]) * (1 - h * h)  # back through W2, then through tanh
    g |= {"W1": d.T @ x, "b1": d.sum(axis=0)}
    d = (d @ p["W1"]).reshape(*X.shape, -1)  # (n, 3, 10)
    g["E"] = np.zeros_like(p["E"])
    np.add.at(g["E"], X, d)  # each letter's row gets its share
    return loss, g


# --8<-- [end:gradients]


def score(p, X, y):
    """Bits per character: how well p guesses y (n,) from X (n, 3)."""
    return bits(log_softmax(forward(p, X)[0])[np.arange(len(y)), y])


def following(p, letters=LETTERS):
    """A function from the start of a name to the chances of each symbol."""

    def chances(name):
        known = [0] * CONTEXT + encode(name, letters)[:-1]
        return softmax(forward(p, np.array([known[-CONTEXT:]]))[0][0])

    return chances


# --8<-- [start:train]
def train(p, X, y, epochs, rate, watch=None, every=100, seed=1):
    """Train the weights p in place on X (n, 3), y (n,), some at a time.

    The rate falls from `rate` to zero. `watch(steps)` is called every so
    many steps, at the start and at the end.
    """
    random, adam = np.random.RandomState(seed), Adam(p)
    total = epochs * (len(y) // SIZE)
    for _ in range(epochs):
        order = random.permutation(len(y))
        for i in range(len(y) // SIZE):
            if watch and adam.steps % every == 0:
                watch(adam.steps)
            chosen = order[i * SIZE : (i + 1) * SIZE]
            g = gradients(p, X[chosen], y[chosen])[1]
            adam.step(g, rate * (1 - adam.steps / total))
    if watch:
        watch(adam.steps)


# --8<-- [end:train]
