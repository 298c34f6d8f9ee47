"""Gives each page the picture that goes with a link to it, and the site its icons: course/cards.py draws them."""

from pathlib import Path
from urllib.parse import urljoin

from course import cards
from course.search import plain
from mkdocs import plugins
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File

log = get_plugin_logger("cards")
painters = []  # that of this build
wanted = {}  # address -> the file that will be there, and the text alternative


def on_config(config):
    """Take the colours and fonts as they are now."""
    if not config.plugins["i18n"].building:
        on_shutdown()
        wanted.clear()
        painters.append(cards.Painter(Path(config.config_file_path).parent))


def address(page):
    """Where the picture of a page is, below the root."""
    return f"cards/{page.file.locale}/{page.file.name}.png"


@plugins.event_priority(-50)  # after the check of what a page holds
def on_page_content(html, page, config, **_):
    """Have the picture drawn while other pages are made; a page without figures has the icon of the site."""
    (painter,), name, project = painters, page.file.name, config.extra["build"].project
    words = project.words(page.file.locale)
    title = words["site_name"] if name == "index" else plain(page.title)
    lessons = [one for one in project.pages if one not in config.extra["not_lessons"]]
    above = ""
    if name in lessons:
        above = words["stage"].replace("{number}", str(lessons.index(name) + 1)).replace("{all}", str(len(lessons)))
    wide, tall, alt, drawn = cards.figure(html) or (48, 32, title, f'<g transform="translate(8 0)">{painter.mark}</g>')
    look = painter.mark, painter.colours, painter.rules
    svg = cards.card(title, above, words["site_name"], (wide, tall, drawn), *look)
    wanted[address(page)] = painter.want(svg), alt


def on_env(env, config, files):
    """Publish the pictures of the language that is being built, and once the icons."""
    (painter,), i18n = painters, config.plugins["i18n"]
    published = {one: file for one, (file, _) in wanted.items() if one.startswith(f"cards/{i18n.current_language}/")}
    if i18n.current_language == i18n.default_language:
        published["apple-touch-icon.png"] = painter.want(cards.icon(painter.mark, 180, full=True))
        small = painter.want(cards.icon(painter.mark, 32))
    problem = painter.finish()
    for place, file in published.items():
        if not file.is_file():
            log.error(f"{place} could not be drawn: {problem}")
            return
        files.append(File.generated(config, place, abs_src_path=str(file)))
    if i18n.current_language == i18n.default_language:
        files.append(File.generated(config, "favicon.ico", content=cards.ico(small.read_bytes())))


def on_page_context(context, page, config, **_):
    """Tell the template where the picture of the page is, and what it shows."""
    place = address(page)
    context["card"] = {"address": urljoin(config.site_url, place), "alt": wanted[place][1], "size": cards.SIZE}


def on_build_error(**_):
    """Draw nothing more."""
    on_shutdown()


def on_shutdown(**_):
    """Draw nothing more."""
    while painters:
        painters.pop().stop()
