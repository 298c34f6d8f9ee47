"""The nine families of open models, counted from their architecture."""

import json

from count_parameters import BYTES, count_parameters, linear, norm
from places import data_file

# --8<-- [start:read]
file = data_file("open_models.json")
models = json.loads(file.read_text(encoding="utf-8"))
counts = {m["model"]: count_parameters(m["config"]) for m in models}
# --8<-- [end:read]

# --8<-- [start:recent]
file = data_file("recent_models.json")
recent = json.loads(file.read_text(encoding="utf-8"))
newer = {m["model"]: count_parameters(m["config"]) for m in recent}
# --8<-- [end:recent]

AS_OF = "November 2026"
# The memory of two graphics cards, in GiB.
CARDS = (24, 80)
# The length of a text that is kept in the KV cache.
TOKENS = 1000


# --8<-- [start:fits]
def gigabytes(gibibytes):
    """A GiB is 2**30 bytes, a GB a thousand million."""
    return gibibytes * 2**30 / 1e9


def largest(count, gibibytes, kinds=("bfloat16", "int8", "4-bit")):
    """The first of these formats in which the weights fit, or None."""
    for kind in kinds:
        if count.total * BYTES[kind] / 1e9 <= gigabytes(gibibytes):
            return kind


# --8<-- [end:fits]

if __name__ == "__main__":
    # --8<-- [start:totals]
    for model, count in counts.items():
        print(f"{model:18}{count.total:16,}{count.total / 1e9:8.2f} B")
    # --8<-- [end:totals]

    # --8<-- [start:check]
    published = {m["model"]: m["published_total"] for m in models}
    equal = [counts[m].total == n for m, n in published.items()]
    print(sum(equal), "of", len(equal), "equal the published total")
    print("as of", AS_OF)
    # --8<-- [end:check]

    # --8<-- [start:gemma]
    for model in ("Gemma-2B", "Gemma-7B"):
        count = counts[model]
        rest = count.total - count.parts["embedding"]
        print(f"{model}: {rest / 1e9:.2f} B without the embedding")
    # --8<-- [end:gemma]

    # --8<-- [start:newer]
    for m in recent:
        total = newer[m["model"]].total
        print(f"{m['model']:19}{m['released']:>9}{total:16,}")
    checked = [m for m in recent if m["published_total"]]
    equal = [
        newer[m["model"]].total == m["published_total"] for m in checked
    ]
    print(sum(equal), "of", len(equal), "equal a published total")
    # --8<-- [end:newer]

    # --8<-- [start:active]
    print("Billions of active parameters: stated, counted in three ways")
    print("(* rounds to the stated number)")
    print(f"{'':19}{'stated':>6}{'all':>9}{'no emb.':>9}{'neither':>9}")
    for m in models + recent:
        if stated := m.get("stated_active"):
            count = (counts | newer)[m["model"]]
            rest = count.active - count.parts["embedding"]
            ways = count.active, rest, rest - count.parts["output"]
            row = ""
            for n in ways:
                near = f"{n / 1e9:.{len(stated.partition('.')[2])}f}"
                row += f"{n / 1e9:8.2f}{'*' if near == stated else ' '}"
            print(f"{m['model']:19}{stated:>6}{row}")
    # --8<-- [end:active]

    # --8<-- [start:mtp]
    config = next(
        m["config"] for m in models if m["model"] == "DeepSeek-V3"
    )
    main, width = counts["DeepSeek-V3"], config["hidden_size"]
    taller = count_parameters(config | {"num_hidden_layers": 62})
    layer = taller.total - main.total
    joined = layer + linear(2 * width, width) + 2 * norm(width)
    copied = joined + main.parts["embedding"] + main.parts["output"]
    everything = main.total + copied
    print(f"one more block:       {layer / 1e9:7.2f} B")
    print(f"with what joins it:   {joined / 1e9:7.2f} B")
    print(f"and with two copies:  {copied / 1e9:7.2f} B")
    print(f"with the main model:  {everything / 1e9:7.2f} B")
    # --8<-- [end:mtp]

    # --8<-- [start:cards]
    for size in CARDS:
        fits = {m: largest(count, size) for m, count in counts.items()}
        for kind in ("bfloat16", "int8", "4-bit", None):
            those = [model for model in fits if fits[model] == kind]
            print(f"{size} GiB, {kind}:", *those)
    # --8<-- [end:cards]

    # --8<-- [start:memory]
    for size in CARDS:
        billions = gigabytes(size)
        print(f"{size} GiB = {size} x 2^30 bytes = {billions:.2f} GB")
    mixtral = counts["Mixtral-8x7B-v0.1"].total * 4.5 / 8 / 1e9
    print(f"Mixtral with 4.5 bits a weight: {mixtral:.2f} GB")
    # --8<-- [end:memory]

    # --8<-- [start:cache]
    print(f"MB for {TOKENS:,} tokens")
    for model, count in counts.items():
        size = TOKENS * count.kv_cache_bytes_per_token() / 1e6
        print(f"{model:18}{size:11,.1f}")
    # --8<-- [end:cache]
