"""Says how much of the site comes out today of Zensical, the successor of the theme and of MkDocs. By hand, not a test:

    python3 -m venv /tmp/way-out
    /tmp/way-out/bin/pip install -r requirements-dev.txt
    /tmp/way-out/bin/pip install zensical
    /tmp/way-out/bin/python tests/way_out.py site        site: the folder that `mkdocs build` wrote

It builds each language by itself, from a copy without what Zensical does not take: hooks, plugins, and the templates if
they stop it. It does so twice: with the blocks of the pages shown, not run; and with `bridge` below, a trial of what
would take the place of hooks/programs.py. It counts what is the same in both sites, at the same address. The exit code
is 0 when it could measure, whatever it found. See "A way out" in docs/overrides/README.md.
"""

import argparse
import os
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date
from functools import partial
from importlib import metadata
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

ROOT = Path(__file__).resolve().parents[1]
HOOKS = ROOT / "docs" / "overrides" / "hooks"
sys.path += [str(ROOT / "tests"), str(HOOKS)]  # at the end: tests and hooks have files of the same names

import yaml  # noqa: E402
from course.project import open_project, read_yaml  # noqa: E402

KINDS = {
    "pages": None,
    "programs, their lines": "div.language-python",
    "programs with their output": "div.language-python",
    "formulas": "math",
    "figures": "figure svg",
    "tables": "table",
    "notes": "div.footnote li",
    "links": "a[href]:not(.headerlink)",
}


def copy(folder, locale, templates, bridged):
    """A project of one language, with what Zensical takes of ours."""
    config = read_yaml(ROOT / "mkdocs.yml")
    for name in ("hooks", "plugins", "exclude_docs", "watch", "site_url", "edit_uri"):
        del config[name]
    config |= {"plugins": [{"markdown-exec": {"ansi": "off"}}] if bridged else [], "strict": False}
    config["theme"] |= {"language": locale, "custom_dir": "templates", "static_templates": []}
    config["markdown_extensions"].append("course.formulas:Formulas")  # which hooks/pages.py gives to MkDocs
    shutil.copytree(ROOT / "docs" / locale, folder / "docs")
    shutil.copytree(ROOT / "docs" / "assets", folder / "docs" / "assets")
    shutil.copytree(ROOT / "snippets", folder / "snippets", ignore=shutil.ignore_patterns(".cache", "__pycache__"))
    if templates:
        unwanted = shutil.ignore_patterns("hooks", "README.md")
        shutil.copytree(ROOT / "docs" / "overrides", folder / "templates", ignore=unwanted)
    else:
        del config["theme"]["custom_dir"]
    for page in [] if bridged else (folder / "docs").glob("*.md"):  # options that nobody knows would spoil the page
        text = re.sub(r'(```(?:python|figure|table)) exec="on"[^\n]*', r"\1", page.read_text(encoding="utf-8"))
        page.write_text(text, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")


def bridge(locale):
    """Let markdown-exec, which Zensical calls too, ask hooks/programs.py what a block of a page in a language shows."""
    import markdown_exec
    import programs
    from course.build import Build
    from course.programs import Limits
    from zensical.extensions.context import ContextPreprocessor

    opened = Build(ROOT, Limits(seconds=float(os.environ.get("PROGRAM_SECONDS", 90)), megabytes=2000, characters=2e5))
    opened.begin()

    def shown(code, md, language, **options):
        file = opened.project.folder(locale) / ContextPreprocessor.from_markdown(md).page.path
        opened.shown = opened.page(file, locale), f"{locale}/{file.name}"
        return programs.format_block(opened, code, language, md=md, **options)

    for language in programs.LANGUAGES:
        markdown_exec.formatters[language] = partial(shown, language=language)


def build(folder, locales, templates, bridged):
    """Write a site of all languages below a folder, and return it. Raises ValueError with what stopped Zensical."""
    for locale in locales:
        project = folder / locale
        copy(project, locale, templates, bridged)
        run = "import sys, way_out; from zensical.main import cli; sys.argv[1:] and way_out.bridge(sys.argv.pop()); cli"
        run += "(['build', '--clean'])"
        done = subprocess.run(
            [sys.executable, "-c", run, *([locale] if bridged else [])],
            cwd=project,
            env=os.environ | {"PYTHONPATH": f"{HOOKS}{os.pathsep}{ROOT / 'tests'}", "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise ValueError((done.stdout + done.stderr).strip().splitlines()[-1])
        shutil.copytree(
            project / "site", folder / "site" / ("" if locale == locales[0] else locale), dirs_exist_ok=True
        )
    return folder / "site"


def words(node):
    """The text of a part of a page, whatever the white space."""
    return " ".join(node.get_text().split())


def where(site, page, link):
    """What a link leads to: another site's address, a place that is in this one, or None."""
    address, part = urldefrag(link["href"])
    if urlsplit(address).scheme:
        return link["href"]
    path = posixpath.normpath(posixpath.join(page, address)) if address else page
    file = site / path
    file = file / "index.html" if file.is_dir() else file
    return (path, part) if file.is_file() and (not part or part in places(file)) else None


def places(file, known={}):  # noqa: B006
    """The ids of a page."""
    if file not in known:
        known[file] = set(re.findall(r'\sid="([^"]*)"', file.read_text(encoding="utf-8")))
    return known[file]


def found(site, page):
    """What a built page holds: {kind: Counter of what is there}; nothing for a page that is not there."""
    from bs4 import BeautifulSoup

    file = site / page / "index.html"
    if not file.is_file():
        return {kind: Counter() for kind in KINDS}
    article = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").select_one("article")
    nodes = {kind: article.select(selector) if selector else [article] for kind, selector in KINDS.items()}
    there = {kind: [words(node) for node in nodes[kind]] for kind in KINDS}
    there["pages"] = [page]
    there["programs, their lines"] = [words(block.code) for block in nodes["programs, their lines"]]
    there["programs with their output"] = []
    for block in nodes["programs, their lines"]:
        after = (block.find_parent("details", class_="listing") or block).find_next_sibling()
        if after and "language-text" in after.get("class", ()):
            there["programs with their output"].append((words(block.code), words(after)))
    there["links"] = [(where(site, page, link), words(link)) for link in nodes["links"]]
    there["links"] = [link for link in there["links"] if link[0]]
    return {kind: Counter(values) for kind, values in there.items()}


def compare(ours, theirs, locales):
    """{language: {kind: (how many are the same in their site, how many are ours)}}; the first is at the root."""
    sums = {locale: {kind: [0, 0] for kind in KINDS} for locale in locales}
    for page in sorted(path.parent.relative_to(ours).as_posix() for path in ours.rglob("index.html")):
        locale = page.split("/")[0] if page.split("/")[0] in locales[1:] else locales[0]
        mine, other = found(ours, page), found(theirs, page)
        for kind, total in sums[locale].items():
            total[0] += (mine[kind] & other[kind]).total()
            total[1] += mine[kind].total()
    return {locale: {kind: tuple(total) for kind, total in one.items()} for locale, one in sums.items()}


def report(results):
    """The table, as text: {language: what compare says}."""
    lines = [f"{'the same, of those in our site':<30}" + "".join(f"{locale:>16}" for locale in results)]
    for kind in KINDS:
        figures = "".join(f"{same:>8,} of {of:>4,}" for same, of in (one[kind] for one in results.values()))
        lines.append(f"{kind:<30}{figures}")
    return "\n".join(lines)


def main(arguments=None):
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=Path, help="the folder of the site that MkDocs built")
    site = parser.parse_args(arguments).site.resolve()
    try:
        version = metadata.version("zensical")
    except metadata.PackageNotFoundError:
        print(f"zensical is missing: {sys.executable} -m pip install zensical (see the head of tests/way_out.py)")
        return 1
    if not (site / "index.html").is_file():
        print(f"{site} is no built site: mkdocs build --site-dir {site}")
        return 1
    locales, templates = list(open_project(ROOT).names), True
    print(f"Zensical {version}, {date.today()}")
    with tempfile.TemporaryDirectory() as folder:
        try:
            build(Path(folder, "templates"), locales, templates, bridged=False)
        except ValueError as stop:
            templates = False
            print(f"with our templates it stops: {stop}")
        for bridged, title in ((False, "its blocks shown, not run"), (True, "with the bridge to our programs")):
            try:
                theirs = build(Path(folder, title), locales, templates, bridged)
            except ValueError as stop:
                print(f"\n{title}: it stops: {stop}")
                return 1
            print(f"\n{title}, {'with' if templates else 'without'} our templates")
            print(report(compare(site, theirs, locales)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
