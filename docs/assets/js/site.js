// Improvements on pages that work without them: the language switch keeps the section; the search.

// The other language has the same sections under the same names.
addEventListener("click", (event) => {
  const link = event.target.closest?.(".md-select__link[hreflang]");
  if (link) link.hash = location.hash;
});

// The search itself comes when somebody goes to its box, or arrives from one of its results.
{
  const search = document.querySelector(".md-search");
  const box = search.querySelector("input");
  const come = () => document.head.append(Object.assign(document.createElement("script"), { src: search.dataset.script }));
  if (new URLSearchParams(location.search).has("h") || document.activeElement === box) come();
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
