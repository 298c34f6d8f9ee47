// <parameter-calculator>: a model's parameters, part by part, its memory and its KV-cache, from a configuration, counted
// by snippets/count_parameters.py itself.

import { LiveFigure, isWhole, tell } from "./live-figure.js";
import { count_parameters, described } from "./count-parameters.js";

export class ParameterCalculator extends LiveFigure {
  get result() {
    try {
      const count = described(count_parameters(this.state.config));
      if (count.total <= Number.MAX_SAFE_INTEGER) return count;
      return { error: `${count.total} parameters: too many to be counted here` };
    } catch (error) { // RangeError: refused; else a list where a number should be, and the like
      return { error: error instanceof RangeError ? error.message : this.words.strange };
    }
  }

  fits({ precision, context }) { return Object.hasOwn(this.given.bytes, precision) && isWhole(context, 1, 1e9); }

  told() { return `${this.found.totals.textContent} ${this.found.refused.textContent}`; }

  /** Where the state has what a control is called by: for a knob, the first of its names that the configuration has. */
  #place(name) {
    if (name in this.original) return name;
    const part = super.get("config.text_config") instanceof Object ? "config.text_config" : "config";
    return name.split(" ").map((key) => `${part}.${key}`).find((place) => Number.isInteger(super.get(place))) ?? "none";
  }

  get(name) {
    if (name !== "model") return super.get(this.#place(name));
    const config = JSON.stringify(super.get("config"));
    return this.given.models.find((model) => JSON.stringify(model.config) === config)?.name ?? "";
  }

  set(name, value) {
    if (name !== "model") super.set(this.#place(name), value);
    else if (value) this.state = { config: this.given.models.find((model) => model.name === value).config };
    else this.#own();
  }

  /** A model of one's own: the one in use, to be changed or replaced. */
  #own() {
    const { pasted, paste } = this.found;
    pasted.value ||= JSON.stringify(this.state.config, null, 2);
    paste.open = true;
    paste.scrollIntoView({ block: "nearest" });
  }

  /** Count what was pasted; a number such as 4096.0 is no whole number, as for the program. */
  countPasted() {
    const { pasted, unread, refused, totals } = this.found;
    try {
      this.change("config", JSON.parse(pasted.value, (key, value, context) =>
        (Number.isInteger(value) && /[.eE]/.test(context?.source ?? "") ? context.source : value)));
      unread.textContent = refused.textContent;
      totals.scrollIntoView({ block: "nearest" });
    } catch (error) {
      unread.textContent = `${this.words.strange} ${error.message}`;
    }
  }

  draw() {
    const { precision, context } = this.state, { words, result, found, parts } = this;
    const { error, total } = result;
    found.unread.textContent = found.totals.textContent = "";
    found.refused.textContent = error ?? "";
    found.table.hidden = Boolean(error);
    if (error) return;
    const few = (n) => this.written(n / 1e9, n < 1e7 ? 6 : 2);
    const billions = (n) => `${few(n)} ${words.billions}`, gigabytes = (n) => `${few(n)} GB`;
    const most = result.kv_cache_is_a_maximum ? `${words.most} ` : "";
    found.totals.textContent = `${words.total}: ${this.written(total)} (${billions(total)}); `
      + `${words.active}: ${billions(result.active)}; `
      + `${words.memory}: ${gigabytes(total * this.given.bytes[precision])}; `
      + `${words.cache}: ${most}${gigabytes(result.kv_cache_bytes_per_token * context)}.`
      + (result.not_counted.length ? ` ${words.left_out}: ${result.not_counted.join(", ")}.` : "");
    parts.row.forEach((row, i) => {
      const n = result.parts[row.dataset.name] ?? 0, percent = (100 * n) / total;
      row.hidden = !n;
      tell(parts.number[i], this.written(n));
      tell(parts.share[i], `${this.written(percent, 1)}%`);
      parts.bar[i].style.width = `${percent}%`;
    });
  }
}
