"""The words of a figure or a table, joined with what its program draws."""

from collections.abc import Iterator

from course.page import Block, Problem
from course.programs import Answer, Job, key_of


def words_problems(block: Block, answer: Answer) -> Iterator[Problem]:
    """What is wrong between a figure's words and its program: numbers it does not offer, texts missing or left over."""
    offers, labels = answer.get("offers", []), {*answer.get("labels", [])}
    function = ":".join(block.program)
    for text in block.words.all():
        for name in text.placeholders:
            if name not in offers:
                there = ", ".join(f"{{{one}}}" for one in sorted(offers)) or "none"
                message = f"snippets/{function} offers no number {{{name}}}: there are {there}"
                yield Problem(text.line, f"block {block.name}: {message}")
    for name in sorted(labels - block.words.texts.keys()):
        there = ", ".join(sorted(labels))
        yield Problem(
            block.line, f"block {block.name}: the text “{name}:” is missing: snippets/{function} wants {there}"
        )
    for name in sorted(block.words.texts.keys() - labels):
        there = ", ".join(sorted(labels))
        message = f"snippets/{function} has no use for the text “{name}:”: it wants {there}"
        yield Problem(block.words.texts[name].line, f"block {block.name}: {message}")


def key(block: Block, snippets: str) -> str:
    """The key of the job that answers a block; see programs.py."""
    job: Job = {"path": f"{snippets}/{block.program[0]}"}
    if block.language != "python":
        job |= {"function": block.program[1], "id": block.options["id"]}
    return key_of(job)
