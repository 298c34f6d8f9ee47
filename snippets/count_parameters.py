"""Counts a language model's parameters from its config.json alone.

python count_parameters.py config.json            parts, memory, KV-cache
python count_parameters.py a.json b.json          a comparison
python count_parameters.py --json config.json     for other programs
"""

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path


# --8<-- [start:blocks]
def linear(inputs, outputs, bias=False):
    """Weights of a dense layer, and its biases if it has them."""
    return inputs * outputs + outputs * bias


def norm(width, shift=False):
    """A normalisation: a scale for each value; LayerNorm also a shift."""
    return width * (1 + shift)


def attention(width, heads, kv_heads, head, bias_in=False, bias_out=False):
    """Query, key, value and output. Fewer kv_heads than heads: grouped."""
    queries = linear(width, heads * head, bias_in)
    keys_values = 2 * linear(width, kv_heads * head, bias_in)
    return queries + keys_values + linear(heads * head, width, bias_out)


def latent_attention(
    width, heads, q_rank, kv_rank, plain, turned, value, bias
):
    """Keys and values squeezed into kv_rank numbers; queries likewise."""
    size = heads * (plain + turned)
    queries = linear(width, size)
    if q_rank:
        queries = linear(width, q_rank, bias) + norm(q_rank)
        queries += linear(q_rank, size)
    squeezed = linear(width, kv_rank + turned, bias) + norm(kv_rank)
    opened = linear(kv_rank, heads * (plain + value))
    return queries + squeezed + opened + linear(heads * value, width, bias)


def feed_forward(width, inner, gated, bias=False):
    """Two dense layers; a gate adds a third, as wide as the first."""
    first = linear(width, inner, bias) * (1 + gated)
    return first + linear(inner, width, bias)


# --8<-- [end:blocks]


# --8<-- [start:count]
@dataclass
class Count:
    """What a model is made of: {part: parameters}, and what rests."""

    parts: Counter = field(default_factory=Counter)
    resting: int = 0  # parameters of the experts that skip a given token
    cached: int = 0  # numbers kept for each token already read

    @property
    def total(self):
        """All the parameters; tied embeddings count once."""
        return sum(self.parts.values())

    @property
    def active(self):
        """The parameters that work on one token."""
        return self.total - self.resting

    def kv_cache_bytes_per_token(self, bytes_per_value=2):
        """Memory that each token in the context takes up."""
        return self.cached * bytes_per_value


# --8<-- [end:count]


class Config:
    """A config.json whose sizes are checked when they are asked for."""

    def __init__(self, values):
        """Wrap a configuration, a dictionary."""
        self.values = values

    def get(self, key, default=None):
        """A key's value; where it is missing or null, the default."""
        value = self.values.get(key)
        return default if value is None else value

    def size(self, *keys, default=None, least=1):
        """The first of these keys that is given: a whole number."""
        for key in keys:
            if (value := self.values.get(key)) is not None:
                if type(value) is not int or value < least:
                    raise ValueError(
                        f"{key}: a whole number from {least}, not {value!r}"
                    )
                return value
        if default is None:
            raise ValueError(f"{' or '.join(keys)} is missing")
        return default

    def heads(self, kv_heads=None, head=None):
        """(heads, key-value heads, values in each), by type."""
        width = self.size("hidden_size", "n_embd", "n_embed")
        heads = self.size("num_attention_heads", "n_head")
        if "num_key_value_heads" in self.values or not kv_heads:
            kv_heads = self.size("num_key_value_heads", default=heads)
        if not (head := self.get("head_dim", head)) and width % heads:
            raise ValueError(
                f"num_attention_heads, {heads}, does not divide {width}"
            )
        if heads % kv_heads:
            raise ValueError(
                f"num_key_value_heads, {kv_heads}, does not divide {heads}"
            )
        return (
            heads,
            kv_heads,
            self.size("head_dim", default=head or width // heads),
        )


def embed(c, m, width, tied, positions=None):
    """Embedding and output: one matrix when they are tied."""
    vocabulary = c.size("vocab_size")
    m.parts["embedding"] = vocabulary * width
    if positions:
        m.parts["embedding"] += c.size(positions) * width
    if not c.get("tie_word_embeddings", tied):
        m.parts["output"] = vocabulary * width


def experts(c, m, width, layers, number, inner, router_bias=False):
    """Add experts to this many layers; most rest while a token passes."""
    n, used = c.size(number), c.size("num_experts_per_tok")
    if used > n:
        raise ValueError(
            f"num_experts_per_tok is {used}, more than {number}, {n}"
        )
    expert = feed_forward(width, c.size(inner), gated=True)
    m.parts["experts"] = layers * n * expert
    m.parts["router"] = layers * (linear(width, n) + n * router_bias)
    m.resting = layers * (n - used) * expert


# --8<-- [start:classic]
def classic(
    c,
    m,
    norms=2,
    tied=True,
    positions=None,
    embedding_norm=0,
    output_bias=0,
):
    """GPT-2 and its kin: LayerNorm, a plain feed-forward, biases."""
    width = c.size("hidden_size", "n_embd", "n_embed")
    layers = c.size("num_hidden_layers", "n_layer")
    heads, kv_heads, head = c.heads()
    inner = c.size("intermediate_size", "n_inner", default=4 * width)
    bias = c.get("attention_bias", True)
    embed(c, m, width, tied, positions)
    m.parts["attention"] = layers * attention(
        width, heads, kv_heads, head, bias, bias
    )
    m.parts["feed_forward"] = layers * feed_forward(
        width, inner, gated=False, bias=True
    )
    m.parts["norm"] = (layers * norms + 1 + embedding_norm) * norm(
        width, shift=True
    )
    if c.get("qk_layernorm"):
        m.parts["norm"] += layers * 2 * norm(head, shift=True)
    m.parts["output"] += output_bias * c.size("vocab_size")
    m.cached = layers * 2 * kv_heads * head


# --8<-- [end:classic]


# --8<-- [start:modern]
def modern(
    c,
    m,
    kv_heads=None,
    head=None,
    qkv_bias=False,
    head_norm=0,
    norms=2,
    tied=False,
    mixture=None,
):
    """Llama and its kin: RMS norms, gated feed-forward, grouped heads."""
    width, layers = c.size("hidden_size"), c.size("num_hidden_layers")
    heads, kv_heads, head = c.heads(kv_heads, head)
    bias = c.get("attention_bias", False)
    embed(c, m, width, tied)
    m.parts["attention"] = layers * attention(
        width, heads, kv_heads, head, bias or qkv_bias, bias
    )
    m.parts["norm"] = (layers * norms + 1) * norm(
        width
    ) + layers * 2 * head_norm * norm(head)
    sparse = mixture(c, m, width, layers) if mixture else 0
    if dense := layers - sparse:
        inner, bias = c.size("intermediate_size"), c.get("mlp_bias", False)
        m.parts["feed_forward"] = dense * feed_forward(
            width, inner, gated=True, bias=bias
        )
    m.cached = layers * 2 * kv_heads * head


# --8<-- [end:modern]


def every_layer(c, m, width, layers):
    """Mixtral: experts in every layer."""
    experts(c, m, width, layers, "num_local_experts", "intermediate_size")
    return layers


def some_layers(c, m, width, layers):
    """Qwen: experts, but for the layers that the file asks to be dense."""
    step, dense = (
        c.size("decoder_sparse_step", default=1),
        c.get("mlp_only_layers", []),
    )
    sparse = sum(
        i not in dense and (i + 1) % step == 0 for i in range(layers)
    )
    experts(c, m, width, sparse, "num_experts", "moe_intermediate_size")
    if (
        c.values["model_type"] == "qwen2_moe"
    ):  # one more expert, always at work
        shared = feed_forward(
            width, c.size("shared_expert_intermediate_size"), gated=True
        )
        m.parts["shared_experts"] = sparse * shared
        m.parts["router"] += sparse * linear(width, 1)
    return sparse


def deepseek(c, m, router_bias, first, shared):
    """DeepSeek: latent attention, and experts after the first layers."""
    width, layers = c.size("hidden_size"), c.size("num_hidden_layers")
    heads, rank = c.size("num_attention_heads"), c.size("kv_lora_rank")
    turned, plain = c.size("qk_rope_head_dim"), c.size("qk_nope_head_dim")
    squeezed = (
        c.values.get("q_lora_rank", 1536) is not None
    )  # null: it is not
    q_rank = c.size("q_lora_rank", default=1536) if squeezed else 0
    bias = c.get("attention_bias", False)
    embed(c, m, width, tied=False)
    m.parts["attention"] = layers * latent_attention(
        width,
        heads,
        q_rank,
        rank,
        plain,
        turned,
        c.size("v_head_dim"),
        bias,
    )
    m.parts["norm"] = (2 * layers + 1) * norm(width)
    first = c.size("first_k_dense_replace", default=first, least=0)
    step = c.size("moe_layer_freq", default=1)
    sparse = sum(i >= first and i % step == 0 for i in range(layers))
    experts(
        c,
        m,
        width,
        sparse,
        "n_routed_experts",
        "moe_intermediate_size",
        router_bias,
    )
    if shared := c.size("n_shared_experts", default=shared, least=0):
        inner = shared * c.size("moe_intermediate_size")
        m.parts["shared_experts"] = sparse * feed_forward(
            width, inner, gated=True
        )
    inner = c.size("intermediate_size")
    m.parts["feed_forward"] = (layers - sparse) * feed_forward(
        width, inner, gated=True
    )
    m.cached = layers * (rank + turned)


def t5(c, m):
    """T5: an encoder and a decoder, which also attends to the encoder."""
    width, inner = c.size("d_model"), c.size("d_ff")
    encoder = c.size("num_layers")
    decoder = c.size("num_decoder_layers", default=encoder)
    heads, head = c.size("num_heads"), c.size("d_kv")
    gated = str(c.get("feed_forward_proj", "relu")).startswith("gated")
    embed(c, m, width, tied=True)
    m.parts["attention"] = (encoder + 2 * decoder) * attention(
        width, heads, heads, head
    )
    positions = c.size("relative_attention_num_buckets", default=32)
    m.parts["attention"] += (
        2 * positions * heads
    )  # in the first layer of each stack
    m.parts["feed_forward"] = (encoder + decoder) * feed_forward(
        width, inner, gated
    )
    m.parts["norm"] = (2 * encoder + 3 * decoder + 2) * norm(width)
    m.cached = decoder * 2 * heads * head


# --8<-- [start:architectures]
# What each type adds to the patterns; numbers are published defaults.
ARCHITECTURES = {
    "gpt2": lambda c, m: classic(c, m, positions="n_positions"),
    "gpt_neox": lambda c, m: classic(c, m, tied=False),
    "bloom": lambda c, m: classic(c, m, embedding_norm=1),
    "phi": lambda c, m: classic(c, m, norms=1, tied=False, output_bias=1),
    "llama": modern,
    "mistral": lambda c, m: modern(c, m, kv_heads=8),
    "mixtral": lambda c, m: modern(c, m, kv_heads=8, mixture=every_layer),
    "qwen2": lambda c, m: modern(c, m, kv_heads=32, qkv_bias=True),
    "qwen2_moe": lambda c, m: modern(
        c,
        m,
        kv_heads=16,
        qkv_bias=c.get("qkv_bias", True),
        mixture=some_layers,
    ),
    "qwen3": lambda c, m: modern(c, m, kv_heads=32, head=128, head_norm=1),
    "qwen3_moe": lambda c, m: modern(
        c, m, kv_heads=4, head_norm=1, mixture=some_layers
    ),
    "gemma": lambda c, m: modern(c, m, kv_heads=16, head=256, tied=True),
    "gemma2": lambda c, m: modern(
        c, m, kv_heads=4, head=256, norms=4, tied=True
    ),
    "phi3": modern,
    "deepseek_v2": lambda c, m: deepseek(c, m, False, first=0, shared=2),
    "deepseek_v3": lambda c, m: deepseek(c, m, True, first=3, shared=1),
    "t5": t5,
}
# --8<-- [end:architectures]


def count_parameters(config):
    """Count a model's parameters from its config.json, as a dictionary.

    Returns a Count: total, active, parts, kv_cache_bytes_per_token().
    Raises ValueError for an unknown model_type, and for a size that is
    missing or wrong, naming the key.
    Source: the published configurations and the models' own code.
    """
    if not isinstance(config, dict):
        raise ValueError("a configuration is a JSON object: {...}")
    kind = config.get("model_type")
    if not isinstance(kind, str) or kind not in ARCHITECTURES:
        known = ", ".join(sorted(ARCHITECTURES))
        raise ValueError(f"model_type {kind!r} is not one of: {known}")
    count = Count()
    ARCHITECTURES[kind](Config(config), count)
    count.parts = Counter({part: n for part, n in count.parts.items() if n})
    return count


# --8<-- [start:example]
EXAMPLE = {
    "model_type": "gpt2",
    "vocab_size": 50257,
    "n_positions": 1024,
    "n_embd": 768,
    "n_layer": 12,
    "n_head": 12,
}
# --8<-- [end:example]


def read(path):
    """Count the model of a file. Raises ValueError, naming the file."""
    try:
        return count_parameters(
            json.loads(Path(path).read_text(encoding="utf-8"))
        )
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ValueError(f"{path}: not a text file") from None
    except json.JSONDecodeError as error:
        raise ValueError(
            f"{path}: not JSON (line {error.lineno}: {error.msg})"
        ) from None
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None


BYTES = {"float32": 4, "bfloat16": 2, "int8": 1, "4-bit": 0.5}


def report(name, count):
    """Print a model's parts, its memory and its KV-cache."""
    print(name)
    for part, n in count.parts.items():
        print(f"  {part:15} {n:19,} {n / count.total:7.1%}")
    print(f"  {'total':15} {count.total:19,}")
    print(f"  {'active':15} {count.active:19,}")
    for kind, size in BYTES.items():
        print(f"  {kind:15} {count.total * size / 1e9:16,.2f} GB")
    cache = 1000 * count.kv_cache_bytes_per_token() / 1e6
    print(f"  {'KV-cache':15} {cache:16,.2f} MB for 1,000 tokens")


def main(arguments):
    """The command line: see the top of the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", metavar="config.json")
    parser.add_argument("--json", action="store_true", help="for programs")
    options = parser.parse_args(arguments)
    if not options.files:
        return report("GPT-2 small", count_parameters(EXAMPLE))
    try:
        counts = {path: read(path) for path in options.files}
    except ValueError as error:
        raise SystemExit(f"count_parameters.py: {error}") from None
    if options.json:
        found = {
            path: {
                "total": count.total,
                "active": count.active,
                "parts": dict(count.parts),
                "kv_cache_bytes_per_token": count.kv_cache_bytes_per_token(
                    2
                ),
            }
            for path, count in counts.items()
        }
        print(
            json.dumps(
                found if len(found) > 1 else found[options.files[0]],
                indent=2,
            )
        )
    elif len(counts) == 1:
        report(*counts.popitem())
    else:
        wide = max(map(len, counts))
        print(
            f"{'':{wide}} {'total':>19} {'active':>19} {'bfloat16, GB':>13}"
        )
        for name, count in counts.items():
            size = count.total * 2 / 1e9
            print(
                f"{name:{wide}} {count.total:19,} {count.active:19,}"
                f" {size:13,.2f}"
            )


if __name__ == "__main__":
    # --8<-- [start:run]
    main(sys.argv[1:])  # without a file: the example
    # --8<-- [end:run]
