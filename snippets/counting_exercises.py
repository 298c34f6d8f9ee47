"""Solutions of the exercises on counting a model."""

from count_parameters import EXAMPLE, count_parameters
from open_models import counts

if __name__ == "__main__":
    # --8<-- [start:active]
    mixtral = counts["Mixtral-8x7B-v0.1"]
    resting = 32 * 6 * 3 * 4096 * 14336
    print(f"resting: 32 x 6 x 3 x 4096 x 14336 = {resting:,}")
    active = mixtral.total - resting
    print(f"active:  {mixtral.total:,} - {resting:,}")
    print(f"         = {active:,}")
    # --8<-- [end:active]
    assert active == mixtral.active

    # --8<-- [start:block]
    d, narrow, inner, tokens = 4096, 1024, 14336, 128256
    attention = 2 * d * d + 2 * d * narrow
    feed_forward = 3 * d * inner
    block = attention + feed_forward + 2 * d
    print(f"2 x {d} x {d} + 2 x {d} x {narrow} = {attention:,}")
    print(f"3 x {d} x {inner} = {feed_forward:,}")
    print(f"2 x {d} = {2 * d:,}")
    print(f"a block: {block:,}")
    total = counts["Llama-3-8B"].total
    print(f"missing: {total:,} - 32 x {block:,}")
    print(f"         = {total - 32 * block:,}")
    print(f"         = 2 x {tokens} x {d} + {d}")
    # --8<-- [end:block]
    assert total - 32 * block == 2 * tokens * d + d

    # --8<-- [start:mixtral]
    mistral = counts["Mistral-7B-v0.1"]
    print(f"8 x Mistral 7B: {8 * mistral.total / 1e9:.1f} B")
    print(f"Mixtral:        {mixtral.total / 1e9:.1f} B")
    parts = "attention embedding feed_forward experts router"
    for part in parts.split():
        one, eight = mistral.parts[part], mixtral.parts[part]
        print(f"{part:12} {one:15,} {eight:15,}")
    # --8<-- [end:mixtral]

    # --8<-- [start:wider]
    bigger = {
        "as it is": {},
        "24 blocks": {"n_layer": 24},
        "1536 wide": {"n_embd": 1536},
    }
    for name, change in bigger.items():
        parts = count_parameters(EXAMPLE | change).parts
        table, total = parts["embedding"], parts.total()
        print(f"{name}  {table:11,} + {total - table:11,} = {total:11,}")
    # --8<-- [end:wider]
