"""From scores to probabilities: which letter follows "e" in the names of Italy's regional capitals."""

from collections import Counter

import numpy as np

# --8<-- [start:names]
names = """Ancona Aosta Bari Bologna Cagliari Campobasso Catanzaro Firenze Genova L'Aquila
Milano Napoli Palermo Perugia Potenza Roma Torino Trento Trieste Venezia""".lower().split()
# --8<-- [end:names]


# --8<-- [start:softmax]
def softmax(scores, temperature=1.0):
    """Turn scores (n,) into probabilities (n,): positive, sum 1. A low temperature favours the highest score.

    Raises ValueError when the temperature is not above zero or a score is not finite.
    Source: Bridle, 1990; temperature: Hinton, Vinyals, Dean, 2015.
    """
    scores = np.asarray(scores, dtype=float)
    if not temperature > 0:
        raise ValueError(f"the temperature must be above zero, not {temperature}")
    if not np.isfinite(scores).all():
        raise ValueError(f"scores must be finite: {scores.tolist()}")
    powers = np.exp((scores - scores.max()) / temperature)  # the largest becomes exp(0): no overflow
    return powers / powers.sum()


# --8<-- [end:softmax]


def followers(letter):
    """How often each letter follows `letter` in the names, the most frequent first; "." is the end of a name."""
    pairs = [name + "." for name in names]
    counts = Counter(name[i + 1] for name in pairs for i in range(len(name) - 1) if name[i] == letter)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


counts = followers("e")
scores = np.log(list(counts.values()))  # (n,): a score for each letter

if __name__ == "__main__":
    # --8<-- [start:counts]
    print(len(names), "names; after e comes:")
    for letter, count in counts.items():
        print(letter, count)
    # --8<-- [end:counts]

    # --8<-- [start:probabilities]
    for letter, score, p in zip(counts, scores, softmax(scores), strict=True):
        print(f"{letter}  score {score:.3f}  probability {p:.3f}")
    # --8<-- [end:probabilities]

    # --8<-- [start:temperature]
    print("letter      ", "      ".join(counts))
    for temperature in (0.5, 1.0, 2.0):
        print(f"T = {temperature}  ", softmax(scores, temperature).round(3))
    # --8<-- [end:temperature]

    # --8<-- [start:choose]
    generator = np.random.default_rng(7)
    for temperature in (0.5, 1.0, 2.0):
        chosen = generator.choice(list(counts), size=20, p=softmax(scores, temperature))
        print(f"T = {temperature}:", " ".join(chosen))
    # --8<-- [end:choose]
