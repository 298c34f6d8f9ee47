"""Translations: which follow their source, what changed, what stamps them, how a language begins."""

import importlib.util
import os
import re
import shutil
import subprocess

import pytest
from course import translations
from course.compare import problems
from course.project import open_project
from course.translations import STAMP, Status, blob, difference, stamp, stamp_of, start, status, status_of, status_table
from pages import DOCS, PAGES, PROJECT, ROOT, SOURCE

needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git, which keeps the old source, is not installed")
needs_theme = pytest.mark.skipif(not importlib.util.find_spec("material"), reason="the theme is not installed")


def copy_of_project(folder):
    """The pages of the real project, all up to date, with a history of their own; returns the folder."""
    for name in ("it", "en"):
        shutil.copytree(DOCS / name, folder / "docs" / name)
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    config = re.sub(r"^ +- locale: (?!it\n|en\n).*\n(?: {10,}.*\n)*", "", config, flags=re.M)  # these two languages
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    for page in PAGES:
        restamp(folder, "en", page)
    commit(folder, "init", "-q")
    return folder


def restamp(folder, locale, page):
    """Stamp a page whatever it says."""
    file = folder / "docs" / locale / f"{page}.md"
    line = f'translated_from: "{blob((folder / "docs" / "it" / f"{page}.md").read_bytes())}"'
    file.write_text(STAMP.sub(line, file.read_text(encoding="utf-8"), count=1), encoding="utf-8")


def commit(folder, *first):
    """Keep the files as they are now in the history."""
    if shutil.which("git"):
        alone = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        user = ["-c", "user.name=a", "-c", "user.email=a@b.c"]
        for words in (first, ("add", "."), (*user, "commit", "-qm", "all")):
            if words:
                subprocess.run(["git", *words], cwd=folder, env=alone, check=True, capture_output=True)


@pytest.fixture
def project(tmp_path):
    """A copy of the project, open."""
    return open_project(copy_of_project(tmp_path))


def edit(project, name, old, new):
    """Change a page."""
    file = project.root / "docs" / name
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {name} any more: mend this test"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def shown(project, locale, page):
    """What `diff` prints."""
    return "\n".join(difference(project, locale, page))


ITALIAN, ENGLISH = "Quanto spazio occupano {#memory}\n", "How much room they take up {#memory}\n"


def grow(project, words="Una frase nuova."):
    """Add a sentence to the source of the page about weights."""
    edit(project, "it/weights.md", ITALIAN, f"{ITALIAN}\n{words}\n")


def test_the_stamp_is_git_s_own_id():
    # What `git hash-object` gives for an empty file and for one line.
    assert blob(b"") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    assert blob(b"hello\n") == blob(b"hello\r\n") == "ce013625030ba8dba906f756967f9e9ca394464a"


A = "a" * 40


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f'---\ndescription: a\ntranslated_from: "{A}"\n---\n', A),
        (f'---\r\ntranslated_from: "{A}"\r\n---\r\n', A),
        ("---\ndescription: a\n---\n", None),
        (f'---\ndescription: a\n---\n\ntranslated_from: "{A}"\n', None),
        (f"---\ntranslated_from: {A}\n---\n", None),
        ('---\ntranslated_from: "abc"\n---\n', None),
        (f'---\n  translated_from: "{A}"\n---\n', None),
        ("", None),
        ("perch\xe9", None),
    ],
)
def test_the_stamp_is_read_from_the_first_lines(text, found):
    assert stamp_of(text.encode("latin-1")) == found


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("locale", PROJECT.required)
def test_required_translation_follows_its_source(locale, page):
    found = status_of(PROJECT, locale, page)
    assert found.state == "up to date", (
        f"docs/{locale}/{page}.md is {found.state} ({found.note}): see `translate.py diff {locale} {page}`, mend the "
        f"page, then `translate.py stamp {locale} {page}`"
    )


def test_a_copy_is_up_to_date(project):
    assert status(project, "en") == [Status(page, "up to date") for page in PROJECT.pages]
    assert shown(project, "en", "weights") == "en/weights.md is up to date"


@needs_git
def test_a_change_of_the_source_is_seen_shown_and_stamped(project):
    grow(project)
    assert status_of(project, "en", "weights") == Status("weights", "outdated", "memory")
    assert [one.page for one in status(project, "en") if one.state != "up to date"] == ["weights"]
    text = shown(project, "en", "weights")
    assert text.startswith("== section {#memory}\n") and "+ Una frase nuova." in text and "{#aloud}" not in text
    assert stamp(project, "en", "weights") == []
    assert status_of(project, "en", "weights").state == "up to date"
    page = (project.root / "docs/en/weights.md").read_text(encoding="utf-8")
    source = (project.root / "docs/it/weights.md").read_bytes()
    assert page.count("translated_from") == 1 and f'translated_from: "{blob(source)}"\n---\n' in page


@needs_git
def test_new_and_removed_sections_are_shown(project):
    edit(project, "it/weights.md", f"## {ITALIAN}", "## Nuova {#new}\n\nUna frase.\n\n## Altro {#other}\n")
    assert status_of(project, "en", "weights").note == "new, other, memory"
    text = shown(project, "en", "weights")
    assert "== new section {#new}\n+ ## Nuova {#new}" in text and "== removed section {#memory}\n- ## Quanto" in text


@needs_git
def test_a_change_of_the_description_is_shown(project):
    edit(project, "it/weights.md", "description: Un peso", "description: Il peso")
    assert status_of(project, "en", "weights").note == "start"
    assert "== section {#start}\n- description: Un peso" in shown(project, "en", "weights")


@needs_git
def test_line_ends_are_no_change(project):
    file = project.root / "docs/it/weights.md"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert status_of(project, "en", "weights").state == "up to date"


def test_an_old_source_that_is_not_there_is_said(project):
    file = project.root / "docs/en/weights.md"
    file.write_text(STAMP.sub(f'translated_from: "{"0" * 40}"', file.read_text(encoding="utf-8")), encoding="utf-8")
    assert status_of(project, "en", "weights") == Status("weights", "outdated", "the old source is not in this clone")
    text = shown(project, "en", "weights")
    assert "en/weights.md: outdated. What it was made from is not in this clone." in text
    assert "This is it/weights.md now:\n\n---\n" in text and "# I pesi {#weights}" in text


def test_without_git_the_old_source_is_not_there(project, monkeypatch):
    monkeypatch.setenv("PATH", "")
    grow(project)
    assert status_of(project, "en", "weights").note == "the old source is not in this clone"
    assert "is not in this clone" in shown(project, "en", "weights")


def test_pages_without_a_stamp_missing_and_orphan(project):
    (project.root / "docs/en/weights.md").rename(project.root / "docs/en/weight.md")
    edit(project, "en/llm.md", "translated_from: ", "title: ")
    found = {one.page: one for one in status(project, "en")}
    assert found["weights"].state == "missing" and found["llm"].state == "not stamped"
    assert found["weight"] == Status("weight", "orphan", "the source has no such page: remove it")
    assert list(found)[-1] == "weight" and "This is it/weights.md now" in shown(project, "en", "weights")


@pytest.mark.parametrize("page", ["it/weights.md", "en/weights.md"])
def test_a_page_that_is_not_utf_8_is_named(project, page):
    grow(project)
    file = project.root / "docs" / page
    file.write_bytes(file.read_bytes() + b"\nperch\xe9\n")
    last = file.read_bytes().count(b"\n")
    if page.startswith("it"):
        for use in (status_of, stamp, shown) if shutil.which("git") else (stamp, shown):
            with pytest.raises(ValueError, match=rf"^docs/it/weights\.md, line {last} is not UTF-8"):
                use(project, "en", "weights")
    else:
        assert stamp(project, "en", "weights") == [
            f"docs/en/weights.md, line {last}: line {last} is not UTF-8: save the file as UTF-8"
        ]


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("en/weights.md", "{#memory}", "{#memories}", "the heading {#memory} is missing"),
        ("en/weights.md", "# Weights", "# A dataset", "say “data set”"),
        ("en/weights.md", "---\n", "", "must begin with ---"),
        ("it/weights.md", ITALIAN, f"{ITALIAN}\nE 17 frasi.\n", "the number 17 of the source"),
    ],
)
def test_stamp_refuses_a_page_that_does_not_match(project, name, old, new, words):
    edit(project, name, old, new)
    before = (project.root / "docs/en/weights.md").read_bytes()
    found = stamp(project, "en", "weights")
    assert (project.root / "docs/en/weights.md").read_bytes() == before
    assert any(re.match(r"docs/en/weights\.md, line \d+: ", line) and words in line for line in found), found


def test_stamp_says_which_page_is_not_there(project):
    (project.root / "docs/en/weights.md").unlink()
    assert stamp(project, "en", "weights") == ["docs/en/weights.md: there is no such page"]


@pytest.mark.parametrize("old", ["", 'translated_from: "abc"\n'])
def test_stamp_puts_one_stamp_whatever_was_there(project, old):
    file = project.root / "docs/en/weights.md"
    text = file.read_text(encoding="utf-8")
    file.write_bytes(re.sub(r"translated_from:.*\n", old, text, count=1).replace("\n", "\r\n").encode())
    assert stamp(project, "en", "weights") == []
    assert file.read_bytes().decode() == text, "line ends are git's"


def test_stamp_refuses_a_page_that_is_still_the_source_s(project):
    project = start(start(project, "ja", "en"), "fr", "it")
    for locale, model in (("fr", "it"), ("ja", "en")):
        page = project.root / "docs" / locale / "index.md"
        text = page.read_text(encoding="utf-8")
        assert "translated_from" not in text and not problems((model, text.encode()), (locale, text.encode()))
        assert stamp(project, locale, "index") == [
            f"docs/{locale}/index.md, line 2: the description is still that of docs/{model}: translate the page first"
        ]


def japanese(project):
    """A Japanese translation made from English: the page about weights, stamped."""
    project = start(project, "ja", "en")
    text = (project.root / "docs/en/weights.md").read_text(encoding="utf-8")
    text = text.replace("description: A weight", "description: 重み")
    (project.root / "docs/ja/weights.md").write_text(text, encoding="utf-8")
    assert project.read_from("ja") == "en"
    commit(project.root)
    return project


@needs_git
def test_a_language_made_from_english_is_shown_what_changed_in_english(project):
    project = japanese(project)
    assert shown(project, "ja", "weights") == "ja/weights.md is up to date"
    # The Italian page changes: the English one does not follow yet, so the change is shown in Italian.
    grow(project)
    commit(project.root)
    text = shown(project, "ja", "weights")
    assert "en/weights.md does not follow its source yet" in text and "+ Una frase nuova." in text
    # The English page follows, with a slip of its own mended on the way, committed or not.
    edit(project, "en/weights.md", ENGLISH, f"{ENGLISH}\nA new sentence.\n")
    assert stamp(project, "en", "weights") == []
    for _ in range(2):
        text = shown(project, "ja", "weights")
        assert text.startswith("== section {#memory}\n") and "+ A new sentence." in text
        assert "Una frase" not in text and "{#start}" not in text and "translated_from" not in text
        commit(project.root, "add", ".")
        edit(project, "en/weights.md", "A new sentence.", "A new sentence. ")
    assert stamp(project, "ja", "weights") == [] and shown(project, "ja", "weights") == "ja/weights.md is up to date"


@needs_git
def test_a_changed_description_in_english_is_shown_beside_the_rest(project):
    project = japanese(project)
    grow(project)
    edit(project, "en/weights.md", ENGLISH, f"{ENGLISH}\nA new sentence.\n")
    edit(project, "en/weights.md", "description: A weight", "description: The weight")
    assert stamp(project, "en", "weights") == []
    text = shown(project, "ja", "weights")
    assert "+ description: The weight" in text and "+ A new sentence." in text and "translated_from" not in text


@needs_git
def test_a_source_that_changed_where_english_did_not(project):
    project = japanese(project)
    edit(project, "it/weights.md", "Un **peso**", "Un  **peso**")
    assert stamp(project, "en", "weights") == []
    text = shown(project, "ja", "weights")
    assert text == "en/weights.md says what it said when the translation was made: confirm it with stamp"


def test_a_page_that_english_lacks_is_read_from_the_source(project):
    project = japanese(project)
    (project.root / "docs/en/llm.md").unlink()
    text = shown(project, "ja", "llm")
    assert "en/llm.md does not follow its source yet" in text and "This is it/llm.md now" in text


@pytest.mark.parametrize(("locale", "model"), [("fr", "it"), ("de", "en"), ("pt-BR", "en"), ("zh", "it")])
def test_a_language_is_started(project, locale, model):
    file = project.root / "mkdocs.yml"
    before = file.read_text(encoding="utf-8")
    started = start(project, locale, model)
    after = file.read_text(encoding="utf-8").splitlines()
    kept = iter(after)
    assert all(line in kept for line in before.splitlines()), "what was there stays, in its order"
    assert len(after) == len(before.splitlines()) + 2
    assert started.names == {**project.names, locale: started.names[locale]}
    words, model_words = started.words(locale), started.words(model)
    assert words == {**model_words, "avoid": {}, "translated_from": model} and started.read_from(locale) == model
    first = (project.root / "docs" / locale / "index.md").read_text(encoding="utf-8")
    text = (project.root / "docs" / model / "index.md").read_text(encoding="utf-8")
    assert first == re.sub(r"translated_from:.*\n", "", text)
    assert [one.state for one in status(started, locale)] == ["not stamped"] + ["missing"] * (len(PAGES) - 1)
    with pytest.raises(ValueError, match="is there already"):
        start(started, locale, model)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("xx", "no language code"),
        ("french", "no language code"),
        ("", "no language code"),
        ("../a", "no language code"),
        ("pt_BR", "no language code"),
        pytest.param("br", "the theme has no words in 'br'", marks=needs_theme),
        ("it", "is there already"),
        ("nl", "is there already"),
    ],
)
def test_a_wrong_code_starts_nothing(project, code, message):
    (project.root / "docs/nl").mkdir()
    before = (project.root / "mkdocs.yml").read_text(encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(message)):
        start(project, code, "it")
    assert (project.root / "mkdocs.yml").read_text(encoding="utf-8") == before
    assert {path.name for path in (project.root / "docs").iterdir()} == {"it", "en", "nl"}


def test_a_configuration_written_another_way_is_left_as_it_is(project):
    file = project.root / "mkdocs.yml"
    text = re.sub(r" +- locale: it\n(?: {10}.*\n)*", "", file.read_text(encoding="utf-8"))
    text = re.sub(
        r" +- locale: en\n(?: {10}.*\n)*", "        - {locale: it, default: true}\n        - {locale: en}\n", text
    )
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="write each language on lines of its own"):
        start(open_project(project.root), "fr", "it")
    assert file.read_text(encoding="utf-8") == text and not (project.root / "docs/fr").exists()


def test_the_first_page_loses_its_stamp_and_nothing_else(project):
    file = project.root / "docs/it/index.md"
    text = file.read_text(encoding="utf-8") + "\n---\n\n```text\ntranslated_from: it\n```\n"
    file.write_text(text, encoding="utf-8")
    start(project, "fr", "it")
    assert (project.root / "docs/fr/index.md").read_text(encoding="utf-8") == text


def test_the_table_shows_every_state_in_the_language_of_the_page(project):
    (project.root / "docs/en/weights.md").unlink()
    edit(project, "it/llm.md", "Un *large", "Un  *large")
    edit(project, "en/matrices.md", "translated_from: ", "title: ")
    table = status_table(project, "it")
    rows = dict(re.findall(r"<code>([\w-]+)</code></th><td>([^<]*)</td>", table))
    words = project.words("it")
    assert list(rows) == list(project.pages) and rows["index"] == words["status_up_to_date"]
    found = [rows[page] for page in ("weights", "llm", "matrices")]
    assert found == [words[f"status_{state}"] for state in ("missing", "outdated", "not_stamped")]
    assert table.startswith('<div class="wide"><table class="table">') and table.count('scope="col"') == 2


def test_git_that_fails_is_no_answer(project):
    assert translations.git(project, "cat-file", "blob", "0" * 40) is None
    assert translations.old_page(project, SOURCE, "weights", "0" * 40) is None
