"""What a reader downloads works: every page leads to the zip, what is in it runs alone, and leaves nothing elsewhere."""

import os
import shutil
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urljoin

import pytest
from conftest import SITE_URL
from course import archive
from pages import LANGUAGES, PAGES, PROGRAMS, PROJECT, ROOT, SNIPPETS, SOURCE, html, sections_shown

NEEDED = ("numpy", "safetensors", "tqdm")
RUN = tuple(name for name in PROGRAMS if name != "train_transformer.py")  # that one takes minutes


@pytest.fixture(scope="module")
def unpacked(site, tmp_path_factory):
    """The folder of a reader who has unpacked the zip, in a home with nothing else; beside it, what it needs."""
    place = tmp_path_factory.mktemp("reader")
    for name in ("home", "temporary", "elsewhere", "needed"):
        (place / name).mkdir()
    for name in NEEDED:
        for package in Path(find_spec(name).origin).parents[1].glob(f"{name}*"):  # numpy, numpy.libs, its metadata
            (place / "needed" / package.name).symlink_to(package)
    with zipfile.ZipFile(site / archive.ADDRESS) as file:
        file.extractall(place / "home")
    if (ROOT / ".cache" / "remember").is_dir():  # what the build has trained: it takes half a minute
        shutil.copytree(ROOT / ".cache" / "remember", place / "home" / archive.FOLDER / ".cache" / "remember")
    return place


def run(place, program):
    """What a program of the zip prints when it is run from elsewhere, with what it needs and no more."""
    code = "import runpy, sys; sys.path[:0] = sys.argv[2:]; del sys.argv[2:]; sys.argv.pop(0)\n"
    code += "runpy.run_path(sys.argv[0], run_name='__main__')"
    file = place / "home" / archive.FOLDER / program
    env = {"HOME": str(place / "home"), "TMPDIR": str(place / "temporary"), "PATH": os.environ["PATH"]}
    return subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-W", "error", "-c", code, file, file.parent, place / "needed"],
        cwd=place / "elsewhere",
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


@pytest.fixture(scope="module")
def runs(unpacked):
    """All the programs, side by side: {program: what it did}."""
    with ThreadPoolExecutor() as pool:
        return dict(zip(RUN, pool.map(lambda name: run(unpacked, name), RUN), strict=True))


@pytest.mark.parametrize("program", RUN)
def test_a_program_of_the_zip_runs(program, runs):
    assert runs[program].returncode == 0, runs[program].stderr


def test_nothing_is_left_outside_the_folder(runs, unpacked):
    left = [path.name for place in ("home", "temporary", "elsewhere") for path in (unpacked / place).iterdir()]
    assert left == [archive.FOLDER]
    folder = unpacked / "home" / archive.FOLDER
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    new = files - {*archive.files(PROJECT), "README.txt", "requirements.txt"}
    assert {name.partition("/")[0] for name in new} <= {".cache"}


def test_a_program_alone_says_what_it_misses(unpacked, tmp_path):
    place = tmp_path
    for name in ("home", "temporary", "elsewhere"):
        (place / name).mkdir()
    (place / "needed").symlink_to(unpacked / "needed")
    folder = place / "home" / archive.FOLDER
    folder.mkdir()
    for name in ("open_models.py", "count_parameters.py", "places.py"):
        (folder / name).write_bytes((SNIPPETS / name).read_bytes())
    done = run(place, "open_models.py")
    last = done.stderr.splitlines()[-1]
    assert done.returncode and "open_models.json is not in " in last and f"{archive.FOLDER}.zip" in last


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_leads_to_the_zip(site, language, page):
    last = html(site, language, page).select("article .downloads a")[-1]
    own = ("" if language == SOURCE else f"{language}/") + ("" if page == "index" else f"{page}/")
    address = urljoin(SITE_URL + own, last["href"]).removeprefix(SITE_URL)
    assert address == archive.ADDRESS and zipfile.is_zipfile(site / address)
    assert last.get_text() == PROJECT.words(language)["archive_link"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_listing_leads_to_its_program(site, language, page):
    doc = html(site, language, page)
    titles = doc.select("article .language-python .filename, article details.listing > summary")
    shown = [block.program[0] for block in sections_shown(language, page) if "source" in block.options]
    found = []
    for title in titles:
        if link := title.find("a"):
            own = ("" if language == SOURCE else f"{language}/") + ("" if page == "index" else f"{page}/")
            address = urljoin(SITE_URL + own, link["href"]).removeprefix(SITE_URL)
            name = address.removeprefix("snippets/")
            assert name in (link.get_text(), link.get("aria-label"))
            assert (site / address).read_bytes() == (SNIPPETS / name).read_bytes()
            found.append(name)
    assert found == shown
