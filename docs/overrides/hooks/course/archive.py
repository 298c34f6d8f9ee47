"""The zip of all that runs: the programs, what they read, what they need. The same bytes whoever builds it.

Its files are stored, not compressed: libraries that compress do not all write the same bytes.
"""

import io
import re
import sys
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from course.programs import States, imported
from course.project import Project, state

FOLDER = "llm-e-pesi"  # what comes out when it is unpacked
ADDRESS = f"snippets/{FOLDER}.zip"  # below the site's root
TITLE = re.compile(r'(<span class="filename">|<details class="listing"><summary>)([^<]*)(</span>|</summary>)')
PINNED = re.compile(r"^([a-z0-9][\w.-]*)==.*(?:\n[ ].*)*", re.M)


def programs(project: Project) -> list[Path]:
    """The programs that run alone; not those that draw the figures, which need the build."""
    return sorted(project.snippets.glob("*.py"))


def files(project: Project) -> dict[str, Path]:
    """What the zip holds as it is: {name in its folder: file}."""
    data = [path for kind in ("json", "txt") for path in (project.snippets / "data").glob(f"*.{kind}")]
    models = (project.root / "docs" / "assets" / "models").glob("*.*")
    found = {path.name: path for path in (*programs(project), project.root / "LICENSE")}
    return found | {f"data/{path.name}": path for path in (*data, *models)}


def needed(paths: Iterable[Path]) -> set[str]:
    """The packages that programs import: neither Python's own nor beside them."""
    names = {(path, name.partition(".")[0]) for path in paths for name in imported(path, state(path))}
    return {name for path, name in names if not (path.parent / f"{name}.py").is_file()} - sys.stdlib_module_names


def pinned(packages: set[str], text: str) -> str:
    """The lines of a file of pinned requirements for some packages and those that they need, as its notes say.

    Raises ValueError, naming it, for a package that is not there.
    """
    there = {match[1]: match[0] for match in PINNED.finditer(text)}
    if missing := packages - there.keys():
        raise ValueError(f"requirements-dev.txt: {', '.join(sorted(missing))}: a program needs it, it is not there")
    for_whom = {name: set(re.findall(r"# +(?:via )?([\w.-]+)$", lines, re.M)) for name, lines in there.items()}
    wanted, more = set(), set(packages)
    while more:
        wanted |= more
        more = {name for name in there.keys() - wanted if for_whom[name] & wanted}
    return "".join(re.sub(r"\n +#.*", "", there[name]) + "\n" for name in sorted(wanted))


def readme(project: Project) -> str:
    """What to do with it, in every language, the source's first."""
    return "\n\n".join(project.words(locale)["archive_readme"] for locale in project.names)


def made_from(project: Project) -> States:
    """The files that the zip is made from, and how they are."""
    words = (project.folder(locale) / "words.yml" for locale in project.names)
    paths = (*files(project).values(), project.root / "requirements-dev.txt", *words)
    return {str(path): state(path) for path in paths}


def make(project: Project, more: Mapping[str, bytes] | None = None) -> bytes:
    """The zip, with more files in its folder if there are.

    Raises OSError, or ValueError for people, when something that it should hold is missing.
    """
    content = {name: path.read_bytes() for name, path in files(project).items()} | dict(more or {})
    requirements = (project.root / "requirements-dev.txt").read_text(encoding="utf-8")
    content["requirements.txt"] = pinned(needed(programs(project)), requirements).encode("utf-8")
    content["README.txt"] = readme(project).encode("utf-8")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in sorted(content):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}")  # of 1980, the first year that a zip knows
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # as Unix writes it, whatever the system
            archive.writestr(entry, content[name])
    return packed.getvalue()


def linked(html: str, programs: set[str], root: str) -> str:
    """A page whose listings lead to their whole programs; `root` is where these are.

    The title of a listing is the link; where it unfolds the listing, the link comes with what is unfolded.
    """

    def title(match: re.Match[str]) -> str:
        before, name, after = match.groups()
        if name not in programs:
            return match[0]
        if after == "</summary>":
            return f'{before}{name}{after}<a href="{root}{name}" aria-label="{name}">↓</a>'
        return f'{before}<a href="{root}{name}">{name}</a>{after}'

    return TITLE.sub(title, html)
