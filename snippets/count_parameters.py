"""Counts a language model's parameters from its config.json alone.

python count_parameters.py config.json            parts, memory, KV cache
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


def feed_forward(width, inner, gated, bias=False):
    """Two dense layers; a gate adds a third, as wide as the first."""
    first = linear(width, inner, bias) * (1 + gated)
    return first + linear(inner, width, bias)


# --8<-- [end:blocks]


def delta(width, keys, values, head, kernel):
    """Attention without a cache: a state that each token corrects.

    keys, values: numbers in all of them; head: values in each head.
    """
    heads = values // head
    mixed = linear(width, 2 * keys + 2 * values) + linear(width, 2 * heads)
    recent = kernel * (2 * keys + values)  # the last few tokens, mixed
    return mixed + recent + 2 * heads + norm(head) + linear(values, width)


def latent(width, heads, q_rank, kv_rank, plain, turned, value, bias):
    """Keys and values squeezed into kv_rank numbers; queries likewise."""
    size = heads * (plain + turned)
    queries = linear(width, size)
    if q_rank:
        queries = linear(width, q_rank, bias) + norm(q_rank)
        queries += linear(q_rank, size)
    squeezed = linear(width, kv_rank + turned, bias) + norm(kv_rank)
    opened = linear(kv_rank, heads * (plain + value))
    return queries + squeezed + opened + linear(heads * value, width, bias)


# --8<-- [start:count]
@dataclass
class Count:
    """What a model is made of: {part: parameters}, and what rests."""

    parts: Counter = field(default_factory=Counter)
    resting: int = 0  # parameters of the experts that skip a given token
    cached: int = 0  # numbers kept for each token already read
    window: bool = False  # some layers forget what is further back
    left_out: list = field(default_factory=list)  # keys of what is not here

    @property
    def total(self):
        """All the parameters; tied embeddings count once."""
        return sum(self.parts.values())

    @property
    def active(self):
        """The parameters that work on one token."""
        return self.total - self.resting

    def kv_cache_bytes_per_token(self, bytes_per_value=2):
        """Memory that each token in the context takes up, at most."""
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

    def null(self, key):
        """Whether a key is there and says null: there is no such thing."""
        return key in self.values and self.values[key] is None

    def size(self, *keys, default=None, least=1):
        """The first of these keys that is given: a whole number."""
        given = [key for key in keys if self.get(key) is not None]
        if not given and default is None:
            raise ValueError(f"{' or '.join(keys)} is missing")
        if not given:
            return default
        key, value = given[0], self.values[given[0]]
        if type(value) is not int or value < least:
            wrong = f"{key}: a whole number from {least}, not {value!r}"
            raise ValueError(wrong)
        return value

    def kinds(self, key, layers, default):
        """What each layer is, by the list the file has, or the default."""
        kinds = self.get(key, default)
        if len(kinds) != layers:
            raise ValueError(f"{key} has {len(kinds)} items for {layers}")
        return kinds

    def heads(self, kv_heads=None, head=None):
        """(heads, key-value heads, numbers in each), or a type's own."""
        width = self.size("hidden_size", "n_embd", "n_embed")
        heads = self.size("num_attention_heads", "n_head")
        if self.null("num_key_value_heads") or not kv_heads:
            kv_heads = heads
        kv_heads = self.size("num_key_value_heads", default=kv_heads)
        head = self.get("head_dim", head)
        if not head and width % heads:
            wrong = f"num_attention_heads {heads} do not divide {width}"
            raise ValueError(wrong)
        if heads % kv_heads:
            wrong = f"num_key_value_heads {kv_heads} do not divide {heads}"
            raise ValueError(wrong)
        head = self.size("head_dim", default=head or width // heads)
        return heads, kv_heads, head


def embed(c, m, width, tied, places=None):
    """Embedding and output: one matrix when they are tied."""
    vocabulary = c.size("vocab_size")
    m.parts["embedding"] = vocabulary * width
    if places:
        m.parts["embedding"] += c.size(places) * width
    if not c.get("tie_word_embeddings", tied):
        m.parts["output"] = vocabulary * width


def experts(c, m, width, layers, number, inner, router_bias=0, bias=0):
    """Add experts to this many layers; most rest while a token passes."""
    n = c.size(number)
    used = c.size("num_experts_per_tok", "top_k_experts")
    if used > n:
        wrong = f"num_experts_per_tok is {used}, more than {number}, {n}"
        raise ValueError(wrong)
    expert = feed_forward(width, c.size(inner), gated=True, bias=bias)
    m.parts["experts"] = layers * n * expert
    m.parts["router"] = layers * (linear(width, n) + n * router_bias)
    m.resting = layers * (n - used) * expert


# --8<-- [start:classic]
def classic(c, m, norms=2, others=1, tied=True, places=None, output_bias=0):
    """GPT-2 and its kin: LayerNorm, a plain feedforward, biases."""
    width = c.size("hidden_size", "n_embd", "n_embed")
    layers = c.size("num_hidden_layers", "n_layer")
    heads, kv_heads, head = c.heads()
    inner = c.size("intermediate_size", "n_inner", default=4 * width)
    bias = c.get("attention_bias", True)
    embed(c, m, width, tied, places)
    each = attention(width, heads, kv_heads, head, bias, bias)
    m.parts["attention"] = layers * each
    dense = feed_forward(width, inner, gated=False, bias=True)
    m.parts["feed_forward"] = layers * dense
    norms = layers * norms + others  # those in the layers, and the others
    m.parts["norm"] = norms * norm(width, shift=True)
    if c.get("qk_layernorm"):
        m.parts["norm"] += layers * 2 * norm(head, shift=True)
    m.parts["output"] += output_bias * c.size("vocab_size")
    m.cached = layers * 2 * kv_heads * head


# --8<-- [end:classic]


# --8<-- [start:modern]
def modern(c, m, norms=2, tied=0, mixture=None, mixed=0, dense=0, **heads):
    """Llama and its kin: RMS norms, gated feedforward, grouped heads.

    mixed: not all layers have attention; dense: its size's own name;
    heads: what `grouped` is told.
    """
    width, layers = c.size("hidden_size"), c.size("num_hidden_layers")
    embed(c, m, width, tied)
    full = without_cache(c, m, width, layers) if mixed else layers
    grouped(c, m, width, full, **heads)
    m.parts["norm"] += (layers * norms + 1) * norm(width)
    sparse = mixture(c, m, width, layers) if mixture else 0
    if sparse < layers:
        inner = c.size(dense or "intermediate_size")
        bias = c.get("mlp_bias", False)
        each = feed_forward(width, inner, gated=True, bias=bias)
        m.parts["feed_forward"] = (layers - sparse) * each


def grouped(
    c, m, width, layers, kv_heads=0, head=0,
    bias=0, bias_in=0, qk_norm=0, gate=0, sinks=0,
):  # fmt: skip
    """Attention in each layer, with what is a type's own.

    qk_norm: queries and keys are normalised; gate: as many weights again
    as for the queries; sinks: one number for each head.
    """
    heads, kv_heads, head = c.heads(kv_heads, head)
    bias = c.get("attention_bias", bias)
    bias_in = bias or c.get("qkv_bias", bias_in)
    each = attention(width, heads, kv_heads, head, bias_in, bias)
    each += gate * linear(width, heads * head, bias_in) + sinks * heads
    m.parts["attention"] += layers * each
    m.parts["norm"] += layers * 2 * qk_norm * norm(head)
    m.cached = layers * 2 * kv_heads * head


# --8<-- [end:modern]


def without_cache(c, m, width, layers):
    """Qwen3-Next: in most layers a state takes the place of a cache."""
    every = c.size("full_attention_interval", default=4)
    kinds = [(i + 1) % every == 0 for i in range(layers)]
    kinds = ["full_attention" if full else "linear" for full in kinds]
    kinds = c.kinds("layer_types", layers, kinds)
    full = sum(kind == "full_attention" for kind in kinds)
    head = c.size("linear_value_head_dim")
    values = c.size("linear_num_value_heads") * head
    keys = c.size("linear_num_key_heads") * c.size("linear_key_head_dim")
    kernel = c.size("linear_conv_kernel_dim")
    each = delta(width, keys, values, head, kernel)
    m.parts["attention"] += (layers - full) * each
    return full


def every_layer(c, m, width, layers, bias=0):
    """Mixtral: experts in every layer."""
    number, inner = "num_local_experts", "intermediate_size"
    experts(c, m, width, layers, number, inner, bias, bias)
    return layers


def with_bias(c, m, width, layers):
    """gpt-oss: the same, with biases in router and experts."""
    return every_layer(c, m, width, layers, bias=1)


def one_in_so_many(c, m, width, layers):
    """Llama 4: experts in some layers, and one more always at work."""
    step = c.size("interleave_moe_layer_step", default=1)
    chosen = c.get("moe_layers", range(step - 1, layers, step))
    sparse, inner = len(chosen), "intermediate_size"
    experts(c, m, width, sparse, "num_local_experts", inner)
    each = feed_forward(width, c.size(inner), gated=True)
    m.parts["shared_experts"] = sparse * each
    return sparse


def some_layers(c, m, width, layers):
    """Qwen3: experts, but for the layers that the file asks to be dense."""
    step = c.size("decoder_sparse_step", default=1)
    dense = c.get("mlp_only_layers", [])
    numbers = [i for i in range(layers) if i not in dense]
    sparse = sum((i + 1) % step == 0 for i in numbers)
    experts(c, m, width, sparse, "num_experts", "moe_intermediate_size")
    return sparse


def shared(c, m, width, layers):
    """Qwen2: the same, with one more expert that is always at work."""
    sparse = some_layers(c, m, width, layers)
    inner = c.size("shared_expert_intermediate_size")
    each = feed_forward(width, inner, gated=True)
    m.parts["shared_experts"] = sparse * each
    m.parts["router"] += sparse * linear(width, 1)
    return sparse


def deepseek(c, m, first, shared, q_rank=1536, router_bias=0, index=0):
    """DeepSeek: latent attention, and experts after the first layers.

    index: a small part that chooses the tokens attention looks at.
    """
    width, layers = c.size("hidden_size"), c.size("num_hidden_layers")
    heads, rank = c.size("num_attention_heads"), c.size("kv_lora_rank")
    turned, plain = c.size("qk_rope_head_dim"), c.size("qk_nope_head_dim")
    value, bias = c.size("v_head_dim"), c.get("attention_bias", False)
    q_rank = c.size("q_lora_rank", default=q_rank)
    if c.null("q_lora_rank"):
        q_rank = 0  # queries are not squeezed
    embed(c, m, width, tied=False)
    each = latent(width, heads, q_rank, rank, plain, turned, value, bias)
    m.cached = layers * (rank + turned)
    if index:
        n, key = c.size("index_n_heads"), c.size("index_head_dim")
        each += linear(c.size("q_lora_rank"), n * key) + linear(width, n)
        each += linear(width, key) + norm(key, shift=True)
        m.cached += layers * key
    m.parts["attention"] = layers * each
    m.parts["norm"] = (2 * layers + 1) * norm(width)
    first = c.size("first_k_dense_replace", default=first, least=0)
    step = c.size("moe_layer_freq", default=1)
    kinds = [i >= first and i % step == 0 for i in range(layers)]
    kinds = ["sparse" if sparse else "dense" for sparse in kinds]
    sparse = c.kinds("mlp_layer_types", layers, kinds).count("sparse")
    inner = "moe_intermediate_size"
    experts(c, m, width, sparse, "n_routed_experts", inner, router_bias)
    if shared := c.size("n_shared_experts", default=shared, least=0):
        always = feed_forward(width, shared * c.size(inner), gated=True)
        m.parts["shared_experts"] = sparse * always
    dense = feed_forward(width, c.size("intermediate_size"), gated=True)
    m.parts["feed_forward"] = (layers - sparse) * dense


def gemma4(c, m):
    """Gemma 4: layers of two kinds; some have no keys of their own."""
    width, layers = c.size("hidden_size"), c.size("num_hidden_layers")
    heads, kv_heads, head = c.heads(kv_heads=4, head=256)
    bias, one = c.get("attention_bias", False), c.get("attention_k_eq_v")
    few = c.size("num_global_key_value_heads", default=kv_heads)
    wide = c.size("global_head_dim", default=512)
    own = layers - c.size("num_kv_shared_layers", default=0, least=0)
    embed(c, m, width, tied=True)
    kinds = ["sliding" if (i + 1) % 6 else "full" for i in range(layers)]
    kinds[-1] = "full"
    kinds = c.kinds("layer_types", layers, kinds)
    for i, kind in enumerate(kinds):
        full = kind.startswith("full")
        size = wide if full else head
        groups = few if full and one else kv_heads
        each = linear(width, heads * size, bias)  # the queries
        each += linear(heads * size, width, bias)  # the output
        inner = c.size("intermediate_size")
        if i < own:  # keys and values; one matrix may serve as both
            keys = linear(width, groups * size, bias)
            each += keys if full and one else 2 * keys
            m.cached += 2 * groups * size
        elif c.get("use_double_wide_mlp"):
            inner *= 2
        m.parts["attention"] += each
        m.parts["norm"] += (2 if i < own else 1) * norm(size)
        m.parts["feed_forward"] += feed_forward(width, inner, gated=True)
    m.parts["norm"] += (4 * layers + 1) * norm(width)
    if c.get("enable_moe_block"):
        inner = "moe_intermediate_size"
        experts(c, m, width, layers, "num_experts", inner, router_bias=1)
        m.parts["router"] += layers * norm(width)
        m.parts["norm"] += layers * 3 * norm(width)
    if small := c.size("hidden_size_per_layer_input", default=256, least=0):
        words = c.size("vocab_size_per_layer_input", default=262144)
        m.parts["embedding"] += words * layers * small
        each = 3 * linear(width, small) + norm(width)
        m.parts["per_layer_input"] = layers * each + norm(small)
    m.parts["scale"] = layers  # one number that multiplies each layer


def t5(c, m):
    """T5: an encoder and a decoder, which also attends to the encoder."""
    width, inner = c.size("d_model"), c.size("d_ff")
    encoder = c.size("num_layers")
    decoder = c.size("num_decoder_layers", default=encoder)
    heads, head = c.size("num_heads"), c.size("d_kv")
    gated = str(c.get("feed_forward_proj", "relu")).startswith("gated")
    embed(c, m, width, tied=True)
    each = attention(width, heads, heads, head)
    m.parts["attention"] = (encoder + 2 * decoder) * each
    # The first layers of the two also weigh how far apart tokens are.
    distances = c.size("relative_attention_num_buckets", default=32)
    m.parts["attention"] += 2 * distances * heads
    dense = feed_forward(width, inner, gated)
    m.parts["feed_forward"] = (encoder + decoder) * dense
    m.parts["norm"] = (2 * encoder + 3 * decoder + 2) * norm(width)
    m.cached = decoder * 2 * heads * head


# --8<-- [start:architectures]
# Each type: its pattern, and what is its own. Numbers: published defaults.
GEMMA = dict(head=256, tied=True)
QWEN_3 = dict(qk_norm=1)
QWEN_3_5 = QWEN_3 | dict(head=256, gate=1, mixed=1)
LLAMA_4 = dict(mixture=one_in_so_many, dense="intermediate_size_mlp")
GPT_OSS = dict(head=64, bias=1, sinks=1, mixture=with_bias)
V3 = dict(first=3, shared=1, router_bias=1)
ARCHITECTURES = {
    "gpt2": (classic, dict(places="n_positions")),
    "gpt_neox": (classic, dict(tied=False)),
    "bloom": (classic, dict(others=2)),
    "phi": (classic, dict(norms=1, tied=False, output_bias=1)),
    "llama": (modern, {}),
    "llama4_text": (modern, LLAMA_4 | dict(kv_heads=8)),
    "mistral": (modern, dict(kv_heads=8)),
    "mixtral": (modern, dict(kv_heads=8, mixture=every_layer)),
    "ministral3": (modern, dict(kv_heads=8, head=128)),
    "gpt_oss": (modern, GPT_OSS | dict(kv_heads=8)),
    "qwen2": (modern, dict(kv_heads=32, bias_in=1)),
    "qwen2_moe": (modern, dict(kv_heads=16, bias_in=1, mixture=shared)),
    "qwen3": (modern, QWEN_3 | dict(kv_heads=32, head=128)),
    "qwen3_moe": (modern, QWEN_3 | dict(kv_heads=4, mixture=some_layers)),
    "qwen3_next": (modern, QWEN_3_5 | dict(kv_heads=2, mixture=shared)),
    "qwen3_5_text": (modern, QWEN_3_5 | dict(kv_heads=4)),
    "qwen3_5_moe_text": (
        modern,
        QWEN_3_5 | dict(kv_heads=2, mixture=shared),
    ),
    "gemma": (modern, GEMMA | dict(kv_heads=16)),
    "gemma2": (modern, GEMMA | dict(kv_heads=4, norms=4)),
    "gemma3_text": (modern, GEMMA | dict(kv_heads=4, norms=4, qk_norm=1)),
    "gemma4_text": (gemma4, {}),
    "phi3": (modern, {}),
    "deepseek_v2": (deepseek, dict(first=0, shared=2)),
    "deepseek_v3": (deepseek, V3),
    "deepseek_v32": (deepseek, V3 | dict(index=1)),
    "mistral4": (deepseek, dict(first=0, shared=1, q_rank=1024)),
    "t5": (t5, {}),
}
# Files of models that also see or hear: the usual type of their text part,
# and whether one matrix is embedding and output (None: the file must say).
TEXT_PARTS = {
    "gemma3": ("gemma3_text", True),
    "gemma4": ("gemma4_text", True),
    "llama4": ("llama4_text", False),
    "mistral3": ("mistral", None),
    "qwen3_5": ("qwen3_5_text", False),
    "qwen3_5_moe": ("qwen3_5_moe_text", False),
}
# --8<-- [end:architectures]


# Sizes that published files of a type leave out.
OMITTED = {"gemma3_text": dict(vocab_size=262208, num_attention_heads=8)}
# Keys that say how far back some layers look.
WINDOWS = ("sliding_window", "attention_chunk_size")
# Keys of parts that are published with a model and are not its text.
NOT_COUNTED = ("vision_config", "audio_config")
NOT_COUNTED += ("num_nextn_predict_layers", "mtp_num_hidden_layers")


def text_part(config, kind, tied):
    """The configuration of the text part of a model that has others."""
    text = config.get("text_config")
    tied = config.get("tie_word_embeddings", tied)
    for key, value in ("text_config", text), ("tie_word_embeddings", tied):
        if value is None:
            raise ValueError(f"{key} is missing")
    if not isinstance(text, dict):
        raise ValueError("text_config is not a JSON object")
    return {"model_type": kind} | text | {"tie_word_embeddings": tied}


def count_parameters(config):
    """Count a model's parameters from its config.json, as a dictionary.

    Returns a Count: total, active, parts, kv_cache_bytes_per_token(), and
    left_out, the keys of parts that it does not count.
    Raises ValueError for an unknown model_type, and for a size that is
    missing or wrong, naming the key.
    Source: the published configurations and the models' own code.
    """
    if not isinstance(config, dict):
        raise ValueError("a configuration is a JSON object: {...}")
    left_out = [key for key in NOT_COUNTED if config.get(key)]
    kind = config.get("model_type")
    if isinstance(kind, str) and kind in TEXT_PARTS:
        config = text_part(config, *TEXT_PARTS[kind])
        left_out += [key for key in NOT_COUNTED if config.get(key)]
        kind = config.get("model_type")
    if not isinstance(kind, str) or kind not in ARCHITECTURES:
        known = ", ".join(sorted(ARCHITECTURES | TEXT_PARTS))
        wrong = f"model_type {kind!r}: no part of it is counted"
        raise ValueError(f"{wrong}; these types are: {known}")
    window = any(config.get(key) for key in WINDOWS)
    count = Count(window=window, left_out=left_out)
    pattern, its_own = ARCHITECTURES[kind]
    pattern(Config(OMITTED.get(kind, {}) | config), count, **its_own)
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
        text = Path(path).read_text(encoding="utf-8")
        return count_parameters(json.loads(text))
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ValueError(f"{path}: not a text file") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}: {error.msg}"
        raise ValueError(f"{path}: not JSON ({where})") from None
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None


BYTES = {"float32": 4, "bfloat16": 2, "int8": 1, "4-bit": 0.5}


def report(name, count):
    """Print a model's parts, its memory and its KV cache."""
    print(name)
    for part, n in count.parts.items():
        print(f"  {part:15} {n:19,} {n / count.total:7.1%}")
    print(f"  {'total':15} {count.total:19,}")
    print(f"  {'active':15} {count.active:19,}")
    for kind, size in BYTES.items():
        print(f"  {kind:15} {count.total * size / 1e9:16,.2f} GB")
    cache = 1000 * count.kv_cache_bytes_per_token() / 1e6
    most = "at most, " if count.window else ""
    print(f"  {'KV cache':15} {cache:16,.2f} MB {most}for 1,000 tokens")
    for key in count.left_out:
        print(f"  not counted: {key}")


def described(count):
    """A count as a dictionary, for JSON."""
    return {
        "total": count.total,
        "active": count.active,
        "parts": dict(count.parts),
        "kv_cache_bytes_per_token": count.kv_cache_bytes_per_token(),
        "kv_cache_is_a_maximum": count.window,
        "not_counted": count.left_out,
    }


def compare(counts):
    """Print a line for each model, {name: count}."""
    wide = max(map(len, counts))
    print(f"{'':{wide}} {'total':>19} {'active':>19} {'bfloat16, GB':>13}")
    for name, count in counts.items():
        numbers = f"{count.total:19,} {count.active:19,}"
        print(f"{name:{wide}} {numbers} {count.total * 2 / 1e9:13,.2f}")


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
        found = {path: described(count) for path, count in counts.items()}
        if len(found) == 1:
            found = found[options.files[0]]
        print(json.dumps(found, indent=2))
    elif len(counts) == 1:
        report(*counts.popitem())
    else:
        compare(counts)


if __name__ == "__main__":
    # --8<-- [start:run]
    main(sys.argv[1:])  # without a file: the example
    # --8<-- [end:run]
