"""A page stays readable: a long listing is folded away, and what it printed stays in sight."""

import pytest
from course.programs import folded
from pages import LANGUAGES, PAGES, section, sections_shown

LONG = 25  # lines: about a screen of a phone


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_listing_is_folded(language, page):
    shown = [block for block in sections_shown(language, page) if block.options.get("source") == "above"]
    long = [block.name for block in shown if section(*block.program).count("\n") >= LONG]
    assert not long, f'docs/{language}/{page}.md: write source="folded" in the blocks {", ".join(long)}'


def test_folding_keeps_what_was_printed_in_sight():
    code = '<div class="language-python highlight"><span class="filename">a.py</span><pre>1 &lt; 2</pre></div>'
    printed = '\n<div class="language-text highlight"><pre>True</pre></div>'
    bare = code.replace('<span class="filename">a.py</span>', "")
    assert folded(code + printed, "a.py") == (
        f'<details class="listing"><summary>a.py</summary>{bare}</details>{printed}'
    )
