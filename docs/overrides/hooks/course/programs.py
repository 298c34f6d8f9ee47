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
from math import inf
from pathlib import Path
from typing import Any

from course import runner
from course.page import DRAWN, Page, decode
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

    Raises ValueError, naming what there is, when the file or the section is missing or cannot be read.
    """
    path = snippets / file
    if not path.is_file():
        raise ValueError(f"there is no file snippets/{file}")
    try:
        lines = decode(path.read_bytes()).splitlines()
    except ValueError as error:
        raise ValueError(f"snippets/{file}, {error}") from None
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
    """The programs of snippets/ that one imports, and those that they import, in circles too."""
    found: set[Path] = set()
    todo = [file]
    while todo:
        one = todo.pop()
        places = {snippets / f"{name.replace('.', '/')}.py" for name in imported(one, state(one))}
        new = {place for place in places if place.is_file()} - found
        found |= new
        todo += new
    return found - {file}


@cache
def imported(file: Path, _state: object) -> set[str]:
    """The names of what a program imports itself."""
    found: set[str] = set()
    try:
        tree = ast.parse(file.read_text(encoding="utf-8"))
    except (OSError, SyntaxError, ValueError):  # running it will say so
        return found
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def jobs_of(pages: Iterable[Page], snippets: Path) -> list[Job]:
    """What the pages of all languages ask for: each program once, each figure once with the words of every language."""
    jobs: dict[str, Job] = {}
    for page in pages:
        for block in page.executed:
            file, name = block.program
            if not file or not (snippets / file).is_file():
                continue
            job: Job = {"path": str(snippets / file)}
            if block.language in DRAWN:
                job |= {"function": name, "id": block.options.get("id", ""), "words": {}}
            job = jobs.setdefault(key_of(job), job)
            if block.language in DRAWN:
                job["words"][page.locale] = {
                    "texts": {key: text.text for key, text in block.words.texts.items()},
                    "rows": [[cell.text for cell in row] for row in block.words.rows],
                }
    return list(jobs.values())


def key_of(job: Job) -> str:
    """What tells a job from any other of the same pages: its program, or its figure."""
    return f"{job['path']}:{job.get('function', '')}:{job.get('id', '')}"


def name_of(job: Job) -> str:
    """What a job is called when it is shown to people."""
    return Path(job["path"]).name + (f", {job['id']}" if "id" in job else "")


class Worker:
    """A process that runs programs, one at a time; see runner.py. It ends when this one does."""

    command = (sys.executable, "-m", "course.runner")

    def __init__(self) -> None:
        """Nothing runs yet."""
        self.process: subprocess.Popen | None = None
        self._turn = threading.Lock()

    def start(self) -> subprocess.Popen:
        """Start the process, if it is not running."""
        if self.process is None or self.process.poll() is not None:
            # One thread for linear algebra: the same sums in the same order everywhere, and no waiting.
            more = {"OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                start_new_session=True,
                env=os.environ | more | {"PYTHONPATH": str(Path(__file__).parents[1])},
            )
        return self.process

    def stop(self) -> None:
        """End the process and whatever it is running."""
        process, self.process = self.process, None  # another thread may be waiting for its answer
        if process:
            with suppress(OSError):
                process.stdin.close()  # the process kills what it runs, and ends
            try:
                process.wait(1)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()

    def ask(self, job: Job, snippets: Path, limits: Limits) -> Answer:
        """The answer to a job; see runner.py."""
        job = job | {"snippets": str(snippets), "limits": asdict(limits)}
        with self._turn:
            process = self.start()
            # The process itself keeps to the time; this is for its own mistakes.
            timer = threading.Timer(limits.seconds + 5, process.kill)
            timer.daemon = True
            timer.start()
            text = ""
            try:
                process.stdin.write(json.dumps(job) + "\n")
                process.stdin.flush()
                text = process.stdout.readline()
                if text and not text.startswith("{"):  # no answer, but where the program stood: see main() there
                    text += process.stdout.read()
            except (OSError, ValueError):  # the process has ended, or was stopped
                text = ""
            finally:
                timer.cancel()
            if not text.startswith("{") or not runner.CAN_FORK:  # without fork, each process runs one job
                self.stop()
        if text.startswith("{"):
            return json.loads(text)
        return runner.late(job, text) if text else runner.ended(job)


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
        self._stopped = False

    def stop(self) -> None:
        """Stop the processes; what has not run yet will not."""
        self._stopped = True
        for worker in self.workers:
            worker.stop()

    def prepare(self, jobs: Iterable[Job]) -> None:
        """Take the jobs of a build: recall what still holds, and begin to run the rest, what others import first."""
        self._stopped = False
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
        """Note down an answer and what it depends on: its files as they were when it read them."""
        if "outputs" in answer:
            one.states = {file: tuple(seen) for file, seen in answer["files"].items()}
        else:  # what failed may do better when anything changes, even a file that it could not read
            roots = (self.snippets, self.snippets.parent / "docs" / "assets")
            one.states = {str(file): state(file) for root in roots for file in (root, *root.rglob("*"))}
        one.answer = answer
        one.ready.set()

    def _run_all(self, todo: dict[str, Waiting]) -> None:
        """Run jobs on all workers, each after those whose programs it imports; nobody waits for ever."""
        try:
            self._run_in_order(todo)
        finally:
            for one in todo.values():
                if not one.ready.is_set():
                    self._settle(one, {"error": f"{self._shown(one.job)} was not run", "files": {}})

    def _run_in_order(self, todo: dict[str, Waiting]) -> None:
        paths = {Path(one.job["path"]): key for key, one in todo.items() if "function" not in one.job}
        needs = {key: imports(Path(one.job["path"]), self.snippets) for key, one in todo.items()}
        before = {key: {paths[file] for file in files if file in paths} for key, files in needs.items()}
        # Of programs that import one another, any may be first.
        graph = {key: {one for one in keys if key not in before[one]} for key, keys in before.items()}
        # The longest chain of programs that wait for one another is not left for last, on one core.
        chain = dict.fromkeys(graph, 0)
        for key in reversed([*TopologicalSorter(graph).static_order()]):
            for one in graph[key]:
                chain[one] = max(chain[one], chain[key] + 1)
        order = TopologicalSorter(graph)
        order.prepare()
        jobs: queue.PriorityQueue[tuple[float, str]] = queue.PriorityQueue()
        ended: queue.Queue[str] = queue.Queue()
        hung: dict[Path, str] = {}
        began, finished = time.monotonic(), 0

        def tell(key: str, ended: bool) -> None:
            with suppress(OSError):  # whoever reads what the build says may have gone
                self.show(Progress(name_of(todo[key].job), ended, finished, len(todo), time.monotonic() - began))

        def answer_to(worker: Worker, key: str) -> Answer:
            job = todo[key].job
            if self._stopped:
                return {"error": f"{self._shown(job)} was not run: the build was ended", "files": {}}
            if stuck := next((hung[file] for file in sorted(hung) if file in needs[key]), ""):
                said = f"{self._shown(job)} was not run: it imports a program that hangs: {stuck}"
                return {"error": said, "files": {}}
            return worker.ask(job, self.snippets, self.limits)

        def work(worker: Worker) -> None:
            while key := jobs.get()[1]:
                try:
                    tell(key, False)
                    answer = answer_to(worker, key)
                    for file in answer.get("hung", ()):
                        hung[self.snippets / file] = answer["error"]
                    self._keep(todo[key].job, answer)
                    self._settle(todo[key], answer)
                finally:
                    ended.put(key)

        for worker in self.workers:
            threading.Thread(target=work, args=(worker,), daemon=True).start()
        while order.is_active():
            for turn in sorted((-chain[key], key) for key in order.get_ready()):
                jobs.put(turn)
            key = ended.get()
            finished += 1
            order.done(key)
            tell(key, True)
        for _ in self.workers:
            jobs.put((inf, ""))

    def _shown(self, job: Job) -> str:
        """What a job's program is called in messages."""
        return f"snippets/{Path(job['path']).relative_to(self.snippets).as_posix()}"

    def _note(self, job: Job) -> Path:
        """Where a job's answer is kept from one build to the next."""
        name = hashlib.sha256(key_of(job).replace(str(self.snippets), "").encode()).hexdigest()[:20]
        return self.folder / f"{name}.json"

    def _asked(self, job: Job) -> Job:
        """A job without the place of the project on this machine."""
        return job | {"path": Path(job["path"]).relative_to(self.snippets).as_posix()}

    def _keep(self, job: Job, answer: Answer) -> None:
        """Keep an answer for the next build, unless a file was edited after it had been read."""
        if "outputs" in answer and all(state(file) == tuple(seen) for file, seen in answer["files"].items()):
            kept = {"asked": self._asked(job), "made_with": made_with(), "answer": answer | {"files": {}}}
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
            files = {str(self.snippets.parent / file): state(self.snippets.parent / file) for file in kept["files"]}
            if (kept["asked"], kept["made_with"]) != (self._asked(job), made_with()) or not kept["answer"]["outputs"]:
                return None
            if files and self._digests(files) == kept["files"]:
                return kept["answer"] | {"files": files}
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
