"""Every page leads to all the programs, in one zip, and every listing to its own."""

import zipfile
from urllib.parse import urljoin

import pytest
from conftest import SITE_URL
from course import archive
from pages import LANGUAGES, PAGES, PROJECT, SNIPPETS, SOURCE, html, sections_shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_leads_to_the_zip(site, language, page):
    last = html(site, language, page).select("article .downloads a")[-1]
    own = ("" if language == SOURCE else f"{language}/") + ("" if page == "index" else f"{page}/")
    address = urljoin(SITE_URL + own, last["href"]).removeprefix(SITE_URL)
    assert address == archive.ADDRESS and zipfile.is_zipfile(site / address)
    assert last.get_text() == PROJECT.words(language)["archive_link"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_listing_leads_to_its_program(site, language, page):
    doc = html(site, language, page)
    titles = doc.select("article .language-python .filename, article details.listing > summary")
    shown = [block.program[0] for block in sections_shown(language, page) if "source" in block.options]
    found = []
    for title in titles:
        if link := title.find("a") or title.find_next_sibling("a"):
            own = ("" if language == SOURCE else f"{language}/") + ("" if page == "index" else f"{page}/")
            address = urljoin(SITE_URL + own, link["href"]).removeprefix(SITE_URL)
            name = address.removeprefix("snippets/")
            assert name in (link.get_text(), link.get("aria-label"))
            assert (site / address).read_bytes() == (SNIPPETS / name).read_bytes()
            found.append(name)
    assert found == shown
    assert not doc.select("summary :is(a, button)"), "one control in another: a keyboard and a screen reader get lost"
