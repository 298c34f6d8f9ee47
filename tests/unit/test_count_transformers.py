"""The recorded totals of real_counts.json against the real classes of `transformers`: no memory, no download.

Optional, because the two packages are large: `.venv/bin/pip install transformers torch` makes these tests run. The
totals they confirm are what test_count_parameters.py always holds our count against.
"""

import json

import pytest
from pages import ROOT

transformers = pytest.importorskip("transformers", reason="optional: pip install transformers torch")
torch = pytest.importorskip("torch", reason="optional: pip install transformers torch")

REAL = json.loads((ROOT / "tests" / "real_counts.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("recorded", REAL, ids=lambda recorded: recorded["model_type"])
def test_same_as_the_real_class(recorded):
    values = {key: value for key, value in recorded.items() if key not in ("model_type", "total")}
    kind = recorded["model_type"]
    config = transformers.AutoConfig.for_model(kind, **values)
    with torch.device("meta"):
        automatic = transformers.AutoModelForSeq2SeqLM if kind == "t5" else transformers.AutoModelForCausalLM
        model = automatic.from_config(config)
        model.tie_weights()
    total = sum(p.numel() for p in {id(p): p for p in model.parameters()}.values())
    if kind == "t5" and values.get("tie_word_embeddings") is False:  # recent versions of the class tie all the same
        total += values["vocab_size"] * values["d_model"] * config.tie_word_embeddings
    if kind == "deepseek_v3":  # the router's corrections are stored with the weights, yet are a buffer of the class
        total += sum(buffer.numel() for name, buffer in model.named_buffers() if "correction_bias" in name)
    assert recorded["total"] == total
