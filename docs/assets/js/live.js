// Fetches the code of a live figure when it comes near the screen: until then, and without it, the drawing stands there.
const near = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    import(`./${target.localName}.js`);
  }
}, { rootMargin: "400px" });

const asked = new URLSearchParams(location.search);
for (const figure of document.querySelectorAll("[data-live]")) {
  if (asked.has(figure.id)) import(`./${figure.localName}.js`); // a link that somebody shared
  else near.observe(figure);
}
