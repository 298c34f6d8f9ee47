"""Hostile pages built whole: each is named with its line, nothing that a page brings is run, nothing is left."""

import re

import pytest
from bs4 import BeautifulSoup
from conftest import mkdocs, small_project
from hostile import BROKEN, ENTRIES, FRONT, REFUSED, RUNNING, WORDS, harmless_project, unsaid, write_pages


def build(folder, cases):
    """Build a project with these pages; returns (project, what it wrote of them, what MkDocs did)."""
    project = small_project(folder)
    evil = project / "docs" / "it" / "evil.py"
    target = project / ".cache" / "written"
    evil.write_text(f"open({str(target)!r}, 'w').close()\n\ndef run():\n    return ''\n", encoding="utf-8")
    cases = {
        name: text.replace("TARGET", str(target)).replace("EVIL", "../docs/it/evil.py") for name, text in cases.items()
    }
    pages = write_pages(project, cases)
    return project, pages, mkdocs("build", folder=project)


@pytest.mark.parametrize("cases", [REFUSED, RUNNING], ids=["what runs in a browser", "what runs in the build"])
def test_each_is_named_and_nothing_runs(tmp_path, cases):
    project, pages, done = build(tmp_path, cases)
    assert done.returncode != 0 and not (project / ".cache" / "written").exists()
    missing = unsaid(pages, cases, done.stdout)
    assert not missing, "\n".join(missing) + done.stdout[-2000:]
    assert not list((project / "site").iterdir())


def test_front_matter(project):
    target = project / ".cache" / "written"
    cases = {name: text.replace("TARGET", str(target)) for name, text in FRONT.items()}
    pages = write_pages(project, cases)
    for name, (file, _) in pages.items():
        (project / "docs" / "it" / file).write_text(f"---\n{cases[name]}\n---\n\n# Page {{#page}}\n", encoding="utf-8")
    done = mkdocs("build", folder=project)
    assert done.returncode != 0 and not target.exists()
    missing = unsaid({name: (file, 2) for name, (file, _) in pages.items()}, cases, done.stdout)
    assert not missing, "\n".join(missing) + done.stdout[-2000:]


def test_glossary(project):
    head = "---\ndescription: Words.\n---\n\n# Glossary {#glossary}\n\n"
    glossary = head + "\n\n".join(ENTRIES.values()) + "\n"
    for language in ("it", "en"):
        (project / "docs" / language / "glossary.md").write_text(glossary, encoding="utf-8")
    pages = write_pages(project, {"uses": "So one, two, three, four, five and six."})
    config = project / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("page.md,", "page.md, glossary.md,"), encoding="utf-8")
    done = mkdocs("build", folder=project)
    assert done.returncode != 0
    places = {name: ("glossary.md", glossary[: glossary.index(text)].count("\n") + 1) for name, text in ENTRIES.items()}
    missing = unsaid(places, ENTRIES, done.stdout)
    assert not missing, "\n".join(missing) + done.stdout[-2000:]
    # Elsewhere the definition is a tooltip.
    line = places["a definition"][1] + 1
    assert f"it/{pages['uses'][0]}, glossary.md, line {line}: the title “The second" in done.stdout


@pytest.mark.parametrize(("language", "name"), [("it", "copyright"), ("en", "copyright"), ("en", "site_name")])
def test_words_of_a_language(project, language, name):
    file = project / "docs" / language / "words.yml"
    text = re.sub(rf"^{name}: (>-\n)?", rf"\g<0>  {BROKEN}", file.read_text(encoding="utf-8"), count=1, flags=re.M)
    file.write_text(text, encoding="utf-8")
    done = mkdocs("build", folder=project)
    line = text[: text.index(BROKEN)].count("\n") + 1
    assert done.returncode != 0 and f"{language}/words.yml, line {line}: " in done.stdout, done.stdout
    assert f"is not allowed in {name}" in done.stdout


def test_words_are_shown_as_they_are_written(project):
    pages = harmless_project(project)
    done = mkdocs("build", folder=project)
    assert done.returncode == 0, done.stdout
    written = sorted((project / "site").rglob("*.html"))
    assert len(written) >= 2 * len(pages)
    for file in written:
        document = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        for tag in document.find_all(True):
            assert not any(name.startswith("on") for name in tag.attrs), (file.name, tag)
            assert not (tag.name == "script" and re.match(r"\s*alert", tag.get_text())), (file.name, tag)
    figures = BeautifulSoup(
        (project / "site" / pages[-2][:-3] / "index.html").read_text(encoding="utf-8"), "html.parser"
    )
    assert WORDS in figures.get_text()
