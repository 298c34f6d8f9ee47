"""The glossary's terms: their definitions where they first appear in a page, their lessons, the strip of letters.

A language's glossary.md is a definition list: `term, other form {#id}` and `:   definition`, which ends with the term
in another language and the section that explains it, as a link without words, such as `[](weights.md#one)`.
"""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from unicodedata import normalize

ENTRY = re.compile(r"^(?P<forms>\S[^\n{]*?)\s*\{#(?P<id>[\w-]+)[^}]*\}\n:[ ]+(?P<text>[^\n]+)", re.M)
LESSON = re.compile(r"\[\]\(((?P<page>[\w-]+)\.md(?:#[\w-]+)?)\)")
NAMED = re.compile(r'(<dt [^>]*?id="([\w-]+)"[^>]*>(?:(?!<dt\b).)*?<em>[^:<]+: )([^<]+)(?=\.</em>)', re.S)
HEAD = re.compile(r'<dt [^>]*?id="([\w-]+)"[^>]*>(.*?)</dt>', re.S)
TOOLTIP = re.compile(r'<abbr title="(?P<title>[^"]*)">(?P<word>[^<]*)</abbr>')
# Headings, notes, links, formulas and what folds: no terms there, since nothing that is pressed holds another.
OTHER = r'<(?P<tag>h[1-6]|a|summary|math)\b.*?</(?P=tag)>|<div class="footnote">.*'
UNTOUCHED = re.compile(rf"(?P<other>{OTHER})|{TOOLTIP.pattern}", re.S)


def _entries(text: str) -> Iterator[tuple[str, list[str], str]]:
    """The glossary's entries: (id, forms, definition in plain text); the forms are separated by commas."""
    for entry in ENTRY.finditer(text):
        text = re.sub(r"\s*\*[^*]*\*$", "", LESSON.sub("", entry["text"]).strip())  # the term in another language
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|[*_`]", lambda m: m[1] or "", text)
        yield entry["id"], [re.sub(r"[*_]", "", form).strip() for form in entry["forms"].split(",")], plain


def entries(text: str) -> dict[str, str]:
    """The glossary's {form: definition in plain text}."""
    return {form: plain for _, forms, plain in _entries(text) for form in forms}


def explained(text: str) -> dict[str, list[str]]:
    """The terms that each lesson explains, in the glossary's order: {name of the page: [term, in its first form]}."""
    found: dict[str, list[str]] = {}
    for entry in ENTRY.finditer(text):
        if link := LESSON.search(entry["text"]):
            found.setdefault(link["page"], []).append(re.sub(r"[*_`]", "", entry["forms"].split(",")[0]).strip())
    return found


def with_definitions(markdown: str, glossary: str) -> str:
    """A page's text followed by the glossary's definitions, as the extension `abbr` wants them."""
    return markdown + "\n\n" + "\n".join(f"*[{form}]: {text}" for form, text in entries(glossary).items())


def with_lessons(markdown: str, title: Callable[[str], str], words: str) -> str:
    """The glossary's text in which each link to a lesson says so, with these words and the lesson's title."""

    def lesson(link: re.Match[str]) -> str:
        # A link of Markdown, which MkDocs follows; out of the search index, which would find titles at every term.
        label = f"{escape(words)}: [{title(link['page'])}]({link[1]})"
        return f'<span class="lesson" data-search-exclude>{label}</span>'

    return LESSON.sub(lesson, markdown)


def first_places(html: str, glossary: str, address: str) -> str:
    """Make each term, at its first place in the text only, a link to its entry in the glossary at this address.

    Its title is the definition, which the script terms.js shows. A page full of dotted lines would be hard to read.
    """
    ids, seen = {plain: mark for mark, _, plain in _entries(glossary)}, set()

    def first(match: re.Match[str]) -> str:
        if match["other"]:
            return TOOLTIP.sub(lambda m: m["word"], match["other"])
        if match["title"] in seen:
            return match["word"]
        seen.add(match["title"])
        mark = ids.get(unescape(match["title"]))
        if not mark:  # an abbreviation of the page's own
            return match[0]
        return f'<a class="term" href="{escape(address)}#{mark}" title="{match["title"]}">{match["word"]}</a>'

    return UNTOUCHED.sub(first, html)


def with_letters(html: str, label: str) -> str:
    """The glossary's page with its letters before the list, each leading to its first entry, in the list's own order.

    A letter with an accent stands under the plain one, unless its place is elsewhere, such as Å at the end in Swedish.
    """
    found, last = {}, ""
    for mark, term in HEAD.findall(html):
        letter = unescape(re.sub(r"<[^>]*>", "", term)).strip()[:1].upper()[:1]
        plain = normalize("NFD", letter)[:1]
        last = plain if plain == last or plain not in found else letter
        found.setdefault(last, mark)
    links = " ".join(f'<a href="#{mark}">{escape(letter)}</a>' for letter, mark in found.items())
    strip = f'<nav class="letters" aria-label="{escape(label)}" data-search-exclude>{links}</nav>\n'
    return html.replace("<dl>", f"{strip}<dl>", 1)


def link_languages(html: str, address: str, locale: str) -> str:
    """Let each entry's closing note, the term in another language, lead to that entry, at this address."""
    return NAMED.sub(rf'\1<a href="{address}#\2" hreflang="{locale}" lang="{locale}">\3</a>', html)
