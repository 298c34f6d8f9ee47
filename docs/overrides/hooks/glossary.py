"""Glossary terms show their definition where they first appear in a page, in the page's language.

The definitions are those of the language's glossary.md, a definition list: `term, other form {#id}` and `:   text`.
"""

import re
from pathlib import Path

from mkdocs.utils import get_relative_url

ENTRY = re.compile(r"^(?P<forms>\S[^\n{]*?)\s*\{#[\w-]+[^}]*\}\n:[ ]+(?P<text>[^\n]+)", re.M)

NAMED = re.compile(r'(<dt id="([\w-]+)">[^<]*</dt>\s*<dd>.*?<em>[^:<]+: )([^<]+)(?=\.</em>)', re.S)
ABBREVIATION = re.compile(r'<abbr title="(?P<title>[^"]*)">(?P<word>[^<]*)</abbr>')


def entries(text):
    """The glossary's {form: definition in plain text}; the forms of a term are separated by commas."""
    found = {}
    for entry in ENTRY.finditer(text):
        text = re.sub(r"\s*\*[^*]*\*$", "", entry["text"])  # the closing note names the term in another language
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|[*_`]", lambda m: m[1] or "", text)
        for form in entry["forms"].split(","):
            found[re.sub(r"[*_]", "", form).strip()] = plain
    return found


def on_page_markdown(markdown, page, config, **_):
    """Give the page the glossary's abbreviations."""
    glossary = Path(config.docs_dir) / page.file.locale / "glossary.md"
    if page.file.name in ("index", "glossary", "contributing") or not glossary.is_file():
        return markdown
    definitions = entries(glossary.read_text(encoding="utf-8"))
    return markdown + "\n\n" + "\n".join(f"*[{form}]: {text}" for form, text in definitions.items())


def link_languages(html, page):
    """Let each entry's closing note, the term in another language, lead to that entry in that language."""
    other = "it" if page.file.locale != "it" else "en"
    address = get_relative_url(page.file.alternates[other].url, page.url)
    return NAMED.sub(rf'\1<a href="{address}#\2" hreflang="{other}" lang="{other}">\3</a>', html)


def on_page_content(html, page, **_):
    """Keep each tooltip at its first place in the text only: a page full of dotted lines is hard to read."""
    if page.file.name == "glossary":
        return link_languages(html, page)
    seen = set()

    def first(match):
        if match["other"]:  # a heading or the notes: no tooltips there
            return ABBREVIATION.sub(lambda m: m["word"], match["other"])
        if match["title"] in seen:
            return match["word"]
        seen.add(match["title"])
        return match[0]

    untouched = r"(?P<other><h[1-6].*?</h[1-6]>|<div class=\"footnote\">.*)"
    return re.sub(rf"{untouched}|{ABBREVIATION.pattern}", first, html, flags=re.S)
