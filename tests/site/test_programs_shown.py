"""Every program runs for a reader who has unpacked the zip, and a page shows just what it prints, in every language."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import mkdocs
from course import archive
from pages import LANGUAGES, PAGES, PROGRAMS, PROJECT, ROOT, SNIPPETS, html, section, sections, sections_shown, shown

NEEDED = ("numpy", "safetensors", "tqdm")
RUN = tuple(
    name for name in PROGRAMS if name not in ("train_transformer.py", "scaling.py", "train_modern.py")
)  # these take minutes


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
        timeout=300,
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


@pytest.mark.parametrize("program", RUN)
def test_page_shows_what_the_program_prints(program, site, runs):
    printed = runs[program].stdout
    for language in LANGUAGES:
        on_pages = {}
        for page in PAGES:
            visible = [block for block in sections_shown(language, page) if "source" in block.options]
            for block, (code, output) in zip(visible, shown(site, language, page), strict=True):
                file, name = block.program
                if file == program:
                    where = f"{language}/{page}.md, {block.name}"
                    assert code.strip("\n") == section(program, name).strip("\n"), where
                    assert on_pages.setdefault(name, output) == output, where
        assert "".join(on_pages.get(name, "") for name in sections(program)) == printed, (language, program)


# Tools with a command line, a reader that checks all it reads, a whole Transformer and its backpropagation.
LONGER = {"count_parameters.py": 595, "train_transformer.py": 195, "transformer.py": 220}
LONGER |= {"safe_file.py": 145, "transformer_gradients.py": 180, "remember.py": 125, "train_on.py": 140}
LONGER |= {
    "open_models.py": 130,
    "precision.py": 125,
    "modern_parts.py": 125,
}  # many short sections, one after another


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_stranger_can_read_it(program):
    text = (SNIPPETS / program).read_text(encoding="utf-8")
    assert text.startswith('"""'), f"{program} begins with a docstring"
    assert len(text.splitlines()) <= LONGER.get(program, 115), f"{program} is too long for a lesson"
    assert not re.search(r"^\s*(?:import|from) figures\b", text, re.M), f"{program} must run without figures/"


def test_the_next_build_runs_only_what_changed(project):
    (project / "snippets" / "data.txt").write_text("one", encoding="utf-8")
    (project / "snippets" / "program.py").write_text(
        "import time\nfrom pathlib import Path\nimport helper\n\n# --8<-- [start:answer]\n"
        "print(Path(__file__).with_name('data.txt').read_text(), helper.number, time.time_ns())\n"
        "# --8<-- [end:answer]\n",
        encoding="utf-8",
    )
    front = "---\ndescription: A page.\n---\n\n"

    def build():
        done = mkdocs("build", folder=project)
        assert done.returncode == 0, done.stdout
        texts = [
            re.search(r"(one|two) (\d+) (\d+)", (project / "site" / path).read_text(encoding="utf-8")).groups()
            for path in ("page/index.html", "en/page/index.html")
        ]
        assert texts[0] == texts[1], "one run serves both languages"
        return texts[0]

    first = build()
    assert build() == first
    (project / "docs" / "it" / "index.md").write_text(front + "# Altro {#home}\n", encoding="utf-8")
    (project / "docs" / "en" / "index.md").write_text(front + "# Other {#home}\n", encoding="utf-8")
    assert build() == first
    (project / "snippets" / "data.txt").write_text("two", encoding="utf-8")
    second = build()
    assert second[0] == "two" and second[2] > first[2]
    (project / "snippets" / "helper.py").write_text("number = 43\n", encoding="utf-8")
    third = build()
    assert third[1] == "43" and third[2] > second[2]
    for note in (project / ".cache" / "programs").iterdir():
        note.write_text(note.read_text(encoding="utf-8")[:40], encoding="utf-8")
    assert build()[2] > third[2], "a broken note is not trusted"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_family_has_its_row(site, language):
    rows = html(site, language, "open-models").select_one("#families ~ div table").select("tbody tr")
    families = [row.th.get_text() for row in rows]
    assert families == ["Llama 3", "GPT-NeoX", "BLOOM", "T5", "Mistral", "DeepSeek", "Qwen", "Gemma", "Phi"]
    mark = "," if language == "it" else "."
    assert all(mark in row.select("td")[1].get_text() for row in rows)
