"""The recorded totals of real_counts.json against the real classes of `transformers`: no memory, no download.

Optional, because the two packages are large: `.venv/bin/pip install transformers torch` makes these tests run. The
totals they confirm are what test_count_parameters.py always holds our count against.
"""

import copy
import json

import pytest
from count_parameters import TEXT_PARTS
from pages import ROOT

transformers = pytest.importorskip("transformers", reason="optional: pip install transformers torch")
torch = pytest.importorskip("torch", reason="optional: pip install transformers torch")

REAL = json.loads((ROOT / "tests" / "real_counts.json").read_text(encoding="utf-8"))


SEES_OR_HEARS = ("vision", "visual", "audio", "multi_modal")  # what our count leaves out
# Stored with the weights, yet buffers of the class: the router's corrections, the number that multiplies a layer.
STORED = ("correction_bias", "layer_scalar")


def build(kind, config):
    """The real class of a type: with its eyes, if it has them."""
    if kind == "t5":
        return transformers.AutoModelForSeq2SeqLM.from_config(config)
    if kind in TEXT_PARTS:
        return transformers.AutoModelForImageTextToText.from_config(config)
    if kind == "mistral4":
        return transformers.Mistral4ForCausalLM(config)
    return transformers.AutoModelForCausalLM.from_config(config)


@pytest.mark.parametrize("recorded", REAL, ids=lambda recorded: recorded["model_type"])
def test_same_as_the_real_class(recorded):
    values = {key: value for key, value in recorded.items() if key not in ("model_type", "total")}
    kind = recorded["model_type"]
    config = transformers.AutoConfig.for_model(kind, **copy.deepcopy(values))
    with torch.device("meta"):
        model = build(kind, config)
        model.tie_weights()
    named = [*{id(p): (name, p) for name, p in model.named_parameters()}.values()]
    named += [(name, buffer) for name, buffer in model.named_buffers() if any(part in name for part in STORED)]
    total = sum(p.numel() for name, p in named if not any(part in name for part in SEES_OR_HEARS))
    if kind == "t5" and values.get("tie_word_embeddings") is False:  # recent versions of the class tie all the same
        total += values["vocab_size"] * values["d_model"] * config.tie_word_embeddings
    assert recorded["total"] == total
