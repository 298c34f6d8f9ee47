// <next-letter>: the published Transformer in the page: what follows the start of a name, what each head looks at, and
// what becomes of both when a head is off or a matrix damaged. Nothing is fetched until the reader asks.

import { LiveFigure, between, dot, isNumber, isWhole, onKeys, put, shape, softmax, tell } from "./live-figure.js";
import { Reading, damaged, fetchWeights, random } from "./letters-model.js";

const KINDS = { noise: ["size"], zero: [], int8: [], int4: [], flip: ["index", "bit"] }; // and what each needs
const DAMAGE = { size: 0.1, seed: 1, index: 0, bit: 30 };
const LONGEST = 63, LONG = 40, NAMES = 6; // symbols typed, and invented; names that are shown
const SPACE = 212, TINTS = 20; // for the table of a head
const COOL = 0.05, HOT = 10;
const MOVES = {
  ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -LONGEST], End: [0, LONGEST],
};

const pause = (time) => new Promise((after) => { setTimeout(after, time); });
const counted = (list) => Object.fromEntries(list.map((one, i) => [i + 1, one]));
const plain = (symbol) => symbol.replace(" ", "␣");
const harm = ({ damage, off }) => JSON.stringify([damage, off]);

export class NextLetter extends LiveFigure {
  get result() { return this.#answer(this.state); }

  async #answer(state) {
    await this.load();
    const { temperature, prefix } = state, reading = this.#reading(state).follow(this.#places(prefix));
    const chances = softmax(reading.scores, temperature);
    const square = (row, _, rows) => [...row, ...Array(rows.length - row.length).fill(0)];
    return {
      probabilities: Object.fromEntries([...this.given.letters].map((letter, i) => [letter, chances[i]])),
      attention: counted(reading.blocks.map(({ looks }) => counted(looks.map((rows) => rows.map(square))))),
      bits: await this.#bits(state),
    };
  }

  /** Whether these can be the start of a name. */
  #known(prefix) {
    return typeof prefix === "string" && prefix.length <= LONGEST && this.#places(prefix).every((place) => place > 0);
  }

  fits({ prefix, temperature, damage, off, look }) {
    const { matrices, blocks, heads } = this.given;
    const isHead = (one) => one?.length === 2 && blocks.includes(one[0]) && heads.includes(one[1]);
    const { kind, matrix, size, seed, index, bit } = { ...DAMAGE, ...damage };
    if (!this.#known(prefix)) return this.words.unknown;
    return isNumber(temperature, COOL, HOT) && Array.isArray(off) && [...off, look].every(isHead)
      && (!damage || (Object.hasOwn(KINDS, kind) && Object.hasOwn(matrices, matrix) && isNumber(size, 0, HOT)
        && isWhole(seed, 0, 2 ** 32 - 1) && isWhole(index, 0, matrices[matrix] - 1) && isWhole(bit, 0, 31)));
  }

  get(name) {
    const { off, look, damage } = this.state, [top, part] = name.split(".");
    if (top === "off") return off.map(String).includes(String(look));
    if (top !== "damage") return super.get(name);
    if (part in DAMAGE && !KINDS[damage?.kind]?.includes(part)) return undefined;
    return { kind: "", matrix: this.found.matrix.value, ...DAMAGE, ...damage }[part];
  }

  set(name, value) {
    const { off, look, damage } = this.state, [top, part] = name.split(".");
    if (top === "off") {
      const others = off.filter((one) => String(one) !== String(look));
      this.state = { off: value ? [...others, look] : others };
    } else if (top === "damage") {
      const next = { kind: "", matrix: this.found.matrix.value, ...damage, [part]: value };
      if (part === "matrix") next.index = 0;
      this.state = { damage: next.kind ? next : null };
    } else super.set(name, top === "look" ? Number(value) : value);
  }

  /** A start of a name. */
  understood({ value }) {
    this.ask();
    const prefix = value.normalize("NFC").toLowerCase();
    return this.#known(prefix) ? prefix : undefined;
  }

  told() {
    const { letter, chance } = this.parts;
    return this.exact ? letter.slice(0, 3).map((one, i) => `${one.textContent} ${chance[i].textContent}`).join("; ") : "";
  }

  /** Fetch the model, once; if it does not come, it can be asked for again. */
  load() {
    return this.loading ??= this.#fetch().catch((error) => {
      this.loading = undefined;
      tell(this.found.status, this.words[error.message] ?? this.words.failed);
      throw error;
    });
  }

  /** The same for who presses: the figure says why it does not come. */
  ask() { this.load().catch(() => {}); }

  async #fetch() {
    const { found, words, given: { file, sha256 } } = this;
    tell(found.status, words.loading);
    const { arrays, verified } = await fetchWeights(new URL(`../models/${file}`, import.meta.url), sha256);
    this.exact = arrays;
    tell(found.status, verified ? words.verified : words.unverified);
    found.load.remove();
    found.drawing.remove();
    found.go.disabled = found.panel.hidden = found.more.hidden = false;
    found.more.open = this.#harmed();
    this.#show();
  }

  #harmed() { return Boolean(this.state.damage || this.state.off.length); }

  /** The model's numbers by name; those damaged last are kept. */
  #weights(damage) {
    const key = JSON.stringify(damage), { exact } = this;
    if (damage && key !== this.key) {
      const { matrix } = damage, W = damaged(exact[matrix], { ...DAMAGE, ...damage });
      Object.assign(this, { key, harmed: { ...exact, [matrix]: W } });
    }
    return damage ? this.harmed : exact;
  }

  #places(name) { return Array.from(name, (symbol) => this.given.letters.indexOf(symbol)); }

  #reading({ damage, off }) { return new Reading(this.#weights(damage), off).follow([]); }

  build() {
    const { grid, more } = this.found;
    more.ontoggle = () => this.#measure();
    grid.onpointermove = grid.onpointerdown = (event) => this.#point(event);
    onKeys(grid, MOVES, ([down, right]) => this.#pair(this.pair[0] + down, this.pair[1] + right));
  }

  /** Draw letter after letter until the mark, from what the reader typed; any change of the state ends it. */
  async invent() {
    const { prefix, temperature } = this.state, still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    for (let name = prefix, symbol = 1; symbol; name += this.given.letters[symbol]) {
      this.grown = name;
      this.#show();
      this.announce(name);
      await pause(still ? 0 : 200);
      if (this.grown !== name || name.length >= LONG) return;
      symbol = this.reading.draw(temperature, Math.random());
    }
    this.found.invented.value += this.given.letters[0]; // the mark: it has ended
  }

  follow() {
    this.found.index.max = this.given.matrices[this.get("damage.matrix")] - 1; // before its value
    super.follow();
  }

  draw() {
    const { off } = this.state;
    this.grown = null;
    this.found.silent.value = off.length ? `${this.words.silent}: ${off.map((one) => one.join(".")).join(", ")}` : "";
    if (this.exact) this.#show();
    else if (JSON.stringify(this.state) !== JSON.stringify(this.original)) this.ask();
  }

  #show() {
    const { state, found, parts, words } = this, { damage } = state, key = harm(state), name = this.grown ?? state.prefix;
    if (name !== this.name) Object.assign(this, { name, pair: null });
    found.invented.value = this.grown ?? "";
    if (this.read !== key) Object.assign(this, { read: key, reading: this.#reading(state) });
    tell(found.after, `${words.chances}: ${name}…${this.#harmed() ? ` (${words.harmed})` : ""}`);
    const chances = softmax(this.reading.follow(this.#places(name)).scores, state.temperature);
    const best = Array.from(chances, (chance, symbol) => [chance, symbol]).sort(([a], [b]) => b - a);
    parts.letter.forEach((letter, i) => {
      const [chance, symbol] = best[i];
      tell(letter, symbol ? plain(this.given.letters[symbol]) : words.end);
      tell(parts.chance[i], this.written(chance, 3));
      parts.bar[i].style.width = `${100 * chance}%`;
    });
    if (damage?.kind === "flip") {
      const { matrix, index } = { ...DAMAGE, ...damage };
      const digits = (p) => this.written(p[matrix][index], 4, "maximumSignificantDigits");
      tell(found.flipped, `: ${digits(this.exact)} → ${digits(this.harmed)}`);
    }
    this.#drawLooks();
    this.#measure();
  }

  /** How much each symbol looks at itself and at those before it: cells of side 1, drawn larger. */
  #drawLooks() {
    const { grid, columns, rows, signs, plot, cells } = this.found, [block, head] = this.state.look;
    const looks = this.reading.blocks[block - 1].looks[head - 1], many = looks.length, side = Math.min(SPACE / many, 36);
    const tints = Array(TINTS + 1).fill("");
    looks.forEach((row, i) => row.forEach((weight, j) => { tints[Math.round(weight * TINTS)] += `M${j},${i}h.95v.95h-.95z`; }));
    cells.replaceChildren(...tints.map((d, tint) => shape("path", { d, "fill-opacity": 0.06 + (0.94 * tint) / TINTS })));
    put(plot, { transform: `scale(${side})` });
    put(columns, { x: (many * side) / 2 });
    put(rows, { transform: `translate(-34 ${(many * side) / 2}) rotate(-90)` });
    put(grid, { viewBox: `0 0 ${SPACE + 46} ${many * side + 44}` }).style.setProperty("--size", `${Math.min(14, side)}px`);
    this.signs = Array.from(`.${this.name}`, plain);
    signs.replaceChildren(...this.signs.flatMap((sign, i) => {
      const middle = (i + 0.5) * side, both = [{ x: middle, y: -7 }, { x: -12, y: middle, dy: "0.33em" }];
      return both.map((place) => Object.assign(shape("text", place), { textContent: sign }));
    }));
    const last = looks.at(-1);
    this.#pair(...(this.pair ?? [many - 1, last.indexOf(Math.max(...last))]), false);
  }

  #point({ clientX, clientY }) {
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(this.found.plot.getScreenCTM().inverse());
    const [i, j] = [y, x].map(Math.floor);
    if (j >= 0 && j <= i && i < this.signs.length) this.#pair(i, j);
  }

  /** How one symbol comes to look so much at another: its query times the other's key, term by term. */
  #pair(row, column, told = true) {
    const { signs, found, state: { look: [block, head] } } = this, { q, k, looks } = this.reading.blocks[block - 1];
    const i = between(row, 0, signs.length - 1), j = between(column, 0, i);
    this.pair = [i, j];
    put(found.here, { x: j - 0.025, y: i - 0.025 });
    const size = q[i].length / this.given.heads.length, ofHead = (x) => [...x.slice((head - 1) * size, head * size)];
    const [query, key] = [q[i], k[j]].map(ofHead), score = dot(query, key);
    const pair = `${signs[i]} → ${signs[j]}: ${this.words.weight} ${this.written(looks[head - 1][i][j], 3)}`;
    tell(found.pair, pair);
    const end = `${this.written(score)}; ÷ √${size} = ${this.written(score / Math.sqrt(size))}`;
    tell(found.sum, `q · k = ${this.terms(query, key)} = ${end}`);
    if (told) this.announce(pair);
  }

  /** Names invented, and bits on the held-out names, once this part is open; the last asked for alone. */
  async #measure() {
    const { state, words, found: { more, score, names, healthy } } = this;
    if (!more.open) return;
    const mine = this.measuring = {}, wanted = () => this.measuring === mine;
    if (this.measured?.key !== harm(state)) tell(score, "…");
    await this.#invented(names, state, wanted);
    const bits = wanted() ? await this.#bits(state, wanted) : undefined;
    if (bits === undefined) return;
    tell(score, `${words.score}: ${this.written(bits, 3)} (${words.before} ${this.written(this.given.bits, 3)})`);
    await this.#invented(healthy, { ...state, damage: null, off: [] }, wanted);
  }

  /** Bits a symbol on the held-out names, a name at a time: the page stays quick. Nothing when no longer `wanted`. */
  async #bits(state, wanted = () => true) {
    const key = harm(state);
    if (this.measured?.key === key) return this.measured.bits;
    let bits = 0, symbols = 0;
    for (const name of this.given.names) {
      const reading = this.#reading(state);
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

  /** Names invented, always with the same luck; they stop when no longer `wanted`. */
  async #invented(place, state, wanted) {
    const names = [], next = random(1);
    while (names.length < NAMES) {
      const reading = this.#reading(state);
      let name = "", symbol;
      while (name.length < LONG && (symbol = reading.draw(state.temperature, next()))) {
        name += this.given.letters[symbol];
        reading.read(symbol);
      }
      names.push(name || this.given.letters[0]); // the mark, at once
      await pause();
      if (!wanted()) return;
    }
    tell(place, names.join(", "));
  }
}
