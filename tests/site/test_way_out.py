"""The way out: what tests/way_out.py counts, and that the note on it names what mkdocs.yml has."""

import re

import pytest
import way_out
from course.project import read_yaml
from pages import ROOT

NOTE = (ROOT / "docs/overrides/README.md").read_text(encoding="utf-8").partition("\n## A way out\n")[2]
BLOCK = '<div class="language-python highlight"><pre><code>{}</code></pre></div>'
OUTPUT = '<div class="language-text highlight"><pre><code>{}</code></pre></div>'
OURS = f"""<article>
<h1 id="top">Title<a class="headerlink" href="#top">¶</a></h1>
<p><math><mi>x</mi></math> <math><mi>y</mi></math> <math><mi>y</mi></math></p>
{BLOCK.format("print(1)")}{OUTPUT.format("1")}
<details class="listing">{BLOCK.format("print(2)")}</details>{OUTPUT.format("2")}
{BLOCK.format("z = 3")}
<figure><svg><text>a</text></svg></figure>
<table><tr><td>1</td></tr></table>
<a href="page/">page</a> <a href="page/#part">part</a> <a href="#top">up</a> <a href="https://example.org">there</a>
<a href="nowhere/">dead</a>
<div class="footnote"><ol><li id="fn:1">A note.</li></ol></div>
</article>"""
# Lost: one of two equal formulas, an output, the figure; changed: the other output; dead: the link to the part.
THEIRS = (
    OURS.replace("<math><mi>y</mi></math></p>", "$y$</p>")
    .replace(OUTPUT.format("1"), "")
    .replace(OUTPUT.format("2"), OUTPUT.format("Traceback"))
    .replace("<figure><svg><text>a</text></svg></figure>", "")
)
PAGE = '<article><h1 id="page">Page</h1>{}</article>'
PART = '<h2 id="part">Part</h2>'


def write(folder, pages):
    for page, html in pages.items():
        (folder / page).mkdir(parents=True)
        (folder / page / "index.html").write_text(html, encoding="utf-8")
    return folder


def test_what_is_the_same_is_counted_by_language(tmp_path):
    ours = write(tmp_path / "ours", {"": OURS, "page": PAGE.format(PART), "en": OURS, "en/page": PAGE.format(PART)})
    theirs = write(tmp_path / "theirs", {"": THEIRS, "page": PAGE.format(""), "en/page": PAGE.format(PART)})
    counted = way_out.compare(ours, theirs, ["it", "en"])
    assert counted["it"] == {
        "pages": (2, 2),
        "programs, their lines": (3, 3),
        "programs with their output": (0, 2),
        "formulas": (2, 3),
        "figures": (0, 1),
        "tables": (1, 1),
        "notes": (1, 1),
        "links": (3, 4),
    }
    assert counted["en"]["pages"] == (1, 2) and counted["en"]["formulas"] == (0, 3)
    table = way_out.report(counted)
    assert re.search(r"^formulas +2 of +3 +0 of +3$", table, re.M), table


def test_a_site_is_the_same_as_itself(tmp_path):
    ours = write(tmp_path / "ours", {"": OURS, "page": PAGE.format(PART)})
    counted = way_out.compare(ours, ours, ["it"])["it"]
    assert all(same == of > 0 for same, of in counted.values()), counted


def test_note_names_each_hook_and_plugin(tmp_path):
    config = read_yaml(ROOT / "mkdocs.yml")
    here = {hook.rpartition("/")[2] for hook in config["hooks"]} | {name for one in config["plugins"] for name in one}
    named = re.findall(r"^\| `([^`]+)` \|", NOTE, re.M)
    assert sorted(named) == sorted(here)


def test_without_zensical_it_says_what_to_install(tmp_path, monkeypatch, capsys):
    def missing(name):
        raise way_out.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(way_out.metadata, "version", missing)
    assert way_out.main([str(tmp_path)]) == 1
    assert "pip install zensical" in capsys.readouterr().out


def test_every_page_comes_out_of_zensical(request, capsys):
    pytest.importorskip("zensical", reason="zensical is not installed: see tests/way_out.py")
    code = way_out.main([str(request.getfixturevalue("built")[0])])
    said = capsys.readouterr().out
    assert code == 0, said
    pages = re.findall(r"^pages +(\d+) of +(\d+) +(\d+) of +(\d+)$", said, re.M)
    assert len(pages) == 2 and all(one == of and other == of2 for one, of, other, of2 in pages), said
