"""Terms, the glossary and the words of the theme in the built site: each in the language of its page."""

import itertools
import json
import re
from copy import copy

import pytest
from course.glossary import entries
from pages import LANGUAGES, PAGES, PROJECT, html, source

every_page = pytest.mark.parametrize(("language", "page"), list(itertools.product(LANGUAGES, PAGES)))


@every_page
def test_terms_lead_to_the_glossary_of_their_language(site, language, page):
    terms = html(site, language, page).select("article a.term")
    definitions = entries(source(language, "glossary").source)
    heads = {dt["id"]: dt.get_text() for dt in html(site, language, "glossary").select("dt")}
    assert {term["title"] for term in terms} <= set(definitions.values())
    targets = [term["href"].partition("/glossary/#") for term in terms]
    assert len({mark for *_, mark in targets}) == len(terms), "each term once"
    for term, (start, _, mark) in zip(terms, targets, strict=True):
        assert start == ".." and term.get_text() in re.split(r",\s*", heads[mark])
        assert (
            not term.find_parent(["a", "summary", "h1", "h2", "h3"]) and definitions[term.get_text()] == term["title"]
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_entry_leads_to_its_lesson_by_its_title(site, language):
    glossary = html(site, language, "glossary")
    links = [dd.select("span.lesson a") for dd in glossary.select("dd")]
    assert len(links) == len(glossary.select("dt")) and all(len(one) == 1 for one in links)
    for [link] in links:
        page = re.fullmatch(r"\.\./([\w-]+)/#[\w-]+", link["href"])[1]
        assert link.get_text() == source(language, page).headings[0].words
        label = PROJECT.words(language)["glossary_lesson"]
        assert link.parent.get_text() == f"{label}: {link.get_text()}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_letter_leads_to_its_first_entry(site, language):
    glossary = html(site, language, "glossary")
    first = {}
    for term in glossary.select("dt"):
        first.setdefault(term.get_text()[0].upper(), f"#{term['id']}")
    [strip] = glossary.select("nav.letters")
    assert {link.get_text(): link["href"] for link in strip.select("a")} == first
    assert strip["aria-label"] == PROJECT.words(language)["glossary_letters"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_finds_neither_the_letters_nor_the_titles_of_lessons(site, language):
    folder = site if language == PROJECT.source else site / language
    text = (folder / "search" / "index.js").read_text(encoding="utf-8")
    words = PROJECT.words(language)
    assert next(iter(entries(source(language, "glossary").source))) in text
    assert words["glossary_lesson"] not in text and not re.search(r"\bA B C D\b", text)


def spoken(document):
    """What a page says outside its text: {(where, words)}."""
    document = copy(document)
    found = set()
    for markup in document.select('template[id$="-markup"]'):  # its words are the page's: see the next test
        markup.decompose()
    for tag in document.find_all(True):
        for name in ("title", "aria-label", "alt", "placeholder", "data-md-label", "aria-description"):
            if tag.get(name):
                found.add((name, tag[name]))
    if config := document.select_one("#__config"):
        found |= set(json.loads(config.get_text())["translations"].items())
    for other in document.select("article, script, style, title"):
        other.decompose()
    return found | {("text", text.strip()) for text in document.body.find_all(string=True) if text.strip()}


def test_the_markup_of_live_figures_has_no_words_of_its_own(site):
    tried = 0
    for page in PAGES:
        for markup in html(site, LANGUAGES[0], page).select('template[id$="-markup"]'):
            said = [
                text
                for tag in markup.find_all(True)
                for text in (tag.get("aria-label"), tag.get("title"), tag.get("alt"))
            ]
            said += markup.find_all(string=True)
            said = {word for text in said if text for word in re.findall(r"\w{3,}", re.sub(r"\{\w+\}", "", text))}
            assert not {word for word in said if re.search(r"[^\W\d_]", word)} - {"ReLU", "tanh"}, (
                f"{page}: {markup['id']}"
            )
            tried += 1
    assert tried >= 7


# Names, which are the same in every language: of languages, programs, licences.
NAMES = re.compile("|".join([*map(re.escape, PROJECT.names.values()), r"[\w.]+\.py", "CC BY 4.0"]))


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(LANGUAGES, 2)))
@pytest.mark.parametrize("page", PAGES)
def test_no_words_of_one_language_in_another(site, one, other, page):
    shared = spoken(html(site, one, page)) & spoken(html(site, other, page))
    words = {(where, words) for where, words in shared if re.search(r"[^\W\d_]", words)}
    assert not {(where, words) for where, words in words if not NAMES.fullmatch(words)}
