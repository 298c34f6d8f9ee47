"""The glossary: its terms in every language and where they lead, its lessons, its letters, its languages."""

import re

import pytest
from course.build import Build
from course.glossary import (
    LESSON,
    entries,
    first_places,
    link_languages,
    with_definitions,
    with_lessons,
    with_letters,
)
from course.programs import Limits
from markdown import Markdown
from pages import DOCS, LANGUAGES, PAGES, PROJECT, ROOT, SOURCE, languages_of, source

TEXT = """# Glossary {#glossary}

weight, weights {#weight}
:   A number: see [bias](#bias), `W` and *so*. *In Italian: peso.*

*bias* {#bias .plain}
:   "Another" number. *In Italian: bias.*

no id
:   Nothing.

## Heading {#heading}
"""


def test_entries_by_form_in_plain_text():
    weight, bias = "A number: see bias, W and so.", '"Another" number.'
    assert entries(TEXT) == {"weight": weight, "weights": weight, "bias": bias}
    assert entries("") == {}


def test_definitions_are_those_of_the_extension_abbr():
    html = Markdown(extensions=["abbr"]).convert(with_definitions("A weight, two weights, a bias.", TEXT))
    assert html.count('<abbr title="A number: see bias, W and so.">') == 2
    assert '<abbr title="&quot;Another&quot; number.">bias</abbr>' in html and "*[" not in html


W, B = (
    '<abbr title="A number: see bias, W and so.">weight</abbr>',
    '<abbr title="&quot;Another&quot; number.">bias</abbr>',
)
TERM_W = '<a class="term" href="g/#weight" title="A number: see bias, W and so.">weight</a>'
TERM_B = '<a class="term" href="g/#bias" title="&quot;Another&quot; number.">bias</a>'
OWN = '<abbr title="of the page\'s own">x</abbr>'


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        (f"<p>{W} {W} {B}</p>", f"<p>{TERM_W} weight {TERM_B}</p>"),
        (f"<p>{W}</p><p>{W.replace('weight', 'weights')}</p>", f"<p>{TERM_W}</p><p>weights</p>"),
        (f"<h2>{W}</h2><p>{W}</p>", f"<h2>weight</h2><p>{TERM_W}</p>"),
        (f'<h3 id="a">{B} and {W}</h3>', '<h3 id="a">bias and weight</h3>'),
        (
            f'<p>{W}</p><div class="footnote"><p>{W} {B}</p></div>',
            f'<p>{TERM_W}</p><div class="footnote"><p>weight bias</p></div>',
        ),
        (f'<p><a href="a">the <em>{W}</em></a> {W}</p>', f'<p><a href="a">the <em>weight</em></a> {TERM_W}</p>'),
        (f"<summary>{W}</summary><p>{W}</p>", f"<summary>weight</summary><p>{TERM_W}</p>"),
        (f"<math>{W}</math><p>{W}</p>", f"<math>weight</math><p>{TERM_W}</p>"),
        (f"<p>{OWN} {OWN}</p>", f"<p>{OWN} x</p>"),
        ('<abbr title="A number: see bias, W and so." class="a">x</abbr>',) * 2,
        ("<p>none</p>", "<p>none</p>"),
    ],
)
def test_a_term_leads_to_its_entry_at_its_first_place_in_the_text(html, kept):
    assert first_places(html, TEXT, "g/") == kept


def test_each_page_begins_anew():
    assert first_places(W, TEXT, "g/") == first_places(W, TEXT, "g/") == TERM_W


def test_an_entry_leads_to_its_lesson_by_its_title():
    text = TEXT.replace("peso.*", "peso.* [](weights.md#one)").replace(
        "In Italian: bias.*", "In Italian: bias.* [](x.md)"
    )
    assert entries(text) == entries(TEXT), "the definition goes without the lesson"
    told = with_lessons(text, {"weights": r"Weights \1", "x": "X"}.get, "See <")
    assert r'peso.* <span class="lesson" data-search-exclude>See &lt;: [Weights \1](weights.md#one)</span>' in told
    assert "See &lt;: [X](x.md)</span>" in told and told.count("[bias](#bias)") == 1


@pytest.mark.parametrize(
    ("terms", "letters"),
    [
        (["adam", "bias", "batch", "KV"], "A0 B1 K3"),
        (["ecart", "époque", "erreur", "fin"], "E0 F3"),
        (["écart", "erreur"], "E0"),
        (["arm", "zon", "ål", "ånga", "ära"], "A0 Z1 Å2 Ä4"),
        (["<em>x</em>", "&amp;y", "ß"], "X0 &amp;1 S2"),
        (["вес", "слой"], "В0 С1"),
    ],
)
def test_letters_lead_to_their_first_entries_in_the_order_of_the_list(terms, letters):
    items = "".join(f'<dt id="t{n}">{term}</dt>\n<dd>It.</dd>\n' for n, term in enumerate(terms))
    html = with_letters(f"<h1>G</h1>\n<dl>\n{items}</dl>", 'The "letters"')
    found = re.findall(r'<a href="#t(\d+)">([^<]*)</a>', html)
    assert " ".join(letter + number for number, letter in found) == letters
    assert '</h1>\n<nav class="letters" aria-label="The &quot;letters&quot;" data-search-exclude><a' in html
    assert "</nav>\n<dl>" in html


def test_a_glossary_without_entries_has_no_letters():
    assert with_letters("<p>Nothing yet.</p>", "Letters") == "<p>Nothing yet.</p>"


def test_closing_notes_lead_to_the_other_language():
    html = Markdown(extensions=["def_list", "attr_list"]).convert(TEXT)
    linked = link_languages(html, "../it/glossary/", "it")
    assert '<em>In Italian: <a href="../it/glossary/#weight" hreflang="it" lang="it">peso</a>.</em>' in linked
    assert '<a href="../it/glossary/#bias" hreflang="it" lang="it">bias</a>.</em>' in linked
    assert "<em>so</em>" in linked and linked.count("<a ") == html.count("<a ") + 2


@pytest.mark.parametrize("language", languages_of("glossary"))
def test_the_real_glossary_is_read_whole(language):
    page = source(language, "glossary")
    ids = [mark for _, mark in page.terms]
    assert len(ids) == len(set(ids)) == len(re.findall(r"^:   ", page.source, re.M)) > 20
    found = entries(page.source)
    assert len({*found.values()}) == len(ids) and all(text.endswith(".") for text in found.values())
    forms = [form.strip(" *_") for line, _ in page.terms for form in page.prose[line].partition("{#")[0].split(",")]
    assert sorted(forms) == sorted(found), "each form stands in one entry"
    assert not [text for text in found.values() if re.search(r"[*`\\[\\]]", text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_entry_names_its_term_in_the_other_language(language):
    page = source(language, "glossary")
    html = Markdown(extensions=["def_list", "attr_list"]).convert(page.source.split("---\n", 2)[2])
    other = PROJECT.required[0] if language == SOURCE else SOURCE
    assert link_languages(html, "a/", other).count(f'hreflang="{other}"') == len(page.terms)


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_are_in_order_a_word_before_its_compounds(language):
    text = (DOCS / language / "glossary.md").read_text(encoding="utf-8")
    terms = [term.lower().replace("–", " ") for term in re.findall(r"^([^\s#][^\n{,]*[^\s,])[^\n{]*\{#", text, re.M)]
    assert len(terms) > 50 and terms == sorted(terms)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_entry_leads_to_a_lesson_that_speaks_of_it(language):
    text = source(language, "glossary").source
    by_text = {}
    for form, definition in entries(text).items():
        by_text.setdefault(definition, []).append(form)
    found = re.findall(rf"\{{#([\w-]+)\}}\n:   .*\* {LESSON.pattern}$", text, re.M)
    assert len(found) == len(by_text), "each entry ends with its lesson"
    for (mark, address, page), forms in zip(found, by_text.values(), strict=True):
        assert page in PAGES and page not in ("index", "glossary", "contributing")
        section = address.partition("#")[2]
        lesson = source(language, page)
        assert section in lesson.sections(), address
        words = {word[:6] for form in forms for word in re.findall(r"\w{4,}|\w+$", form.lower())}
        said = lesson.source.lower()
        assert section == mark or any(word in said for word in words), f"{address} does not speak of {forms}"


def test_titles_of_pages_are_the_languages_own_or_the_sources():
    build = Build(ROOT, Limits())
    for language in LANGUAGES:
        assert build.title("weights", language) == source(language, "weights").headings[0].words
        assert build.title("nowhere", language) == "nowhere"
    assert build.title("weights", "xx") == source(SOURCE, "weights").headings[0].words
