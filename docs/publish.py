#!/usr/bin/env python3
"""Makes what can be taken away from a built site, puts it in the site's folder downloads/, and links it from each page.

python docs/publish.py SITE     SITE is the folder that `mkdocs build` wrote
"""

import argparse
import hashlib
import posixpath
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "docs" / "overrides" / "hooks"))

from course import numerals, offline  # noqa: E402
from course.project import Project, open_project  # noqa: E402

FOLDER = "downloads"
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
    """Let each page lead to what was made for its language: {language: {file: its words in words.yml}}."""
    for path, locale in pages(project, site):
        up = posixpath.relpath(FOLDER, path.parent.relative_to(site).as_posix())
        links = {}
        for name, words in made.get(locale, {}).items():
            size = numerals.write(max((site / FOLDER / name).stat().st_size / 1e6, 0.1), locale, 1)
            links[f"{up}/{name}"] = project.words(locale)[words].replace("{size}", size)
        if made:
            links[f"{up}/{SUMS}"] = "SHA-256"
        html = path.read_text(encoding="utf-8")
        if html != (changed := offline.linked(html, links)):
            path.write_text(changed, encoding="utf-8", newline="\n")


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="publish.py", description=__doc__.splitlines()[0])
    parser.add_argument("site", type=Path, help="the folder of the built site")
    site, project = parser.parse_args(arguments).site, open_project(root)
    folder = site / FOLDER
    link(project, site, {})  # should something fail below, no page leads to what is not there
    shutil.rmtree(folder, ignore_errors=True)
    files = {f"{offline.FOLDER}.zip": offline.make(site)}
    made = {locale: {f"{offline.FOLDER}.zip": "offline_link"} for locale in project.names}
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    sums = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    (folder / SUMS).write_text("".join(sums), encoding="utf-8", newline="\n")
    link(project, site, made)
    print("".join(f"{folder / name}: {len(data) / 1e6:.1f} MB\n" for name, data in files.items()), end="")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ValueError as error:
        sys.exit(f"publish.py: {error}")
