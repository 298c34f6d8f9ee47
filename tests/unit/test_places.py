"""Where the programs look for files: in the project, in a folder of one's own; a missing one is named."""

import shutil
import subprocess
import sys

import places
import pytest
from conftest import environment
from pages import DOCS, ROOT, SNIPPETS


@pytest.fixture
def own(tmp_path):
    """A folder of one's own with the program that finds files."""
    shutil.copy(SNIPPETS / "places.py", tmp_path)
    return tmp_path


def told(folder, what):
    """What the program in a folder says, asked from elsewhere; or the last line of its complaint."""
    code = f"import sys; sys.path.insert(0, {str(folder)!r}); import places; print({what})"
    done = subprocess.run([sys.executable, "-c", code], env=environment(), cwd=ROOT, capture_output=True, text=True)
    return (done.stdout or done.stderr).splitlines()[-1]


def test_in_the_project():
    assert places.data_file("towns.json") == SNIPPETS / "data" / "towns.json"
    name = "towns-transformer.safetensors"
    assert places.data_file(name) == DOCS / "assets" / "models" / name
    assert places.CACHE == ROOT / ".cache"


def test_in_a_folder_of_one_s_own(own):
    (own / "weights.bin").touch()
    assert told(own, "places.data_file('weights.bin')") == str(own / "weights.bin")
    (own / "data").mkdir()
    (own / "data" / "weights.bin").touch()
    assert told(own, "places.data_file('weights.bin')") == str(own / "data" / "weights.bin")
    assert told(own, "places.CACHE") == str(own / ".cache")


def test_a_missing_file_is_named_with_where_to_get_it(own):
    said = told(own, "places.data_file('gone.txt')")
    assert said.startswith("FileNotFoundError: gone.txt is not in ") and str(own / "data") in said
    assert "llm-e-pesi.zip" in said


@pytest.mark.parametrize("name", sorted(path.name for path in SNIPPETS.glob("*.py") if path.name != "places.py"))
def test_no_program_decides_for_itself(name):
    text = (SNIPPETS / name).read_text(encoding="utf-8")
    assert '/ "data"' not in text and '"assets"' not in text, "ask places.data_file"
