"""The pictures that go with links: what is drawn, in which colours, once, and the same everywhere."""

import io
import re
import shutil
import struct
import xml.etree.ElementTree as ET

import pytest
from course import cards
from hostile import WORDS
from pages import DOCS, ROOT
from PIL import Image

CSS = [(DOCS / "assets" / "css" / name).read_text(encoding="utf-8") for name in ("site.css", "figures.css")]
FIGURE = '<figure class="drawing"><x-live data-live="{}"><svg viewBox="0 0 400 {}" role="img" aria-label="A &lt; B">{}'
DRAWN = '<rect width="9" height="9" class="cell weight"/><text x="9" y="9" class="name">h₁₂</text>'


@pytest.fixture
def painter(tmp_path):
    """A painter of a project of its own."""
    for name in ("fonts", "css", "images"):
        shutil.copytree(DOCS / "assets" / name, tmp_path / "docs" / "assets" / name)
    painter = cards.Painter(tmp_path)
    yield painter
    painter.stop()


def card(painter, title="Title", drawn=DRAWN):
    """A card of a figure 400 wide."""
    return cards.card(title, "above", "below", (400, 100, drawn), painter.mark, painter.colours, painter.rules)


def test_rules_hold_nothing_that_cannot_be_drawn():
    rules = cards.style(*CSS)
    assert not re.search(r"var\(|:is|--role", str(rules))
    written = set(re.findall(r"^\.drawing [^{]*?\.([\w-]+)", CSS[1], re.M))
    assert written <= {name for selector, _ in rules for name in re.findall(r"\.([\w-]+)", selector)}


@pytest.mark.parametrize("role", ["weight", "value", "bias", "chance"])
def test_colours_are_those_of_the_light_scheme(role):
    site, figures = CSS
    expected = re.search(rf"--{role}: (#\w+);", site)[1]
    rules = dict(cards.style(site, figures))
    assert rules[f".drawing .cell.{role}"] == f"fill: {expected};" and expected in rules[f".drawing text.{role}.{role}"]
    assert rules[".drawing .cell"] == f"fill: {cards.colours(site)['--ink-soft']};"


def test_the_first_figure_is_taken_as_it_is_drawn():
    page = f"<svg><path/></svg>{FIGURE.format('', 300, DRAWN)}</svg></x-live>{FIGURE.format('', 9, '')}</svg>"
    assert cards.figure(page) == (400, 300, "A < B", DRAWN)
    assert cards.figure("<p>words</p><svg></svg>") is None


def test_a_card_is_sound_whatever_the_title(painter):
    tree = ET.fromstring(card(painter, WORDS))
    texts = ["".join(one.itertext()) for one in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert "".join("".join(texts).split()).startswith("".join(WORDS.split()))
    assert "above" in texts and "below" in texts and texts[-1] == "h12", "indices are figures set lower"


def test_lines_of_a_title_are_even_and_fit(painter):
    def lines(title):
        return re.findall(r'font-size="([\d.]+)" fill="#22262e">([^<]*)<', card(painter, title))

    assert [words for _, words in lines("A number, bit by bit")] == ["A number,", "bit by bit"]
    (size, _), *_ = lines("Sovramagnificentissimamente")
    assert float(size) * 27 * 0.5 <= cards.COLUMN
    assert sum(1.2 * float(size) for size, _ in lines("a long title of many words " * 6)) <= 340


def test_a_card_has_the_rules_that_it_needs(painter):
    style = re.search("<style>(.*)</style>", card(painter))[1]
    assert ".cell.weight{" in style and "text.name{" in style and ".edge" not in style and ".cell.bias" not in style


def test_a_picture_is_drawn_once(painter):
    file = painter.want(card(painter))
    assert painter.want(card(painter)) == file and painter.finish() == ""
    with Image.open(file) as picture:
        assert picture.size == cards.SIZE and len(picture.getcolors()) > 9  # of 256 at most
    assert [one.suffix for one in painter.folder.iterdir() if one.suffix not in (".png", ".ttf")] == []
    seen = file.stat().st_mtime_ns
    again = cards.Painter(painter.folder.parents[1])
    assert again.want(card(again)) == file and again._process is None and file.stat().st_mtime_ns == seen
    assert painter.want(card(painter, "Another")) != file


def test_pictures_are_the_same_bytes_wherever_they_are_drawn(painter, tmp_path):
    file = painter.want(card(painter, "Perché: 2 × 3"))
    painter.finish()
    shutil.copytree(tmp_path / "docs", tmp_path / "elsewhere" / "docs")
    other = cards.Painter(tmp_path / "elsewhere")
    twin = other.want(card(other, "Perché: 2 × 3"))
    other.finish()
    assert twin != file and twin.name == file.name and twin.read_bytes() == file.read_bytes()


def test_what_cannot_be_drawn_is_said_and_the_rest_is_drawn(painter):
    wrong, right = painter.want("<svg"), painter.want(card(painter))
    assert painter.finish() and not wrong.exists() and right.exists()


def test_nothing_runs_on_when_it_is_stopped(painter):
    painter.want(card(painter))
    process = painter._process
    painter.stop()
    assert process.poll() is not None


def test_the_icon_of_old_browsers_holds_the_picture(painter):
    file = painter.want(cards.icon(painter.mark, 32))
    painter.finish()
    data = cards.ico(file.read_bytes())
    length, start = struct.unpack("<II", data[14:22])
    assert data[start:] == file.read_bytes() and len(data) == start + length
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.format == "ICO" and picture.size == (32, 32)
        assert picture.convert("RGBA").getpixel((0, 0))[3] == 0, "its corners are round"


def test_a_system_that_cuts_corners_gets_a_full_square(painter):
    assert ' rx="' in cards.icon(painter.mark, 180) and ' rx="' not in cards.icon(painter.mark, 180, full=True)


def test_the_fonts_have_normal_letters_first():
    names = [font.name for font in cards.Painter(ROOT).fonts]
    assert names[0] == "literata-latin-normal.woff2" and "italic" in names[-1] and len(names) == 4
