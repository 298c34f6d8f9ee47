"""Three layers, one folder each: unit (no site is built), site (one build for all), browser (in a real Chromium).

The fixtures here: the site, built once for all the tests, and served as a host would serve it; small projects to break.
"""

import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import settings
from pages import ROOT

# Generated cases are the same each time in CI, at random elsewhere; no case fails because a machine is slow.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("random", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "random")

# A site that is already built can be tested, with the settings it was built with: BUILT_SITE=folder.
BUILT = os.environ.get("BUILT_SITE")
SETTINGS = {
    "SITE_URL": "https://example.org/corso/",
    "EDIT_URI": "https://example.org/edit/main/docs/",
    "SOURCE_DATE_EPOCH": "1700000000",
}
if BUILT:
    SETTINGS = {name: os.environ[name] for name in SETTINGS}
SITE_URL, EDIT_URI = SETTINGS["SITE_URL"], SETTINGS["EDIT_URI"]
PREFIX = urlsplit(SITE_URL).path


def pytest_collection_modifyitems(items):
    """Mark each test with its layer, so that one can be run alone: pytest -m unit."""
    for item in items:
        item.add_marker(item.path.parent.name)


def environment(**more):
    """The environment of a build, free of what the caller's own may say."""
    kept = {k: v for k, v in os.environ.items() if k not in ("SITE_URL", "EDIT_URI") and "PROGRAM_" not in k}
    return kept | {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"} | more


def mkdocs(*words, folder=ROOT, **env):
    """Run MkDocs in a folder; returns what it did, with its whole output in `stdout`."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *words],
        cwd=folder,
        env=environment(**env),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
    )


@pytest.fixture(scope="session")
def twin(tmp_path_factory):
    """(folder, process) of a second build of the same site, begun at once and done beside the first."""
    folder = tmp_path_factory.mktemp("twin") / "site"
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(folder)],
        cwd=ROOT,
        env=environment(**SETTINGS),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield folder, process
    process.wait()


@pytest.fixture(scope="session")
def built(tmp_path_factory, twin):
    """(folder of the built site, what the build said)."""
    if BUILT:
        return (ROOT / BUILT).resolve(), ""
    folder = tmp_path_factory.mktemp("built") / "site"
    done = mkdocs("build", "--site-dir", str(folder), **SETTINGS)
    assert done.returncode == 0, done.stdout
    return folder, done.stdout


@pytest.fixture(scope="session")
def slow(tmp_path_factory, built):
    """(folder, process) of a build of the site without the hooks that only make it faster, done beside the tests."""
    project = tmp_path_factory.mktemp("slow")
    for name in (
        "docs",
        "snippets",
        "mkdocs.yml",
        "LICENSE",
        "CITATION.cff",
        "requirements-dev.txt",
        ".cache/remember",
    ):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, project / name)
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    fewer = re.sub(r"^ +- docs/overrides/hooks/(?:speed|serving)\.py.*\n", "", config, flags=re.M)
    assert len(fewer.splitlines()) == len(config.splitlines()) - 2
    (project / "mkdocs.yml").write_text(fewer, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(project / "site")],
        cwd=project,
        env=environment(**SETTINGS),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield project / "site", process
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.fixture(scope="session")
def site(built, slow):
    """The folder of the built site."""
    return built[0]


class Handler(http.server.SimpleHTTPRequestHandler):
    """A static host: the site lies below its own path, and what is missing gets 404.html."""

    def translate_path(self, path):
        return super().translate_path("/" + path.removeprefix(PREFIX) if path.startswith(PREFIX) else "/nothing-here")

    def send_error(self, code, message=None, explain=None):
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def address(site):
    """The address at which the built site is served."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
    server.shutdown()
    server.server_close()


def small_project(tmp_path):
    """A small project with the real hooks, theme and configuration: two pages, two programs."""
    shutil.copytree(ROOT / "docs" / "overrides", tmp_path / "docs" / "overrides")
    shutil.copytree(ROOT / "docs" / "assets", tmp_path / "docs" / "assets")
    for name in ("LICENSE", "CITATION.cff", "requirements-dev.txt"):
        shutil.copy(ROOT / name, tmp_path)
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    start, end = config.index("nav:"), config.index("validation:")
    config = config[:start] + "nav: [index.md, page.md]\n\n" + config[end:]
    config = re.sub(r"^ +- locale: (?!it\n|en\n).*\n(?: {10,}.*\n)*", "", config, flags=re.M)  # these two languages
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets" / "helper.py").write_text("number = 41\n", encoding="utf-8")
    (tmp_path / "snippets" / "program.py").write_text(
        "import helper\n\n# --8<-- [start:answer]\nprint('answer', helper.number + 1)\n# --8<-- [end:answer]\n",
        encoding="utf-8",
    )
    block = '```python exec="on" source="above" id="page-answer"\n--8<-- "program.py:answer"\n```\n'
    for language in ("it", "en"):
        folder = tmp_path / "docs" / language
        folder.mkdir()
        shutil.copy(ROOT / "docs" / language / "words.yml", folder)
        front = "---\ndescription: A page.\n---\n\n"
        (folder / "index.md").write_text(
            f"{front}# Home {language} {{#home}}\n\n[page](page.md#part)\n", encoding="utf-8"
        )
        text = f"{front}# Page {language} {{#page}}\n\n## Part {{#part}}\n\n{block}"
        (folder / "page.md").write_text(text, encoding="utf-8")
    if (ROOT / ".cache").is_dir():  # compiled templates: the build is twice as fast
        # What a program writes for a moment may be gone while it is copied.
        shutil.copytree(ROOT / ".cache", tmp_path / ".cache", ignore=shutil.ignore_patterns("moment"))
    (tmp_path / ".cache").mkdir(exist_ok=True)  # the one folder where a program may write
    return tmp_path


@pytest.fixture
def project(tmp_path):
    """A small project of one's own."""
    return small_project(tmp_path)
