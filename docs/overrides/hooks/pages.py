"""Opens the project for the other hooks (course/build.py), and says what is wrong in its pages, by line."""

import signal
from pathlib import Path

from course.build import Build
from course.compare import INCLUDED
from course.formulas import Formulas
from course.programs import Limits
from markupsafe import escape
from mkdocs import plugins
from mkdocs.plugins import get_plugin_logger

log = get_plugin_logger("pages")
ENDINGS = ("SIGTERM", "SIGHUP")  # the system ends MkDocs, or its terminal is closed
kept = {}  # root -> its Build: while serving, one build remembers what the one before it did


def on_startup(**_):
    """Let whatever ends MkDocs end it as Ctrl+C does: it stops the programs, and puts away the folder it served."""
    for ending in (getattr(signal, name) for name in ENDINGS if hasattr(signal, name)):
        if signal.getsignal(ending) == signal.SIG_DFL:  # nohup, for one, wants it ignored
            signal.signal(ending, signal.default_int_handler)


@plugins.event_priority(100)  # before all that asks for the build
def on_config(config):
    """Open the project; take the limits of programs from mkdocs.yml."""
    root = Path(config.config_file_path).parent.resolve()
    limits = Limits(**{name: float(config.extra[f"program_{name}"]) for name in ("seconds", "megabytes", "characters")})
    if root not in kept or kept[root].programs.limits != limits:
        kept[root] = Build(root, limits)
    config.extra["build"] = kept[root]
    if not any(isinstance(one, Formulas) for one in config.markdown_extensions):
        config.markdown_extensions.append(Formulas())


def on_page_read_source(page, config):
    """Name the page that is no text, with the line; the rest of MkDocs gets an empty one."""
    try:
        config.extra["build"].page(Path(page.file.abs_src_path), page.file.locale)
    except ValueError as error:
        log.error(f"{page.file.src_uri}, {error}")
        return f"---\ntitle: {page.file.name}\n---\n"


def on_page_markdown(markdown, page, config, **_):
    """Say what is wrong in a page, and remember which page comes next."""
    if "title" in page.meta:  # the theme and the search write it as it is
        page.meta["title"] = escape(page.meta["title"])
    build = config.extra["build"]
    try:
        scanned = build.page(Path(page.file.abs_src_path), page.file.locale)
    except ValueError:  # said when it was read
        return markdown
    build.shown = scanned, page.file.src_uri
    lines = scanned.source.split("\n")
    for problem in build.problems(scanned):
        log.error(f"{page.file.src_uri}, line {problem.line}: {problem.message}")
        around = next((block.lines for block in scanned.blocks if problem.line in block.lines), [problem.line])
        for line in (lines[number - 1] for number in around):
            if INCLUDED.search(line):  # what is not there would stop the whole build
                markdown = markdown.replace(line, f"# {problem.message}")
    return markdown


def on_shutdown(**_):
    """Stop the programs."""
    for build in kept.values():
        build.programs.stop()
