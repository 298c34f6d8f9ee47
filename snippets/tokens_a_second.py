"""How fast a model can write, if reading its weights is all that counts.

Sources: HPC Tech's table of the NVIDIA H100; Apple, Mac mini (2024).
"""

import math

from count_parameters import BYTES
from open_models import counts, gigabytes

# --8<-- [start:devices]
# What a device reads from its memory in a second, in GB.
DEVICES = {"H100 PCIe": 2000, "Mac mini M4": 120}
CARD = 80  # GiB
# Of the H100 PCIe in a second, at most, in bfloat16. The source gives twice
# as many, for weights half of which are zero.
OPERATIONS = 756e12
# --8<-- [end:devices]


SIZES = BYTES | {"4.5-bit": 4.5 / 8, "float8": 1}  # bytes a weight


# --8<-- [start:speed]
def to_read(count):
    """How many parameters are read for a token.

    Of an embedding that is not the output as well it takes a single row,
    which is not counted.
    """
    apart = "output" in count.parts
    return count.active - count.parts["embedding"] * apart


def tokens_a_second(count, bandwidth, kind="bfloat16", context=0):
    """At most: GB a second, by the GB to read for each token."""
    weights = to_read(count) * SIZES[kind]
    cache = context * count.kv_cache_bytes_per_token()
    return bandwidth * 1e9 / (weights + cache)


# --8<-- [end:speed]


def kind_of(model):
    """The format that its weights are published in."""
    return "float8" if model == "DeepSeek-V3" else "bfloat16"


def training_gigabytes(count):
    """Weights, gradients and Adam's two means, in float32."""
    return 4 * BYTES["float32"] * count.total / 1e9


def cards(count):
    """On how many cards that fits, at the least."""
    return math.ceil(training_gigabytes(count) / gigabytes(CARD))


if __name__ == "__main__":
    # --8<-- [start:by_hand]
    llama = counts["Llama-3-8B"]
    billions = to_read(llama) / 1e9
    print(f"{billions:.2f} billion weights to read; tokens a second:")
    for device, bandwidth in DEVICES.items():
        for kind in ("bfloat16", "4.5-bit"):
            speed = tokens_a_second(llama, bandwidth, kind)
            size = f"{bandwidth} / {billions * SIZES[kind]:.2f}"
            print(f"{device:12}{kind:>9}: {size:>12} = {speed:5.1f}")
    reading = 1 / tokens_a_second(llama, DEVICES["H100 PCIe"])
    sums = 2 * to_read(llama) / OPERATIONS
    print(f"H100: reading {reading * 1e3:.1f} ms, sums {sums * 1e3:.2f} ms")
    # --8<-- [end:by_hand]

    # --8<-- [start:experts]
    print("                    GB in all  GB to read  tokens a second")
    for model in ("Mixtral-8x7B-v0.1", "Llama-3-70B"):
        count = counts[model]
        speed = tokens_a_second(count, DEVICES["H100 PCIe"])
        row = (
            f"{count.total * 2 / 1e9:9.1f}{to_read(count) * 2 / 1e9:12.1f}"
        )
        print(f"{model:20}{row}{speed:17.1f}")
    # --8<-- [end:experts]

    # --8<-- [start:context]
    print("tokens in the text:    1,000  10,000 100,000")
    for model in ("Mistral-Nemo-12B", "Qwen2.5-72B", "DeepSeek-V3"):
        row, kind = f"{model:20}", kind_of(model)
        for context in (1000, 10_000, 100_000):
            speed = tokens_a_second(counts[model], 2000, kind, context)
            row += f"{speed:8.1f}"
        print(row)
    # --8<-- [end:context]
