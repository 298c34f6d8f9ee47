// Paper: the title at the foot of each sheet; a live figure as the page begins it; the solutions after everything else
// or, where the address says ?solutions=none, nowhere. Without this script they are printed where they stand.
{
  const end = document.querySelector(".solutions");
  const drawings = [...document.querySelectorAll("[data-live]")].map((live) => [live, live.cloneNode(true).firstElementChild]);
  const places = new Map(); // what is taken from its place, and what stands there meanwhile

  const take = (taken, instead) => {
    places.set(taken, instead);
    taken.replaceWith(instead);
  };

  document.documentElement.style.setProperty("--printed-title", JSON.stringify(document.title));

  addEventListener("beforeprint", () => {
    if (places.size) return;
    for (const [live, drawing] of drawings) take(live, drawing);
    const wanted = new URLSearchParams(location.search).get("solutions") !== "none";
    for (const solution of document.querySelectorAll("article details.tip")) {
      take(solution, new Comment("solution"));
      if (wanted) end.append(solution);
    }
  });

  addEventListener("afterprint", () => {
    for (const [taken, instead] of places) instead.replaceWith(taken);
    places.clear();
  });

  const buttons = document.querySelector(".printing");
  if (buttons) buttons.hidden = false;
  buttons?.addEventListener("click", ({ target }) => {
    if (!target.value) return;
    const address = new URL(location);
    address.searchParams.set("solutions", target.value);
    history.replaceState(history.state, "", address); // printed alike again, and by whoever is given the address
    print();
  });
}
