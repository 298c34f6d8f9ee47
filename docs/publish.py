#!/usr/bin/env python3
"""Makes what can be taken away from a built site, puts it in the site's folder downloads/, and links it from each page.

python docs/publish.py SITE     SITE is the folder that `mkdocs build` wrote
"""

import argparse
import hashlib
import os
import posixpath
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "docs" / "overrides" / "hooks"))  # at the end: some of the tests have the same names

try:
    from course import archive, book, notebook, numerals, offline
    from course.build import Build
    from course.programs import Limits
    from course.project import Project, open_project
    from playwright.sync_api import sync_playwright
except ModuleNotFoundError as missing:
    sys.exit(f"publish.py: {missing.name} is missing: .venv/bin/pip install --require-hashes -r requirements-dev.txt")

NO_BROWSER = (
    "the books are printed by Chromium, and there is none: install one "
    "(Debian: apt-get install chromium; elsewhere: python -m playwright install chromium)"
)
NAME = "llm-e-pesi-{}.pdf"
FOLDER = "downloads"
ZIP = f"{offline.FOLDER}.zip"
NOTEBOOKS = "llm-e-pesi-notebooks-{}.zip"
SECONDS = 300  # for a program that the build did not leave in .cache/
SUMS = "SHA256SUMS"


def pages(project: Project, site: Path) -> Iterator[tuple[Path, str]]:
    """The pages of a built site, each with its language. Raises ValueError for what is no such site."""
    found = [path for path in sorted(site.rglob("index.html")) if offline.DOWNLOADS in path.read_text(encoding="utf-8")]
    if not found:
        raise ValueError(f"{site} is no site of this course: build one first (mkdocs build --site-dir {site})")
    for path in found:
        folder = path.relative_to(site).parts[0]
        yield path, folder if folder in project.locales else project.source


def link(project: Project, site: Path, made: dict[str, dict[str, str]]) -> None:
    """Let each page lead to what was made for its language: {language: {file: its words in words.yml}}.

    What is made for one page is in a folder of the language, and only that page leads to it.
    """
    for path, locale in pages(project, site):
        up = posixpath.relpath(FOLDER, path.parent.relative_to(site).as_posix())
        home = path.parent == (site if locale == project.source else site / locale)
        own = notebook.file_name(project, "index" if home else path.parent.name)
        links = {}
        for name, words in made.get(locale, {}).items():
            if "/" in name and name != f"{locale}/{own}":
                continue
            size = numerals.write(max((site / FOLDER / name).stat().st_size / 1e6, 0.1), locale, 1)
            links[f"{up}/{name}"] = project.words(locale)[words].replace("{size}", size)
        if made:
            links[f"{up}/{SUMS}"] = "SHA-256"
        html = path.read_text(encoding="utf-8")
        if html != (changed := offline.linked(html, links)):
            path.write_text(changed, encoding="utf-8", newline="\n")


def printed(project: Project, site: Path, locale: str, epoch: int | None) -> bytes:
    """The book of a language. Raises ValueError where there is no Chromium."""
    with sync_playwright() as playwright:
        path = book.chromium()
        if not path and not Path(playwright.chromium.executable_path).exists():
            raise ValueError(NO_BROWSER)
        with playwright.chromium.launch(executable_path=path, args=list(book.ARGUMENTS)) as browser:
            return book.make(project, site, locale, browser, epoch)


def notebooks(project: Project, site: Path) -> dict[str, dict[str, bytes]]:
    """The notebooks, and the zip of those of a language: {language: {file: content}}. Raises ValueError, for people."""
    build, made = Build(project.root, Limits(seconds=SECONDS)), {}
    build.begin()
    try:
        root = offline.address(site)
        for locale in project.names:
            files = notebook.make(build, locale, root)
            zipped = {NOTEBOOKS.format(locale): archive.make(project, files)}
            made[locale] = zipped | {f"{locale}/{name}": data for name, data in files.items()}
    finally:
        build.programs.stop()
    return made


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="publish.py", description=__doc__.splitlines()[0])
    parser.add_argument("site", type=Path, help="the folder of the built site")
    site, project = parser.parse_args(arguments).site, open_project(root)
    folder, epoch = site / FOLDER, os.environ.get("SOURCE_DATE_EPOCH")
    link(project, site, {})  # should something fail below, no page leads to what is not there
    shutil.rmtree(folder, ignore_errors=True)
    with ThreadPoolExecutor() as pool:  # each book has a browser of its own
        archived = pool.submit(offline.make, site)
        books = {one: pool.submit(printed, project, site, one, int(epoch) if epoch else None) for one in project.names}
        made = {NAME.format(locale): done.result() for locale, done in books.items()}
        made[ZIP] = archived.result()
    links = {locale: {NAME.format(locale): "book_link", ZIP: "offline_link"} for locale in project.names}
    for locale, files in notebooks(project, site).items():
        made |= files
        links[locale] |= {name: "notebook_link" if "/" in name else "notebooks_link" for name in files}
    for name, data in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
        if "/" not in name:
            print(f"{folder / name}: {len(data) / 1e6:.1f} MB")
    sums = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(made.items()))
    (folder / SUMS).write_text("".join(sums), encoding="utf-8", newline="\n")
    link(project, site, links)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ValueError as error:
        sys.exit(f"publish.py: {error}")
