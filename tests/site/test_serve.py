"""`mkdocs serve`: every edit shows in both languages without a restart; a mistake is shown, and mended, likewise."""

import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import pytest
from conftest import environment, small_project

LIMIT = 30  # seconds that an edit may take to show on the slowest machine; bench_build.py measures how long it takes


class Server:
    """A project being served, and what the server says."""

    def __init__(self, project):
        self.project = project
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}/"
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=project,
            env=environment(PROGRAM_SECONDS="2"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = []
        self.listener = threading.Thread(target=lambda: self.said.extend(self.process.stdout), daemon=True)
        self.listener.start()

    def get(self, path):
        try:
            with urllib.request.urlopen(self.address + path, timeout=10) as answer:
                return answer.read().decode()
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


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(small_project(tmp_path_factory.mktemp("served")))
    server.shows("answer 42")
    yield server
    server.process.terminate()
    server.process.wait(20)
    server.listener.join(20)
    server.process.stdout.close()


def test_page(server):
    server.edit("docs/it/page.md", "Part {#part}", "Una parte {#part}")
    server.shows("Una parte", pages=["page/"])
    server.edit("docs/en/page.md", "Part {#part}", "One part {#part}")
    server.shows("One part", pages=["en/page/"])


def test_program(server):
    server.edit("snippets/program.py", "'answer'", "'reply'")
    server.shows("reply 42")
    server.edit("snippets/program.py", "'reply'", "'answer'")
    server.shows("answer 42")


def test_program_that_another_imports(server):
    server.edit("snippets/helper.py", "41", "42")
    server.shows("answer 43")
    server.edit("snippets/helper.py", "42", "41")
    server.shows("answer 42")


def test_template(server):
    server.edit(
        "docs/overrides/main.html", '<meta charset="utf-8">', '<meta charset="utf-8"><meta name="mark" content="one">'
    )
    server.shows('name="mark" content="one"')


def test_style_sheet(server):
    server.edit("docs/assets/css/site.css", ":root {", ":root { --mark: 1px;")
    server.wait("assets/css/site.css", lambda text: "--mark: 1px" in text)


def test_configuration(server):
    server.edit("mkdocs.yml", "toggle: {icon: material/weather-night", "toggle: {icon: material/weather-sunset")
    server.no_longer_shows("M17.75 4.09", pages=["en/"])


def test_words_of_a_language(server):
    server.edit("docs/en/words.yml", "site_name: LLMs and weights", "site_name: Weights and LLMs")
    server.shows("Weights and LLMs", pages=["en/"])


# Each line is one round of mistakes, made and mended together: (file, what is right, what is wrong, what is said).
ROUNDS = {
    "a program that raises, a dead link, a formula": [
        (
            "snippets/program.py",
            "helper.number + 1",
            "1 / 0",
            ["it/page.md, page-answer", "snippets/program.py, line 4"],
        ),
        ("docs/it/index.md", "page.md#part", "gone.md", ["it/index.md", "gone.md"]),
        ("docs/en/index.md", "[page]", "$\\nonsense$ [page]", ["en/index.md", "\\nonsense"]),
    ],
    "a program that exits, a dead anchor": [
        (
            "snippets/program.py",
            "print('answer'",
            "import sys; sys.exit(); print('answer'",
            ["page-answer", "sys.exit"],
        ),
        ("docs/it/index.md", "page.md#part", "page.md#gone", ["it/index.md", "page.md#gone"]),
    ],
    "a program that never ends": [
        (
            "snippets/program.py",
            "print('answer'",
            "while 1: ('answer'",
            ["snippets/program.py ran longer than 2 seconds"],
        ),
    ],
    "a missing section": [
        ("docs/it/page.md", "program.py:answer", "program.py:question", ["it/page.md, line 10: block page-answer"]),
    ],
}


@pytest.mark.parametrize("name", ROUNDS)
def test_mistakes_are_shown_and_mended(server, name):
    for file, good, bad, _ in ROUNDS[name]:
        server.edit(file, good, bad)
    try:
        words = [word for *_, words in ROUNDS[name] for word in words]
        server.shows('class="mistakes"', *words, pages=["", "page/", "en/page/"])
        assert all(word in "".join(server.said) for word in words)
    finally:
        for file, good, bad, _ in ROUNDS[name]:
            server.edit(file, bad, good)
    server.no_longer_shows('class="mistakes"', pages=["", "page/", "en/page/"])
    server.shows("answer 42")


def test_new_page(server):
    for language in ("it", "en"):
        (server.project / "docs" / language / "more.md").write_text(
            "---\ndescription: More.\n---\n\n# More {#more}\n", encoding="utf-8"
        )
    server.edit("mkdocs.yml", "page.md]", "page.md, more.md]")
    server.shows("More", pages=["more/", "en/more/"])
    server.no_longer_shows('class="mistakes"')
