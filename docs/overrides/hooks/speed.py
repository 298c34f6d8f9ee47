"""Only makes builds faster: without it the same bytes come out. `tests/bench_build.py --parts` measures each part."""

from functools import wraps
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from markdown_exec import formatters
from mkdocs import plugins

blocks = {}  # what decides how a block looks -> the block
listed = {}  # theme folders -> their files


def block_once(format_block, build):
    """Set a program's block once for all languages, until it or its output changes: a fifth of a program's edit."""

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
    """Compile the theme's templates once, and list Material's 14,000 files once: a quarter of a page's edit."""
    own = Path(config.theme.dirs[0])
    cache = own.parents[1] / ".cache" / "templates"
    cache.mkdir(parents=True, exist_ok=True)

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

    return get_env


@plugins.event_priority(80)  # after the hook that shows programs, before any plugin asks for a template
def on_config(config):
    """Put the parts in their places, once each."""
    formatters["python"] = block_once(formatters["python"], config.extra["build"])
    if not hasattr(config.theme.get_env, "__wrapped__"):
        config.theme.get_env = templates_once(config.theme.get_env, config)
