"""What a page says of itself: data that no page can break out of, references that hold what they cite."""

import json
import re
import tomllib

import pytest
import yaml
from course import glossary, reach
from hostile import WORDS
from pages import DOCS, LOCALES, PAGES, PROJECT, ROOT, source

CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
SITE = {"site_name": "Site", "authors": "The authors", "level": "Beginner", "site_description": "Of it."}
SITE |= {"cite_lesson": "{authors}, {title}, {site}, {year}, {address}", "cite_course": "{site}, {year}"}
HERE, THERE = "https://example.org/en/one/", "https://example.org/one/"


def told(title="One", locale="en", **words):
    """A page to speak of."""
    places = {"it": THERE, "en": HERE}
    return reach.Told(locale, places[locale], title, "What it is.", SITE | words, places, "it")


def test_a_lesson_says_what_it_is():
    said = reach.lesson(told(), ["bias", "weight"], 2, "https://example.org/en/")
    assert said["@type"] == "LearningResource" and said["inLanguage"] == "en" and said["position"] == 2
    assert said["teaches"] == ["bias", "weight"] and said["isPartOf"]["name"] == "Site"
    assert said["translationOfWork"] == {"@id": THERE} and "workTranslation" not in said
    original = reach.lesson(told(locale="it"), [], 2, "https://example.org/")
    assert original["workTranslation"] == [{"@id": HERE}] and "translationOfWork" not in original
    assert "teaches" not in original


def test_the_course_lists_its_lessons():
    said = reach.course(told(), [(1, "One", HERE)])
    assert said["@type"] == "Course" and said["provider"]["name"] == "The authors" and said["teaches"] == "Of it."
    assert [(one["position"], one["name"], one["url"]) for one in said["hasPart"]] == [(1, "One", HERE)]


def test_data_stays_in_its_script():
    said = {"name": f"{WORDS}</script><!--<script>]]>&lt;"}
    text = reach.as_script(said)
    assert not re.search("[<>&]", text) and json.loads(text) == said


def test_a_reference_holds_what_is_cited():
    assert reach.cited(told("{year} of it"), 2026, False) == f"The authors, {{year}} of it, Site, 2026, {HERE}"
    assert reach.cited(told(), 2026, True) == "Site, 2026"


def test_bibtex_is_whole_whatever_the_title():
    text = reach.bibtex(told(r"100 % of {a_b} & \c~#$^"), 2026, "one")
    assert r"title = {{100 \% of \{a\_b\} \& \textbackslash{}c\~{}\#\$\^{}}}" in text
    plain = re.sub(r"\\.", "", text)
    assert plain.count("{") == plain.count("}") and text.startswith("@misc{llm-e-pesi-one-en,\n")
    assert "howpublished = {{Site}}" in text and "howpublished" not in reach.bibtex(told("Site"), 2026, "index")


def test_languages_have_their_places():
    found = [reach.territory(one) for one in ("it", "en", "pt-BR", "tlh")]
    assert found == ["it_IT", "en_US", "pt_BR", "tlh_tlh"], "one that nobody knows stands for itself"


def test_the_year_is_that_of_the_release(tmp_path):
    assert reach.year(ROOT / "CITATION.cff") == CITATION["date-released"].year
    file = tmp_path / "CITATION.cff"
    for text in ("title: a\n", "date-released: soon\n", "- a\n"):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ValueError, match=r"CITATION\.cff: write the day"):
            reach.year(file)


def test_terms_are_those_whose_lesson_the_glossary_names():
    text = "*a*, b {#a}\n:   One. [](one.md#x)\n\nc {#c}\n:   Two. [](two.md)\n\nd {#d}\n:   No lesson.\n"
    assert glossary.explained(text) == {"one": ["a"], "two": ["c"]}
    for locale in LOCALES:
        if "glossary" in PAGES and (DOCS / locale / "glossary.md").is_file():
            found = glossary.explained(source(locale, "glossary").source)
            assert found.keys() <= set(PAGES) and sum(map(len, found.values())) > 80


def test_citation_has_what_its_format_wants_and_says_what_the_project_says():
    assert CITATION.keys() >= {"cff-version", "message", "title", "authors", "license", "version", "date-released"}
    assert CITATION["cff-version"] == "1.2.0" and all(one.get("name") for one in CITATION["authors"])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert CITATION["version"] == project["version"] and project["license"] in CITATION["license"]
    names = [one["name"] for one in CITATION["authors"]]
    assert PROJECT.words("en")["authors"] == ", ".join(names)
    assert CITATION["title"] == PROJECT.words(PROJECT.source)["site_name"]
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert f"(c) {CITATION['date-released'].year} {names[0]}" in licence and reach.LICENCE in licence
    assert all(reach.LICENCE in PROJECT.words(locale)["copyright"] for locale in LOCALES)
