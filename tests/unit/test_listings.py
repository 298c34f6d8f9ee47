"""A page stays readable: a long listing is folded away, and what it printed stays in sight."""

import pytest
from bs4 import BeautifulSoup
from course.listings import listing
from pages import LANGUAGES, PAGES, section, sections_shown

LONG = 25  # lines: about a screen of a phone


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_listing_is_folded(language, page):
    shown = [block for block in sections_shown(language, page) if block.options.get("source") == "above"]
    long = [block.name for block in shown if section(*block.program).count("\n") >= LONG]
    assert not long, f'docs/{language}/{page}.md: write source="folded" in the blocks {", ".join(long)}'


CODE = """<div class="language-python highlight"><span class="filename">a.py</span><pre><span></span><code>\
<span class="k">if</span> 1 &lt; 2:

        <span class="n">x</span> = <span class="s2">"a</span>
<span class="s2">    b"</span>
</code></pre></div>"""
PRINTED = '\n<div class="language-text highlight"><pre><span></span><code>True\n</code></pre></div>'


def test_each_line_says_how_far_it_is_set_in_and_nothing_else_changes():
    html = listing(CODE + PRINTED, "a.py", key="1 < 2")
    lines = BeautifulSoup(html, "html.parser").select("code > span")
    assert [line["class"] for line in lines] == [["i0", "key"], ["i0"], ["i2"], ["i1"]]
    assert [line.get_text() for line in lines] == ["if 1 < 2:\n", "\n", '        x = "a\n', '    b"\n']
    assert BeautifulSoup(html, "html.parser").get_text() == BeautifulSoup(CODE + PRINTED, "html.parser").get_text()
    assert html.endswith(PRINTED) and " key" not in listing(CODE, "a.py")


def test_folding_keeps_what_was_printed_in_sight():
    plain = listing(CODE + PRINTED, "a.py")
    bare = plain.removesuffix(PRINTED).replace('<span class="filename">a.py</span>', "")
    assert listing(CODE + PRINTED, "a.py", fold=True) == (
        f'<details class="listing"><summary>a.py</summary>{bare}</details>{PRINTED}'
    )
