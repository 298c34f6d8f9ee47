// Counts a language model's parameters from its config.json: the same functions as snippets/count_parameters.py, by the
// same names. The table of types comes from the program itself, with the page: {types, textParts, omitted, …}.

import { sum, upTo } from "./live-figure.js";

const linear = (inputs, outputs, bias = 0) => inputs * outputs + outputs * bias;
const norm = (width, shift = 0) => width * (1 + shift);
const feedForward = (width, inner, gated, bias = 0) => linear(width, inner, bias) * (1 + gated) + linear(inner, width, bias);
const attention = (width, heads, kvHeads, head, biasIn = 0, biasOut = 0) => linear(width, heads * head, biasIn)
  + 2 * linear(width, kvHeads * head, biasIn) + linear(heads * head, width, biasOut);

function delta(width, keys, values, head, kernel) {
  const heads = values / head;
  return linear(width, 2 * keys + 2 * values) + linear(width, 2 * heads) + kernel * (2 * keys + values)
    + 2 * heads + norm(head) + linear(values, width);
}

function latent(width, heads, qRank, kvRank, plain, turned, value, bias) {
  const size = heads * (plain + turned);
  const queries = qRank ? linear(width, qRank, bias) + norm(qRank) + linear(qRank, size) : linear(width, size);
  return queries + linear(width, kvRank + turned, bias) + norm(kvRank) + linear(kvRank, heads * (plain + value))
    + linear(heads * value, width, bias);
}

/** A value as Python writes it, in the words of a refusal. */
function repr(value) {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return value.includes("'") && !value.includes('"') ? `"${value}"` : `'${value.replaceAll("'", "\\'")}'`;
  if (Array.isArray(value)) return `[${value.map(repr).join(", ")}]`;
  if (typeof value === "object") return `{${Object.entries(value).map(([k, v]) => `${repr(k)}: ${repr(v)}`).join(", ")}}`;
  return String(value);
}

/** What Python takes for true. */
const truthy = (value) => Boolean(value) && (typeof value !== "object" || Object.keys(value).length > 0);
const flag = (value) => Number(truthy(value));
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

class Config {
  constructor(values) { this.values = values; }

  get(key, otherwise = null) { return this.values[key] ?? otherwise; }

  null(key) { return key in this.values && this.values[key] === null; }

  size(keys, otherwise = null, least = 1) {
    const names = [keys].flat(), key = names.find((name) => this.get(name) !== null);
    if (key === undefined) {
      if (otherwise === null) throw new RangeError(`${names.join(" or ")} is missing`);
      return otherwise;
    }
    const value = this.values[key];
    if (!Number.isSafeInteger(value) || value < least) {
      throw new RangeError(`${key}: a whole number from ${least}, not ${repr(value)}`);
    }
    return value;
  }

  kinds(key, layers, otherwise) {
    const kinds = this.get(key, otherwise);
    if (kinds.length !== layers) throw new RangeError(`${key} has ${kinds.length} items for ${layers}`);
    return kinds;
  }

  heads(kv = 0, own = 0) {
    const width = this.size(["hidden_size", "n_embd", "n_embed"]), heads = this.size(["num_attention_heads", "n_head"]);
    const kvHeads = this.size("num_key_value_heads", this.null("num_key_value_heads") || !kv ? heads : kv);
    const head = this.get("head_dim", own);
    if (!truthy(head) && width % heads) throw new RangeError(`num_attention_heads ${heads} do not divide ${width}`);
    if (heads % kvHeads) throw new RangeError(`num_key_value_heads ${kvHeads} do not divide ${heads}`);
    return [heads, kvHeads, this.size("head_dim", head || width / heads)];
  }
}

/** {part: parameters}, and what rests, is kept in the cache, looks back so far. */
class Count {
  parts = {};
  resting = 0;
  cached = 0;

  add(part, n) { this.parts[part] = (this.parts[part] ?? 0) + n; }

  get total() { return sum(Object.values(this.parts)); }
}

function embed(c, m, width, tied, places) {
  const vocabulary = c.size("vocab_size");
  m.add("embedding", vocabulary * width + (places ? c.size(places) * width : 0));
  if (!truthy(c.get("tie_word_embeddings", tied))) m.add("output", vocabulary * width);
}

function experts(c, m, width, layers, number, inner, routerBias = 0, bias = 0) {
  const n = c.size(number), used = c.size(["num_experts_per_tok", "top_k_experts"]);
  if (used > n) throw new RangeError(`num_experts_per_tok is ${used}, more than ${number}, ${n}`);
  const expert = feedForward(width, c.size(inner), 1, bias);
  m.add("experts", layers * n * expert);
  m.add("router", layers * (linear(width, n) + n * routerBias));
  m.resting = layers * (n - used) * expert;
}

const mixtures = {
  every_layer(c, m, width, layers, bias = 0) {
    experts(c, m, width, layers, "num_local_experts", "intermediate_size", bias, bias);
    return layers;
  },
  with_bias: (c, m, width, layers) => mixtures.every_layer(c, m, width, layers, 1),
  one_in_so_many(c, m, width, layers) {
    const step = c.size("interleave_moe_layer_step", 1);
    const sparse = c.get("moe_layers", Array(Math.floor(layers / step))).length;
    experts(c, m, width, sparse, "num_local_experts", "intermediate_size");
    m.add("shared_experts", sparse * feedForward(width, c.size("intermediate_size"), 1));
    return sparse;
  },
  some_layers(c, m, width, layers) {
    const step = c.size("decoder_sparse_step", 1), dense = c.get("mlp_only_layers", []);
    const sparse = upTo(layers).filter((i) => !dense.includes(i) && (i + 1) % step === 0).length;
    experts(c, m, width, sparse, "num_experts", "moe_intermediate_size");
    return sparse;
  },
  shared(c, m, width, layers) {
    const sparse = mixtures.some_layers(c, m, width, layers);
    m.add("shared_experts", sparse * feedForward(width, c.size("shared_expert_intermediate_size"), 1));
    m.add("router", sparse * linear(width, 1));
    return sparse;
  },
};

function withoutCache(c, m, width, layers) {
  const every = c.size("full_attention_interval", 4);
  const kinds = c.kinds("layer_types", layers, upTo(layers, (i) => ((i + 1) % every ? "linear" : "full_attention")));
  const full = kinds.filter((kind) => kind === "full_attention").length;
  const head = c.size("linear_value_head_dim"), values = c.size("linear_num_value_heads") * head;
  const keys = c.size("linear_num_key_heads") * c.size("linear_key_head_dim");
  m.add("attention", (layers - full) * delta(width, keys, values, head, c.size("linear_conv_kernel_dim")));
  return full;
}

const patterns = {
  classic(c, m, { norms = 2, others = 1, tied = true, places, output_bias: outputBias = 0 }) {
    const width = c.size(["hidden_size", "n_embd", "n_embed"]), layers = c.size(["num_hidden_layers", "n_layer"]);
    const [heads, kvHeads, head] = c.heads();
    const inner = c.size(["intermediate_size", "n_inner"], 4 * width), bias = flag(c.get("attention_bias", true));
    embed(c, m, width, tied, places);
    m.add("attention", layers * attention(width, heads, kvHeads, head, bias, bias));
    m.add("feed_forward", layers * feedForward(width, inner, 0, 1));
    m.add("norm", (layers * norms + others) * norm(width, 1));
    if (truthy(c.get("qk_layernorm"))) m.add("norm", layers * 2 * norm(head, 1));
    m.add("output", outputBias * c.size("vocab_size"));
    m.cached = layers * 2 * kvHeads * head;
  },

  modern(c, m, { norms = 2, tied = 0, mixture, mixed = 0, dense, kv_heads: kv = 0, head: own = 0, bias: its = 0, bias_in: itsIn = 0, qk_norm: qk = 0, gate = 0, sinks = 0 }) {
    const width = c.size("hidden_size"), layers = c.size("num_hidden_layers");
    embed(c, m, width, tied);
    const full = mixed ? withoutCache(c, m, width, layers) : layers;
    const [heads, kvHeads, head] = c.heads(kv, own);
    const bias = flag(c.get("attention_bias", its)), biasIn = bias || flag(c.get("qkv_bias", itsIn));
    const each = attention(width, heads, kvHeads, head, biasIn, bias) + gate * linear(width, heads * head, biasIn) + sinks * heads;
    m.add("attention", full * each);
    m.add("norm", full * 2 * qk * norm(head));
    m.cached = full * 2 * kvHeads * head;
    m.add("norm", (layers * norms + 1) * norm(width));
    const sparse = mixture ? mixtures[mixture](c, m, width, layers) : 0;
    if (sparse < layers) {
      const inner = c.size(dense || "intermediate_size");
      m.add("feed_forward", (layers - sparse) * feedForward(width, inner, 1, flag(c.get("mlp_bias", false))));
    }
  },

  deepseek(c, m, { first, shared, q_rank: qDefault = 1536, router_bias: routerBias = 0, index = 0 }) {
    const width = c.size("hidden_size"), layers = c.size("num_hidden_layers");
    const heads = c.size("num_attention_heads"), rank = c.size("kv_lora_rank");
    const turned = c.size("qk_rope_head_dim"), plain = c.size("qk_nope_head_dim"), value = c.size("v_head_dim");
    const bias = flag(c.get("attention_bias", false));
    const qRank = c.null("q_lora_rank") ? 0 : c.size("q_lora_rank", qDefault);
    embed(c, m, width, false);
    let each = latent(width, heads, qRank, rank, plain, turned, value, bias);
    m.cached = layers * (rank + turned);
    if (index) {
      const n = c.size("index_n_heads"), key = c.size("index_head_dim");
      each += linear(c.size("q_lora_rank"), n * key) + linear(width, n) + linear(width, key) + norm(key, 1);
      m.cached += layers * key;
    }
    m.add("attention", layers * each);
    m.add("norm", (2 * layers + 1) * norm(width));
    const from = c.size("first_k_dense_replace", first, 0), step = c.size("moe_layer_freq", 1);
    const sparse = c.kinds("mlp_layer_types", layers,
      upTo(layers, (i) => (i >= from && i % step === 0 ? "sparse" : "dense"))).filter((kind) => kind === "sparse").length;
    experts(c, m, width, sparse, "n_routed_experts", "moe_intermediate_size", routerBias);
    const always = c.size("n_shared_experts", shared, 0);
    if (always) m.add("shared_experts", sparse * feedForward(width, always * c.size("moe_intermediate_size"), 1));
    m.add("feed_forward", (layers - sparse) * feedForward(width, c.size("intermediate_size"), 1));
  },

  gemma4(c, m) {
    const width = c.size("hidden_size"), layers = c.size("num_hidden_layers");
    const [heads, kvHeads, head] = c.heads(4, 256);
    const bias = flag(c.get("attention_bias", false)), one = truthy(c.get("attention_k_eq_v"));
    const few = c.size("num_global_key_value_heads", kvHeads), wide = c.size("global_head_dim", 512);
    const own = layers - c.size("num_kv_shared_layers", 0, 0);
    embed(c, m, width, true);
    const kinds = c.kinds("layer_types", layers,
      upTo(layers, (i) => ((i + 1) % 6 && i + 1 < layers ? "sliding" : "full")));
    kinds.forEach((kind, i) => {
      const full = kind.startsWith("full"), size = full ? wide : head, groups = full && one ? few : kvHeads;
      let each = linear(width, heads * size, bias) + linear(heads * size, width, bias), inner = c.size("intermediate_size");
      if (i < own) {
        each += (full && one ? 1 : 2) * linear(width, groups * size, bias);
        m.cached += 2 * groups * size;
      } else if (truthy(c.get("use_double_wide_mlp"))) inner *= 2;
      m.add("attention", each);
      m.add("norm", (i < own ? 2 : 1) * norm(size));
      m.add("feed_forward", feedForward(width, inner, 1));
    });
    m.add("norm", (4 * layers + 1) * norm(width));
    if (truthy(c.get("enable_moe_block"))) {
      experts(c, m, width, layers, "num_experts", "moe_intermediate_size", 1);
      m.add("router", layers * norm(width));
      m.add("norm", layers * 3 * norm(width));
    }
    const small = c.size("hidden_size_per_layer_input", 256, 0);
    if (small) {
      m.add("embedding", c.size("vocab_size_per_layer_input", 262144) * layers * small);
      m.add("per_layer_input", layers * (3 * linear(width, small) + norm(width)) + norm(small));
    }
    m.add("scale", layers);
  },

  t5(c, m) {
    const width = c.size("d_model"), inner = c.size("d_ff"), encoder = c.size("num_layers");
    const decoder = c.size("num_decoder_layers", encoder), heads = c.size("num_heads"), head = c.size("d_kv");
    const gated = Number(String(c.get("feed_forward_proj", "relu")).startsWith("gated"));
    embed(c, m, width, true);
    m.add("attention", (encoder + 2 * decoder) * attention(width, heads, heads, head));
    m.add("attention", 2 * c.size("relative_attention_num_buckets", 32) * heads);
    m.add("feed_forward", (encoder + decoder) * feedForward(width, inner, gated));
    m.add("norm", (2 * encoder + 3 * decoder + 2) * norm(width));
    m.cached = decoder * 2 * heads * head;
  },
};

/** The configuration of the text part of a model that has others. */
function textPart(config, [kind, tiedOtherwise]) {
  const text = config.text_config ?? null, tied = "tie_word_embeddings" in config ? config.tie_word_embeddings : tiedOtherwise;
  for (const [key, value] of [["text_config", text], ["tie_word_embeddings", tied]]) {
    if (value === null) throw new RangeError(`${key} is missing`);
  }
  if (!isObject(text)) throw new RangeError("text_config is not a JSON object");
  return { model_type: kind, ...text, tie_word_embeddings: tied };
}

/** {total, active, parts, kv_cache_bytes_per_token, window, left_out}; RangeError, in the program's words, if it refuses. */
export function countParameters(config, { types, text_parts: textParts, omitted, windows, not_counted: notCounted }) {
  if (!isObject(config)) throw new RangeError("a configuration is a JSON object: {...}");
  let kind = config.model_type ?? null;
  const leftOut = notCounted.filter((key) => truthy(config[key]));
  if (typeof kind === "string" && Object.hasOwn(textParts, kind)) {
    config = textPart(config, textParts[kind]);
    leftOut.push(...notCounted.filter((key) => truthy(config[key])));
    kind = config.model_type ?? null;
  }
  if (typeof kind !== "string" || !Object.hasOwn(types, kind)) {
    const known = Object.keys({ ...types, ...textParts }).sort().join(", ");
    throw new RangeError(`model_type ${repr(kind)}: no part of it is counted; these types are: ${known}`);
  }
  const m = new Count(), [pattern, own] = types[kind];
  patterns[pattern](new Config({ ...omitted[kind], ...config }), m, own);
  if (!Number.isSafeInteger(m.total)) throw new RangeError(`${m.total} parameters: too many to be counted here`);
  return {
    total: m.total, active: m.total - m.resting, parts: Object.fromEntries(Object.entries(m.parts).filter(([, n]) => n)),
    kv_cache_bytes_per_token: m.cached * 2, window: windows.some((key) => truthy(config[key])), left_out: leftOut,
  };
}
