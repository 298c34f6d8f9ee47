// Paper: the title at the foot of each sheet, and the solutions after everything else or, where the address says
// ?solutions=none, nowhere. Without this script they are printed where they stand.
{
  const end = document.querySelector(".solutions");
  const places = new Map(); // each solution moved, and what holds its place meanwhile

  document.documentElement.style.setProperty("--printed-title", JSON.stringify(document.title));

  addEventListener("beforeprint", () => {
    if (!end || places.size) return;
    const wanted = new URLSearchParams(location.search).get("solutions") !== "none";
    for (const solution of document.querySelectorAll("article details.tip")) {
      places.set(solution, new Comment("solution"));
      solution.replaceWith(places.get(solution));
      if (wanted) end.append(solution);
    }
  });

  addEventListener("afterprint", () => {
    for (const [solution, place] of places) place.replaceWith(solution);
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
