"""Publishes the programs: each beside the pages, which lead to it, all of them in a zip, and some in JavaScript."""

from course import archive, javascript
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.utils import get_relative_url

# What live figures ask of programs: docs/assets/js/ imports it.
TRANSLATED = {"count_parameters.py": ("count_parameters", "described")}
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


def on_env(env, config, files):
    """Publish in JavaScript what live figures count with, once for all languages."""
    i18n, root = config.plugins["i18n"], config.extra["build"].project.snippets
    once = i18n.current_language == i18n.default_language
    for path in [root / name for name in TRANSLATED if once and (root / name).is_file()]:
        address = f"assets/js/{path.stem.replace('_', '-')}.js"
        try:
            source, name = path.read_text(encoding="utf-8"), f"snippets/{path.name}"
            text = javascript.translated(source, TRANSLATED[path.name], name)
            files.append(File.generated(config, address, content=text, inclusion=InclusionLevel.INCLUDED))
        except (OSError, ValueError) as error:
            log.error(error)


def on_page_content(html, page, config, **_):
    """Make the name of a program, above its lines, a link to the whole of it."""
    programs = {path.name for path in archive.programs(config.extra["build"].project)}
    return archive.linked(html, programs, get_relative_url("snippets/", page.url))


def on_page_context(context, **_):
    """Tell the template where the zip is."""
    context["archive"] = archive.ADDRESS
