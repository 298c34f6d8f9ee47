"""From scores to probabilities: which letter comes after an "e"?"""

from collections import Counter

import numpy as np

# --8<-- [start:names]
names = """ancona aosta bari bologna cagliari campobasso catanzaro
firenze genova l'aquila milano napoli palermo perugia potenza roma
torino trento trieste venezia""".split()
# --8<-- [end:names]


# --8<-- [start:softmax]
def softmax(scores, temperature=1.0):
    """Turn scores (n,) into probabilities (n,): positive, with sum 1.

    In a table (rows, n), each row by itself. A low temperature favours
    the highest score, a high one evens all out; minus infinity: never.
    Raises ValueError for a temperature not above zero, and for scores
    among which there is no highest: NaN, infinity.
    Sources: Bridle, 1990; temperature: Hinton, Vinyals, Dean, 2015.
    """
    scores = np.asarray(scores)
    if not 0 < temperature < np.inf:
        raise ValueError(f"temperature must be above zero: {temperature}")
    highest = scores.max(axis=-1, keepdims=True)  # in each row
    if not np.isfinite(highest).all():
        raise ValueError(f"the highest score must be finite: {scores}")
    powers = np.exp((scores - highest) / temperature)  # no overflow
    return powers / powers.sum(axis=-1, keepdims=True)


# --8<-- [end:softmax]


# --8<-- [start:log_softmax]
def log_softmax(scores):
    """Logarithms of the probabilities of scores (n,) or (rows, n).

    log(softmax(scores)), even where a probability is too small to write.
    """
    below = scores - scores.max(axis=-1, keepdims=True)
    return below - np.log(np.exp(below).sum(axis=-1, keepdims=True))


# --8<-- [end:log_softmax]


# --8<-- [start:followers]
def followers(letter):
    """How often each letter comes after `letter`, most frequent first.

    A full stop stands for the end of a name.
    """
    following = []
    for name in names:
        for before, after in zip(name, name[1:] + "."):
            if before == letter:
                following.append(after)
    return dict(Counter(sorted(following)).most_common())


counts = followers("e")
scores = np.log(list(counts.values()))  # (5,)
# --8<-- [end:followers]

if __name__ == "__main__":
    # --8<-- [start:counts]
    print(len(names), "names")
    print(counts)
    # --8<-- [end:counts]

    # --8<-- [start:probabilities]
    print(f"e = {np.e:.3f}")
    for letter, s, p in zip(counts, scores, softmax(scores)):
        power = np.exp(s)
        print(f"{letter}  s = {s:.3f}  e^s = {power:.0f}  p = {p:.3f}")
    # --8<-- [end:probabilities]

    # --8<-- [start:temperature]
    print("after e ", *(f"{letter:>6}" for letter in counts))
    for temperature in (0.5, 1.0, 2.0):
        chances = softmax(scores, temperature)
        print(f"T = {temperature} ", *(f"{p:6.3f}" for p in chances))
    # --8<-- [end:temperature]

    # --8<-- [start:choose]
    generator = np.random.default_rng(7)
    for temperature in (0.5, 1.0, 2.0):
        p = softmax(scores, temperature)
        chosen = generator.choice(list(counts), size=20, p=p)
        print(f"T = {temperature}:", " ".join(chosen))
    # --8<-- [end:choose]
