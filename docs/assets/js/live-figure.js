// What live figures share: controls tied to a state that programs and links can set too, fields that refuse what they
// must, words and numbers in the page's language.

/** Give an element these attributes. */
export function put(one, attributes) {
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value);
  return one;
}

/** A shape of a drawing. */
export const shape = (tag, attributes) => put(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes);

/** A number that somebody wrote, with point or comma and any minus, or a fraction; or NaN. */
function read(text) {
  const plain = text.replace(/\s/g, "").replaceAll("−", "-").replaceAll(",", ".");
  return /^[-+.\de]+(\/[-+.\de]+)?$/i.test(plain) ? plain.split("/").map(Number).reduce((a, b) => a / b) : NaN;
}

/** Whether n is a number, or a whole one, within limits. */
export const isNumber = (n, least, most) => typeof n === "number" && n >= least && n <= most;
export const isWhole = (n, least, most) => Number.isInteger(n) && n >= least && n <= most;

/** Let an element say something; what it says already is not laid out again. */
export const tell = (place, text) => { if (place.textContent !== text) place.textContent = text; };

/** What to do while a pointer that presses here moves: `press(event)` gives it. */
export function onDrag(place, press) {
  place.onpointerdown = (event) => {
    place.onpointermove = press(event);
    place.setPointerCapture(event.pointerId);
  };
  place.onlostpointercapture = () => { place.onpointermove = null; };
}

/** What to do for keys pressed here: `move` gets what each of them stands for. */
export function onKeys(place, keys, move) {
  place.onkeydown = (event) => {
    if (!(event.key in keys)) return;
    event.preventDefault();
    move(keys[event.key]);
  };
}

export const between = (n, least, most) => Math.min(Math.max(n, least), most);

/** What a function makes of 0, 1, ... n - 1. */
export const upTo = (n, made) => Array.from({ length: n }, (_, i) => made(i));

/** The sum of a list; that of the products of two lists. */
export const sum = (list) => list.reduce((a, b) => a + b, 0);
export const dot = (x, y) => x.reduce((total, one, i) => total + one * y[i], 0);

/** y and 0 give y₁: mathematics counts from one. */
export const indexed = (name, i) => name + "₁₂₃₄₅₆₇₈₉"[i];

/** Scores to probabilities, at a temperature. */
export function softmax(scores, temperature = 1) {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp((score - highest) / temperature)), all = sum(powers);
  return powers.map((power) => power / all);
}

const safe = (text) => String(text).replace(/[&<"]/g, (one) => `&#${one.charCodeAt()};`);
const filled = (markup, words) => markup.replace(/\{(\w+)\}/g, (name, key) => (key in words ? safe(words[key]) : name));

/** A figure that answers: docs/overrides/README.md says what its page, its markup and its class must have. */
export class LiveFigure extends HTMLElement {
  #state;
  #waiting;
  #formats = {};
  #tied = [];

  connectedCallback() {
    if (this.words) return;
    const { state, ...data } = JSON.parse(this.dataset.live);
    Object.assign(this, data, { lang: this.closest("[lang]").lang, original: state, found: {}, parts: {} });
    this.#state = state;
    try {
      const shared = { ...state, ...JSON.parse(new URLSearchParams(location.search).get(this.id)) };
      if (this.fits(shared) === true) this.#state = shared;
    } catch {
      // an address that somebody cut: the figure begins as always
    }
    this.#make();
    this.build?.();
    this.show();
    this.dataset.ready = "";
  }

  /** The markup, with this page's words, and its controls tied to the state. */
  #make() {
    const drawing = this.querySelector("svg"), made = document.createElement("template");
    made.innerHTML = filled(document.getElementById(`${this.localName}-markup`).innerHTML, { ...this.given, ...this.words });
    const all = (selector, act) => made.content.querySelectorAll(selector).forEach(act);
    all("[data-each]", (one) => {
      const list = this.given[one.dataset.each] ?? [], { outerHTML } = one;
      const each = (part, i) => filled(outerHTML, { ...part, each: part, i });
      one.outerHTML = (Array.isArray(list) ? list : Object.keys(list)).map(each).join("");
    });
    all("[data-part]", (one) => {
      const { part } = one.dataset;
      this.found[part] ??= one;
      (this.parts[part] ??= []).push(one);
    });
    all("[name]", (one) => this.#tie(one));
    all("[data-do]", (one) => { one.onclick = () => this[one.dataset.do](); });
    this.found.drawing?.replaceWith(this.found.drawing = drawing);
    this.found.wrong.remove();
    this.replaceChildren(made.content);
  }

  #tie(control) {
    const { type, name, dataset } = control;
    this.#tied.push(control);
    if (type === "text") return this.#refuseWrong(control);
    const log = "log" in dataset;
    if (log) for (const end of ["min", "max"]) control[end] = Math.log(control[end]);
    control.oninput = () => {
      const { value, valueAsNumber: n, checked } = control;
      const moved = log ? Math.round(Math.exp(n) * 1000) / 1000 : n;
      this.change(name, type === "range" ? moved : type === "checkbox" ? checked : value);
    };
  }

  /** The part of the state that a control is tied to. */
  get(name) { return name.split(".").reduce((part, key) => part?.[key], this.#state); }

  set(name, value) {
    const path = name.split("."), last = path.pop(), { state } = this;
    path.reduce((part, key) => part[key], state)[last] = value;
    this.state = state;
  }

  /** The reader's hand has changed something. */
  change(name, value) {
    this.set(name, value);
    this.announce(this.told());
  }

  /** The controls show the state. */
  follow() {
    for (const control of this.#tied) {
      const { type, name, dataset } = control, value = this.get(name), box = control.closest("[data-if]");
      if (box) box.hidden = value === undefined;
      if (value === undefined) continue;
      const written = typeof value !== "number" || "plain" in dataset ? value : this.written(value, dataset.decimals);
      if (type === "checkbox") control.checked = value;
      else if (type === "range") {
        control.value = "log" in dataset ? Math.log(value) : value;
        control.ariaValueText = written;
      } else if (type !== "text" || control !== document.activeElement) control.value = written; // nobody writes in it
    }
  }

  show() {
    this.follow();
    this.draw();
  }

  /** The state: what is set may leave out what stays as it is; what cannot be raises RangeError. */
  get state() { return structuredClone(this.#state); }
  set state(changes) {
    const next = { ...this.#state, ...structuredClone(changes) };
    const fits = this.fits(next); // or why it does not
    if (fits !== true) throw new RangeError(fits || this.words.wrong);
    if (!this.querySelector("[aria-invalid=true]")) this.found.wrong.remove();
    this.#state = next;
    this.show();
  }

  /** A number as the page's language writes it, with at most so many decimals, or digits. */
  written(value, most = 2, of = "maximumFractionDigits") {
    const notation = Math.abs(value) > Number.MAX_SAFE_INTEGER ? "scientific" : "standard";
    const ours = { group: this.group, minusSign: "−" };
    const ways = { [of]: most, notation, useGrouping: "min2", signDisplay: "negative" };
    const format = this.#formats[most + of + notation] ??= new Intl.NumberFormat(this.lang, ways);
    return format.formatToParts(value).map(({ type, value: part }) => ours[type] ?? part).join("");
  }

  /** Products of two lists, term by term; a negative one in brackets. */
  terms(x, y) {
    const signed = (n) => (n < 0 ? `(${this.written(n)})` : this.written(n));
    return x.map((one, i) => `${signed(one)} · ${signed(y[i])}`).join(" + ");
  }

  /** Let a screen reader say something, once the hand rests. */
  announce(text) {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => { this.found.said.textContent = text; }, 500);
  }

  /** What somebody wrote in a field, if it can be. */
  understood({ value, dataset: { min, max, whole } }) {
    const n = read(value);
    return n >= min && n <= max && (!whole || Number.isInteger(n)) ? n : undefined;
  }

  /** What a field refuses leaves the state as it was before one wrote, and is named with the reason. */
  #refuseWrong(input) {
    let held;
    const hold = () => { held = this.get(input.name); };
    Object.assign(input, {
      size: 5, autocomplete: "off", spellcheck: false, inputMode: input.inputMode || "decimal",
      onfocus: hold,
      oninput: () => {
        const value = this.understood(input), isRight = value !== undefined;
        if (!isRight && held !== this.get(input.name)) this.set(input.name, held);
        this.#refuse(input, isRight ? "" : `${input.ariaLabel} ${input.value}: ${input.dataset.wrong ?? this.words.wrong}`);
        if (isRight) this.change(input.name, value);
      },
      onchange: hold,
      onblur: () => {
        input.ariaInvalid = false;
        this.follow(); // the state, whatever stands there
      },
    });
  }

  /** Say beside a field what is wrong with what stands in it, or nothing. */
  #refuse(input, wrong) {
    input.ariaInvalid = Boolean(wrong);
    const place = input.closest(".live-knobs > div, .live-row, .live-matrices, .live-crossing, table");
    tell(this.found.wrong, wrong);
    if (!wrong) return this.found.wrong.remove();
    if (this.found.wrong.previousSibling !== place) place.after(this.found.wrong);
    this.announce(wrong);
  }

  reset() {
    this.state = this.original;
    this.announce(this.told());
  }

  async share() {
    const link = this.link(), { copied } = this.found;
    history.replaceState(history.state, "", link);
    await navigator.clipboard?.writeText(link).catch(() => {});
    tell(copied, this.words.copied);
    setTimeout(tell, 3000, copied, "");
  }

  /** The address of this page with the figure as it is now. */
  link() {
    const address = new URL(location.href);
    address.searchParams.set(this.id, JSON.stringify(this.#state));
    return address.href;
  }
}
