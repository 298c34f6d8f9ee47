"""Renders a page once: names the page that fails and, while serving, keeps what did not change.

MkDocs converts every page at each edit and compiles every template at each build. Here a page is converted again
only when its text, its programs, the configuration or the set of files changed, and compiled templates are kept.
"""

import html
import logging
from functools import wraps
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from material.plugins.search.plugin import SearchIndex
from mkdocs import plugins
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils import CountHandler

log = plugins.get_plugin_logger("rendering")
RENDERED = ("content", "toc", "_title_from_render", "present_anchor_ids")
_kept = {}  # (source, address) -> (key, {file: its state}, what was rendered, its links to anchors)

_listed = {}  # theme folders -> their files
_entries = {}  # page -> its entries in the search index


def state(file):
    """What tells whether a file changed, or None if it is gone."""
    path = Path(file)
    return path.exists() and (path.stat().st_mtime_ns, path.stat().st_size)


@plugins.event_priority(-60)  # after every hook and plugin that edits the text
def on_page_markdown(markdown, page, config, files):
    """Put a rendering in the place of this page's own that reports by name and remembers."""
    convert = page.render
    place = page.file.src_uri, page.url
    key = markdown, state(config.config_file_path), tuple(file.src_uri for file in files)

    def render(config, files):
        old_key, depends, rendered, links = _kept.get(place, (None, {}, {}, {}))
        if old_key == key and all(state(file) == seen for file, seen in depends.items()):
            for name, value in rendered.items():
                setattr(page, name, value)
            page.links_to_anchors = {files.src_uris[uri]: anchors for uri, anchors in links.items()}
            return
        warnings = CountHandler(level=logging.WARNING)
        logging.getLogger("mkdocs").addHandler(warnings)
        try:
            convert(config, files)
        except Exception as error:
            log.error(f"{page.file.src_uri}: {error}")
            page.content = f'<div class="admonition failure"><p>{html.escape(str(error))}</p></div>'
            page.toc = TableOfContents([])
        finally:
            logging.getLogger("mkdocs").removeHandler(warnings)
        if not warnings.get_counts():
            links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
            depends = {file: state(file) for file in page.depends}
            _kept[place] = key, depends, {name: getattr(page, name) for name in RENDERED}, links

    page.render = render
    return markdown


def templates(make, folders):
    """Wrap a theme's way of making its environment: templates compiled once, Material's 14,000 files listed once."""
    own = Path(folders[0])

    @wraps(make)
    def get_env():
        env = make()
        env.bytecode_cache = FileSystemBytecodeCache(str(cache))
        list_all = env.list_templates

        def list_templates(extensions=None, filter_func=None):
            key = tuple(folders), tuple(sorted(map(str, own.rglob("*"))))
            if key not in _listed:
                _listed[key] = list_all(extensions, filter_func)
            return list(_listed[key])

        env.list_templates = list_templates
        return env

    cache = own.parents[1] / ".cache" / "templates"  # git ignores .cache
    cache.mkdir(parents=True, exist_ok=True)
    return get_env


def on_serve(server, **_):
    """Look for edits five times a second, not twice: at half a second, waiting is most of what an author feels."""
    for thread in (server.observer, *server.observer.emitters):
        thread._timeout = 0.2
    return server


@plugins.event_priority(100)  # before the search plugin reads its words from a template
def on_config(config):
    """Make templates cheap."""
    if not hasattr(config.theme.get_env, "__wrapped__"):
        config.theme.get_env = templates(config.theme.get_env, config.theme.dirs)


def remembered(add):
    """Wrap the search index's reading of a page: the same content, at the same address, is read once."""

    @wraps(add)
    def add_entry_from_context(index, page):
        key = page.url, page.title, page.content
        if key not in _entries:
            before = len(index.entries)
            add(index, page)
            _entries[key] = index.entries[before:]
        else:
            index.entries.extend(_entries[key])

    return add_entry_from_context


if not hasattr(SearchIndex.add_entry_from_context, "__wrapped__"):
    SearchIndex.add_entry_from_context = remembered(SearchIndex.add_entry_from_context)
