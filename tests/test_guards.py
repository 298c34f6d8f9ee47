"""A build that refuses to lie: each mistake ends it with a message that says where, and leaves nothing to publish."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import mkdocs, small_project

BLOCK = '\n```python exec="on" source="above" id="page-more"\n{}\n```\n'


def write(project, name, text):
    (project / name).write_text(text, encoding="utf-8")


def append(project, name, text):
    write(project, name, (project / name).read_text(encoding="utf-8") + text)


def program(text):
    """Put this in the place of the program's only line."""
    return lambda project: write(
        project, "snippets/program.py", f"import helper\n\n# --8<-- [start:answer]\n{text}\n# --8<-- [end:answer]\n"
    )


def in_page(text, page="docs/it/page.md"):
    """Add this at the end of a page."""
    return lambda project: append(project, page, f"\n{text}\n")


MISTAKES = {
    "a program that raises": (
        program("print(1 / 0)"),
        ["it/page.md, page-answer", "snippets/program.py, line 4", "ZeroDivisionError"],
    ),
    "a program that does not compile": (
        program("print("),
        ["it/page.md, page-answer", "snippets/program.py, line", "SyntaxError"],
    ),
    "an import that fails": (
        lambda project: write(project, "snippets/helper.py", "import nothing_like_it\n"),
        ["it/page.md, page-answer", "snippets/helper.py, line 1", "nothing_like_it"],
    ),
    "sys.exit": (
        program("import sys; sys.exit(0)"),
        ["it/page.md, page-answer", "snippets/program.py, line 4", "sys.exit(0)"],
    ),
    "os._exit": (
        program("import os; os._exit(0)"),
        ["it/page.md, page-answer", "snippets/program.py", "ended its process"],
    ),
    "a warning": (
        program("import numpy; print(numpy.float64(1) / 0)"),
        ["it/page.md, page-answer", "snippets/program.py, line 4", "RuntimeWarning"],
    ),
    "a program that never ends": (
        program("while True: pass"),
        ["it/page.md, page-answer", "snippets/program.py ran longer than 2 seconds"],
    ),
    "a block that raises": (
        in_page(BLOCK.format("x = 1\nx.y")),
        ["it/page.md, page-more", "line 2 of the block", "AttributeError"],
    ),
    "a missing file": (
        in_page(BLOCK.format('--8<-- "nowhere.py:answer"')),
        ["it/page.md, line 12, block page-more", "there is no file snippets/nowhere.py"],
    ),
    "a missing section": (
        in_page(BLOCK.format('--8<-- "program.py:question"')),
        ["it/page.md, line 12, block page-more", 'snippets/program.py has no section "question"', "answer"],
    ),
    "a missing section, only shown": (
        in_page('\n```python\n--8<-- "program.py:question"\n```\n'),
        ["it/page.md, line 12", 'snippets/program.py has no section "question"'],
    ),
    "a block without id": (in_page('```python exec="on"\nprint(1)\n```'), ["it/page.md, line 10", "id"]),
    "an id used twice": (
        in_page(BLOCK.format("print(1)").replace("page-more", "page-answer")),
        ["it/page.md, line 11", "page-answer"],
    ),
    "a dead link": (in_page("[gone](gone.md)"), ["it/page.md", "gone.md"]),
    "a dead anchor": (in_page("[gone](index.md#gone)"), ["it/page.md", "index.md#gone"]),
    "a dead anchor on the same page": (in_page("[gone](#gone)"), ["it/page.md", "#gone"]),
    "a dead link in English": (in_page("[gone](gone.md)", "docs/en/page.md"), ["en/page.md", "gone.md"]),
    "a dead anchor in English": (in_page("[gone](index.md#gone)", "docs/en/page.md"), ["en/page.md", "index.md#gone"]),
    "a dead link to the other language": (in_page("[gone](../en/gone.md)"), ["it/page.md", "../en/gone.md"]),
    "a page outside the navigation": (
        lambda project: write(project, "docs/it/lost.md", "# Lost\n"),
        ["it/lost.md", "nav"],
    ),
    "a page that is missing": (
        lambda project: (project / "docs/en/page.md").unlink() or (project / "docs/it/page.md").unlink(),
        ["page.md"],
    ),
    "a formula that does not convert": (in_page("$$\n\\frac{1}\n$$"), ["it/page.md", "formula", "\\frac{1}"]),
    "a brace left open in a formula": (in_page("so $x_{1$ is"), ["it/page.md", "formula", "x_{1"]),
    "an unknown command in a formula": (in_page("so $\\nonsense{x}$ is"), ["it/page.md", "\\nonsense"]),
}


def attempt(folder, mistake):
    """Build a project with a mistake where a good site already is; returns (what MkDocs did, what is left)."""
    folder.mkdir()
    project = small_project(folder)
    MISTAKES[mistake][0](project)
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("the last good site", encoding="utf-8")
    done = mkdocs("build", folder=project, PROGRAM_SECONDS="2")
    return done, list((project / "site").iterdir())


@pytest.fixture(scope="module")
def attempts(tmp_path_factory, site):
    """Every mistake, tried on as many projects at once as there are cores."""
    folder = tmp_path_factory.mktemp("mistakes")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda name: attempt(folder / str(list(MISTAKES).index(name)), name), MISTAKES)
        return dict(zip(MISTAKES, results, strict=True))


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_ends_the_build(attempts, mistake):
    done, left = attempts[mistake]
    assert done.returncode != 0, done.stdout
    missing = [word for word in MISTAKES[mistake][1] if word not in done.stdout]
    assert not missing, f"not said: {missing}\n{done.stdout}"
    assert not left, "something is left that could be published"


@pytest.mark.parametrize("options", [["-q"], ["--no-strict"]])
def test_options_do_not_hide_mistakes(project, options):
    in_page("[gone](gone.md)")(project)
    done = mkdocs("build", *options, folder=project)
    assert done.returncode != 0 and "gone.md" in done.stdout
    assert not list((project / "site").iterdir())


def test_the_small_project_is_sound(project):
    done = mkdocs("build", folder=project)
    assert done.returncode == 0 and "WARNING" not in done.stdout, done.stdout
    for page in ("site/page/index.html", "site/en/page/index.html"):
        assert "answer 42" in (project / page).read_text(encoding="utf-8")
