"""Figures and tables of the page on open models."""

import re

from count_parameters import BYTES
from figures import draw
from figures.draw import Label, Number
from open_models import CARDS, counts, largest, models, newer, recent

LABELS = (
    "model own layers width inner heads kv_heads experts used vocabulary precision context paste count"
    " billions total active memory cache most left_out strange"
)
CHOSEN = ("Gemma-2B", "Llama-3-8B", "T5-11B", "Mixtral-8x7B-v0.1", "Qwen2.5-72B", "BLOOM-176B", "DeepSeek-V3")
PARTS = {
    "table": ("embedding", "output"),
    "attention": ("attention",),
    "dense": ("feed_forward",),
    "experts": ("experts", "shared_experts"),
    "rest": ("norm", "router"),
}


def named(model):
    """A model's name as the name of a number: Qwen2.5-72B gives Qwen2_5_72B."""
    return re.sub(r"\W", "_", model)


def calculator():
    """The parts of Mixtral, and all that is needed to count another model, or one's own."""
    chosen = "Mixtral-8x7B-v0.1"
    parts = counts[chosen].parts
    bars = {Label("title"): {Label(part): n / 1e9 for part, n in parts.items()}}
    still = draw.bars(bars, decimals=2, role="weight", numbers={"total": Number(counts[chosen].total / 1e9, 2)})
    given = {
        "models": [{"name": model["model"], "config": model["config"]} for model in models + recent],
        "bytes": BYTES,
        "formats": [*BYTES],
    }
    config = next(model["config"] for model in models if model["model"] == chosen)
    state = {"config": config, "precision": "bfloat16", "context": 4096}
    parts = "embedding output attention feed_forward experts shared_experts router norm per_layer_input scale"
    labels = [*parts.split(), *LABELS.split(), "reset", "share", "copied", "wrong"]
    return draw.live("parameter-calculator", still, state, labels, given)


def families():
    """The totals, in billions."""
    return draw.table({named(model): Number(count.total / 1e9, 2) for model, count in counts.items()})


def since():
    """The later models: totals and active parameters, in billions."""
    totals = {named(model): Number(count.total / 1e9, 2) for model, count in newer.items()}
    active = {f"{named(model)}_active": Number(count.active / 1e9, 2) for model, count in newer.items()}
    return draw.table(totals | active)


def memory():
    """The largest format in which each model's weights fit into two cards, and the GB they take in three formats."""
    formats = {"bfloat16": "bfloat16", "int8": "int8", "four": "4-bit"}
    called = {kind: Label(name) if name == "four" else kind for name, kind in formats.items()} | {None: Label("none")}
    numbers = {}
    for model, count in counts.items():
        numbers |= {f"{named(model)}_{size}": called[largest(count, size)] for size in CARDS}
        for name, kind in formats.items():
            numbers[f"{named(model)}_{name}"] = Number(count.total * BYTES[kind] / 1e9, 1)
    return draw.table(numbers)


def sizes():
    """All the models by size."""
    billions = {model: count.total / 1e9 for model, count in counts.items()}
    return draw.dots(billions, Label("unit"), numbers={"all": [(m, Number(n, 1)) for m, n in billions.items()]})


def parts():
    """What some models are made of; the largest part of each is said in words."""
    groups = {m: {part: sum(counts[m].parts[p] for p in of) for part, of in PARTS.items()} for m in CHOSEN}
    numbers = {}
    for model, shares in groups.items():
        largest = max(shares, key=shares.get)
        numbers[f"{named(model)}_part"] = Label(largest)
        numbers[f"{named(model)}_share"] = Number(100 * shares[largest] / sum(shares.values()), 0)
    return draw.shares(groups, {part: Label(part) for part in PARTS}, numbers=numbers)
