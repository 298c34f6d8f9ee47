// The search: finds words as people type them in the index that docs/overrides/hooks/search.py writes, and lets the
// words that led to a page stand out there. site.js fetches this file when it is wanted.
{
  const search = document.querySelector(".md-search");
  const [form, box, said, list] = ["form", "input", "[role=status]", "ol"].map((what) => search.querySelector(what));
  const hint = said.textContent;
  const sum = (all, value) => [...all].reduce((total, one) => total + value(one), 0);
  const most = (all, value) => Math.max(0, ...[...all].map(value));

  // A word ends where its letters do: at apostrophes, hyphens, full stops. Accents and capitals do not count; ß is ss.
  const WORD = /\p{N}+(?:[.,]\p{N}+)+|[\p{L}\p{M}\p{N}]+/gu;
  const SPACELESS = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;
  const segmenter = self.Intl?.Segmenter && new Intl.Segmenter(document.documentElement.lang, { granularity: "word" });
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toUpperCase().toLowerCase();
  const apart = (run) => SPACELESS.test(run) && segmenter ? [...segmenter.segment(run)] : [{ segment: run, index: 0 }];
  const wordsOf = (text) => [...text.matchAll(WORD)].flatMap(({ 0: run, index: place }) =>
    apart(run).map(({ segment, index }) =>
      ({ word: fold(segment), start: place + index, end: place + index + segment.length })));

  // What counts how much: of a page, a section, a term of the glossary, exercises.
  const TITLE = [7, 3, 2.6, 1], TEXT = [1, 1, 1, 0.2];
  const words = new Map(); // each word of the index: its stem, how rare that is, {place: how many times there}
  let places = [], endings = [];
  const rarity = (those) => Math.log(places.length / (those.size || 1)) + 0.1;
  const stemOf = (word) => {
    const ending = endings.find((one) => word.endsWith(one) && word.length - one.length > 2);
    return ending ? word.slice(0, -ending.length) : word;
  };

  const read = (index) => {
    endings = index.endings.sort((one, other) => other.length - one.length);
    places = index.pages.flatMap(([address, sections]) => sections.map(([id, kind, title, text]) => ({
      target: `../${address}#${id}`, kind, title, text, page: id && sections[0][2],
      titled: wordsOf(title).map(({ word }) => word),
    })));
    const stems = new Map();
    for (const place of places) for (const { word } of wordsOf(`${place.title} ${place.page} ${place.text}`)) {
      const stem = stemOf(word);
      if (!stems.has(stem)) stems.set(stem, new Set());
      stems.get(stem).add(place);
      if (!words.has(word)) words.set(word, { stem, times: new Map() });
      const { times } = words.get(word);
      times.set(place, (times.get(place) ?? 0) + 1);
    }
    for (const entry of words.values()) entry.rare = rarity(stems.get(entry.stem));
  };

  // How many letters to add, drop, change or swap to make of one word [another, the beginning of another].
  const changes = (one, other) => {
    let last = [], row = [...Array(other.length + 1).keys()];
    for (let i = 1; i <= one.length; i++) {
      const before = last;
      [last, row] = [row, [i]];
      for (let j = 1; j <= other.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] !== other[j - 1]));
        if (one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    return [row.at(-1), Math.min(...row)];
  };

  // The words that one may stand for, {word: how near}: itself, its other forms, those it begins; if none, a slip.
  const meant = (asked, isLast) => {
    const stem = stemOf(asked), found = new Map();
    for (const [word, entry] of words) {
      if (word === asked) found.set(word, 1);
      else if (entry.stem === stem) found.set(word, 0.95);
      else if ((isLast || asked.length > 3) && word.startsWith(asked)) found.set(word, 0.6);
    }
    if (found.size || asked.length < 4) return found;
    const slips = [...words].map(([word, entry]) => [...changes(asked, word), entry.stem]);
    for (const [which, limit] of [[0, 1], [1, 1], [0, asked.length < 8 ? 1 : 2]]) {
      const near = new Set(slips.filter((slip) => slip[which] <= limit).map((slip) => slip[2]));
      for (const [word, entry] of words) if (near.has(entry.stem)) found.set(word, 0.5);
      if (found.size) break;
    }
    return found;
  };

  // What a query asks for, part by part; two words that the index writes as one are one part, and the other way round.
  const partsOf = (query) => {
    const asked = [];
    for (const { word } of wordsOf(query)) {
      if (words.has(asked.at(-1) + word)) asked.push(asked.pop() + word);
      else if (!asked.includes(word)) asked.push(word);
    }
    const found = asked.flatMap((word, i) => {
      const near = meant(word, i === asked.length - 1);
      const cuts = near.size ? [] : [...word].map((_, cut) => [word.slice(0, cut), word.slice(cut)]);
      const halves = cuts.find((cut) => cut.every((one) => one.length > 1 && words.has(one)));
      return halves ? halves.map((one) => meant(one)) : near.size ? [near] : [];
    });
    const where = (near) => [...near.keys()].flatMap((word) => [...words.get(word).times.keys()]);
    return found.map((near) => ({ near, rare: rarity(new Set(where(near))) }));
  };

  // The best places, and the words to mark there, {word: how much it says}.
  const look = (parts) => {
    const whole = sum(parts, ({ rare }) => rare), rarest = most(parts, ({ rare }) => rare);
    const scored = places.map((place) => {
      const { titled, kind } = place;
      const inText = parts.map(({ near }) => most(near, ([word, nearness]) => {
        const times = words.get(word).times.get(place) ?? 0;
        return (nearness * times) / (times + 2);
      }));
      const covered = sum(titled, (word) => words.get(word).rare * most(parts, ({ near }) => near.get(word) ?? 0));
      const title = covered / (sum(titled, (word) => words.get(word).rare) || 1);
      const asked = sum(parts, ({ near, rare }) => rare * most(titled, (word) => near.get(word) ?? 0)) / whole;
      const text = sum(parts.keys(), (i) => inText[i] * parts[i].rare) / whole;
      return {
        place,
        share: sum(parts.keys(), (i) => inText[i] && parts[i].rare),
        score: TITLE[kind] * title * asked ** 2 + TEXT[kind] * text,
      };
    });
    const best = most(scored, ({ share }) => share);
    const kept = scored.filter(({ share }) => share && share > 0.66 * best).sort((one, other) => other.score - one.score);
    const telling = parts.filter(({ rare }) => rare > rarest / 4);
    return {
      results: kept.slice(0, 30).map(({ place }) => place),
      marks: new Map(telling.flatMap(({ near, rare }) => [...near.keys()].map((word) => [word, rare]))),
    };
  };

  // A text, what was found marked in it; and the piece of a long one that has most of it.
  const hitsIn = (text, marks) => wordsOf(text).filter(({ word }) => marks.has(word));
  const marked = (text, marks) => {
    let done = 0;
    const parts = hitsIn(text, marks).flatMap(({ start, end }) => {
      const before = text.slice(done, start);
      done = end;
      return [before, made("mark", "", text.slice(start, end))];
    });
    return [...parts, text.slice(done)];
  };
  const piece = (text, marks) => {
    const hits = hitsIn(text, marks);
    const worth = hits.map(({ start }) => sum(new Set(hits.filter((hit) => hit.start >= start && hit.end < start + 140)
      .map(({ word }) => word)), (word) => marks.get(word)));
    const { start } = hits[worth.indexOf(most(worth, (one) => one))] ?? { start: 0 };
    const first = Math.max(0, Math.min(start - 60, text.length - 190));
    const sentence = most([". ", "? ", "! ", ": "], (end) => text.slice(first, start).lastIndexOf(end) + 2);
    const from = first && first + (sentence > 1 && text.length > first + 190 ? sentence : text.slice(first).indexOf(" ") + 1);
    const to = text.length < from + 200 ? text.length : text.lastIndexOf(" ", from + 190);
    return (from ? "…\u00a0" : "") + text.slice(from, to) + (to < text.length ? "\u00a0…" : "");
  };

  const made = (tag, name, ...inside) => {
    const element = Object.assign(document.createElement(tag), { className: name });
    element.append(...inside);
    return element;
  };
  const shown = (place, marks) => {
    const { target, page, title, text } = place;
    const link = made("a", "md-search-result__link", made("span", "found-title", ...marked(title, marks)));
    if (page) link.append(made("span", "found-page", ...marked(page, marks)));
    link.append(made("span", "found-text", ...marked(piece(text, marks), marks)));
    const address = new URL(target, new URL(search.dataset.index, location));
    const led = [...marks.keys()].filter((word) => marks.size < 20 || words.get(word).times.has(place));
    address.searchParams.set("h", led.slice(0, 40).join(" "));
    link.href = address;
    return made("li", "md-search-result__item", link);
  };
  const answer = () => {
    if (!places.length) return; // still on their way
    const { results, marks } = look(partsOf(box.value));
    list.replaceChildren(...results.map((place) => shown(place, marks)));
    list.hidden = !results.length;
    list.closest(".md-search__scrollwrap").scrollTop = 0;
    const { none, results: some } = search.dataset;
    said.textContent = results.length ? some.replace("{count}", results.length) : wordsOf(box.value).length ? none : hint;
  };

  // The box: the keys go through the results; it closes when the focus goes elsewhere.
  const toggle = document.getElementById("__search");
  const open = (isOpen) => { if (toggle.checked !== isOpen) toggle.click(); };
  let script;
  const begin = () => {
    open(true);
    if (script) return;
    script = Object.assign(document.createElement("script"), { src: search.dataset.index });
    script.onload = () => { read(self.searchIndex); answer(); };
    script.onerror = () => { script = null; };
    document.head.append(script);
  };
  box.addEventListener("focus", begin);
  box.addEventListener("input", answer);
  form.addEventListener("reset", () => { setTimeout(answer); box.focus(); });
  form.addEventListener("submit", (event) => { event.preventDefault(); list.querySelector("a")?.click(); });
  search.addEventListener("focusout", ({ relatedTarget: to }) => { if (to && !search.contains(to)) open(false); });
  search.addEventListener("keydown", (event) => {
    const stops = [box, ...list.querySelectorAll("a")], step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      stops.at((stops.indexOf(document.activeElement) + step) % stops.length).focus();
    } else if (event.key === "Escape") {
      open(false);
      document.activeElement.blur();
    }
  });
  const here = new URL(location);
  if (here.searchParams.has("q")) {
    box.value = here.searchParams.get("q");
    box.focus();
  }
  if (document.activeElement === box) begin();

  // The page opened: the words that led here stand out, and nothing else changes.
  if (here.searchParams.has("h")) {
    const led = new Set(here.searchParams.get("h").split(" "));
    here.searchParams.delete("h");
    history.replaceState(history.state, "", here);
    const ranges = [], texts = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) for (const { start, end } of hitsIn(texts.currentNode.data, led)) {
      ranges.push(new Range());
      ranges.at(-1).setStart(texts.currentNode, start);
      ranges.at(-1).setEnd(texts.currentNode, end);
    }
    if (self.CSS?.highlights) CSS.highlights.set("found", new Highlight(...ranges));
  }
}
