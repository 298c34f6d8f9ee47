// <next-letter>: the published Transformer in the page: what follows the start of a name, what each head looks at, and
// what becomes of both when a head is off or a matrix damaged. Nothing is fetched until the reader asks.

import { LiveFigure, button, choice, dot, element, label as labelled, row, slider as ranged, upTo } from "./live-figure.js";
import { Reading, damaged, fetchWeights, random, softmax } from "./letters-model.js";

const KINDS = ["noise", "zero", "int8", "int4", "flip"];
const DAMAGE = { size: 0.1, seed: 1, index: 0, bit: 30 };
const LONGEST = 63, LONG = 40, BEST = 7, NAMES = 6; // symbols typed, and invented; letters, and names, that are shown
const LEFT = 46, TOP = 42, WIDE = 258; // the table of a head
const TINTS = 20;
const COOL = 0.05, HOT = 10;

const within = (n, least, most) => Number.isInteger(n) && n >= least && n <= most;
const pause = (time) => new Promise((after) => { setTimeout(after, time); });
const counted = (list) => Object.fromEntries(list.map((one, i) => [i + 1, one]));
const plain = (symbol) => (symbol === " " ? "␣" : symbol);
const harm = ({ damage, off }) => JSON.stringify([damage, off]);
const fromOne = (n) => upTo(n, (i) => i + 1);

class NextLetter extends LiveFigure {
  get result() {
    const { state } = this;
    return this.load().then(() => this.#answer(state));
  }

  async #answer(state) {
    const { temperature, prefix } = state, reading = this.#reading(state).follow(this.#places(prefix));
    const chances = softmax(reading.scores, temperature);
    const square = (row, _, rows) => [...row, ...Array(rows.length - row.length).fill(0)];
    return {
      probabilities: Object.fromEntries([...this.given.letters].map((letter, i) => [letter, chances[i]])),
      attention: counted(reading.blocks.map(({ looks }) => counted(looks.map((rows) => rows.map(square))))),
      bits: await this.#bits(state),
    };
  }

  wrong({ prefix, temperature, damage, off, look }) {
    const { letters, matrices, blocks, heads } = this.given;
    const known = typeof prefix === "string" && [...prefix].every((symbol) => letters.indexOf(symbol) > 0);
    if (!known || prefix.length > LONGEST) return this.words.unknown;
    const isHead = (one) => one?.length === 2 && within(one[0], 1, blocks) && within(one[1], 1, heads);
    const { kind, matrix, size, seed, index, bit } = { ...DAMAGE, ...damage };
    const right = Number.isFinite(temperature) && temperature >= COOL && temperature <= HOT
      && Array.isArray(off) && off.every(isHead) && isHead(look)
      && (!damage || (KINDS.includes(kind) && Object.hasOwn(matrices, matrix) && size >= 0 && size <= HOT
        && within(seed, 0, 2 ** 32 - 1) && within(index, 0, matrices[matrix] - 1) && within(bit, 0, 31)));
    return right ? "" : this.words.wrong;
  }

  /** Fetch the model, once; when it does not come, it can be asked for again. */
  load() {
    this.loading ??= this.#fetch().catch((error) => {
      this.loading = undefined;
      this.status.textContent = this.words[error.message] ?? this.words.failed;
      throw error;
    });
    return this.loading;
  }

  #harmed() { return Boolean(this.state.damage || this.state.off.length); }

  /** The same for who presses: whether the model is there; if not, the figure has said why. */
  #ask() { return this.load().then(() => true, () => false); }

  async #fetch() {
    this.status.textContent = this.words.loading;
    const { file, sha256 } = this.given;
    const { arrays, verified } = await fetchWeights(new URL(`../models/${file}`, import.meta.url), sha256);
    this.arrays = arrays;
    this.exact = Object.fromEntries(Object.entries(arrays).map(([name, W]) => [name, Float64Array.from(W.numbers)]));
    this.status.textContent = verified ? this.words.verified : this.words.unverified;
    this.button.hidden = true;
    this.go.disabled = false;
    this.querySelector("svg").replaceWith(this.panel);
    this.share.before(this.more);
    this.more.open = this.#harmed();
    this.#show();
  }

  #weights(damage) {
    const key = JSON.stringify(damage), name = damage?.matrix;
    if (!this.p || key !== this.key) {
      this.p = damage ? { ...this.exact, [name]: damaged(this.arrays[name], { ...DAMAGE, ...damage }) } : this.exact;
      this.key = key;
    }
    return this.p;
  }

  #places(name) { return Array.from(name, (symbol) => this.given.letters.indexOf(symbol)); }

  #reading({ damage, off }) { return new Reading(this.#weights(damage), off); }

  /** Bits a symbol on the held-out names, a name at a time: the page stays quick. Nothing when no longer `wanted`. */
  async #bits(state, wanted = () => true) {
    const key = harm(state);
    if (this.measured?.key === key) return this.measured.bits;
    let bits = 0, symbols = 0;
    for (const name of this.given.names) {
      const reading = this.#reading(state).follow([]);
      for (const symbol of this.#places(`${name}.`)) {
        bits += reading.bits(symbol);
        symbols++;
        if (symbol) reading.read(symbol);
      }
      await pause();
      if (!wanted()) return undefined;
    }
    this.measured = { key, bits: bits / symbols };
    return bits / symbols;
  }

  build() {
    const { words, given } = this;
    const label = (name, control) => labelled(words[name], control);
    this.sliders = {};
    const slider = (name, ...limits) => {
      const output = element("output"), input = ranged(...limits);
      this.sliders[name] = { input, output, line: row(label(name, input), output) };
      return this.sliders[name].line;
    };
    this.typed = element("input", {
      type: "text", maxlength: LONGEST, size: 12, autocomplete: "off", autocapitalize: "none", spellcheck: "false",
      oninput: () => {
        const prefix = this.typed.value.normalize("NFC").toLowerCase(), wrong = this.wrong({ ...this.state, prefix });
        this.refuse(this.typed, wrong && `${this.typed.value}: ${wrong}`);
        this.#ask();
        if (!wrong) this.#change({ prefix });
      },
      onblur: () => { this.typed.setAttribute("aria-invalid", false); this.#follow(); },
    });
    this.button = button(words.load, () => this.#ask());
    this.status = element("span", { class: "live-soft", role: "status" });
    this.best = upTo(BEST, () => [element("th"), element("span", { class: "live-bar" }), element("td")]);
    this.look = ["block", "head"].map((name, i) => choice(fromOne(given[`${name}s`]), (value) => {
      this.#change({ look: this.state.look.with(i, Number(value)) });
    }));
    this.grid = element("svg:svg", {
      class: "live-looks", role: "application", tabindex: 0, "aria-label": words.grid,
      onpointermove: (event) => this.#point(event), onpointerdown: (event) => this.#point(event),
      onkeydown: (event) => {
        const move = {
          ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -LONGEST], End: [0, LONGEST],
        }[event.key];
        if (!move) return;
        event.preventDefault();
        this.#pair(this.pair[0] + move[0], this.pair[1] + move[1]);
      },
    });
    this.sum = element("p", { class: "live-sum" });
    this.panel = element("div", { class: "live-panel" },
      element("table", { class: "live-chances" }, this.after = element("caption"),
        ...this.best.map(([letter, bar, chance]) => element("tr", {}, letter, element("td", {}, bar), chance))),
      element("div", {}, row(label("block", this.look[0]), label("head", this.look[1])), this.grid),
      this.sum);

    this.off = element("input", { type: "checkbox", onchange: () => this.#silence() });
    this.kind = choice(["", ...KINDS], (kind) => this.#damage({ kind }), (kind) => words[kind || "none"]);
    this.matrix = choice(Object.keys(given.matrices), (matrix) => this.#damage({ matrix, index: 0 }));
    this.score = element("p", { class: "live-sum", role: "status" });
    [this.names, this.healthy] = upTo(2, () => element("p", { class: "live-names" }));
    this.silent = element("output");
    this.invented = element("output", { class: "live-names" });
    this.more = element("details", { ontoggle: () => this.#measure() }, element("summary", {}, words.damage),
      row(label("kind", this.kind), label("matrix", this.matrix)),
      slider("size", 0, 1, 0.01, (size) => this.#damage({ size })),
      slider("index", 0, 1, 1, (index) => this.#damage({ index })),
      slider("bit", 0, 31, 1, (bit) => this.#damage({ bit })),
      row(label("off", this.off), this.silent), this.score,
      element("p", { class: "live-title" }, words.names), this.names,
      element("p", { class: "live-title" }, words.unharmed), this.healthy);
    this.go = button(words.invent, () => this.#invent(), { disabled: true });
    const heat = slider("temperature", Math.log(COOL), Math.log(HOT), 0.01, (value) => {
      this.#change({ temperature: Math.round(Math.exp(value) * 100) / 100 });
    });
    this.share = this.buttons(this.button);
    this.share.append(this.status);
    this.prepend(row(row(label("start", this.typed), this.go), heat), label("invented", this.invented));
    this.append(this.share);
  }

  #change(state) {
    this.state = state;
    const best = this.best.slice(0, 3).map(([letter, , chance]) => `${letter.textContent} ${chance.textContent}`);
    this.announce(best.join("; "));
  }

  #silence() {
    const { off, look } = this.state, others = off.filter((one) => String(one) !== String(look));
    this.#change({ off: this.off.checked ? [...others, look] : others });
  }

  #damage(part) {
    const damage = { kind: "", ...this.state.damage, matrix: this.matrix.value, ...part };
    this.#change({ damage: damage.kind ? damage : null });
  }

  /** Draw letter after letter until the mark, from what the reader typed; any change of the state ends it. */
  async #invent() {
    const { prefix, temperature } = this.state, still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    for (let name = prefix, symbol = 1; symbol; name += this.given.letters[symbol]) {
      this.grown = name;
      this.#show();
      this.announce(name);
      await pause(still ? 0 : 200);
      if (this.grown !== name || name.length >= LONG) return;
      symbol = this.reading.draw(temperature, Math.random());
    }
    this.invented.value += this.given.letters[0]; // the mark: it has ended
  }

  draw() {
    this.grown = null;
    this.#follow();
    if (this.arrays) this.#show();
    else if (JSON.stringify(this.state) !== JSON.stringify(this.original)) this.#ask();
  }

  /** The controls follow the state. */
  #follow() {
    const { prefix, temperature, damage, off, look } = this.state, { matrices } = this.given;
    if (this.typed.getAttribute("aria-invalid") !== "true") this.typed.value = prefix;
    this.look.forEach((one, i) => { one.value = look[i]; });
    this.off.checked = off.some((one) => String(one) === String(look));
    this.silent.value = off.length ? `${this.words.silent}: ${off.map((one) => one.join(".")).join(", ")}` : "";
    const { kind, matrix, ...sizes } = { kind: "", matrix: this.matrix.value, ...DAMAGE, ...damage };
    this.kind.value = kind;
    this.matrix.value = matrix;
    this.sliders.index.input.max = matrices[matrix] - 1;
    for (const [name, { input, output, line }] of Object.entries(this.sliders)) {
      const value = { temperature, ...sizes }[name];
      input.value = name === "temperature" ? Math.log(value) : value;
      output.textContent = this.written(value);
      input.setAttribute("aria-valuetext", output.textContent);
      line.hidden = name !== "temperature" && kind !== (name === "size" ? "noise" : "flip");
    }
  }

  #show() {
    const { state } = this, { damage } = state, key = harm(state), name = this.grown ?? state.prefix;
    if (name !== this.name) Object.assign(this, { name, pair: null });
    this.invented.value = this.grown ?? "";
    if (this.read !== key) Object.assign(this, { read: key, reading: this.#reading(state) });
    this.after.textContent = `${this.words.chances}: ${name}…${this.#harmed() ? ` (${this.words.harmed})` : ""}`;
    const chances = softmax(this.reading.follow(this.#places(name)).scores, state.temperature);
    const best = Array.from(chances, (chance, symbol) => [chance, symbol]).sort(([a], [b]) => b - a);
    this.best.forEach(([letter, bar, chance], i) => {
      letter.textContent = best[i][1] ? plain(this.given.letters[best[i][1]]) : this.words.end;
      chance.textContent = this.written(best[i][0], 3);
      bar.style.width = `${100 * best[i][0]}%`;
    });
    if (damage?.kind === "flip") {
      const { matrix, index } = { ...DAMAGE, ...damage };
      const [before, after] = [this.exact, this.p].map((p) => this.#short(p[matrix][index]));
      this.sliders.bit.output.append(`: ${before} → ${after}`);
    }
    this.#drawLooks();
    this.#measure();
  }

  #short(value) {
    const notation = Math.abs(value) < 1e6 ? "standard" : "scientific";
    return value.toLocaleString(this.lang, { notation, maximumSignificantDigits: 4 }).replace("-", "−");
  }

  /** How much each symbol looks at itself and at those before it, for the head chosen. */
  #drawLooks() {
    const [block, head] = this.state.look, looks = this.reading.blocks[block - 1].looks[head - 1];
    this.signs = Array.from(`.${this.name}`, plain);
    const side = this.side = Math.min((WIDE - LEFT) / looks.length, 36), size = Math.min(14, side);
    const tints = Array(TINTS + 1).fill(""), wide = 0.95 * side;
    looks.forEach((row, i) => row.forEach((weight, j) => {
      tints[Math.round(weight * TINTS)] += `M${LEFT + j * side},${TOP + i * side}h${wide}v${wide}h${-wide}z`;
    }));
    const cells = tints.map((d, tint) => element("svg:path", { d, "fill-opacity": 0.06 + (0.94 * tint) / TINTS }));
    const names = this.signs.flatMap((sign, i) => {
      const middle = (i + 0.5) * side;
      return [[LEFT + middle, TOP - 7], [LEFT - 12, TOP + middle + size / 3]].map(([x, y]) =>
        element("svg:text", { x, y, "text-anchor": "middle" }, sign));
    });
    const half = (looks.length * side) / 2, axis = { class: "name", "text-anchor": "middle" };
    names.push(element("svg:text", { ...axis, x: LEFT + half, y: 14 }, this.words.columns),
      element("svg:text", { ...axis, transform: `translate(12 ${TOP + half}) rotate(-90)` }, this.words.rows));
    this.grid.style.setProperty("--size", `${size}px`);
    this.mark = element("svg:rect", { class: "live-here", width: side, height: side });
    this.grid.setAttribute("viewBox", `0 0 ${WIDE} ${TOP + looks.length * side + 2}`);
    this.grid.replaceChildren(...cells, ...names, this.mark);
    const last = looks.at(-1);
    this.#pair(...(this.pair ?? [last.length - 1, last.indexOf(Math.max(...last))]), false);
  }

  #point({ clientX, clientY }) {
    const box = this.grid.getBoundingClientRect(), scale = WIDE / box.width;
    const place = (at, from) => Math.floor((at * scale - from) / this.side);
    const i = place(clientY - box.top, TOP), j = place(clientX - box.left, LEFT);
    if (j >= 0 && j <= i && i < this.signs.length) this.#pair(i, j);
  }

  /** How one symbol comes to look so much at another: its query times the other's key, term by term. */
  #pair(row, column, told = true) {
    const i = Math.min(Math.max(row, 0), this.signs.length - 1), j = Math.min(Math.max(column, 0), i);
    this.pair = [i, j];
    this.mark.setAttribute("x", LEFT + (j - 0.025) * this.side);
    this.mark.setAttribute("y", TOP + (i - 0.025) * this.side);
    const [block, head] = this.state.look, { q, k, looks } = this.reading.blocks[block - 1];
    const size = q[i].length / this.given.heads, part = (x) => [...x.slice((head - 1) * size, head * size)];
    const [query, key] = [part(q[i]), part(k[j])], score = dot(query, key);
    const weight = this.written(looks[head - 1][i][j], 3);
    const pair = `${this.signs[i]} → ${this.signs[j]}: ${this.words.weight} ${weight}`;
    this.sum.replaceChildren(element("b", {}, pair), element("br"),
      `q · k = ${this.terms(query, key)} = ${this.written(score)}; ÷ √${size} = ${this.written(score / Math.sqrt(size))}`);
    if (told) this.announce(pair);
  }

  /** Names invented, and bits on the held-out names, once the reader has opened this part. */
  async #measure() {
    if (!this.more.open) return;
    const { state } = this, mine = this.measuring = {}, wanted = () => this.measuring === mine;
    if (this.measured?.key !== harm(state)) this.score.textContent = "…";
    await this.#names(this.names, state, wanted);
    if (!wanted()) return;
    const bits = await this.#bits(state, wanted);
    if (bits === undefined) return;
    const [now, before] = [bits, this.given.bits].map((one) => this.written(one, 3));
    this.score.textContent = `${this.words.score}: ${now} (${this.words.before} ${before})`;
    await this.#names(this.healthy, { ...state, damage: null, off: [] }, wanted);
  }

  /** Names invented, always with the same luck; they stop when no longer `wanted`. */
  async #names(place, state, wanted) {
    const names = [], next = random(1), p = state.damage ? this.#weights(state.damage) : this.exact;
    while (names.length < NAMES) {
      const reading = new Reading(p, state.off).follow([]);
      let name = "", symbol;
      while (name.length < LONG && (symbol = reading.draw(state.temperature, next()))) {
        name += this.given.letters[symbol];
        reading.read(symbol);
      }
      names.push(name || this.given.letters[0]); // the mark, at once
      await pause();
      if (!wanted()) return;
    }
    place.textContent = names.join(", ");
  }
}

customElements.define("next-letter", NextLetter);
