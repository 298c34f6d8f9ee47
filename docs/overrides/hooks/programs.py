"""Runs the pages' programs with markdown-exec and gives each block the output of its own lines.

A block that includes a section of a program (`--8<-- "feedforward.py:hidden"`) shows that section; the program
itself runs whole, once for all languages, and the block gets what the section's lines printed. Any other block
runs as it stands, once for each different text. Results are kept, from one build to the next too (in .cache/programs),
until one of the files they read changes.
"""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from markdown_exec import ExecutionError, base_format, formatters
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File

INCLUDE = re.compile(r'^\s*--8<--\s+"(?P<file>[\w/.-]+\.py)(?::(?P<section>[\w-]+))?"\s*$')
FENCE = re.compile(r"^(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})[ ]*python[ ]+(?P<options>.*exec=.*)$")
MARKER = re.compile(r"#\s*--8<--\s*\[(?P<type>start|end):\s*(?P<name>[\w-]+)\s*\]")

log = get_plugin_logger("programs")
root = Path("snippets")
seconds = 30.0
page = None  # the page being rendered
_results = {}  # what ran before: job -> (answer, {file: its state})
_set = {}  # blocks already turned into HTML, by all that decides how they look


class Runner:
    """The process that runs programs; started when first needed, stopped when a program takes too long."""

    process = None
    late = False

    def start(self):
        """Start the process, if it is not running."""
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(
                [sys.executable, str(Path(__file__).with_name("runner.py")), str(root)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                start_new_session=True,
                # One thread for linear algebra: the same sums in the same order everywhere, and no waiting.
                env=os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
            )

    def _kill(self):
        """Kill the process with its child, the program that is running."""
        if hasattr(os, "killpg"):
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        else:
            self.process.kill()

    def stop(self):
        """End the process and whatever it is running."""
        if self.process:
            self._kill()
            self.process.wait()
            self.process.stdin.close()
            self.process.stdout.close()
            self.process = None

    def _give_up(self):
        self.late = True
        self._kill()

    def ask(self, job):
        """The answer to a job; see runner.py."""
        self.start()
        self.late = False
        timer = threading.Timer(seconds, self._give_up)
        timer.start()
        try:
            self.process.stdin.write(json.dumps(job) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        finally:
            timer.cancel()
        if not line:
            self.stop()
            if self.late:
                name = f"snippets/{Path(job['path']).name}" if "path" in job else "the block"
                return {
                    "error": f"{name} ran longer than {seconds:g} seconds (extra.program_seconds)",
                    "files": [],
                }
            return {"error": "the process that runs programs ended unexpectedly", "files": []}
        answer = json.loads(line)
        if not hasattr(os, "fork"):  # then each process runs one job
            self.stop()
        if "path" in job and "snippets/" not in answer.get("error", "snippets/"):
            answer["error"] = f"snippets/{Path(job['path']).name}: {answer['error']}"
        return answer


runner = Runner()


def state(file):
    """What tells whether a file changed, or None if it is gone."""
    try:
        stat = Path(file).stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size


def digests(files):
    """The content of some files of the project, in short: {path: SHA-256, or None if it is gone}."""
    project, found = root.parent, {}
    for file in files:
        with suppress(OSError):
            found[os.path.relpath(file, project)] = hashlib.sha256(Path(file).read_bytes()).hexdigest()
    return found


def made_with():
    """What a result depends on besides the files it read."""
    return [sys.version, version("numpy"), digests([Path(__file__).with_name("runner.py")])]


def earlier(note):
    """What an earlier build noted down about a job, if it still holds."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads(note.read_text(encoding="utf-8"))
        answer, files = kept["answer"], [root.parent / file for file in kept["files"]]
        if kept["made_with"] == made_with() and digests(files) == kept["files"]:
            return answer | {"files": [str(file) for file in files]}
    return None


def result(job):
    """The answer to a job: from memory, or from an earlier build, when nothing it read has changed."""
    key = json.dumps(job, sort_keys=True)
    answer, files = _results.get(key, (None, {}))
    if answer is None or any(state(file) != seen for file, seen in files.items()):
        name = hashlib.sha256(key.replace(str(root), "").encode()).hexdigest()[:20]
        note = root.parent / ".cache" / "programs" / f"{name}.json"
        answer = earlier(note)
        if answer is None:
            answer = runner.ask(job)
            if "outputs" in answer:
                kept = {"made_with": made_with(), "files": digests(answer["files"]), "answer": answer}
                with suppress(OSError):
                    note.parent.mkdir(parents=True, exist_ok=True)
                    note.write_text(json.dumps(kept), encoding="utf-8")
        # What failed may do better when anything changes, even a file that it could not read.
        files = answer["files"] if "outputs" in answer else [root, *root.rglob("*")]
        _results[key] = answer, {str(file): state(file) for file in files}
    page.depends.update(_results[key][1])
    return answer


def section_lines(file, section):
    """The (first, last) lines of a section of a program.

    Raises ValueError, naming what there is, when the file or the section is missing.
    """
    path = root / file
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


def prepare(markdown, first_line=1):
    """Tell each executed block which section it shows: the option `program` is added to its fence.

    Returns the text and what is wrong in it: blocks without an id of their own, and includes of what is not there.
    """
    lines = markdown.splitlines()
    seen, problems, block = set(), [], ""
    for number, line in enumerate(lines):
        if fence := FENCE.match(line):
            name = re.search(r'\bid="([^"]+)"', fence["options"])
            if not name or name[1] in seen:
                problem = "this id is there already" if name else "give this program block an id"
                problems.append(f"line {number + first_line}: {problem}: {line.strip()}")
            seen.add(name and name[1])
            block = f", block {name and name[1]}"
            # Only a block that is nothing but one section can show that section's own output.
            include = INCLUDE.match(lines[number + 1]) if number + 2 < len(lines) else None
            if include and lines[number + 2].strip() == fence["fence"]:
                program = include["file"] + (f":{include['section']}" if include["section"] else "")
                lines[number] += f' program="{program}" title="{include["file"]}"'
        elif include := INCLUDE.match(line):
            try:
                section_lines(include["file"], include["section"])
                page.depends.add(str(root / include["file"]))
            except ValueError as error:
                problems.append(f"line {number + first_line}{block}: {error}")
                lines[number] = f"# {error}"
                lines[number - 1] = re.sub(r' program="[^"]*"', "", lines[number - 1])
        elif line.strip() in ("```", "~~~"):
            block = ""
    return "\n".join(lines), problems


def run(code, *, id, program=None, **_options):
    """Run a block for markdown-exec: return what it prints, or raise ExecutionError saying what went wrong."""
    if program:
        file, _, section = program.partition(":")
        first, last = section_lines(file, section)
        answer = result({"path": str(root / file)})
    else:
        answer = result({"code": code, "name": id.rpartition(" ")[2]})
    if "error" in answer:
        raise ExecutionError(f'!!! failure "{id}"\n    {answer["error"]}')
    if program:
        return "".join(text for line, text in answer["outputs"] if first <= line <= last)
    return "".join(text for _, text in answer["outputs"])


def format_python(**options):
    """The formatter given to markdown-exec: its own, with our way of running. The same block is set only once."""
    options["id_prefix"] = ""
    name = options["id"] = f"{page.file.src_uri}, {options['id']}"  # so that messages name the page too
    try:
        output = run(options["code"], id=name, **options["extra"])
    except ExecutionError as error:
        problem = error

        def fail(*_args, **_options):
            raise problem

        return base_format(language="python", run=fail, **options)
    if output and not options["html"]:
        options["result"] = options["result"] or "text"
    options["extra"].pop("program", None)
    look = output, *(str(options[key]) for key in ("code", "source", "result", "html", "extra"))
    if look not in _set:
        _set[look] = base_format(language="python", run=lambda *_args, **_options: output, **options)
    return _set[look]


formatters["python"] = format_python


def on_startup(**_):
    """Start the process early: it imports NumPy while MkDocs reads the pages."""
    runner.start()


def on_config(config):
    """Take the folder of programs and the time limit from mkdocs.yml."""
    global root, seconds
    root = Path(config.config_file_path).parent.resolve() / "snippets"
    seconds = float(config.extra["program_seconds"])
    # The option is relative to where mkdocs was started; the site must build from anywhere.
    config.mdx_configs["pymdownx.snippets"]["base_path"] = [str(root)]
    runner.start()


def on_files(files, config):
    """Publish the programs and their data beside the pages, to be downloaded."""
    for path in sorted(path for kind in ("*.py", "*.json", "*.txt") for path in root.rglob(kind)):
        name = path.relative_to(root).as_posix()
        files.append(File.generated(config, f"snippets/{name}", abs_src_path=str(path)))


def on_page_markdown(markdown, page, **_):
    """Prepare a page's blocks, and say what is wrong in them."""
    globals()["page"] = page
    page.depends = set()  # the files of snippets/ that the page is made from, besides its own
    first_line = page.file.content_string.count("\n") - markdown.count("\n") + 1
    markdown, problems = prepare(markdown, first_line)
    for problem in problems:
        log.error(f"{page.file.src_uri}, {problem}")
    return markdown


def on_shutdown(**_):
    """Stop the process."""
    runner.stop()
