"""Only makes `mkdocs serve` faster: without it the same bytes come out, later. `tests/bench_build.py --parts`."""

import logging
from pathlib import Path

from mkdocs import plugins
from mkdocs.utils import CountHandler

RENDERED = ("content", "toc", "_title_from_render", "present_anchor_ids")
rendered = {}  # (source, address) -> (what a page's rendering depends on, what came of it, its links to anchors)


@plugins.event_priority(-60)  # after every hook and plugin that edits the text
def on_page_markdown(markdown, page, config, files):
    """Convert a page again only when what it is made from has changed: half of a page's edit.

    That is its text, its programs, the glossary, the configuration, the language's words, the set of files.
    """
    convert, build = page.render, config.extra["build"]
    source = Path(page.file.abs_src_path)
    place = page.file.src_uri, page.url
    config_file = Path(config.config_file_path)

    def render(config, files):
        try:
            made_from = build.states(build.page(source, page.file.locale))
        except (ValueError, KeyError):  # a page that cannot be read, or one that is wrong
            return convert(config, files)
        words = str(build.project.words(config.plugins["i18n"].current_language))
        sources = tuple(file.src_uri for file in files)
        key = markdown, config_file.stat().st_mtime_ns, words, sources, tuple(made_from.items())
        if rendered.get(place, [None])[0] == key:
            _, values, links = rendered[place]
            for name, value in values.items():
                setattr(page, name, value)
            page.links_to_anchors = {files.src_uris[uri]: anchors for uri, anchors in links.items()}
            return
        warnings = CountHandler(level=logging.WARNING)
        logging.getLogger("mkdocs").addHandler(warnings)
        try:
            convert(config, files)
        finally:
            logging.getLogger("mkdocs").removeHandler(warnings)
        if not warnings.get_counts():
            links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
            rendered[place] = key, {name: getattr(page, name) for name in RENDERED}, links

    page.render = render
    return markdown


def on_serve(server, **_):
    """Look for edits ten times a second, not twice, and wait less for more of them: a third of a page's edit."""
    server.build_delay = 0.02
    for thread in (server.observer, *server.observer.emitters):
        thread._timeout = 0.1
    return server
