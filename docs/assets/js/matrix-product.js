// <matrix-product>: point at a cell of the result and see its row and its column meet; numbers and shapes can change.
// The same sums as matmul_by_hand() in snippets/matrix_product.py.

import { LiveFigure, element } from "./live-figure.js";

const MOST = 4, REACH = 1000; // rows or columns; what may be typed

const isMatrix = (M) => Array.isArray(M) && M.length >= 1 && M.length <= MOST
  && M.every((row) => Array.isArray(row) && row.length === M[0].length && row.length >= 1 && row.length <= MOST
    && row.every((n) => Number.isFinite(n) && Math.abs(n) <= 1e6));

class MatrixProduct extends LiveFigure {
  get result() {
    const { A, B } = this.state;
    if (A[0].length !== B.length) {
      return { error: `${this.words.unfit} ${A[0].length} ≠ ${B.length}` };
    }
    return { C: A.map((row) => B[0].map((_, j) => row.reduce((sum, a, k) => sum + a * B[k][j], 0))) };
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
      this.sum, element("div", { class: "live-row" }, this.#shape("A"), this.#shape("B")), this.buttons());
  }

  /** Rows and columns of a matrix, to choose; new cells are zero. */
  #shape(name) {
    const selects = ["rows", "columns"].map((way) => {
      const select = element("select", {
        "aria-label": `${name}: ${this.words[way]}`,
        onchange: () => {
          const [rows, columns] = selects.map((one) => Number(one.value));
          const M = this.state[name];
          this.state = { [name]: Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => M[i]?.[j] ?? 0)) };
          this.announce(this.result.error ?? "");
        },
      });
      for (let n = 1; n <= MOST; n++) select.add(new Option(n, n));
      return select;
    });
    this[`shape${name}`] = selects;
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
    return element("button", { type: "button", onclick: choose, onfocus: choose, onpointerenter: choose });
  }

  draw() {
    const { A, B } = this.state, { C, error } = this.result;
    for (const [name, M] of [["A", A], ["B", B]]) {
      this.#fill(name, M, (i, j) => this.#input(name, i, j));
      this[`shape${name}`].forEach((select, way) => { select.value = way ? M[0].length : M.length; });
    }
    const [i, j] = this.chosen = [Math.min(this.chosen[0], A.length - 1), Math.min(this.chosen[1], B[0].length - 1)];
    this.#mark("A", A, (row) => C && row === i);
    this.#mark("B", B, (_, column) => C && column === j);
    this.querySelector(".live-C").hidden = !C;
    this.sum.classList.toggle("live-wrong", Boolean(error));
    if (error) { this.sum.textContent = error; return; }
    this.#fill("C", C, (row, column) => this.#output(row, column));
    [...this.cells.C.children].forEach((cell, n) => {
      const [row, column] = [Math.floor(n / C[0].length), n % C[0].length];
      cell.textContent = this.written(C[row][column]);
      cell.setAttribute("aria-label", `AB (${row + 1}, ${column + 1}): ${this.written(C[row][column])}`);
      cell.classList.toggle("live-chosen", row === i && column === j);
    });
    const signed = (n) => (n < 0 ? `(${this.written(n)})` : this.written(n));
    const terms = A[i].map((a, k) => `${signed(a)} · ${signed(B[k][j])}`).join(" + ");
    this.sum.textContent = `AB (${i + 1}, ${j + 1}) = ${terms} = ${this.written(C[i][j])}`;
  }

  #mark(name, M, marked) {
    this.cells[name].querySelectorAll("input").forEach((cell, n) => {
      const [row, column] = [Math.floor(n / M[0].length), n % M[0].length];
      if (cell !== document.activeElement) cell.value = this.written(M[row][column]);
      cell.classList.toggle("live-meets", Boolean(marked(row, column)));
    });
  }
}

customElements.define("matrix-product", MatrixProduct);
