"""Solutions of the exercises on open models."""

from count_parameters import BYTES
from open_models import counts, gigabytes, models

if __name__ == "__main__":
    configs = {m["model"]: m["config"] for m in models}
    # --8<-- [start:cache]
    config = configs["Llama-3-8B"]
    names = "num_hidden_layers", "num_key_value_heads", "head_dim"
    layers, heads, head = (config[name] for name in names)
    bytes_each = 2 * layers * heads * head * 2
    print(f"2 x {layers} x {heads} x {head} x 2 bytes = {bytes_each:,}")
    llama = counts["Llama-3-8B"]
    print(f"counted: {llama.kv_cache_bytes_per_token():,}")
    # --8<-- [end:cache]

    # --8<-- [start:laptop]
    billions = counts["Phi-4"].total / 1e9
    for kind in ("bfloat16", "int8", "4-bit"):
        size = billions * BYTES[kind]
        print(f"{kind:8} {billions:.2f} x {BYTES[kind]:3} = {size:5.2f} GB")
    print(f"16 GiB   16 x 2^30 bytes = {gigabytes(16):.2f} GB")
    # --8<-- [end:laptop]

    # --8<-- [start:context]
    for model in ("Llama-3-8B", "GPT-NeoX-20B", "DeepSeek-V3"):
        count = counts[model]
        tokens = 2 * count.total / count.kv_cache_bytes_per_token()
        print(f"{model:14}{tokens:12,.0f} tokens")
    # --8<-- [end:context]

    # --8<-- [start:bargain]
    for model in ("Llama-3-70B", "DeepSeek-V3"):
        count = counts[model]
        all_of_them, active = count.total / 1e9, count.active / 1e9
        print(f"{model:12}{all_of_them:7.2f} B, active {active:5.2f} B")
    # --8<-- [end:bargain]
