"""The course's Transformer learns to answer: supervised fine-tuning.

A request: a letter and a hyphen. The answer: a name that begins so.
Source: Ouyang et al., 2022.
"""

import numpy as np

from adam import Adam
from answers import answers, held_out, shares
from published import find
from remember import remember
from safe_file import load
from towns import LETTERS, batch, read
from transformer_gradients import gradients

SIZE, STEPS, RATE = 32, 80, 0.002


# --8<-- [start:examples]
def exchanges(texts):
    """Requests with their answers, "b-bari": X and Y (n, t).

    In Y the request is hidden, with -1: only the answer is learnt.
    """
    X, Y = batch(texts)
    Y[:, :2] = -1  # the letter and the hyphen
    return X, Y


def demonstrations():
    """An exchange for each name of at most 12 symbols, to learn from."""
    names = [name for name in read("it", "train") if len(name) <= 12]
    return [f"{name[0]}-{name}" for name in names]


# --8<-- [end:examples]


# --8<-- [start:supervised]
@remember
def supervised(p, texts):
    """Fine-tune weights {name: array} on exchanges; returns new ones."""
    p = {name: w.copy() for name, w in p.items()}
    random, adam = np.random.RandomState(0), Adam(p)
    for done in range(STEPS):
        chosen = random.choice(len(texts), SIZE)
        X, Y = exchanges([texts[i] for i in chosen])
        adam.step(gradients(p, X, Y)[1], RATE * (1 - done / STEPS))
    return p


# --8<-- [end:supervised]


def published():
    """The published weights {name: array}, float32."""
    return load(find())[0]


def fine_tuned():
    """The published weights after learning from the demonstrations."""
    return supervised(published(), demonstrations())


if __name__ == "__main__":
    # --8<-- [start:show]
    texts = demonstrations()
    print(len(texts), "exchanges, such as", *texts[100::2500])
    Y = exchanges(["b-bari"])[1][0]
    learnt = ["_" if i < 0 else LETTERS[i] for i in Y]
    print("X:", *".b-bari")
    print("Y:", *learnt)
    # --8<-- [end:show]

    # --8<-- [start:compare]
    asked = ["b-", "l-", "p-", "t-"]
    for name, p in (("before", published()), ("after", fine_tuned())):
        said = " ".join(map("".join, zip(asked, answers(p, asked, 4))))
        print(f"{name}: {said}")
        print(f"right answers: {shares(p)['right']:.0%}")
        print(f"held-out names: {held_out(p):.2f} bits")
    # --8<-- [end:compare]
