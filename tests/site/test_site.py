"""The built site: whole in each language, without a dead link, a traceback, raw TeX or a call to another host."""

import gzip
import json
import re
import xml.etree.ElementTree as ET
from copy import copy
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from conftest import EDIT_URI, PREFIX, SITE_URL
from pages import LANGUAGES, LOCALES, PAGES, PROJECT, html, languages_of, source

EVERY_PAGE = [(language, page) for language in LANGUAGES for page in PAGES]
every_page = pytest.mark.parametrize(("language", "page"), EVERY_PAGE)


def address(language, page):
    """Where a page is published, below the root."""
    return ("" if language == "it" else f"{language}/") + ("" if page == "index" else f"{page}/")


def documents(site):
    """Every HTML file: {its address below the root: its document}."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        found[name.removesuffix("index.html")] = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    return found


@pytest.fixture(scope="module")
def all_documents(site):
    return documents(site)


def test_build_says_nothing_alarming(built):
    assert not re.search(r"WARNING|ERROR|Traceback", built[1]), built[1]


def test_all_files_are_expected(site):
    assert not list(site.glob("overrides")) and not list(site.rglob("*.py[co]")) and not list(site.rglob("__pycache__"))
    assert {p.name for p in site.glob("*.html")} == {"index.html", "404.html"}


def test_links_and_anchors(all_documents, site):
    dead = []
    ids = {name: {e["id"] for e in doc.select("[id]")} for name, doc in all_documents.items()}
    for name, doc in all_documents.items():
        for tag in doc.select("a[href], link[href], script[src], img[src]"):
            link = tag.get("href") or tag.get("src")
            full = urlsplit(urljoin(SITE_URL + name, link))
            if not full.geturl().startswith(SITE_URL):
                continue
            target = full.path.removeprefix(urlsplit(SITE_URL).path)
            if target in ids:
                if full.fragment and full.fragment not in ids[target] and not full.fragment.startswith("__"):
                    dead.append(f"{name}: {link}: no such anchor")
            elif not (site / target).is_file():
                dead.append(f"{name}: {link}: no such page or file")
    assert not dead, "\n".join(dead)


def test_nothing_comes_from_another_host(all_documents, site):
    for name, doc in all_documents.items():
        for tag in doc.select("script[src], img[src], iframe, video, audio, source, object, embed, link"):
            if tag.name == "link" and not {"stylesheet", "preload", "icon", "preconnect", "prefetch"} & set(tag["rel"]):
                continue
            link = tag.get("src") or tag.get("href") or ""
            assert not urlsplit(link).netloc, f"{name}: {link}"
    for path in [*site.rglob("assets/css/*"), *site.rglob("assets/js/*")]:
        assert "http" not in re.sub(r"http://www\.w3\.org", "", path.read_text(encoding="utf-8")), path


def test_ids_are_unique(all_documents):
    for name, doc in all_documents.items():
        ids = [e["id"] for e in doc.select("[id]")]
        assert len(ids) == len(set(ids)), (name, sorted({i for i in ids if ids.count(i) > 1}))


@every_page
def test_head(site, language, page):
    doc = html(site, language, page)
    assert doc.html["lang"] == language
    assert doc.select_one("meta[name=description]")["content"] == source(language, page).meta["description"]
    assert doc.select_one("link[rel=canonical]")["href"] == SITE_URL + address(language, page)
    alternates = {link["hreflang"]: link["href"] for link in doc.select("link[rel=alternate]")}
    expected = {other: SITE_URL + address(other, page) for other in languages_of(page)}
    assert alternates == expected | {"x-default": expected["it"]}


def test_titles(site):
    titles = {(language, page): html(site, language, page).title.get_text() for language, page in EVERY_PAGE}
    assert titles["it", "index"] == "LLM e pesi" and titles["en", "index"] == "LLMs and weights"
    assert (
        titles["it", "llm"] == "Che cos'è un LLM · LLM e pesi"
        and titles["en", "llm"] == "What an LLM is · LLMs and weights"
    )
    assert len(set(titles.values())) == len(titles)


@every_page
def test_edit_link_opens_the_right_file(site, language, page):
    links = [a["href"] for a in html(site, language, page).select("a.md-content__button")]
    assert links == [f"{EDIT_URI}{language}/{page}.md"]


@every_page
def test_language_switch_stays_on_the_page(site, language, page):
    doc = html(site, language, page)
    for link in doc.select("a.md-select__link"):
        target = urljoin(SITE_URL + address(language, page), link["href"])
        assert target == SITE_URL + address(link["hreflang"], page)


@every_page
def test_page_is_sound(site, language, page):
    doc = copy(html(site, language, page))
    article = doc.select_one("article")
    assert len(article.select("h1")) == 1
    assert "Traceback" not in article.get_text()
    for figure in article.select("figure"):
        assert (
            figure.svg["role"] == "img" and len(figure.svg["aria-label"]) > 40 and figure.figcaption.get_text().strip()
        )
    assert all(image.get("alt") for image in article.select("img"))
    for other in article.select("pre, code, math"):
        other.decompose()
    assert not re.search(r"\$|\\[a-zA-Z]{2,}|\\\(|\{#|--8<--|^\s*```", article.get_text())


@every_page
def test_page_has_what_a_lesson_has(site, language, page):
    if page in ("index", "glossary", "contributing"):
        return
    article = html(site, language, page).select_one("article")
    levels = [article.select_one(f"#{level}") for level in ("by-hand", "change", "puzzles")]
    solutions = article.select("details.tip")
    computed = [one for one in solutions if one.select(".language-text, .language-console")]
    needs = {
        "a line with {.needs}": article.select_one("p.needs"),
        "a figure": article.select_one("figure"),
        "three programs with what they print": len(article.select(".language-text")) >= 3,
        "exercises under {#by-hand}, {#change} and {#puzzles}": all(levels),
        "six exercises with a folded solution": len(solutions) >= 6,
        "four solutions that are computed": len(computed) >= 4,
        "a recap in {#recap}": article.select_one("#recap") and article.select_one(".admonition.minute li"),
        "sources in {#sources}, and a note": article.select_one("#sources") and article.select(".footnote li"),
        "three terms of the glossary": len(article.select("a.term")) >= 3,
    }
    missing = [what for what, found in needs.items() if not found]
    assert not missing, f"docs/{language}/{page}.md needs {'; '.join(missing)}"


@every_page
def test_formulas_ask_for_the_font_only_where_they_are(site, language, page):
    doc = html(site, language, page)
    assert bool(doc.select("article math")) == bool(doc.select("link[href$='maths.css']"))


def test_font_is_small_and_licensed(site):
    font = site / "assets" / "fonts" / "stix-two-math.woff2"
    assert font.read_bytes()[:4] == b"wOF2" and font.stat().st_size < 80_000
    face = [path.stat().st_size for path in font.parent.glob("literata-*.woff2")]
    assert len(face) == 4 and sum(face) <= 70_000
    licence = (font.parent / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in licence and "STIX Two Math:" in licence and "Literata:" in licence


def test_font_has_every_character_of_the_formulas(all_documents):
    from fontTools.ttLib import TTFont
    from pages import DOCS

    there = TTFont(DOCS / "assets" / "fonts" / "stix-two-math.woff2").getBestCmap()
    text = {
        c for doc in all_documents.values() for formula in doc.select("math") for c in formula.get_text() if c.strip()
    }
    assert text and not {c for c in text if ord(c) not in there}


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_index_holds_one_language(site, language):
    text = (site / address(language, "index") / "search" / "index.js").read_text(encoding="utf-8")
    pages = json.loads(text.removeprefix("searchIndex="))["pages"]
    assert [place for place, _ in pages] == [address("it", page) for page in PROJECT.pages], "below the language's root"
    other, own = ("hidden layer", "strato nascosto") if language == "it" else ("strato nascosto", "hidden layer")
    assert own in text and len(re.findall(rf"\b{other}\b", text)) <= 1
    assert "import numpy" not in text and "<math" not in text
    assert len(gzip.compress(text.encode())) < 3_300 * len(PAGES), "every reader who searches loads it"


@every_page
def test_every_section_and_term_can_be_found(site, language, page):
    text = (site / address(language, "index") / "search" / "index.js").read_text(encoding="utf-8")
    found = dict(json.loads(text.removeprefix("searchIndex="))["pages"])[address("it", page)]
    places = html(site, language, page).select("article :is(h2, h3, h4, dt)[id]")
    assert [one[0] for one in found] == ["", *(place["id"] for place in places)]


def test_nothing_is_left_of_the_search_of_the_theme(site):
    files = {path.relative_to(site).as_posix() for path in site.rglob("*")}
    assert not [name for name in files if re.search("lunr|worker|search_index", name)]


def test_each_language_has_its_404(site):
    root = BeautifulSoup((site / "404.html").read_text(encoding="utf-8"), "html.parser")
    english = BeautifulSoup((site / "en" / "404.html").read_text(encoding="utf-8"), "html.parser")
    assert root.html["lang"] == "it" and english.html["lang"] == "en"
    assert "Pagina non trovata" in root.h1.get_text() and "Page not found" in english.h1.get_text()
    homes = [PREFIX + ("" if locale == "it" else f"{locale}/") for locale in LOCALES]
    assert [a["href"] for a in root.select("article a[href]:not(.look)")] == homes
    assert [a["href"] for a in root.select("article a.look")] == [f"{home}?q=" for home in homes]


def test_sitemap(site):
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    tree = ET.parse(site / "sitemap.xml")
    found = {}
    for url in tree.iterfind("s:url", space):
        links = {link.get("hreflang"): link.get("href") for link in url.iterfind("x:link", space)}
        found[url.find("s:loc", space).text] = links
    for page in PAGES:
        expected = {other: SITE_URL + address(other, page) for other in languages_of(page)}
        for language in expected:
            assert found.pop(expected[language]) == expected | {"x-default": expected["it"]}
    assert not found, "a page that is not translated is none of its language's"


def test_same_commit_same_bytes(site, twin):
    folder, process = twin
    assert process.wait(120) == 0
    first, second = ({p.relative_to(f): p.read_bytes() for p in f.rglob("*") if p.is_file()} for f in (site, folder))
    assert first.keys() == second.keys()
    assert [str(name) for name in first if first[name] != second[name]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_says_where_on_the_path_it_is(site, language):
    others = ("index", "glossary", "contributing")
    lessons = [page for page in PROJECT.pages if page not in others]
    for number, page in enumerate(lessons, 1):
        stage = html(site, language, page).select_one("article > .stage")
        assert re.findall(r"\d+", stage.get_text()) == [str(number), str(len(lessons))]
        assert len(stage.select("i.done")) == number and len(stage.select("i")) == len(lessons)
    assert not any(html(site, language, page).select(".stage") for page in others)


@every_page
def test_notes_are_numbered_in_the_order_in_which_they_are_cited(site, language, page):
    cited = [int(note.get_text()) for note in html(site, language, page).select("article a.footnote-ref")]
    assert list(dict.fromkeys(cited)) == list(range(1, len(set(cited)) + 1))
