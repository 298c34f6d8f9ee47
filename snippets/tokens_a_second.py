"""How fast a model can write, if reading its weights is all that counts.

Sources of the bandwidths: NVIDIA, H100; Apple, Mac mini (2024).
"""

import math

from count_parameters import BYTES
from open_models import counts, gigabytes

# --8<-- [start:devices]
# What a device reads from its memory in a second, in GB.
DEVICES = {"H100 PCIe": 2000, "Mac mini M4": 120}
CARD = 80  # GiB
# --8<-- [end:devices]


# --8<-- [start:speed]
def tokens_a_second(count, bandwidth, kind="bfloat16", context=0):
    """At most: GB a second, by the GB to read for each token."""
    weights = count.active * BYTES[kind]
    cache = context * count.kv_cache_bytes_per_token()
    return bandwidth * 1e9 / (weights + cache)


# --8<-- [end:speed]


def training_gigabytes(count):
    """Weights, gradients and Adam's two means, in float32."""
    return 4 * BYTES["float32"] * count.total / 1e9


def cards(count):
    """On how many cards that fits, at the least."""
    return math.ceil(training_gigabytes(count) / gigabytes(CARD))


if __name__ == "__main__":
    # --8<-- [start:by_hand]
    llama = counts["Llama-3-8B"]
    billions = llama.active / 1e9
    print(f"{billions:.2f} billion weights, tokens a second:")
    for device, bandwidth in DEVICES.items():
        for kind in ("bfloat16", "4-bit"):
            speed = tokens_a_second(llama, bandwidth, kind)
            size = f"{bandwidth} / {billions * BYTES[kind]:.2f}"
            print(f"{device:12}{kind:>9}: {size:>12} = {speed:5.1f}")
    # --8<-- [end:by_hand]

    # --8<-- [start:experts]
    print("                    GB in all  GB to read  tokens a second")
    for model in ("Mixtral-8x7B-v0.1", "Llama-3-70B"):
        count = counts[model]
        speed = tokens_a_second(count, DEVICES["H100 PCIe"])
        row = f"{count.total * 2 / 1e9:9.1f}{count.active * 2 / 1e9:12.1f}"
        print(f"{model:20}{row}{speed:17.1f}")
    # --8<-- [end:experts]

    # --8<-- [start:context]
    print("tokens in the text:    1,000  10,000 100,000")
    for model in ("Llama-3-8B", "BLOOM-176B", "DeepSeek-V3"):
        row = f"{model:20}"
        for context in (1000, 10_000, 100_000):
            speed = tokens_a_second(counts[model], 2000, context=context)
            row += f"{speed:8.1f}"
        print(row)
    # --8<-- [end:context]
