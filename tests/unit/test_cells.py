"""Sections of many programs in one notebook: in any order, each prints what it prints in its own program."""

import contextlib
import io
import random
import sys
import types

import pytest
from course.cells import Kernel, program
from course.project import state

# Programs that call different things by the same names, read them late, change them, and import one another.
PROGRAMS = {
    "one": """
x = [1, 2]
rate = 3

# --8<-- [start:scale]
def scale(values):
    return [rate * value for value in values]
# --8<-- [end:scale]

if __name__ == "__main__":
    # --8<-- [start:show]
    print(scale(x))
    # --8<-- [end:show]

    # --8<-- [start:grow]
    x.append(5)
    total = sum(x)
    # --8<-- [end:grow]

    # --8<-- [start:sum]
    print(total, len(x))
    # --8<-- [end:sum]
""",
    "two": """
from one import scale

rate = 10
x = (4,)

# --8<-- [start:shift]
def shift(values, by=rate):
    return [value + by + rate for value in values]
# --8<-- [end:shift]

if __name__ == "__main__":
    # --8<-- [start:both]
    print(scale(x), shift(x))
    # --8<-- [end:both]

    # --8<-- [start:later]
    rate = 20
    print(shift(x), scale(x))
    # --8<-- [end:later]
""",
    "three": """
class Box:
    size = 2

    def volume(self):
        return size * self.size


size = 7
scale = Box()

if __name__ == "__main__":
    # --8<-- [start:box]
    print(scale.volume(), [size for size in range(2)])
    # --8<-- [end:box]

    # --8<-- [start:wider]
    scale.size = 9
    print(scale.volume())
    # --8<-- [end:wider]

    # --8<-- [start:after]
    print(scale.size + size)
    # --8<-- [end:after]
""",
}
SECTIONS = [("one", name) for name in ("show", "grow", "sum")] + [("two", name) for name in ("both", "later")]
SECTIONS += [("three", name) for name in ("box", "wider", "after")]


@pytest.fixture
def snippets(tmp_path, monkeypatch):
    for name, text in PROGRAMS.items():
        (tmp_path / f"{name}.py").write_text(text.lstrip(), encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for name in PROGRAMS:
        sys.modules.pop(name, None)


def printed_alone(snippets, name):
    """What each section of a program prints when the program runs alone: {section: text}."""
    code, found = program(snippets / f"{name}.py", state(snippets / f"{name}.py")), {}
    names = {"__name__": "__main__"}
    outputs = []
    for place in range(len(code.statements)):
        outputs.append(said(code.source(place), names))
    for file, section in SECTIONS:
        if file == name:
            places, _ = code.section(section)
            found[section] = "".join(outputs[place] for place in places)
    return found


def said(source, names):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(source, names)
    return out.getvalue()


def orders():
    """Some orders of some of the sections, a few of them twice; the order of a program is not kept."""
    drawn = random.Random(1)
    for _ in range(150):
        yield drawn.choices(SECTIONS, k=drawn.randint(1, len(SECTIONS)))


def test_in_any_order_a_section_prints_what_its_program_prints(snippets):
    alone = {name: printed_alone(snippets, name) for name in PROGRAMS}
    assert alone["one"] == {"show": "[3, 6]\n", "grow": "", "sum": "8 3\n"}
    assert alone["two"] == {"both": "[12] [24]\n", "later": "[34] [12]\n"}
    for order in orders():
        kernel, names = Kernel(snippets), vars(types.ModuleType("__main__"))
        for file, section in order:
            code = program(snippets / f"{file}.py", state(snippets / f"{file}.py"))
            places, text = code.section(section)
            before, lines = kernel.before(f"{file}.py", places)
            said("\n".join([*map(code.source, before), *lines]), names)
            assert said(text, names) == alone[file][section], (order, file, section)


def test_only_what_is_missing_runs_again(snippets):
    kernel = Kernel(snippets)
    code = program(snippets / "one.py", state(snippets / "one.py"))
    runs = [kernel.before("one.py", code.section(name)[0])[0] for name in ("scale", "show", "grow", "sum")]
    assert [[code.source(place) for place in run] for run in runs] == [[], ["x = [1, 2]", "rate = 3"], [], []]


def test_what_another_program_put_there_is_made_anew(snippets):
    kernel = Kernel(snippets)
    one, two = (program(snippets / f"{name}.py", state(snippets / f"{name}.py")) for name in ("one", "two"))
    kernel.before("one.py", one.section("show")[0])
    before, _ = kernel.before("two.py", two.section("both")[0])
    sources = [two.source(place) for place in before]
    assert "rate = 10" in sources and "x = (4,)" in sources and "from one import scale" in sources
    before, _ = kernel.before("one.py", one.section("show")[0])
    assert {"x = [1, 2]", "rate = 3"} <= {one.source(place) for place in before}


def test_a_section_that_is_part_of_a_statement_has_no_places(snippets):
    (snippets / "part.py").write_text(
        "def f():\n    # --8<-- [start:inside]\n    return 1\n    # --8<-- [end:inside]\n", encoding="utf-8"
    )
    places, text = program(snippets / "part.py", state(snippets / "part.py")).section("inside")
    assert list(places) == [] and text == "return 1"


@pytest.mark.parametrize(
    ("setting", "shown"),
    [("np.set_printoptions(precision=2)", "[0.33]"), ("", "[0.33333333]")],
)
def test_numbers_are_printed_as_their_program_says(tmp_path, setting, shown):
    """Whatever a program before it has asked of NumPy."""
    other = "import numpy as np\nnp.set_printoptions(precision=1)\n# --8<-- [start:a]\nprint(1)\n# --8<-- [end:a]\n"
    (tmp_path / "other.py").write_text(other, encoding="utf-8")
    text = f"import numpy as np\n{setting}\nx = np.ones(1) / 3\n# --8<-- [start:a]\nprint(x)\n# --8<-- [end:a]\n"
    (tmp_path / "mine.py").write_text(text, encoding="utf-8")
    kernel, names = Kernel(tmp_path), {}
    import numpy as np

    with np.printoptions():
        for name in ("other", "mine"):
            code = program(tmp_path / f"{name}.py", state(tmp_path / f"{name}.py"))
            places, section = code.section("a")
            before, lines = kernel.before(f"{name}.py", places)
            said("\n".join([*map(code.source, before), *lines]), names)
            output = said(section, names)
    assert output.strip() == shown


def test_a_function_that_keeps_its_result_is_taken_from_its_file(tmp_path):
    text = "from remember import remember\n\n\n@remember\ndef slow():\n    return {'a': 1}\n\n\nprint(slow())\n"
    (tmp_path / "keeps.py").write_text(text, encoding="utf-8")
    code = program(tmp_path / "keeps.py", state(tmp_path / "keeps.py"))
    assert code.source(1) == "from keeps import slow"
