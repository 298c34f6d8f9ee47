"""One program at a time, apart from the build: whatever it does is named, harms nobody, and ends when it should."""

import contextlib
import os
import re
import signal
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from course import runner
from course.confine import landlock
from course.programs import Limits, Worker, printed_by

LIMITS = Limits(seconds=1, megabytes=400, characters=20_000)
LATE = "ran longer than 1 seconds (extra.program_seconds)"
MEMORY = "asked for more memory than 400 MB (extra.program_megabytes)"
FLOOD = "printed more than 20,000 characters (extra.program_characters)"
# Without fork, as on Windows: each program in a process of its own, started anew.
WITHOUT_FORK = (sys.executable, "-c", "from course import runner; runner.CAN_FORK = False; runner.main()")

# {what it does: (program, what is said of it)}. Each is called wrong.py; helper.py and figures/ are beside it.
WRONG = {
    "it never ends": ("\nwhile True:\n    pass\n", ["snippets/wrong.py", LATE, "it was at snippets/wrong.py, line"]),
    "it waits": ("import time\n\ntime.sleep(99)\n", [LATE, "it was at snippets/wrong.py, line 3"]),
    "it never ends in C": ("x = 1\nsum(iter(int, 1))\n", [LATE, "it was at snippets/wrong.py, line 2"]),
    "it never ends elsewhere": ("import helper\nhelper.spin()\n", [LATE, "it was at snippets/helper.py, line"]),
    "it waits for a thread": (
        "import threading\nt = threading.Thread(target=threading.Event().wait)\nt.start()\nt.join()\n",
        [LATE, "it was at snippets/wrong.py, line 4"],
    ),
    "it hides from signals": (
        "import signal\nfor s in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP, signal.SIGUSR1}:\n"
        "    signal.signal(s, signal.SIG_IGN)\nwhile True:\n    signal.pause()\n",
        ["snippets/wrong.py", LATE],
    ),
    "too much memory": ("x = bytearray(10**9)\n", ["snippets/wrong.py, line 1", MEMORY]),
    "too large an array": ("import numpy\n\nnumpy.ones(10**9)\n", ["snippets/wrong.py, line 3", MEMORY]),
    "a flood": ("while True:\n    print('water')\n", ["snippets/wrong.py, line 2", FLOOD]),
    "one long line": ("print('x' * 30_000)\n", ["snippets/wrong.py, line 1", FLOOD]),
    "a flood of complaints": ("import sys\nwhile True:\n    print('oh', file=sys.stderr)\n", ["line 3", FLOOD]),
    "sys.exit": ("import sys\nsys.exit(0)\n", ["snippets/wrong.py, line 2", "called sys.exit(0)"]),
    "sys.exit elsewhere": ("import helper\nhelper.leave()\n", ["snippets/helper.py, line 8", "called sys.exit('bye')"]),
    "os._exit": ("import os\nos._exit(0)\n", ["snippets/wrong.py", "ended its process (os._exit, or a crash)"]),
    "a crash": (
        "import ctypes\nctypes.string_at(0)\n",
        ["snippets/wrong.py", "ended its process (os._exit, or a crash)"],
    ),
    "it kills itself": ("import os\nos.kill(os.getpid(), 9)\n", ["snippets/wrong.py", "ended its process"]),
    "a warning": (
        "import numpy\nnumpy.float64(1) / 0\n",
        ["snippets/wrong.py, line 2", "RuntimeWarning: divide by zero"],
    ),
    "an exception": ("x = 1\n1 / 0\n", ["snippets/wrong.py, line 2", "ZeroDivisionError: division by zero"]),
    "an exception elsewhere": (
        "import helper\nhelper.fail()\n",
        ["snippets/helper.py, line 12", "ValueError: no\nand no"],
    ),
    "an exception below the line": (
        "def f(n):\n    return f(n + 1)\n\n\nf(0)\n",
        ["snippets/wrong.py, line 2", "RecursionError"],
    ),
    "an interrupt": ("raise KeyboardInterrupt\n", ["snippets/wrong.py, line 1", "KeyboardInterrupt"]),
    "an exception of many words": ("raise ValueError('x' * 10**6)\n", ["snippets/wrong.py, line 1", "ValueError: xxx"]),
    "it does not compile": ("x = 1\nprint(\n", ["snippets/wrong.py, line 2", "SyntaxError: '(' was never closed"]),
    "another does not compile": ("import broken\n", ["snippets/broken.py, line 1", "SyntaxError"]),
    "it is not indented": ("def f():\npass\n", ["snippets/wrong.py, line 2", "IndentationError"]),
    "a library that is not there": ("import nothing_like_it\n", ["snippets/wrong.py, line 1", "nothing_like_it"]),
    "not UTF-8": (b"print('perch\xe9')\n", ["snippets/wrong.py", "UnicodeDecodeError", "0xe9"]),
    "a null character": ("x = '\0'\n", ["snippets/wrong.py", "null bytes"]),
    "half a character": ("print('\\ud800')\n", ["snippets/wrong.py, line 1", "UnicodeEncodeError"]),
    "a question": ("name = input('who are you? ')\n", ["snippets/wrong.py, line 1", "EOFError"]),
    "it closes its output": ("import sys\nsys.stdout.close()\nprint(1)\n", ["snippets/wrong.py", "closed file"]),
}
FIGURES = {
    "no such function": ("none", ["snippets/figures/wrong.py has no function none()"]),
    "no function": ("words", ["snippets/figures/wrong.py has no function words()"]),
    "it raises": ("fails", ["snippets/figures/wrong.py, line 8", "ZeroDivisionError"]),
    "it raises when it draws": ("draws", ["snippets/figures/wrong.py, line 12", "KeyError: 'nothing'"]),
    "a number": ("number", ["snippets/figures/wrong.py", "number() must give a drawing", "not int"]),
    "nothing": ("nothing", ["snippets/figures/wrong.py", "nothing() must give a drawing", "not NoneType"]),
    "too large": ("large", ["snippets/figures/wrong.py", FLOOD]),
    "it never ends to draw": (
        "spins",
        ["snippets/figures/wrong.py " + LATE, "it was at snippets/figures/wrong.py, line 28"],
    ),
}
# {what it does: (program, what it prints)}: no harm comes of these.
RIGHT = {
    "it prints": ("print('è', 1)\nfor i in range(3):\n    print(i)\n", "è 1\n0\n1\n2\n"),
    "what runs alone": ("if __name__ == '__main__':\n    x = 2\n    print(x)\n", "2\n"),
    "its name": ("import sys\nprint(__file__ == sys.argv[0], __name__)\n", "True __main__\n"),
    "direct output": ("import os\nos.write(1, b'{\"outputs\": []}\\n' * 9999)\nprint('one')\n", "one\n"),
    "direct complaints": ("import os\nos.write(2, b'out of all control\\n' * 9999)\nprint('two')\n", "two\n"),
    "real output": ("import sys\nprint('three', file=sys.__stdout__, flush=True)\nprint('four')\n", "four\n"),
    "complaints": ("import sys\nprint('oh', file=sys.stderr)\nprint('five')\n", "five\n"),
    "a thread that goes on": (
        "import threading\nthreading.Thread(target=threading.Event().wait).start()\nprint('six')\n",
        "six\n",
    ),
}


def job(folder, function=""):
    """What a page asks of a program, or of a function that draws."""
    path = folder / "snippets" / ("figures/wrong.py" if function else "wrong.py")
    words = {"it": {"texts": {"alt": "uno"}, "rows": []}, "en": {"texts": {"alt": "one"}, "rows": []}}
    return {"path": str(path)} | ({"function": function, "id": function, "words": words} if function else {})


def project(folder, program=""):
    """A folder with a program and what it may import."""
    snippets = folder / "snippets"
    (snippets / "figures").mkdir(parents=True)
    (snippets / "wrong.py").write_bytes(program if isinstance(program, bytes) else program.encode())
    (snippets / "broken.py").write_text("def\n")
    (snippets / "helper.py").write_text(
        "import sys\nimport time\n\nnumber = 41\n\n\ndef leave():\n    sys.exit('bye')\n\n\n"
        "def fail():\n    raise ValueError('no\\nand no')\n\n\ndef spin():\n    time.sleep(99)\n"
    )
    (snippets / "figures" / "wrong.py").write_text(
        "import time\nfrom types import SimpleNamespace\n\nwords = 'no function'\n\n\n"
        "def fails():\n    return 1 / 0\n\n\n"
        "def draws():\n    return SimpleNamespace(html=lambda t, r, w: t['nothing'], numbers={}, labels=set())\n\n\n"
        "def number():\n    return 3\n\n\ndef nothing():\n    pass\n\n\n"
        "def large():\n    return SimpleNamespace(html=lambda t, r, w: 'x' * 30_000, numbers={}, labels=set())\n\n\n"
        "def spins():\n    time.sleep(99)\n"
    )
    return folder


PROGRAMS = {("wrong", name): (program, "") for name, (program, _) in WRONG.items()}
PROGRAMS |= {("right", name): (program, "") for name, (program, _) in RIGHT.items()}
PROGRAMS |= {("figure", name): ("", function) for name, (function, _) in FIGURES.items()}
# What may come out differently where each program has a process that is started anew.
APART = ["it never ends", "it never ends in C", "it never ends elsewhere", "it waits for a thread", "too much memory"]
APART += [
    "a flood",
    "sys.exit elsewhere",
    "os._exit",
    "a crash",
    "it kills itself",
    "it does not compile",
    "a question",
]
APART += [
    "it never ends to draw",
    "it raises",
    "it prints",
    "direct output",
    "direct complaints",
    "real output",
    "a thread that goes on",
]


def answers_to(folder, asked):
    """What comes of these programs: {(kind, name): answer}; seven at a time, as most wait for the time to end."""

    def answer(part):
        worker, found = Worker(), {}
        for kind, name in part:
            program, function = PROGRAMS[kind, name]
            place = project(folder / f"{kind} {name}", program)
            found[kind, name] = worker.ask(job(place, function), place / "snippets", LIMITS)
        worker.stop()
        return found

    parts = [asked[start::7] for start in range(7)]
    with ThreadPoolExecutor(len(parts)) as pool:
        return {key: answer for found in pool.map(answer, parts) for key, answer in found.items()}


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """What comes of all the programs."""
    return answers_to(tmp_path_factory.mktemp("programs"), list(PROGRAMS))


@pytest.fixture(scope="module")
def answers_without_fork(tmp_path_factory):
    """What comes of some of them without fork, as on Windows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runner, "CAN_FORK", False)
        patch.setattr(Worker, "command", WITHOUT_FORK)
        return answers_to(tmp_path_factory.mktemp("programs"), [key for key in PROGRAMS if key[1] in APART])


@pytest.mark.parametrize("name", WRONG)
def test_what_goes_wrong_is_named(answers, name):
    said = answers["wrong", name].get("error", "nothing")
    assert not [words for words in WRONG[name][1] if words not in said], said
    assert said.startswith("snippets/") and len(said) < 3000
    assert "outputs" not in answers["wrong", name]


@pytest.mark.parametrize("name", FIGURES)
def test_what_goes_wrong_in_a_figure_is_named(answers, name):
    said = answers["figure", name].get("error", "nothing")
    assert not [words for words in FIGURES[name][1] if words not in said], said


@pytest.mark.parametrize("name", RIGHT)
def test_what_does_no_harm(answers, name):
    assert "outputs" in answers["right", name], answers["right", name]
    assert printed_by(answers["right", name], (1, 99)) == RIGHT[name][1]


@pytest.mark.parametrize("name", APART)
def test_without_fork_the_same(answers, answers_without_fork, name):
    [key] = [key for key in PROGRAMS if key[1] == name]
    one, other = answers[key], answers_without_fork[key]
    assert one.get("outputs") == other.get("outputs")
    words = (WRONG | FIGURES).get(name, ["", ["nothing"]])[1]
    assert not [said for said in words if said not in other.get("error", "nothing")], other
    assert one.get("hung", [""])[0] == other.get("hung", [""])[0]
    assert {Path(file).name for file in one["files"]} == {Path(file).name for file in other["files"]}


@pytest.fixture
def worker():
    worker = Worker()
    yield worker
    worker.stop()


def asked(worker, folder, program, limits=LIMITS):
    """What comes of a program in a folder of its own."""
    folder.mkdir(exist_ok=True)
    return worker.ask(job(project(folder, program)), folder / "snippets", limits)


def gone(process):
    """Whether a process has ended: it is waited for, as long as anything in these tests is."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
                time.sleep(0.01)
                continue
        return True
    return False


def test_nothing_leaks_from_one_program_to_the_next(worker, tmp_path):
    show = "print(helper.number, os.environ.get('MARK'), numpy.geterr()['divide'], len(sys.path))\n"
    use = "import os\nimport sys\nimport helper\nimport numpy\n"
    first = asked(worker, tmp_path / "one", use + show)
    asked(
        worker,
        tmp_path / "two",
        use + "helper.number = 0\nnumpy.seterr(all='ignore')\nos.environ['MARK'] = 'left'\nsys.path.append('here')\n",
    )
    third = asked(worker, tmp_path / "three", use + show)
    assert first["outputs"] == third["outputs"] and "41 None warn" in printed_by(first, (1, 9))


def test_nothing_of_a_program_reaches_the_terminal(tmp_path, capfd):
    worker = Worker()
    answer = asked(worker, tmp_path, "import os\nos.write(1, b'one')\nos.write(2, b'two')\nprint('three')\n")
    worker.stop()
    assert printed_by(answer, (1, 9)) == "three\n" and capfd.readouterr() == ("", "")


needs_linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes as Linux shows them")
CHILDREN = """import os
import subprocess
import sys
from pathlib import Path
sleep = [sys.executable, "-c", "import time; time.sleep(99)"]
again = "import subprocess, sys; print(subprocess.Popen(sys.argv[1:], stdout=-3).pid)"
left = [subprocess.Popen(sleep).pid, subprocess.Popen(sleep, start_new_session=True).pid]
left.append(int(subprocess.run([sys.executable, "-c", again, *sleep], stdout=subprocess.PIPE).stdout))
cache = Path(__file__).parents[1] / ".cache"
(cache / "left.txt").write_text(" ".join(map(str, left)))
print("done")
"""


@needs_linux
@pytest.mark.parametrize("end", ["", "os._exit(1)", "raise OSError"])
def test_what_a_program_started_ends_with_it(worker, tmp_path, end):
    """Its child, one that left its group, and the grandchild of a child that has ended."""
    answer = asked(worker, tmp_path, CHILDREN + end, Limits())
    left = (tmp_path / ".cache" / "left.txt").read_text().split()
    assert ("outputs" in answer) == (not end) and len(left) == 3
    assert all(map(gone, left))


def waiting(folder, worker):
    """A program that waits, and three more that it has started: (their processes, how to get the answer)."""
    folder.mkdir(exist_ok=True)
    program = CHILDREN + "(cache / 'ready').write_text(str(os.getpid()))\nsys.stdin = None\n"
    program += "import time\ntime.sleep(99)\n"
    one = job(project(folder, program))
    pool = ThreadPoolExecutor(1)
    answer = pool.submit(worker.ask, one, folder / "snippets", Limits())
    pool.shutdown(wait=False)
    ready = folder / ".cache" / "ready"
    end = time.monotonic() + 10
    while not (ready.is_file() and ready.read_text()):
        assert time.monotonic() < end and not answer.done()
        time.sleep(0.01)
    return [ready.read_text(), *(folder / ".cache" / "left.txt").read_text().split()], answer


@needs_linux
def test_a_program_ends_when_the_build_does(worker, tmp_path):
    processes, answer = waiting(tmp_path, worker)
    began = time.monotonic()
    worker.stop()
    assert "ended its process" in answer.result(5)["error"] and all(map(gone, processes))
    assert time.monotonic() - began < 5


@needs_linux
def test_a_program_ends_when_what_runs_it_is_killed(worker, tmp_path):
    processes, answer = waiting(tmp_path, worker)
    worker.process.kill()
    assert "ended its process" in answer.result(5)["error"] and gone(processes[0])
    for process in processes[1:]:  # nobody is left who could end these
        os.kill(int(process), signal.SIGKILL)
    assert printed_by(asked(worker, tmp_path / "next", "print('next')\n"), (1, 1)) == "next\n"


# Where the system offers it, a program has no network, and writes in .cache/ alone.
CONFINED = {
    "it writes elsewhere": "from pathlib import Path\nPath({elsewhere!r}, 'file').write_text('x')\n",
    "it writes beside itself": "from pathlib import Path\nPath(__file__).with_name('file').write_text('x')\n",
    "it cuts a file short": "import os\nos.truncate(__file__, 0)\n",
    "it removes a file": "from pathlib import Path\nPath(__file__).unlink()\n",
    "it moves a file": "from pathlib import Path\nPath(__file__).rename(Path({cache!r}, 'file'))\n",
    "it makes a link": "from pathlib import Path\nPath(__file__).with_name('link').symlink_to('file')\n",
    "another program does": (
        "import subprocess\nimport sys\n"
        "other = 'import sys; open(sys.argv[1] + chr(47) + chr(120), chr(119))'\n"
        "subprocess.run([sys.executable, '-c', other, {elsewhere!r}], check=True)\n"
    ),
    "it connects": "import socket\nsocket.create_connection(('127.0.0.1', {port}), 1)\n",
    "it sends": "import socket\nsocket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', {port}))\n",
    "it listens": "import socket\nsocket.create_server(('0.0.0.0', 0))\n",
}


@pytest.mark.skipif(landlock() < 4, reason="the system does not offer it: Linux 6.7 or newer, with Landlock")
@pytest.mark.parametrize("name", CONFINED)
def test_a_program_has_no_network_and_writes_in_the_cache_alone(worker, tmp_path, name):
    elsewhere, cache = tmp_path / "elsewhere", tmp_path / "work" / ".cache"
    elsewhere.mkdir()
    (tmp_path / "work").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        program = CONFINED[name].format(elsewhere=str(elsewhere), cache=str(cache), port=port)
        said = asked(worker, tmp_path / "work", program, Limits()).get("error", "nothing")
    assert re.search("PermissionError|OSError|CalledProcessError", said), said
    assert not [*elsewhere.iterdir()] and (tmp_path / "work" / "snippets" / "wrong.py").read_text() == program


def test_a_program_may_write_for_a_moment(worker, tmp_path):
    program = "import tempfile\nwith tempfile.TemporaryFile() as file:\n    print(file.write(b'12'))\n"
    assert printed_by(asked(worker, tmp_path, program, Limits()), (1, 3)) == "2\n"
