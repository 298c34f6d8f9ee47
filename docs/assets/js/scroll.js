// What is wider than its place can be reached, and so scrolled, from the keyboard: only while it is, and by its name.
const named = (box) =>
  (box.querySelector("caption") ?? box.closest(".listing")?.querySelector("summary")
    ?? [box.closest(".highlight"), box.closest(".highlight")?.previousElementSibling]
      .map((one) => one?.querySelector(".filename, summary")).find(Boolean))?.textContent;

const look = (box) => {
  const wide = box.scrollWidth > box.clientWidth + 1, name = named(box);
  if (wide) box.tabIndex = 0;
  else box.removeAttribute("tabindex");
  if (wide && name && box.localName !== "math") {
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", name);
  } else if (box.getAttribute("role") === "region") {
    box.removeAttribute("role");
    box.removeAttribute("aria-label");
  }
};

const sizes = new ResizeObserver((seen) => { for (const { target } of seen) look(target); });
const boxes = document.querySelectorAll("article :is(.wide, pre > code, math[display=block])");
for (const box of boxes) sizes.observe(box);
document.fonts.ready.then(() => boxes.forEach(look));
