"""Learning too long from too few names."""

import letters
from towns import LETTERS, examples, read

# --8<-- [start:few]
few = read("it", "train")[::34]
X, y = examples(few, LETTERS, letters.CONTEXT)
Xh, yh = examples(read("it", "heldout"), LETTERS, letters.CONTEXT)
p = letters.start()
print(len(few), "names, 60 epochs")


def watch(steps):
    """Print the score on the names it learns from and on the others."""
    seen, unseen = letters.score(p, X, y), letters.score(p, Xh, yh)
    print(f"step {steps:3}  training {seen:.2f}  held out {unseen:.2f}")


letters.train(p, X, y, 60, 0.01, watch, every=120)
# --8<-- [end:few]
