// <parameter-calculator>: a model's parameters, part by part, its memory and its KV-cache, from a configuration.

import { countParameters } from "./count-parameters.js";
import { LiveFigure, button, choice, element, fill, label, row, tell, upTo } from "./live-figure.js";

// What can be changed: the text of its label, and the names it goes by in configurations.
const KNOBS = {
  layers: ["num_hidden_layers", "n_layer", "num_layers"],
  width: ["hidden_size", "n_embd", "n_embed", "d_model"],
  inner: ["intermediate_size", "moe_intermediate_size", "n_inner", "d_ff"],
  heads: ["num_attention_heads", "n_head", "num_heads"],
  kv_heads: ["num_key_value_heads"],
  experts: ["num_local_experts", "num_experts", "n_routed_experts"],
  used: ["num_experts_per_tok", "top_k_experts"],
  vocabulary: ["vocab_size"],
};
const PARTS = "embedding output attention feed_forward experts shared_experts router norm per_layer_input scale".split(" ");
const MOST = 1e9;

class ParameterCalculator extends LiveFigure {
  get result() {
    try {
      return countParameters(this.state.config, this.given.program);
    } catch (error) {
      if (error instanceof RangeError) return { error: error.message };
      return { error: this.words.strange }; // a list where a number should be, and the like
    }
  }

  wrong({ precision, context }) {
    const right = Object.hasOwn(this.given.bytes, precision) && Number.isInteger(context) && context >= 1 && context <= MOST;
    return right ? "" : this.words.wrong;
  }

  build() {
    this.querySelector("svg").remove();
    const { models, bytes } = this.given;
    this.model = choice([...Object.keys(models), ""], (name) => (name ? this.#change({ config: models[name] }) : this.#own()), (name) => name || this.words.own);
    this.knobs = Object.keys(KNOBS).map((name) => {
      const input = this.field(this.words[name], 1, MOST, (value) => {
        const { config } = this.state, [part, key] = this.#place(config, name);
        part[key] = value;
        this.#change({ config });
      }, { whole: true });
      return { name, input, box: element("div", {}, label(this.words[name], input)) };
    });
    this.precision = choice(Object.keys(bytes), (precision) => this.#change({ precision }));
    this.context = this.field(this.words.context, 1, MOST, (context) => this.#change({ context }), { whole: true });
    this.pasted = element("textarea", { rows: 4, spellcheck: "false", "aria-label": this.words.paste });
    [this.refused, this.unread] = upTo(2, () => element("p", { class: "live-wrong", role: "status" }));
    this.parts = PARTS.map((part) => {
      const [number, share] = [element("td"), element("td")], bar = element("span", { class: "live-bar", "aria-hidden": "true" });
      return { part, number, share, bar, line: element("tr", {}, element("th", { scope: "row" }, this.words[part]), number,
        element("td", { class: "live-bars" }, bar), share) };
    });
    this.table = element("table", { class: "live-table" }, element("tbody", {}, ...this.parts.map(({ line }) => line)));
    this.known = Object.entries(models).map(([name, config]) => [name, JSON.stringify(config)]);
    this.totals = element("p", { class: "live-totals" });
    this.append(
      row(label(this.words.model, this.model)), element("div", { class: "live-knobs" }, ...this.knobs.map(({ box }) => box)),
      this.totals, this.refused,
      this.table,
      row(label(this.words.precision, this.precision), label(this.words.context, this.context)),
      this.paste = element("details", {}, element("summary", {}, this.words.paste), this.pasted,
        element("p", { class: "live-buttons" }, button(this.words.count, () => this.#paste())), this.unread),
      this.buttons());
  }

  /** A model of one's own: the one in use, to be changed or replaced. */
  #own() {
    this.pasted.value ||= JSON.stringify(this.state.config, null, 2);
    this.paste.open = true;
    this.paste.scrollIntoView({ block: "nearest" });
  }

  /** The part of a configuration, and the name in it, that a knob moves; nothing if it has none. */
  #place(config, name) {
    const part = config?.text_config && typeof config.text_config === "object" ? config.text_config : config;
    const key = KNOBS[name].find((one) => Number.isInteger(part?.[one]));
    return key ? [part, key] : [];
  }

  #change(state) {
    this.state = state;
    this.announce(`${this.totals.textContent} ${this.refused.textContent}`);
  }

  /** Count what was pasted; a number such as 4096.0 is no whole number, as for the program. */
  #paste() {
    try {
      const config = JSON.parse(this.pasted.value, (key, value, context) =>
        (typeof value === "number" && /[.eE]/.test(context?.source ?? "") && Number.isInteger(value) ? context.source : value));
      this.#change({ config });
      this.unread.textContent = this.refused.textContent;
      this.totals.scrollIntoView({ block: "nearest" });
    } catch (error) {
      this.unread.textContent = `${this.words.strange} ${error.message}`;
    }
  }

  draw() {
    const { config, precision, context } = this.state, { given, words } = this, result = this.result;
    const asked = JSON.stringify(config), same = this.known.find(([, one]) => one === asked);
    this.model.value = same?.[0] ?? "";
    for (const { name, input, box } of this.knobs) {
      const [part, key] = this.#place(config, name);
      box.hidden = !key;
      if (key) fill(input, part[key]);
    }
    this.precision.value = precision;
    fill(this.context, context);
    this.refused.textContent = result.error ?? "";
    this.unread.textContent = "";
    this.table.hidden = Boolean(result.error);
    if (result.error) { this.totals.textContent = ""; return; }
    const few = (n) => this.written(n / 1e9, n < 1e7 ? 6 : 2);
    const billions = (n) => `${few(n)} ${words.billions}`, gigabytes = (n) => `${few(n)} GB`;
    const cache = `${result.window ? `${words.most} ` : ""}${gigabytes(result.kv_cache_bytes_per_token * context)}`;
    this.totals.textContent = `${words.total}: ${this.written(result.total)} (${billions(result.total)}); ${words.active}: `
      + `${billions(result.active)}; ${words.memory}: ${gigabytes(result.total * given.bytes[precision])}; ${words.cache}: ${cache}.`
      + (result.left_out.length ? ` ${words.left_out}: ${result.left_out.join(", ")}.` : "");
    for (const { part, line, number, share, bar } of this.parts) {
      const n = result.parts[part] ?? 0, percent = (100 * n) / result.total;
      line.hidden = !n;
      tell(number, this.written(n));
      tell(share, `${this.written(percent, 1)}%`);
      bar.style.width = `${percent}%`;
    }
  }
}

customElements.define("parameter-calculator", ParameterCalculator);
