"""Makes each language whole: its words, its own 404 page, addresses other sites can rely on."""

import re
from copy import deepcopy
from pathlib import Path
from urllib.parse import urljoin

from markupsafe import escape
from mkdocs import plugins


def folder(language, i18n):
    """Where a language's pages are published: "" for the default language, "en/" for English."""
    return "" if language == i18n.default_language else f"{language}/"


@plugins.event_priority(-150)  # after the i18n plugin, which puts the configuration back as it was
def on_config(config):
    """The words of site and theme are in words.yml; the theme writes them as they are, and only one of them is HTML."""
    words = config.extra["build"].project.words(config.plugins["i18n"].current_language)
    config.site_name, config.site_description = escape(words["site_name"]), escape(words["site_description"])
    config.copyright = words["copyright"]
    palette = deepcopy(config.theme["palette"])
    for scheme, name in zip(palette, (words["theme_dark"], words["theme_light"]), strict=True):
        scheme["toggle"]["name"] = escape(name)
    config.theme["palette"] = palette


def on_page_context(context, page, config, **_):
    """Give the templates the page's absolute address in every language, and the language's own root."""
    context["translations"] = {
        language: urljoin(config.site_url, file.url)
        for language, file in sorted(page.file.alternates.items())
        if file.locale == language  # a page that is not translated shows its source
    }
    return on_template_context(context, config)


def on_template_context(context, config, **_):
    """The same for templates that are no page, such as 404.html; and the site's words in every language."""
    i18n, project = config.plugins["i18n"], config.extra["build"].project
    context["language_root"] = folder(i18n.current_language, i18n).rstrip("/")
    context["default_language"] = i18n.default_language
    context["words"] = {locale: project.words(locale) for locale in project.names}
    return context


def on_env(env, **_):
    """A filter for templates that change what the theme wrote: it fails when there is nothing to change."""

    def replaced(text, old, new):
        if old not in text:
            raise ValueError(f"docs/overrides/main.html: the theme no longer writes {old!r}, which is replaced there")
        return type(text)(text.replace(old, new))

    env.filters["replaced"] = replaced
    return env


def on_post_page(output, config, **_):
    """Say the language of a page in full: the theme says pt for pt-BR."""
    language = f'<html lang="{config.plugins["i18n"].current_language}"'
    output, found = re.subn(r'<html lang="[^"]*"', language, output, count=1)
    if not found:
        raise ValueError("the theme no longer writes <html lang=...>: see hooks/languages.py")
    return output


def on_post_template(output, template_name, config):
    """English would overwrite the root's 404.html: each language gets its own."""
    i18n = config.plugins["i18n"]
    if template_name != "404.html":
        return output
    output = on_post_page(output, config)
    if i18n.current_language == i18n.default_language:
        return output
    path = Path(config.site_dir) / folder(i18n.current_language, i18n) / "404.html"
    path.parent.mkdir(exist_ok=True)
    path.write_text(output, encoding="utf-8")
    return ""
