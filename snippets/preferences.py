"""A preference for names that end in "o", learnt from pairs of answers."""

from answers import REQUESTS, answers, held_out, shares
from assistant import fine_tuned
from dpo import logs_of_pairs, preferring
from remember import remember

BETAS = (0.1, 2.0)


# --8<-- [start:pairs]
def pairs_of(p, seed):
    """Pairs of answers of a model to a request, the better one first."""
    found = {text: ([], []) for text in REQUESTS}  # better, worse
    asked = REQUESTS * 14
    for text, name in zip(asked, answers(p, asked, seed)):
        found[text][not name.endswith("o")].append(text + name)
    return [pair for both in found.values() for pair in zip(*both)]


# --8<-- [end:pairs]


# --8<-- [start:learnt]
@remember
def training(beta):
    """Learn from 14 answers to each request; watch others."""
    p = fine_tuned()
    return preferring(p, pairs_of(p, 2), pairs_of(p, 3), beta)


def learnt(beta):
    """The weights after learning the preference, and what moved."""
    p = training(beta)
    moved = {name: p.pop(name) for name in ("steps", "moved")}
    return p, moved


# --8<-- [end:learnt]


if __name__ == "__main__":
    # --8<-- [start:show]
    pairs = pairs_of(fine_tuned(), 2)
    print(len(pairs), "pairs, such as")
    for better, worse in pairs[::30]:
        print(f"{better:16} rather than {worse}")
    # --8<-- [end:show]

    # --8<-- [start:compare]
    models = {"before": fine_tuned()}
    models |= {f"beta {beta}": learnt(beta)[0] for beta in BETAS}
    for name, p in models.items():
        right, o = shares(p).values()
        bits = f"{held_out(p):.2f} bits"
        print(f"{name:8}  in o {o:.0%}  right {right:.0%}  {bits}")
    asked = ["b-", "l-", "p-", "s-", "t-"]
    said = answers(models["beta 0.1"], asked, 4)
    print(*map("".join, zip(asked, said)))
    # --8<-- [end:compare]

    # --8<-- [start:moved]
    new = pairs_of(fine_tuned(), 3)
    begin = logs_of_pairs(fine_tuned(), new)
    for beta in BETAS:
        logs = logs_of_pairs(learnt(beta)[0], new)
        better, worse = (logs - begin).T
        print(f"beta {beta}: better {better.mean():+.1f}", end="")
        print(f", worse {worse.mean():+.1f}")
        ahead = logs[better > worse]  # with a margin above 0
        wrong = (ahead[:, 0] < ahead[:, 1]).sum()
        print(f"  margin above 0: {len(ahead)} pairs of {len(new)}", end="")
        print(f"; the worse answer still likelier: {wrong}")
    # --8<-- [end:moved]
