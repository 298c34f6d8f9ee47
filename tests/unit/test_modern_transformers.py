"""Today's block against the published class of `transformers`, on the same weights; optional, as the packages are."""

import modern_block
import numpy as np
import pytest
import real_file
from published import nested

transformers = pytest.importorskip("transformers", reason="optional: pip install transformers torch")
torch = pytest.importorskip("torch", reason="optional: pip install transformers torch")

NAMES = {
    "norm1": "input_layernorm",
    "norm2": "post_attention_layernorm",
    "Wq": "self_attn.q_proj",
    "Wk": "self_attn.k_proj",
    "Wv": "self_attn.v_proj",
    "Wo": "self_attn.o_proj",
    "Wg": "mlp.gate_proj",
    "Wu": "mlp.up_proj",
    "Wd": "mlp.down_proj",
}


def theirs(name):
    """A name of ours as it is in a published file."""
    block, _, last = name.rpartition(".")
    if block:
        return f"model.layers.{int(block.removeprefix('block')) - 1}.{NAMES[last]}.weight"
    return {"E": "model.embed_tokens.weight", "norm": "model.norm.weight"}[name]


def test_the_same_scores_as_the_published_class():
    random = np.random.RandomState(1)
    p = {name: w * (1.4 + 0.3 * random.standard_normal(w.shape)) for name, w in modern_block.start(0).items()}
    config = dict(modern_block.CONFIG)
    base = config.pop("rope_theta")
    config = transformers.AutoConfig.for_model(
        config.pop("model_type"), **config, rope_parameters={"rope_type": "default", "rope_theta": base}
    )
    model = transformers.AutoModelForCausalLM.from_config(config).double().eval()
    state = {theirs(name): torch.tensor(w) for name, w in p.items()}
    model.load_state_dict(state | {"lm_head.weight": state["model.embed_tokens.weight"]})
    assert sum(w.numel() for w in model.parameters()) == sum(w.size for w in p.values())
    X = random.randint(0, 36, (2, 40))
    with torch.no_grad():
        scores = model(torch.tensor(X)).logits.numpy()
    assert np.abs(scores).max() > 0.5
    np.testing.assert_allclose(modern_block.forward(nested(p), X), scores, atol=1e-4)  # theirs turns in 32 bits


def test_the_real_file_has_the_names_of_the_published_class():
    config = dict(real_file.config)
    base = config.pop("rope_theta")
    config = transformers.AutoConfig.for_model(
        config.pop("model_type"), **config, rope_parameters={"rope_type": "default", "rope_theta": base}
    )
    with torch.device("meta"):
        model = transformers.AutoModelForCausalLM.from_config(config)
    assert {name: list(w.shape) for name, w in model.state_dict().items()} == real_file.tensors
