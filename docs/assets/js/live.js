// Fetches the code of a live figure when it comes near the screen: until then, and without it, the drawing stands there.
const load = async ({ localName }) => {
  const [figure] = Object.values(await import(`./${localName}.js`));
  if (!customElements.get(localName)) customElements.define(localName, figure);
};

const near = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) if (isIntersecting) load(target);
}, { rootMargin: "400px" });

const asked = new URLSearchParams(location.search);
for (const figure of document.querySelectorAll("[data-live]")) {
  if (asked.has(figure.id)) load(figure); // a link that somebody shared
  else near.observe(figure);
}
