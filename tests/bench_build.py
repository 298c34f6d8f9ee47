"""Times the build and the way from an edit to the served page. A benchmark to run by hand, not a test:

    python tests/bench_build.py [--repeat 3]
    python tests/bench_build.py --parts         what each part of hooks/speed.py and serving.py saves

Machines are noisy, so each figure that matters is a ratio, or a median of runs made in turn.
"""

import argparse
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[1]
OTHERS = {"de": "Deutsch", "es": "Español", "fr": "Français", "nl": "Nederlands", "pl": "Polski", "pt": "Português"}


def copy(folder):
    """Copy what the build reads."""
    for name in ("docs", "snippets"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "LICENSE", "CITATION.cff", "requirements-dev.txt"):
        shutil.copy(ROOT / name, folder)
    return folder


def mkdocs(*words):
    """The command line of this interpreter's MkDocs."""
    return [sys.executable, "-m", "mkdocs", *words]


def environment():
    """What the builds run with."""
    return os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def build(folder, forget=None):
    """Seconds of a build without a site, and without what earlier builds left in `forget`, below .cache."""
    if forget is not None:
        shutil.rmtree(folder / ".cache" / forget, ignore_errors=True)
        for kept in folder.rglob("snippets/.cache"):  # weights that programs trained
            shutil.rmtree(kept) if not forget else None
    shutil.rmtree(folder / "site", ignore_errors=True)
    start = time.perf_counter()
    done = subprocess.run(mkdocs("build"), cwd=folder, env=environment(), capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return time.perf_counter() - start


def without_execution(folder):
    """The same pages, their programs shown and not run, the words of their figures shown as they stand."""
    for page in (folder / "docs").glob("*/*.md"):
        text = re.sub(r'(```(?:python|figure|table)) exec="on"[^\n]*', r"\1", page.read_text(encoding="utf-8"))
        page.write_text(text, encoding="utf-8")
    return folder


def more_languages(folder):
    """The same pages in eight languages: six copies of the English ones."""
    config = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    entries = "".join(f"        - locale: {code}\n          name: {name}\n" for code, name in OTHERS.items())
    config = config.replace("  - markdown-exec:\n", entries + "  - markdown-exec:\n")
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    for code in OTHERS:
        shutil.copytree(folder / "docs" / "en", folder / "docs" / code)
    return folder


def free_port():
    """A port nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def fetch(address):
    """The page at an address, or nothing."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.read().decode()
    except OSError:
        return ""


def wait_for(address, text):
    """Seconds until the page at this address holds this text."""
    start = time.perf_counter()
    while text not in fetch(address):
        if time.perf_counter() - start > 60:
            sys.exit(f"{text!r} never came to {address}")
        time.sleep(0.02)
    return time.perf_counter() - start


def edits(folder, repeat):
    """Seconds from saving to being served: (for a page, for a program)."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/feedforward/"
    server = subprocess.Popen(
        mkdocs("serve", "--dev-addr", f"127.0.0.1:{port}"),
        cwd=folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    page, program = folder / "docs" / "it" / "feedforward.md", folder / "snippets" / "feedforward.py"
    times = [], []
    try:
        wait_for(address, "feedforward")
        time.sleep(1)
        for i in range(repeat):
            page.write_text(page.read_text(encoding="utf-8") + f"\nmodifica-{i}\n", encoding="utf-8")
            times[0].append(wait_for(address, f"modifica-{i}"))
            time.sleep(1)
            text = (
                program.read_text(encoding="utf-8")
                .replace("W2 @ h =", f"W2 @ h {i} =")
                .replace(f"h {i - 1} =", f"h {i} =")
            )
            program.write_text(text, encoding="utf-8")
            times[1].append(wait_for(address, f"W2 @ h {i} ="))
            time.sleep(1)
    finally:
        server.terminate()
        server.wait()
    return [statistics.median(seconds) for seconds in times]


# What each part saves: its name, and what takes it away.
PARTS = {
    "blocks set once": ("speed.py", 'formatters["python"] = block_once(', "block_once("),
    "templates compiled and listed once": ("speed.py", "config.theme.get_env = templates_once(", "templates_once("),
    "pages converted once": ("serving.py", "page.render = render\n", "\n"),
    "edits looked for more often": ("serving.py", "def on_serve(", "def unused("),
}


def parts(whole, scratch, repeat):
    """Print the seconds of a build and of two edits without each part, and with all."""
    print(f"{'without':36} {'build':>7} {'page':>7} {'program':>7}")
    for name, (file, old, new) in {"(nothing)": ("speed.py", "", ""), **PARTS}.items():
        folder = scratch / name.replace(" ", "-")
        shutil.copytree(whole, folder)
        hook = folder / "docs" / "overrides" / "hooks" / file
        text = hook.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r} any more: mend this benchmark"
        hook.write_text(text.replace(old, new, 1), encoding="utf-8")
        seconds = [statistics.median(build(folder, "templates") for _ in range(repeat)), *edits(folder, repeat)]
        print(f"{name:36}", *(f"{one:5.2f} s" for one in seconds), flush=True)


def main():
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=3, help="runs of each measure (default: 3)")
    parser.add_argument("--parts", action="store_true", help="what each part that only makes builds faster saves")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        whole = copy(scratch / "whole")
        if chosen.parts:
            build(whole)
            return parts(whole, scratch, chosen.repeat)
        shown = without_execution(copy(scratch / "shown"))
        eight = more_languages(copy(scratch / "eight"))
        build(eight)
        runs = []
        for _ in range(chosen.repeat):
            runs.append([build(whole, ""), build(whole, "programs"), build(whole), build(shown), build(eight)])
        first, programs, again, plain, many = (statistics.median(column) for column in zip(*runs, strict=True))
        print(f"first build, which trains the models:           {first:5.2f} s  (aim: 12)")
        print(f"every program again, trained weights kept:      {programs:5.2f} s  (aim: 8)")
        print(f"next build:                                     {again:5.2f} s")
        print(f"with programs only shown:                       {plain:5.2f} s   ratio {again / plain:.2f}  (aim: 1.1)")
        print(f"in 8 languages:                                 {many:5.2f} s   ratio {many / again:.2f}  (aim: 3.5)")
        for what, seconds, aim in zip(("page", "program"), edits(whole, chosen.repeat), (0.5, 1.0), strict=True):
            print(f"edit of a {what} to served:".ljust(47), f"{seconds:5.2f} s  (aim: {aim})")


if __name__ == "__main__":
    main()
