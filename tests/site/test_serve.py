"""`mkdocs serve`: every edit shows in both languages without a restart; a mistake is shown, and mended, likewise."""

import pytest
from conftest import small_project
from serving import Server


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(small_project(tmp_path_factory.mktemp("served"))) as server:
        server.shows("answer 42")
        yield server


def test_page(server):
    server.edit("docs/it/page.md", "Part {#part}", "Una parte {#part}")
    server.shows("Una parte", pages=["page/"])
    server.edit("docs/en/page.md", "Part {#part}", "One part {#part}")
    server.shows("One part", pages=["en/page/"])


def test_program(server):
    server.edit("snippets/program.py", "'answer'", "'reply'")
    server.shows("reply 42")
    server.edit("snippets/program.py", "'reply'", "'answer'")
    server.shows("answer 42")


def test_program_that_another_imports(server):
    server.edit("snippets/helper.py", "41", "42")
    server.shows("answer 43")
    server.edit("snippets/helper.py", "42", "41")
    server.shows("answer 42")


def test_template(server):
    server.edit(
        "docs/overrides/main.html", '<meta charset="utf-8">', '<meta charset="utf-8"><meta name="mark" content="one">'
    )
    server.shows('name="mark" content="one"')


def test_style_sheet(server):
    server.edit("docs/assets/css/site.css", ":root {", ":root { --mark: 1px;")
    server.wait("assets/css/site.css", lambda text: "--mark: 1px" in text)


def test_configuration(server):
    server.edit("mkdocs.yml", "toggle: {icon: material/weather-night", "toggle: {icon: material/weather-sunset")
    server.no_longer_shows("M17.75 4.09", pages=["en/"])


def test_words_of_a_language(server):
    server.edit("docs/en/words.yml", "site_name: LLMs and weights", "site_name: Weights and LLMs")
    server.shows("Weights and LLMs", pages=["en/"])


# Each line is one round of mistakes, made and mended together: (file, what is right, what is wrong, what is said).
ROUNDS = {
    "a program that raises, a dead link, a formula": [
        (
            "snippets/program.py",
            "helper.number + 1",
            "1 / 0",
            ["it/page.md, page-answer", "snippets/program.py, line 4"],
        ),
        ("docs/it/index.md", "page.md#part", "gone.md", ["it/index.md", "gone.md"]),
        ("docs/en/index.md", "[page]", "$\\nonsense$ [page]", ["en/index.md", "\\nonsense"]),
    ],
    "a program that exits, a dead anchor": [
        (
            "snippets/program.py",
            "print('answer'",
            "import sys; sys.exit(); print('answer'",
            ["page-answer", "sys.exit"],
        ),
        ("docs/it/index.md", "page.md#part", "page.md#gone", ["it/index.md", "page.md#gone"]),
    ],
    "a program that never ends": [
        (
            "snippets/program.py",
            "print('answer'",
            "while 1: ('answer'",
            ["snippets/program.py ran longer than 2 seconds"],
        ),
    ],
    "a missing section": [
        ("docs/it/page.md", "program.py:answer", "program.py:question", ["it/page.md, line 10: block page-answer"]),
    ],
}


@pytest.mark.parametrize("name", ROUNDS)
def test_mistakes_are_shown_and_mended(server, name):
    for file, good, bad, _ in ROUNDS[name]:
        server.edit(file, good, bad)
    try:
        words = [word for *_, words in ROUNDS[name] for word in words]
        server.shows('class="mistakes"', *words, pages=["", "page/", "en/page/"])
        assert all(word in "".join(server.said) for word in words)
    finally:
        for file, good, bad, _ in ROUNDS[name]:
            server.edit(file, bad, good)
    server.no_longer_shows('class="mistakes"', pages=["", "page/", "en/page/"])
    server.shows("answer 42")


def test_a_page_that_is_not_utf_8(server):
    file = server.project / "docs" / "it" / "page.md"
    good = file.read_bytes()
    file.write_bytes(good + "perché\n".encode("latin-1"))
    try:
        said = f"it/page.md, line {len(good.splitlines()) + 1} is not UTF-8: save the file as UTF-8"
        server.shows('class="mistakes"', said, pages=["", "page/", "en/page/"])
    finally:
        file.write_bytes(good)
    server.no_longer_shows('class="mistakes"', pages=["", "page/", "en/page/"])
    server.shows("answer 42")


def test_new_page(server):
    for language in ("it", "en"):
        (server.project / "docs" / language / "more.md").write_text(
            "---\ndescription: More.\n---\n\n# More {#more}\n", encoding="utf-8"
        )
    server.edit("mkdocs.yml", "page.md]", "page.md, more.md]")
    server.shows("More", pages=["more/", "en/more/"])
    server.no_longer_shows('class="mistakes"')
