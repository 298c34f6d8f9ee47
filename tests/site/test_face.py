"""What the look promises that can be read off the files: the text's face."""

import unicodedata
from copy import copy

import pytest
from fontTools.ttLib import TTFont
from pages import DOCS, LANGUAGES, PAGES, html

# What does not stand in the text's face.
OTHERS = (
    "code, math, table, figure, summary, .admonition-title, .headerlink, .footnote-backref, .needs, .downloads, .stage"
)


@pytest.mark.parametrize("style", ["normal", "italic"])
def test_the_face_has_every_character_of_the_text(site, style):
    there = set()
    for font in (DOCS / "assets" / "fonts").glob(f"literata-*-{style}.woff2"):
        there |= set(map(chr, TTFont(font).getBestCmap()))
    for language in LANGUAGES:
        text = ""
        for page in PAGES:
            article = copy(html(site, language, page).article)
            for other in article.select(OTHERS):
                other.decompose()
            text += article.get_text()
        letters = [c for c in text if c.isalpha()]
        if sum("LATIN" in unicodedata.name(c) for c in letters) > len(letters) / 2:  # others: the reader's own serif
            # Spaces of every width are made from the face's own.
            missing = {c for c in text if c not in there and not c.isspace()}
            assert len(letters) > 10_000 and not missing, (language, missing)
