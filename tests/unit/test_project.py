"""The project as mkdocs.yml and the folders describe it; a mistake in it is named with its file."""

import pytest
import yaml
from course.project import open_project, read_yaml, state
from pages import PROJECT, ROOT

CONFIG = """
site_name: Two
site_url: !ENV [SITE_URL, "http://127.0.0.1:8000/"]
nav:
  - b.md
  - More: [{A: a.md}, https://example.com]
extra:
  required_languages: [en]
  seconds: !ENV [SECONDS, 30]
plugins:
  - search
  - i18n:
      languages:
        - {locale: it, name: Italiano, default: true}
        - {locale: en, name: English}
        - {locale: pt-BR, name: Português}
markdown_extensions:
  - toc: {slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}}
"""
WORDS = "site_name: Due\ntranslated_from: it\navoid:\n  uno: due\n"


@pytest.fixture
def folder(tmp_path):
    """A project of three languages and three pages."""
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    for locale in ("it", "en", "pt-BR"):
        (tmp_path / "docs" / locale).mkdir(parents=True)
        (tmp_path / "docs" / locale / "words.yml").write_text(WORDS, encoding="utf-8")
    for page in ("a", "b", "c"):
        (tmp_path / "docs" / "it" / f"{page}.md").write_text("# A {#a}\n", encoding="utf-8")
    return tmp_path


def test_what_mkdocs_yml_says(folder):
    project = open_project(folder)
    assert project.source == "it" and project.locales == ("en", "pt-BR") and project.required == ("en",)
    assert project.names == {"it": "Italiano", "en": "English", "pt-BR": "Português"}
    assert project.pages == ("b", "a", "c"), "in the order of the navigation, then the rest"
    assert project.file("en", "a") == folder / "docs/en/a.md" and project.snippets == folder / "snippets"


def test_the_source_comes_first(folder):
    text = CONFIG.replace(", default: true", "").replace("name: English", "name: English, default: true")
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    project = open_project(folder)
    assert project.source == "en" and list(project.names) == ["en", "it", "pt-BR"] and project.pages == ()


def test_plugins_may_be_a_mapping(folder):
    config = yaml.safe_dump({"plugins": {"search": None, "i18n": {"languages": [{"locale": "it", "default": True}]}}})
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    assert open_project(folder).names == {"it": "it"} and open_project(folder).required == ()


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ("", "no language under plugins, i18n, languages"),
        ("- a", "no language under plugins, i18n, languages"),
        ("plugins: [search]", "no language under plugins, i18n, languages"),
        ("plugins: [i18n]", "no language under plugins, i18n, languages"),
        ("plugins:\n  - i18n:", "no language under plugins, i18n, languages"),
        ("plugins: [{i18n: {languages: [{locale: it}]}}]", "no language under plugins, i18n, languages"),
        ("plugins: [{i18n: {languages: [{name: it}]}}]", "no language under plugins, i18n, languages"),
        (CONFIG.replace("required_languages: [en]", "required_languages: [eng]"), "required_languages names eng"),
        ("a: [", "mkdocs.yml, line 1: "),
        ("a: 1\nb: c: d", "mkdocs.yml, line 2: "),
        ("a: 2026-99-99", "mkdocs.yml: "),
    ],
)
def test_a_configuration_that_cannot_be_read_is_named(folder, config, words):
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    with pytest.raises(ValueError) as caught:
        open_project(folder)
    assert words in str(caught.value) and str(folder / "mkdocs.yml") in str(caught.value)


def test_a_file_that_is_not_there_or_no_text_is_named(folder):
    (folder / "mkdocs.yml").write_bytes(b"site_name: perch\xe9\n")
    with pytest.raises(ValueError, match=r"mkdocs\.yml: not UTF-8"):
        open_project(folder)
    (folder / "mkdocs.yml").unlink()
    with pytest.raises(ValueError, match=r"mkdocs\.yml: No such file"):
        open_project(folder)


def test_what_only_mkdocs_knows_is_read_as_it_stands(folder):
    config = read_yaml(folder / "mkdocs.yml")
    assert config["site_url"] == ["SITE_URL", "http://127.0.0.1:8000/"] and config["extra"]["seconds"] == [
        "SECONDS",
        30,
    ]


def test_words_of_a_language(folder):
    project = open_project(folder)
    assert project.words("en") == {"site_name": "Due", "translated_from": "it", "avoid": {"uno": "due"}}
    file = folder / "docs/en/words.yml"
    file.write_text(WORDS.replace("Due", "Two words"), encoding="utf-8")
    assert project.words("en")["site_name"] == "Two words", "read again when it changes"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("translated_from: it\navoid: {}\n", "site_name is missing"),
        ("", "avoid, site_name, translated_from is missing"),
        (WORDS + "more: più\nother: altro\n", "more, other is left over"),
        (WORDS + "yes: sì\n", "True is left over"),
        ("- a\n", "write each of the words as “name: words”"),
        ("hello\n", "write each of the words as “name: words”"),
        (WORDS.replace("Due", "2"), "site_name must be a text"),
        (WORDS.replace("Due", "no"), "site_name must be a text"),
        (WORDS.replace("Due", "''"), "site_name must be a text"),
        (WORDS.replace("Due", "[a]"), "site_name must be a text"),
        (WORDS.replace("  uno: due\n", ""), "avoid must be a list of"),
        (WORDS.replace("uno: due", "uno"), "avoid must be a list of"),
        (WORDS.replace("uno: due", "no: due"), "avoid must be a list of"),
        (WORDS.replace("uno: due", "uno: 2"), "avoid must be a list of"),
        (WORDS.replace("Due", "a: b"), "line 1: "),
    ],
)
def test_wrong_words_are_named(folder, words, message):
    file = folder / "docs/pt-BR/words.yml"
    file.write_text(words, encoding="utf-8")
    with pytest.raises(ValueError) as caught:
        open_project(folder).words("pt-BR")
    assert str(file) in str(caught.value) and message in str(caught.value)


def test_wrong_words_of_the_source_are_named(folder):
    (folder / "docs/it/words.yml").write_text("- a\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"docs/it/words\.yml: write each of the words"):
        open_project(folder).words("en")


@pytest.mark.parametrize(("locale", "said", "read"), [("en", "it", "it"), ("pt-BR", "en", "en"), ("it", "it", "it")])
def test_the_language_that_translators_read(folder, locale, said, read):
    (folder / "docs" / locale / "words.yml").write_text(WORDS.replace("from: it", f"from: {said}"), encoding="utf-8")
    assert open_project(folder).read_from(locale) == read


def test_a_language_to_read_that_is_not_there_is_named(folder):
    (folder / "docs/en/words.yml").write_text(WORDS.replace("from: it", "from: English"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"docs/en/words\.yml: translated_from must be one of it, en, pt-BR"):
        open_project(folder).read_from("en")


def test_the_state_of_a_file_tells_when_it_changes(tmp_path):
    file = tmp_path / "a"
    assert state(file) is None
    file.write_text("one")
    before = state(file)
    assert before == state(str(file))
    file.write_text("three")
    assert state(file) != before


def test_the_real_project():
    listed = [entry.removesuffix(".md") for entry in read_yaml(ROOT / "mkdocs.yml")["nav"]]
    assert list(PROJECT.pages) == listed and PROJECT.source == "it" and "en" in PROJECT.required


@pytest.mark.parametrize("locale", PROJECT.locales)
def test_words_are_complete_and_translated(locale):
    ours, theirs = PROJECT.words(locale), PROJECT.words(PROJECT.source)
    same = [name for name in ours if ours[name] == theirs[name] and name not in ("avoid", "translated_from")]
    assert not same and PROJECT.read_from(locale) in PROJECT.names
