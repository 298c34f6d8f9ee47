"""Solutions of the exercises on open models."""

from open_models import counts, models

if __name__ == "__main__":
    configs = {m["model"]: m["config"] for m in models}
    # --8<-- [start:router]
    config = configs["Mixtral-8x7B-v0.1"]
    names = "num_hidden_layers", "hidden_size", "num_local_experts"
    layers, width, experts = (config[name] for name in names)
    print(f"{layers} x {width} x {experts} = {layers * width * experts:,}")
    mixtral = counts["Mixtral-8x7B-v0.1"]
    router = mixtral.parts["router"]
    print(f"counted: {router:,}, {router / mixtral.total:.4%} of all")
    # --8<-- [end:router]

    # --8<-- [start:cache]
    config = configs["Llama-3-8B"]
    names = "num_hidden_layers", "num_key_value_heads", "head_dim"
    layers, heads, head = (config[name] for name in names)
    bytes_each = 2 * layers * heads * head * 2
    print(f"2 x {layers} x {heads} x {head} x 2 bytes = {bytes_each:,}")
    llama = counts["Llama-3-8B"]
    print(f"counted: {llama.kv_cache_bytes_per_token():,}")
    # --8<-- [end:cache]

    # --8<-- [start:mixtral]
    mistral = counts["Mistral-7B-v0.1"]
    print(f"8 x Mistral 7B: {8 * mistral.total / 1e9:.1f} B")
    print(f"Mixtral:        {mixtral.total / 1e9:.1f} B")
    parts = "attention embedding feed_forward experts router"
    for part in parts.split():
        one, eight = mistral.parts[part], mixtral.parts[part]
        print(f"{part:12} {one:15,} {eight:15,}")
    # --8<-- [end:mixtral]

    # --8<-- [start:context]
    for model in ("Llama-3-8B", "GPT-NeoX-20B", "DeepSeek-V3"):
        count = counts[model]
        tokens = 2 * count.total / count.kv_cache_bytes_per_token()
        print(f"{model:14}{tokens:12,.0f} tokens")
    # --8<-- [end:context]
