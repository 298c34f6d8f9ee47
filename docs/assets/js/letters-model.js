// The published Transformer, run from its file: what transformer.py does, one symbol after another.

import { dot, softmax, sum, upTo } from "./live-figure.js";

const HEADS = 4;

/** The arrays of the file, {name: numbers}, and whether its checksum is verified: over a secure connection. */
export async function fetchWeights(address, sha256) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error("failed");
  const bytes = await answer.arrayBuffer(), verified = Boolean(crypto.subtle);
  if (verified) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (found !== sha256) throw new Error("changed");
  }
  return { arrays: parse(bytes), verified };
}

/** Read a safetensors file of float32: {name: numbers}; those of a matrix, row by row, know how many `columns` it has. */
function parse(bytes) {
  const begin = 8 + Number(new DataView(bytes).getBigUint64(0, true));
  const { __metadata__, ...header } = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, begin - 8)));
  return Object.fromEntries(Object.entries(header).map(([name, { dtype, shape, data_offsets: ends }]) => {
    if (dtype !== "F32") throw new Error("failed");
    const numbers = new Float32Array(bytes.slice(...ends.map((end) => begin + end)));
    return [name, Object.assign(Float64Array.from(numbers), { columns: shape.at(-1) })];
  }));
}

/** Numbers from 0 to 1, always the same for a seed. */
export function random(seed) {
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
}

/** To the nearest whole number, halves to the even one, as NumPy does: beside so large a number nothing else fits. */
const round = (x) => x + 1.5 * 2 ** 52 - 1.5 * 2 ** 52;

/** Numbers with noise, zeros, few bits for each (see precision.py), or one bit of one flipped. */
export function damaged(numbers, { kind, size, seed, index, bit }) {
  const W = Float64Array.from(numbers), next = random(seed), { columns = W.length } = numbers;
  if (kind === "zero") return W.fill(0);
  if (kind === "noise") return W.map((w) => w + size * (2 * next() - 1));
  if (kind === "flip") {
    const number = Float32Array.of(W[index]);
    new Uint32Array(number.buffer)[0] ^= 1 << bit;
    return W.with(index, number[0]);
  }
  const limit = kind === "int8" ? 127 : 7;
  for (let at = 0; at < W.length; at += columns) {
    const row = W.subarray(at, at + columns);
    const scale = Math.max(Math.max(...row.map(Math.abs)) / limit, 2 ** -126);
    row.forEach((w, j) => { row[j] = round(w / scale) * Math.fround(scale); });
  }
  return W;
}

/** W x + b, the rows of W one after the other. */
function linear(W, x, b) {
  const rows = W.length / x.length, y = new Float64Array(rows);
  for (let i = 0, at = 0; i < rows; i++) {
    let sum = b ? b[i] : 0;
    for (let j = 0; j < x.length; j++) sum += W[at++] * x[j];
    y[i] = sum;
  }
  return y;
}

function normalise(x, scale, shift) {
  const mean = sum(x) / x.length, far = x.map((one) => one - mean), spread = Math.sqrt(dot(far, far) / x.length + 1e-5);
  return far.map((one, i) => (one / spread) * scale[i] + shift[i]);
}

const add = (x, y) => x.map((one, i) => one + y[i]);

/** A name as it is read, from the mark on: scores after each symbol; of each block q, k, v and, by head, looks. */
export class Reading {
  /** p: {name: numbers}; off: the silent heads, [[block, head], ...], from one. */
  constructor(p, off) {
    Object.assign(this, { p, off, symbols: [], after: [], blocks: [] });
    while (p[`block${this.blocks.length + 1}.Wq`]) {
      this.blocks.push({ q: [], k: [], v: [], looks: upTo(HEADS, () => []) });
    }
  }

  /** The scores of what comes next. */
  get scores() { return this.after.at(-1); }

  /** Read these symbols after the mark; what was read alike before is not read again. */
  follow(symbols) {
    const wanted = [0, ...symbols];
    let same = 0;
    while (same < wanted.length && wanted[same] === this.symbols[same]) same++;
    const lists = this.blocks.flatMap(({ q, k, v, looks }) => [q, k, v, ...looks]);
    for (const list of [this.symbols, this.after, ...lists]) list.length = same;
    for (const symbol of wanted.slice(same)) this.read(symbol);
    return this;
  }

  /** Read one more symbol. */
  read(symbol) {
    const { p } = this, width = p["norm.scale"].length, size = width / HEADS, at = this.symbols.length;
    const row = (M, i) => M.subarray(i * width, (i + 1) * width);
    this.symbols.push(symbol);
    let x = add(row(p.E, symbol), row(p.P, at));
    this.blocks.forEach((kept, b) => {
      const w = (name) => p[`block${b + 1}.${name}`];
      let z = normalise(x, w("norm1.scale"), w("norm1.shift"));
      for (const one of ["q", "k", "v"]) kept[one].push(linear(w(`W${one}`), z, w(`b${one}`)));
      const found = new Float64Array(width);
      kept.looks.forEach((looks, head) => {
        const part = (numbers) => numbers.subarray(head * size, (head + 1) * size), q = part(kept.q[at]);
        looks.push(softmax(kept.k.map((k) => dot(q, part(k)) / Math.sqrt(size))));
        if (this.off.some(([block, one]) => block === b + 1 && one === head + 1)) return;
        const mixed = part(found);
        looks[at].forEach((weight, j) => part(kept.v[j]).forEach((value, n) => { mixed[n] += weight * value; }));
      });
      x = add(x, linear(w("Wo"), found, w("bo")));
      z = normalise(x, w("norm2.scale"), w("norm2.shift"));
      x = add(x, linear(w("W2"), linear(w("W1"), z, w("b1")).map((h) => Math.max(h, 0)), w("b2")));
    });
    this.after.push(linear(p.E, normalise(x, p["norm.scale"], p["norm.shift"])));
  }

  /** The bits of a symbol, if it is the next. */
  bits(symbol) {
    const { scores } = this, highest = Math.max(...scores);
    return (Math.log(sum(scores.map((score) => Math.exp(score - highest)))) + highest - scores[symbol]) / Math.LN2;
  }

  /** Draw the next symbol with a number from 0 to 1; the mark, 0, ends a name. */
  draw(temperature, number) {
    const chances = softmax(this.scores, temperature);
    let place = 0;
    for (let reached = chances[0]; reached < number && place < chances.length - 1; reached += chances[place]) place++;
    return place;
  }
}
