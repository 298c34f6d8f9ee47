"""Says which translations follow their source, and helps to mend those that do not.

    python docs/overrides/hooks/translations.py status [LOCALE]        what is up to date, what is not
    python docs/overrides/hooks/translations.py diff LOCALE PAGE       what changed in the source since
    python docs/overrides/hooks/translations.py stamp LOCALE PAGE...   the translation matches the source again
    python docs/overrides/hooks/translations.py new LOCALE             start a language

A translated page says in its front matter which version of the source it was made from: the blob id that git gives to
that file's content. It is the content that counts, not dates nor commits: it holds in a shallow clone, after a squash
or a rebase, and for edits not committed yet. On the site, a translation that is behind its source says so at its top,
and a page that is not translated shows the source.
"""

import argparse
import difflib
import hashlib
import importlib.resources
import re
import subprocess
import sys
from pathlib import Path

import yaml
from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol
from mkdocs import plugins
from mkdocs.utils import get_relative_url
from structure import HEADING, Page, decode, problems

SOURCE = "it"
REQUIRED = ("en",)  # languages that must be complete; the others may be partial
STAMP = re.compile(r"^translated_from:.*$", re.M)
STATUS = "<!-- translation status -->"  # where the table goes, on the page about contributing
project = Path(__file__).resolve().parents[3]


def forbidden(locale):
    """The words that a language's pages may not use: {word: what to say instead}."""
    return words(locale)["avoid"]


def blob(data):
    """The id that git gives to a file with this content; line ends count as git keeps them."""
    data = data.replace(b"\r\n", b"\n")
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def folder(locale):
    """Where a language's pages are."""
    return project / "docs" / locale


def locales():
    """The languages of mkdocs.yml, in its order, without the source."""
    found = re.findall(r"^ +- locale: ([\w-]+)", (project / "mkdocs.yml").read_text(encoding="utf-8"), re.M)
    return [locale for locale in found if locale != SOURCE]


def pages():
    """The pages of the source, in the order of the navigation."""
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    there = {path.name: path.stem for path in sorted(folder(SOURCE).glob("*.md"))}
    listed = [name for name in re.findall(r"\b([\w-]+\.md)\b", config) if name in there]
    return [there[name] for name in dict.fromkeys([*listed, *there])]


def stamp_of(file):
    """The blob id that a translated page carries in its front matter, or None."""
    front = file.read_text(encoding="utf-8", errors="replace").partition("\n---")[0]
    found = re.search(r'^translated_from: "([0-9a-f]{40})"$', front, re.M)
    return found and found[1]


def old_source(stamp):
    """The content of the source that a translation was made from, or None when it is not in this clone."""
    try:
        done = subprocess.run(["git", "cat-file", "blob", stamp], cwd=project, capture_output=True)
    except FileNotFoundError:  # git is not installed
        return None
    return done.stdout if done.returncode == 0 else None


def sections(text):
    """A page's text by section: {id of the heading: text}; what comes before the first is called "start"."""
    found, name = {"start": []}, "start"
    for line in text.split("\n"):
        heading = HEADING.match(line)
        if heading and heading[3]:
            name = heading[3]
        found.setdefault(name, []).append(line)
    return {name: "\n".join(lines).strip() for name, lines in found.items()}


def changed(old, new):
    """The sections that differ between two versions of a page, in order."""
    before, after = sections(decode(old)), sections(decode(new))
    return [name for name in dict.fromkeys([*after, *before]) if before.get(name) != after.get(name)]


def state(locale, page):
    """(state, note): up to date, outdated (which sections), not stamped, or missing."""
    file = folder(locale) / f"{page}.md"
    if not file.is_file():
        return "missing", ""
    stamp = stamp_of(file)
    if not stamp:
        return "not stamped", "no line “translated_from:” in its front matter"
    source = (folder(SOURCE) / f"{page}.md").read_bytes()
    if stamp == blob(source):
        return "up to date", ""
    old = old_source(stamp)
    return "outdated", "the old source is not in this clone" if old is None else ", ".join(changed(old, source))


def status(locale):
    """[(page, state, note)] of a language, orphans (pages that the source no longer has) last."""
    known = pages()
    table = [(page, *state(locale, page)) for page in known]
    orphans = sorted(path.stem for path in folder(locale).glob("*.md") if path.stem not in known)
    return table + [(page, "orphan", "the source has no such page: remove it") for page in orphans]


def show_status(chosen):
    """Print the table of each language; returns 1 when a required one is not up to date."""
    wrong = 0
    for locale in chosen or locales():
        table = status(locale)
        good = sum(kind == "up to date" for _, kind, _ in table)
        print(f"{locale}: {100 * good // max(len(pages()), 1)}% up to date")
        for page, kind, note in table:
            print(f"  {page:14} {kind:12} {note}".rstrip())
        wrong |= locale in REQUIRED and any(kind != "up to date" for _, kind, _ in table)
    return int(wrong)


def show_diff(locale, page):
    """Print what changed in a page's source since it was translated, section by section."""
    kind, _ = state(locale, page)
    source = (folder(SOURCE) / f"{page}.md").read_bytes()
    if kind == "up to date":
        print(f"{locale}/{page}.md is up to date")
        return 0
    stamp = None
    if (folder(locale) / f"{page}.md").is_file():
        stamp = stamp_of(folder(locale) / f"{page}.md")
    old = old_source(stamp) if stamp else None
    if old is None:
        print(f"{locale}/{page}.md: {kind}. What it was made from is not in this clone; this is the source now:\n")
        print(decode(source))
        return 0
    before, after = sections(decode(old)), sections(decode(source))
    for name in changed(old, source):
        what = "new section" if name not in before else "removed section" if name not in after else "section"
        print(f"== {what} {{#{name}}}")
        lines = difflib.ndiff(before.get(name, "").splitlines(), after.get(name, "").splitlines())
        print("\n".join(line for line in lines if line[0] in "+-"), end="\n\n")
    return 0


def stamp(locale, page):
    """Record that a translation matches its source; returns what is wrong with it instead, if anything is."""
    file = folder(locale) / f"{page}.md"
    if not file.is_file():
        return [f"docs/{locale}/{page}.md: there is no such page"]
    source = (folder(SOURCE) / f"{page}.md").read_bytes()
    data = file.read_bytes()
    found = problems(source, data, locale, folder(locale), forbidden(locale))
    if not found and Page(decode(data), locale).meta.get("description") == Page(decode(source), SOURCE).meta.get(
        "description"
    ):
        found.append((2, "the description is still the source's: translate the page first"))
    if found:
        return [f"docs/{locale}/{page}.md, line {line}: {message}" for line, message in found]
    text, line = decode(data), f'translated_from: "{blob(source)}"'
    end = text.index("\n---", 3)
    front, rest = text[:end], text[end:]
    front = STAMP.sub(line, front) if STAMP.search(front) else f"{front}\n{line}"
    file.write_bytes((front + rest).encode("utf-8"))
    return []


def start(locale):
    """Start a language; returns what is wrong with its code instead, if anything is.

    Adds it to mkdocs.yml as English is there, whose comments and order stay, and gives it a folder with the site's
    words in English and the first page: all to be translated. The page is the source's or, for a language that writes
    decimals with a point, the English one.
    """
    try:
        name = Locale.parse(locale, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        return f"{locale!r} is no language code: write it like fr, de or pt-BR"
    theme = importlib.resources.files("material") / "templates" / "partials" / "languages" / f"{locale}.html"
    if not theme.is_file():
        return f"the theme has no words in {locale!r}: see the languages of Material for MkDocs"
    if locale in (SOURCE, *locales()) or folder(locale).exists():
        return f"{locale} is there already"
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    entries = list(re.finditer(r"^ +- locale: ([\w-]+)\n(?: {10,}.*\n)*", config, re.M))
    english, last = next(entry[0] for entry in entries if entry[1] == "en"), entries[-1].end()
    entry = english.replace("locale: en\n", f"locale: {locale}\n")
    entry = entry.replace("name: English\n", f"name: {name[0].upper()}{name[1:]}\n", 1)
    folder(locale).mkdir(parents=True)
    say = (folder("en") / "words.yml").read_text(encoding="utf-8")
    say = re.sub(r"^avoid:\n(?: .*\n)*", "avoid: {}\n", say, flags=re.M)
    (folder(locale) / "words.yml").write_text(say, encoding="utf-8")
    nearest = SOURCE if get_decimal_symbol(Locale.parse(locale, sep="-")) == "," else "en"
    first = STAMP.sub("", (folder(nearest) / "index.md").read_text(encoding="utf-8")).replace("\n\n---", "\n---", 1)
    (folder(locale) / "index.md").write_text(first.replace(f'lang="{nearest}"', f'lang="{locale}"'), encoding="utf-8")
    (project / "mkdocs.yml").write_text(config[:last] + entry + config[last:], encoding="utf-8")
    return ""


def words(locale):
    """The site's own words in a language: {name: words}."""
    return yaml.safe_load((folder(locale) / "words.yml").read_text(encoding="utf-8"))


@plugins.event_priority(-50)  # after the hooks that look at a page's own content
def on_page_content(html, page, config, **_):
    """Say in the reader's language that a page is not translated, and in which language it is."""
    locale = config.plugins["i18n"].current_language
    if page.file.locale == locale:
        return html
    say = words(locale)
    help_address = get_relative_url(f"{locale}/contributing/#language", page.url)
    text = f'{say["untranslated_text"]} <a href="{help_address}">{say["untranslated_help"]}</a>.'
    note = f'<p class="admonition-title">{say["untranslated_title"]}</p><p>{text}</p>'
    return f'<div class="admonition note">{note}</div><div lang="{page.file.locale}">{html}</div>'


def on_page_context(context, page, config, **_):
    """The address of an untranslated page, for search engines, is its source's."""
    if page.file.locale != config.plugins["i18n"].current_language:
        page.canonical_url = context["translations"][page.file.locale]
    return context


def on_template_context(context, config, **_):
    """Give the templates that are no page the site's words in every language."""
    context["words"] = {locale: words(locale) for locale in (SOURCE, *locales())}
    return context


def on_config(config):
    """Take the project from where mkdocs.yml is."""
    global project
    project = Path(config.config_file_path).parent.resolve()


def status_table(locale):
    """The state of every translation as a table in HTML, in a language's words; it scrolls when it is too wide."""
    say, chosen = words(locale), locales()
    head = "".join(f'<th scope="col">{title}</th>' for title in (say["status_page"], *chosen))
    rows = []
    for page in pages():
        kinds = [state(other, page)[0].replace(" ", "_") for other in chosen]
        cells = "".join(f"<td>{say[f'status_{kind}']}</td>" for kind in kinds)
        rows.append(f'<tr><th scope="row"><code>{page}</code></th>{cells}</tr>')
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return f'<div class="md-typeset__scrollwrap" tabindex="0">{table}</div>'


def on_page_markdown(markdown, page, **_):
    """Fill in the table of the translations; put a note under the heading of one that is behind its source."""
    locale = page.file.locale
    if STATUS in markdown:
        markdown = markdown.replace(STATUS, status_table(locale))
    if locale == SOURCE or state(locale, page.file.name)[0] != "outdated":
        return markdown
    say, links = words(locale), []
    for name, address in (
        ("outdated_source", page.file.alternates[SOURCE].url),
        ("outdated_help", f"{locale}/contributing/#update"),
    ):
        links.append(f'<a href="{get_relative_url(address, page.url)}">{say[name]}</a>')
    links[0] = links[0].replace("<a ", f'<a hreflang="{SOURCE}" ')
    note = f'!!! note "{say["outdated_title"]}"\n    {say["outdated_text"]} {". ".join(links)}.\n'
    return re.sub(r"^(# .*\n)", rf"\1\n{note}\n", markdown, count=1, flags=re.M)


def main(arguments=None):
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="translations.py", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("status", help="what is up to date, what is not")
    one.add_argument("locale", nargs="?")
    for name, more, words in (
        ("diff", None, "what changed in the source"),
        ("stamp", "+", "it matches the source again"),
    ):
        one = commands.add_parser(name, help=words)
        one.add_argument("locale")
        one.add_argument("page", nargs=more)
    commands.add_parser("new", help="start a language").add_argument("locale")
    chosen = parser.parse_args(arguments)
    if chosen.command == "new":
        wrong = start(chosen.locale)
        done = (
            f"Now translate docs/{chosen.locale}/words.yml, docs/{chosen.locale}/index.md and the words of "
            f"{chosen.locale} in mkdocs.yml; then: translations.py stamp {chosen.locale} index"
        )
        print(wrong or done)
        return int(bool(wrong))
    if chosen.locale and chosen.locale not in locales():
        parser.error(f"there is no language {chosen.locale!r}: there are {', '.join(locales())}")
    if chosen.command == "status":
        return show_status([chosen.locale] if chosen.locale else None)
    asked = chosen.page if isinstance(chosen.page, list) else [chosen.page]
    asked = [Path(page).stem for page in asked]
    for page in asked:
        if page not in pages():
            parser.error(f"there is no page {page!r}: there are {', '.join(pages())}")
    if chosen.command == "diff":
        return show_diff(chosen.locale, asked[0])
    wrong = [message for page in asked for message in stamp(chosen.locale, page)]
    print("\n".join(wrong) if wrong else f"stamped: {', '.join(asked)}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
