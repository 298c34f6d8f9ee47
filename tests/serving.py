"""A project served by `mkdocs serve`, as the tests see it."""

import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import pytest
from conftest import environment

LIMIT = 30  # seconds that an edit may take to show on the slowest machine; bench_build.py measures how long it takes


class Server:
    """A project being served, and what the server says."""

    def __init__(self, project, **env):
        self.project = project
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}/"
        self.temporary = project / ".cache" / "served"  # where MkDocs makes the folder that it serves
        self.temporary.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=project,
            env=environment(**{"PROGRAM_SECONDS": "2", "TMPDIR": str(self.temporary), **env}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = []
        self.listener = threading.Thread(target=lambda: self.said.extend(self.process.stdout), daemon=True)
        self.listener.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    @property
    def folders(self):
        """The folders being served: one, and none once the server has put it away."""
        return sorted(self.temporary.glob("mkdocs_*"))

    def read(self, path):
        with urllib.request.urlopen(self.address + path, timeout=10) as answer:
            return answer.read()

    def get(self, path):
        try:
            return self.read(path).decode()
        except urllib.error.HTTPError as error:
            return error.read().decode()
        except OSError:
            return ""

    def wait(self, path, test):
        end = time.monotonic() + LIMIT
        while not test(text := self.get(path)):
            if time.monotonic() > end:
                pytest.fail(f"{path} never changed:\n{text[-3000:]}\n{''.join(self.said)[-3000:]}")
            time.sleep(0.05)

    def shows(self, *texts, pages=("page/", "en/page/")):
        for page in pages:
            self.wait(page, lambda text: all(t in text for t in texts))

    def no_longer_shows(self, *texts, pages=("page/", "en/page/")):
        for page in pages:
            self.wait(page, lambda text: text and not any(t in text for t in texts))

    def edit(self, name, old, new):
        path = self.project / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def stop(self, how=signal.SIGTERM):
        """End the server, if it has not ended; one that does not want to is killed, and the test fails."""
        try:
            self.process.send_signal(how)
            self.process.wait(20)
        finally:
            self.process.kill()
            self.process.wait()
            self.listener.join(10)
            if not self.listener.is_alive():  # it is, while anything lives that could still speak
                self.process.stdout.close()
