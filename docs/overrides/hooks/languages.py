"""Makes each language whole: its own search index, its own 404 page, and addresses other sites can rely on."""

import json
import re
from pathlib import Path
from urllib.parse import urljoin

from mkdocs import plugins

NOT_SEARCHED = re.compile(r'<(?:div class="language-|figure class="drawing"|math\b|div class="footnote")(?:[\w -]*")?')
# Words end at apostrophes too: a search for "uscita" finds "l'uscita".
SEPARATOR = r"[\s\-'’.,;:!?()«»“”]+"
_indexes = {}  # language -> the search index of its pages alone


def folder(language, i18n):
    """Where a language's pages are published: "" for the default language, "en/" for English."""
    return "" if language == i18n.default_language else f"{language}/"


@plugins.event_priority(50)  # before the search plugin takes its language from the theme
def on_config(config):
    """Let the search plugin take its language from the one that is being built, not from the first."""
    language = config.plugins["i18n"].current_language
    if language:
        config.theme["language"] = language
        config.plugins["material/search"].load_config({"separator": SEPARATOR})
    return config


def on_page_content(html, **_):
    """Keep programs, their output, formulas, figures and notes out of the search index, which every reader loads."""
    return NOT_SEARCHED.sub(r"\g<0> data-search-exclude", html)


def on_page_context(context, page, config, **_):
    """Give the templates the page's absolute address in every language, and the language's own root."""
    i18n = config.plugins["i18n"]
    context["language_root"] = folder(i18n.current_language, i18n).rstrip("/")
    context["default_language"] = i18n.default_language
    context["translations"] = {
        language: urljoin(config.site_url, file.url)
        for language, file in sorted(page.file.alternates.items())
        if file.locale == language  # a page that is not translated shows its source
    }
    return context


def on_template_context(context, config, **_):
    """The same for templates that are no page, such as 404.html."""
    i18n = config.plugins["i18n"]
    context["language_root"] = folder(i18n.current_language, i18n).rstrip("/")
    context["default_language"] = i18n.default_language
    return context


def in_its_language(output, config):
    """Say the language of a page in full: the theme says pt for pt-BR."""
    return re.sub(r'<html lang="[^"]*"', f'<html lang="{config.plugins["i18n"].current_language}"', output, count=1)


def on_post_page(output, config, **_):
    """The same for every page."""
    return in_its_language(output, config)


def on_post_template(output, template_name, config):
    """English would overwrite the root's 404.html: each language gets its own."""
    i18n = config.plugins["i18n"]
    if template_name == "404.html":
        output = in_its_language(output, config)
    if template_name == "404.html" and i18n.current_language != i18n.default_language:
        path = Path(config.site_dir) / folder(i18n.current_language, i18n) / "404.html"
        path.parent.mkdir(exist_ok=True)
        path.write_text(output, encoding="utf-8")
        return ""
    return output


def keep_index(config):
    """Keep what the search plugin has just written: the pages of this language alone."""
    i18n = config.plugins["i18n"]
    prefix = folder(i18n.current_language, i18n)
    index = json.loads((Path(config.site_dir) / "search" / "search_index.json").read_text(encoding="utf-8"))
    for entry in index["docs"]:
        entry["location"] = entry["location"].removeprefix(prefix)
    _indexes[prefix] = index


@plugins.event_priority(-200)  # after the i18n plugin, which merges all languages into one index
def write_indexes(config):
    """Write each language's index where its pages look for it."""
    if config.plugins["i18n"].building:
        return
    for prefix, index in _indexes.items():
        path = Path(config.site_dir) / prefix / "search" / "search_index.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


on_post_build = plugins.CombinedEvent(keep_index, write_indexes)
