"""How much of a real model is its vocabulary."""

import json

from count_parameters import count_parameters
from places import data_file

# --8<-- [start:sizes]
file = data_file("open_models.json")
models = json.loads(file.read_text(encoding="utf-8"))
for model in models:
    if model["model"] in ("Llama-3-8B", "T5-11B", "Gemma-2B"):
        count = count_parameters(model["config"])
        tokens, parts = model["config"]["vocab_size"], count.parts
        matrices = [parts[n] for n in ("embedding", "output") if n in parts]
        rows = f"{len(matrices)} x {matrices[0]:,}"
        print(f"{model['model']:10}{tokens:8,} tokens: {rows}")
        share = sum(matrices) / count.total
        print(f"  of {count.total:,} parameters, {share:.1%}")
# --8<-- [end:sizes]
