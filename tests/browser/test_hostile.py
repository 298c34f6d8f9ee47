"""Hostile pages in a real Chromium: nothing of them runs, neither while they are served nor where they are harmless."""

import functools
import http.server
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from urllib.error import URLError

import pytest
from conftest import environment, mkdocs, small_project
from hostile import BROKEN, REFUSED, RUN, SCRIPT, harmless_project, write_pages
from test_browser import browser  # noqa: F401

# Six pages that once passed every check, and ran.
ONCE = {
    "a picture": f'<img alt="a"\nonerror={RUN} src=x>',
    "a drawing": f"<svg/onload={RUN}>",
    "a link": f'<a href="java&#9;script:{RUN}">words</a>',
    "an attribute list": f'So *words*{{onclick="{RUN}"}}.',
    "a script": f"So \\`{SCRIPT}` it is.",
    "a program": f"```python exec='on' id=\"evil\" html='1'\nprint('{SCRIPT}{BROKEN}')\n```",
}
SEEN = "window.alert = () => { window.top.ran = [...(window.top.ran ?? []), location.pathname]; }"
# Opens pages side by side, and does with their words whatever a reader may do: points at them, clicks them.
TOUCH = """addresses => Promise.all(addresses.map(async (address) => {
    const frame = Object.assign(document.createElement("iframe"), { src: address });
    const loaded = new Promise((resolve) => { frame.onload = resolve; });
    document.body.append(frame);
    await loaded;
    const { contentDocument: page, contentWindow: own } = frame;
    page.addEventListener("click", (event) => {
        const link = event.target.closest("a");
        if (link && !link.href.startsWith("javascript:")) event.preventDefault();
    });
    for (const element of page.querySelectorAll("article *, [title]")) {
        for (const kind of ["mouseenter", "mouseover", "pointerover", "click"])
            element.dispatchEvent(new own.MouseEvent(kind, { bubbles: kind != "mouseenter", cancelable: true }));
        element.focus?.();
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    return [address, page.querySelector("article").innerText];
})).then(Object.fromEntries)"""


def ran(tab, address, pages):
    """The pages of which something ran while a reader did what can be done with them; they have words."""
    tab.goto(address)
    texts = tab.evaluate(TOUCH, [f"/{page}/" for page in pages])
    assert all(texts.values()) and len(texts) == len(pages)
    return tab.evaluate("window.ran ?? []")


@pytest.fixture
def tab(browser):  # noqa: F811
    context = browser.new_context(bypass_csp=True)  # nothing there needs the pages' policy to stop it
    context.add_init_script(SEEN)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """(address, {case: its file}) of hostile pages as `mkdocs serve` shows them."""
    project = small_project(tmp_path_factory.mktemp("served"))
    pages = write_pages(project, ONCE | REFUSED)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", place, "--no-livereload"],
        cwd=project,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"http://{place}/", timeout=10).close()
            break
        except (URLError, OSError):
            time.sleep(0.1)
    yield f"http://{place}/", {name: file.removesuffix(".md") for name, (file, _) in pages.items()}
    process.terminate()
    process.wait(20)


def test_nothing_runs_while_served(served, tab):
    address, pages = served
    tab.route("**/assets/**", lambda route: route.abort())  # what the theme does is seen below
    assert not ran(tab, address, pages.values())
    for name in ONCE:
        tab.goto(f"{address}{pages[name]}/")
        assert pages[name] in tab.inner_text(".mistakes")
    tab.goto(f"{address}{pages['a tag in a heading']}/")
    assert BROKEN not in " ".join(tab.locator(".md-header, .md-sidebar").all_text_contents())


@pytest.fixture(scope="module")
def harmless(tmp_path_factory):
    """(address, pages) of a site full of what only looks like a danger."""
    project = small_project(tmp_path_factory.mktemp("harmless"))
    pages = harmless_project(project)
    done = mkdocs("build", folder=project)
    assert done.returncode == 0, done.stdout
    handler = functools.partial(Quiet, directory=str(project / "site"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", [file.removesuffix(".md") for file in pages]
    server.shutdown()
    server.server_close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def test_what_looks_like_a_danger_is_none(harmless, tab):
    assert not ran(tab, *harmless)


def test_what_the_search_finds_is_text(harmless, tab):
    address, _ = harmless
    tab.goto(address)
    tab.click("input.md-search__input")
    tab.type("input.md-search__input", "onerror")
    tab.locator("a.md-search-result__link").first.wait_for()
    assert "onerror" in tab.inner_text(".md-search-result__list")
    assert not tab.evaluate("window.ran")
