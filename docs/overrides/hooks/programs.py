"""Shows in the pages what the programs printed and drew.

markdown-exec calls us for each executed block, by its public table of formatters. What is shown never comes from the
block's own text: only from a program of snippets/, by the name that the scanner of pages has read there.
"""

import logging
import sys
from functools import partial

from course.listings import listing
from course.programs import Progress
from markdown_exec import ExecutionError, base_format, formatters
from markupsafe import Markup
from mkdocs import plugins
from mkdocs.plugins import get_plugin_logger

LANGUAGES = ["python", "figure", "table"]
log = get_plugin_logger("programs")


def show(progress: Progress) -> None:
    """Say how far the programs have got: a bar on a terminal, lines elsewhere, nothing with -q."""
    said = f"{progress.done} of {progress.of} programs, {progress.seconds:.1f} s, {progress.program}"
    if not log.isEnabledFor(logging.INFO):
        return
    if not sys.stderr.isatty():
        if progress.ended:
            log.info(said)
        return
    full = 24 * progress.done // progress.of
    end = "\n" if progress.done == progress.of else ""
    print(f"\r\033[K[{'#' * full}{'.' * (24 - full)}] {said}", end=end, file=sys.stderr, flush=True)


def format_block(build, code, language, **options):
    """Give markdown-exec what a block shows; its id leads to what the scanner knows of it."""
    (page, uri), name = build.shown, options["id"]
    where = options["id"] = f"{uri}, {name}"  # so that messages name the page too
    block = next((one for one in page.executed if one.options.get("id") == name and one.language == language), None)
    try:
        if block is None:
            raise ValueError("this block is not where a page's blocks may be")
        if (key := block.options.get("key", "")) not in code:
            raise ValueError(f"no line of this program holds {key}")
        output = build.output(block, page.locale)
    except (ValueError, KeyError) as error:
        problem = ExecutionError(f'!!! failure "{where}"\n    {error}')

        def fail(*_args, **_options):
            raise problem

        return base_format(language=language, run=fail, code=code, **options)
    if language != "python":
        return Markup(output)
    title, fold = block.program[0], options.get("source") == "folded"
    options |= {"id_prefix": "", "result": "text" if output else "", "extra": {"title": title}}
    options["source"] = "above" if fold else options.get("source")
    shown = base_format(language=language, run=lambda *_args, **_options: output, code=code, **options)
    return Markup(listing(str(shown), title, key, fold)) if options["source"] else shown


@plugins.event_priority(90)  # after the project is open, before markdown-exec gives its languages to Markdown
def on_config(config):
    """Take the place of markdown-exec's own ways to run a block; begin to run what nothing remembers."""
    build = config.extra["build"]
    for language in LANGUAGES:
        formatters[language] = partial(format_block, build, language=language)
    config.plugins["markdown-exec"].config.languages = LANGUAGES
    # The option is relative to where mkdocs was started; the site must build from anywhere.
    config.mdx_configs["pymdownx.snippets"]["base_path"] = [str(build.project.snippets)]
    if not config.plugins["i18n"].building:
        build.programs.show = show
        build.begin()
