// An improvement on pages that work without it.

// The other language has the same sections under the same names.
addEventListener("click", (event) => {
  const link = event.target.closest?.(".md-select__link[hreflang]");
  if (link) link.hash = location.hash;
});
