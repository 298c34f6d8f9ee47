"""Whatever ends a build or a server, in the middle of a program that hangs, no process of it stays behind."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from conftest import environment, mkdocs
from serving import Server

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").is_file(), reason="looks for processes in /proc")

SHOWN = "# --8<-- [start:answer]\n{}\n# --8<-- [end:answer]\n"
BLOCK = '\n```python exec="on" source="above" id="page-{0}"\n--8<-- "{0}.py:answer"\n```\n'
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL]


def alive(mark):
    """The processes whose environment holds a mark: {id: command}."""
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (place / "environ").read_bytes():  # that of one that has ended is empty
                found[int(place.name)] = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
    return found


def wait(done, seconds):
    """Wait until something is done; whether it was."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


@contextmanager
def cleared(mark):
    """What has this mark in its environment is ended: nothing, unless a test has failed."""
    try:
        yield
    finally:
        while left := alive(mark):
            for process in left:
                with suppress(OSError):
                    os.kill(process, signal.SIGKILL)


@pytest.fixture(autouse=True)
def no_signal_is_ignored():
    """What ignores a signal here (nohup, an & in a script) would make the build ignore it."""
    ignored = [one for one in SIGNALS if signal.getsignal(one) is signal.SIG_IGN]
    for one in ignored:
        signal.signal(one, signal.SIG_DFL)
    yield
    for one in ignored:
        signal.signal(one, signal.SIG_IGN)


@pytest.fixture(params=SIGNALS, ids=lambda how: how.name)
def how(request):
    return request.param


def hang(project):
    """Let a program hang, with another that it has started; the file that says that it does."""
    running = project / ".cache" / "running"  # the one folder where a program may write
    running.parent.mkdir(exist_ok=True)
    lines = [
        "import subprocess, sys",
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(99)'])",
        f"open({str(running)!r}, 'w').close()",
        "while True: pass",
    ]
    (project / "snippets" / "program.py").write_text(SHOWN.format("\n".join(lines)), encoding="utf-8")
    return running


def test_a_build_that_is_ended_leaves_nothing(project, how):
    running, mark = hang(project), f"ENDED_BUILD={os.getpid()}-{how.name}"
    with cleared(mark):
        build = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "build"],
            cwd=project,
            env=environment(PROGRAM_SECONDS="60", **dict([mark.split("=")])),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            assert wait(running.exists, 30) and len(alive(mark)) > 3, "MkDocs, the worker, the program and its own"
            build.send_signal(how)
            assert build.wait(30), "it says that it has not built the site"
            assert wait(lambda: not alive(mark), 2), alive(mark)
        finally:
            build.kill()
            build.wait()


def test_a_server_that_is_ended_leaves_nothing(project, how):
    mark = f"ENDED_SERVER={os.getpid()}-{how.name}"
    with Server(project, PROGRAM_SECONDS="60", **dict([mark.split("=")])) as server, cleared(mark):
        server.shows("answer 42")
        assert len(server.folders) == 1
        running = hang(project)
        assert wait(running.exists, 30) and len(alive(mark)) > 3
        server.process.send_signal(how)
        server.process.wait(30)
        assert wait(lambda: not alive(mark), 2), alive(mark)
        assert not server.folders or how == signal.SIGKILL, "the folder that was served is put away"


def test_a_program_that_hangs_costs_its_time_once_and_leaves_nothing(project):
    """One that two others import, each shown: one limit is waited for, not three."""
    limit = 3
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    assert "!ENV [PROGRAM_SECONDS, 30]" in text
    config.write_text(text.replace("!ENV [PROGRAM_SECONDS, 30]", str(limit)), encoding="utf-8")
    (project / "snippets" / "helper.py").write_text(SHOWN.format("while True: pass"), encoding="utf-8")
    (project / "snippets" / "other.py").write_text(SHOWN.format("import helper"), encoding="utf-8")
    for language in ("it", "en"):
        with (project / "docs" / language / "page.md").open("a", encoding="utf-8") as page:
            page.write(BLOCK.format("other") + BLOCK.format("helper"))
    mark = f"LEFT_TO_RUN={os.getpid()}"
    with cleared(mark):
        done = mkdocs("build", folder=project, **dict([mark.split("=")]))
        assert wait(lambda: not alive(mark), 2), alive(mark)
    waited = re.search(r"programs: 3 of 3 programs, ([\d.]+) s", done.stdout)  # not what starting MkDocs takes
    assert limit <= float(waited[1]) < 3 * limit, done.stdout
    late = f"snippets/helper.py ran longer than {limit} seconds (extra.program_seconds)"
    said = {line.strip() for line in done.stdout.splitlines() if late in line}
    assert done.returncode and len(said) == 3, done.stdout
    for name in ("program", "other"):
        assert any(line.startswith(f"snippets/{name}.py was not run: it imports a program that hangs") for line in said)
