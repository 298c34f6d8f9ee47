"""Says on a page that it is not translated, or is behind its source; shows how far the translations are."""

import re
from html import escape

from course import translations
from course.compare import STATUS
from mkdocs import plugins
from mkdocs.utils import get_relative_url


def link(page, address, words, locale=""):
    """A link in a notice, in HTML."""
    language = f' hreflang="{locale}"' if locale else ""
    return f'<a{language} href="{escape(get_relative_url(address, page.url))}">{escape(words)}</a>'


@plugins.event_priority(-30)  # after the hooks that look at a page's own content, before the check of what it holds
def on_page_content(html, page, config, **_):
    """Say that a page is not translated, in which language it is, and where else the reader may read it."""
    locale, project = config.plugins["i18n"].current_language, config.extra["build"].project
    if page.file.locale == locale:
        return html
    words = project.words(locale)
    links = []
    other = page.file.alternates.get(project.read_from(locale))
    if other and other.locale not in (locale, page.file.locale):
        said = words["untranslated_other"].replace("{language}", project.names[other.locale])
        links.append(link(page, other.url, said, other.locale))
    links.append(link(page, f"{locale}/contributing/#language", words["untranslated_help"]))
    text = f"{escape(words['untranslated_text'])} {'. '.join(links)}."
    note = f'<p class="admonition-title">{escape(words["untranslated_title"])}</p><p>{text}</p>'
    return f'<div class="admonition note">{note}</div><div lang="{page.file.locale}">{html}</div>'


def on_page_context(context, page, config, **_):
    """The address of an untranslated page, for search engines, is its source's."""
    if page.file.locale != config.plugins["i18n"].current_language:
        page.canonical_url = context["translations"][page.file.locale]
    return context


def on_page_markdown(markdown, page, config, **_):
    """Fill in the table of the translations; put a note under the heading of one that is behind its source."""
    locale, project = page.file.locale, config.extra["build"].project
    if STATUS in markdown:
        markdown = markdown.replace(STATUS, translations.status_table(project, locale))
    if locale == project.source or translations.status_of(project, locale, page.file.name).state != "outdated":
        return markdown
    words = project.words(locale)
    links = [
        link(page, page.file.alternates[project.source].url, words["outdated_source"], project.source),
        link(page, f"{locale}/contributing/#update", words["outdated_help"]),
    ]
    title = escape(words["outdated_title"]).replace('"', "&quot;")
    note = f'!!! note "{title}"\n    {escape(words["outdated_text"])} {". ".join(links)}.\n'
    return re.sub(r"^(# .*\n)", lambda m: f"{m[1]}\n{note}\n", markdown, count=1, flags=re.M)
