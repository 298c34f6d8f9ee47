// The book: one document of the pages of a language, for docs/publish.py, which prints it. No page of the site loads it.
// Called twice: with the pages, it makes the document; with the number of each place's sheet, it writes the numbers.

const WHOLE = 20; // lines that a listing may have, and not be cut

const made = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

/** Where a number of a sheet stands: three digits wide until it is known, so that nothing moves. */
const sheet = (id) => made("span", { "data-sheet": id }, "000");

/** Words with the number of a sheet in them, as a link to it. */
const reference = (words, id) => {
  const [before, after] = words.split("{page}");
  return made("a", { class: "reference", href: `#${id}` }, before, sheet(id), after);
};

/** What is said of a heading elsewhere: its words, with their formulas and code. */
const title = (heading) => [...heading.cloneNode(true).childNodes];

/** A page as a chapter: its ids are its own, its links lead to the book's other chapters or to the site. */
async function chapter({ name, address }, chapters) {
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  const article = document.adoptNode(page.querySelector("article"));
  for (const one of article.querySelectorAll(
    ".md-content__button, .headerlink, .footnote-backref, .downloads, .printing, .solutions, .colophon, .cite, .start, "
      + ".stage > span, .listing > a, template, script")) one.remove();
  for (const live of article.querySelectorAll("[data-live]")) live.replaceWith(live.firstElementChild);
  for (const one of article.querySelectorAll("figure")) one.setAttribute("role", "group"); // the drawing is the figure
  for (const link of article.querySelectorAll("a[href]")) {
    const there = new URL(link.getAttribute("href"), new URL(address, location));
    const id = decodeURIComponent(there.hash.slice(1));
    there.hash = "";
    const other = chapters.get(there.href);
    if (other) link.setAttribute("href", `#${other}${id && "--"}${id}`);
    else if (there.origin === location.origin) link.classList.add("site");
    if (!other) link.href = `${there.href}${id && "#"}${id}`;
    link.removeAttribute("title");
  }
  for (const code of article.querySelectorAll("pre > code")) {
    for (const one of code.querySelectorAll("span:not(pre > code > span, .weight, .value, .bias, .chance)")) {
      one.replaceWith(...one.childNodes); // a shade of grey, and in the PDF a tag for each word
    }
    code.normalize();
    if (code.textContent.split("\n").length <= WHOLE) code.closest(".highlight").classList.add("whole");
  }
  for (const formula of article.querySelectorAll("math:not([display=block])")) {
    const mark = /^[,.;:!?)»”]+/.exec(formula.nextSibling?.data ?? "")?.[0];
    if (!mark) continue; // a line could begin with it
    formula.nextSibling.data = formula.nextSibling.data.slice(mark.length);
    const together = made("span", { class: "together" }, mark);
    formula.replaceWith(together);
    together.prepend(formula);
  }
  for (const one of article.querySelectorAll("[id]")) one.id = `${name}--${one.id}`;
  for (const one of article.querySelectorAll("details")) one.open = true;
  article.id = name;
  article.classList.add("chapter");
  return article;
}

/** The solutions of a chapter, taken out of it; each leaves the number of its sheet beside its exercise. */
function solutions(article, words) {
  const found = [...article.querySelectorAll("details.tip")];
  if (!found.length) return [];
  const parts = found.map((one, i) => {
    const there = `${article.id}--solution-${i + 1}`, here = `${article.id}--exercise-${i + 1}`;
    one.replaceWith(made("p", { class: "to-solution", id: here }, reference(words.book_solution, there)));
    const [summary] = one.children;
    summary.remove();
    const heading = made("h3", { id: there }, `${summary.textContent.trim()} ${i + 1}`);
    return made("section", { class: "solution" }, heading, ...one.childNodes,
      made("p", { class: "to-solution" }, reference(words.book_exercise, here)));
  });
  return [made("h2", { id: `${article.id}--solutions` }, ...title(article.querySelector("h1"))), ...parts];
}

/** The contents: each chapter, and its sections. */
function contents(chapters) {
  const entry = (heading) => made("a", { href: `#${heading.id}` },
    made("span", { class: "words" }, ...title(heading)), made("i"), sheet(heading.id));
  return made("ol", {}, ...chapters.map((one) => {
    const sections = [...one.querySelectorAll("h2[id]")].map((heading) => made("li", {}, entry(heading)));
    return made("li", {}, entry(one.querySelector("h1")), ...(sections.length ? [made("ol", {}, ...sections)] : []));
  }));
}

self.makeBook = async ({ pages, words, about }) => {
  const addresses = new Map(pages.map(({ name, address }) => [new URL(address, location).href, name]));
  const chapters = []; // one after the other: the PDF names its parts in the order in which they were made
  for (const page of pages) chapters.push(await chapter(page, addresses));
  const start = chapters[0].querySelector("h1");
  start.textContent = words.book_start; // it has the name of the whole book
  start.after(made("p", {}, words.book_about));
  const answers = made("article", { class: "md-content__inner md-typeset chapter", id: "solutions" },
    made("h1", { id: "solutions--solutions" }, words.printed_solutions),
    ...chapters.flatMap((one) => solutions(one, words)));
  const all = answers.childElementCount > 1 ? [...chapters, answers] : chapters;
  const cover = made("section", { class: "cover md-typeset" }, made("p", { class: "name" }, document.title),
    made("p", {}, words.site_description), made("p", { class: "about" }));
  cover.lastChild.innerHTML = about; // it holds the licence's link
  const list = made("nav", { class: "contents md-typeset", "aria-labelledby": "contents" },
    made("h1", { id: "contents" }, words.book_contents), contents(all));
  document.body.replaceChildren(cover, list, ...all);
  // Each chapter's title stands at the foot of its sheets.
  document.head.append(made("style", {}, ...all.map((one) => {
    const text = JSON.stringify(one.querySelector("h1").textContent);
    return `#${one.id} { page: ${one.id}; } @page ${one.id} { @bottom-left { content: ${text}; } }`;
  })));
  await document.fonts.ready;
};

self.numberBook = (sheets) => {
  for (const one of document.querySelectorAll("[data-sheet]")) one.textContent = sheets[one.dataset.sheet];
};
