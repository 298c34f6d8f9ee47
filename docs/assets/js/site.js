// Two improvements on pages that work without them: the language switch keeps the section; figures come alive.

// The other language has the same sections under the same names: its link leads to the one that is being read, that is
// the one in the address, as long as it is in sight, or the last that begins above the first lines below the header.
const section = () => {
  const top = (one) => one.getBoundingClientRect().top;
  const asked = document.getElementById(location.hash.slice(1));
  if (asked && top(asked) >= 0 && top(asked) < innerHeight) return asked.id;
  const limit = 2 * document.querySelector(".md-header").offsetHeight;
  const begun = [...document.querySelectorAll("article :is(h2, h3, h4, dt)[id]")].filter((one) => top(one) < limit);
  return begun.at(-1)?.id ?? "";
};
for (const type of ["pointerdown", "click"]) addEventListener(type, (event) => {
  const link = event.target.closest?.(".md-select__link[hreflang]");
  if (link) link.hash = section();
});

// The same sums as forward() in snippets/feedforward.py, without activation function.
const forward = (x, layers) =>
  layers.reduce((values, { W, b }) => {
    const last = values.at(-1);
    return [...values, W.map((row, i) => row.reduce((sum, w, j) => sum + w * last[j], b[i]))];
  }, [x]);

const written = (value, lang) =>
  value.toLocaleString(lang, { maximumFractionDigits: 2 }).replace(/^-0$/, "0").replace("-", "−");

for (const figure of document.querySelectorAll("[data-network]")) {
  const { x, layers, names, words } = JSON.parse(figure.dataset.network);
  const { lang } = figure.closest("[lang]");
  const original = structuredClone(layers);
  const find = (what, ...place) => figure.querySelector(`[data-${what}="${place}"]`);
  const largest = Math.max(...original.flatMap(({ W }) => W.flat().map(Math.abs)));

  const draw = () => {
    forward(x, layers).forEach((values, k) =>
      values.forEach((value, i) => { find("value", k, i).textContent = written(value, lang); }));
    layers.forEach(({ W, b }, k) => W.forEach((row, i) => {
      find("bias", k, i).textContent = `${b[i] < 0 ? "−" : "+"} ${written(Math.abs(b[i]), lang)}`;
      row.forEach((w, j) => {
        find("weight", k, i, j).textContent = written(w, lang);
        const edge = find("edge", k, i, j);
        edge.setAttribute("stroke-width", 1 + (4 * Math.min(Math.abs(w), 2 * largest)) / largest);
        edge.classList.toggle("negative", w < 0);
      });
    }));
  };

  // Every number a reader may move: how it is called, how to read it, how to write it.
  const sub = (n) => "₁₂₃₄₅₆₇₈₉"[n];
  const many = layers.length > 1;
  const knobs = layers.flatMap(({ W, b }, k) => W.flatMap((row, i) => [
    ...row.map((_, j) => ({
      name: many ? `W${sub(k)} (${i + 1}, ${j + 1})` : `w${sub(j)}`,
      get: () => row[j], set: (value) => { row[j] = value; },
    })),
    { name: many ? `b${sub(k)} (${i + 1})` : "b", get: () => b[i], set: (value) => { b[i] = value; } },
  ]));

  const controls = document.createElement("form");
  controls.className = "controls";
  controls.innerHTML = `<label><select></select></label>
    <label><input type="range" min="-3" max="3" step="0.1"><output></output></label>
    <button type="button"></button>`;
  const [select, slider, output, button] = ["select", "input", "output", "button"].map((tag) => controls.querySelector(tag));
  select.before(`${words.parameter} `);
  slider.before(`${words.value} `);
  button.append(words.reset);
  knobs.forEach(({ name }, i) => select.add(new Option(name, i)));
  const show = () => {
    slider.value = knobs[select.value].get();
    output.textContent = written(Number(slider.value), lang);
  };
  select.onchange = show;
  slider.oninput = () => { knobs[select.value].set(Number(slider.value)); show(); draw(); };
  button.onclick = () => {
    original.forEach(({ W, b }, k) => W.forEach((row, i) => {
      row.forEach((w, j) => { layers[k].W[i][j] = w; });
      layers[k].b[i] = b[i];
    }));
    show();
    draw();
  };
  show();
  figure.querySelector("figcaption").before(controls);
}
