"""What a build knows of all pages together."""

import pytest
from conftest import small_project
from course.build import Build
from course.programs import Limits

FIGURE = '\n```figure exec="on" id="{}" program="program.py:draw"\nalt: A line.\ncaption: A line.\n```\n'


@pytest.mark.parametrize(("other", "said"), [("page-line", True), ("index-line", False)])
def test_two_figures_do_not_share_their_words(tmp_path, other, said):
    project = small_project(tmp_path)
    for name, block in (("page", "page-line"), ("index", other)):
        file = project / "docs" / "it" / f"{name}.md"
        file.write_text(file.read_text(encoding="utf-8") + FIGURE.format(block), encoding="utf-8")
    build = Build(project, Limits())
    pages = [page for page in build.pages() if page.locale == "it"]
    found = [problem for page in pages for problem in build.problems(page) if "same id" in problem.message]
    assert len(found) == 2 * said and all(f"block {other}" in problem.message for problem in found), found
