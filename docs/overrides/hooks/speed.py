"""Only makes the build faster: without this hook, or any part of it, the same bytes come out (a test holds that).

What each part saves is written beside it: seconds without it, and with it, on two cores (`tests/bench_build.py --parts`
measures again). A page is edited and served: "serving". Nothing remembered but the programs' results: "building".
"""

import logging
from functools import wraps
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from markdown_exec import formatters
from material.plugins.search.plugin import SearchIndex
from mkdocs import plugins
from mkdocs.utils import CountHandler

RENDERED = ("content", "toc", "_title_from_render", "present_anchor_ids")
blocks = {}  # what decides how a block looks -> the block
rendered = {}  # (source, address) -> (what a page's rendering depends on, what came of it, its links to anchors)
listed = {}  # theme folders -> their files
entries = {}  # page -> its entries in the search index


def block_once(format_block, build):
    """Set a program's block once for all languages, and again only when it or its output changes."""

    @wraps(format_block)
    def format_once(**options):
        page = build.shown[0]
        try:
            block = next(one for one in page.executed if one.options.get("id") == options["id"])
            key = block.opening, *block.code, options["code"], build.output(block, page.locale)
        except (StopIteration, ValueError, KeyError):  # the real one says what is wrong
            return format_block(**options)
        if key not in blocks:
            blocks[key] = format_block(**options)
        return blocks[key]

    return format_once


def templates_once(make, config):
    """Compile the theme's templates once, and list Material's 14,000 files once."""
    own = Path(config.theme.dirs[0])

    @wraps(make)
    def get_env():
        env = make()
        env.bytecode_cache = FileSystemBytecodeCache(str(cache))
        list_all = env.list_templates

        def list_templates(extensions=None, filter_func=None):
            key = tuple(config.theme.dirs), tuple(sorted(map(str, own.rglob("*"))))
            if key not in listed:
                listed[key] = list_all(extensions, filter_func)
            return list(listed[key])

        env.list_templates = list_templates
        return env

    cache = own.parents[1] / ".cache" / "templates"
    cache.mkdir(parents=True, exist_ok=True)
    return get_env


def entry_once(add):
    """Read a page for the search index once, until its content or address changes."""

    @wraps(add)
    def add_entry_from_context(index, page):
        key = page.url, page.title, page.content
        if key not in entries:
            before = len(index.entries)
            add(index, page)
            entries[key] = index.entries[before:]
        else:
            index.entries.extend(entries[key])

    return add_entry_from_context


@plugins.event_priority(80)  # after the hook that shows programs, before the search plugin reads words from a template
def on_config(config):
    """Put the parts in their places, once each."""
    formatters["python"] = block_once(formatters["python"], config.extra["build"])
    if not hasattr(config.theme.get_env, "__wrapped__"):
        config.theme.get_env = templates_once(config.theme.get_env, config)
    if not hasattr(SearchIndex.add_entry_from_context, "__wrapped__"):
        SearchIndex.add_entry_from_context = entry_once(SearchIndex.add_entry_from_context)


@plugins.event_priority(-60)  # after every hook and plugin that edits the text
def on_page_markdown(markdown, page, config, files):
    """Convert a page again only when its text, its programs, the glossary, the configuration or the files changed."""
    convert, build = page.render, config.extra["build"]
    source = Path(page.file.abs_src_path)
    place = page.file.src_uri, page.url
    config_file = Path(config.config_file_path)

    def render(config, files):
        try:
            made_from = build.states(build.page(source, page.file.locale))
        except (ValueError, KeyError):  # a page that cannot be read, or one that is wrong
            return convert(config, files)
        key = markdown, config_file.stat().st_mtime_ns, tuple(file.src_uri for file in files), tuple(made_from.items())
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
    """Look for edits five times a second, not twice: at half a second, waiting is most of what an author feels."""
    for thread in (server.observer, *server.observer.emitters):
        thread._timeout = 0.2
    return server
