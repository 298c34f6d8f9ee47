"""Counting the parameters of layers, and what each costs to keep."""


# --8<-- [start:dense]
def dense(inputs, outputs):
    """(weights, biases) of a dense layer.

    A weight for each pair of nodes, a bias for each output.
    Raises ValueError when a size is not a whole number above zero.
    Source: PyTorch documentation, torch.nn.Linear.
    """
    for name, size in {"inputs": inputs, "outputs": outputs}.items():
        if not isinstance(size, int) or size < 1:
            raise ValueError(f"{name}: a whole number from 1, not {size!r}")
    return inputs * outputs, outputs


# --8<-- [end:dense]

# --8<-- [start:kinds]
BITS = {"float32": 32, "bfloat16": 16, "int8": 8, "4-bit": 4}
MODELS = {
    "GPT-2 small": 124_000_000,
    "Llama 3 8B": 8_030_261_248,
    "GPT-3": 175_000_000_000,
}
# --8<-- [end:kinds]

if __name__ == "__main__":
    # --8<-- [start:small]
    total = 0
    for inputs, outputs in ((2, 3), (3, 1)):
        weights, biases = dense(inputs, outputs)
        total += weights + biases
        both = weights + biases
        print(f"{inputs} -> {outputs}: {weights} + {biases} = {both}")
    print("in all:", total)
    # --8<-- [end:small]

    # --8<-- [start:gpt2]
    total = 0
    for inputs, outputs in ((768, 3072), (3072, 768)):
        weights, biases = dense(inputs, outputs)
        total += weights + biases
        print(f"{inputs:4} -> {outputs:4}: {weights:,} + {biases:,}")
    print(f"in all: {total:,}")
    # --8<-- [end:gpt2]

    # --8<-- [start:bytes]
    print("           ", *(f"{kind:>9}" for kind in BITS))
    print("bits       ", *(f"{bits:9}" for bits in BITS.values()))
    for model, parameters in MODELS.items():
        sizes = (parameters * bits / 8 / 1e9 for bits in BITS.values())
        print(f"{model:11}", *(f"{size:6.2f} GB" for size in sizes))
    # --8<-- [end:bytes]

    # --8<-- [start:aloud]
    year = 365.25 * 24 * 60 * 60  # seconds
    for model, parameters in MODELS.items():
        print(f"{model:11} {parameters / year:8,.1f} years")
    # --8<-- [end:aloud]
