"""The figure of a Transformer's block is drawn from what the program does: a wrong wire in it is a wrong program."""

import inspect

import pytest
import transformer
from figures.transformer import traced_block


def test_both_sums_add_to_what_was_there_before_the_normalisation():
    parts = ["norm", "attention", "sum", "norm", "feedforward", "sum"]
    assert traced_block() == list(zip(parts, [None, None, 0, None, None, 3], strict=True))


@pytest.mark.parametrize(
    ("right", "wrong", "wired"),
    [
        ("x = x + linear(multi_head", "x = z + linear(multi_head", [1, 3]),
        ("return x + linear(h, W2, b2)", "return z + linear(h, W2, b2)", [0, 4]),
    ],
)
def test_another_wiring_gives_another_figure(monkeypatch, right, wrong, wired):
    code = inspect.getsource(transformer.block)
    assert right in code
    exec(code.replace(right, wrong), space := vars(transformer).copy())
    # The altered block must call the module's functions, which the tracing replaces while it runs.
    block = space["block"]
    monkeypatch.setattr(transformer, "block", type(block)(block.__code__, vars(transformer)))
    assert [side for _, side in traced_block() if side is not None] == wired
