"""Figures of the page on training."""

import numpy as np

from feedforward import W1, W2, b1, b2, forward, x
from figures import draw
from figures.draw import Label, Number
from gradient_step import loss, relu, target
from one_weight import descend

CALM, WILD = 0.05, 0.25


def descent():
    """The loss against one weight, and the steps that two rates take along it."""
    weights = np.linspace(-0.65, 1, 67)
    losses = []
    for weight in weights:
        moved = W2.copy()
        moved[0, 0] = weight
        losses.append(loss(W1, b1, moved, b2))
    curve = weights, np.array(losses)
    walks = {Label("calm"): descend(CALM), Label("wild"): descend(WILD, 4)}
    numbers = {"calm": CALM, "wild": WILD, "start": W2[0, 0]}
    for name, (values, costs) in zip(("calm", "wild"), walks.values(), strict=True):
        numbers |= {f"{name}_end": Number(values[-1], 3), f"{name}_loss": Number(costs[-1], 3)}
    still = draw.walks(curve, walks, (Label("weight"), Label("loss")), numbers=numbers)
    h, y = forward(x, W1, b1, W2, b2, relu)
    given = {  # y, written with the first weight of W2 and the first of W1 alone
        "input": x[0],
        "constant": W1[0, 1] * x[1] + b1[0],
        "rest": y[0] - W2[0, 0] * h[0],
        "target": target,
        "other": W1[0, 0],
    }
    state = {"weights": [W2[0, 0]], "rate": CALM, "steps": 0}
    labels = """live moves start one two from1 from2 weight1 weight2 rate loss slope done out fails stops flat near step
        steps again reset share copied wrong rates""".split()
    return draw.live("descent-explorer", still, state, labels, given)
