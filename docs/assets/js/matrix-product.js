// <matrix-product>: point at a cell of the result and see its row and its column meet.
// The same sums as matmul_by_hand() in snippets/matrix_product.py.

import { LiveFigure, dot, isNumber, isWhole, tell, upTo } from "./live-figure.js";

const MOST = 4; // rows or columns

const isList = (list) => Array.isArray(list) && list.length >= 1 && list.length <= MOST;
const isMatrix = (M) => isList(M) && M.every((one) => isList(one) && one.length === M[0].length
  && one.every((n) => isNumber(n, -1e6, 1e6)));
const column = (M, j) => M.map((one) => one[j]);

export class MatrixProduct extends LiveFigure {
  #left = {}; // numbers of cells that are there no more: they come back with them

  get result() {
    const { A, B } = this.state;
    if (A[0].length !== B.length) return { error: `${this.words.unfit} ${A[0].length} ≠ ${B.length}` };
    return { C: A.map((one) => B[0].map((_, j) => dot(one, column(B, j)))) };
  }

  fits({ A, B, cell }) {
    return isMatrix(A) && isMatrix(B)
      && Array.isArray(cell) && cell.length === 2 && cell.every((n) => isWhole(n, 0, MOST - 1));
  }

  told() { return this.found.sum.textContent; }

  build() {
    for (const cell of this.parts.cell) {
      const choose = () => this.change("cell", Array.from(cell.dataset.place, Number));
      Object.assign(cell, { onclick: choose, onfocus: choose, onpointerenter: choose });
    }
  }

  set(name, value) {
    const [which, ...place] = name.split("."), M = this.state[which];
    if (place.at(-1) !== "length") return super.set(name, value);
    const [rows, columns] = place.length > 1 ? [M.length, Number(value)] : [Number(value), M[0].length];
    M.forEach((one, i) => one.forEach((n, j) => { this.#left[[which, i, j]] = n; }));
    this.state = { [which]: upTo(rows, (i) => upTo(columns, (j) => this.#left[[which, i, j]] ?? 0)) };
  }

  draw() {
    const { A, B, cell } = this.state, { C, error } = this.result, { found, parts } = this;
    const i = Math.min(cell[0], A.length - 1), j = Math.min(cell[1], B[0].length - 1);
    for (const input of parts.factor) {
      const [which, row, column] = input.name.split(".");
      input.classList.toggle("live-meets", Boolean(C) && Number(which === "A" ? row : column) === (which === "A" ? i : j));
    }
    for (const [name, M] of Object.entries({ A, B, C })) found[name].style.setProperty("--columns", M?.[0].length);
    for (const cell of parts.cell) {
      const [row, column] = cell.dataset.place, value = C?.[row]?.[column];
      cell.hidden = value === undefined;
      tell(cell, this.written(value ?? 0));
      cell.ariaLabel = `AB (${+row + 1}, ${+column + 1}): ${cell.textContent}`;
      cell.classList.toggle("live-chosen", row + column === `${i}${j}`);
    }
    found.C.parentElement.hidden = Boolean(error);
    found.sum.classList.toggle("live-wrong", Boolean(error));
    tell(found.sum, error ?? `AB (${i + 1}, ${j + 1}) = ${this.terms(A[i], column(B, j))} = ${this.written(C[i][j])}`);
  }
}
