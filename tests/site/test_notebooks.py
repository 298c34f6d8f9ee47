"""The notebooks: valid, whole, and run beside the unpacked programs: they print what the build printed."""

import base64
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

import pytest
from conftest import ROOT, SITE_URL
from course import archive, notebook
from course.build import Build
from course.programs import Limits
from pages import LANGUAGES, PROJECT, html, sections_shown, source
from pages import section as text_of

# What Jupyter's kernel does, without Jupyter: the cells one after the other in one __main__, its own words in sys.argv.
RUN = """
import contextlib, io, json, sys, types
sys.path.insert(0, "")
sys.argv = ["ipykernel_launcher.py", "-f", "kernel.json"]
main = sys.modules["__main__"] = types.ModuleType("__main__", "IPython's own.")
printed = []
for source in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(source, f"cell {len(printed)}", "exec"), main.__dict__)
    printed.append(out.getvalue())
print(json.dumps(printed))
"""
LANGUAGE = LANGUAGES[-1]


@pytest.fixture(scope="module")
def made(site):
    """{language: {file: notebook}}, made from what the build remembers."""
    build = Build(ROOT, Limits(seconds=90))
    build.begin()
    found = {one: notebook.make(build, one, SITE_URL) for one in LANGUAGES}
    build.programs.stop()
    return {one: {name: json.loads(data) for name, data in files.items()} for one, files in found.items()}


def name_of(file):
    """The page of a notebook."""
    return re.fullmatch(r"\d\d-([\w-]+)\.ipynb", file)[1]


def code_of(cells):
    return [cell for cell in cells["cells"] if cell["cell_type"] == "code"]


def printed(cell):
    return "".join(line for output in cell["outputs"] for line in output["text"])


def test_every_page_with_a_program_has_one(made):
    pages = [page for page in PROJECT.pages if sections_shown(LANGUAGE, page)]
    for files in made.values():
        assert [name_of(file) for file in files] == pages and sorted(files) == list(files)


def test_they_are_what_the_format_asks(made):
    """The schema of nbformat 4.5, for the kinds of cells that are here."""
    for language, files in made.items():
        for file, one in files.items():
            assert one.keys() == {"cells", "metadata", "nbformat", "nbformat_minor"}, file
            assert (one["nbformat"], one["nbformat_minor"]) == (4, 5)
            assert one["metadata"]["kernelspec"].keys() == {"display_name", "language", "name"}
            assert one["metadata"]["language_info"] == {"name": "python"} and one["metadata"]["lang"] == language
            ids = [cell["id"] for cell in one["cells"]]
            assert len(set(ids)) == len(ids) and all(re.fullmatch(r"[\w-]{1,64}", mark, re.A) for mark in ids), file
            for cell in one["cells"]:
                more = {"execution_count", "outputs"} if cell["cell_type"] == "code" else set()
                assert cell.keys() == {"cell_type", "id", "metadata", "source"} | more
                assert all(isinstance(line, str) for line in cell["source"]) and cell["source"]
                for output in cell.get("outputs", ()):
                    assert output.keys() == {"name", "output_type", "text"} and output["output_type"] == "stream"


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_show_what_the_page_shows(made, site, language):
    for file, one in made[language].items():
        page = name_of(file)
        cells = {cell["id"]: cell for cell in one["cells"]}
        text = "\n".join("".join(cell["source"]) for cell in one["cells"] if cell["cell_type"] == "markdown")
        for block in sections_shown(language, page):
            shown = text_of(*block.program).strip("\n")
            cell = cells.get(block.options["id"])
            assert shown == "".join(cell["source"]) if cell else shown in text, block.options["id"]
        doc = html(site, language, page)
        figures, tables = doc.select("article figure.drawing svg[role=img]"), doc.select("article table.table")
        pictures = re.findall(r'<img src="data:image/svg\+xml;base64,([^"]+)" alt="[^"]+', text)
        assert (len(pictures), text.count("<table>")) == (len(figures), len(tables)), file
        for picture in pictures:
            drawn = base64.b64decode(picture).decode()
            assert ElementTree.fromstring(drawn).get("width") and "var(" not in drawn and " href=" not in drawn
        for formula in source(language, page).formulas:
            assert formula.latex in text or " ".join(formula.latex.split()) in text, formula.latex
        assert not re.search(r"\{[#.][\w-]|\]\((?!https?:|mailto:)|\[\^|^(?:!!!|\?\?\?) |[\x02\x03]", text, re.M), file
        assert text.count("<details>") == len(re.findall("^</details>$", text, re.M))


def test_both_languages_run_the_same(made):
    runs = [[code_of(one) for one in files.values()] for files in made.values()]
    first, *others = ([(cell["id"], printed(cell)) for cells in run for cell in cells] for run in runs)
    assert len(first) > 350 and all(other == first for other in others)


def test_links_lead_to_what_is_there(made, site):
    for files in made.values():
        text = json.dumps(files)
        for address in set(re.findall(re.escape(SITE_URL) + r"([^)\s\"#\\]*)", text)):
            place = site / address
            assert place.is_file() or (place / "index.html").is_file(), address


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The unpacked programs, with the training that the build remembers."""
    where = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(io.BytesIO(archive.make(PROJECT))) as packed:
        packed.extractall(where)
    shutil.copytree(ROOT / ".cache" / "remember", where / archive.FOLDER / ".cache" / "remember")
    return where / archive.FOLDER


def run(folder, one):
    """What the code cells of a notebook print, in a process of its own."""
    sources = json.dumps(["".join(cell["source"]) for cell in code_of(one)])
    done = subprocess.run(
        [sys.executable, "-B", "-c", RUN],
        input=sources,
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"},  # as the build runs them
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_they_print_what_the_build_printed(made, folder):
    files = made[LANGUAGE]
    there = {path.name for path in folder.iterdir()}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        ran = pool.map(lambda one: run(folder, one), files.values())
        for (file, one), outputs in zip(files.items(), ran, strict=True):
            for cell, output in zip(code_of(one), outputs, strict=True):
                assert output == printed(cell), f"{file}, {cell['id']}"
    assert {path.name for path in folder.iterdir()} == there, "they leave nothing"
