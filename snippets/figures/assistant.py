"""Figures of the page on how a model becomes an assistant."""

from answers import shares
from assistant import fine_tuned, published
from figures import draw
from figures.draw import Label, Number
from preferences import learnt


def answers():
    """Of the answers, how many are right and how many please the rule: before, after each training."""
    models = {"base": published(), "tuned": fine_tuned(), "preferring": learnt(0.1)[0]}
    found = {name: shares(p) for name, p in models.items()}
    groups = {Label(what): {Label(name): round(100 * found[name][what]) for name in found} for what in ("right", "o")}
    numbers = {f"{name}_{what}": round(100 * found[name][what]) for name in found for what in ("right", "o")}
    return draw.bars(groups, 0, numbers=numbers)


def moved():
    """By how much log-probabilities of new pairs move while the model learns from others."""
    found = learnt(0.1)[1]
    better, worse = found["moved"].round(2).T  # the same drawing, whatever the processor
    numbers = {"better": Number(better[-1], 1), "worse": Number(worse[-1], 1), "steps": int(found["steps"][-1])}
    lines = {Label("better_line"): better, Label("worse_line"): worse}
    return draw.curves(found["steps"], lines, top=1, axes=(Label("axis"), Label("logs")), numbers=numbers)
