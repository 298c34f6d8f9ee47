"""Gives each language a search index of its own, with its words alone."""

import json
import re
from pathlib import Path

from mkdocs import plugins

NOT_SEARCHED = re.compile(r'<(?:div class="language-|figure class="drawing"|math\b|div class="footnote")(?:[\w -]*")?')
# Words end at apostrophes too: a search for "uscita" finds "l'uscita".
SEPARATOR = r"[\s\-'’.,;:!?()«»“”]+"
indexes = {}  # where a language is published -> the search index of its pages alone


@plugins.event_priority(50)  # before the search plugin takes its language from the theme
def on_config(config):
    """Let the search plugin take its language from the one that is being built, not from the first."""
    if language := config.plugins["i18n"].current_language:
        config.theme["language"] = language
        config.plugins["material/search"].load_config({"separator": SEPARATOR})


def on_page_content(html, **_):
    """Keep programs, their output, formulas, figures and notes out of the search index, which every reader loads."""
    return NOT_SEARCHED.sub(r"\g<0> data-search-exclude", html)


def keep_index(config):
    """Keep what the search plugin has just written: the pages of this language alone."""
    i18n = config.plugins["i18n"]
    prefix = "" if i18n.current_language == i18n.default_language else f"{i18n.current_language}/"
    index = json.loads((Path(config.site_dir) / "search" / "search_index.json").read_text(encoding="utf-8"))
    for entry in index["docs"]:
        entry["location"] = entry["location"].removeprefix(prefix)
    indexes[prefix] = index


@plugins.event_priority(-200)  # after the i18n plugin, which merges all languages into one index
def write_indexes(config):
    """Write each language's index where its pages look for it."""
    if config.plugins["i18n"].building:
        return
    for prefix, index in indexes.items():
        path = Path(config.site_dir) / prefix / "search" / "search_index.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    indexes.clear()


on_post_build = plugins.CombinedEvent(keep_index, write_indexes)
