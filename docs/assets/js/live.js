// Fetches the code of a live figure when it comes near the screen: until then, and without it, the drawing stands there.
// Its style comes first: nothing moves when the figure takes the drawing's place.
let style;

const styled = () => new Promise((done) => {
  const link = document.createElement("link");
  Object.assign(link, { rel: "stylesheet", href: new URL("../css/live.css", import.meta.url), onload: done, onerror: done });
  document.head.append(link);
});

const load = async ({ localName }) => {
  await (style ??= styled());
  import(`./${localName}.js`);
};

const near = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    load(target);
  }
}, { rootMargin: "400px" });

const asked = new URLSearchParams(location.search);
for (const figure of document.querySelectorAll("[data-live]")) {
  if (asked.has(figure.id)) load(figure); // a link that somebody shared
  else near.observe(figure);
}
