// A term's definition, or a note, opens beside it when it is pointed at, reached with Tab or tapped; a second tap follows
// the link. Without this, a term is a link to its entry in the glossary, and its title the definition.

const template = document.getElementById("definition");

// Above the line where the term begins or, for want of room, below the one where it ends: its own stays in sight.
const place = (box, term) => {
  const lines = [...term.getClientRects()], gap = 6;
  const { width, height } = box.getBoundingClientRect();
  const above = lines[0].top - gap - height;
  const below = above < document.querySelector(".md-header").getBoundingClientRect().bottom;
  const line = below ? lines.at(-1) : lines[0];
  const left = Math.max(gap, Math.min(line.left, document.documentElement.clientWidth - width - gap));
  box.style.left = `${scrollX + left}px`;
  box.style.top = `${scrollY + (below ? line.bottom + gap : above)}px`;
};

if (template && "popover" in HTMLElement.prototype) document.querySelectorAll("a.term, a.footnote-ref").forEach((term, number) => {
  const box = template.content.firstElementChild.cloneNode(true);
  const [text, more] = box.children;
  const note = term.matches(".footnote-ref") && document.getElementById(decodeURIComponent(term.hash.slice(1)));
  text.id = `definition-${number}`;
  if (note) {
    text.append(...note.cloneNode(true).firstElementChild.childNodes);
    text.querySelector(".footnote-backref")?.remove();
    more.remove();
  } else {
    text.textContent = term.title;
    more.href = term.href;
    term.removeAttribute("title");
  }
  term.setAttribute("aria-describedby", text.id);
  term.closest("article, [lang]:not(html)").append(box);

  const opened = () => box.matches(":popover-open");
  const show = () => { if (!opened()) { box.showPopover(); place(box, term); } };
  const hide = () => { if (opened() && !box.matches(":hover") && !term.matches(":hover, :focus-visible")) box.hidePopover(); };
  // A moment's wait: the pointer may be on its way elsewhere, or from the term to its definition.
  let waiting, tapped;
  const soon = (act) => { clearTimeout(waiting); waiting = setTimeout(act, 150); };
  const wants = { pointerenter: show, pointerleave: hide };
  for (const one of [term, box]) for (const [type, act] of Object.entries(wants)) {
    one.addEventListener(type, (event) => { if (event.pointerType !== "touch") soon(act); });
  }
  term.addEventListener("focus", () => { if (term.matches(":focus-visible")) show(); });
  term.addEventListener("blur", hide);
  term.addEventListener("pointerdown", (event) => { tapped = event.pointerType === "touch" && !opened(); });
  term.addEventListener("click", (event) => {
    if (tapped) { event.preventDefault(); show(); }
    tapped = false;
  });
});
