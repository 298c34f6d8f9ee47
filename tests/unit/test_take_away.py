"""What the zip of the site changes in pages and scripts, and nothing else."""

import json

import pytest
from course import offline

PAGES = {"index.html", "a/index.html", "en/index.html", "en/a/index.html"}


@pytest.mark.parametrize(
    ("page", "address", "there"),
    [
        ("a/index.html", "../", "../index.html"),
        ("a/index.html", "..", "../index.html"),
        ("a/index.html", "./", "index.html"),
        ("a/index.html", "../en/a/#one", "../en/a/index.html#one"),
        ("en/a/index.html", "../../a/?b=1#c", "../../a/index.html?b=1#c"),
        ("index.html", ".", "index.html"),
        ("index.html", "en/", "en/index.html"),
        # as the home page names the other languages
        ("index.html", "/course/en/", "en/index.html"),
        ("en/index.html", "/course/", "../index.html"),
        # what is no page of the site stays as it is
        ("a/index.html", "#one", "#one"),
        ("a/index.html", "", ""),
        ("a/index.html", "https://example.org/a/", "https://example.org/a/"),
        ("a/index.html", "../snippets/", "../snippets/"),
        ("a/index.html", "../snippets/a.py", "../snippets/a.py"),
        ("index.html", "../en/", "../en/"),
    ],
)
def test_links_lead_to_files(page, address, there):
    html = '<p title="a > b">href="../" <a class="x" href="{}">a</a></p>'
    assert offline.relinked(html.format(address), page, PAGES, "/course/") == html.format(there)


def test_what_a_browser_refuses_to_a_file_is_left_out():
    html = (
        '<link rel="preload" href="a.woff2" crossorigin><meta http-equiv="Content-Security-Policy" content="a">'
        '<script type="module" src="../b.js"></script>'
    )
    assert offline.relinked(html, "a/index.html", PAGES) == '<script defer src="../b.js"></script>'


def test_a_module_becomes_a_function():
    text = (
        'import { a, b as g } from "./one.js";\nexport const c = a;\nexport async function d() {}\nexport class E {}\n'
        "const f = () => import(`./${c}.js`);\nnew URL(c, import.meta.url);\n"
    )
    assert offline.classic("two.js", text) == (
        '($address) => {\nconst { a, b: g } = $load("./one.js");\nconst c = a;\nasync function d() {}\nclass E {}\n'
        "const f = () => $import(`./${c}.js`);\nnew URL(c, $address);\nreturn { c, d, E };\n}"
    )


@pytest.mark.parametrize(
    "line",
    [
        'import a from "./a.js";',
        'import * as a from "./a.js";',
        'import { a } from "../a.js";',
        'import "./a.js";',
        "export default 1;",
        "export { a };",
        'export * from "./a.js";',
        "import.meta.resolve('a');",
    ],
)
def test_what_cannot_become_one_is_refused_by_name(line):
    with pytest.raises(ValueError, match=r"two\.js") as error:
        offline.classic("two.js", f"const b = 1;\n{line}\n")
    assert line[:6] in str(error.value)


def test_the_search_leads_to_files():
    index = 'searchIndex={"endings":["a"],"pages":[["",[["",1,"A","é"]]],["b/",[]]]}\n'
    data = json.loads(offline.searchable(index).removeprefix("searchIndex="))
    assert data == {"endings": ["a"], "pages": [["index.html", [["", 1, "A", "é"]]], ["b/index.html", []]]}


def test_a_page_leads_to_what_was_made_and_to_nothing_else():
    page = '<p>a</p><p class="downloads"><a href="a.zip">a</a></p>'
    once = offline.linked(page, {"b.zip": "b & c"})
    assert '"downloads"><span class="published"><a href="b.zip">b &amp; c</a> · </span><a href="a.zip">' in once
    assert offline.linked(once, {"b.zip": "b & c"}) == once and offline.linked(once, {}) == page
