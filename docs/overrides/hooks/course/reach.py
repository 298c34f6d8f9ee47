"""What a page says of itself to search engines, to sites that link to it and to whoever cites it: all from data.

JSON-LD in the terms of schema.org; a reference in words and one for BibTeX.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.core import get_global

from course.project import read_yaml

LICENCE = "https://creativecommons.org/licenses/by/4.0/"  # of the texts
TEX = {"\\": r"\textbackslash{}", "~": r"\~{}", "^": r"\^{}"} | {sign: f"\\{sign}" for sign in "{}%&#$_"}


@dataclass(frozen=True)
class Told:
    """A page, in its own language."""

    locale: str
    address: str  # absolute, as are all here
    title: str  # plain text, like the description
    description: str
    words: dict[str, Any]  # of its language
    translations: dict[str, str]  # {language: address}, its own too
    source: str  # the language that the others are translated from


def as_script(data: dict[str, Any]) -> str:
    """Data as JSON that a `<script>` of a page can hold: nothing in it ends the script, or opens anything."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return re.sub("[<>&]", lambda m: f"\\u{ord(m[0]):04x}", text)


def _common(kind: str, page: Told) -> dict[str, Any]:
    authors = {"@type": "Organization", "name": page.words["authors"]}
    data = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": page.address,
        "url": page.address,
        "name": page.title,
        "description": page.description,
        "inLanguage": page.locale,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "educationalLevel": page.words["level"],
        "author": authors,
    }
    others = {locale: {"@id": address} for locale, address in page.translations.items() if locale != page.locale}
    if page.locale != page.source and page.source in others:
        data["translationOfWork"] = others[page.source]
    elif others and page.locale == page.source:
        data["workTranslation"] = list(others.values())
    return data


def course(home: Told, lessons: list[tuple[int, str, str]]) -> dict[str, Any]:
    """The course, as its home page says it; its lessons are (place, title, address)."""
    parts = [
        {"@type": "LearningResource", "@id": address, "url": address, "name": title, "position": place}
        for place, title, address in lessons
    ]
    said = _common("Course", home)
    return said | {"provider": said["author"], "teaches": home.words["site_description"], "hasPart": parts}


def lesson(page: Told, terms: list[str], place: int, home: str) -> dict[str, Any]:
    """A lesson: the terms that it explains, its place in the course, where the course begins."""
    whole = {"@type": "Course", "@id": home, "url": home, "name": page.words["site_name"]}
    said = _common("LearningResource", page) | {"position": place, "isPartOf": whole}
    return said | ({"teaches": terms} if terms else {})


def year(file: Path) -> int:
    """The year of the release that CITATION.cff describes. Raises ValueError, naming the file, if it says none."""
    said = read_yaml(file)
    date = said.get("date-released") if isinstance(said, dict) else None
    if not hasattr(date, "year"):
        raise ValueError(f"{file}: write the day of the release, such as date-released: 2026-01-31")
    return date.year


def cited(page: Told, year: int, is_home: bool) -> str:
    """The page in a list of references, in words."""
    says = {"title": page.title, "site": page.words["site_name"], "authors": page.words["authors"]}
    says |= {"year": str(year), "address": page.address}
    words = page.words["cite_course" if is_home else "cite_lesson"]
    return re.sub(r"\{(\w+)\}", lambda m: says.get(m[1], m[0]), words)


def bibtex(page: Told, year: int, name: str) -> str:
    """The page for BibTeX; braces within braces keep capitals as they are."""
    author, title, site = (
        re.sub(r"[\\{}%&#$_~^]", lambda m: TEX[m[0]], text)
        for text in (page.words["authors"], page.title, page.words["site_name"])
    )
    lines = [f"author = {{{{{author}}}}}", f"title = {{{{{title}}}}}"]
    lines += [f"howpublished = {{{{{site}}}}}"] if title != site else []
    lines += [f"year = {{{year}}}", f"url = {{{page.address}}}"]
    return f"@misc{{llm-e-pesi-{name}-{page.locale},\n  " + ",\n  ".join(lines) + "\n}"


def territory(locale: str) -> str:
    """A language as Open Graph wants it: with the place where most speak it so, such as it_IT for it."""
    language, _, place = locale.partition("-")
    return f"{language}_{place or get_global('likely_subtags').get(language, language).rpartition('_')[2]}"
