// A button that copies each program, on listings alone; the words are the theme's. They all come in one go, once the page
// is there and the browser has nothing else to do: the theme's own, one by one, held long pages up for a second.
{
  const { copy, copied } = document.getElementById("copying")?.dataset ?? {};
  const take = (code, button) => navigator.clipboard.writeText(code.textContent.trimEnd() + "\n").then(
    () => { button.title = copied; button.setAttribute("aria-label", copied); button.classList.add("md-code__button--active"); },
    () => getSelection().selectAllChildren(code), // where it may not: the reader copies what is selected
  );
  const begin = () => {
    for (const code of document.querySelectorAll("article .highlight:not(.language-text) > pre > code")) {
      const place = Object.assign(document.createElement("div"), { className: "md-code__nav" });
      const button = Object.assign(document.createElement("button"), { className: "md-code__button", title: copy, type: "button" });
      button.dataset.mdType = "copy";
      button.setAttribute("aria-label", copy);
      button.setAttribute("aria-live", "polite");
      button.addEventListener("click", () => take(code, button));
      place.append(button);
      code.after(place);
    }
  };
  if (copy) (globalThis.requestIdleCallback ?? setTimeout)(begin);
}
