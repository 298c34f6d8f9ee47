"""The translators' command: what it prints, and its exit codes."""

import importlib.util
import re
import shutil
import subprocess
import sys

import pytest
from course.page import Page
from course.project import open_project
from pages import PAGES, ROOT
from test_translations import STAMP, copy_of_project, edit, needs_git

COMMAND = ROOT / "docs" / "translate.py"
spec = importlib.util.spec_from_file_location("translate", COMMAND)
translate = importlib.util.module_from_spec(spec)
spec.loader.exec_module(translate)


@pytest.fixture
def folder(tmp_path):
    """A copy of the project."""
    return copy_of_project(tmp_path)


@pytest.fixture
def run(folder, capsys):
    """Run a command on the copy; gives its exit code and what it printed."""

    def ran(*words):
        code = translate.main(list(words), folder)
        return code, capsys.readouterr().out

    return ran


def test_status_of_a_project_that_is_up_to_date(run):
    code, said = run("status")
    assert code == 0 and said.startswith("en: 100% up to date\n")
    assert re.findall(r"^  (\S+) +up to date$", said, re.M) == list(open_project(ROOT).pages)
    assert run("status", "en") == (code, said)


@needs_git
def test_from_a_change_to_the_stamp(run, folder):
    edit(open_project(folder), "it/weights.md", "{#memory}\n", "{#memory}\n\nUna frase nuova.\n")
    code, said = run("status")
    assert code == 1 and "  weights        outdated     memory\n" in said
    assert f"en: {100 * (len(PAGES) - 1) // len(PAGES)}% up to date" in said
    code, said = run("diff", "en", "weights")
    assert code == 0 and said.startswith("== section {#memory}\n") and "+ Una frase nuova." in said
    assert run("stamp", "en", "weights.md", "docs/en/llm.md") == (0, "stamped: weights, llm\n")
    assert run("status", "en")[0] == 0


def test_status_says_what_a_stamped_translation_has_lost(run, folder):
    edit(open_project(folder), "en/weights.md", "{#memory}", "{#memories}")
    code, said = run("status")
    assert code == 1 and re.search(r"^  weights +changed\n    docs/en/weights.md, line \d+: .*memor", said, re.M), said


def test_stamp_says_what_is_wrong_in_each_page(run, folder):
    project = open_project(folder)
    edit(project, "en/weights.md", "{#memory}", "{#memories}")
    edit(project, "en/llm.md", "description: ", "descriptions: ")
    code, said = run("stamp", "en", "weights", "llm", "matrices")
    assert code == 1 and "stamped" not in said
    assert re.findall(r"^docs/en/(\w+)\.md, line \d+: ", said, re.M)[0] == "weights"
    assert "docs/en/llm.md, line 2: “descriptions:” is not known" in said and "matrices" not in said


def test_missing_and_orphan_pages(run, folder):
    (folder / "docs/en/weights.md").rename(folder / "docs/en/weight.md")
    code, said = run("status")
    assert code == 1 and "  weights        missing\n" in said and "  weight         orphan       the source" in said


def test_only_required_languages_must_be_whole(run, folder):
    assert run("new", "fr")[0] == 0
    code, said = run("status")
    assert code == 0 and "fr: 0% up to date\n" in said and "  index          not stamped " in said


@pytest.mark.parametrize(("words", "model"), [(["new", "fr"], "Italiano"), (["new", "ja", "--from", "en"], "English")])
def test_a_language_is_started_and_the_next_step_said(run, folder, words, model):
    code, said = run(*words)
    locale = words[1]
    assert code == 0 and f"docs/{locale}/words.yml and docs/{locale}/index.md, which are still in {model};" in said
    assert f"translate.py stamp {locale} index" in said and (folder / "docs" / locale / "index.md").is_file()
    assert run(*words) == (1, f"{locale} is there already\n")


def test_a_language_that_is_none_is_said(run):
    assert run("new", "xx") == (1, "'xx' is no language code: write it like fr, de or pt-BR\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["status", "xx"], "there is no language 'xx': there are en"),
        (["status", "it"], "there is no language 'it': there are en"),
        (["diff", "en", "nothing"], "there is no page 'nothing': there are index, llm"),
        (["stamp", "en", "weights", "nothing"], "there is no page 'nothing'"),
        (["stamp", "en"], "required"),
        (["diff", "en"], "required"),
        (["new", "fr", "--from", "de"], "invalid choice: 'de'"),
        (["build"], "invalid choice: 'build'"),
        ([], "required"),
    ],
)
def test_wrong_commands_say_what_there_is(folder, words, message, capsys):
    with pytest.raises(SystemExit) as left:
        translate.main(words, folder)
    assert left.value.code == 2 and message in capsys.readouterr().err


def test_from_a_language_that_is_not_whole_is_refused(run, folder, capsys):
    assert run("new", "fr")[0] == 0
    with pytest.raises(SystemExit):
        run("new", "de", "--from", "fr")
    assert "invalid choice: 'fr'" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_named_without_a_traceback(folder):
    shutil.copytree(COMMAND.parent / "overrides" / "hooks", folder / "docs/overrides/hooks")
    shutil.copy(COMMAND, folder / "docs")
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8") + "a: b: c\n", encoding="utf-8")
    words = [sys.executable, "-B", "docs/translate.py", "status"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.startswith(f"translate.py: {config}, line ") and not done.stdout
    assert "Traceback" not in done.stderr


def test_the_command_says_how_it_is_used():
    done = subprocess.run([sys.executable, str(COMMAND), "--help"], capture_output=True, text=True)
    assert done.returncode == 0 and all(word in done.stdout for word in ("status", "diff", "stamp", "new"))
    readme = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "docs/en/contributing.md").read_text("utf-8")
    for command in re.findall(r"docs/translate\.py (\w+)", readme):
        assert command in ("status", "diff", "stamp", "new")


def test_status_of_twenty_languages_scans_no_page_over_and_over(run, folder, monkeypatch):
    codes = ["fr", "de", "es", "pt-BR", "nl", "pl", "ro", "sv", "da", "fi", "cs", "hu", "el", "tr", "uk", "ja", "ko"]
    config = folder / "mkdocs.yml"
    entries = "".join(f"        - locale: {code}\n          name: {code}\n" for code in codes)
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("        - locale: en\n", entries + "        - locale: en\n"), encoding="utf-8")
    for code in codes:
        shutil.copytree(folder / "docs/en", folder / "docs" / code)
    edit(open_project(folder), "it/weights.md", "{#memory}\n", "{#memory}\n\nAltro.\n")
    scanned, scan = [], Page.__init__
    monkeypatch.setattr(
        Page, "__init__", lambda page, text, locale: (scanned.append(locale), scan(page, text, locale))[1]
    )
    code, said = run("status")
    assert len(PAGES) < len(scanned) <= 3 * (len(codes) + 2) * len(PAGES), "a page is scanned again and again"
    assert code == 1 and said.count("outdated") == len(codes) + 1


def test_a_stamp_alone_is_no_news_to_git(run, folder):
    before = {path: path.read_bytes() for path in (folder / "docs").rglob("*.md")}
    assert run("stamp", "en", *PAGES)[0] == 0
    assert {path: path.read_bytes() for path in before} == before and STAMP.search(
        before[folder / "docs/en/llm.md"].decode()
    )
