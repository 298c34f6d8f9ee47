"""Counting and network together: the mean of their probabilities."""

import numpy as np

import kneser_ney
from next_token import softmax
from published import weights
from remember import remember
from towns import batch, bits, read
from transformer import forward

LOOKS_BACK = 5  # letters, for Kneser-Ney
SHARES = (0, 0.25, 0.5, 0.75, 1)  # how much the network's word counts


# --8<-- [start:mixing]
def from_network(p, names):
    """The probability of each right symbol, name after name."""
    found = [None] * len(names)
    order = sorted(range(len(names)), key=lambda i: len(names[i]))
    for group in (order[i : i + 64] for i in range(0, len(order), 64)):
        X, Y = batch([names[i] for i in group])
        chances = softmax(forward(p, X))  # (n, t, V)
        for i, row, right in zip(group, chances, Y, strict=True):
            many = len(names[i]) + 1
            found[i] = row[np.arange(many), right[:many]]
    return np.concatenate(found)


def from_counting(seen, names):
    """The same from Kneser-Ney's counts."""
    asked = [m for s in names for m in kneser_ney.moments(s, LOOKS_BACK)]
    return np.array([kneser_ney.chance(seen, *m) for m in asked])


def mixed(network, counting, share):
    """Bits per character of a weighted mean of the two."""
    mean = share * network + (1 - share) * counting
    return bits(np.log(mean))


# --8<-- [end:mixing]


@remember
def guesses():
    """What the two give to names of which counting has not learnt.

    Of the training names one in ten is kept from counting; the network
    has seen them all. "try_": on those; "held_": on the held-out names.
    """
    names, heldout, p = (
        read("it", "train"),
        read("it", "heldout"),
        weights(),
    )
    apart = names[::10]
    rest = sorted(set(names) - set(apart))
    all_seen = kneser_ney.learn(names, LOOKS_BACK)
    asked = [m for s in heldout for m in kneser_ney.moments(s, LOOKS_BACK)]
    return {
        "try_network": from_network(p, apart),
        "try_counting": from_counting(
            kneser_ney.learn(rest, LOOKS_BACK), apart
        ),
        "held_network": from_network(p, heldout),
        "held_counting": from_counting(all_seen, heldout),
        "met": np.array([before in all_seen for before, _ in asked]),
    }


if __name__ == "__main__":
    g = guesses()
    network, counting = g["held_network"], g["held_counting"]

    # --8<-- [start:share]
    print("network's share  not counted  held out")
    for share in SHARES:
        tried = mixed(g["try_network"], g["try_counting"], share)
        held = mixed(network, counting, share)
        print(f"{share:15.2f}{tried:13.2f}{held:10.2f}")
    # --8<-- [end:share]

    # --8<-- [start:knows]
    for title, where in (("met", g["met"]), ("not met", ~g["met"])):
        row = f"{title:8}{where.mean():5.0%} of the symbols:"
        for who in (network, counting):
            row += f"{bits(np.log(who[where])):6.2f}"
        both = mixed(network[where], counting[where], 0.5)
        print(f"{row}{both:6.2f} bits")
    # --8<-- [end:knows]
