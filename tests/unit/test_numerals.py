"""Numbers as each language writes them, written and read."""

from decimal import Decimal

import pytest
from course import numerals
from hypothesis import given
from hypothesis import strategies as st
from pages import LOCALES


@pytest.mark.parametrize(
    ("value", "locale", "decimals", "written"),
    [
        (0.5, "it", None, "0,5"),
        (-0.5, "en", None, "−0.5"),
        (3072, "it", None, "3072"),
        (9999.5, "it", None, "9999,5"),
        (9999.96, "it", 1, "10\u202f000,0"),
        (12288, "it", None, "12\u202f288"),
        (-12288, "it", None, "−12\u202f288"),
        (3072, "en", None, "3,072"),
        (12288, "en", None, "12,288"),
        (0.2, "it", 3, "0,200"),
        (2.5, "en", 0, "2"),
        (1 / 3, "en", None, "0.333333"),
        (100.0, "en", None, "100"),
        (0.000001, "en", None, "0.000001"),
        (-0.0, "it", None, "0"),
        (-0.0000001, "en", None, "0"),
        (-0.04, "en", 1, "0.0"),
        (1234567.5, "en", 2, "1,234,567.50"),
        (12288.5, "fr", None, "12\u202f288,5"),
        (12288.5, "de", None, "12.288,5"),
        (12288.5, "pt-BR", None, "12.288,5"),
        (12288.5, "ja", None, "12,288.5"),
    ],
)
def test_numbers_as_each_language_writes_them(value, locale, decimals, written):
    assert numerals.write(value, locale, decimals) == written


@pytest.mark.parametrize("locale", ["xx", "italiano", "", "it_IT", "../it"])
def test_numbers_of_an_unknown_language_are_refused(locale):
    for use in (lambda: numerals.write(1, locale), lambda: numerals.read("1", locale)):
        with pytest.raises(ValueError, match="is not known"):
            use()


@pytest.mark.parametrize(
    ("text", "locale", "found"),
    [
        ("from 2.5 to 3.25.", "en", "2.5 3.25"),
        ("da 2,5 a 3,25.", "it", "2,5 3,25"),
        ("1,234,567.5 and 12,288", "en", "1,234,567.5 12,288"),
        ("12\u202f288,5 e 12.288 e 12\u00a0288", "it", "12\u202f288,5 12.288 12\u00a0288"),
        ("3072 o 3", "it", "3072 3"),
        ("−1, (2), “3”: 4–5", "en", "1 2 3 4 5"),
        ("the 7.", "en", "7."),
        ("in 2016, 3 of", "en", "2016 3"),
        ("x1, W2, float32, 8B, 2x", "en", ""),
        ("3.11.2 and 1,2,3", "en", "3.11 1"),
        ("no numbers", "it", ""),
    ],
)
def test_numbers_are_read_as_they_stand(text, locale, found):
    assert [written for written, _ in numerals.read(text, locale)] == (found.split(" ") if found else [])


@pytest.mark.parametrize(
    ("written", "locale", "value"),
    [
        ("2.5", "en", "2.5"),
        ("2,5", "it", "2.5"),
        ("12,288.50", "en", "12288.5"),
        ("12\u202f288,5", "fr", "12288.5"),
        ("12.288,5", "de", "12288.5"),
        ("1.234.567", "pt-BR", "1234567"),
        ("12,288", "ja", "12288"),
        ("2.500", "de", "2500"),
        ("2,500", "en", "2500"),
        ("7.", "en", "7"),
    ],
)
def test_the_value_of_a_number(written, locale, value):
    assert numerals.read(written, locale) == [(written, Decimal(value))]


# The languages that the theme has words for, and that Babel knows.
THEMES = (
    "af ar az be bg bn ca cs cy da de el en eo es et eu fa fi fr gl he hi hr hu hy id is it ja ka kn ko "
    "lb lt lv mk mn ms my nb nl nn pl pt-BR pt ro ru sa si sk sl sq sr sv ta te th tl tr uk ur uz vi zh-Hant zh-TW zh"
)


@given(st.integers(-(10**9), 10**9), st.integers(0, 6), st.sampled_from(["it", "en", *LOCALES, *THEMES.split()]))
def test_what_is_written_is_read(digits, decimals, locale):
    value = Decimal(digits).scaleb(-decimals)
    for written in (numerals.write(float(value), locale, decimals), numerals.write(float(value), locale)):
        bare = written.removeprefix("−")
        assert (bare != written) == (value < 0)
        assert numerals.read(f"({written}), {written}.", locale)[0] == (bare, abs(value))
        assert [number.value for number in numerals.read(f"{written} {written}: {written}", locale)] == [abs(value)] * 3


@pytest.mark.parametrize(
    ("value", "telling"), [("0", False), ("12", False), ("13", True), ("2.5", True), ("3.0", False), ("2016", True)]
)
def test_which_numbers_say_something(value, telling):
    assert numerals.telling(Decimal(value)) == telling
