"""Translations: each follows its source, and each mistake a translator may make is named by file and line."""

import shutil
import subprocess
import time

import pytest
import structure
import translations
from bs4 import BeautifulSoup
from conftest import mkdocs
from pages import DOCS, LANGUAGES, LOCALES, PAGES, html, languages_of
from translations import words

HAVE = [(locale, page) for page in PAGES for locale in languages_of(page) if locale != "it"]


@pytest.mark.parametrize(("locale", "page"), HAVE)
def test_translation_is_right(locale, page):
    file = DOCS / locale / f"{page}.md"
    source, forbidden = (DOCS / "it" / f"{page}.md").read_bytes(), translations.forbidden(locale)
    found = structure.problems(source, file.read_bytes(), locale, file.parent, forbidden)
    assert not found, "\n" + "\n".join(f"docs/{locale}/{page}.md, line {line}: {what}" for line, what in found)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("locale", translations.REQUIRED)
def test_required_translation_follows_its_source(locale, page):
    kind, note = translations.state(locale, page)
    assert kind == "up to date", (
        f"docs/{locale}/{page}.md is {kind} ({note}): see `translations.py diff {locale} {page}`, mend the page, "
        f"then `translations.py stamp {locale} {page}`"
    )


@pytest.mark.parametrize("page", PAGES)
def test_source_uses_the_words_of_the_course(page):
    text = (DOCS / "it" / f"{page}.md").read_bytes()
    found = list(structure.check_words(structure.Page(structure.decode(text), "it"), translations.forbidden("it")))
    assert not found, "\n" + "\n".join(f"docs/it/{page}.md, line {line}: {what}" for line, what in found)


def test_same_pages():
    for locale in LOCALES:
        there = {path.stem for path in (DOCS / locale).glob("*.md")}
        assert there <= set(PAGES) and (locale not in LANGUAGES or there == set(PAGES))


def swap(old, new, count=1):
    """A mistake: `old` becomes `new` in the page's text."""

    def make(text):
        assert old in text, f"{old!r} is not in the page any more: mend this test"
        return text.replace(old, new, count)

    return make


def move_block(text):
    """Exchange two program blocks."""
    found = [text.index(f'id="feedforward-{name}"') for name in ("hidden", "output")]
    starts = [text.rindex("```python", 0, at) for at in found]
    ends = [text.index("\n```\n", at) + 5 for at in found]
    one, two = (text[a:b] for a, b in zip(starts, ends, strict=True))
    return text[: starts[0]] + two + text[ends[0] : starts[1]] + one + text[ends[1] :]


BLOCK = '```python exec="on" source="above" id="feedforward-hidden"\n--8<-- "feedforward.py:hidden"\n```\n'
# What a translator may get wrong on the English page about the feedforward network, and words of the message.
MISTAKES = {
    "not UTF-8": (lambda text: text.encode("utf-16"), "not UTF-8"),
    "Latin-1": (
        lambda text: text.replace("–", "-").replace("page", "pàge", 1).encode("latin-1", "replace"),
        "not UTF-8",
    ),
    "a byte-order mark": (lambda text: b"\xef\xbb\xbf" + text.encode(), "byte-order mark"),
    "no front matter": (lambda text: text.split("---\n", 2)[2], "must begin with ---"),
    "front matter that does not parse": (swap("description: A", "description: [A: b"), "cannot be read"),
    "front matter that is a sentence": (lambda text: "---\nhello\n---\n" + text.split("---\n", 2)[2], "cannot be read"),
    "no description": (swap("description: ", "descriptions: "), "“description: …”"),
    "a heading removed": (swap("## One function for any input {#batch}\n", ""), "{#batch} is missing"),
    "a heading added": (swap("## The numbers", "## More {#more}\n\n## The numbers"), "no heading {#more}"),
    "a heading with another id": (swap("{#numbers}", "{#figures}"), "no heading {#figures}"),
    "a heading without its id": (swap(" {#numbers}", ""), "has no id"),
    "a heading of another level": (swap("### The hidden layer", "## The hidden layer"), "has 2 #, the source has 3"),
    "a heading twice": (
        swap("## The numbers {#numbers}", "## A {#numbers}\n\n## The numbers {#numbers}"),
        "two headings",
    ),
    "a program block removed": (swap(BLOCK, ""), "feedforward-hidden is missing"),
    "a program block added": (swap(BLOCK, BLOCK + "\n" + BLOCK.replace("-hidden", "-extra")), "no program block"),
    "a program block changed": (
        swap('"feedforward.py:hidden"', '"feedforward.py:output"'),
        "feedforward-hidden differs",
    ),
    "a program block with other options": (
        swap('source="above" id="feedforward-hidden"', 'id="feedforward-hidden"'),
        "must be as in the source",
    ),
    "program blocks exchanged": (move_block, "keep the source's order"),
    "code of a figure changed": (
        swap("x, (W1, b1), (W2, b2),", "x, (W1, b2), (W2, b2),"),
        "feedforward-network differs",
    ),
    "code of a figure that is no Python": (
        swap("print(network(", "print(network("[:-1]),
        "feedforward-network differs",
    ),
    "a formula changed": (swap("h = W_1 x + b_1", "h = W_1 x - b_1"), "formula"),
    "a formula removed": (swap("$$\nh = W_1 x + b_1\n$$\n", ""), "is missing"),
    "a number changed": (swap("from 2.5 to 3.25", "from 2.5 to 3.35"), "number 3.35 is not in the source"),
    "a decimal comma": (swap("from 2.5 to 3.25", "from 2.5 to 3,25"), "3,25 of the source"),
    "a link to the other language": (
        swap("(matrices.md#shapes)", "(../it/matrices.md#shapes)"),
        "goes to another language",
    ),
    "a link to nowhere": (swap("(matrices.md#shapes)", "(matrixes.md#shapes)"), "goes nowhere"),
    "a link removed": (swap("[transpose](matrices.md#shapes)", "transpose"), "matrices.md#shapes of the source"),
    "a note without text": (swap("[^relu]: ", "[^rely]: "), "[^relu] has no text"),
    "an empty note": (
        lambda text: text[: text.index("[^relu]: ") + 8] + "\n" + text[text.index("[^cybenko]: ") :],
        "is empty",
    ),
    "a note that nobody uses": (swap("[^relu]", ""), "no sentence uses the note [^relu]"),
    "a script": (swap("## The numbers", "<script>alert(1)</script>\n\n## The numbers"), "not allowed"),
    "an event handler": (swap("## The numbers", '<b onclick="alert(1)">a</b>\n\n## The numbers'), "not allowed"),
    "a javascript link": (swap("(matrices.md#shapes)", "(javascript:alert(1))"), "not allowed"),
    "an image without text": (
        swap("## The numbers", "![](../assets/images/favicon.svg)\n\n## The numbers"),
        "has no text",
    ),
    "a tab": (swap("- the **", "-\tthe **"), "a tab"),
    "a fence never closed": (
        swap('--8<-- "feedforward.py:hidden"\n```\n', '--8<-- "feedforward.py:hidden"\n'),
        "must be|never closed|is missing",
    ),
    "the last fence never closed": (lambda text: text + "\n```text\nhello\n", "never closed"),
    "a forbidden word": (swap("## The numbers", "A dataset.\n\n## The numbers"), "say “data set”"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake_is_named(name):
    make, words = MISTAKES[name]
    source, right = (DOCS / language / "feedforward.md" for language in ("it", "en"))
    text = right.read_text(encoding="utf-8")
    wrong = make(text)
    data = wrong if isinstance(wrong, bytes) else wrong.encode("utf-8")
    found = structure.problems(source.read_bytes(), data, "en", right.parent, translations.forbidden("en"))
    assert found, "nobody noticed"
    assert any(word in message for word in words.split("|") for _, message in found), found
    lines = data.count(b"\n") + 1
    assert all(1 <= line <= lines for line, _ in found)
    if isinstance(wrong, str) and structure.HEADING.search(words) is None and "---" in wrong[:4]:
        new, old = wrong.split("\n"), text.split("\n")
        first = next((i for i, (a, b) in enumerate(zip(new, old, strict=False), 1) if a != b), len(old))
        above = max((i for i, line in enumerate(new[: first - 1], 1) if structure.HEADING.match(line)), default=1)
        there = [line for line, _ in found if above <= line <= first + 15 or new[line - 1].startswith("[^")]
        assert there, f"line {first} changed: {found}"


def test_glossary_entry_missing():
    source, right = (DOCS / language / "glossary.md" for language in ("it", "en"))
    text = right.read_text(encoding="utf-8").replace("{#bias}", "{#biases}")
    found = structure.problems(source.read_bytes(), text.encode(), "en", right.parent)
    assert any("entry biases is not in the source" in message for _, message in found)
    assert any("entry bias of the source" in message for _, message in found)


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A project of one's own, with its history."""
    for name in ("it", "en"):
        shutil.copytree(DOCS / name, tmp_path / "docs" / name)
    shutil.copy(DOCS.parent / "mkdocs.yml", tmp_path)
    monkeypatch.setattr(translations, "project", tmp_path)
    for page in PAGES:  # all up to date here, whatever the real ones are
        stamp = translations.blob((tmp_path / "docs" / "it" / f"{page}.md").read_bytes())
        file = tmp_path / "docs" / "en" / f"{page}.md"
        text = translations.STAMP.sub(f'translated_from: "{stamp}"', file.read_text(encoding="utf-8"))
        file.write_text(text, encoding="utf-8")

    def git(*words):
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", *words],
            cwd=tmp_path,
            check=True,
            capture_output=True,
        )

    if shutil.which("git"):
        git("init", "-q")
        git("add", ".")
        git("commit", "-qm", "all")
    return tmp_path


@pytest.mark.skipif(not shutil.which("git"), reason="git, which keeps the old source, is not installed")
def test_a_change_of_the_source_is_seen_shown_and_stamped(copy, capsys):
    assert translations.main(["status"]) == 0
    source, page = copy / "docs/it/weights.md", copy / "docs/en/weights.md"
    text = source.read_text(encoding="utf-8")
    source.write_text(
        text.replace("Quanto spazio occupano {#memory}\n", "Quanto spazio occupano {#memory}\n\nUna frase nuova.\n"),
        encoding="utf-8",
    )
    capsys.readouterr()
    assert translations.main(["status"]) == 1
    assert "weights        outdated     memory" in capsys.readouterr().out
    assert translations.main(["diff", "en", "weights"]) == 0
    shown = capsys.readouterr().out
    assert "== section {#memory}" in shown and "+ Una frase nuova." in shown and "{#aloud}" not in shown
    assert translations.main(["stamp", "en", "weights.md"]) == 0
    assert translations.main(["status", "en"]) == 0
    assert page.read_text(encoding="utf-8").count("translated_from") == 1


def test_stamp_refuses_a_page_that_does_not_match(copy, capsys):
    page = copy / "docs/en/weights.md"
    before = page.read_text(encoding="utf-8").replace("{#memory}", "{#memories}")
    page.write_text(before, encoding="utf-8")
    assert translations.main(["stamp", "en", "weights"]) == 1
    assert "docs/en/weights.md, line" in capsys.readouterr().out
    assert page.read_text(encoding="utf-8") == before


def test_an_old_source_that_is_not_there_is_said(copy, capsys):
    page = copy / "docs/en/weights.md"
    text = translations.STAMP.sub(f'translated_from: "{"0" * 40}"', page.read_text(encoding="utf-8"))
    page.write_text(text, encoding="utf-8")
    assert translations.main(["diff", "en", "weights"]) == 0
    shown = capsys.readouterr().out
    assert "not in this clone" in shown and "# I pesi {#weights}" in shown
    assert translations.main(["status"]) == 1
    assert "the old source is not in this clone" in capsys.readouterr().out


def test_missing_and_orphan_pages(copy, capsys):
    (copy / "docs/en/weights.md").rename(copy / "docs/en/weight.md")
    assert translations.main(["status"]) == 1
    shown = capsys.readouterr().out
    assert (
        "weights        missing" in shown
        and "weight         orphan" in shown
        and f"{100 * (len(PAGES) - 1) // len(PAGES)}%" in shown
    )


def test_the_stamp_is_git_s_own_id():
    # What `git hash-object` gives for an empty file and for one line.
    assert translations.blob(b"") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    assert (
        translations.blob(b"hello\n") == translations.blob(b"hello\r\n") == "ce013625030ba8dba906f756967f9e9ca394464a"
    )


def test_without_git_the_old_source_is_not_there(copy, capsys, monkeypatch):
    monkeypatch.setenv("PATH", "")
    source = copy / "docs/it/weights.md"
    source.write_text(source.read_text(encoding="utf-8") + "\nAltro.\n", encoding="utf-8")
    assert translations.main(["status"]) == 1
    assert "weights        outdated     the old source is not in this clone" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["status", "xx"], "there is no language 'xx'"),
        (["diff", "en", "nothing"], "there is no page 'nothing'"),
        (["stamp", "en"], "required"),
        ([], "required"),
    ],
)
def test_wrong_commands_say_what_there_is(words, message, capsys):
    with pytest.raises(SystemExit) as left:
        translations.main(words)
    assert left.value.code == 2 and message in capsys.readouterr().err


def test_status_of_twenty_languages_is_quick(copy, capsys):
    config = (copy / "mkdocs.yml").read_text(encoding="utf-8")
    codes = [
        "fr",
        "de",
        "es",
        "pt-BR",
        "nl",
        "pl",
        "ro",
        "sv",
        "da",
        "fi",
        "cs",
        "hu",
        "el",
        "tr",
        "uk",
        "ja",
        "ko",
        "zh",
        "ca",
    ]
    codes = [code for code in codes if code not in translations.locales()]
    for code in codes:
        shutil.copytree(copy / "docs/en", copy / "docs" / code)
    entries = "".join(f"        - locale: {code}\n          name: {code}\n" for code in codes)
    config = config.replace("        - locale: en\n", entries + "        - locale: en\n")
    (copy / "mkdocs.yml").write_text(config, encoding="utf-8")
    source = copy / "docs/it/weights.md"
    source.write_text(source.read_text(encoding="utf-8") + "\nAltro.\n", encoding="utf-8")
    start = time.process_time()
    assert translations.main(["status"]) == 1
    # Machines are noisy: this only catches a way of working that is wrong by an order of magnitude.
    assert time.process_time() - start < 5
    assert capsys.readouterr().out.count("outdated") == len(codes) + 1


def test_a_translation_that_is_behind_says_so_on_the_site(project):
    page = project / "docs/en/page.md"
    text = page.read_text(encoding="utf-8")
    stamped = translations.blob((project / "docs/it/page.md").read_bytes())
    for stamp, behind in ((stamped, False), ("0" * 40, True)):
        page.write_text(f'---\ntranslated_from: "{stamp}"\n---\n\n{text}', encoding="utf-8")
        done = mkdocs("build", folder=project)
        assert done.returncode == 0, done.stdout
        built = BeautifulSoup((project / "site/en/page/index.html").read_text(encoding="utf-8"), "html.parser")
        note = built.select_one("article h1 + .admonition")
        assert bool(note) == behind
    to_source, to_help = note.select("a")
    assert to_source["href"] == "../../page/" and to_source["hreflang"] == "it"
    assert to_help["href"] == "../contributing/#update"
    assert words("en")["outdated_text"] in note.get_text()
    assert not BeautifulSoup((project / "site/page/index.html").read_text(encoding="utf-8"), "html.parser").select(
        "article h1 + .admonition"
    )


@pytest.mark.parametrize("locale", [locale for locale in LOCALES if locale != "it"])
def test_words_are_complete(locale):
    ours, theirs = words(locale), words("it")
    assert ours.keys() == theirs.keys() and isinstance(ours.pop("avoid"), dict)
    assert all(isinstance(text, str) and text and text != theirs[name] for name, text in ours.items())


def test_stamp_refuses_a_page_that_is_still_the_source_s(copy, capsys):
    assert translations.main(["new", "ja"]) == 0 and translations.main(["new", "fr"]) == 0
    for locale, words_of_index in (("fr", "Alla fine"), ("ja", "By the end")):
        page = copy / "docs" / locale / "index.md"
        text = page.read_text(encoding="utf-8")
        assert words_of_index in text and "translated_from" not in text and f'lang="{locale}"' in text
        found = structure.problems((copy / "docs/it/index.md").read_bytes(), text.encode(), locale, page.parent)
        assert not found
    capsys.readouterr()
    assert translations.main(["stamp", "fr", "index"]) == 1
    assert "docs/fr/index.md, line 2: the description is still" in capsys.readouterr().out


@pytest.mark.parametrize("locale", ["fr", "de", "pt-BR", "zh"])
def test_a_language_is_started_and_the_site_builds(project, locale, monkeypatch, capsys):
    monkeypatch.setattr(translations, "project", project)
    before = (project / "mkdocs.yml").read_text(encoding="utf-8")
    assert translations.main(["new", locale]) == 0
    assert f"docs/{locale}/words.yml" in capsys.readouterr().out
    after = (project / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    kept = iter(after)
    assert all(line in kept for line in before.splitlines()), "what was there stays, in its order"
    assert translations.main(["new", locale]) == 1 and "there already" in capsys.readouterr().out
    first = (project / "docs" / locale / "index.md").read_text(encoding="utf-8")
    assert first == (project / "docs" / ("en" if locale == "zh" else "it") / "index.md").read_text(encoding="utf-8")
    done = mkdocs("build", folder=project)
    assert done.returncode == 0, done.stdout
    shown = BeautifulSoup((project / f"site/{locale}/page/index.html").read_text(encoding="utf-8"), "html.parser")
    assert shown.html["lang"] == locale and shown.select_one("article div[lang=it] h1").get_text().startswith("Page it")
    assert words("en")["untranslated_title"] in shown.select_one("article .admonition").get_text()
    assert shown.select_one("link[rel=canonical]")["href"].endswith("/page/")
    assert f"/{locale}/" not in shown.select_one("link[rel=canonical]")["href"]
    assert locale not in {link["hreflang"] for link in shown.select("link[rel=alternate]")}
    sitemap = (project / "site/sitemap.xml").read_text(encoding="utf-8")
    assert f"/{locale}/</loc>" in sitemap and f"/{locale}/page/" not in sitemap


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("xx", "no language code"),
        ("french", "no language code"),
        ("", "no language code"),
        ("../a", "no language code"),
        ("br", "the theme"),
        ("it", "there already"),
    ],
)
def test_a_wrong_code_starts_nothing(copy, capsys, code, message):
    before = (copy / "mkdocs.yml").read_text(encoding="utf-8")
    assert translations.main(["new", code]) == 1
    assert message in capsys.readouterr().out
    assert (copy / "mkdocs.yml").read_text(encoding="utf-8") == before
    assert {path.name for path in (copy / "docs").iterdir()} == {"it", "en"}


def test_status_table_is_on_the_page(site, language="it"):
    table = html(site, language, "contributing").select_one("article table")
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in table.select("tbody tr")]
    assert [row[0] for row in rows] == translations.pages()
    for page, *shown in rows:
        states = [translations.state(locale, page)[0].replace(" ", "_") for locale in translations.locales()]
        assert shown == [words(language)[f"status_{state}"] for state in states]
