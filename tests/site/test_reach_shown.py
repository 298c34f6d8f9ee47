"""What the built pages say of themselves, to sites that link to them and to search engines; how they are cited."""

import json

import pytest
from bs4 import BeautifulSoup
from conftest import SITE_URL
from course import glossary, reach
from pages import LANGUAGES, PAGES, PROJECT, html, languages_of, source

EVERY_PAGE = [(language, page) for language in LANGUAGES for page in PAGES]
every_page = pytest.mark.parametrize(("language", "page"), EVERY_PAGE)
LESSONS = [page for page in PROJECT.pages if page not in ("index", "glossary", "contributing")]


def address(language, page):
    """Where a page is published."""
    folder = "" if language == PROJECT.source else f"{language}/"
    return SITE_URL + folder + ("" if page == "index" else f"{page}/")


def title(site, language, page):
    """The title of a page, in plain text."""
    return html(site, language, page).title.get_text().split(" · ")[0]


def data(site, language, page):
    """The data of a page for search engines; None if it has none."""
    script = html(site, language, page).select_one('script[type="application/ld+json"]')
    return script and json.loads(script.get_text())


@every_page
def test_a_link_to_the_page_can_be_shown(site, language, page):
    metas = html(site, language, page).select('meta[property^="og:"]')
    said = {meta["property"].removeprefix("og:"): meta["content"] for meta in metas}
    assert said["title"] == title(site, language, page) and said["url"] == address(language, page)
    assert said["description"] == source(language, page).meta["description"]
    assert said["site_name"] == PROJECT.words(language)["site_name"]
    assert said["type"] == ("website" if page == "index" else "article")
    others = [one["content"] for one in metas if one["property"] == "og:locale:alternate"]
    assert said["locale"] == reach.territory(language)
    assert sorted(others) == sorted(reach.territory(one) for one in languages_of(page) if one != language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", LESSONS)
def test_search_engines_are_told_what_a_lesson_is(site, language, page):
    said = data(site, language, page)
    assert said["@context"] == "https://schema.org" and said["@type"] == "LearningResource"
    assert said["inLanguage"] == language and said["url"] == said["@id"] == address(language, page)
    assert said["name"] == title(site, language, page) and said["license"] == reach.LICENCE
    assert said["educationalLevel"] == PROJECT.words(language)["level"]
    assert said["position"] == LESSONS.index(page) + 1
    assert said["isPartOf"]["@id"] == address(language, "index") and said["isPartOf"]["@type"] == "Course"
    terms = glossary.explained(source(language, "glossary").source).get(page)
    assert said.get("teaches") == terms


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_engines_are_told_what_the_course_is(site, language):
    said = data(site, language, "index")
    assert said["@type"] == "Course" and said["inLanguage"] == language and said["license"] == reach.LICENCE
    assert said["name"] == PROJECT.words(language)["site_name"] and said["teaches"] and said["provider"]["name"]
    parts = [(one["position"], one["name"], one["url"]) for one in said["hasPart"]]
    expected = [(title(site, language, page), address(language, page)) for page in LESSONS]
    assert parts == [(place, *one) for place, one in enumerate(expected, 1)]
    for page in ("glossary", "contributing"):
        assert data(site, language, page) is None


@every_page
def test_every_page_says_how_to_cite_it(site, language, page):
    block = html(site, language, page).select_one("article details.cite")
    assert not block.has_attr("open")
    words, bibtex = block.p.get_text(), block.select_one("pre").get_text()
    for text in (words, bibtex):
        assert address(language, page) in text and title(site, language, page) in text
        assert PROJECT.words(language)["authors"] in text
        assert str(reach.year(PROJECT.root / "CITATION.cff")) in text
    assert "{" not in words


def test_robots_are_told_where_the_map_is(site):
    lines = (site / "robots.txt").read_text(encoding="utf-8").splitlines()
    assert f"Sitemap: {SITE_URL}sitemap.xml" in lines and "Disallow" not in "".join(lines)


def test_a_missing_page_says_nothing_of_itself(site):
    for file in site.rglob("404.html"):
        document = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        assert not document.select('[property^="og:"], [type="application/ld+json"], .cite')
