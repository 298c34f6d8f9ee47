"""The core stands apart: it never imports MkDocs, its modules form no circle, nobody changes another's names."""

import ast
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter

import pytest
from pages import DOCS, ROOT

HOOKS = ROOT / "docs" / "overrides" / "hooks"
CORE = sorted((HOOKS / "course").glob("*.py"))
THIN = sorted(HOOKS.glob("*.py"))
COMMAND = DOCS / "translate.py"
BUILDERS = ("mkdocs", "material", "markdown_exec", "mkdocs_static_i18n")
# Makes what builds the site impossible to import, then runs what follows.
WITHOUT = f"""
import sys

class Nobody:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {BUILDERS}:
            raise ModuleNotFoundError(f"the core must do without {{name}}", name=name)

sys.meta_path.insert(0, Nobody())
sys.path.insert(0, {str(HOOKS)!r})
"""


def tree(file):
    """A program, parsed."""
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def imported(node):
    """The names of the modules that a tree imports, wherever it does; of `from a import b`, a and a.b."""
    for one in ast.walk(node):
        if isinstance(one, ast.Import):
            yield from (alias.name for alias in one.names)
        elif isinstance(one, ast.ImportFrom):
            assert not one.level, "write imports from the top"
            yield from (one.module, *(f"{one.module}.{alias.name}" for alias in one.names))


def without_builders(*words):
    """Run Python where nothing that builds the site can be imported."""
    return subprocess.run([sys.executable, "-B", *words], cwd=ROOT, capture_output=True, text=True)


def test_every_module_can_be_imported_without_mkdocs():
    assert len(CORE) > 10
    names = [f"course.{file.stem}" for file in CORE if file.stem != "__init__"]
    done = without_builders(
        "-W", "error", "-c", f"{WITHOUT}\nimport importlib\nfor name in {names}: importlib.import_module(name)"
    )
    assert done.returncode == 0, done.stderr


def test_what_is_forbidden_there_is_really_forbidden():
    for name in BUILDERS:
        pytest.importorskip(name)
        done = without_builders("-c", f"{WITHOUT}\nimport {name}")
        assert done.returncode == 1 and f"the core must do without {name}" in done.stderr


def test_the_translators_command_runs_without_mkdocs():
    run = f"sys.argv = ['translate.py', 'status']\nimport runpy\nrunpy.run_path({str(COMMAND)!r}, run_name='__main__')"
    done = without_builders("-c", f"{WITHOUT}\n{run}")
    assert done.returncode in (0, 1) and not done.stderr and "% up to date" in done.stdout


@pytest.mark.parametrize("file", [*CORE, COMMAND], ids=lambda file: file.name)
def test_no_module_names_mkdocs(file):
    assert not [name for name in imported(tree(file)) if re.match(r"(?:mkdocs|material|markdown_exec)", name)]


def test_the_core_s_modules_form_no_circle():
    modules = {f"course.{file.stem}" for file in CORE}
    needs = {f"course.{file.stem}": {name for name in imported(tree(file)) if name in modules} for file in CORE}
    try:
        order = list(TopologicalSorter(needs).static_order())
    except CycleError as error:
        pytest.fail(f"these modules import one another: {' -> '.join(error.args[1])}")
    above = {name for name in order if "course.build" in needs[name]}
    assert above == {"course.notebook"}, "the build stands above all, but for what is made of it"


def test_the_core_knows_no_hook():
    hooks = {file.stem for file in THIN}
    for file in [*CORE, COMMAND]:
        assert not {name for name in imported(tree(file)) if name.partition(".")[0] in hooks}, file.name


def test_the_list_of_modules_is_whole():
    listed = re.findall(r"^(\w+\.py) ", (HOOKS / "course" / "__init__.py").read_text(encoding="utf-8"), re.M)
    assert sorted(listed) == [file.name for file in CORE if file.stem != "__init__"]


@pytest.mark.parametrize("file", THIN, ids=lambda file: file.name)
def test_hooks_are_thin(file):
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 80


OURS = {file.stem for file in THIN} | {f"course.{file.stem}" for file in CORE} | {"course"}


def borrowed(node):
    """The names that stand for a module of ours in a program."""
    for one in ast.walk(node):
        if isinstance(one, ast.Import):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in one.names if alias.name in OURS)
        elif isinstance(one, ast.ImportFrom):
            names = {alias.asname or alias.name: f"{one.module}.{alias.name}" for alias in one.names}
            yield from (name for name, module in names.items() if module in OURS)


def taken(node):
    """What a program assigns in a module of ours that it has imported: [(line, what)]."""
    modules = {*borrowed(node)}
    for one in ast.walk(node):
        if isinstance(one, ast.Assign):
            targets = one.targets
        elif isinstance(one, (ast.AugAssign, ast.AnnAssign)):
            targets = [one.target]
        elif isinstance(one, ast.Delete):
            targets = one.targets
        elif isinstance(one, ast.Call) and ast.unparse(one.func) in ("setattr", "delattr"):
            targets = [ast.Attribute(one.args[0], "")]
        else:
            continue
        for target in targets:
            holder = target
            while isinstance(holder, (ast.Attribute, ast.Subscript)):
                holder = holder.value
            if holder is not target and isinstance(holder, ast.Name) and holder.id in modules:
                yield one.lineno, ast.unparse(one)


@pytest.mark.parametrize("file", [*THIN, *CORE, COMMAND], ids=lambda file: f"{file.parent.name}-{file.name}")
def test_nobody_assigns_another_module_s_names(file):
    assert not list(taken(tree(file)))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("from course import programs\nprograms.FOLDER = 1", [2]),
        ("from course import programs as p\np.known['a'] = 1", [2]),
        ("import course.programs\ncourse.programs.FOLDER += 1", [2]),
        ("import speed\ndef a():\n    speed.blocks.x = 1", [3]),
        ("from course import page\nsetattr(page, 'a', 1)", [2]),
        ("from course import page\ndel page.NAMES", [2]),
        ("from course.page import Page\npage = Page('', 'it')\npage.wrong = []", []),
        ("from mkdocs import utils\nutils.clean_directory = 1", []),
        ("from course import page\nprint(page.NAMES)\nown = page.NAMES", []),
    ],
)
def test_such_an_assignment_would_be_found(text, lines):
    assert [line for line, _ in taken(ast.parse(text))] == lines


PAGES = sorted(DOCS.glob("*/*.md"))
INCLUDED = re.compile(r'--8<-- "[\w/-]+\.py:[\w-]+"')


def executed(text):
    """The blocks of a page that ask to be executed, in any spelling, read apart from the scanner: [(opening, code)]."""
    fences = re.compile(r"^([ \t>]*)(`{3,}|~{3,})(.*)\n((?:.*\n)*?)\1\2[ \t]*$", re.M)
    return [(opening, code) for _, _, opening, code in fences.findall(text) if "exec" in opening.lower()]


@pytest.mark.parametrize("file", PAGES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_page_has_no_python_of_its_own(file):
    text = file.read_text(encoding="utf-8")
    found = executed(text)
    assert len(found) == len(re.findall(r"^[ \t>]*(?:```|~~~).*exec", text, re.M | re.I))
    for opening, code in found:
        kind = opening.split()[0]
        assert kind in ("python", "figure", "table")
        if kind == "python":
            assert INCLUDED.fullmatch(code.strip()), code
        else:
            assert re.search(r' program="figures/\w+\.py:\w+"$', opening) and "--8<--" not in code


def test_python_of_a_page_s_own_would_be_found():
    text = "a\n\n    ```python exec='on'\n    print(1)\n    ```\n~~~ {.python EXEC=1}\nprint(2)\n~~~\n"
    text += "```python\nprint(3)\n```\n"
    assert [code.strip() for _, code in executed(text)] == ["print(1)", "print(2)"]
