"""Should anything hostile ever come to stand in a page, browsers do not run it: the pages' own policy says what may."""

import re

import pytest
from course.policy import policy
from test_browser import browser, visit  # noqa: F401

RUN = "window.ran = true"
# What might come into a page, each in a way of its own, and none of it on the list of what runs.
SLIPPED = {
    "a script": f"<script>{RUN}</script>",
    "a script of another host": '<script src="https://example.com/evil.js"></script>',
    "a handler": f'<img src="x" alt="" onerror="{RUN}">',
    "a drawing": f'<svg onload="{RUN}"></svg>',
    "an address": f'<a id="slipped" href="javascript:{RUN}">words</a>',
    "another root": '<base href="https://example.com/">',
    "a style": "<style>article { display: none }</style>",
    "a form": '<form id="slipped" action="https://example.com/"><button id="sent">words</button></form>',
}


def test_every_page_has_it_before_anything_that_runs(site):
    for file in sorted(site.rglob("*.html")):
        head = file.read_text(encoding="utf-8").partition("</head>")[0]
        said = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', head)
        assert len(said) == 1 and head.index("Content-Security-Policy") < head.index("<script"), file
        rules = dict(rule.split(" ", 1) for rule in said[0].split("; "))
        assert rules["default-src"] == "'none'" and "unsafe" not in said[0] and "http" not in said[0], file
        assert re.fullmatch(r"'self'(?: 'sha256-[\w+/=]{44}'){4}", rules["script-src"]), file


def test_only_the_scripts_of_the_templates_are_allowed():
    rules = policy("<script>one</script> <script src='x'></script><script>two</script><script>one</script>")
    assert rules.count("sha256-") == 2 and "'unsafe" not in rules


@pytest.mark.parametrize("name", SLIPPED)
def test_what_slips_into_a_page_does_nothing(visit, name):  # noqa: F811
    window = visit()
    tab = window.context.new_page()
    asked, wrong = [], []
    tab.on("request", lambda request: asked.append(request))
    tab.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page = f"{window.address}llm/"

    def slip(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("<h1", f"{SLIPPED[name]}<h1", 1))

    tab.route(page, slip)
    tab.goto(page, wait_until="load")
    for one in ("#slipped", "#sent"):
        if tab.locator(one).count():
            tab.locator(one).first.dispatch_event("click")
    tab.wait_for_timeout(200)
    assert not tab.evaluate("window.ran") and tab.url == page
    assert tab.locator("article h1").is_visible()
    elsewhere = [request for request in asked if not request.url.startswith(window.address)]
    assert all(request.failure == "csp" for request in elsewhere), [(one.url, one.failure) for one in elsewhere]
    assert any("Content Security Policy" in text for text in wrong), "the policy had nothing to stop"
