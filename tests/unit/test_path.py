"""The path of the first page: its pictures, its list and its times are those of the lessons."""

import re

import pytest
import yaml
from figures import path
from pages import LANGUAGES, PROJECT, ROOT, source

HERE = re.compile(r"^1\. \[[^\]]+\]\(([\w-]+)\.md\): .* \*(.+)\.\*$", re.M)
NEEDS = re.compile(r"^(.*)\n\{\.needs\}$", re.M)


def lessons():
    """The lessons, in the order of the navigation."""
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    rest = yaml.safe_load(re.search(r"^  not_lessons: (.*)$", config, re.M)[1])
    return [page for page in PROJECT.pages if page not in rest]


def test_each_lesson_has_its_picture():
    assert [name.replace("_", "-") for name in path.LESSONS] == lessons()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_has_the_lessons_with_their_times(language):
    listed = HERE.findall(source(language, "index").source)
    assert [page for page, _ in listed] == lessons()
    for page, time in listed:
        needs = NEEDS.search(source(language, page).source)[1]
        assert needs.startswith((f"{time}.", f"{time},")), f"{language}/index.md: {page} takes “{needs[:30]}…”"
