"""The books: what is in the PDFs; and the command that makes what can be taken away, what it links and what it says."""

# ruff: noqa: F811 (fixtures are asked for by their name)

import functools
import hashlib
import importlib.util
import io
import re
import shutil
from datetime import UTC, datetime
from urllib.parse import urljoin

import pytest
from conftest import ROOT, SETTINGS, SITE_URL
from course import book, notebook
from pages import LANGUAGES, PAGES, PROJECT, html
from pypdf import PdfReader
from test_browser import HOW, browser  # noqa: F401

spec = importlib.util.spec_from_file_location("publish", ROOT / "docs" / "publish.py")
publish = importlib.util.module_from_spec(spec)
spec.loader.exec_module(publish)

EPOCH = int(SETTINGS["SOURCE_DATE_EPOCH"])
LANGUAGE = LANGUAGES[-1]
WORDS = PROJECT.words(LANGUAGE)


@pytest.fixture(scope="module")
def pdf(site, browser):
    """A book: that of the site, if it came with one."""
    there = site / publish.FOLDER / publish.NAME.format(LANGUAGE)
    return there.read_bytes() if there.is_file() else book.make(PROJECT, site, LANGUAGE, browser, EPOCH)


@pytest.fixture(scope="module")
def reader(pdf):
    return PdfReader(io.BytesIO(pdf))


@pytest.fixture(scope="module")
def text(reader):
    """The text of some sheets, from one to another, as it is written there; each is read once: it takes its time."""

    @functools.cache
    def read(sheet):
        return " ".join(reader.pages[sheet - 1].extract_text().split())

    return lambda first, last=None: " ".join(read(sheet) for sheet in range(first, (last or first) + 1))


@pytest.fixture(scope="module")
def outline(reader):
    """The entries of the outline: [(depth, title, sheet)]."""

    def entries(those, depth=0):
        for one in those:
            if isinstance(one, list):
                yield from entries(one, depth + 1)
            else:
                yield depth, one.title.strip(), reader.get_destination_page_number(one) + 1

    return list(entries(reader.outline))


def letters(text):
    """A text without what a line, a mark or a space may change in it."""
    return re.sub(r"\W+", "", text)


def test_it_says_what_it_is(reader):
    root, said = reader.trailer["/Root"], reader.metadata
    assert root["/Lang"] == LANGUAGE and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert said.title == WORDS["site_name"]
    assert said.creation_date == said.modification_date == datetime.fromtimestamp(EPOCH, UTC)


def test_outline_and_contents_lead_where_they_say(outline, text):
    assert len(outline) > 300
    chapters = [(title, sheet) for depth, title, sheet in outline if depth == 0]
    assert [title for title, _ in chapters[:2]] == [WORDS["book_contents"], WORDS["book_start"]]
    assert chapters[-1][0] == WORDS["printed_solutions"]
    first, last = chapters[0][1], chapters[1][1]
    for depth, title, sheet in outline:
        if depth == 0 or sheet < last + 6:
            assert letters(title) in letters(text(sheet)), f"{title} is not on sheet {sheet}"
    contents = letters(text(first, last - 1))  # a title, the number of its sheet
    for depth, title, sheet in outline[1:]:
        if depth < 2:
            assert f"{letters(title)}{sheet}" in contents, f"{title} is on sheet {sheet}"


def test_every_sheet_but_the_cover_has_its_number(outline, text):
    for sheet in sorted({sheet for depth, _, sheet in outline if depth == 0}):
        said = text(sheet)
        assert re.search(rf"(?:^|\D){sheet}(?:\D|$)", f"{said[:60]} {said[-60:]}"), sheet
    assert WORDS["site_name"] in text(1) and SITE_URL in text(1)


def test_solutions_are_at_the_end_and_exercises_say_where(pdf, text, site):
    sheets, count = book.sheets(pdf), 0
    for page in PAGES:
        for number, solution in enumerate(html(site, LANGUAGE, page).select("article details.tip"), 1):
            here, there = sheets[f"{page}--exercise-{number}"], sheets[f"{page}--solution-{number}"]
            assert here < sheets["solutions--solutions"] <= there
            count += 1
            if page not in ("llm", "letters"):
                continue
            assert WORDS["book_solution"].replace("{page}", str(there)) in text(here)
            for one in solution.find_all("p"):
                if not one.find("math"):
                    assert letters(one.get_text())[:40] in letters(text(there, there + 1)), f"{page}, {number}"
            for lost in solution.find_all(string=True, recursive=False):  # in no paragraph
                assert letters(lost)[:40] in letters(text(there, there + 1)), f"{page}, {number}: {lost}"
    assert count > 100


def test_the_text_is_in_reading_order(pdf, text, site):
    sheets = book.sheets(pdf)
    for page, following in zip(("llm", "letters"), ("weights", "tokens"), strict=True):
        first, last = (sheets[f"{one}--{one}"] for one in (page, following))
        whole, at = letters(text(first, last - 1)), 0
        article = html(site, LANGUAGE, page).article
        parts = article.select(":scope > :is(h2, h3, p:not(.stage, .downloads), .highlight pre)")
        plain = [part for part in parts if not part.find("math") and not part.select("a[href*='://']")]
        assert len(plain) > 25
        for part in plain:
            for link in part.select("a.headerlink"):
                link.extract()
            begins = letters(part.get_text())[:40]  # the rest may be on another sheet
            assert begins in whole[at:], f"{page}: not after what comes before it: {part.get_text()[:60]}"
            at = whole.index(begins, at) + len(begins)


def test_a_screen_reader_finds_its_structure(pdf, reader):
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    for tag in (b"H1", b"H2", b"H3", b"P", b"L", b"LI", b"TH", b"TD", b"Link", b"Code"):
        assert len(re.findall(rb"/S /%s\b" % tag, pdf)) > 15, tag
    figures = re.findall(rb"/S /Figure\b(.*?)endobj", pdf, re.S)
    assert len(figures) > 20 and all(b"/Alt" in figure for figure in figures)


def test_what_changes_each_time_is_taken_out():
    pdf = (
        b"/CreationDate (D:20261130130526+00'00')\n/ModDate (D:20261130130526+01'00')>>"
        b"/ID (node%08d)/ID (node%08d)/Limits [(node%08d) (node%08d)]"
    )
    one, other = (book.finished(pdf % (n, n + 7, n, n + 7), EPOCH) for n in (28509, 31))
    assert one == other and len(one) == len(pdf % (1, 8, 1, 8))
    assert one.count(b"D:20231114221320+00'00'") == one.count(b"node00000001") == one.count(b"node00000002") == 2
    with pytest.raises(ValueError, match="wrote 0 dates"):
        book.finished(b"%PDF", EPOCH)


@pytest.fixture
def copied(site, tmp_path, monkeypatch):
    """A part of the built site, and books that are made at once."""
    for place in ("index.html", "training/index.html", "en/index.html", "en/training/index.html"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(site / place, tmp_path / place)
    monkeypatch.setattr(publish, "printed", lambda project, site, locale, epoch: f"{locale} {epoch}".encode())
    monkeypatch.setattr(publish, "notebooks", lambda project, site: {one: made(one) for one in project.names})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    return tmp_path


def made(locale):
    """What stands for the notebooks: those of two pages, one of which is not in the part of the site."""
    files = {notebook.file_name(PROJECT, page): page.encode() for page in ("training", "letters")}
    return {publish.NOTEBOOKS.format(locale): b"zip"} | {f"{locale}/{name}": data for name, data in files.items()}


def test_the_command_links_what_it_made(copied):
    folder = copied / publish.FOLDER
    for _ in range(2):  # the second time, as the first
        assert publish.main([str(copied)]) == 0
        sums = dict(reversed(line.split()) for line in (folder / publish.SUMS).read_text().splitlines())
        files = [path for path in folder.rglob("*") if path.is_file()]
        there = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
        assert sums == {name: hashlib.sha256(there[name]).hexdigest() for name in there if name != publish.SUMS}
        notebooks = {name for locale in PROJECT.names for name in made(locale)}
        assert set(sums) == {publish.ZIP, *(publish.NAME.format(locale) for locale in PROJECT.names)} | notebooks
        assert there[publish.NAME.format("en")] == f"en {EPOCH}".encode()
        for place in ("", "training/", "en/", "en/training/"):
            text = (copied / place / "index.html").read_text(encoding="utf-8")
            [links] = re.findall(r'<span class="published">(.*?)</span>', text)
            addresses = [urljoin(SITE_URL + place, one) for one in re.findall(r'href="([^"]+)"', links)]
            locale = "en" if "en/" in place else "it"
            own = [f"{locale}/{notebook.file_name(PROJECT, 'training')}"] if "training" in place else []
            names = (publish.NAME.format(locale), publish.ZIP, publish.NOTEBOOKS.format(locale), *own, publish.SUMS)
            assert addresses == [f"{SITE_URL}{publish.FOLDER}/{name}" for name in names]


def test_what_fails_leaves_no_link(copied, monkeypatch):
    publish.main([str(copied)])
    monkeypatch.undo()
    monkeypatch.setattr(book, "chromium", lambda: None)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(copied))  # nor has Playwright one
    with pytest.raises(ValueError, match="install one"):
        publish.main([str(copied)])
    assert HOW.partition(": ")[2] in publish.NO_BROWSER
    assert 'class="published"' not in (copied / "training" / "index.html").read_text(encoding="utf-8")
    assert not (copied / publish.FOLDER).exists()


def test_a_folder_that_is_no_site_is_refused(tmp_path):
    with pytest.raises(ValueError, match="is no site of this course"):
        publish.main([str(tmp_path)])
