"""A build that refuses to lie: with any mistake it fails and leaves no site; while serving, the pages say so.

A mistake is anything MkDocs, a plugin or a hook logs as a warning or worse. This hook ends the build for them, even
with `--no-strict` or `-q`, and empties the site folder. `mkdocs serve` goes on instead, with the mistakes in the
terminal and on top of every page.
"""

import html
import logging
from pathlib import Path

from mkdocs import plugins, utils
from mkdocs.exceptions import Abort
from mkdocs.utils import clean_directory  # this one: the i18n plugin puts another in its place

serving = False
site = None
found = []


class Collector(logging.Handler):
    """Keeps what is logged as a warning or worse."""

    def emit(self, record):
        """Keep one message; those of the server while nothing is being built do not count."""
        if record.name != "mkdocs.livereload":
            found.append(record.getMessage())


collector = Collector(logging.WARNING)
logger = logging.getLogger("mkdocs")


def on_startup(command, **_):
    """Remember whether the site is being served."""
    global serving
    serving = command == "serve"


def on_config(config):
    """Begin to collect; while serving, keep strict mode from ending the server."""
    global site
    site = config.site_dir
    if not config.plugins["i18n"].building:
        found.clear()
    if logger.level > logging.WARNING:  # mkdocs -q
        logger.setLevel(logging.WARNING)
    if collector not in logger.handlers:
        logger.addHandler(collector)
    if serving:
        config.strict = False
        for handler in [h for h in logger.handlers if isinstance(h, utils.CountHandler)]:
            logger.removeHandler(handler)


def show_mistakes(config):
    """Put the mistakes of this build on top of every page."""
    box = "".join(f"<pre>{html.escape(text)}</pre>" for text in dict.fromkeys(found))
    for path in Path(config.site_dir).rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        start = page.index(">", page.index("<body")) + 1
        notice = f'<div class="mistakes" role="alert">{box}</div>'
        path.write_text(page[:start] + notice + page[start:], encoding="utf-8")


@plugins.event_priority(-200)  # after the i18n plugin, which builds the other languages in its own on_post_build
def on_post_build(config):
    """At the end of the last language, show what was found, or end the build, strict or not."""
    if found and not config.plugins["i18n"].building:
        if not serving:
            raise Abort(f"{len(found)} mistake(s) above: nothing was published")
        show_mistakes(config)


def on_build_error(error, **_):
    """Leave nothing that could be published by mistake."""
    found.clear()
    utils.clean_directory = clean_directory
    if not serving:
        clean_directory(site)
