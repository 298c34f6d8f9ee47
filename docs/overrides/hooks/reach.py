"""Gives the templates what a page says of itself to search engines, to sites that link to it, to whoever cites it."""

from pathlib import Path

from course import glossary, reach
from course.search import plain


def on_config(config):
    """The year of a page's reference is that of CITATION.cff."""
    config.extra["year"] = reach.year(Path(config.config_file_path).with_name("CITATION.cff"))


def on_page_context(context, page, config, nav):
    """What main.html shows: in the page's own language, also where a page that is not translated shows its source."""
    build, locale, name = config.extra["build"], page.file.locale, page.file.name
    is_home, words = name == "index", build.project.words(locale)
    title = words["site_name"] if is_home else plain(page.title)
    description = page.meta.get("description") or words["site_description"]
    address, places = page.canonical_url, context["translations"]
    told = reach.Told(locale, address, title, description, words, places, build.project.source)
    data, lessons = None, [one for one in nav.pages if one.file.name not in config.extra["not_lessons"]]
    if is_home:
        parts = [(n, plain(one.title), one.canonical_url) for n, one in enumerate(lessons, 1)]
        data = reach.course(told, parts)
    elif page in lessons:
        home = next(one for one in nav.pages if one.file.name == "index")
        terms = glossary.explained(build.glossary(locale)).get(name, [])
        data = reach.lesson(told, terms, lessons.index(page) + 1, home.canonical_url)
    year = config.extra["year"]
    context["told"] = told
    context["linked_data"] = data and reach.as_script(data)
    context["cited"] = reach.cited(told, year, is_home), reach.bibtex(told, year, name)
    context["territories"] = [reach.territory(one) for one in (locale, *(one for one in places if one != locale))]
