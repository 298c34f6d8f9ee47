// <descent-explorer>: gradient descent on the loss of the worked network, against one weight or over two.
// The same sums as gradient_step.py: y = w2 ReLU(w1 input + constant) + rest, and half the square of its error.

import { LiveFigure, between, isNumber, isWhole, onDrag, onKeys, put, shape, tell, upTo } from "./live-figure.js";

const LEAST = -1.5, MOST = 2; // the weights that the drawing shows
const STEPS = 100, FAR = 1e12; // how many steps at most; a loss from which descent is given up
const NEAR = 0.001; // a loss at which it has arrived
const BANDS = [0.02, 0.1, 0.3, 0.7, 1.5, 3, 6, 12];
const KEYS = { // how far each moves the start, to the right and up
  ArrowLeft: [-0.05, 0], ArrowRight: [0.05, 0], ArrowDown: [0, -0.05], ArrowUp: [0, 0.05],
  Home: [-4, 0], End: [4, 0], PageDown: [0, -0.5], PageUp: [0, 0.5],
};

const inside = ([x, y]) => x >= -155 && x <= 205 && y >= -123 && y <= 93;

export class DescentExplorer extends LiveFigure {
  /** The loss, and its derivatives: weights [w2], or [w2, w1]. */
  #at([w2, w1 = this.given.other]) {
    const { input, constant, rest, target } = this.given;
    const z = w1 * input + constant, h = Math.max(z, 0), error = w2 * h + rest - target;
    return { loss: 0.5 * error * error, gradient: [error * h, z > 0 ? error * w2 * input : 0] };
  }

  /** Where weights stand in the drawing, or so far away that it makes no difference: one by its loss, two by both. */
  #place([w2, w1]) {
    const y = w1 === undefined ? 90 - 42 * this.#at([w2]).loss : -60 * w1;
    return [100 * w2, y].map((far) => between(far, -1e4, 1e4));
  }

  get result() {
    const { weights, rate, steps } = this.state, path = [weights], losses = [];
    for (const now of path) { // which grows on the way
      const { loss, gradient } = this.#at(now);
      losses.push(loss);
      if (losses.length <= steps && loss < FAR) path.push(now.map((w, i) => w - rate * gradient[i]));
    }
    return { path, losses };
  }

  fits({ weights, rate, steps }) {
    return Array.isArray(weights) && isWhole(weights.length, 1, 2) && weights.every((w) => isNumber(w, -100, 100))
      && isNumber(rate, 0.0001, 10) && isWhole(steps, 0, STEPS);
  }

  /** Of two weights, the second begins where the network has it. */
  set(name, value) {
    if (name !== "weights.length") return super.set(name, value);
    this.state = { weights: [...this.state.weights, this.given.other].slice(0, value), steps: 0 };
  }

  told() { return this.found.svg.ariaLabel + this.found.verdict.textContent; }

  build() {
    const { svg, plot, dot, curve } = this.found;
    for (const tick of this.parts.tick) tick.textContent = this.written(Number(tick.textContent));
    put(curve, { points: upTo(351, (i) => this.#place([LEAST + i / 100])).filter(inside).join(" ") });
    onKeys(dot, KEYS, ([right, up]) => {
      const { weights: [x, y] } = this.state;
      this.#start(y === undefined ? [x + right + up] : [x + right, y + up]);
    });
    const press = ({ clientX, clientY }) => {
      const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(plot.getScreenCTM().inverse());
      this.#start([x / 100, -y / 60].slice(0, this.state.weights.length));
      return press; // again where it moves to
    };
    onDrag(svg, press);
  }

  /** Begin where one presses, or moves the dot. */
  #start(weights) {
    this.state = { weights: weights.map((w) => Math.round(between(w, LEAST, MOST) * 100) / 100), steps: 0 };
    this.announce(this.told());
  }

  step(more = 1) { this.change("steps", this.over ? this.state.steps : Math.min(this.state.steps + more, STEPS)); }
  tenSteps() { this.step(10); }
  again() { this.change("steps", 0); }

  /** How the walk has gone, in a line; nothing while it goes on. */
  #judge(losses, seen, gradient) {
    const { words } = this, last = losses.at(-1), near = losses.findIndex((loss) => loss < NEAR);
    if (last >= FAR) return words.stops;
    if (last > losses[0]) return words.fails;
    if (!seen) return words.out;
    if (near < 0 && gradient.every((slope) => slope === 0)) return words.flat;
    return near < 0 ? "" : `${words.near}: ${near}`;
  }

  /** The loss over two weights, in bands. */
  #drawBands() {
    for (let x = -150; x < 200; x += 5) for (let y = -120; y < 90; y += 5) {
      const { loss } = this.#at([(x + 2.5) / 100, -(y + 2.5) / 60]);
      const place = { x, y, width: 5, height: 5 }, depth = 0.09 * BANDS.filter((limit) => limit <= loss).length;
      this.found.bands.append(shape("rect", { ...place, class: "live-band", "fill-opacity": depth }));
    }
  }

  draw() {
    const { weights, steps } = this.state, { path, losses } = this.result, { words, found, parts } = this;
    const two = weights.length > 1, now = path.at(-1), { gradient } = this.#at(now);
    if (two && !found.bands.firstChild) this.#drawBands();
    parts.back.forEach((back, i) => put(back, { display: i === weights.length - 1 ? "inline" : "none" }));
    tell(found.upwards, two ? words.weight1 : words.loss);

    const places = path.map((one) => this.#place(one)), [[x, y]] = places;
    const shown = places.slice(0, places.findIndex((place) => !inside(place)) + 1 || undefined); // to the first outside
    put(found.walk, { points: shown.join(" ") });
    put(found.steps, { d: shown.filter(inside).map((place) => `M${place}h0`).join("") });
    put(found.end, { transform: `translate(${places.at(-1)})` });
    put(found.dot, {
      transform: `translate(${x},${Math.max(y, -120)})`,
      "aria-valuenow": weights[0], "aria-valuetext": weights.map((w) => this.written(w)).join("; "),
    });

    const say = (number) => this.written(number, 3);
    const numbers = now.map((w, i) => `${words[`weight${2 - i}`]} = ${say(w)}, ${words.slope} ${say(gradient[i])}. `);
    const lines = [`${words.done} ${path.length - 1}: ${words.loss} ${say(losses.at(-1))}; `, ...numbers];
    parts.line.forEach((line, i) => tell(line, lines[i] ?? ""));
    found.svg.ariaLabel = lines.join("");
    tell(found.verdict, this.#judge(losses, inside(places.at(-1)), gradient));
    this.over = losses.at(-1) >= FAR || steps >= STEPS;
    for (const more of parts.more) more.ariaDisabled = this.over;
  }
}
