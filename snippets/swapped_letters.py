"""Two letters change place in an alphabet; the weights stay as they are."""

from letters import CONTEXT, score
from towns import LETTERS, examples, read
from train_letters import trained

# --8<-- [start:swap]
p, heldout = trained(), read("it", "heldout")
order = list(range(len(LETTERS)))
a, o = LETTERS.index("a"), LETTERS.index("o")
order[a], order[o] = o, a
swapped = "".join(LETTERS[i] for i in order)


def measure(weights, letters):
    """Bits per character on the held-out names, with an alphabet."""
    return score(weights, *examples(heldout, letters, CONTEXT))


alphabets = LETTERS, swapped
moved = p | {name: p[name][order] for name in ("E", "W2", "b2")}
print(f"its own alphabet:      {measure(p, LETTERS):.2f} bits")
print(f"a and o swapped:       {measure(p, swapped):.2f} bits")
print(f"their numbers as well: {measure(moved, swapped):.2f} bits")
# --8<-- [end:swap]
