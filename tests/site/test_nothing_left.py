"""Whatever ends a build, no process of it stays behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import environment, small_project
from serving import Server

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").is_file(), reason="looks for processes in /proc")

HANGS = "import helper\n\n# --8<-- [start:answer]\nopen({!r}, 'w').close()\nwhile True:\n    pass\n# --8<-- [end:answer]\n"
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL]


def alive(mark):
    """The processes whose environment holds a mark."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (place / "environ").read_bytes() and "Z" not in (place / "stat").read_text().split()[2]:
                found.append((place / "cmdline").read_bytes().replace(b"\0", b" ").decode())
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


@pytest.fixture
def hanging(tmp_path):
    """A project with a program that never ends, and the file that says that it runs."""
    project, running = small_project(tmp_path), tmp_path / "running"
    (project / "snippets" / "program.py").write_text(HANGS.format(str(running)), encoding="utf-8")
    return project, running


@pytest.mark.parametrize("how", SIGNALS, ids=lambda how: how.name)
def test_a_build_that_is_ended_leaves_nothing(hanging, how):
    project, running = hanging
    mark = f"ENDED_BUILD={os.getpid()}-{how.name}"
    build = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=project,
        env=environment(PROGRAM_SECONDS="60", **dict([mark.split("=")])),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert wait(running.exists, 30) and len(alive(mark)) > 1, "the program runs, in a process of its own"
        build.send_signal(how)
        build.wait(30)
        assert wait(lambda: not alive(mark), 2), alive(mark)
    finally:
        build.kill()


def test_a_server_that_is_ended_leaves_nothing(tmp_path):
    project, mark = small_project(tmp_path), f"ENDED_SERVER={os.getpid()}"
    server = Server(project, PROGRAM_SECONDS="60", **dict([mark.split("=")]))
    try:
        server.shows("answer 42")
        running = tmp_path / "running"
        (project / "snippets" / "program.py").write_text(HANGS.format(str(running)), encoding="utf-8")
        assert wait(running.exists, 30)
    finally:
        server.stop(signal.SIGKILL)
    assert wait(lambda: not alive(mark), 2), alive(mark)
