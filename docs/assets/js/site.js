// Improvements on pages that work without them: the language switch keeps the section; the search.

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

// What an address leads to is seen, even within something folded away.
const unfold = () => {
  let fold = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  while ((fold = fold?.parentElement?.closest("details"))) fold.open = true;
};
addEventListener("hashchange", unfold);
unfold();
// With one of these keys the theme goes to the page before or after: beside a field, whoever types a number would leave.
document.body.addEventListener("keydown", (event) => {
  if ([",", ".", "n", "p"].includes(event.key)) event.stopPropagation();
});

// The search itself comes when somebody goes to its box, or arrives from one of its results.
{
  const search = document.querySelector(".md-search");
  const box = search.querySelector("input");
  const come = () => document.head.append(Object.assign(document.createElement("script"), { src: search.dataset.script }));
  const asked = new URLSearchParams(location.search);
  if (asked.has("h") || asked.has("q") || document.activeElement === box) come();
  else box.addEventListener("focus", come, { once: true });
  document.getElementById("__search").addEventListener("change", ({ target }) => { if (target.checked) box.focus(); });
  addEventListener("keydown", (event) => {
    if (!["/", "f", "s"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}

// A page that is missing: the search begins with the last words of its address.
for (const link of document.querySelectorAll("a.look")) {
  const last = location.pathname.split("/").filter(Boolean).at(-1) ?? "";
  link.href += encodeURIComponent(last.replace(/\.\w+$/, "").replace(/%[0-9a-f]{0,2}|[-_+]/gi, " ").trim());
}
