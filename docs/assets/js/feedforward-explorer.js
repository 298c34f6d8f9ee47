// <feedforward-explorer>: a network whose inputs, weights and biases one can press, drag, slide and type.
// The same sums as forward() in snippets/feedforward.py.

import { LiveFigure, between, dot, indexed, isNumber, onDrag, onKeys, put, tell } from "./live-figure.js";

const ACTIVATIONS = {
  identity: (z) => z,
  relu: (z) => Math.max(z, 0),
  sigmoid: (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z))),
  tanh: Math.tanh,
};
const LEAST = -10, MOST = 10; // what arrows and dragging reach
const STEPS = { // Enter leads to the box
  ArrowUp: 0.1, ArrowRight: 0.1, ArrowDown: -0.1, ArrowLeft: -0.1, PageUp: 1, PageDown: -1, Home: -Infinity, End: Infinity,
  Enter: 0,
};

/** W x + b. */
const layer = (W, x, b) => W.map((weights, i) => dot(weights, x) + b[i]);

/** Whether all is of the same shape, and numbers. */
const alike = (all, model) => all === model || (Array.isArray(model)
  ? Array.isArray(all) && all.length === model.length && model.every((part, i) => alike(all[i], part))
  : isNumber(all, -1e6, 1e6));

export class FeedforwardExplorer extends LiveFigure {
  /** The values of every layer: the first are the inputs; a network without W2 has no hidden layer. */
  values({ x, W1, b1, W2, b2, activation = "identity" } = this.state) {
    const first = layer(W1, x, b1).map(ACTIVATIONS[activation]);
    return W2 ? [x, first, layer(W2, first, b2)] : [x, first];
  }

  get result() {
    const values = this.values();
    return { h: values.length > 2 ? values[1] : [], y: values.at(-1) };
  }

  fits({ activation = "identity", ...arrays }) {
    const models = { W2: undefined, ...this.original, activation: undefined };
    return Object.hasOwn(ACTIVATIONS, activation) && Object.keys(models).every((one) => alike(arrays[one], models[one]));
  }

  told() {
    return this.result.y.map((v, i, all) => `${all.length > 1 ? indexed("y", i) : "y"} = ${this.written(v)}`).join(", ");
  }

  // The controls named "chosen" move the parameter that was pressed last.
  get(name) { return super.get(name === "chosen" ? this.chosen.path : name); }
  set(name, value) { super.set(name === "chosen" ? this.chosen.path : name, value); }

  build() {
    const { found, parts, given, original } = this, svg = found.drawing;
    put(svg, { role: "group", "aria-label": this.words.now });
    this.parameters = {};
    for (const text of svg.querySelectorAll('[data-value^="0,"], [data-weight], [data-bias]')) this.#makeLive(svg, text);
    this.chosen = this.parameters["W1.0.0"];
    for (const circle of svg.querySelectorAll('[data-node]:not([data-node^="0,"])')) {
      const [k, i] = circle.dataset.node.split(",").map(Number);
      this.#explainAt(circle, [k, i]);
      circle.onclick = () => this.#choose(this.parameters[`b${k}.${i}`]);
    }
    if (!original.W2) return parts.deep.forEach((one) => one.remove());
    for (const name of Object.keys(given)) found[name]?.style.setProperty("--columns", original[name][0].length ?? 1);
    for (const cell of parts.cell) {
      this.parameters[cell.name].cell = cell;
      cell.addEventListener("focus", () => this.#choose(this.parameters[cell.name]));
    }
  }

  /** A number of the drawing becomes a slider, to drag sideways or move with the arrows. */
  #makeLive(svg, text) {
    const [[kind, key]] = Object.entries(text.dataset), [k, ...place] = key.split(",").map(Number);
    const array = { value: "x", weight: `W${k + 1}`, bias: `b${k + 1}` }[kind], path = [array, ...place].join(".");
    const { name } = this.given[array].find((one) => one.path === path);
    const neuron = kind === "value" ? [1, 0] : [k + 1, place[0]]; // that it feeds
    const edge = kind === "weight" ? svg.querySelector(`[data-edge="${key}"]`) : undefined;
    const parameter = this.parameters[path] = { path, name, neuron, text, edge, isBias: kind === "bias" }, marks = [text];
    if (edge) { // a wider line to press
      marks.push(put(edge.cloneNode(), { class: "live-grip", "data-edge": "" }));
      edge.before(marks[1]);
    }
    put(text, { role: "slider", tabindex: 0, "aria-label": name, "aria-valuemin": LEAST, "aria-valuemax": MOST });
    text.onfocus = () => this.#choose(parameter);
    onKeys(text, STEPS, (step) => (step ? this.#move(path, this.get(path) + step) : this.parts.chosen[1].focus()));
    for (const mark of marks) {
      this.#explainAt(mark, neuron);
      mark.classList.add("live-mark");
      onDrag(mark, ({ clientX: from }) => {
        this.#choose(parameter);
        const value = this.get(path);
        return ({ clientX }) => this.#move(path, value + (clientX - from) / 50);
      });
    }
  }

  #move(path, value) { this.change(path, between(Math.round(value * 10) / 10, LEAST, MOST)); }

  #choose(parameter) {
    this.chosen = parameter;
    this.show();
  }

  /** While it is pointed at: the sum of the neuron that it feeds. */
  #explainAt(mark, neuron) {
    mark.onpointerenter = () => this.#explain(neuron);
    mark.onpointerleave = () => this.#explain(this.chosen.neuron);
  }

  /** The sum behind a neuron's value, term by term. */
  #explain([k, i]) {
    const { state } = this, values = this.values(state), isLast = k === values.length - 1;
    const W = state[`W${k}`][i], b = state[`b${k}`][i], x = values[k - 1], name = isLast ? "y" : "h";
    const { activation = "identity" } = state;
    const after = isLast || activation === "identity" ? ""
      : ` → ${this.found.activation.selectedOptions[0].text}: ${this.written(values[k][i])}`;
    const called = values[k].length > 1 ? indexed(name, i) : name, sum = this.written(dot(W, x) + b);
    tell(this.found.sum, `${called} = ${this.terms(W, x)} ${this.#added(b)} = ${sum}${after}`);
  }

  #added(bias) { return `${bias < 0 ? "−" : "+"} ${this.written(Math.abs(bias))}`; }

  draw() {
    const { W1, W2 = [] } = this.original, largest = Math.max(0.1, ...[...W1, ...W2].flat().map(Math.abs));
    this.values().forEach((values, k) => values.forEach((value, i) => {
      tell(this.querySelector(`[data-value="${k},${i}"]`), this.written(value));
    }));
    for (const parameter of Object.values(this.parameters)) {
      const value = this.get(parameter.path), { text, edge, cell, isBias } = parameter;
      for (const mark of [text, edge, cell]) mark?.classList.toggle("live-chosen", parameter === this.chosen);
      if (value === parameter.shown) continue; // what is as it was is not laid out again
      parameter.shown = value;
      tell(text, isBias ? this.#added(value) : this.written(value));
      put(text, { "aria-valuenow": value, "aria-valuetext": this.written(value) });
      if (!edge) continue;
      put(edge, { "stroke-width": 1 + (4 * Math.min(Math.abs(value), 2 * largest)) / largest });
      edge.classList.toggle("negative", value < 0);
    }
    for (const control of this.parts.chosen) control.ariaLabel = this.chosen.name;
    tell(this.found.name, this.chosen.name);
    this.#explain(this.chosen.neuron);
  }
}
