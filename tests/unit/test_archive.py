"""The zip of the programs: what it holds, the same bytes each time, requirements taken from those that are pinned."""

import io
import os
import re
import time
import zipfile

import pytest
from conftest import small_project
from course import archive
from course.build import Build
from course.programs import Limits
from course.project import open_project
from pages import LOCALES, PROGRAMS, PROJECT, ROOT


@pytest.fixture(scope="module")
def packed():
    return archive.make(PROJECT)


@pytest.fixture(scope="module")
def held(packed):
    """{name: bytes} of what the zip of the real project holds."""
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


@pytest.fixture
def small(tmp_path):
    return open_project(small_project(tmp_path))


def test_all_is_in_one_folder_in_order(held):
    assert list(held) == sorted(held) and all(name.startswith("llm-e-pesi/") for name in held)


def test_it_holds_programs_data_weights_and_words(held):
    names = {name.removeprefix("llm-e-pesi/") for name in held}
    assert set(PROGRAMS) | {"README.txt", "requirements.txt", "LICENSE"} <= names
    for folder in (ROOT / "snippets/data", ROOT / "docs/assets/models"):
        assert {f"data/{path.name}" for path in folder.glob("*.*") if path.suffix != ".py"} <= names
    assert not [name for name in names if re.search(r"figures|make_towns|\.cache|\.toml", name)]
    assert held["llm-e-pesi/neuron.py"] == (ROOT / "snippets/neuron.py").read_bytes()


def test_its_readme_speaks_every_language(held):
    text = held["llm-e-pesi/README.txt"].decode("utf-8")
    assert [text.find(PROJECT.words(locale)["archive_readme"]) >= 0 for locale in LOCALES] == [True] * len(LOCALES)
    programs = set(re.findall(r"\b\w+\.py\b", text))
    assert programs and programs <= set(PROGRAMS)
    assert all(len(line) < 120 for line in text.splitlines())


def test_the_same_bytes_whenever_and_whoever(small):
    first = archive.make(small)
    old = os.umask(0o077)
    try:
        for path in archive.files(small).values():
            path.chmod(0o600)
            os.utime(path, (1e9, 1e9))
        assert archive.make(small) == first
    finally:
        os.umask(old)


def test_a_change_in_any_file_shows(small):
    first = archive.make(small)
    seen = archive.made_from(small)
    for path in (small.snippets / "helper.py", small.root / "LICENSE", small.folder("en") / "words.yml"):
        path.write_text(path.read_text(encoding="utf-8").replace("e", "E", 1), encoding="utf-8")
        assert archive.made_from(small) != seen, path
        seen = archive.made_from(small)
    (small.snippets / "data").mkdir()
    (small.snippets / "data" / "more.txt").touch()
    assert archive.made_from(small) != seen and archive.make(small) != first


def test_it_is_made_in_no_time_and_only_when_something_changed(small, monkeypatch):
    build, made = Build(small.root, Limits()), []
    real = archive.make
    monkeypatch.setattr(archive, "make", lambda project: made.append(1) or real(project))
    file = build.archive()
    assert build.archive() == file and made == [1]
    (small.snippets / "helper.py").write_text("number = 5\n", encoding="utf-8")
    build.archive()
    file.unlink()
    assert build.archive().read_bytes() == real(small) and made == [1, 1, 1]
    assert not list(file.parent.glob("programs.*[0-9]")), "nothing half written is left"
    began = time.perf_counter()
    real(PROJECT)
    assert time.perf_counter() - began < 1, "it takes a hundredth of this"


def test_requirements_are_those_that_are_pinned(held):
    lines = held["llm-e-pesi/requirements.txt"].decode("utf-8").splitlines()
    names = [line.partition("==")[0] for line in lines if "==" in line]
    assert names == ["colorama", "numpy", "safetensors", "tqdm"], "colorama: tqdm needs it on Windows"
    pinned = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8").splitlines()
    assert set(lines) <= set(pinned) and not [line for line in lines if "#" in line]
    blocks = re.findall(r"^\S.*(?:\n .*)*", "\n".join(lines), re.M)
    assert all("--hash=sha256:" in block for block in blocks)


TEXT = """
a==1 ; sys_platform == 'win32' \\
    --hash=sha256:00
    # via project (pyproject.toml)
b-b==2 \\
    --hash=sha256:11 \\
    --hash=sha256:12
    # via
    #   a
    #   c
c==3 \\
    --hash=sha256:22
    # via b-b
d==4 \\
    --hash=sha256:33
    # via d-else
"""


@pytest.mark.parametrize(
    ("packages", "names"), [(set(), []), ({"a"}, ["a", "b-b", "c"]), ({"c"}, ["b-b", "c"]), ({"d"}, ["d"])]
)
def test_requirements_of_requirements(packages, names):
    found = archive.pinned(packages, TEXT)
    assert re.findall(r"^([\w-]+)==", found, re.M) == names and "#" not in found


def test_a_program_that_needs_what_is_not_pinned_is_named(small):
    (small.snippets / "program.py").write_text("import json, torch.nn\nfrom helper import number\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"requirements-dev\.txt: torch: a program needs it"):
        archive.make(small)


def test_listings_lead_to_their_programs():
    span, fold = '<span class="filename">{}</span>', '<details class="listing"><summary>{}</summary>'
    html = span.format("a.py") + span.format("docs/a.py") + fold.format("b.py") + fold.format("c.py")
    assert archive.linked(html, {"a.py", "b.py"}, "../snippets/") == (
        span.format('<a href="../snippets/a.py">a.py</a>')
        + span.format("docs/a.py")
        + fold.format("b.py").replace("</summary>", '</summary><a href="../snippets/b.py" aria-label="b.py">↓</a>')
        + fold.format("c.py")
    )
