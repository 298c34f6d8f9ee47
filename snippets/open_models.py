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
# Memory of two common graphics cards, in billions of bytes: a GiB is 2**30.
CARDS = {f"{size} GiB": size * 2**30 / 1e9 for size in (24, 80)}

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
    print(f"one more layer:       {layer / 1e9:7.2f} B")
    print(f"with what joins it:   {joined / 1e9:7.2f} B")
    print(f"and with two copies:  {copied / 1e9:7.2f} B")
    print(f"with the main model:  {everything / 1e9:7.2f} B")
    # --8<-- [end:mtp]

    # --8<-- [start:memory]
    for name, gigabytes in CARDS.items():
        print(f"{name}, {name[:2]} x 2^30 bytes, are {gigabytes:.2f} GB")
    print("GB".ljust(18), *(f"{kind:>9}" for kind in BYTES), *CARDS)
    for model, count in counts.items():
        sizes = {kind: count.total * n / 1e9 for kind, n in BYTES.items()}
        row = [f"{size:9,.1f}" for size in sizes.values()]
        for gb in CARDS.values():  # the first kind that fits in the card
            fits = [kind for kind, size in sizes.items() if size <= gb]
            row.append(f"{(fits or ['-'])[0]:>8}")
        print(f"{model:18}", *row)
    mixtral = counts["Mixtral-8x7B-v0.1"].total * 4.5 / 8 / 1e9
    print(f"Mixtral with 4.5 bits a weight: {mixtral:.2f} GB")
    # --8<-- [end:memory]

    # --8<-- [start:cache]
    for model, count in counts.items():
        size = 1000 * count.kv_cache_bytes_per_token() / 1e6
        print(f"{model:18}{size:9,.1f} MB for 1,000 tokens")
    # --8<-- [end:cache]
