// <temperature-dial>: scores become probabilities, at a temperature, of the first so many; letters are drawn by them.
// The same sums as softmax() in snippets/next_token.py.

import { LiveFigure, button, element, fill, label, row, slider, sum, tell } from "./live-figure.js";

const REACH = 50; // the largest score that may be typed
const DRAWS = 100;

/** Probabilities of the k highest scores; the others are left out. */
function softmax(scores, temperature, k) {
  const order = [...scores.keys()].sort((i, j) => scores[j] - scores[i] || i - j);
  const powers = scores.map((s, i) => (order.indexOf(i) < k ? Math.exp((s - scores[order[0]]) / temperature) : 0));
  return powers.map((power) => power / sum(powers));
}

class TemperatureDial extends LiveFigure {
  get result() {
    const { scores, temperature, k } = this.state;
    return { probabilities: softmax(scores, temperature, k) };
  }

  wrong({ scores, temperature, k }) {
    const { coolest, hottest } = this.given;
    const right = Array.isArray(scores) && scores.length === this.given.letters.length
      && scores.every((s) => Number.isFinite(s) && Math.abs(s) <= REACH)
      && temperature >= coolest && temperature <= hottest && Number.isInteger(k) && k >= 1 && k <= scores.length;
    return right ? "" : this.words.wrong;
  }

  build() {
    this.querySelector("svg").remove();
    const { letters, coolest, hottest } = this.given;
    this.rows = letters.map((letter, i) => {
      const score = this.field(`${this.words.score}: ${letter}`, -REACH, REACH, (value) => this.#change("scores", i, value));
      const [bar, drawn] = ["live-bar", "live-drawn"].map((name) => element("span", { class: name, "aria-hidden": "true" }));
      const [chance, count] = [element("td"), element("td")];
      const line = element("tr", {}, element("th", { scope: "row" }, letter), element("td", {}, score), chance,
        element("td", { class: "live-bars" }, bar, drawn), count);
      return { score, bar, drawn, chance, count, line };
    });
    const head = this.head = ["letter", "score", "chance", "", "drawn"].map((name) => element("th", { scope: "col" }, this.words[name] ?? ""));
    this.heat = slider(Math.log(coolest), Math.log(hottest), 0.02, (value) => this.#change("temperature", null, Math.round(Math.exp(value) * 1000) / 1000));
    this.typed = this.field(this.words.temperature, coolest, hottest, (value) => this.#change("temperature", null, value),
      { wrong: this.words.degrees });
    this.k = slider(1, letters.length, 1, (k) => this.#change("k", null, k));
    this.kept = element("output");
    this.append(
      row(label(this.words.temperature, this.heat), this.typed), row(label(this.words.keep, this.k), this.kept),
      element("table", { class: "live-table" }, element("thead", {}, element("tr", {}, ...head)),
        element("tbody", {}, ...this.rows.map(({ line }) => line))),
      this.buttons(button(this.words.draw, () => this.drawLetters())));
  }

  #change(name, i, value) {
    this.state = { [name]: name === "scores" ? this.state.scores.with(i, value) : value };
    const { probabilities } = this.result;
    const most = probabilities.indexOf(Math.max(...probabilities));
    this.announce(`${this.given.letters[most]}: ${this.written(probabilities[most], 3)}`);
  }

  /** Draw letters by their probabilities, and count them: more and more counts come near what they should be. */
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
    const { scores, temperature, k } = this.state, { probabilities } = this.result;
    const all = sum(this.counts);
    this.heat.value = Math.log(temperature);
    this.heat.setAttribute("aria-valuetext", this.written(temperature));
    fill(this.typed, this.written(temperature));
    this.k.value = this.kept.value = k;
    tell(this.head.at(-1), `${this.words.drawn}${all ? `: ${all}` : ""}`);
    this.rows.forEach(({ score, bar, drawn, chance, count }, i) => {
      fill(score, this.written(scores[i], 3));
      tell(chance, this.written(probabilities[i], 3));
      bar.style.width = `${100 * probabilities[i]}%`;
      drawn.style.width = all ? `${(100 * this.counts[i]) / all}%` : 0;
      tell(count, all ? String(this.counts[i]) : "");
    });
  }
}

customElements.define("temperature-dial", TemperatureDial);
