"""Figures of the page on using weights again."""

from figures import draw
from figures.draw import Label, Number
from fine_tuning import curves as trainings


def curves():
    """Fine-tuning and training from scratch, on held-out names."""
    found = trainings()
    fine, scratch = found["fine-tuning"], found["from scratch"]
    numbers = {
        "fine_first": Number(fine["heldout"][0], 2),
        "fine_fifth": Number(fine["heldout"][4], 2),
        "scratch_first": Number(scratch["heldout"][0], 2),
        "scratch_last": Number(scratch["heldout"][-1], 2),
    }
    lines = {Label("scratch"): scratch["heldout"], Label("fine"): fine["heldout"]}
    axes = (Label("steps"), Label("bits"))
    return draw.curves(fine["steps"], lines, top=4, step=0.2, axes=axes, numbers=numbers)
