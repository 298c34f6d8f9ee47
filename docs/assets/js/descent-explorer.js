// <descent-explorer>: gradient descent on the loss of the worked network, against one weight or over two.
// The same sums as gradient_step.py: y = w2 ReLU(w1 input + constant) + rest, and half the square of its error.

import { LiveFigure, button, choice, element, fill, label, row, upTo } from "./live-figure.js";

const WIDE = 388, TALL = 284, LEFT = 40, BELOW = 48, HEAD = 24; // the drawing, and the room for numbers and names
const LEAST = -1.5, MOST = 2, TOP = 5; // the weights, and the largest loss, that it shows
const NUDGE = 0.05; // how far an arrow moves the start
const STEPS = 100, FAR = 1e12; // how many steps at most; a loss from which descent is given up
const NEAR = 0.001; // a loss at which it has arrived
const BANDS = [0.02, 0.1, 0.3, 0.7, 1.5, 3, 6, 12];

const across = (w) => LEFT + ((WIDE - LEFT) * (w - LEAST)) / (MOST - LEAST);
const up = (value, least = 0, most = TOP) => TALL - BELOW - ((TALL - BELOW - HEAD) * (value - least)) / (most - least);

class DescentExplorer extends LiveFigure {
  /** The loss, and its derivatives: weights [w2], or [w2, w1]. */
  #at([w2, w1 = this.given.other]) {
    const { input, constant, rest, target } = this.given;
    const z = w1 * input + constant, h = Math.max(z, 0), error = w2 * h + rest - target;
    return { loss: 0.5 * error * error, gradient: [error * h, z > 0 ? error * w2 * input : 0] };
  }

  get result() {
    const { weights, rate, steps } = this.state;
    const path = [weights], losses = [this.#at(weights).loss];
    for (let n = 0; n < steps && losses.at(-1) < FAR; n++) {
      const { gradient } = this.#at(path.at(-1));
      path.push(path.at(-1).map((w, i) => w - rate * gradient[i]));
      losses.push(this.#at(path.at(-1)).loss);
    }
    return { path, losses };
  }

  wrong({ weights, rate, steps }) {
    const right = Array.isArray(weights) && [1, 2].includes(weights.length)
      && weights.every((w) => Number.isFinite(w) && Math.abs(w) <= 100)
      && rate >= 0.0001 && rate <= 10 && Number.isInteger(steps) && steps >= 0 && steps <= STEPS;
    return right ? "" : this.words.wrong;
  }

  build() {
    this.querySelector("svg").remove();
    this.svg = element("svg:svg", { viewBox: `0 0 ${WIDE + 12} ${TALL}`, role: "group" });
    this.walk = element("svg:polyline", { class: "live-path" });
    this.steps = element("svg:path", { class: "live-steps" });
    this.end = element("svg:circle", { r: 6.5, class: "node" });
    this.back = element("svg:g");
    this.dot = element("svg:circle", {
      r: 10, class: "live-dot", role: "slider", tabindex: 0, "aria-label": this.words.start, "aria-valuemin": LEAST, "aria-valuemax": MOST,
      onkeydown: (event) => {
        const { weights } = this.state, [right, up] = {
          ArrowLeft: [-NUDGE, 0], ArrowRight: [NUDGE, 0], ArrowDown: [0, -NUDGE], ArrowUp: [0, NUDGE],
          Home: [-MOST * 2, 0], End: [MOST * 2, 0], PageDown: [0, -10 * NUDGE], PageUp: [0, 10 * NUDGE],
        }[event.key] ?? [];
        if (right === undefined) return;
        event.preventDefault();
        this.#start(weights.length > 1 ? [weights[0] + right, weights[1] + up] : [weights[0] + right + up]);
      },
    });
    this.svg.append(this.back, this.walk, this.steps, this.end, this.dot);
    const place = (event) => this.#place(event);
    this.svg.addEventListener("pointerdown", (event) => {
      place(event);
      this.svg.setPointerCapture(event.pointerId);
      this.svg.addEventListener("pointermove", place);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      this.svg.addEventListener(end, () => this.svg.removeEventListener("pointermove", place));
    }
    this.many = choice([1, 2], (many) => {
      const { weights } = this.state;
      this.state = { weights: [...weights, this.given.other].slice(0, many), steps: 0 };
    }, (many) => this.words[many === 1 ? "one" : "two"]);
    this.starts = [0, 1].map((i) => this.field(this.words[i ? "from1" : "from2"], LEAST, MOST, (value) => {
      this.state = { weights: this.state.weights.with(i, value) };
    }));
    this.rate = this.field(this.words.rate, 0.001, 1, (rate) => { this.state = { rate }; }, { wrong: this.words.rates });
    const named = (input) => label(input.getAttribute("aria-label"), input);
    const to = (name, steps) => button(this.words[name], () => { this.state = { steps: steps() }; this.#tell(); });
    const more = (n) => () => (this.over ? this.state.steps : Math.min(this.state.steps + n, STEPS));
    this.more = [to("step", more(1)), to("steps", more(10))];
    this.sum = element("p", { class: "live-sum live-lines" });
    this.verdict = element("span", { class: "live-verdict" });
    this.append(row(label(this.words.moves, this.many)), this.svg, this.sum, row(...[...this.starts, this.rate].map(named)),
      this.buttons(...this.more, to("again", () => 0)));
  }

  /** Begin where the drawing is pressed, or its dot dragged to. */
  #place(event) {
    const box = this.svg.getBoundingClientRect();
    const at = (pixels, size, from, to) => from + ((to - from) * pixels) / size;
    const scale = (WIDE + 12) / box.width;
    const x = at((event.clientX - box.left) * scale - LEFT, WIDE - LEFT, LEAST, MOST);
    const y = at((event.clientY - box.top) * scale - HEAD, TALL - BELOW - HEAD, MOST, LEAST);
    this.#start(this.state.weights.length > 1 ? [x, y] : [x]);
  }

  #start(weights) {
    this.state = { weights: weights.map((w) => Math.round(Math.min(MOST, Math.max(LEAST, w)) * 100) / 100), steps: 0 };
    this.#tell();
  }

  #tell() { this.announce(this.svg.getAttribute("aria-label") + this.verdict.textContent); }

  /** How the walk has gone, in a line; nothing while it goes on. */
  #judge(losses, seen, gradient) {
    const { words } = this, last = losses.at(-1), near = losses.findIndex((loss) => loss < NEAR);
    if (last >= FAR) return words.stops;
    if (last > losses[0]) return words.fails;
    if (!seen) return words.out;
    if (near < 0 && gradient.every((slope) => slope === 0)) return words.flat;
    return near < 0 ? "" : `${words.near}: ${near}`;
  }

  /** What does not depend on the walk: the curve, or the bands of loss over two weights. */
  #background(two) {
    if (this.back.dataset.two === String(two)) return;
    this.back.dataset.two = two;
    const marks = [], text = (number, place, anchor = "middle") =>
      marks.push(element("svg:text", { ...place, "text-anchor": anchor, class: "name" }, this.written(number)));
    if (two) {
      const columns = 61, rows = 37, [wide, tall] = [(WIDE - LEFT) / columns, (TALL - BELOW - HEAD) / rows];
      for (let i = 0; i < columns; i++) for (let j = 0; j < rows; j++) {
        const w2 = LEAST + ((MOST - LEAST) * (i + 0.5)) / columns, w1 = MOST - ((MOST - LEAST) * (j + 0.5)) / rows;
        const band = BANDS.findIndex((limit) => this.#at([w2, w1]).loss < limit);
        marks.push(element("svg:rect", {
          x: LEFT + i * wide, y: HEAD + j * tall, width: wide + 0.3, height: tall + 0.3, class: "live-band",
          "fill-opacity": ((band < 0 ? BANDS.length : band) * 0.09).toFixed(2),
        }));
      }
    } else {
      for (let tick = 0; tick <= TOP; tick++) {
        marks.push(element("svg:line", { x1: LEFT, x2: WIDE, y1: up(tick), y2: up(tick), class: "grid" }));
        text(tick, { x: LEFT - 8, y: up(tick) + 5 }, "end");
      }
      const curve = upTo(350, (i) => LEAST + i / 100).map((w) => [w, this.#at([w]).loss]).filter(([, loss]) => loss <= TOP);
      const points = curve.map(([w, loss]) => `${across(w).toFixed(1)},${up(loss).toFixed(1)}`).join(" ");
      marks.push(element("svg:polyline", { points, class: "curve chance" }));
    }
    for (let tick = LEAST; tick <= MOST; tick += 0.5) {
      text(tick, { x: across(tick), y: TALL - BELOW + 20 });
      if (two) text(tick, { x: LEFT - 6, y: up(tick, LEAST, MOST) + 5 }, "end");
    }
    const named = (name, place) => element("svg:text", { ...place, class: "name" }, this.words[name]);
    marks.push(named(two ? "weight1" : "loss", { x: 0, y: 14 }),
      named("weight2", { x: (LEFT + WIDE) / 2, y: TALL - 6, "text-anchor": "middle" }));
    this.back.replaceChildren(...marks);
  }

  draw() {
    const { weights, rate, steps } = this.state, { path, losses } = this.result, two = weights.length > 1;
    this.#background(two);
    const inside = ([w2, w1 = 0]) => [w2, w1].every((w) => w >= LEAST - 0.05 && w <= MOST + 0.05);
    const places = path.map((w, n) => [across(w[0]), two ? up(w[1], LEAST, MOST) : up(losses[n]), inside(w) && (two || losses[n] <= TOP)]);
    const shown = places.slice(0, places.findIndex(([, , seen]) => !seen) + 1 || undefined);
    const edge = (value, most) => Math.min(Math.max(value, -most), 2 * most).toFixed(1);
    const line = shown.map(([x, y]) => `${edge(x, WIDE)},${edge(y, TALL)}`).join(" ");
    const dots = shown.filter(([, , seen]) => seen).map(([x, y]) => `M${x.toFixed(1)},${y.toFixed(1)}h0`).join("");
    this.walk.setAttribute("points", line);
    this.steps.setAttribute("d", dots);
    this.end.setAttribute("transform", `translate(${places.at(-1).slice(0, 2).map((place) => edge(place, WIDE))})`);
    const names = two ? [this.words.weight2, this.words.weight1] : [this.words.weight2];
    const now = path.at(-1), { gradient } = this.#at(now);
    const numbers = names.map((name, i) => `${name} = ${this.written(now[i], 3)}, ${this.words.slope} ${this.written(gradient[i], 3)}`);
    const told = [`${this.words.done} ${path.length - 1}: ${this.words.loss} ${this.written(losses.at(-1), 3)}; `, ...numbers.map((line) => `${line}. `)];
    this.verdict.textContent = this.#judge(losses, places.at(-1)[2], gradient);
    this.sum.replaceChildren(...told.map((line) => element("span", {}, line)), this.verdict);
    this.over = losses.at(-1) >= FAR || steps >= STEPS;
    this.more.forEach((one) => one.setAttribute("aria-disabled", this.over));
    this.svg.setAttribute("aria-label", told.join(""));
    this.dot.setAttribute("cx", places[0][0]);
    this.dot.setAttribute("cy", Math.max(places[0][1], HEAD));
    this.dot.setAttribute("aria-valuenow", weights[0]);
    this.dot.setAttribute("aria-valuetext", weights.map((w) => this.written(w)).join("; "));
    this.many.value = weights.length;
    this.starts.forEach((input, i) => {
      input.parentElement.hidden = i >= weights.length;
      if (i < weights.length) fill(input, this.written(weights[i]));
    });
    fill(this.rate, this.written(rate, 6));
  }
}

customElements.define("descent-explorer", DescentExplorer);
