// What is wider than its place can be reached, and so scrolled, from the keyboard: only while it is, and by its name.
const named = (box) =>
  (box.querySelector("caption") ?? box.closest(".listing")?.querySelector("summary")
    ?? [box.closest(".highlight"), box.closest(".highlight")?.previousElementSibling]
      .map((one) => one?.querySelector(".filename, summary")).find(Boolean))?.textContent;

// All sizes are read before anything is written: otherwise the browser would lay the page out anew for each box.
const look = (boxes) => {
  for (const [box, wide] of boxes.map((one) => [one, one.scrollWidth > one.clientWidth + 1])) {
    const name = wide && box.localName !== "math" && named(box);
    if (wide) box.tabIndex = 0;
    else if (box.hasAttribute("tabindex")) box.removeAttribute("tabindex");
    if (name) {
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", name);
    } else if (box.getAttribute("role") === "region") {
      box.removeAttribute("role");
      box.removeAttribute("aria-label");
    }
  }
};

// What is far from the screen has no size yet (see css/site.css), and is looked at when it comes near.
const near = new Set();
const sizes = new ResizeObserver((seen) => {
  for (const { target } of seen) near.add(target);
  look(seen.map(({ target }) => target));
});
for (const box of document.querySelectorAll("article :is(.wide, pre > code, math[display=block])")) sizes.observe(box);
document.fonts.ready.then(() => look([...near]));
