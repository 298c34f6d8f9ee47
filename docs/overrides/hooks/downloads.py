"""Publishes the programs: each beside the pages, which lead to it, and all of them in a zip."""

from course import archive
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File
from mkdocs.utils import get_relative_url

log = get_plugin_logger("downloads")


def on_files(files, config):
    """Publish the programs and their data, and the zip of them all."""
    build = config.extra["build"]
    root = build.project.snippets
    for path in sorted(path for kind in ("*.py", "*.json", "*.txt") for path in root.rglob(kind)):
        files.append(File.generated(config, f"snippets/{path.relative_to(root).as_posix()}", abs_src_path=str(path)))
    try:
        files.append(File.generated(config, archive.ADDRESS, abs_src_path=str(build.archive())))
    except (OSError, ValueError) as error:
        log.error(error)


def on_page_content(html, page, config, **_):
    """Make the name of a program, above its lines, a link to the whole of it."""
    programs = {path.name for path in archive.programs(config.extra["build"].project)}
    return archive.linked(html, programs, get_relative_url("snippets/", page.url))


def on_page_context(context, **_):
    """Tell the template where the zip is."""
    context["archive"] = archive.ADDRESS
