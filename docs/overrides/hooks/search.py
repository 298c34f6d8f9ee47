"""Gives each language a search index of its own, with its words alone, and takes the theme's search away."""

from course import search
from mkdocs.structure.files import File, InclusionLevel

THEMES_OWN = ("assets/javascripts/lunr/", "assets/javascripts/workers/")


def on_files(files, **_):
    """Leave out what the theme's own search would load."""
    for file in [file for file in files if file.src_uri.startswith(THEMES_OWN)]:
        files.remove(file)


def on_env(env, config, files):
    """Write the index of the language that is being built, now that the content of all its pages is there."""
    i18n, project = config.plugins["i18n"], config.extra["build"].project
    folder = "" if i18n.current_language == i18n.default_language else f"{i18n.current_language}/"
    pages = sorted((file.page for file in files.documentation_pages()), key=lambda page: page.file.src_uri)
    pages.sort(key=lambda page: project.pages.index(page.file.name) if page.file.name in project.pages else 0)
    text = search.index(
        ((page.url.removeprefix(folder), page.content) for page in pages),
        project.words(i18n.current_language)["search_endings"],
    )
    address = f"{folder}search/index.js"
    files.append(File.generated(config, address, content=text, inclusion=InclusionLevel.INCLUDED))
