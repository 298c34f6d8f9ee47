"""Which programs run, in which order, how often, and what is remembered: without a page being built."""

import ast
import json
import re
import sys
import threading
import time
from collections import Counter

import pytest
from course import programs, runner
from course.page import Page
from course.programs import Limits, Programs, Worker, imports, jobs_of, key_of, printed_by, section_lines
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import DOCS, ROOT, SNIPPETS

DRAW = """from types import SimpleNamespace


def bars():
    return SimpleNamespace(html=lambda texts, rows, write: f"{texts} {rows} {write(2.5)}", numbers={}, labels={"alt"})
"""


KEPT = (Worker(), Worker(), Worker())  # from one test to the next: to start them takes longer than most tests


class Bench:
    """A folder of programs, and builds of it one after another."""

    def __init__(self, folder):
        self.snippets = folder / "snippets"
        self.snippets.mkdir(parents=True)
        self.seen = []  # what the last build said of its progress

    def write(self, name, text):
        path = self.snippets / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def job(self, name, **more):
        return {"path": str(self.snippets / name)} | more

    def begin(self, jobs, limits=None, workers=None, again=None):
        """A new build, or the same one once more."""
        self.seen = []
        one = again or Programs(self.snippets, limits or Limits(seconds=10))
        if not again:
            one.workers = workers or KEPT
        one.show = self.seen.append
        one.prepare(jobs)
        return one

    def build(self, *names, jobs=(), **options):
        """What all of these answer: {key or name: answer}."""
        jobs = [*map(self.job, names), *jobs]
        one = self.begin(jobs, **options)
        return {
            key_of(job).removeprefix(f"{self.snippets}/").removesuffix("::"): one.answer(key_of(job)) for job in jobs
        }

    @property
    def ran(self):
        """What ran in the last build, in the order in which it began."""
        return [progress.program for progress in self.seen if not progress.ended]


@pytest.fixture
def bench(tmp_path):
    return Bench(tmp_path)


@pytest.fixture(scope="module", autouse=True)
def none_left():
    yield
    for worker in KEPT:
        worker.stop()


def text(answer):
    """All that a program printed."""
    assert "outputs" in answer, answer
    return printed_by(answer, (1, 999))


def page(*blocks, locale="it"):
    """A page with these blocks."""
    return Page("---\ndescription: A page.\n---\n\n" + "\n\n".join(blocks) + "\n", locale)


def shows(program, section="all", name="one"):
    """A block that shows a section of a program."""
    return f'```python exec="on" source="above" id="{name}"\n--8<-- "{program}:{section}"\n```'


def draws(program, alt, name="bars"):
    """A block that shows a figure."""
    return f'```figure exec="on" id="{name}" program="{program}"\nalt: {alt}\n```'


# Order.


def test_a_program_waits_for_those_it_imports(bench):
    """By any way of importing, and through others; the names are in the wrong order on purpose."""
    bench.write("a.py", "import b\nprint('a', b.b)\n")
    bench.write("b.py", "def f():\n    from deep import c\n    return c.c\n\n\nb = f()\nprint('b', b)\n")
    bench.write("deep/c.py", "import z as y\nc = y.z\nprint('c')\n")
    bench.write("z.py", "import time\ntime.sleep(0.2)\nz = 1\nprint('z')\n")
    answers = bench.build("a.py", "b.py", "deep/c.py", "z.py")
    assert text(answers["a.py"]) == "z\nc\nb 1\na 1\n"
    assert [(p.program, p.ended, p.done) for p in bench.seen[:7]] == [
        ("z.py", False, 0),
        ("z.py", True, 1),
        ("c.py", False, 1),
        ("c.py", True, 2),
        ("b.py", False, 2),
        ("b.py", True, 3),
        ("a.py", False, 3),
    ]
    assert {p.of for p in bench.seen} == {4}


def test_the_longest_chain_of_programs_begins_first(bench):
    """Left for last it would run alone, one program after the other, while the other workers have nothing to do."""
    for name, text in {"a": "", "b": "", "m": "", "n": "import m", "o": "import n", "k": ""}.items():
        bench.write(f"{name}.py", text)
    for name in ("p", "q", "r"):
        bench.write(f"{name}.py", "import k")
    bench.build("a.py", "b.py", "k.py", "m.py", "n.py", "o.py", "p.py", "q.py", "r.py", workers=KEPT[:1])
    assert bench.ran[0] == "m.py" and "n.py" in bench.ran[:3]


def test_programs_that_do_not_import_one_another_run_at_the_same_time(bench):
    """Each waits for the other: one after the other, they would never end."""
    meet = (
        "import time\nfrom pathlib import Path\nhere = Path(__file__)\ncache = here.parents[1] / '.cache'\n"
        "(cache / here.stem).touch()\nwhile not (cache / '{}').exists():\n    time.sleep(0.01)\nprint('met')\n"
    )
    bench.write("a.py", meet.format("b"))
    bench.write("b.py", meet.format("a"))
    assert {text(answer) for answer in bench.build("a.py", "b.py").values()} == {"met\n"}


def test_programs_that_import_one_another(bench):
    bench.write("a.py", "import b\n\n\ndef one():\n    return 1\n\n\nif __name__ == '__main__':\n    print(b.two())\n")
    bench.write("b.py", "import a\n\n\ndef two():\n    return 2 * a.one()\n")
    bench.write("c.py", "import c\nimport a\nprint('c')\n")
    answers = bench.build("a.py", "b.py", "c.py")
    assert (
        text(answers["a.py"]) == "2\n"
        and text(answers["c.py"]) == "c\nc\n"
        and sorted(bench.ran) == ["a.py", "b.py", "c.py"]
    )
    assert imports(bench.snippets / "a.py", bench.snippets) == {bench.snippets / "b.py"}


def test_a_helper_is_found_when_it_comes_later(bench):
    bench.write("a.py", "import late\n")
    assert imports(bench.snippets / "a.py", bench.snippets) == set()
    bench.write("late.py", "")
    assert imports(bench.snippets / "a.py", bench.snippets) == {bench.snippets / "late.py"}


GRAPHS = st.integers(1, 7).flatmap(
    lambda n: st.lists(st.sets(st.integers(0, n - 1), max_size=3), min_size=n, max_size=n)
)


@settings(max_examples=60, deadline=None)
@given(graph=GRAPHS)
def test_any_programs_run_once_each_after_what_they_import(graph, tmp_path_factory):
    """Whatever imports whatever, in circles too: nobody waits for ever, nothing runs twice."""
    bench = Bench(tmp_path_factory.mktemp("graph"))
    for number, needs in enumerate(graph):
        bench.write(f"p{number}.py", "".join(f"import p{other}\n" for other in sorted(needs)))
    lock, log = threading.Lock(), []

    def ask(worker, job, snippets, limits):
        name = job["path"].rpartition("/")[2]
        with lock:
            log.append(name)
        return {"outputs": [[1, name]], "files": {}}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Worker, "ask", ask)
        one = bench.begin([bench.job(f"p{number}.py") for number in range(len(graph))])
        for number in range(len(graph)):
            assert one.known[key_of(bench.job(f"p{number}.py"))].ready.wait(10)
    assert Counter(log) == Counter(f"p{number}.py" for number in range(len(graph)))
    ended = {p.program: p.done for p in bench.seen if p.ended}
    began = {p.program: p.done for p in bench.seen if not p.ended}
    for number in range(len(graph)):
        for file in imports(bench.snippets / f"p{number}.py", bench.snippets):
            mutual = bench.snippets / f"p{number}.py" in imports(file, bench.snippets)
            assert mutual or ended[file.name] <= began[f"p{number}.py"]


# Once.


def test_no_program_runs_twice_however_many_pages_ask(bench):
    bench.write("a.py", "# --8<-- [start:all]\nprint('a')\n# --8<-- [end:all]\nprint('b')\n")
    bench.write("figures/f.py", DRAW)
    pages = [
        page(shows("a.py", name="one"), shows("a.py", name="two"), draws("figures/f.py:bars", "due"), locale=locale)
        for locale in ("it", "en", "fr")
        for _ in range(2)
    ]
    jobs = jobs_of(pages, bench.snippets)
    one = bench.begin(jobs)
    answers = [one.answer(key_of(job)) for _ in range(3) for job in jobs]
    assert sorted(bench.ran) == ["a.py", "f.py, bars"] and len(answers) == 6
    assert printed_by(answers[0], section_lines(bench.snippets, "a.py", "all")) == "a\n"
    assert one.answer(key_of(jobs[1]))["outputs"]["fr"] == "{'alt': 'due'} [] 2,5"


def test_figures_of_two_programs_may_have_the_same_name(bench):
    bench.write("figures/f.py", DRAW)
    bench.write("figures/g.py", DRAW.replace("{rows}", "other"))
    pages = [page(draws("figures/f.py:bars", "effe")), page(draws("figures/g.py:bars", "gi"))]
    jobs = jobs_of(pages, bench.snippets)
    answers = bench.build(jobs=jobs)
    assert [answer["outputs"]["it"] for answer in answers.values()] == [
        "{'alt': 'effe'} [] 2,5",
        "{'alt': 'gi'} other 2,5",
    ]


def test_asking_for_what_no_page_asked_for(bench):
    one = bench.begin([])
    with pytest.raises(KeyError):
        one.answer(key_of(bench.job("a.py")))


# Programs that hang.


@pytest.mark.parametrize("fork", [True, False])
def test_a_program_that_hangs_costs_its_time_once(bench, fork, monkeypatch):
    """Five programs import one that hangs, on two processors: at most two wait for it, and the others are not run."""
    if not fork:
        monkeypatch.setattr(runner, "CAN_FORK", False)
        command = (sys.executable, "-c", "from course import runner; runner.CAN_FORK = False; runner.main()")
        monkeypatch.setattr(Worker, "command", command)
    workers = [Worker(), Worker()] if not fork else KEPT[:2]
    bench.write("helper.py", "import time\n\ntime.sleep(99)\n")
    for number in range(5):
        bench.write(f"p{number}.py", "import other\nprint('never')\n")
    bench.write("other.py", "import helper\n")
    bench.write("sound.py", "print('sound')\n")
    answers = bench.build(
        *(f"p{number}.py" for number in range(5)), "sound.py", limits=Limits(seconds=1), workers=workers
    )
    assert text(answers.pop("sound.py")) == "sound\n"
    late = "ran longer than 1 seconds (extra.program_seconds); it was at snippets/helper.py, line 3"
    said = [answer["error"] for answer in answers.values()]
    assert all(late in error for error in said)
    ran = [error for error in said if error.startswith(tuple(f"snippets/p{n}.py {late}" for n in range(5)))]
    rest = [error for error in said if " was not run: it imports a program that hangs: snippets/" in error]
    assert 1 <= len(ran) <= 2 and len(ran) + len(rest) == 5
    if not fork:
        for worker in workers:
            worker.stop()


def test_a_program_that_hangs_and_is_shown_itself(bench):
    bench.write("helper.py", "import time\n\ntime.sleep(99)\n")
    bench.write("p.py", "import helper\n")
    answers = bench.build("helper.py", "p.py", limits=Limits(seconds=1))
    assert answers["helper.py"]["error"].startswith("snippets/helper.py ran longer than 1 seconds")
    assert answers["p.py"]["error"].startswith(
        "snippets/p.py was not run: it imports a program that hangs: snippets/helper.py ran"
    )


def test_stopping_in_the_middle(bench):
    """Whoever waits for an answer gets one, and nothing begins any more."""
    bench.write(
        "ready.py",
        "import time\nfrom pathlib import Path\n(Path(__file__).parents[1] / '.cache' / 'here').touch()\n"
        "time.sleep(99)\n",
    )
    bench.write("z.py", "import ready\n")
    one = bench.begin([bench.job("ready.py"), bench.job("z.py")], workers=[Worker()])
    end = time.monotonic() + 10
    while not (bench.snippets.parent / ".cache" / "here").exists():
        assert time.monotonic() < end
        time.sleep(0.01)
    one.stop()
    assert "error" in one.answer(key_of(bench.job("ready.py")))
    assert "was not run" in one.answer(key_of(bench.job("z.py")))["error"]
    assert [worker.process for worker in one.workers] == [None]
    (bench.snippets / "ready.py").write_text("print(1)\n")
    assert text(bench.build("ready.py", again=one)["ready.py"]) == "1\n"  # a build may begin again
    one.stop()


@pytest.mark.parametrize("where", ["ask", "_keep", "show"])
def test_a_mistake_of_our_own_keeps_nobody_waiting(bench, where, monkeypatch):
    bench.write("a.py", "print('a')\n")

    def fails(*_):
        raise OSError("the terminal is gone") if where == "show" else RuntimeError("our own mistake")

    if where == "show":
        one = Programs(bench.snippets)
        one.workers, one.show = KEPT, fails
        one.prepare([bench.job("a.py")])
        assert text(one.answer(key_of(bench.job("a.py")))) == "a\n"
        return
    monkeypatch.setattr(Worker if where == "ask" else Programs, where, fails)
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    assert bench.build("a.py")["a.py"]["error"] == "snippets/a.py was not run"


# What is remembered.

STAMPED = """import time
from pathlib import Path

import helper

print(helper.number, Path(__file__).with_name("data.txt").read_text(), time.time_ns())
"""


@pytest.fixture
def stamped(bench):
    """A program that prints when it ran, with a helper and data; one that depends on nothing; a figure."""
    bench.write("a.py", STAMPED)
    bench.write("helper.py", "number = 41\n")
    bench.write("data.txt", "one")
    bench.write("alone.py", "print('alone')\n")
    bench.write("figures/f.py", DRAW)
    return bench


def figure(bench, alt="due"):
    return jobs_of(
        [page(draws("figures/f.py:bars", alt)), page(draws("figures/f.py:bars", "two"), locale="en")], bench.snippets
    )


EDITS = {
    "nothing": (lambda bench: None, []),
    "the program": (lambda bench: bench.write("a.py", STAMPED + "\n"), ["a.py"]),
    "the program that it imports": (lambda bench: bench.write("helper.py", "number = 42\n"), ["a.py"]),
    "the data that it reads": (lambda bench: bench.write("data.txt", "two"), ["a.py"]),
    "the program that draws": (lambda bench: bench.write("figures/f.py", DRAW + "\n"), ["f.py, bars"]),
    "another file": (lambda bench: bench.write("unused.py", "number = 43\n"), []),
}


@pytest.mark.parametrize("same_process", [False, True], ids=["the next build", "while serving"])
@pytest.mark.parametrize("edit", EDITS)
def test_only_what_changed_runs_again(stamped, edit, same_process):
    change, expected = EDITS[edit]
    jobs = [*map(stamped.job, ("a.py", "alone.py")), *figure(stamped)]
    one = stamped.begin(jobs)
    for job in jobs:
        one.answer(key_of(job))
    before = text(one.answer(key_of(stamped.job("a.py"))))
    stamped.build("a.py", "alone.py", jobs=figure(stamped), again=one)
    assert stamped.ran == []
    change(stamped)
    again = one if same_process else None
    after = text(stamped.build("a.py", "alone.py", jobs=figure(stamped), again=again)["a.py"])
    assert stamped.ran == expected and (after == before) == (expected != ["a.py"])


@pytest.mark.parametrize("same_process", [False, True], ids=["the next build", "while serving"])
def test_the_words_of_a_figure(stamped, same_process):
    jobs = [stamped.job("a.py"), *figure(stamped)]
    one = stamped.begin(jobs)
    for job in jobs:
        one.answer(key_of(job))
    again = one if same_process else None
    answer = stamped.build("a.py", jobs=figure(stamped, "tre"), again=again)["figures/f.py:bars:bars"]
    assert answer["outputs"] == {"it": "{'alt': 'tre'} [] 2,5", "en": "{'alt': 'two'} [] 2.5"}
    assert stamped.ran == ["f.py, bars"]


BREAKS = {
    "cut": lambda note: note[:40],
    "empty": lambda note: "",
    "no JSON": lambda note: "answer 42",
    "a list": lambda note: "[]",
    "of other Python": lambda note: json.dumps(json.loads(note) | {"made_with": ["3.0"]}),
    "of another program": lambda note: json.dumps(json.loads(note) | {"asked": {"path": "other.py"}}),
    "without an answer": lambda note: json.dumps(json.loads(note) | {"answer": {}}),
    "with an error": lambda note: json.dumps(json.loads(note) | {"answer": {"error": "no"}}),
    "of no files": lambda note: json.dumps(json.loads(note) | {"files": {}}),
    "of other files": lambda note: json.dumps(json.loads(note) | {"files": {"snippets/a.py": "0"}}),
    "of a file that is gone": lambda note: json.dumps(json.loads(note) | {"files": {"snippets/gone.py": "0"}}),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_note_is_not_trusted(stamped, name):
    stamped.build("a.py")
    [note] = (stamped.snippets.parent / ".cache" / "programs").iterdir()
    good = note.read_text(encoding="utf-8")
    assert BREAKS[name](good) != good
    note.write_text(BREAKS[name](good), encoding="utf-8")
    text(stamped.build("a.py")["a.py"])
    assert stamped.ran == ["a.py"]
    stamped.build("a.py")
    assert stamped.ran == [], "the note has been mended"


def test_a_file_edited_after_it_was_read(bench):
    """The program is still running: what it will print is of the old file, and no longer true."""
    bench.write("data.txt", "one")
    bench.write(
        "a.py",
        "import time\nfrom pathlib import Path\ndata = Path(__file__).with_name('data.txt')\nprint(data.read_text())\n"
        "cache = data.parents[1] / '.cache'\n(cache / 'read').touch()\n"
        "while not (cache / 'edited').exists():\n    time.sleep(0.01)\n",
    )
    one = bench.begin([bench.job("a.py")])
    cache, end = bench.snippets.parent / ".cache", time.monotonic() + 10
    while not (cache / "read").exists():
        assert time.monotonic() < end
        time.sleep(0.01)
    bench.write("data.txt", "three")
    (cache / "edited").touch()
    assert text(one.answer(key_of(bench.job("a.py")))) == "one\n"
    assert text(bench.build("a.py", again=one)["a.py"]) == "three\n"
    assert text(bench.build("a.py")["a.py"]) == "three\n" and bench.ran == []


def test_what_failed_runs_again_when_anything_changes(bench):
    bench.write("a.py", "from pathlib import Path\nprint(Path(__file__).with_name('data.txt').read_text())\n")
    one = bench.begin([bench.job("a.py")])
    assert "FileNotFoundError" in one.answer(key_of(bench.job("a.py")))["error"]
    bench.build("a.py", again=one)
    assert bench.ran == []
    bench.write("data.txt", "there")
    assert text(bench.build("a.py", again=one)["a.py"]) == "there\n"


def test_what_failed_is_not_kept(bench):
    bench.write("a.py", "1 / 0\n")
    bench.build("a.py")
    bench.build("a.py")
    assert bench.ran == ["a.py"] and not (bench.snippets.parent / ".cache" / "programs").exists()


@pytest.mark.parametrize("folder", ["cache", "my caches/course", "__pycache__x"])
def test_the_folder_may_have_any_name(tmp_path, folder):
    bench = Bench(tmp_path / folder)
    bench.write("a.py", "import helper\nprint(helper.number)\n")
    bench.write("helper.py", "number = 41\n")
    one = bench.begin([bench.job("a.py")])
    assert text(one.answer(key_of(bench.job("a.py")))) == "41\n"
    bench.write("helper.py", "number = 42\n")
    assert text(bench.build("a.py", again=one)["a.py"]) == text(bench.build("a.py")["a.py"]) == "42\n"


def test_the_project_may_be_moved(bench, tmp_path):
    bench.write("a.py", "print('a')\n")
    bench.build("a.py")
    (tmp_path / "snippets").rename(tmp_path / "elsewhere.tmp")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere.tmp").rename(tmp_path / "elsewhere" / "snippets")
    (tmp_path / ".cache").rename(tmp_path / "elsewhere" / ".cache")
    bench.snippets = tmp_path / "elsewhere" / "snippets"
    assert text(bench.build("a.py")["a.py"]) == "a\n" and bench.ran == []


def test_no_cache_can_be_written(bench):
    bench.write("a.py", "print('a')\n")
    (bench.snippets.parent / ".cache").write_text("not a folder")
    assert text(bench.build("a.py")["a.py"]) == "a\n"


# Sections.


@pytest.mark.parametrize(
    ("program", "said"),
    [
        (None, "there is no file snippets/a.py"),
        ("x = 1\n", 'snippets/a.py has no section "all" (its sections: none)'),
        ("# --8<-- [start:some]\n# --8<-- [end:some]\n", "its sections: some"),
        ("# --8<-- [start:all]\n", 'no section "all"'),
        ("# --8<-- [end:all]\n# --8<-- [start:all]\n", 'no section "all"'),
        ("# --8<-- [start:all]\n# --8<-- [end:all]\n" * 2, 'no section "all"'),
        (b"x = 1\n# perch\xe9\n", "snippets/a.py, line 2 is not UTF-8"),
        (b"\xef\xbb\xbfx = 1\n", "snippets/a.py, line 1: the file begins with a byte-order mark"),
    ],
)
def test_a_section_that_is_not_there_is_named(bench, program, said):
    if program is not None:
        (bench.snippets / "a.py").write_bytes(program if isinstance(program, bytes) else program.encode())
    with pytest.raises(ValueError) as error:
        section_lines(bench.snippets, "a.py", "all")
    assert said in str(error.value)


def test_what_a_note_depends_on_is_more_than_its_files(stamped, monkeypatch):
    stamped.build("alone.py")
    monkeypatch.setattr(programs, "made_with", lambda: ["another NumPy"])
    stamped.build("alone.py")
    assert stamped.ran == ["alone.py"]


def top_level(path):
    """The packages that a program imports as soon as it is imported itself."""
    parts = [*ast.parse(path.read_text(encoding="utf-8")).body]
    while parts:
        node = parts.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module.partition(".")[0]
        elif not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            parts += ast.iter_child_nodes(node)


def run_by_the_build():
    """The programs that pages show and draw with, and those that they import."""
    text = "".join(path.read_text(encoding="utf-8") for path in (DOCS / "it").glob("*.md"))
    shown = {SNIPPETS / name for name in re.findall(r'(?:--8<-- |program=)"([\w/]+\.py)', text)}
    return sorted(shown.union(*(imports(path, SNIPPETS) for path in shown)))


@pytest.mark.parametrize("path", run_by_the_build(), ids=lambda path: path.name)
def test_a_program_needs_no_more_than_the_build_has(path):
    """Who has only requirements.txt builds the site: what the tests add is imported where it is used."""
    there = set(re.findall(r"^([a-z0-9_-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.M))
    own = {"figures", *(other.stem for other in SNIPPETS.glob("*.py"))}
    assert not {*top_level(path)} - there - own - sys.stdlib_module_names
