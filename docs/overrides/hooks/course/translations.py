"""Which translations follow their source, what changed in those that do not, and how a language begins.

A translated page says in its front matter which version of the source it was made from: the blob id that git gives to
that file's content. It is the content that counts, not dates nor commits: it holds in a shallow clone, after a squash
or a rebase, and for edits not committed yet. Whoever translates from English compares with the English page; the stamp
is the source's all the same.
"""

import difflib
import hashlib
import importlib.util
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from babel import Locale, UnknownLocaleError

from course.compare import problems
from course.page import Page, decode
from course.project import Project, open_project

STAMP = re.compile(r"^translated_from:.*$", re.M)
FROM = "translated_from"  # in words.yml: the language that the translators read


@dataclass(frozen=True)
class Status:
    """How a translated page stands: up to date, outdated, not stamped, missing or orphan; and what to know of it."""

    page: str
    state: str
    note: str = ""


def blob(data: bytes) -> str:
    """The id that git gives to a file with this content; line ends count as git keeps them."""
    data = data.replace(b"\r\n", b"\n")
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def stamp_of(data: bytes) -> str | None:
    """The blob id that a translated page carries in its front matter, or None."""
    front = data.decode("utf-8", errors="replace").replace("\r\n", "\n").partition("\n---")[0]
    found = re.search(r'^translated_from: "([0-9a-f]{40})"$', front, re.M)
    return found and found[1]


def git(project: Project, *words: str) -> bytes | None:
    """What git answers, or None when it is not there or does not know."""
    try:
        done = subprocess.run(["git", *words], cwd=project.root, capture_output=True)
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None


def old_page(project: Project, locale: str, page: str, stamp: str) -> bytes | None:
    """A page as it was when a translation with this stamp was made: the source, or the translation made with it.

    None when this clone does not have it.
    """
    if locale == project.source:
        return git(project, "cat-file", "blob", stamp)
    name = project.file(locale, page).relative_to(project.root).as_posix()
    for commit in (git(project, "log", "--format=%H", "--", name) or b"").decode().split():
        old = git(project, "show", f"{commit}:{name}")
        if old is not None and stamp_of(old) == stamp:
            return old
    return None


def sections(data: bytes, locale: str, page: str) -> dict[str, str]:
    """A page's text by section, its stamp left out. Raises ValueError, naming it, for a page that is not UTF-8."""
    try:
        text = decode(data)
    except ValueError as error:
        raise ValueError(f"docs/{locale}/{page}.md, {error}") from None
    return Page(without_stamp(text), locale).sections()


def without_stamp(text: str) -> str:
    """A page's text without the line that says what it was translated from."""
    front, mark, rest = text.partition("\n---")
    return re.sub(r"\ntranslated_from:.*", "", front) + mark + rest


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The names of the sections that differ between two versions of a page, in order."""
    return [name for name in dict.fromkeys([*after, *before]) if before.get(name) != after.get(name)]


def status_of(project: Project, locale: str, page: str) -> Status:
    """How a page of a language stands."""
    file = project.file(locale, page)
    if not file.is_file():
        return Status(page, "missing")
    stamp = stamp_of(file.read_bytes())
    if not stamp:
        return Status(page, "not stamped", "no line “translated_from:” in its front matter")
    source = project.file(project.source, page).read_bytes()
    if stamp == blob(source):
        return Status(page, "up to date")
    old = old_page(project, project.source, page, stamp)
    if old is None:
        return Status(page, "outdated", "the old source is not in this clone")
    versions = (sections(data, project.source, page) for data in (old, source))
    return Status(page, "outdated", ", ".join(changed(*versions)))


def status(project: Project, locale: str) -> list[Status]:
    """How the pages of a language stand, orphans (pages that the source no longer has) last."""
    there = sorted(path.stem for path in project.folder(locale).glob("*.md"))
    orphan = "the source has no such page: remove it"
    table = [status_of(project, locale, page) for page in project.pages]
    return table + [Status(page, "orphan", orphan) for page in there if page not in project.pages]


def status_table(project: Project, locale: str) -> str:
    """The state of every translation as a table in HTML, in a language's words; it scrolls when it is too wide."""
    words = project.words(locale)
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in (words["status_page"], *project.locales))
    rows = []
    for page in project.pages:
        states = (status_of(project, other, page).state.replace(" ", "_") for other in project.locales)
        cells = "".join(f"<td>{escape(words[f'status_{state}'])}</td>" for state in states)
        rows.append(f'<tr><th scope="row"><code>{page}</code></th>{cells}</tr>')
    body = "".join(rows)
    table = f'<table class="table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="wide">{table}</div>'


def difference(project: Project, locale: str, page: str) -> Iterator[str]:
    """What changed, since a translation was made, in the page that its translators read: text to print."""
    model = project.read_from(locale)
    kind = status_of(project, locale, page).state
    if kind == "up to date":
        yield f"{locale}/{page}.md is up to date"
        return
    if model != project.source and status_of(project, model, page).state != "up to date":
        yield f"{model}/{page}.md does not follow its source yet: this is what changed in {project.source}/{page}.md\n"
        model = project.source
    now = project.file(model, page).read_bytes()
    file = project.file(locale, page)
    stamp = stamp_of(file.read_bytes()) if file.is_file() else None
    old = old_page(project, model, page, stamp) if stamp else None
    if old is None:
        yield f"{locale}/{page}.md: {kind}. What it was made from is not in this clone."
        yield f"This is {model}/{page}.md now:\n"
        yield "\n\n".join(sections(now, model, page).values())
        return
    before, after = (sections(data, model, page) for data in (old, now))
    if before == after:
        yield f"{model}/{page}.md says what it said when the translation was made: confirm it with stamp"
    for name in changed(before, after):
        what = "new section" if name not in before else "removed section" if name not in after else "section"
        lines = difflib.ndiff(before.get(name, "").splitlines(), after.get(name, "").splitlines())
        yield "\n".join([f"== {what} {{#{name}}}", *(line for line in lines if line[0] in "+-"), ""])


def wrong(project: Project, locale: str, page: str) -> list[str]:
    """What a translation has that its source has not, or lacks, for people, with its lines."""
    file, source = project.file(locale, page), project.file(project.source, page).read_bytes()
    sections(source, project.source, page)  # it can be read
    avoid = project.words(locale)["avoid"]
    return [
        f"docs/{locale}/{page}.md, line {problem.line}: {problem.message}"
        for problem in problems((project.source, source), (locale, file.read_bytes()), file.parent, avoid)
    ]


def stamp(project: Project, locale: str, page: str) -> list[str]:
    """Record that a translation matches its source; returns what is wrong with it instead, if anything is."""
    file = project.file(locale, page)
    if not file.is_file():
        return [f"docs/{locale}/{page}.md: there is no such page"]
    if found := wrong(project, locale, page):
        return found
    source, data = project.file(project.source, page).read_bytes(), file.read_bytes()
    description = Page(decode(data), locale).meta.get("description")
    for other in {project.source, *project.required} - {locale}:
        model = project.file(other, page)
        if model.is_file() and Page(decode(model.read_bytes()), other).meta.get("description") == description:
            message = f"the description is still that of docs/{other}: translate the page first"
            return [f"docs/{locale}/{page}.md, line 2: {message}"]
    text, line = decode(data), f'translated_from: "{blob(source)}"'
    end = text.index("\n---", 3)
    front, rest = text[:end], text[end:]
    front = STAMP.sub(line, front) if STAMP.search(front) else f"{front}\n{line}"
    file.write_bytes((front + rest).encode("utf-8"))
    return []


def start(project: Project, locale: str, model: str) -> Project:
    """Start a language, to be translated from another; returns the project with it.

    Adds it to mkdocs.yml, whose comments and order stay, and gives it a folder with the site's words and the first
    page, all still in the language of the model. Raises ValueError for a language that cannot be started.
    """
    try:
        name = Locale.parse(locale, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        raise ValueError(f"{locale!r} is no language code: write it like fr, de or pt-BR") from None
    theme = importlib.util.find_spec("material")  # where the theme is not installed, the build will say so
    if theme and not (Path(theme.origin).parent / f"templates/partials/languages/{locale}.html").is_file():
        raise ValueError(f"the theme has no words in {locale!r}: see the languages of Material for MkDocs")
    if locale in project.names or project.folder(locale).exists():
        raise ValueError(f"{locale} is there already")
    file = project.root / "mkdocs.yml"
    config = file.read_text(encoding="utf-8")
    entries = list(re.finditer(r"^( *)- locale: [\w-]+\n(?:\1 +.*\n)*", config, re.M))
    if not entries:
        raise ValueError(f"{file}: write each language on lines of its own, the first being “- locale: …”")
    entry = f"{entries[-1][1]}- locale: {locale}\n{entries[-1][1]}  name: {name[0].upper()}{name[1:]}\n"
    project.folder(locale).mkdir(parents=True)
    words = (project.folder(model) / "words.yml").read_text(encoding="utf-8")
    words = re.sub(r"^avoid:.*\n?(?: .*\n?)*", "avoid: {}\n", words, flags=re.M)
    words = re.sub(rf"^{FROM}:.*$", f"{FROM}: {model}", words, flags=re.M)
    (project.folder(locale) / "words.yml").write_text(words, encoding="utf-8")
    first = without_stamp(project.file(model, "index").read_text(encoding="utf-8"))
    project.file(locale, "index").write_text(first, encoding="utf-8")
    file.write_text(config[: entries[-1].end()] + entry + config[entries[-1].end() :], encoding="utf-8")
    return open_project(project.root)
