"""What is done to a page's content on its way: symbols in their colours, tooltips, and what it may not hold."""

import re
from html import escape
from pathlib import Path

from course import formulas, glossary
from mkdocs import plugins
from mkdocs.plugins import get_plugin_logger
from mkdocs.utils import get_relative_url

log = get_plugin_logger("content")


@plugins.event_priority(-150)  # after the i18n plugin, which puts the configuration back as it was
def on_config(config):
    """The titles that Markdown gives the links of headings and of notes are in words.yml."""
    words = config.extra["build"].project.words(config.plugins["i18n"].current_language)
    # Markdown would write &lt; as it is; of a note's title, it writes the number for {} and takes other braces doubled.
    link, back = (words[name].replace("&", "&amp;") for name in ("permalink_title", "footnote_back"))
    config.mdx_configs["toc"]["permalink_title"] = link
    parts = [re.sub(r"[{}]", r"\g<0>\g<0>", part) for part in back.split("{number}")]
    config.mdx_configs.setdefault("footnotes", {})["BACKLINK_TITLE"] = "{}".join(parts)


def on_page_markdown(markdown, page, config, **_):
    """Give the page the glossary's definitions, for its terms; and the glossary the titles of the lessons."""
    build, locale = config.extra["build"], page.file.locale
    if page.file.name == "glossary":
        words = build.project.words(locale)["glossary_lesson"]
        return glossary.with_lessons(markdown, lambda name: build.title(name, locale), words)
    text = build.glossary(locale)
    if page.file.name in config.extra["not_lessons"] or not text:
        return markdown
    return glossary.with_definitions(markdown, text)


def on_page_content(html, page, config, files):
    """Colour symbols; let terms lead to the glossary, and the glossary to its letters and to the other language."""
    html, build, locale = formulas.colour_symbols(html), config.extra["build"], page.file.locale
    if page.file.name != "glossary":
        there = files.get_file_from_path(f"{locale}/glossary.md")
        return glossary.first_places(html, build.glossary(locale), there and get_relative_url(there.url, page.url))
    project = build.project
    html = glossary.with_letters(html, project.words(locale)["glossary_letters"])
    other = project.source if locale != project.source else project.required[0]
    return glossary.link_languages(html, get_relative_url(page.file.alternates[other].url, page.url), other)


@plugins.event_priority(-40)  # after all that writes content
def check(html, page, config, **_):
    """End the build for a formula that was not converted, and for what may not be in a page of any language."""
    page.has_formulas, page.live = "<math" in html, sorted(set(re.findall(r'<([\w-]+)[^<>]* data-live="', html)))
    build, file = config.extra["build"], Path(page.file.abs_src_path)
    try:
        scanned = build.page(file, page.file.locale)
    except ValueError:  # said already
        return
    converted = len(re.findall(r"<math\b", html))
    if converted != len(scanned.formulas) and not any(build.problems(scanned)):
        log.error(f"{page.file.src_uri}: {len(scanned.formulas)} formulas, but {converted} were converted")
    unsafe = list(build.unsafe(html, scanned))
    for problem in unsafe:
        log.error(f"{page.file.src_uri}, {problem}")
    if unsafe:  # while serving, whoever looks at the page sees what is written in it, and nothing of it runs
        page.title, page.toc = page.file.name, type(page.toc)([])
        return f"<pre>{escape(scanned.source)}</pre>"


on_page_content = plugins.CombinedEvent(on_page_content, check)
