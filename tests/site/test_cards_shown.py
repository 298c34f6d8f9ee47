"""The pictures that go with links to the built pages, and the icons of the site."""

import re
from html import unescape

import pytest
from conftest import SITE_URL
from course import cards
from fontTools.ttLib import TTFont
from pages import DOCS, LANGUAGES, PAGES, html
from PIL import Image

EVERY_PAGE = [(language, page) for language in LANGUAGES for page in PAGES]
every_page = pytest.mark.parametrize(("language", "page"), EVERY_PAGE)
PAPER = tuple(bytes.fromhex(cards.colours((DOCS / "assets/css/site.css").read_text(encoding="utf-8"))["--paper"][1:]))

NO_LOOK = dict.fromkeys(("--ink", "--ink-soft", "--paper"), "#000000"), []


def meta(site, language, page, name):
    """What a page's head says, by its name there."""
    return html(site, language, page).select_one(f'meta[property="{name}"], meta[name="{name}"]')["content"]


@every_page
def test_every_page_has_its_picture(site, language, page):
    address = meta(site, language, page, "og:image")
    assert address == f"{SITE_URL}cards/{language}/{page}.png"
    assert meta(site, language, page, "twitter:card") == "summary_large_image"
    file = site / address.removeprefix(SITE_URL)
    assert file.stat().st_size < 40_000
    with Image.open(file) as picture:
        said = tuple(int(meta(site, language, page, f"og:image:{side}")) for side in ("width", "height"))
        assert picture.format == "PNG" and picture.size == said == (1200, 630)
        rgb = picture.convert("RGB")
    # The title and the figure fit: paper between them, and all around.
    for box in ((520, 0, 560, 630), (0, 0, 40, 630), (1160, 0, 1200, 630), (0, 0, 1200, 24), (0, 606, 1200, 630)):
        near = rgb.crop(box).getextrema()
        off = (abs(value - paper) for ends, paper in zip(near, PAPER, strict=True) for value in ends)
        assert max(off) < 8
    for box in ((64, 120, 520, 520), (560, 30, 1160, 600)):
        assert any(high - low > 99 for low, high in rgb.crop(box).getextrema()), "the title, the figure"


@every_page
def test_the_picture_is_described_as_its_figure_is(site, language, page):
    figure = html(site, language, page).select_one("article figure.drawing svg")
    title = html(site, language, page).title.get_text().split(" · ")[0]
    assert meta(site, language, page, "og:image:alt") == (figure["aria-label"] if figure else title)


def test_no_picture_is_that_of_another_page(site):
    pictures = [file.read_bytes() for file in sorted(site.glob("cards/*/*.png"))]
    assert len(set(pictures)) == len(pictures) == len(EVERY_PAGE)


def test_the_fonts_have_every_character_of_the_pictures(site):
    fonts = (DOCS / "assets" / "fonts").glob("literata-*-normal.woff2")
    there = {code for font in fonts for code in TTFont(font).getBestCmap()}
    for language, page in EVERY_PAGE:
        file = site / ("" if language == "it" else language) / ("" if page == "index" else page) / "index.html"
        drawn = cards.figure(file.read_text(encoding="utf-8"))
        title, shapes = meta(site, language, page, "og:title"), drawn[3] if drawn else ""
        svg = cards.card(title, "", "", (400, 9, shapes), "", *NO_LOOK)
        text = unescape(re.sub(r"<style>.*?</style>|<[^>]*>", "", svg))
        assert not {sign for sign in text if ord(sign) not in there}, (language, page)


@every_page
def test_every_page_has_the_icons(site, language, page):
    links = html(site, language, page).select("link[rel=icon], link[rel=apple-touch-icon]")
    names = [link["href"].lstrip("./") for link in links]
    assert names == ["favicon.ico", "assets/images/favicon.svg", "apple-touch-icon.png"]


def test_the_icons_are_pictures(site):
    with Image.open(site / "apple-touch-icon.png") as picture:
        assert picture.size == (180, 180) and picture.convert("RGBA").getpixel((0, 0)) == (0, 91, 150, 255)
    with Image.open(site / "favicon.ico") as picture:
        assert picture.size == (32, 32)
