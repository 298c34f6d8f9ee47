"""Whoever comes back finds where they were, and the exercises they have done; the reader's own browser keeps both."""

import pytest
from pages import LANGUAGES
from test_browser import browser, path, visit  # noqa: F401

LINK = "article a.return"


def read_to(page, number):
    """Scroll to a section, as who reads does: (its id, its title)."""
    heading = page.locator("article h2").nth(number)
    heading.evaluate("one => one.scrollIntoView({ block: 'start', behavior: 'instant' })")
    page.wait_for_timeout(100)
    return heading.get_attribute("id"), heading.evaluate("one => one.firstChild.textContent")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_leads_back_to_where_the_reader_was(visit, language):  # noqa: F811
    window = visit(width=375)
    page = window.go(path(language, "weights"))
    assert not page.locator(LINK).count()
    place, title = read_to(page, 2)
    page.goto(window.address + path(language, "index"))
    link = page.locator(LINK)
    assert page.locator("article h1").inner_text() and link.get_attribute("href").endswith(f"weights/#{place}")
    page.goto(window.address + path(language, "weights"))
    assert title in page.locator(LINK).inner_text()
    box = page.locator(LINK).bounding_box()
    assert box["height"] >= 44 and box["x"] >= 0 and box["x"] + box["width"] <= 375 and box["y"] > 450, "at the thumb"
    page.locator(LINK).click()
    page.wait_for_url(f"**#{place}")
    assert not page.locator(LINK).count() and page.locator(f"#{place}").bounding_box()["y"] < 450
    assert window.wrong == []


def test_nothing_is_offered_to_who_did_not_go_on(visit):  # noqa: F811
    window = visit()
    page = window.go("weights/")
    page.goto(window.address + "llm/")
    page.goto(window.address + "weights/")
    assert not page.locator(LINK).count()


def test_it_goes_away_when_the_reader_reads_on(visit):  # noqa: F811
    window = visit()
    page = window.go("weights/")
    read_to(page, 2)
    page.goto(window.address + "llm/")
    page.goto(window.address + "weights/")
    page.locator(LINK).wait_for()
    page.mouse.wheel(0, 3000)
    page.locator(LINK).wait_for(state="detached")


def test_exercises_stay_ticked_off_in_every_language(visit):  # noqa: F811
    window = visit()
    page = window.go("weights/")
    ticks = page.locator("article label.done input")
    ticks.last.wait_for(state="attached")
    assert ticks.count() == page.locator("article details.tip").count() == 6
    ticks.nth(1).focus()
    page.keyboard.press("Space")
    page.reload()
    ticks.last.wait_for(state="attached")
    assert [one.is_checked() for one in ticks.all()] == [False, True, False, False, False, False]
    page.goto(window.address + "en/weights/")
    ticks.last.wait_for(state="attached")
    assert ticks.nth(1).is_checked() and "2" in page.locator("label.done").nth(1).inner_text()
    ticks.nth(1).uncheck()
    page.goto(window.address + "weights/")
    ticks.last.wait_for(state="attached")
    assert not any(one.is_checked() for one in ticks.all())
    assert window.wrong == []
