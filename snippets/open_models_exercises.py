"""Solutions of the exercises on open models."""

from count_parameters import EXAMPLE, count_parameters
from open_models import counts

if __name__ == "__main__":
    # --8<-- [start:layers]
    once = count_parameters(EXAMPLE)
    twice = count_parameters(EXAMPLE | {"n_layer": 24})
    print(f"{once.total:,} -> {twice.total:,}")
    print(f"{twice.total / once.total:.2f} times as many")
    # --8<-- [end:layers]

    # --8<-- [start:mixtral]
    mistral = counts["Mistral-7B-v0.1"]
    mixtral = counts["Mixtral-8x7B-v0.1"]
    print(f"8 x Mistral 7B: {8 * mistral.total / 1e9:.1f} B")
    print(f"Mixtral:        {mixtral.total / 1e9:.1f} B")
    for part in ("attention", "embedding", "feed_forward", "experts"):
        one, eight = mistral.parts[part], mixtral.parts[part]
        print(f"{part:12} {one:15,} {eight:15,}")
    # --8<-- [end:mixtral]
