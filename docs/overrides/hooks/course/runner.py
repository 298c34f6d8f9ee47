"""Runs programs apart from the build: reads jobs on standard input, one JSON a line, answers likewise.

A job is {"path": a program of snippets/}, which runs whole; with "function" and "words", a figure: the function gives
what to draw, once, and it is drawn with the words of each language. An answer holds "outputs", a list of
[first line, text printed] or {language: HTML}; or "error"; "files", what it read and how that was when it was opened;
"hung", where it stood when its time was over.

Each job runs in a process of its own (where the system can fork), so that nothing leaks from one to the next: a program
that exits, changes NumPy's settings or imports an edited module harms nobody. It has no network, and writes in .cache/
alone (course/confine.py). Nothing outlives the build: when standard
input ends, as it does however the build ends, whatever runs is killed, and what it has started too.
"""

import ast
import contextlib
import faulthandler
import importlib
import io
import json
import os
import re
import select
import signal
import sys
import tempfile
import threading
import time
import traceback
import types
import warnings
from pathlib import Path
from typing import Any

from course import numerals
from course.confine import confine
from course.project import state

CAN_FORK = hasattr(os, "fork")
# Of prctl(2): be sent this signal when the parent ends; be the parent of what loses its own.
END_WITH_PARENT, ADOPT = 1, 36


class Flood(BaseException):
    """A program printed more than it may."""


class Printed(io.StringIO):
    """What a program prints, up to a number of characters in all."""

    room = 0

    def write(self, text: str) -> int:
        """Keep a text while there is room. Raises what a real output would, for characters that no page can hold."""
        text.encode("utf-8")
        Printed.room -= len(text)
        if Printed.room < 0:
            raise Flood
        return super().write(text)


def statements(tree: ast.Module) -> Any:
    """The top-level statements of a program, those under `if __name__ == "__main__":` included."""
    for node in tree.body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'":
            yield from node.body
        else:
            yield node


def name_of(job: dict[str, Any]) -> str:
    """What a job's program is called in messages."""
    return "snippets/" + Path(job["path"]).relative_to(job["snippets"]).as_posix()


def explain(error: BaseException, job: dict[str, Any]) -> str:
    """One line for people: where it happened, by the file and line of snippets/ where there are any, and what."""
    within, limits = job["snippets"] + os.sep, job["limits"]
    file, line = None, None
    if isinstance(error, SyntaxError) and (error.filename or "").startswith(within):
        file, line = error.filename, error.lineno
    elif ours := [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith(within)]:
        file, line = ours[-1].filename, ours[-1].lineno
    place = f"{name_of(job | {'path': file})}, line {line}: " if file else f"{name_of(job)}: "
    if isinstance(error, SystemExit):
        return f"{place}the program called sys.exit({error.code!r}); a page's program must run to its end"
    if isinstance(error, Flood):
        return f"{place}the program printed more than {limits['characters']:,.0f} characters (extra.program_characters)"
    said = "".join(traceback.format_exception_only(error)).strip()[:2000]
    if isinstance(error, MemoryError):
        more = f"the program asked for more memory than {limits['megabytes']:,.0f} MB (extra.program_megabytes)"
        said = f"{more}: {said}"
    return place + said


def outputs_of(job: dict[str, Any]) -> dict[str, Any]:
    """Run a program, or draw a figure; returns the part of the answer that is its result."""
    if "function" in job:
        name = Path(job["path"]).relative_to(job["snippets"]).with_suffix("").as_posix().replace("/", ".")
        function = getattr(importlib.import_module(name), job["function"], None)
        if not callable(function):
            raise ValueError(f"snippets/{name.replace('.', '/')}.py has no function {job['function']}()")
        with contextlib.redirect_stdout(Printed()):
            drawing = function()
            if not callable(getattr(drawing, "html", None)):
                kind = type(drawing).__name__
                raise TypeError(f"{job['function']}() must give a drawing (see snippets/figures/draw.py), not {kind}")
            drawn = {
                locale: drawing.html(
                    words["texts"], words["rows"], lambda v, d=None, at=locale: numerals.write(v, at, d)
                )
                for locale, words in job["words"].items()
            }
        if max(map(len, drawn.values())) > job["limits"]["characters"]:
            raise Flood
        return {"outputs": drawn, "offers": list(drawing.numbers), "labels": sorted(drawing.labels)}
    main = types.ModuleType("__main__")
    sys.modules["__main__"] = main
    main.__file__ = job["path"]
    sys.argv = [job["path"]]
    printed = []
    for node in statements(ast.parse(Path(job["path"]).read_text(encoding="utf-8"), job["path"])):
        with contextlib.redirect_stdout(Printed()) as out:
            exec(compile(ast.Module([node], []), job["path"], "exec"), main.__dict__)
        printed.append([node.lineno, out.getvalue()])
    return {"outputs": printed}


def limit_memory(megabytes: float) -> None:
    """Refuse more memory than this, where the system can (Linux)."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (int(megabytes * 1e6),) * 2)


def keep_within(root: Path) -> None:
    """Let this process write in the project's .cache/ alone, what it writes for a moment included."""
    moment = root / ".cache" / "moment"
    with contextlib.suppress(OSError):  # no folder can be made there: it writes nowhere
        moment.mkdir(parents=True, exist_ok=True)
    tempfile.tempdir = str(moment)
    confine(*(one for one in [moment.parent] if one.is_dir()))


def run(job: dict[str, Any]) -> dict[str, Any]:
    """Run one job. Never raises: whatever the program does becomes part of the answer."""
    snippets, limits = job["snippets"], job["limits"]
    ours = (snippets + os.sep, str(Path(snippets).parent / "docs" / "assets") + os.sep)
    read: dict[str, Any] = {}

    def note(file: str) -> None:
        if file.startswith(ours) and f"{os.sep}__pycache__{os.sep}" not in file and file not in read:
            read[file] = state(file)

    def audit(event: str, args: tuple[Any, ...]) -> None:
        # How a file is now, before it is read: it may be edited while the program runs.
        if event == "open" and isinstance(args[0], (str, bytes)) and not args[2] & (os.O_WRONLY | os.O_RDWR):
            note(os.path.abspath(os.fsdecode(args[0])))  # noqa: PTH100

    sys.addaudithook(audit)
    warnings.simplefilter("error")
    sys.path.insert(0, snippets)
    Printed.room = limits["characters"]
    sys.stdin, sys.stderr = io.StringIO(), Printed()
    limit_memory(limits["megabytes"])
    try:
        answer = outputs_of(job)
        json.dumps(answer)
    except BaseException as error:
        with contextlib.suppress(MemoryError):
            limit_memory(10 * limits["megabytes"])
        answer = {"error": explain(error, job)}
    for module in list(sys.modules.values()):
        note(getattr(module, "__file__", None) or "")
    return answer | {"files": {file: read[file] for file in sorted(read) if read[file]}}


def stack_of(text: str, snippets: str) -> list[tuple[str, int]]:
    """(file of snippets/, line) of each place in a dumped stack, the deepest first."""
    places = re.findall(r'File "([^"]+)", line (\d+)', text)
    within = [(Path(file), int(line)) for file, line in places if file.startswith(snippets + os.sep)]
    return [(file.relative_to(snippets).as_posix(), line) for file, line in within]


def late(job: dict[str, Any], stack: str) -> dict[str, Any]:
    """The answer for a program that ran out of time; `stack` is what faulthandler wrote about where it stood."""
    name, places = name_of(job), stack_of(stack, job["snippets"])
    place = f"snippets/{places[0][0]}, line {places[0][1]}" if places else name
    said = f"{name} ran longer than {job['limits']['seconds']:g} seconds (extra.program_seconds)"
    hung = [file for file, _ in places] or [name.removeprefix("snippets/")]
    return {"error": f"{said}; it was at {place}", "files": {}, "hung": hung}


def ended(job: dict[str, Any]) -> dict[str, Any]:
    """The answer for a program whose process gave none."""
    return {"error": f"{name_of(job)}: the program ended its process (os._exit, or a crash)", "files": {}}


def control(option: int, value: int) -> None:
    """Ask the system (Linux) for something about this process, by the number that prctl(2) gives it."""
    with contextlib.suppress(Exception):
        import ctypes

        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def end_all(child: int) -> None:
    """End a job's process and all that it started, even what has left its group or lost its parent (on Linux)."""
    with contextlib.suppress(OSError):
        os.killpg(child, signal.SIGKILL)
    left, me = {child}, os.getpid()
    while left:
        for one in left:
            with contextlib.suppress(OSError):
                os.kill(one, signal.SIGKILL)
        for one in left:
            with contextlib.suppress(OSError):
                os.waitpid(one, 0)
        left = set()
        with contextlib.suppress(OSError):  # what they started is ours now: see ADOPT
            left = {int(one) for one in Path(f"/proc/{me}/task/{me}/children").read_text(encoding="ascii").split()}


def run_apart(job: dict[str, Any]) -> str:
    """Run one job in a forked process and return its answer as JSON; kill it when its time is over or the build is."""
    out, into = os.pipe()
    where, dump = os.pipe()
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)  # what the program starts ends with it
        keep_within(Path(job["snippets"]).parent)
        control(END_WITH_PARENT, signal.SIGKILL)  # last: a change of rights undoes it
        silence(0, 1, 2)
        faulthandler.register(signal.SIGUSR1, file=dump, all_threads=False)
        with os.fdopen(into, "w") as pipe:
            pipe.write(json.dumps(run(job)))
        os._exit(0)
    os.close(into)
    os.close(dump)
    with contextlib.suppress(OSError):
        os.setpgid(child, child)
    answer, timeout = b"", job["limits"]["seconds"]
    try:
        end = time.monotonic() + timeout
        while True:
            ready = select.select([out, 0], [], [], max(0, end - time.monotonic()))[0]
            if 0 in ready:  # no job comes before this one is answered: the build has ended
                sys.exit(1)
            if not ready:
                os.kill(child, signal.SIGUSR1)
                time.sleep(0.2)  # for the whole stack to be written
                stack = os.read(where, 65536) if select.select([where], [], [], 1)[0] else b""
                return json.dumps(late(job, stack.decode(errors="replace")))
            part = os.read(out, 1 << 20)
            if not part:
                break
            answer += part
    finally:
        end_all(child)
        os.close(out)
        os.close(where)
    return answer.decode() or json.dumps(ended(job))


def silence(*outputs: int) -> None:
    """Let what is written to these, or read from them, directly and not through Python, go nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for output in outputs:
        os.dup2(nowhere, output)
    os.close(nowhere)


def main() -> None:
    """Answer jobs until there are no more."""
    # Answers keep the real standard output to themselves: what a program writes there directly goes nowhere.
    questions, answers = sys.stdin, os.fdopen(os.dup(1), "w")
    silence(1)
    control(ADOPT, 1)
    sys.path = [place for place in sys.path if place and Path(place) != Path(__file__).parents[1]]
    # What programs import most, imported once here: each job starts as a copy of this process.
    for module in ("argparse", "collections", "dataclasses", "html", "itertools", "textwrap", "numpy.random"):
        with contextlib.suppress(ImportError):
            importlib.import_module(module)
    while line := questions.readline():
        job = json.loads(line)
        if CAN_FORK:
            print(run_apart(job), file=answers, flush=True)
            continue
        # One job a process, which ends when standard input does, and says where it stands when its time is over.
        threading.Thread(target=lambda: questions.read() or os._exit(1), daemon=True).start()
        silence(2)
        faulthandler.dump_traceback_later(job["limits"]["seconds"], exit=True, file=answers)
        answer = json.dumps(run(job))
        faulthandler.cancel_dump_traceback_later()
        print(answer, file=answers, flush=True)
        break


if __name__ == "__main__":
    main()
