// <temperature-dial>: scores become probabilities, at a temperature, of the first so many; letters are drawn.
// The same sums as softmax() in snippets/next_token.py.

import { LiveFigure, isNumber, isWhole, softmax, sum, tell } from "./live-figure.js";

const REACH = 50; // the largest score
const DRAWS = 100;

export class TemperatureDial extends LiveFigure {
  get result() {
    const { scores, temperature, k } = this.state;
    const kept = [...scores.keys()].sort((i, j) => scores[j] - scores[i] || i - j).slice(0, k); // the k highest
    return { probabilities: softmax(scores.map((score, i) => (kept.includes(i) ? score : -Infinity)), temperature) };
  }

  fits({ scores, temperature, k }) {
    const { coolest, hottest, most } = this.given;
    return Array.isArray(scores) && scores.length === most && scores.every((s) => isNumber(s, -REACH, REACH))
      && isNumber(temperature, coolest, hottest) && isWhole(k, 1, most);
  }

  told() {
    const { probabilities } = this.result, most = probabilities.indexOf(Math.max(...probabilities));
    return `${this.given.letters[most]}: ${this.written(probabilities[most], 3)}`;
  }

  /** Draw letters by their probabilities, and count them. */
  drawLetters() {
    const { probabilities } = this.result;
    for (let n = 0; n < DRAWS; n++) {
      let place = Math.random(), i = 0;
      while (i < probabilities.length - 1 && (place -= probabilities[i]) >= 0) i++;
      if (probabilities[i] > 0) this.counts[i]++;
    }
    this.#show();
    this.announce(this.given.letters.map((letter, i) => `${letter}: ${this.counts[i]}`).join(", "));
  }

  draw() {
    this.counts = this.given.letters.map(() => 0); // drawn with other probabilities: they would be compared in vain
    this.#show();
  }

  #show() {
    const { bar, drawn, chance, count } = this.parts, all = sum(this.counts);
    tell(this.found.all, `${this.words.drawn}${all ? `: ${all}` : ""}`);
    this.result.probabilities.forEach((p, i) => {
      tell(chance[i], this.written(p, 3));
      bar[i].style.width = `${100 * p}%`;
      drawn[i].style.width = all ? `${(100 * this.counts[i]) / all}%` : 0;
      tell(count[i], all ? String(this.counts[i]) : "");
    });
  }
}
