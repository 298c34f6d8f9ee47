"""Hostile pages built whole: each is named with its line, nothing that a page brings is run, nothing is left."""

import pytest
from conftest import mkdocs, small_project
from hostile import REFUSED, RUNNING, unsaid, write_pages


def build(folder, cases):
    """Build a project with these pages; returns (project, what it wrote of them, what MkDocs did)."""
    project = small_project(folder)
    evil = project / "docs" / "it" / "evil.py"
    target = project / "written"
    evil.write_text(f"open({str(target)!r}, 'w').close()\n\ndef run():\n    return ''\n", encoding="utf-8")
    cases = {
        name: text.replace("TARGET", str(target)).replace("EVIL", "../docs/it/evil.py") for name, text in cases.items()
    }
    pages = write_pages(project, cases)
    return project, pages, mkdocs("build", folder=project)


@pytest.mark.parametrize("cases", [REFUSED, RUNNING], ids=["what runs in a browser", "what runs in the build"])
def test_each_is_named_and_nothing_runs(tmp_path, cases):
    project, pages, done = build(tmp_path, cases)
    assert done.returncode != 0 and not (project / "written").exists()
    missing = unsaid(pages, cases, done.stdout)
    assert not missing, "\n".join(missing) + done.stdout[-2000:]
    assert not list((project / "site").iterdir())
