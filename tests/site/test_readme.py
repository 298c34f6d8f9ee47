"""What the README tells a newcomer to write works: a program, its page, a figure."""

import re

from conftest import mkdocs
from pages import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_program_page_and_figure_of_the_readme_work(project):
    program, figure = re.findall(r'```python title="(snippets/[\w/]+\.py)"\n(.*?)```', README, re.S)
    page, block = re.findall(r"````markdown[^\n]*\n(.*?)````", README, re.S)
    name = re.search(r'title="docs/it/(\w+\.md)"', README)[1]
    (project / "snippets" / "figures").mkdir()
    draw = (ROOT / "snippets/figures/draw.py").read_text(encoding="utf-8")
    for file, text in (program, figure, ("snippets/figures/draw.py", draw)):
        (project / file).write_text(text, encoding="utf-8")
    for language in ("it", "en"):
        (project / "docs" / language / name).write_text(f"{page}\n{block}", encoding="utf-8")
    config = project / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("page.md]", f"page.md, {name}]"), encoding="utf-8")
    done = mkdocs("build", folder=project)
    assert done.returncode == 0, done.stdout
    shown = (project / "site" / "double" / "index.html").read_text(encoding="utf-8")
    assert "twice 21 is 42" in shown and "<em>42</em>" in shown
