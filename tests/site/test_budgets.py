"""What a page may cost a cheap phone: bytes, requests, elements. Who needs more raises it here, and says why."""

import gzip
import re

import pytest
from bs4 import BeautifulSoup
from conftest import SITE_URL
from course.safety import LIVE
from pages import DOCS, LANGUAGES, PAGES

PAGE = 31_000  # bytes of its HTML, compressed
FIRST = 200_000  # of the first page a reader opens, with all it needs: style, faces, scripts
REQUESTS = 24
ELEMENTS = 4_600
SOURCE = 60_000  # of all the live figures, as they are read: what the build translates is not counted


def needed(file, site):
    """The files that a page asks for at once, itself first."""
    document = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
    links = [link["href"] for link in document.select("link[rel=stylesheet], link[rel=preload], link[rel=icon]")]
    links += [script["src"] for script in document.select("script[src]")]
    links += [picture["src"] for picture in document.select("img[src]:not([loading=lazy])")]
    return document, [file, *dict.fromkeys((file.parent / link).resolve() for link in links)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_within_its_budget(site, language):
    for page in PAGES:
        file = site / ("" if language == "it" else language) / ("" if page == "index" else page) / "index.html"
        document, files = needed(file, site)
        # Fonts and pictures are compressed already.
        sizes = [
            len(gzip.compress(one.read_bytes(), 6)) if one.suffix != ".woff2" else one.stat().st_size for one in files
        ]
        where = f"{SITE_URL}{file.relative_to(site)}"
        assert sizes[0] <= PAGE, f"{where}: {sizes[0]} bytes"
        assert sum(sizes) <= FIRST, f"{where}: {sum(sizes)} bytes with what it needs"
        assert len(files) <= REQUESTS, f"{where}: {len(files)} requests"
        assert len(document.find_all(True)) <= ELEMENTS, f"{where}: {len(document.find_all(True))} elements"


def test_the_source_of_the_live_figures_is_within_its_budget():
    folder, found, asked = DOCS / "assets" / "js", {}, ["live.js", "python.js", *(f"{name}.js" for name in LIVE)]
    while asked:
        file = folder / asked.pop()
        if file.is_file() and file.name not in found:
            found[file.name] = file.stat().st_size
            asked += re.findall(r'from "\./([\w-]+\.js)"', file.read_text(encoding="utf-8"))
    assert len(found) == len(LIVE) + 4, f"with live.js, live-figure.js, letters-model.js, python.js: {sorted(found)}"
    assert sum(found.values()) <= SOURCE, found
