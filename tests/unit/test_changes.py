"""What the exercises say to change in a program gives what they say comes out.

An exercise shows the change as a `diff` with the program's name as its title, and in its solution, as a `console`, the
command and lines of what it prints.
"""

import re
import shutil
import subprocess
import sys

import pytest
from conftest import environment
from pages import DOCS, PAGES, ROOT, SNIPPETS, SOURCE, source


def changes(page):
    """[(lines of the diff's block, of the console's)] of a page, each diff with the first console after it."""
    found = []
    for block in source(SOURCE, page).blocks:
        if block.language == "diff":
            found.append((block, None))
        elif block.language == "console" and found and found[-1][1] is None:
            found[-1] = found[-1][0], block
    return found


CHANGES = [
    pytest.param(page, diff, console, id=f"{page}, line {diff.line}")
    for page in PAGES
    for diff, console in changes(page)
]


def changed(text, diff):
    """A program with its lines changed: each run of lines marked - gives way to the lines marked + after it."""
    for old, new in re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)*)", "\n".join(diff) + "\n", re.M):
        old, new = (re.sub(r"^[-+]", "", part, flags=re.M) for part in (old, new))
        assert text.count(old) == 1, f"the program has {text.count(old)} times:\n{old}"
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(("page", "diff", "console"), CHANGES)
def test_a_change_gives_what_the_page_says(page, diff, console, tmp_path):
    assert console, f"docs/{SOURCE}/{page}.md, line {diff.line}: no solution says what comes out"
    command, *lines = console.code
    program = command.removeprefix("$ python ")
    folder = shutil.copytree(SNIPPETS, tmp_path / "snippets", ignore=shutil.ignore_patterns("__pycache__", "figures"))
    shutil.copytree(DOCS / "assets" / "models", tmp_path / "docs" / "assets" / "models")
    if (ROOT / ".cache" / "remember").is_dir():  # what is trained already, where the change does not touch it
        shutil.copytree(ROOT / ".cache" / "remember", tmp_path / ".cache" / "remember")
    file = folder / diff.options["title"]
    file.write_text(changed(file.read_text(encoding="utf-8"), diff.code), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, program], cwd=folder, env=environment(), capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    printed = iter(done.stdout.splitlines())
    for line in lines:  # in this order, other lines between them
        assert line in printed, (
            f"docs/{SOURCE}/{page}.md, line {console.line}: it does not print\n{line}\nbut\n{done.stdout}"
        )


@pytest.mark.parametrize("page", PAGES)
def test_whatever_a_page_says_comes_out_is_tried(page):
    consoles = [block.line for block in source(SOURCE, page).blocks if block.language == "console"]
    assert consoles == [console.line for _, console in changes(page) if console]


def test_there_are_changes_to_try():
    assert CHANGES
