"""What the programs of snippets/ print and draw: which must run, in which order, and what is remembered.

A program runs whole, once for all languages; a block of a page gets what the lines of its section printed. Results are
remembered, from one build to the next too (in .cache/programs), until one of the files they read changes.
"""

import ast
import hashlib
import json
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import cache
from graphlib import TopologicalSorter
from importlib.metadata import version
from pathlib import Path
from typing import Any

from course.page import DRAWN, Page
from course.project import state

MARKER = re.compile(r"#\s*--8<--\s*\[(?P<type>start|end):\s*(?P<name>[\w-]+)\s*\]")
Job = dict[str, Any]
Answer = dict[str, Any]
States = dict[str, tuple[int, int] | None]


@dataclass(frozen=True)
class Limits:
    """What a program may take: seconds, megabytes of memory, characters of output."""

    seconds: float = 30
    megabytes: float = 2000
    characters: int = 200_000


@dataclass(frozen=True)
class Progress:
    """A program that has begun, or has just ended; how many of how many have ended, and the seconds since the first."""

    program: str
    ended: bool
    done: int
    of: int
    seconds: float


def section_lines(snippets: Path, file: str, section: str) -> tuple[int, int]:
    """The first and last line of a section of a program.

    Raises ValueError, naming what there is, when the file or the section is missing.
    """
    path = snippets / file
    if not path.is_file():
        raise ValueError(f"there is no file snippets/{file}")
    lines = path.read_text(encoding="utf-8").splitlines()
    if not section:
        return 1, len(lines)
    marks = [(number, m) for number, line in enumerate(lines, 1) if (m := MARKER.search(line))]
    first = [n for n, m in marks if m["name"] == section and m["type"] == "start"]
    last = [n for n, m in marks if m["name"] == section and m["type"] == "end"]
    if len(first) != 1 or len(last) != 1 or first[0] > last[0]:
        there = ", ".join(dict.fromkeys(m["name"] for _, m in marks)) or "none"
        raise ValueError(f'snippets/{file} has no section "{section}" (its sections: {there})')
    return first[0], last[0]


def printed_by(answer: Answer, lines: tuple[int, int]) -> str:
    """What these lines of a program printed."""
    return "".join(text for line, text in answer["outputs"] if lines[0] <= line <= lines[1])


def imports(file: Path, snippets: Path) -> set[Path]:
    """The programs of snippets/ that one imports, and those that they import."""
    return _imports(file, snippets, state(file))


@cache
def _imports(file: Path, snippets: Path, _state: object) -> set[Path]:
    found: set[Path] = set()
    try:
        tree = ast.parse(file.read_text(encoding="utf-8"))
    except (OSError, SyntaxError, ValueError):  # running it will say so
        return found
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        places = (snippets / f"{name.replace('.', '/')}.py" for name in names)
        found |= {place for place in places if place.is_file() and place != file}
    for other in list(found):
        found |= imports(other, snippets) - {file}
    return found


def jobs_of(pages: Iterable[Page], snippets: Path) -> list[Job]:
    """What the pages of all languages ask for: each program once, each figure once with the words of every language."""
    jobs: dict[tuple[str, str], Job] = {}
    for page in pages:
        for block in page.executed:
            file, name = block.program
            if not file or not (snippets / file).is_file():
                continue
            function = name if block.language in DRAWN else ""
            key = block.options.get("id", "") if function else file
            job = jobs.setdefault((key, function), {"path": str(snippets / file)})
            if function:
                words = {
                    "texts": {key: text.text for key, text in block.words.texts.items()},
                    "rows": [[cell.text for cell in row] for row in block.words.rows],
                }
                job |= {"function": function, "id": key, "words": job.get("words", {}) | {page.locale: words}}
    return list(jobs.values())


def key_of(job: Job) -> str:
    """What tells a job from any other of the same pages: its program, or its figure."""
    return f"{job['path']}:{job.get('function', '')}:{job.get('id', '')}"


def name_of(job: Job) -> str:
    """What a job is called when it is shown to people."""
    return Path(job["path"]).name + (f", {job['id']}" if "id" in job else "")


class Worker:
    """A process that runs programs, one at a time; see runner.py. It ends when this one does."""

    process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start the process, if it is not running."""
        if self.process is None or self.process.poll() is not None:
            # One thread for linear algebra: the same sums in the same order everywhere, and no waiting.
            more = {"OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
            self.process = subprocess.Popen(
                [sys.executable, "-m", "course.runner"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                start_new_session=True,
                env=os.environ | more | {"PYTHONPATH": str(Path(__file__).parents[1])},
            )

    def stop(self) -> None:
        """End the process and whatever it is running."""
        if self.process:
            self.process.stdin.close()  # the process kills what it runs, and ends
            try:
                self.process.wait(1)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGTERM)
                self.process.wait()
            self.process.stdout.close()
            self.process = None

    def ask(self, job: Job, snippets: Path, limits: Limits) -> Answer:
        """The answer to a job; see runner.py."""
        self.start()
        # The process itself keeps to the time; this is for a system where it cannot, and for its own mistakes.
        timer = threading.Timer(limits.seconds + 5 * hasattr(os, "fork"), self.process.kill)
        timer.start()
        try:
            self.process.stdin.write(json.dumps(job | {"snippets": str(snippets), "limits": asdict(limits)}) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except OSError:
            line = ""
        finally:
            timer.cancel()
        name = Path(job["path"]).relative_to(snippets).as_posix()
        if not line or not hasattr(os, "fork"):  # without fork, each process runs one job
            self.stop()
        if not line:
            late = f"ran longer than {limits.seconds:g} seconds (extra.program_seconds), or ended its process"
            return {"error": f"snippets/{name} {late}", "files": [], "hung": [name]}
        answer = json.loads(line)
        if "snippets/" not in answer.get("error", "snippets/"):
            answer["error"] = f"snippets/{name}: {answer['error']}"
        return answer


@dataclass
class Waiting:
    """A job whose answer may still be to come."""

    job: Job
    answer: Answer | None = None
    states: States = field(default_factory=dict)  # of the files the answer came from
    ready: threading.Event = field(default_factory=threading.Event)


class Programs:
    """The answers to the jobs of the pages: remembered where nothing changed, computed on all cores where it did."""

    def __init__(self, snippets: Path, limits: Limits | None = None, workers: int | None = None):
        """Take the folder of the programs; nothing runs yet."""
        self.snippets, self.limits = snippets, limits or Limits()
        self.folder = snippets.parent / ".cache" / "programs"
        self.workers = [Worker() for _ in range(workers or min(os.cpu_count() or 1, 8))]
        self.known: dict[str, Waiting] = {}
        self.show: Callable[[Progress], None] = lambda progress: None

    def start(self) -> None:
        """Start the processes early: they import NumPy while the pages are read."""
        for worker in self.workers:
            worker.start()

    def stop(self) -> None:
        """Stop the processes."""
        for worker in self.workers:
            worker.stop()

    def prepare(self, jobs: Iterable[Job]) -> None:
        """Take the jobs of a build: recall what still holds, and begin to run the rest, what others import first."""
        waiting: dict[str, Waiting] = {}
        for job in jobs:
            key = key_of(job)
            before = self.known.get(key)
            if before and not before.ready.is_set():
                before.ready.wait()
            if before and before.job == job and all(state(file) == seen for file, seen in before.states.items()):
                waiting[key] = before
                continue
            waiting[key] = Waiting(job)
            if answer := self._recall(job):
                self._settle(waiting[key], answer)
        self.known = waiting
        todo = {key: one for key, one in waiting.items() if not one.ready.is_set()}
        if todo:
            threading.Thread(target=self._run_all, args=(todo,), daemon=True).start()

    def answer(self, key: str) -> Answer:
        """The answer to one of the jobs, by its key; waits for it. Raises KeyError for a job that was not prepared."""
        one = self.known[key]
        one.ready.wait()
        return one.answer

    def states(self, key: str) -> States:
        """The files that an answer came from, and how they were."""
        return self.known[key].states

    def _settle(self, one: Waiting, answer: Answer) -> None:
        """Note down an answer and what it depends on."""
        # What failed may do better when anything changes, even a file that it could not read.
        files = answer["files"] if "outputs" in answer else [self.snippets, *self.snippets.rglob("*")]
        one.answer, one.states = answer, {str(file): state(file) for file in files}
        one.ready.set()

    def _run_all(self, todo: dict[str, Waiting]) -> None:
        """Run jobs on all workers, each after those whose programs it imports."""
        paths = {Path(one.job["path"]): key for key, one in todo.items() if "function" not in one.job}
        needs = {key: imports(Path(one.job["path"]), self.snippets) for key, one in todo.items()}
        graph = {
            key: {paths[file] for file in files if file in paths and paths[file] != key} for key, files in needs.items()
        }
        wanted = {key: sum(key in others for others in graph.values()) for key in graph}
        order = TopologicalSorter(graph)
        order.prepare()
        jobs: queue.Queue[str | None] = queue.Queue()
        ended: queue.Queue[str] = queue.Queue()
        hung: dict[Path, str] = {}
        began, finished = time.monotonic(), 0

        def tell(key: str, ended: bool) -> None:
            self.show(Progress(name_of(todo[key].job), ended, finished, len(todo), time.monotonic() - began))

        def work(worker: Worker) -> None:
            while (key := jobs.get()) is not None:
                one = todo[key]
                tell(key, False)
                if stuck := next((hung[file] for file in sorted(hung) if file in needs[key]), ""):
                    name = Path(one.job["path"]).relative_to(self.snippets).as_posix()
                    answer = {
                        "error": f"snippets/{name} was not run: it imports a program that hangs: {stuck}",
                        "files": [],
                    }
                else:
                    answer = worker.ask(one.job, self.snippets, self.limits)
                for file in answer.get("hung", ()):
                    hung[self.snippets / file] = answer["error"]
                self._keep(one.job, answer)
                self._settle(one, answer)
                ended.put(key)

        for worker in self.workers:
            threading.Thread(target=work, args=(worker,), daemon=True).start()
        while order.is_active():
            for key in sorted(order.get_ready(), key=lambda key: (-wanted[key], key)):
                jobs.put(key)
            key = ended.get()
            finished += 1
            order.done(key)
            tell(key, True)
        for _ in self.workers:
            jobs.put(None)

    def _note(self, job: Job) -> Path:
        """Where a job's answer is kept from one build to the next."""
        name = hashlib.sha256(key_of(job).replace(str(self.snippets), "").encode()).hexdigest()[:20]
        return self.folder / f"{name}.json"

    def _asked(self, job: Job) -> Job:
        """A job without the place of the project on this machine."""
        return job | {"path": Path(job["path"]).relative_to(self.snippets).as_posix()}

    def _keep(self, job: Job, answer: Answer) -> None:
        """Keep an answer for the next build."""
        if "outputs" in answer:
            kept = {"asked": self._asked(job), "made_with": made_with(), "answer": answer}
            kept["files"] = self._digests(answer["files"])
            with suppress(OSError):
                self.folder.mkdir(parents=True, exist_ok=True)
                new = self._note(job).with_suffix(f".{os.getpid()}.{threading.get_ident()}")
                new.write_text(json.dumps(kept), encoding="utf-8")
                new.replace(self._note(job))

    def _recall(self, job: Job) -> Answer | None:
        """What an earlier build noted down about a job, if it still holds."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            kept = json.loads(self._note(job).read_text(encoding="utf-8"))
            files = [self.snippets.parent / file for file in kept["files"]]
            if (kept["asked"], kept["made_with"]) == (self._asked(job), made_with()) and self._digests(files) == kept[
                "files"
            ]:
                return kept["answer"] | {"files": [str(file) for file in files]}
        return None

    def _digests(self, files: Iterable[Path | str]) -> dict[str, str]:
        """The content of some files of the project, in short: {path: SHA-256}; those that are gone are left out."""
        found = {}
        for file in files:
            with suppress(OSError):
                found[os.path.relpath(file, self.snippets.parent)] = digest(str(file), state(file))
        return found


@cache
def digest(file: str, _state: object) -> str:
    """The SHA-256 of a file; `_state` makes it be read again when it has changed."""
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()


@cache
def made_with() -> list[str]:
    """What a result depends on besides the files it read."""
    ours = (Path(__file__).with_name(name).read_bytes() for name in ("runner.py", "numerals.py"))
    return [sys.version, version("numpy"), *(hashlib.sha256(text).hexdigest() for text in ours)]
