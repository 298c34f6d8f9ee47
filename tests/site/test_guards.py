"""A build that refuses to lie: each mistake ends it with a message that says where, and leaves nothing to publish."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import mkdocs, small_project

FRONT = "---\ndescription: A page.\n---\n\n"
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


def not_utf_8(page):
    """Add a line in Latin-1 at the end of a page; the glossary is one that every page takes its tooltips from."""

    def add(project):
        for language in ("it", "en"):
            write(
                project, f"docs/{language}/glossary.md", FRONT + "# Glossary {#glossary}\n\nterm {#term}\n:   A word.\n"
            )
        config = (project / "mkdocs.yml").read_text(encoding="utf-8")
        write(project, "mkdocs.yml", config.replace("page.md]", "page.md, glossary.md]"))
        with (project / page).open("ab") as file:
            file.write("perché\n".encode("latin-1"))

    return add


# Each of these alone ends the build: (what makes it, what the message must hold).
MISTAKES = {
    "a program that raises": (
        program("print(1 / 0)"),
        ["it/page.md, page-answer", "snippets/program.py, line 4", "ZeroDivisionError"],
    ),
    "sys.exit": (
        program("import sys; sys.exit(0)"),
        ["it/page.md, page-answer", "snippets/program.py, line 4", "sys.exit(0)"],
    ),
    "a program that never ends": (
        program("while True: pass"),
        ["it/page.md, page-answer", "snippets/program.py ran longer than 2 seconds"],
    ),
    "a missing file": (
        in_page(BLOCK.format('--8<-- "nowhere.py:answer"')),
        ["it/page.md, line 15: block page-more", "there is no file snippets/nowhere.py"],
    ),
    "a missing section": (
        in_page(BLOCK.format('--8<-- "program.py:question"')),
        ["it/page.md, line 15: block page-more", 'snippets/program.py has no section "question"', "answer"],
    ),
    "a dead link": (in_page("[gone](gone.md)"), ["it/page.md", "gone.md"]),
    "a dead anchor": (in_page("[gone](index.md#gone)"), ["it/page.md", "index.md#gone"]),
    "a dead link in English": (in_page("[gone](gone.md)", "docs/en/page.md"), ["en/page.md", "gone.md"]),
    "a dead link to the other language": (in_page("[gone](../en/gone.md)"), ["it/page.md", "../en/gone.md"]),
    "a page outside the navigation": (
        lambda project: write(project, "docs/it/lost.md", FRONT + "# Lost\n"),
        ["it/lost.md", "nav"],
    ),
    "a page that is not UTF-8": (not_utf_8("docs/en/page.md"), ["en/page.md, line 12 is not UTF-8"]),
    "a glossary that is not UTF-8": (not_utf_8("docs/it/glossary.md"), ["it/glossary.md, line 9 is not UTF-8"]),
    "a formula that does not convert": (in_page("$$\n\\frac{1}\n$$"), ["it/page.md", "formula", "\\frac{1}"]),
}

# These are tried together, in one page, to save time: (program, text of the page, what the message must hold).
TOGETHER = {
    "it does not compile": ("print(", "", ["snippets/p0.py, line 2", "SyntaxError"]),
    "an import fails": ("import broken", "", ["snippets/broken.py, line 1", "nothing_like_it"]),
    "it ends its process": ("import os; os._exit(0)", "", ["snippets/p2.py", "ended its process"]),
    "a warning": ("import numpy; numpy.float64(1) / 0", "", ["snippets/p3.py, line 2", "RuntimeWarning"]),
    "a block with Python of its own": (
        "",
        BLOCK.format("x = 1\nx.y").replace("more", "own"),
        ["block page-own", "a page has no Python of its own"],
    ),
    "shown, not run": ("", '```python\n--8<-- "program.py:question"\n```', ['has no section "question"']),
    "a block has no id": ("", '```python exec="on"\nprint(1)\n```', ["give this program block an id"]),
    "an id is used twice": ("", BLOCK.format("print(1)") * 2, ["this id is there already", "page-more"]),
    "an anchor of the same page": ("", "[gone](#gone)", ["'#gone'", "no such anchor"]),
    "a brace left open": ("", "so $x_{1$ is", ["a brace without its fellow", "x_{1"]),
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


def test_other_mistakes_are_all_named(project):
    write(project, "snippets/broken.py", "import nothing_like_it\n")
    formula = TOGETHER["a brace left open"][1]
    for number, (program_text, page, _) in enumerate(TOGETHER.values()):
        if program_text:
            name = f"p{number}.py"
            write(project, f"snippets/{name}", f"# --8<-- [start:all]\n{program_text}\n# --8<-- [end:all]\n")
            page = BLOCK.format(f'--8<-- "{name}:all"').replace("page-more", f"page-{number}")
        in_page(page, "docs/it/index.md" if page == formula else "docs/it/page.md")(project)
    done = mkdocs("build", folder=project)
    assert done.returncode != 0
    missing = [(name, word) for name, (_, _, words) in TOGETHER.items() for word in words if word not in done.stdout]
    assert not missing, f"not said: {missing}\n{done.stdout}"


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
