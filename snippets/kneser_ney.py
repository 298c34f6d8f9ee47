"""Counting well: Kneser-Ney, the honest rival of networks on few names.

Sources: Kneser, Ney, Improved Backing-off for M-gram Language Modeling,
1995; mixed with the shorter contexts as in Chen, Goodman, 1998.
"""

from collections import Counter, defaultdict

import numpy as np

from towns import END, LETTERS, bits, read

D = 0.75  # what each count gives to the shorter context


def moments(name, context):
    """Each symbol of a name with the `context` symbols before it."""
    text = END * context + name + END
    for i in range(context, len(text)):
        yield text[i - context : i], text[i]


# --8<-- [start:learn]
def learn(names, context):
    """{letters before: {symbol: count}}, for contexts up to a length."""
    seen = defaultdict(Counter)
    for name in names:
        for before, symbol in moments(name, context):
            seen[before][symbol] += 1
    for length in range(context, 0, -1):  # then one letter less, each time
        for before in [known for known in seen if len(known) == length]:
            for symbol in seen[before]:
                seen[before[1:]][symbol] += 1  # once for each context
    return seen


def chance(seen, before, symbol):
    """The probability of a symbol after some letters."""
    shorter = 1 / len(LETTERS)  # after none at all
    if before:
        shorter = chance(seen, before[1:], symbol)
    counts = seen.get(before)
    if not counts:  # letters that were never seen together
        return shorter
    kept = max(counts[symbol] - D, 0)
    return (kept + D * len(counts) * shorter) / counts.total()


# --8<-- [end:learn]


def score(seen, names, context):
    """Bits per character on some names."""
    asked = [m for name in names for m in moments(name, context)]
    return bits(np.log([chance(seen, *m) for m in asked]))


if __name__ == "__main__":
    names, heldout = read("it", "train"), read("it", "heldout")

    # --8<-- [start:example]
    seen = learn(names, 3)
    print("each count gives", D)
    print("before  all    n  symbols   taken  chance of n")
    for before in ("", "a", "na", "gna"):
        counts = seen[before]
        row = f"{counts.total():5} {counts['n']:4} {len(counts):8}"
        taken = f"{len(counts) * D:8.2f}"
        print(f"{before:6}{row}{taken} {chance(seen, before, 'n'):12.3f}")
    # --8<-- [end:example]

    # --8<-- [start:score]
    for context in range(1, 7):
        seen = learn(names, context)
        held = score(seen, heldout, context)
        letters = "letter" if context == 1 else "letters"
        print(f"{context} {letters}: {held:.2f} bits")
    # --8<-- [end:score]
