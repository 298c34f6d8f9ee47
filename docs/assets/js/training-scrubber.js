// <training-scrubber>: back and forth through the training that the build recorded: the loss, a matrix, the names.

import { LiveFigure, isNumber, put, shape, tell } from "./live-figure.js";

const ROW = 18; // how many letters stand side by side
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
    this.curve = this.querySelector("polyline").points;
    this.mark = shape("path", { class: "live-now" });
    this.querySelector("svg").append(this.mark);
    this.parts.letter.forEach((column, i) => {
      put(column, { transform: `translate(${22 * (i % ROW)} ${126 * Math.floor(i / ROW)})` });
    });
  }

  draw() {
    const moment = this.#moment, { every, train, heldout, names, E, digits } = this.given, { words } = this;
    const { x = 34 } = this.curve[moment - heldout.length + this.curve.length] ?? {}; // the first is off the curve
    put(this.mark, { d: `M${x},20V232` });
    const losses = Object.entries({ heldout, train }).map(([set, all]) => `${words[set]} ${this.written(all[moment])}`);
    tell(this.found.losses, `${this.written(moment * every)}: ${losses.join(", ")} ${words.bits}`);
    this.parts.cell.forEach((cell, i) => {
      const tenths = digits.indexOf(E[moment][i]) - 32;
      const opacity = 0.08 + 0.92 * Math.min(Math.abs(tenths) / DEEP, 1);
      put(cell, { class: tenths < 0 ? "frame weight" : "cell weight", opacity });
    });
    tell(this.found.invented, names[moment].join(", "));
  }
}
