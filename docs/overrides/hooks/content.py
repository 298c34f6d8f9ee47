"""What is done to a page's content on its way: symbols in their colours, tooltips, and what it may not hold."""

import re
from html import escape
from pathlib import Path

from course import formulas, glossary
from mkdocs import plugins
from mkdocs.plugins import get_plugin_logger
from mkdocs.utils import get_relative_url

log = get_plugin_logger("content")


def on_page_markdown(markdown, page, config, **_):
    """Give the page the glossary's definitions, for its tooltips."""
    text = config.extra["build"].glossary(page.file.locale)
    if page.file.name in config.extra["not_lessons"] or not text:
        return markdown
    return glossary.with_definitions(markdown, text)


def on_page_content(html, page, config, **_):
    """Colour symbols, keep tooltips at their first places, let the glossary's languages lead to one another."""
    html = formulas.colour_symbols(html)
    if page.file.name != "glossary":
        return glossary.first_places(html)
    project = config.extra["build"].project
    other = project.source if page.file.locale != project.source else project.required[0]
    return glossary.link_languages(html, get_relative_url(page.file.alternates[other].url, page.url), other)


@plugins.event_priority(-40)  # after all that writes content
def check(html, page, config, **_):
    """End the build for a formula that was not converted, and for what may not be in a page of any language."""
    page.has_formulas, page.is_live = "<math" in html, " data-live=" in html
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
