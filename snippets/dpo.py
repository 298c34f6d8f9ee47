"""Direct preference optimisation (DPO): of two answers, the better one.

Source: Rafailov et al., Direct Preference Optimization, 2023.
"""

import numpy as np

from activations import sigmoid
from adam import Adam
from assistant import exchanges
from next_token import log_softmax, softmax
from transformer_gradients import forward

SIZE, STEPS, RATE = 16, 32, 0.0005  # with more steps, more is lost


# --8<-- [start:loss]
def preference(moved, beta):
    """The loss of each pair (n,) and its derivatives (n, 2).

    moved (n, 2): the log-probability of the better answer, and of the
    worse one, less what they are in the reference. A margin above 0: the
    pair is ordered better than there, not that it is well ordered.
    """
    margin = beta * (moved[:, 0] - moved[:, 1])
    left = sigmoid(-margin)  # what the sigmoid lacks to reach 1
    return -np.log(sigmoid(margin)), beta * np.c_[-left, left]


# --8<-- [end:loss]


# --8<-- [start:logs]
def logs_of(scores, Y):
    """The log-probability of each answer: (n,), a sum over symbols."""
    n, t = np.nonzero(Y >= 0)
    logs = log_softmax(scores)[n, t, Y[n, t]]
    return np.bincount(n, logs, len(Y))


def logs_of_pairs(p, pairs):
    """The log-probabilities of pairs of exchanges: (n, 2)."""
    X, Y = exchanges([text for pair in pairs for text in pair])
    return logs_of(forward(p, X)[0], Y).reshape(-1, 2)


# --8<-- [end:logs]


# --8<-- [start:gradients]
def gradients(p, pairs, reference, beta):
    """The mean loss of pairs of exchanges, and its gradients.

    reference (n, 2): their log-probabilities before this training.
    """
    X, Y = exchanges([text for pair in pairs for text in pair])
    scores, back = forward(p, X)
    moved = logs_of(scores, Y).reshape(-1, 2) - reference
    loss, slopes = preference(moved, beta)
    d = -softmax(scores)  # how a log-probability follows the scores
    n, t = np.nonzero(Y >= 0)
    d[n, t, Y[n, t]] += 1
    d[Y < 0] = 0  # the request
    slopes = slopes.reshape(-1, 1, 1) / len(pairs)  # one for each answer
    return loss.mean(), back(d * slopes.astype(d.dtype))


# --8<-- [end:gradients]


# --8<-- [start:prefer]
def preferring(p, pairs, new, beta):
    """Learn from pairs; p {name: array} is also the reference.

    Returns the weights and, for every eighth step, by how much the
    log-probabilities of new pairs have moved: "steps", "moved" (k, 2).
    """
    reference, begin = logs_of_pairs(p, pairs), logs_of_pairs(p, new)
    p = {name: w.copy() for name, w in p.items()}
    random, adam, moved = np.random.RandomState(0), Adam(p), []
    for done in range(STEPS + 1):
        if done % 8 == 0:
            found = logs_of_pairs(p, new) - begin
            moved.append((done, *found.mean(axis=0)))
        chosen = random.choice(len(pairs), SIZE)
        some = [pairs[i] for i in chosen]
        g = gradients(p, some, reference[chosen], beta)[1]
        adam.step(g, RATE * (1 - done / STEPS))
    moved = np.array(moved)
    return p | {"steps": moved[:, 0], "moved": moved[:, 1:]}


# --8<-- [end:prefer]


if __name__ == "__main__":
    # --8<-- [start:by_hand]
    reference = np.array([-8.5, -6.0])  # of the better answer, the worse
    print("better worse d+ d- margin sigmoid  to 1  loss derivatives")
    for logs in ([-8.5, -6.0], [-7.5, -8.0], [-9.5, -9.0]):
        moved = logs - reference
        loss, slopes = preference(moved[None], beta=0.5)
        margin, right = 0.5 * (moved[0] - moved[1]), np.exp(-loss[0])
        row = f"{logs[0]:6}{logs[1]:6}{moved[0]:3.0f}{moved[1]:3.0f}"
        row += f"{margin:7}{right:8.3f}{1 - right:6.3f}{loss[0]:6.3f}"
        print(row, *slopes[0].round(3))
    # --8<-- [end:by_hand]
