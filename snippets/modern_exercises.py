"""Solutions of the exercises on today's block."""

import numpy as np

from modern_parts import rms_norm, turn
from open_models import models
from real_file import first
from train_transformer import start

if __name__ == "__main__":
    # --8<-- [start:rms]
    x = np.array([1.0, 7.0, 5.0, 5.0])
    print("squares ", x**2, "sum", (x**2).sum(), "mean", (x**2).mean())
    print("RMSNorm ", rms_norm(x, 1).round(3))
    print("with scale", rms_norm(x, [10, 1, 0, 1]).round(3))
    # --8<-- [end:rms]

    # --8<-- [start:cache]
    c = next(m["config"] for m in models if m["model"] == "Llama-3-8B")
    for heads in (c["num_key_value_heads"], c["num_attention_heads"]):
        cached = c["num_hidden_layers"] * 2 * heads * c["head_dim"]
        text = 2 * cached * c["max_position_embeddings"]
        print(f"{heads:2} heads: {2 * cached:7,} bytes,", end=" ")
        print(f"{text / 1e9:.2f} GB for 8,192 tokens")
    # --8<-- [end:cache]

    # --8<-- [start:missing]
    course = start(0)
    inner = course["block1.b1"].size
    print("hidden neurons", inner, "two thirds", 2 * inner // 3)
    flat = {k: w.size for k, w in course.items() if w.ndim == 1}
    pairs = [w.size for k, w in course.items() if k[-2:] in ("Wk", "Wv")]
    missing = {"P": course["P"].size}
    missing["half the keys and values"] = sum(pairs) // 2
    scales = sum(n for k, n in flat.items() if k.endswith("scale"))
    missing["biases and shifts"] = sum(flat.values()) - scales
    for name, size in missing.items():
        print(f"{name:25}{size:6,}")
    total = sum(w.size for w in course.values())
    print(f"{total:,} - {sum(missing.values()):,} =", end=" ")
    print(f"{total - sum(missing.values()):,}")
    # --8<-- [end:missing]

    # --8<-- [start:far]
    print(f"a turn: {2 * np.pi:.3f} radians, seven: {14 * np.pi:.2f}")
    x = np.tile([1.0, 1.0, 0.0, 0.0], (51, 1))  # two pairs (1, 0)
    turned = turn(x, base=100.0)  # speeds: 1 and 1/10 of a radian
    quick, slow = turned[:, 0], turned[:, 1]  # products with (1, 0)
    for n in (6, 25, 1 + quick[1:].argmax()):
        print(f"{n:2} places away:", end=" ")
        print(f"quick {quick[n]:.4f}, slow {slow[n]:6.3f}")
    # --8<-- [end:far]

    # --8<-- [start:shapes]
    sizes = {name.split(".")[-2]: shape for name, shape in first.items()}
    head = sizes["q_norm"][0]
    print("numbers in a head", head)
    print("width            ", sizes["q_proj"][1])
    print("query heads      ", sizes["q_proj"][0], "/", head, end=" ")
    print("=", sizes["q_proj"][0] // head)
    print("key-value heads  ", sizes["k_proj"][0], "/", head, end=" ")
    print("=", sizes["k_proj"][0] // head)
    print("hidden neurons   ", sizes["gate_proj"][0])
    # --8<-- [end:shapes]
