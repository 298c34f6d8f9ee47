"""The nine families of open models, counted from their architecture."""

import json
from pathlib import Path

from count_parameters import BYTES, count_parameters

# --8<-- [start:read]
file = Path(__file__).parent / "data" / "open_models.json"
models = json.loads(file.read_text(encoding="utf-8"))
counts = {m["model"]: count_parameters(m["config"]) for m in models}
# --8<-- [end:read]

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

    # --8<-- [start:active]
    for model, count in counts.items():
        share = count.active / count.total
        if share < 1:
            print(f"{model:18}{count.active / 1e9:6.2f} B, {share:.1%}")
    # --8<-- [end:active]

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
