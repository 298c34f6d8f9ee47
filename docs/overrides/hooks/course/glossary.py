"""The glossary's terms: their definitions, and the tooltips where they first appear in a page.

A language's glossary.md is a definition list: `term, other form {#id}` and `:   definition`.
"""

import re

ENTRY = re.compile(r"^(?P<forms>\S[^\n{]*?)\s*\{#[\w-]+[^}]*\}\n:[ ]+(?P<text>[^\n]+)", re.M)
NAMED = re.compile(r'(<dt [^>]*?id="([\w-]+)"[^>]*>(?:(?!<dt\b).)*?<em>[^:<]+: )([^<]+)(?=\.</em>)', re.S)
TOOLTIP = re.compile(r'<abbr title="(?P<title>[^"]*)">(?P<word>[^<]*)</abbr>')
UNTOUCHED = re.compile(rf'(?P<other><h[1-6].*?</h[1-6]>|<div class="footnote">.*)|{TOOLTIP.pattern}', re.S)


def entries(text: str) -> dict[str, str]:
    """The glossary's {form: definition in plain text}; the forms of a term are separated by commas."""
    found = {}
    for entry in ENTRY.finditer(text):
        text = re.sub(r"\s*\*[^*]*\*$", "", entry["text"])  # the closing note names the term in another language
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|[*_`]", lambda m: m[1] or "", text)
        for form in entry["forms"].split(","):
            found[re.sub(r"[*_]", "", form).strip()] = plain
    return found


def with_definitions(markdown: str, glossary: str) -> str:
    """A page's text followed by the glossary's definitions, as the extension `abbr` wants them."""
    return markdown + "\n\n" + "\n".join(f"*[{form}]: {text}" for form, text in entries(glossary).items())


def first_places(html: str) -> str:
    """Keep each tooltip at its first place in the text only: a page full of dotted lines is hard to read."""
    seen = set()

    def first(match: re.Match[str]) -> str:
        if match["other"]:  # a heading or the notes: no tooltips there
            return TOOLTIP.sub(lambda m: m["word"], match["other"])
        if match["title"] in seen:
            return match["word"]
        seen.add(match["title"])
        return match[0]

    return UNTOUCHED.sub(first, html)


def link_languages(html: str, address: str, locale: str) -> str:
    """Let each entry's closing note, the term in another language, lead to that entry, at this address."""
    return NAMED.sub(rf'\1<a href="{address}#\2" hreflang="{locale}" lang="{locale}">\3</a>', html)
