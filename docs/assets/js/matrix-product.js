// <matrix-product>: point at a cell of the result and see its row and its column meet; numbers and shapes can change.
// The same sums as matmul_by_hand() in snippets/matrix_product.py.

import { LiveFigure, button, choice, dot, element, fill, row, upTo } from "./live-figure.js";

const MOST = 4, REACH = 1000; // rows or columns; what may be typed

const isList = (list) => Array.isArray(list) && list.length >= 1 && list.length <= MOST;
const isMatrix = (M) => isList(M) && M.every((one) => isList(one) && one.length === M[0].length
  && one.every((n) => Number.isFinite(n) && Math.abs(n) <= 1e6));
const column = (M, j) => M.map((one) => one[j]);

class MatrixProduct extends LiveFigure {
  get result() {
    const { A, B } = this.state;
    if (A[0].length !== B.length) return { error: `${this.words.unfit} ${A[0].length} ≠ ${B.length}` };
    return { C: A.map((one) => B[0].map((_, j) => dot(one, column(B, j)))) };
  }

  wrong({ A, B }) { return isMatrix(A) && isMatrix(B) ? "" : this.words.wrong; }

  build() {
    this.querySelector("svg").remove();
    this.chosen = this.given.cell;
    this.cells = Object.fromEntries(["A", "B", "C"].map((name) => [name, element("div", {
      class: "live-cells", role: "group", "aria-label": name === "C" ? "AB" : name,
    })]));
    const named = (name, shown) => element("div", { class: `live-${name}` },
      element("span", { class: "live-name", "aria-hidden": "true" }, shown), this.cells[name]);
    this.sum = element("p", { class: "live-sum" });
    this.append(element("div", { class: "live-crossing" }, named("B", "B"), named("A", "A"), named("C", "AB")),
      this.sum, row(this.#shape("A"), this.#shape("B")), this.buttons());
  }

  /** Rows and columns of a matrix, to choose; a cell that comes back has its number again, a new one is zero. */
  #shape(name) {
    const left = {};
    const change = () => {
      const [rows, columns] = selects.map((one) => Number(one.value)), M = this.state[name];
      M.forEach((one, i) => one.forEach((value, j) => { left[[i, j]] = value; }));
      this.state = { [name]: upTo(rows, (i) => upTo(columns, (j) => left[[i, j]] ?? 0)) };
      this.announce(this.result.error ?? "");
    };
    const selects = this[`shape${name}`] = ["rows", "columns"].map((way) =>
      choice(upTo(MOST, (i) => i + 1), change, undefined, { "aria-label": `${name}: ${this.words[way]}` }));
    return element("span", {}, `${name}: (`, selects[0], ", ", selects[1], ")");
  }

  /** Make as many cells as a matrix has, each once. */
  #fill(name, M, make) {
    const box = this.cells[name], key = `${M.length},${M[0].length}`;
    if (box.dataset.shape === key) return;
    box.dataset.shape = key;
    box.style.setProperty("--columns", M[0].length);
    box.replaceChildren(...M.flatMap((row, i) => row.map((_, j) => make(i, j))));
  }

  #input(name, i, j) {
    const label = `${name} (${i + 1}, ${j + 1})`;
    return this.field(label, -REACH, REACH, (value) => {
      const M = this.state[name];
      M[i][j] = value;
      this.state = { [name]: M };
      this.announce(this.sum.textContent);
    });
  }

  #output(i, j) {
    const choose = () => { this.chosen = [i, j]; this.draw(); this.announce(this.sum.textContent); };
    return button("", choose, { onfocus: choose, onpointerenter: choose });
  }

  draw() {
    const { A, B } = this.state, { C, error } = this.result;
    for (const [name, M] of [["A", A], ["B", B]]) {
      this.#fill(name, M, (i, j) => this.#input(name, i, j));
      this[`shape${name}`].forEach((select, way) => { select.value = way ? M[0].length : M.length; });
    }
    const [i, j] = this.chosen = [Math.min(this.chosen[0], A.length - 1), Math.min(this.chosen[1], B[0].length - 1)];
    this.#mark("A", A, (place) => C && place === i);
    this.#mark("B", B, (_, place) => C && place === j);
    this.querySelector(".live-C").hidden = !C;
    this.sum.classList.toggle("live-wrong", Boolean(error));
    if (error) { this.sum.textContent = error; return; }
    this.#fill("C", C, (...place) => this.#output(...place));
    this.#each("C", C, (cell, text, ...place) => {
      cell.textContent = text;
      cell.setAttribute("aria-label", `AB (${place[0] + 1}, ${place[1] + 1}): ${text}`);
      cell.classList.toggle("live-chosen", String(place) === String(this.chosen));
    });
    this.sum.textContent = `AB (${i + 1}, ${j + 1}) = ${this.terms(A[i], column(B, j))} = ${this.written(C[i][j])}`;
  }

  #mark(name, M, marked) {
    this.#each(name, M, (cell, text, ...place) => {
      fill(cell, text);
      cell.classList.toggle("live-meets", Boolean(marked(...place)));
    });
  }

  /** For each cell of a matrix: its number as it is written, its row and its column. */
  #each(name, M, act) {
    [...this.cells[name].children].forEach((cell, n) => {
      const i = Math.floor(n / M[0].length), j = n % M[0].length;
      act(cell, this.written(M[i][j]), i, j);
    });
  }
}

customElements.define("matrix-product", MatrixProduct);
