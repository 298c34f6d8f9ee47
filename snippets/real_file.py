"""The names in the file of a published model, and what each stands for.

Its weights are not here: names, shapes and config.json are enough to
count them.
"""

import json
import math
import re

from count_parameters import count_parameters
from places import data_file

# --8<-- [start:rules]
IN_BLOCK = r"model\.layers\.(\d+)\."
RULES = {
    r"model\.embed_tokens\.weight": "embedding",
    IN_BLOCK + r"(input|post_attention)_layernorm\.weight": "norm",
    IN_BLOCK + r"self_attn\.[qkvo]_proj\.weight": "attention",
    IN_BLOCK + r"self_attn\.[qk]_norm\.weight": "norm",
    IN_BLOCK + r"mlp\.(gate|up|down)_proj\.weight": "feed_forward",
    r"model\.norm\.weight": "norm",
    r"lm_head\.weight": "output",
}


def part(name):
    """The part of a model that a name is of. ValueError if unknown."""
    found = [
        part for rule, part in RULES.items() if re.fullmatch(rule, name)
    ]
    if len(found) != 1:
        raise ValueError(f"{name}: {len(found)} rules for it")
    return found[0]


# --8<-- [end:rules]


def numbers(shapes):
    """How many numbers there are in arrays of these shapes, in all."""
    return sum(math.prod(shape) for shape in shapes)


file = data_file("qwen3_0_6b.json")
model = json.loads(file.read_text(encoding="utf-8"))
tensors, config = model["tensors"], model["config"]
FIRST = "model.layers.0."
first = {n: shape for n, shape in tensors.items() if n.startswith(FIRST)}

if __name__ == "__main__":
    # --8<-- [start:block]
    blocks = config["num_hidden_layers"]
    print(model["model"], len(tensors), "names,", blocks, "blocks")
    print("first block:", len(first), "names,", end=" ")
    print(f"{numbers(first.values()):,} numbers")
    name = FIRST + "self_attn.q_proj.weight"
    print(name, tuple(first[name]))
    # --8<-- [end:block]

    # --8<-- [start:sum]
    parts = {}
    for name, shape in tensors.items():
        parts.setdefault(part(name), []).append(shape)
    count = count_parameters(config)
    print(f"{'':12} {'in the file':>13} {'counted':>13}")
    for name, shapes in parts.items():
        counted = count.parts.get(name, 0)
        print(f"{name:12} {numbers(shapes):13,} {counted:13,}")
    inside = numbers(tensors.values())
    print(f"{'all':12} {inside:13,} {count.total:13,}")
    print(f"{'difference':12} {inside - count.total:13,}")
    for size in (inside, count.total):
        print(f"about {size / 1e6:.0f} million")
    # --8<-- [end:sum]

    # --8<-- [start:cache]
    c = config
    for heads in (c["num_attention_heads"], c["num_key_value_heads"]):
        cached = c["num_hidden_layers"] * 2 * heads * c["head_dim"]
        all_of_it = 2 * cached * c["max_position_embeddings"]
        print(
            f"{heads:2} heads: {2 * cached:7,} bytes for a token,", end=""
        )
        longest = c["max_position_embeddings"]
        print(f" {all_of_it / 1e9:.2f} GB for {longest:,}")
    # --8<-- [end:cache]
    assert 2 * cached == count.kv_cache_bytes_per_token()
