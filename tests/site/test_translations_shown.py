"""Translations on the site: what is behind its source or missing says so; a language is started and the site builds."""

import pytest
from bs4 import BeautifulSoup
from conftest import mkdocs
from course import translations
from course.project import open_project
from pages import PROJECT, html


def built(folder, place):
    """A page of a small project's site."""
    return BeautifulSoup((folder / "site" / place / "index.html").read_text(encoding="utf-8"), "html.parser")


def build(folder):
    """Build a small project."""
    done = mkdocs("build", folder=folder)
    assert done.returncode == 0, done.stdout


def test_a_translation_that_is_behind_says_so(project):
    page = project / "docs/en/page.md"
    text = page.read_text(encoding="utf-8")
    stamped = translations.blob((project / "docs/it/page.md").read_bytes())
    for stamp, behind in ((stamped, False), ("0" * 40, True)):
        line = f'---\ntranslated_from: "{stamp}"\n'
        page.write_text(text.replace("---\n", line, 1), encoding="utf-8")
        build(project)
        note = built(project, "en/page").select_one("article h1 + .admonition")
        assert bool(note) == behind
    to_source, to_help = note.select("a")
    assert to_source["href"] == "../../page/" and to_source["hreflang"] == "it"
    assert to_help["href"] == "../contributing/#update"
    words = open_project(project).words("en")
    assert words["outdated_title"] in note.get_text() and words["outdated_text"] in note.get_text()
    assert not built(project, "page").select("article h1 + .admonition")


@pytest.mark.parametrize(("locale", "model"), [("fr", "it"), ("pt-BR", "en"), ("zh", "en")])
def test_a_language_is_started_and_the_site_builds(project, locale, model):
    started = translations.start(open_project(project), locale, model)
    build(project)
    shown, words = built(project, f"{locale}/page"), started.words(locale)
    assert shown.html["lang"] == locale and shown.select_one("article div[lang=it] h1").get_text().startswith("Page it")
    note = shown.select_one("article .admonition")
    assert words["untranslated_title"] in note.get_text() and words["untranslated_text"] in note.get_text()
    other, *_ = links = note.select("a")
    assert links[-1]["href"] == "../contributing/#language" and len(links) == 1 + (model == "en")
    if model == "en":
        assert other["href"] == "../../en/page/" and other["hreflang"] == "en"
        assert other.get_text() == words["untranslated_other"].replace("{language}", "English")
    canonical = shown.select_one("link[rel=canonical]")["href"]
    assert canonical.endswith("/page/") and f"/{locale}/" not in canonical
    assert locale not in {link["hreflang"] for link in shown.select("link[rel=alternate]")}
    first = built(project, locale)
    assert first.html["lang"] == locale and not first.select("article .admonition")
    sitemap = (project / "site/sitemap.xml").read_text(encoding="utf-8")
    assert f"/{locale}/</loc>" in sitemap and f"/{locale}/page/" not in sitemap


@pytest.mark.parametrize("language", [PROJECT.source, *PROJECT.required])
def test_the_table_of_translations_is_on_its_page(site, language):
    table = html(site, language, "contributing").select_one("article table")
    words = PROJECT.words(language)
    head, *rows = [[cell.get_text() for cell in row.select("th, td")] for row in table.select("tr")]
    assert head == [words["status_page"], *PROJECT.locales] and [row[0] for row in rows] == list(PROJECT.pages)
    for page, *shown in rows:
        states = [translations.status_of(PROJECT, locale, page).state for locale in PROJECT.locales]
        assert shown == [words[f"status_{state.replace(' ', '_')}"] for state in states]
