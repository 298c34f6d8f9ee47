// Coming back: a link to where the reader was, and a tick for each exercise done. The reader's own browser keeps both, by
// page whatever its language, and they go nowhere. __md_get and __md_set are the theme's: each site has a place of its own.
{
  const words = document.getElementById("return")?.dataset;
  const kept = words && { places: {}, done: {}, ...__md_get("return") };

  // It stands at the foot of the window, where it moves nothing, until it is used or the reader has gone on without it.
  const offer = (href, place) => {
    const link = Object.assign(document.createElement("a"), { className: "return", href, textContent: words.place.replace("{place}", place) });
    const leave = () => {
      if (scrollY < innerHeight) return;
      link.remove();
      removeEventListener("scroll", leave);
    };
    addEventListener("scroll", leave, { passive: true });
    link.addEventListener("click", () => link.remove());
    document.querySelector("article").prepend(link);
  };

  const tick = (solution, number) => {
    const box = Object.assign(document.createElement("input"), { type: "checkbox" });
    const label = Object.assign(document.createElement("label"), { className: "done" });
    box.checked = kept.done[words.page]?.includes(number) ?? false;
    box.addEventListener("change", () => {
      const others = (kept.done[words.page] ?? []).filter((one) => one !== number);
      kept.done[words.page] = box.checked ? [...others, number] : others;
      __md_set("return", kept);
    });
    label.append(box, words.done.replace("{number}", number));
    solution.after(label);
  };

  if (words?.page === "index") {
    const stage = [...document.querySelectorAll(`article a[href="${kept.last}/"]`)].at(-1);
    if (stage) offer(`${stage.href}#${kept.places[kept.last] ?? ""}`, stage.textContent);
  } else if (words) {
    const heading = document.getElementById(kept.places[words.page] ?? "");
    if (heading && !location.hash) offer(`#${heading.id}`, heading.firstChild.textContent);
    addEventListener("pagehide", () => {
      const place = section();
      if (place === document.querySelector("article h2")?.id || !place) delete kept.places[words.page]; // everybody's start
      else kept.places[words.page] = place;
      kept.last = words.page;
      __md_set("return", kept);
    });
    const begin = () => document.querySelectorAll("article details.tip").forEach((one, at) => tick(one, at + 1));
    (globalThis.requestIdleCallback ?? setTimeout)(begin);
  }
}
