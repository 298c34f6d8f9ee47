"""A new output layer on weights that were trained for another task.

Which country is a town in, from the last three letters of its name?
Source: Yosinski et al., How transferable are features?, 2014.
"""

import numpy as np

from adam import Adam
from letters import CONTEXT, HIDDEN, forward, gradients, start
from remember import remember
from towns import COUNTRIES, LETTERS, encode, plain, read
from train_letters import trained


# --8<-- [start:endings]
def endings(part):
    """The last three letters of names of three countries, and which one.

    Returns X (n, 3) and y (n,): 0 Italy, 1 France, 2 Spain.
    """
    X, y = [], []
    for number, country in enumerate(COUNTRIES):
        for name in read(country, part):
            last = encode(plain(name, LETTERS), LETTERS)[-1 - CONTEXT : -1]
            X.append([0] * (CONTEXT - len(last)) + last)
            y.append(number)
    return np.array(X), np.array(y)


# --8<-- [end:endings]


# --8<-- [start:output]
@remember
def new_output(p, X, y, classes, epochs):
    """Give the weights p another output layer, and train that alone."""
    p = p | {"W2": np.zeros((classes, HIDDEN)), "b2": np.zeros(classes)}
    adam, random = Adam(p), np.random.RandomState(0)
    for _ in range(epochs):
        for chosen in np.array_split(random.permutation(len(y)), 100):
            g = gradients(p, X[chosen], y[chosen])[1]
            adam.step({"W2": g["W2"], "b2": g["b2"]}, 0.01)
    return p


# --8<-- [end:output]


if __name__ == "__main__":
    # --8<-- [start:countries]
    p = trained()
    X, y = endings("train")
    Xh, yh = endings("heldout")
    q = new_output(p, X, y, 3, 5)
    print("W2", p["W2"].shape, "->", q["W2"].shape)
    same = all((q[name] == p[name]).all() for name in ("E", "W1", "b1"))
    print("the other weights are the same:", same)
    right = forward(q, Xh)[0].argmax(axis=1) == yh
    most = np.bincount(yh).max() / len(yh)
    print(f"always the most frequent: {most:.0%}")
    q = new_output(start(), X, y, 3, 5)
    chance = forward(q, Xh)[0].argmax(axis=1) == yh
    print(f"with random E, W1, b1:    {chance.mean():.0%}")
    print(f"right country, held out:  {right.mean():.0%}")
    # --8<-- [end:countries]
