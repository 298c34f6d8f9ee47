// <training-scrubber>: back and forth through the training that the build recorded: the loss, a matrix, the names.

import { LiveFigure, element, label, row, slider, upTo } from "./live-figure.js";

const WIDE = 22, TALL = 10, ROW = 18; // a cell of the matrix, and how many letters stand side by side
const DEEP = 30; // the tenths at which a cell is at its fullest

class TrainingScrubber extends LiveFigure {
  /** The recorded moment nearest to the step. */
  #moment() {
    const far = this.given.steps.map((step) => Math.abs(step - this.state.step));
    return far.indexOf(Math.min(...far));
  }

  get result() {
    const moment = this.#moment();
    return { loss: this.given.heldout[moment], names: [...this.given.names[moment]] };
  }

  wrong({ step }) {
    return Number.isFinite(step) && step >= 0 && step <= this.given.steps.at(-1) ? "" : this.words.wrong;
  }

  build() {
    const { steps, letters } = this.given;
    const curves = this.querySelector("svg");
    const line = curves.querySelector("polyline");
    const [x1, x2] = [0, line.points.length - 1].map((place) => line.points[place].x);
    const first = this.given.heldout.findIndex((value) => value <= 3.3); // the first that the drawing shows
    this.across = (step) => x1 + ((x2 - x1) * (step - steps[first])) / (steps.at(-1) - steps[first]);
    this.mark = element("svg:line", { y1: 20, y2: curves.viewBox.baseVal.height - 46, class: "live-now" });
    curves.append(this.mark);
    this.slider = slider(0, steps.length - 1, 1, (moment) => {
      this.state = { step: steps[moment] };
      this.announce(`${this.losses.textContent}: ${this.result.names.join(", ")}`);
    });
    this.losses = element("span");
    const left = (j) => (j % ROW) * WIDE, top = (j) => Math.floor(j / ROW) * (10 * TALL + 26);
    this.cells = [...letters].flatMap((_, j) => upTo(10, (i) => element("svg:rect", {
      x: left(j) + 1, y: top(j) + i * TALL + 1, width: WIDE - 2, height: TALL - 2, rx: 1.5, "data-cell": i * letters.length + j,
    })));
    const names = [...letters].map((letter, j) => element("svg:text", {
      x: left(j) + WIDE / 2, y: top(j) + 10 * TALL + 14, "text-anchor": "middle", class: "name",
    }, letter === " " ? "␣" : letter));
    this.matrix = element("svg:svg", {
      viewBox: `0 0 400 ${top(letters.length - 1) + 10 * TALL + 20}`, role: "img", "aria-label": this.words.E,
    }, ...this.cells, ...names);
    this.names = element("p", { class: "live-names" });
    const title = (text) => element("p", { class: "live-title" }, text);
    this.append(row(label(this.words.step, this.slider), this.losses), title(this.words.E), this.matrix,
      title(this.words.names), this.names, this.buttons());
  }

  draw() {
    const moment = this.#moment(), { steps, train, heldout, names, E, digits } = this.given;
    const x = Math.max(this.across(steps[moment]), 34);
    for (const name of ["x1", "x2"]) this.mark.setAttribute(name, x);
    this.slider.value = moment;
    this.slider.setAttribute("aria-valuetext", this.written(steps[moment]));
    const losses = [["heldout", heldout], ["train", train]].map(([name, all]) => `${this.words[name]} ${this.written(all[moment], 2)}`);
    this.losses.textContent = `${this.written(steps[moment])}: ${losses.join(", ")} ${this.words.bits}`;
    for (const cell of this.cells) {
      const tenths = digits.indexOf(E[moment][cell.dataset.cell]) - 32;
      cell.setAttribute("class", tenths < 0 ? "frame weight" : "cell weight");
      cell.setAttribute("opacity", (0.08 + 0.92 * Math.min(Math.abs(tenths) / DEEP, 1)).toFixed(2));
    }
    this.names.textContent = names[moment].join(", ");
  }
}

customElements.define("training-scrubber", TrainingScrubber);
