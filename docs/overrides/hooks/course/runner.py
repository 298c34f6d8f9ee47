"""Runs programs apart from the build: reads jobs on standard input, one JSON a line, answers likewise.

A job is {"path": a program of snippets/}, which runs whole; with "function" and "words", a figure: the function gives
what to draw, once, and it is drawn with the words of each language. An answer holds "outputs", a list of
[first line, text printed] or {language: HTML}; or "error"; "files", what it read; "hung", where it stood when its time
was over.

Each job runs in a process of its own (where the system can fork), so that nothing leaks from one to the next: a program
that exits, changes NumPy's settings or imports an edited module harms nobody. Nothing outlives the build: when standard
input ends, as it does however the build ends, whatever runs is killed.
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
import threading
import time
import traceback
import types
import warnings
from pathlib import Path
from typing import Any

from course import numerals

CAN_FORK = hasattr(os, "fork")


class Flood(BaseException):
    """A program printed more than it may."""


class Printed(io.StringIO):
    """What a program prints, up to a number of characters in all."""

    room = 0

    def write(self, text: str) -> int:
        """Keep a text while there is room."""
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


def explain(error: BaseException, snippets: str, limits: dict[str, float]) -> str:
    """One line for people: what happened and, where there is one, the file and line of snippets/."""
    file, line = None, None
    if isinstance(error, SyntaxError) and error.filename:
        file, line = error.filename, error.lineno
    elif ours := [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith(snippets)]:
        file, line = ours[-1].filename, ours[-1].lineno
    place = f"snippets/{Path(file).relative_to(snippets).as_posix()}, line {line}: " if file else ""
    if isinstance(error, SystemExit):
        return f"{place}the program called sys.exit({error.code!r}); a page's program must run to its end"
    if isinstance(error, Flood):
        return f"{place}the program printed more than {limits['characters']:,} characters (extra.program_characters)"
    said = "".join(traceback.format_exception_only(error)).strip()
    if isinstance(error, MemoryError):
        said = f"the program asked for more memory than {limits['megabytes']:,} MB (extra.program_megabytes): {said}"
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
            drawn = {
                locale: drawing.html(
                    words["texts"], words["rows"], lambda v, d=None, at=locale: numerals.write(v, at, d)
                )
                for locale, words in job["words"].items()
            }
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


def run(job: dict[str, Any]) -> dict[str, Any]:
    """Run one job. Never raises: whatever the program does becomes part of the answer."""
    read: set[str] = set()
    sys.addaudithook(lambda event, args: read.add(str(args[0])) if event == "open" else None)
    warnings.simplefilter("error")
    snippets, limits = job["snippets"], job["limits"]
    sys.path.insert(0, snippets)
    Printed.room = limits["characters"]
    sys.stderr = Printed()
    limit_memory(limits["megabytes"])
    try:
        answer = outputs_of(job)
    except BaseException as error:
        with contextlib.suppress(MemoryError):
            limit_memory(10 * limits["megabytes"])
        answer = {"error": explain(error, snippets, limits)}
    read |= {module.__file__ for module in list(sys.modules.values()) if getattr(module, "__file__", None)}
    ours = (snippets, str(Path(snippets).parent / "docs" / "assets"))
    files = sorted(f for f in read if f.startswith(ours) and Path(f).is_file() and "cache" not in f)
    return answer | {"files": files}


def stack_of(text: str, snippets: str) -> list[tuple[str, int]]:
    """(file of snippets/, line) of each place in a dumped stack, the deepest first."""
    places = re.findall(r'File "([^"]+)", line (\d+)', text)
    return [(str(Path(f).relative_to(snippets)), int(line)) for f, line in places if f.startswith(snippets)]


def late(job: dict[str, Any], stack: list[tuple[str, int]]) -> dict[str, Any]:
    """The answer for a program that ran out of time."""
    name = Path(job["path"]).relative_to(job["snippets"]).as_posix()
    file, line = stack[0] if stack else (name, 0)
    place = f"snippets/{file}, line {line}" if line else f"snippets/{name}"
    said = f"snippets/{name} ran longer than {job['limits']['seconds']:g} seconds (extra.program_seconds)"
    return {"error": f"{said}; it was at {place}", "files": [], "hung": [file for file, _ in stack] or [name]}


def run_apart(job: dict[str, Any]) -> str:
    """Run one job in a forked process and return its answer as JSON; kill it when its time is over or the build is."""
    out, into = os.pipe()
    where, dump = os.pipe()
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)  # what the program starts ends with it
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
                return json.dumps(late(job, stack_of(stack.decode(errors="replace"), job["snippets"])))
            part = os.read(out, 1 << 20)
            if not part:
                break
            answer += part
    finally:
        with contextlib.suppress(OSError):
            os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(out)
        os.close(where)
    return answer.decode() or json.dumps({"error": "the program ended its process (os._exit, or a crash)", "files": []})


def main() -> None:
    """Answer jobs until there are no more."""
    # Answers keep the real standard output to themselves: what a program writes there directly goes nowhere.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.path = [place for place in sys.path if place and Path(place) != Path(__file__).parents[1]]
    # What programs import most, imported once here: each job starts as a copy of this process.
    for module in ("argparse", "collections", "dataclasses", "html", "itertools", "textwrap", "numpy.random"):
        with contextlib.suppress(ImportError):
            importlib.import_module(module)
    while line := sys.stdin.readline():
        job = json.loads(line)
        if not CAN_FORK:  # one job a process; it ends when standard input does
            threading.Thread(target=lambda: sys.stdin.read() or os._exit(1), daemon=True).start()
        print(run_apart(job) if CAN_FORK else json.dumps(run(job)), file=answers, flush=True)
        if not CAN_FORK:
            break


if __name__ == "__main__":
    main()
