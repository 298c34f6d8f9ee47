"""The counting program: published totals, real classes, arrays really allocated, the command line, bad input."""

import json
import subprocess
import sys

import numpy as np
import pytest
from conftest import environment
from count_parameters import ARCHITECTURES, TEXT_PARTS, count_parameters
from pages import ROOT, SNIPPETS

MODELS = json.loads((SNIPPETS / "data" / "open_models.json").read_text(encoding="utf-8"))
RECENT = json.loads((SNIPPETS / "data" / "recent_models.json").read_text(encoding="utf-8"))
REAL = json.loads((ROOT / "tests" / "real_counts.json").read_text(encoding="utf-8"))
PROGRAM = str(SNIPPETS / "count_parameters.py")
LLAMA = {
    "model_type": "llama",
    "vocab_size": 101,
    "hidden_size": 48,
    "intermediate_size": 40,
    "num_hidden_layers": 4,
    "num_attention_heads": 6,
}


def named(models):
    return pytest.mark.parametrize("model", models, ids=lambda m: m.get("model", m.get("model_type")))


@named(MODELS)
def test_published_totals(model):
    count = count_parameters(model["config"])
    assert count.total == model["published_total"]
    assert sum(count.parts.values()) == count.total and all(n > 0 for n in count.parts.values())


@named(RECENT)
def test_later_models(model):
    count = count_parameters(model["config"])
    assert model["published_total"] in (None, count.total)
    assert bool(model["published_total"]) == bool(model["total_source"]) and model["config_source"]
    assert sum(count.parts.values()) == count.total and 0 < count.active <= count.total
    if stated := model["stated_active"]:  # nobody says how it is counted: within a third
        assert model["stated_source"] and abs(count.active / 1e9 / float(stated) - 1) < 1 / 3


@named(REAL)
def test_totals_of_the_real_classes(model):
    config = {key: value for key, value in model.items() if key != "total"}
    assert count_parameters(config).total == model["total"]


def test_every_architecture_is_checked():
    assert {model["model_type"] for model in REAL} == ARCHITECTURES.keys() | TEXT_PARTS.keys()


def test_totals_published_elsewhere():
    """Models outside the data file, by the totals of their model pages: T5 1.1 base, GPT-2, Gemma 2 2B."""
    t5 = {"model_type": "t5", "vocab_size": 32128, "d_model": 768, "d_kv": 64, "d_ff": 2048, "num_layers": 12}
    t5 |= {"num_heads": 12, "feed_forward_proj": "gated-gelu", "tie_word_embeddings": False}
    assert count_parameters(t5).total == 247_577_856
    gpt2 = {"model_type": "gpt2", "vocab_size": 50257, "n_embd": 768, "n_layer": 12, "n_head": 12, "n_positions": 1024}
    assert count_parameters(gpt2).total == 124_439_808
    gemma = {"model_type": "gemma2", "vocab_size": 256000, "hidden_size": 2304, "intermediate_size": 9216}
    gemma |= {"num_hidden_layers": 26, "num_attention_heads": 8, "num_key_value_heads": 4, "head_dim": 256}
    assert count_parameters(gemma).total == 2_614_341_888


def test_arrays_really_allocated():
    """Mixtral in small, written out as arrays: the count is their size, and the active part what two experts leave."""
    width, layers, heads, groups, head, inner, n, used, words = 24, 3, 4, 2, 6, 20, 5, 2, 50
    arrays = [np.empty((words, width)), np.empty((words, width)), np.empty(width)]
    expert = 3 * np.empty((inner, width)).size
    for _ in range(layers):
        arrays += [np.empty((heads * head, width)), np.empty((groups * head, width)), np.empty((groups * head, width))]
        arrays += [np.empty((width, heads * head)), np.empty(width), np.empty(width), np.empty((n, width))]
        arrays += [np.empty(shape) for _ in range(n) for shape in ((inner, width), (inner, width), (width, inner))]
    config = {"model_type": "mixtral", "vocab_size": words, "hidden_size": width, "intermediate_size": inner}
    config |= {"num_hidden_layers": layers, "num_attention_heads": heads, "num_key_value_heads": groups}
    config |= {"num_local_experts": n, "num_experts_per_tok": used}
    count = count_parameters(config)
    assert count.total == sum(array.size for array in arrays)
    assert count.active == count.total - layers * (n - used) * expert
    assert count.kv_cache_bytes_per_token(4) == layers * 2 * groups * head * 4


def test_known_active_parameters_and_caches():
    counts = {m["model"]: count_parameters(m["config"]) for m in MODELS}
    assert counts["Mixtral-8x7B-v0.1"].active == 12_879_925_248
    assert counts["Llama-3-8B"].active == counts["Llama-3-8B"].total
    assert counts["Llama-3-8B"].kv_cache_bytes_per_token() == 2 * 32 * 8 * 128 * 2
    assert counts["DeepSeek-V3"].kv_cache_bytes_per_token() == 61 * (512 + 64) * 2


def test_bloom_as_it_is_published():
    """BLOOM's own file says n_embed, where others say hidden_size or n_embd."""
    bloom = next(dict(m["config"]) for m in MODELS if m["config"]["model_type"] == "bloom")
    total = count_parameters(bloom).total
    bloom["n_embed"] = bloom.pop("hidden_size")
    bloom["num_attention_heads"] = bloom.pop("n_head")
    assert count_parameters(bloom).total == total


def test_null_and_missing_keys_take_the_published_defaults():
    assert (
        count_parameters(LLAMA | {"num_key_value_heads": None, "head_dim": None}).total == count_parameters(LLAMA).total
    )
    assert count_parameters(LLAMA | {"num_key_value_heads": 6}).total == count_parameters(LLAMA).total
    deepseek = next(m["config"] for m in MODELS if m["config"]["model_type"] == "deepseek_v3")
    left_out = ("q_lora_rank", "first_k_dense_replace", "n_shared_experts", "moe_layer_freq")
    shorter = {key: value for key, value in deepseek.items() if key not in left_out}
    assert count_parameters(shorter).total == count_parameters(deepseek).total
    assert count_parameters(deepseek | {"q_lora_rank": None}).total > count_parameters(deepseek).total
    tied = count_parameters(LLAMA | {"tie_word_embeddings": True})
    assert tied.total == count_parameters(LLAMA).total - 101 * 48 and "output" not in tied.parts


@pytest.mark.parametrize("bad", [0, -3, 2.5, "48", True, [1]])
@pytest.mark.parametrize(
    "key", ["hidden_size", "vocab_size", "num_hidden_layers", "intermediate_size", "num_attention_heads"]
)
def test_bad_sizes_name_the_key(key, bad):
    with pytest.raises(ValueError, match=key):
        count_parameters(LLAMA | {key: bad})


@named([*MODELS, {"config": LLAMA, "model": "small"}])
def test_missing_sizes_name_the_key(model):
    essential = {
        "hidden_size",
        "d_model",
        "vocab_size",
        "num_hidden_layers",
        "n_layer",
        "num_attention_heads",
        "num_layers",
    }
    essential |= {"d_ff", "d_kv", "kv_lora_rank", "moe_intermediate_size", "num_experts_per_tok", "num_experts"}
    for key in essential & model["config"].keys():
        config = {k: v for k, v in model["config"].items() if k != key}
        with pytest.raises(ValueError, match=rf"\b{key}\b.* is missing"):
            count_parameters(config)


def test_sizes_that_contradict_each_other():
    with pytest.raises(ValueError, match="num_attention_heads"):
        count_parameters(LLAMA | {"num_attention_heads": 7})
    with pytest.raises(ValueError, match="num_key_value_heads"):
        count_parameters(LLAMA | {"num_key_value_heads": 4})
    mixtral = next(m["config"] for m in MODELS if m["config"]["model_type"] == "mixtral")
    with pytest.raises(ValueError, match="num_experts_per_tok"):
        count_parameters(mixtral | {"num_experts_per_tok": 9})


@pytest.mark.parametrize("config", [{}, {"model_type": "perceptron"}, {"model_type": None}, {"model_type": ["llama"]}])
def test_unknown_types_name_the_known_ones(config):
    with pytest.raises(ValueError) as caught:
        count_parameters(config)
    assert all(kind in str(caught.value) for kind in [*ARCHITECTURES, *TEXT_PARTS])
    assert repr(config.get("model_type")) in str(caught.value) and "no part of it is counted" in str(caught.value)


def test_the_text_part_of_a_model_that_sees():
    text = {key: value for key, value in LLAMA.items() if key != "model_type"} | {
        "head_dim": 8,
        "num_key_value_heads": 3,
    }
    gemma = {"model_type": "gemma3", "text_config": text, "vision_config": {"hidden_size": 16}}
    count = count_parameters(gemma)
    assert count.left_out == ["vision_config"] and "output" not in count.parts
    assert count.total == count_parameters(text | {"model_type": "gemma3_text"}).total
    assert "output" in count_parameters(gemma | {"tie_word_embeddings": False}).parts
    for wrong in ({}, {"text_config": None}, {"text_config": [1]}):
        with pytest.raises(ValueError, match="text_config"):
            count_parameters({"model_type": "gemma3"} | wrong)
    with pytest.raises(ValueError, match="model_type 'deepseek_v4'"):
        count_parameters(gemma | {"text_config": text | {"model_type": "deepseek_v4"}})


def test_a_file_must_say_what_its_count_depends_on():
    mistral = {"model_type": "mistral3", "text_config": LLAMA | {"model_type": "mistral", "num_key_value_heads": 3}}
    with pytest.raises(ValueError, match="tie_word_embeddings is missing"):
        count_parameters(mistral)
    assert count_parameters(mistral | {"tie_word_embeddings": False}).total > 0


def test_what_is_published_and_not_counted_is_named():
    deepseek = next(m["config"] for m in MODELS if m["model"] == "DeepSeek-V3")
    assert count_parameters(deepseek).left_out == ["num_nextn_predict_layers"]
    assert count_parameters(LLAMA).left_out == []


def test_a_list_of_layers_must_be_as_long_as_they_are():
    for model in (m for m in REAL if "layer_types" in m):
        with pytest.raises(ValueError, match="layer_types has 1 items"):
            count_parameters(model | {"layer_types": ["full_attention"]})


def test_published_files_that_leave_sizes_out():
    """Gemma 3 4B's text_config gives four sizes only; its embedding has 64 rows more than Google's own code."""
    text = {"hidden_size": 2560, "intermediate_size": 10240, "num_hidden_layers": 34, "model_type": "gemma3_text"}
    count = count_parameters({"model_type": "gemma3", "text_config": text, "vision_config": {"hidden_size": 1152}})
    assert count.total - 64 * 2560 == 3_880_099_328


def command(*arguments):
    return subprocess.run(
        [sys.executable, "-W", "error", PROGRAM, *map(str, arguments)],
        env=environment(),
        capture_output=True,
        text=True,
    )


@pytest.fixture
def files(tmp_path):
    for model in MODELS[:3]:
        (tmp_path / f"{model['model']}.json").write_text(json.dumps(model["config"]), encoding="utf-8")
    return sorted(tmp_path.glob("*.json"))


def test_command_reports_one_model(files):
    done = command(files[2])
    assert done.returncode == 0
    for word in (
        "attention",
        "8,030,261,248",
        "float32",
        "bfloat16",
        "int8",
        "4-bit",
        "16.06 GB",
        "1,000 tokens",
        "131.07 MB",
    ):
        assert word in done.stdout, word


def test_a_cache_that_forgets_is_given_as_a_maximum(tmp_path):
    """gpt-oss: half of its layers look at the last 128 tokens only."""
    config = next(m["config"] for m in RECENT if m["model"] == "gpt-oss-20b")
    path = tmp_path / "config.json"
    for window, words in ((128, "MB at most, for 1,000 tokens"), (None, "MB for 1,000 tokens")):
        path.write_text(json.dumps(config | {"sliding_window": window}), encoding="utf-8")
        assert words in command(path).stdout


def test_command_compares_several(files):
    done = command(*files)
    assert done.returncode == 0
    assert all(path.name in done.stdout for path in files) and "70,553,706,496" in done.stdout


def test_command_speaks_json(files):
    one = json.loads(command("--json", files[2]).stdout)
    assert one["total"] == 8_030_261_248 == sum(one["parts"].values()) and one["kv_cache_bytes_per_token"] == 131_072
    several = json.loads(command("--json", *files).stdout)
    assert several[str(files[2])] == one and len(several) == 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{not json", "not JSON"),
        (b"[1, 2]", "JSON object"),
        (b"\xff\xfe\x00", "not a text file"),
        (b'{"model_type": "llama"}', "hidden_size"),
        (None, "No such file"),
    ],
)
def test_command_explains_bad_files(tmp_path, content, words):
    path = tmp_path / "config.json"
    if content is not None:
        path.write_bytes(content)
    done = command(path)
    assert done.returncode == 1 and words in done.stderr and str(path) in done.stderr and "Traceback" not in done.stderr


def test_counting_is_quick_and_needs_no_numpy():
    code = (
        "import json, sys, time\n"
        f"sys.path.insert(0, {str(SNIPPETS)!r})\n"
        "from count_parameters import count_parameters\n"
        f"models = json.load(open({str(SNIPPETS / 'data' / 'open_models.json')!r}, encoding='utf-8'))\n"
        "start = time.perf_counter()\n"
        "[count_parameters(model['config']) for model in models]\n"
        "print('numpy' in sys.modules, time.perf_counter() - start)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    numpy, seconds = done.stdout.split()
    assert numpy == "False" and float(seconds) < 0.5  # takes 0.001; the aim is 0.05
