"""The glossary: its terms in every language, their tooltips, the links from one language to another."""

import re

import pytest
from course.glossary import entries, first_places, link_languages, with_definitions
from markdown import Markdown
from pages import DOCS, LANGUAGES, PROJECT, SOURCE, languages_of, source

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


W, B = '<abbr title="one">weight</abbr>', '<abbr title="two">bias</abbr>'


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        (f"<p>{W} {W} {B}</p>", f"<p>{W} weight {B}</p>"),
        (f"<p>{W}</p><p>{W.replace('weight', 'weights')}</p>", f"<p>{W}</p><p>weights</p>"),
        (f"<h2>{W}</h2><p>{W}</p>", f"<h2>weight</h2><p>{W}</p>"),
        (f'<h3 id="a">{B} and {W}</h3>', '<h3 id="a">bias and weight</h3>'),
        (
            f'<p>{W}</p><div class="footnote"><p>{W} {B}</p></div>',
            f'<p>{W}</p><div class="footnote"><p>weight bias</p></div>',
        ),
        ('<abbr title="of its own" class="a">x</abbr>', '<abbr title="of its own" class="a">x</abbr>'),
        ("<p>none</p>", "<p>none</p>"),
    ],
)
def test_a_tooltip_stays_at_its_first_place_in_the_text(html, kept):
    assert first_places(html) == kept


def test_each_page_begins_anew():
    assert first_places(W) == first_places(W) == W


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
