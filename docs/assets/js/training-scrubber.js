// <training-scrubber>: back and forth through the training that the build recorded: the loss, a matrix, the names.

import { LiveFigure, isNumber, put, shape, tell } from "./live-figure.js";

const DEEP = 30; // the tenths at which a cell is at its fullest

export class TrainingScrubber extends LiveFigure {
  /** The recorded moment nearest to the step. */
  get #moment() { return Math.ceil(this.state.step / this.given.every - 0.5); }

  get() { return this.#moment * this.given.every; }

  get result() {
    const { heldout, names } = this.given;
    return { loss: heldout[this.#moment], names: [...names[this.#moment]] };
  }

  fits({ step }) { return isNumber(step, 0, this.given.last); }

  told() { return `${this.found.losses.textContent}: ${this.found.invented.textContent}`; }

  build() {
    const { drawing } = this.found;
    this.curve = drawing.querySelector("polyline").points;
    this.mark = drawing.appendChild(shape("path", { class: "live-now" }));
  }

  draw() {
    const moment = this.#moment, { every, train, heldout, names, letters, E, digits } = this.given, { words } = this;
    const { x = 34 } = this.curve[moment - heldout.length + this.curve.length] ?? {}; // the first is off the curve
    put(this.mark, { d: `M${x},20V232` });
    const losses = Object.entries({ heldout, train }).map(([set, all]) => `${words[set]} ${this.written(all[moment])}`);
    tell(this.found.losses, `${this.written(moment * every)}: ${losses.join(", ")} ${words.bits}`);
    const shades = {}; // the cells of each number, drawn as one
    [...E[moment]].forEach((digit, i) => {
      const { x, y } = letters[Math.floor(i / 10)]; // below its ten numbers
      shades[digit] = `${shades[digit] ?? ""}M${x - 10},${y - 113 + 10 * (i % 10)}h20v8h-20z`;
    });
    this.found.cells.replaceChildren(...Object.entries(shades).map(([digit, d]) => {
      const tenths = digits.indexOf(digit) - 32, opacity = 0.08 + 0.92 * Math.min(Math.abs(tenths) / DEEP, 1);
      return shape("path", { d, opacity, class: tenths < 0 ? "frame weight" : "cell weight" });
    }));
    tell(this.found.invented, names[moment].join(", "));
  }
}
