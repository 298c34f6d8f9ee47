"""The block of Llama and its kin, run whole on random weights.

Source: Touvron et al., LLaMA: Open and Efficient Foundation Language
Models, 2023, section 2.2.
"""

import numpy as np

from count_parameters import count_parameters
from modern_parts import gated, grouped, rms_norm, turn
from published import nested
from towns import LETTERS, batch
from transformer import join

CONFIG = {
    "model_type": "llama",
    "vocab_size": len(LETTERS),
    "hidden_size": 48,
    "intermediate_size": 154,
    "num_hidden_layers": 3,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "rms_norm_eps": 1e-6,
    "rope_theta": 10000.0,
    "tie_word_embeddings": True,
}
HEAD = CONFIG["hidden_size"] // CONFIG["num_attention_heads"]


# --8<-- [start:block]
def split(x):
    """A vector for each head: (n, t, h * 12) -> (n, h, t, 12)."""
    return x.reshape(*x.shape[:2], -1, HEAD).swapaxes(1, 2)


def block(x, norm1, Wq, Wk, Wv, Wo, norm2, Wg, Wu, Wd):
    """One block: corrects the vectors x (n, t, 48) twice."""
    z = rms_norm(x, norm1)
    q, k, v = split(z @ Wq.T), split(z @ Wk.T), split(z @ Wv.T)
    x = x + join(grouped(turn(q), turn(k), v)) @ Wo.T
    return x + gated(rms_norm(x, norm2), Wg, Wu, Wd)


def forward(p, X):
    """Scores of the next symbol, (n, t, V), from weights p and X (n, t)."""
    x = p["E"][X]  # (n, t, 48): no positions are added
    for weights in p["blocks"]:
        x = block(x, **weights)
    return rms_norm(x, p["norm"]) @ p["E"].T


# --8<-- [end:block]


def start(seed):
    """Weights to begin with, {name: array}: small and random."""
    random = np.random.RandomState(seed)
    d, inner = CONFIG["hidden_size"], CONFIG["intermediate_size"]
    narrow = HEAD * CONFIG["num_key_value_heads"]
    sizes = {"Wq": (d, d), "Wk": (narrow, d), "Wv": (narrow, d)}
    sizes |= {"Wo": (d, d), "Wg": (inner, d), "Wu": (inner, d)}
    sizes["Wd"] = (d, inner)
    p = {"E": random.standard_normal((CONFIG["vocab_size"], d)) * 0.08}
    for i in range(CONFIG["num_hidden_layers"]):
        b = f"block{i + 1}."
        for name, size in sizes.items():
            small = size[1] ** -0.5 / (2 if name in ("Wo", "Wd") else 1)
            p[b + name] = random.standard_normal(size) * small
        p |= {b + "norm1": np.ones(d), b + "norm2": np.ones(d)}
    return p | {"norm": np.ones(d)}


if __name__ == "__main__":
    # --8<-- [start:run]
    p = start(0)
    X, _ = batch(["assisi"])
    print("scores", forward(nested(p), X).shape)
    for name, w in p.items():
        if name.startswith("block1."):
            print(f"{name:13} {w.shape}")
    print("numbers", sum(w.size for w in p.values()))
    print("counted", count_parameters(CONFIG).total)
    # --8<-- [end:run]
