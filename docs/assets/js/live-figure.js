// What live figures share: words and numbers in the page's language, fields that refuse what they must, a state that
// a program, a teacher or a link can set, and what a screen reader hears.

/** An element with attributes, `on…` functions and children; text stays text, whatever it holds. */
export function element(tag, attributes = {}, ...children) {
  const made = tag.startsWith("svg:")
    ? document.createElementNS("http://www.w3.org/2000/svg", tag.slice(4))
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "style") made.style.cssText = value; // the policy of the pages forbids the attribute
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

/** A number that somebody wrote, with point or comma and any minus, or as a fraction; NaN when it is none. */
export function read(text) {
  const [above, below, ...more] = text.split("/");
  if (below !== undefined && !more.length) return read(above) / read(below);
  const plain = text.trim().replace(/\s/g, "").replace("−", "-").replace(",", ".");
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
}

/** Controls and their texts side by side; a text around its control; a button. */
export const row = (...parts) => element("div", { class: "live-row" }, ...parts);
export const label = (text, control) => element("label", {}, `${text} `, control);
export const button = (text, act, options) => element("button", { type: "button", onclick: act, ...options }, text);

/** A choice between values, each by its name. */
export function choice(values, change, called = (value) => value, options = {}) {
  const made = element("select", { onchange: () => change(made.value), ...options });
  for (const value of values) made.add(new Option(called(value), value));
  return made;
}

export function slider(min, max, step, change, options = {}) {
  const made = element("input", { type: "range", min, max, step, oninput: () => change(Number(made.value)), ...options });
  return made;
}

/** Let an element say something; what it says already is not laid out again. */
export const tell = (place, text) => { if (place.textContent !== text) place.textContent = text; };

/** Let a field show its value, unless somebody is writing in it. */
export const fill = (input, text) => { if (input !== document.activeElement) input.value = text; };

/** Numbers that differ from one by one, from 0. */
export const upTo = (n, made = (i) => i) => Array.from({ length: n }, (_, i) => made(i));

/** The sum of a list; that of the products of two lists. */
export const sum = (list) => list.reduce((a, b) => a + b, 0);
export const dot = (x, y) => x.reduce((total, one, i) => total + one * y[i], 0);

const SMALL = { 1: "₁", 2: "₂", 3: "₃", 4: "₄", 5: "₅", 6: "₆", 7: "₇", 8: "₈", 9: "₉" };

/** W and 1 give W₁. */
export const indexed = (name, number) => name + (SMALL[number] ?? number);

/**
 * A figure that answers. Its page gives {state, words, given, group} as JSON in `data-live`, and the drawing it begins from.
 * A figure of its own has build(), once; draw(), after each change; wrong(state), a message or ""; and `result`.
 */
export class LiveFigure extends HTMLElement {
  #state;
  #said;
  #wrong = element("span", { class: "live-wrong" });
  #waiting;
  #formats = {};

  connectedCallback() {
    if (this.words) return;
    const { state, words, given, group } = JSON.parse(this.dataset.live);
    this.words = words;
    this.group = group;
    this.given = given;
    this.lang = this.closest("[lang]").lang;
    this.original = state;
    this.#state = this.#shared() ?? structuredClone(state);
    this.#said = element("p", { class: "live-said", "aria-live": "polite" });
    this.build();
    this.append(this.#said);
    this.draw();
    this.dataset.ready = "";
  }

  /** The state: what is set may leave out what stays as it is; what cannot be raises RangeError. */
  get state() { return structuredClone(this.#state); }
  set state(changes) {
    const next = { ...this.#state, ...structuredClone(changes) };
    const wrong = this.wrong(next);
    if (wrong) throw new RangeError(wrong);
    this.#wrong.remove();
    this.#state = next;
    this.draw();
  }

  /** What is wrong with a state, or "". */
  wrong() { return ""; }

  /** A number as the page's language writes it, with at most so many decimals. */
  written(value, decimals = 2) {
    const near = Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : Math.sign(value) * Infinity;
    const format = this.#formats[decimals] ??= new Intl.NumberFormat(this.lang, { maximumFractionDigits: decimals, useGrouping: "min2" });
    const text = Math.abs(near) < 9999 ? format.format(near)
      : format.formatToParts(near).map(({ type, value: part }) => (type === "group" ? this.group : part)).join("");
    return text.replace(/^-0$/, "0").replace("-", "−");
  }

  /** Products of two lists, term by term; what is negative stands in brackets. */
  terms(x, y) {
    const signed = (n) => (n < 0 ? `(${this.written(n)})` : this.written(n));
    return x.map((one, i) => `${signed(one)} · ${signed(y[i])}`).join(" + ");
  }

  /** Let a screen reader say something, once the reader's hand rests. */
  announce(text) {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => { this.#said.textContent = text; }, 500);
  }

  /** A field for a number. What it refuses leaves the state as it was before one wrote, and is named with the reason. */
  field(label, least, most, change, { wrong = this.words.wrong, whole, ...options } = {}) {
    let held, shown, written;
    const hold = () => { [held, shown] = [this.#state, input.value]; };
    const input = element("input", {
      type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false", "aria-label": label, size: 5, ...options,
      oninput: () => {
        const value = read(input.value), right = value >= least && value <= most && (!whole || Number.isInteger(value));
        if (!right && held && held !== this.#state) this.state = held;
        this.refuse(input, right ? "" : `${input.getAttribute("aria-label")} ${input.value}: ${wrong}`);
        if (right) change(value);
        written = true;
      },
      onchange: () => { if (input.getAttribute("aria-invalid") !== "true") hold(); },
      onblur: () => {
        if (input.getAttribute("aria-invalid") === "true") input.value = shown;
        else if (written) this.draw();
        written = false;
        input.setAttribute("aria-invalid", false);
      },
    });
    input.addEventListener("focus", hold);
    return input;
  }

  /** Say beside a field what is wrong with what stands in it, or nothing. */
  refuse(input, wrong) {
    input.setAttribute("aria-invalid", Boolean(wrong));
    this.#wrong.textContent = wrong;
    if (!wrong) return this.#wrong.remove();
    const place = input.closest(".live-knobs > div, .live-row, .live-matrices, .live-crossing, table") ?? input;
    if (this.#wrong.previousSibling !== place) place.after(this.#wrong);
    this.announce(wrong);
  }

  /** Buttons: a figure's own, one that puts the first state back, and one that copies a link to this. */
  buttons(...own) {
    const copied = element("span", { role: "status" });
    const copy = async () => {
      const link = this.link();
      history.replaceState(history.state, "", link);
      await navigator.clipboard?.writeText(link).catch(() => {});
      copied.textContent = this.words.copied;
      setTimeout(() => { copied.textContent = ""; }, 3000);
    };
    return element("p", { class: "live-buttons" }, ...own,
      button(this.words.reset, () => { this.state = this.original; }), button(this.words.share, copy), copied);
  }

  /** The address of this page with the figure as it is now. */
  link() {
    const address = new URL(location.href);
    address.searchParams.set(this.id, JSON.stringify(this.#state));
    return address.href;
  }

  #shared() {
    try {
      const state = { ...this.original, ...JSON.parse(new URLSearchParams(location.search).get(this.id)) };
      return this.wrong(state) ? undefined : state;
    } catch {
      return undefined; // an address that somebody cut: the figure begins as always
    }
  }
}
