"""Every program runs alone, and a page shows just what it prints, in every language."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import environment, mkdocs
from pages import LANGUAGES, PAGES, PROGRAMS, SNIPPETS, html, section, sections, sections_shown, shown


def run(program, folder):
    """What a program prints when a stranger runs it from another folder, warnings being errors."""
    done = subprocess.run(
        [sys.executable, "-W", "error", str(SNIPPETS / program)],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


RUN = tuple(name for name in PROGRAMS if name != "train_transformer.py")  # that one takes minutes


WAITING = {"train_on.py"}  # run, and on no page yet


@pytest.fixture(scope="module")
def runs(site, tmp_path_factory):
    """All the programs, run side by side: {program: what it will print}. After the build, which trains the models."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with ThreadPoolExecutor() as pool:
        yield {program: pool.submit(run, program, folder) for program in RUN}


@pytest.mark.parametrize("program", RUN)
def test_page_shows_what_the_program_prints(program, site, runs):
    printed = runs[program].result()
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
        if program in WAITING:
            assert printed and not on_pages, f"{program} is on a page: take it out of WAITING"
            continue
        assert "".join(on_pages.get(name, "") for name in sections(program)) == printed, (language, program)


# Tools with a command line, a reader that checks all it reads, a whole Transformer and its backpropagation.
LONGER = {"count_parameters.py": 595, "train_transformer.py": 195, "transformer.py": 220}
LONGER |= {"safe_file.py": 140, "transformer_gradients.py": 170, "remember.py": 125, "train_on.py": 140}


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
    assert families == ["LLaMA 3", "GPT-NeoX", "BLOOM", "T5", "Mistral", "DeepSeek", "Qwen", "Gemma", "Phi"]
    mark = "," if language == "it" else "."
    assert all(mark in row.select("td")[1].get_text() for row in rows)
