"""What only makes the build faster changes nothing: the same bytes without it, and after any edits while serving."""

import re
import shutil

import pytest
from conftest import BUILT, ROOT, SETTINGS, mkdocs, small_project
from course import archive
from pages import PROJECT, SOURCE
from serving import Server

RELOAD = re.compile(rb"<script>[^<]*livereload\([^<]*</script>")
POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')  # it would stop that script
FIGURE = (
    '\n```figure exec="on" id="page-bar" program="figures/page.py:bar"\nalt: A bar of {number}.\ncaption: So long.\n'
    "name: bar\n```\n"
)
DRAW = (
    "import helper\nfrom figures import draw\nfrom figures.draw import Label\n\n\ndef bar():\n"
    "    return draw.bars({'': {Label('name'): helper.number}}, numbers={'number': helper.number})\n"
)


def files(folder):
    """{name: bytes} of all the files of a site."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def no_policy(data):
    """A page as it is served: see hooks/policy.py. The lines that the template leaves go with it."""
    return re.sub(rb"\n\s+(?=\n)", b"", POLICY.sub(b"", data))


def differences(one, other):
    """The names of the files that are not the same."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


@pytest.mark.skipif(bool(BUILT), reason="the site was built elsewhere")
def test_the_same_site_without_what_makes_it_faster(site, slow):
    folder, process = slow
    said = process.communicate()[0]
    assert process.returncode == 0, said
    assert not differences(files(folder), files(site))


@pytest.fixture
def rich(tmp_path):
    """A small project with all that a build remembers: programs, a figure, formulas, a glossary."""
    project = small_project(tmp_path)
    (project / "snippets" / "figures").mkdir()
    shutil.copy(ROOT / "snippets" / "figures" / "draw.py", project / "snippets" / "figures")
    (project / "snippets" / "figures" / "page.py").write_text(DRAW, encoding="utf-8")
    for language in ("it", "en"):
        folder = project / "docs" / language
        with (folder / "page.md").open("a", encoding="utf-8") as page:
            page.write(f"\nA term, and $x_1 + 1$.\n{FIGURE}")
        entry = "term {#term}\n:   What it means. [](page.md#part)\n"
        glossary = f"---\ndescription: Terms.\n---\n\n# Glossary {{#glossary}}\n\n{entry}"
        (folder / "glossary.md").write_text(glossary, encoding="utf-8")
    config = project / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("page.md]", "page.md, glossary.md]"), encoding="utf-8")
    return project


def more_pages(project, there):
    """Add a page in both languages, or remove it."""
    for language in ("it", "en"):
        file = project / "docs" / language / "more.md"
        if there:
            file.write_text("---\ndescription: More.\n---\n\n# More {#more}\n", encoding="utf-8")
        else:
            file.unlink()


def test_the_site_served_after_many_edits_is_that_of_a_new_build(rich, tmp_path_factory):
    epoch = {"SOURCE_DATE_EPOCH": SETTINGS["SOURCE_DATE_EPOCH"]}
    lesson = PROJECT.words(SOURCE)["glossary_lesson"]
    with Server(rich, **epoch) as server:
        server.shows("answer 42")
        server.edit("docs/it/page.md", "A term", "Two terms, a term")
        server.shows("Two terms", pages=["page/"])
        server.edit("snippets/helper.py", "41", "6")
        server.shows("answer 7", "A bar of 6")
        server.edit("docs/it/glossary.md", "What it means", "What it stands for")
        server.shows("What it stands for", pages=["page/"])
        server.edit("docs/en/page.md", "So long", "As long as that")
        server.shows("As long as that", pages=["en/page/"])
        server.edit("docs/en/words.yml", "site_name: ", "site_name: Another ")
        server.shows("Another", pages=["en/page/"])
        server.edit("docs/it/words.yml", "permalink_title: ", "permalink_title: Un ")
        server.shows('title="Un ', pages=["page/"])
        server.edit("docs/it/page.md", "# Page it", "# Un'altra")
        server.shows(f'{lesson}: <a href="../page/#part">Un\'altra</a>', pages=["glossary/"])
        server.edit("docs/it/page.md", "Two terms, a term", "A term")
        server.no_longer_shows("Two terms", pages=["page/"])
        more_pages(rich, True)
        server.edit("mkdocs.yml", "glossary.md]", "glossary.md, more.md]")
        server.shows("More", pages=["more/", "en/more/"])
        more_pages(rich, False)
        server.edit("mkdocs.yml", "glossary.md, more.md]", "glossary.md]")
        server.no_longer_shows('href="../more/"', pages=["page/"])
        glossary = rich / "docs" / "en" / "glossary.md"
        good = glossary.read_bytes()
        glossary.write_bytes(good + "perché\n".encode("latin-1"))
        server.shows('class="mistakes"', "en/glossary.md, line 9 is not UTF-8")
        glossary.write_bytes(good)
        server.no_longer_shows('class="mistakes"')
        server.edit("snippets/program.py", "'answer'", "'the answer'")
        server.shows("the answer 7")
        server.edit("snippets/helper.py", "6", "41")
        server.shows("the answer 42", "A bar of 41")
        server.edit("docs/assets/css/site.css", "/* The look", "/* A look")
        server.wait("assets/css/site.css", lambda text: "A look" in text)
        before = server.read(archive.ADDRESS)
        server.edit("LICENSE", "MIT", "Another")
        server.wait("", lambda _: server.read(archive.ADDRESS) != before)

        fresh = tmp_path_factory.mktemp("fresh")
        shutil.copytree(rich, fresh, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".cache"))
        done = mkdocs("build", folder=fresh, SITE_URL=server.address, **epoch)
        assert done.returncode == 0, done.stdout
        cold, [folder] = {name: no_policy(data) for name, data in files(fresh / "site").items()}, server.folders
        assert {"index.html", "en/page/index.html", "404.html", "en/search/index.js"} <= cold.keys()
        assert not differences({name: no_policy(data) for name, data in files(folder).items()}, cold)
        # What is sent is what was written, but for the script that loads a page again.
        assert not differences({name: no_policy(RELOAD.sub(b"", server.read(name))) for name in cold}, cold)


# Another machine gives the names in a folder in another order, as some file systems do.
OTHER_ORDER = """import os
scandir, listdir = os.scandir, os.listdir


class Scan(list):
    close = __enter__ = __exit__ = lambda *_: None
    __next__ = lambda self: self.pop(0) if self else next(iter(()))
    __iter__ = lambda self: self


Scan.__enter__ = lambda self: self
os.listdir = lambda path=".": sorted(listdir(path), reverse=True)
os.scandir = lambda path=".": Scan(sorted(scandir(path), key=lambda one: one.name, reverse=True))
"""


def test_two_builds_are_twins(rich, tmp_path_factory):
    """In another folder, time zone, locale and order of files, and without what the first remembered."""
    other = tmp_path_factory.mktemp("other") / "in another place"
    shutil.copytree(rich, other, ignore=shutil.ignore_patterns(".cache"))
    orders = tmp_path_factory.mktemp("orders")
    (orders / "sitecustomize.py").write_text(OTHER_ORDER, encoding="utf-8")
    elsewhere = {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "C",
        "PYTHONPATH": str(orders),
        "PYTHONHASHSEED": "7",
    }
    for folder, more in ((rich, {"TZ": "UTC", "PYTHONHASHSEED": "1"}), (other, elsewhere)):
        done = mkdocs("build", folder=folder, **SETTINGS, **more)
        assert done.returncode == 0, done.stdout
    assert not differences(files(rich / "site"), files(other / "site"))
