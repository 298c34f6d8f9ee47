// <feedforward-explorer>: a network whose inputs, weights and biases one can press, drag, slide and type.
// The same sums as forward() in snippets/feedforward.py.

import { LiveFigure, choice, dot, element, fill, indexed, label, row, slider, tell } from "./live-figure.js";

const ACTIVATIONS = {
  identity: (z) => z,
  relu: (z) => Math.max(z, 0),
  sigmoid: (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z))),
  tanh: Math.tanh,
};
const CALLED = { relu: "ReLU", tanh: "tanh" };
const LEAST = -10, MOST = 10; // what the slider reaches, and what may be typed

/** W x + b. */
const layer = (W, x, b) => W.map((weights, i) => dot(weights, x) + b[i]);

const numbers = (list, length) =>
  Array.isArray(list) && list.length === length && list.every((n) => Number.isFinite(n) && Math.abs(n) <= 1e6);
const matrix = (M, rows, columns) =>
  Array.isArray(M) && M.length === rows && M.every((one) => numbers(one, columns));

class FeedforwardExplorer extends LiveFigure {
  /** The values of every layer: the first are the inputs; a network without W2 has no hidden layer. */
  values({ x, W1, b1, W2, b2, activation = "identity" } = this.state) {
    const first = layer(W1, x, b1).map(ACTIVATIONS[activation]);
    return W2 ? [x, first, layer(W2, first, b2)] : [x, first];
  }

  get result() {
    const values = this.values();
    return { h: values.length > 2 ? values[1] : [], y: values.at(-1) };
  }

  wrong({ x, W1, b1, W2, b2, activation = "identity" }) {
    const [n, h, y] = [this.original.x.length, this.original.W1.length, this.original.W2?.length];
    const fits = numbers(x, n) && matrix(W1, h, n) && numbers(b1, h)
      && (y === undefined ? W2 === undefined : matrix(W2, y, h) && numbers(b2, y));
    return fits && Object.hasOwn(ACTIVATIONS, activation) ? "" : this.words.wrong;
  }

  /** Everything that can be changed: {name, path in the state, key of its place in the drawing, the neuron it feeds}. */
  #parameters() {
    const { x, W1, W2 } = this.original;
    const one = (name, count, i) => (count > 1 ? indexed(name, i + 1) : name);
    const found = x.map((_, j) => ({ name: one("x", x.length, j), path: ["x", j], key: `value 0,${j}`, neuron: [1, 0] }));
    [[W1, "1"], [W2, "2"]].forEach(([W, k]) => W?.forEach((weights, i) => {
      const neuron = [Number(k), i], [w, b] = W2 ? [indexed("W", k), indexed("b", k)] : ["w", "b"];
      weights.forEach((_, j) => found.push({
        name: W2 ? `${w} (${i + 1}, ${j + 1})` : one(w, weights.length, j),
        path: [`W${k}`, i, j], key: `weight ${k - 1},${i},${j}`, neuron,
      }));
      found.push({
        name: W.length > 1 ? `${b} (${i + 1})` : b, path: [`b${k}`, i], key: `bias ${k - 1},${i}`, neuron,
      });
    }));
    return found;
  }

  #get({ path }, state = this.state) { return path.reduce((part, key) => part[key], state); }

  #set(parameter, value) {
    const state = this.state;
    const last = parameter.path.at(-1);
    parameter.path.slice(0, -1).reduce((part, key) => part[key], state)[last] = value;
    this.state = state;
    const y = this.result.y.map((v, i, all) => `${all.length > 1 ? indexed("y", i + 1) : "y"} = ${this.written(v)}`);
    this.announce(y.join(", "));
  }

  build() {
    this.parameters = this.#parameters();
    this.chosen = this.parameters.find(({ path }) => path[0] === "W1");
    const svg = this.querySelector("svg");
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-label", this.words.now);
    for (const parameter of this.parameters) this.#makeLive(svg, parameter);
    for (const circle of svg.querySelectorAll("[data-node]")) {
      const [k, i] = circle.dataset.node.split(",").map(Number);
      if (!k) continue;
      this.#explainAt(circle, [k, i]);
      circle.addEventListener("click", () => this.#choose(this.parameters.find(({ path }) => path[0] === `b${k}` && path[1] === i)));
    }
    this.slider = slider(LEAST, MOST, 0.1, (value) => this.#set(this.chosen, value));
    this.name = element("span", { class: "live-name" });
    this.input = this.field("", LEAST, MOST, (value) => this.#set(this.chosen, value));
    this.sum = element("p", { class: "live-sum" });
    this.append(row(this.name, this.slider, this.input), this.sum);
    if (this.original.W2) this.append(this.#matrices(), this.#activation());
    this.append(this.buttons());
  }

  /** A number of the drawing becomes a slider: press it, drag it sideways, or move it with the arrows. */
  #makeLive(svg, parameter) {
    const [kind, place] = parameter.key.split(" ");
    const text = svg.querySelector(`[data-${kind}="${place}"]`);
    const edge = kind === "weight" && svg.querySelector(`[data-edge="${place}"]`);
    const marks = [text];
    if (edge) {
      const wide = edge.cloneNode();
      wide.removeAttribute("data-edge");
      wide.setAttribute("class", "live-grip");
      edge.before(wide);
      marks.push(wide);
    }
    parameter.text = text;
    parameter.edge = edge || undefined;
    for (const [name, value] of Object.entries({
      role: "slider", tabindex: 0, "aria-label": parameter.name, "aria-valuemin": LEAST, "aria-valuemax": MOST,
    })) text.setAttribute(name, value);
    text.addEventListener("focus", () => this.#choose(parameter));
    text.addEventListener("keydown", (event) => {
      const step = { ArrowUp: 0.1, ArrowRight: 0.1, ArrowDown: -0.1, ArrowLeft: -0.1, PageUp: 1, PageDown: -1 }[event.key];
      const end = { Home: LEAST, End: MOST }[event.key] ?? (step && this.#get(parameter) + step);
      if (event.key === "Enter") this.input.focus();
      if (end === undefined) return;
      event.preventDefault();
      this.#move(parameter, end);
    });
    for (const mark of marks) {
      this.#explainAt(mark, parameter.neuron);
      mark.classList.add("live-mark");
      mark.addEventListener("pointerdown", (event) => {
        this.#choose(parameter);
        const [from, value] = [event.clientX, this.#get(parameter)];
        mark.setPointerCapture(event.pointerId);
        mark.onpointermove = ({ clientX }) => this.#move(parameter, value + (clientX - from) / 50);
      });
      for (const end of ["pointerup", "pointercancel"]) mark.addEventListener(end, () => { mark.onpointermove = null; });
    }
  }

  #move(parameter, value) {
    this.#set(parameter, Math.min(MOST, Math.max(LEAST, Math.round(value * 10) / 10)));
  }

  #choose(parameter) {
    this.chosen = parameter;
    this.draw();
  }

  #matrices() {
    const shown = element("div", { class: "live-matrices" });
    for (const name of ["W1", "b1", "W2", "b2"]) {
      const list = this.parameters.filter(({ path }) => path[0] === name);
      const cells = list.map((parameter) => {
        parameter.cell = this.field(parameter.name, LEAST, MOST, (value) => this.#set(parameter, value), {
          onfocus: () => this.#choose(parameter), class: name[0] === "W" ? "weight" : "bias",
        });
        return parameter.cell;
      });
      const columns = name[0] === "W" ? this.original[name][0].length : 1;
      shown.append(element("div", { role: "group", "aria-label": indexed(name[0], name[1]) },
        element("span", { class: "live-name", "aria-hidden": "true" }, `${indexed(name[0], name[1])} =`),
        element("div", { class: "live-cells", style: `--columns: ${columns}` }, ...cells)));
    }
    return shown;
  }

  #activation() {
    this.select = choice(Object.keys(ACTIVATIONS), (activation) => { this.state = { activation }; }, (name) => this.#called(name));
    return row(label(this.words.activation, this.select));
  }

  #called(activation) { return CALLED[activation] ?? this.words[activation]; }

  /** While something is pointed at: the sum of the neuron that it feeds. */
  #explainAt(mark, neuron) {
    mark.addEventListener("pointerenter", () => this.#explain(neuron));
    mark.addEventListener("pointerleave", () => this.#explain(this.chosen.neuron));
  }

  /** The sum behind a neuron's value, term by term. */
  #explain([k, i]) {
    const state = this.state, values = this.values(state), last = values.length - 1;
    const W = state[`W${k}`][i], b = state[`b${k}`][i], x = values[k - 1];
    const name = k === last ? "y" : "h", many = values[k].length > 1;
    const called = many ? indexed(name, i + 1) : name;
    const { activation = "identity" } = state;
    const after = k < last && activation !== "identity"
      ? ` → ${this.#called(activation)}: ${this.written(values[k][i])}` : "";
    this.sum.textContent = `${called} = ${this.terms(W, x)} ${this.#added(b)} = ${this.written(dot(W, x) + b)}${after}`;
  }

  #added(bias) { return `${bias < 0 ? "−" : "+"} ${this.written(Math.abs(bias))}`; }

  draw() {
    const state = this.state;
    const largest = Math.max(...["W1", "W2"].flatMap((name) => (this.original[name] ?? []).flat().map(Math.abs)), 0.1);
    this.values(state).forEach((values, k) => values.forEach((value, i) => {
      tell(this.querySelector(`[data-value="${k},${i}"]`), this.written(value));
    }));
    for (const parameter of this.parameters) {
      const value = this.#get(parameter, state), { text, edge, cell } = parameter, isChosen = parameter === this.chosen;
      if (value !== parameter.shown) { // what is as it was is not laid out again
        Object.assign(parameter, { shown: value, written: this.written(value) });
        text.textContent = parameter.path[0][0] === "b" ? this.#added(value) : parameter.written;
        text.setAttribute("aria-valuenow", value);
        text.setAttribute("aria-valuetext", parameter.written);
        edge?.setAttribute("stroke-width", 1 + (4 * Math.min(Math.abs(value), 2 * largest)) / largest);
        edge?.classList.toggle("negative", value < 0);
      }
      for (const mark of [text, edge, cell]) mark?.classList.toggle("live-chosen", isChosen);
      if (cell) fill(cell, parameter.written);
    }
    const { shown: value, written } = this.chosen;
    for (const control of [this.slider, this.input]) control.setAttribute("aria-label", this.chosen.name);
    this.name.textContent = this.chosen.name;
    this.slider.value = value;
    this.slider.setAttribute("aria-valuetext", written);
    fill(this.input, written);
    if (this.select) this.select.value = state.activation ?? "identity";
    this.#explain(this.chosen.neuron);
  }
}

customElements.define("feedforward-explorer", FeedforwardExplorer);
