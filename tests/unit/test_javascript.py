"""A program in JavaScript gives what it gives in Python; what has no translation is refused, with its line."""

import json
import re
import shutil
import subprocess

import pytest
from course import offline
from course.javascript import METHODS, OTHERS, PYTHONS, translated
from pages import DOCS, SNIPPETS

RUNTIME = (DOCS / "assets" / "js" / "python.js").read_text(encoding="utf-8")
NODE = shutil.which("node")
# Runs `f` of a program with each of some arguments; of what it raises, only a ValueError has words.
RUN = """
import { f } from "./program.js";
const result = (args) => {
  try { return { gives: f(...args) }; }
  catch (error) { return error instanceof RangeError ? { says: error.message } : { stops: true }; }
};
console.log(JSON.stringify(JSON.parse(process.argv[2]).map(result)));
"""
ODD = [None, True, False, 0, 1, -3, 2.5, "", "a", "it's", 'a "b"', [], [1, "a", None], {}, {"a": 1}]
EACH, PAIRS = [[one] for one in ODD], [[one, other] for one in ODD for other in ODD]
NUMBERS = [[a, b] for a in (-7, -2, 0, 3, 8, True) for b in (-3, -2, 1, 2, 3, True)]
PROGRAMS = {
    "values": ("def f(a):\n    return [f'{a!r}, {a}', str(a), not a, 1 if a else 2, a or 3, a and 4]", EACH),
    "sums": ("def f(a, b):\n    return [a + b, a - b, a * b, -a]", [*NUMBERS, [None, 1], ["a", 1], [{}, 1]]),
    "divisions": ("def f(a, b):\n    return [a // b, a % b]", [*NUMBERS, [None, 1]]),
    "order": ("def f(a, b):\n    return [a < b, a > b, a >= b]", [*NUMBERS, [None, 1], ["a", 1], [[], {}]]),
    "belonging": (
        "def f(a, b):\n    return [a in b, a not in b]",
        [[a, b] for a, b in PAIRS if a is not True and not isinstance(a, (list, dict))],
    ),
    "kinds": ("def f(a):\n    return [type(a) is int, isinstance(a, str), isinstance(a, dict), a is None]", EACH),
    "lists": (
        "def f(a):\n    return [len(a), list(a), any(a), sum(x == 'a' for x in a), [i for i, x in enumerate(a) if x]]",
        EACH,
    ),
    "ranges": ("def f(a, b):\n    return [list(range(a)), list(range(a, b)), list(range(a, b, 3))]", [[2, 9], [9, 2]]),
    "joined": ("def f(a):\n    return ' or '.join(sorted(a))", [[["b", "a", "B"]], [{"b": 1, "a": 2}]]),
    "dictionaries": (
        "def f(a):\n    return [a.get('a'), a.get('b', 2), {'c': 3} | a, {k: v for k, v in a.items() if v}, dict(c=1)]",
        [[{}], [{"a": 1}], [{"a": 0, "c": None}], [None]],
    ),
    "calls": (
        """
def g(a, *more, new=1, **others):
    return [a, more, new, others]

def f(a):
    kinds = {"b": (g, dict(new=2, x=3))}
    called, named = kinds["b"]
    return [g(a), g(a, 1, 2), g(a, new=3), g(1, y=a), called(a, **named), g(*[1, 2])]
""",
        [[1], ["a"]],
    ),
    "statements": (
        """
NAMES = ("a",)
NAMES += ("b",)

def f(a):
    \"\"\"What a function says of itself.\"\"\"
    found, this = [0, 0], 1
    for i, x in enumerate(a):
        if i == 2:
            raise ValueError(f"{x!r} is wrong") from None
        elif x:
            found[-1] = x
        else:
            found += [this]
    if n := len(found):
        this += n
    return [found, found[-1], found[0], this, NAMES]
""",
        [[[]], [[1, 0]], [[0, 5]], [["a", "b", "c"]], [None]],
    ),
    "classes": (
        """
from collections import Counter
from dataclasses import dataclass, field

@dataclass
class Count:
    parts: Counter = field(default_factory=Counter)
    rest: int = 0

    @property
    def total(self):
        return sum(self.parts.values())

    def twice(self, by=2):
        return self.total * by

class Config:
    def __init__(self, values):
        self.values = values

    def get(self, key, default=None):
        value = self.values.get(key)
        return default if value is None else value

def f(a):
    config, count, other = Config(a), Count(rest=5), Count()
    count.parts["y"] = config.get("y", 2)
    count.parts["z"] += 1
    count.rest += 1
    return [count.total, count.rest, count.twice(), count.twice(by=3), other.total]
""",
        [[{}], [{"y": 4}], [{"y": "a"}], [None]],
    ),
}
# What a function says that has no translation, and what is said of it.
REFUSED = {
    "while a:\n        a -= 1": "while a:",
    "with a:\n        pass": "with a:",
    "return lambda: a": "lambda: a",
    "return a[1:2]": "1:2",
    "return a / 2": "a / 2",
    "return 1 < a < 2": "1 < a < 2",
    "return 0.5": "0.5",
    "return f'{a:,}'": "{a:,}",
    "return max(a)": "max",
    "return a.upper()": "a.upper",
    "return nothing": "nothing",
    "return [x for y in a for x in y]": "[x for y in a for x in y]",
}


def python(program, calls):
    """What `f` of a program gives, says or whether it stops, as RUN has it."""
    names, found = {}, []
    exec(program, names)
    for args in json.loads(json.dumps(calls)):
        try:
            found.append({"gives": json.loads(json.dumps(names["f"](*args)))})
        except ValueError as error:
            found.append({"says": str(error)})
        except Exception:
            found.append({"stops": True})
    return found


@pytest.mark.skipif(not NODE, reason="no node here: tests/browser/test_live_calculator.py does the like in Chromium")
@pytest.mark.parametrize("name", PROGRAMS)
def test_it_gives_what_python_gives(name, tmp_path):
    program, calls = PROGRAMS[name]
    files = {"program.js": translated(program, ("f",), "a.py"), "python.js": RUNTIME, "run.js": RUN}
    for file, text in (files | {"package.json": '{"type": "module"}'}).items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    done = subprocess.run([NODE, tmp_path / "run.js", json.dumps(calls)], capture_output=True, text=True, check=True)
    for args, here, there in zip(calls, python(program, calls), json.loads(done.stdout), strict=True):
        assert there == here, f"{args}\n{files['program.js']}"


@pytest.mark.parametrize("text", REFUSED)
def test_what_has_no_translation_is_refused(text):
    with pytest.raises(ValueError, match=re.escape(f"snippets/a.py, line 5: “{REFUSED[text]}”")):
        translated(f"def g():\n    return 1\n\ndef f(a):\n    {text}\n", ("f",), "snippets/a.py")


def test_a_program_that_is_none_is_refused():
    with pytest.raises(ValueError, match=r"^snippets/a\.py, line 2: "):
        translated("def f(a):\n    return (a", ("f",), "snippets/a.py")


def test_what_is_not_needed_is_not_looked_at():
    text = translated(
        "import os\nA = 1\ndef f():\n    return A\ndef g():\n    while os:\n        pass\n", ("f",), "a.py"
    )
    assert "g" not in re.findall(r"\w+", text) and text.count("\n") == 8


def test_the_site_can_be_taken_away_with_it():
    text = offline.classic("program.js", translated(PROGRAMS["classes"][0], ("f",), "a.py"))
    assert "const { " in text and text.endswith("return { f };\n}")


def test_the_runtime_has_what_is_asked_of_it_and_nothing_idle():
    names = f"{PYTHONS} {OTHERS}".split()
    assert sorted(offline.EXPORT.findall(RUNTIME)) == sorted(names)
    assert all(re.search(rf"^  {name}: ", RUNTIME, re.M) for name in METHODS.split())
    program = (SNIPPETS / "count_parameters.py").read_text(encoding="utf-8")
    text = translated(program, ("count_parameters", "described"), "a.py")
    assert sorted(re.search(r"^import \{ (.*) \}", text, re.M)[1].split(", ")) == sorted(names)
