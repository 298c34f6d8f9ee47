"""Every language says the same: same pages, sections, programs, formulas, notes and numbers; only the words differ."""

import ast
import re

import pytest
from pages import DOCS, FENCE, LANGUAGES, PAGES, blocks, numbers, source, telling

OTHERS = [language for language in LANGUAGES if language != "it"]
pytestmark = [pytest.mark.parametrize("page", PAGES), pytest.mark.parametrize("language", OTHERS)]


def prose(language, page):
    """A page's text without programs and formulas."""
    return re.sub(r"\$\$.*?\$\$|\$[^$\n]+\$", "", FENCE.sub("", source(language, page)[1]), flags=re.S)


def formulas(language, page):
    """A page's formulas, in order, free of the words and the decimal mark of the language."""
    found = re.findall(r"\$\$.*?\$\$|\$[^$\n]+\$", FENCE.sub("", source(language, page)[1]), re.S)
    return [re.sub(r"\\(text|mathrm)\{\w{2,}\}", r"\\\1{}", formula.replace("{,}", ".")) for formula in found]


class Words(ast.NodeTransformer):
    """Empties every text in a program: what is left is the same in every language."""

    def visit_Constant(self, node):
        return ast.Constant("") if isinstance(node.value, str) else node

    def visit_JoinedStr(self, node):
        values = [self.visit(value) for value in node.values if not isinstance(value, ast.Constant)]
        return ast.JoinedStr(sorted(values, key=ast.dump))


def test_same_pages(language, page):
    assert (DOCS / language / f"{page}.md").is_file()
    assert {p.stem for p in (DOCS / language).glob("*.md")} == set(PAGES)


def test_same_sections(language, page):
    def headings(lang):
        return re.findall(r"^(#+) .*?(\{#[\w-]+\})\s*$", prose(lang, page), re.M)

    bare = [line for line in prose(language, page).splitlines() if re.match(r"#+ ", line) and "{#" not in line]
    assert not bare, f"{language}/{page}.md: headings without {{#id}}: {bare}"
    assert headings(language) == headings("it")


def test_same_glossary(language, page):
    def terms(lang):
        return sorted(re.findall(r"^[^#\n].*(\{#[\w-]+\})$", prose(lang, page), re.M))

    assert terms(language) == terms("it")


def test_same_programs(language, page):
    def programs(lang):
        found = []
        for block in blocks(lang, page):
            code = block["code"] if block["program"] else ast.dump(Words().visit(ast.parse(block["code"])))
            found.append((block["options"], re.sub(r"^ +", "", code)))
        return found

    ours, theirs = programs(language), programs("it")
    assert [options["id"] for options, _ in ours] == [options["id"] for options, _ in theirs]
    assert ours == theirs


def test_same_formulas(language, page):
    assert formulas(language, page) == formulas("it", page)


def test_same_notes(language, page):
    def notes(lang):
        return re.findall(r"\[\^[\w-]+\]:?", source(lang, page)[1])

    assert notes(language) == notes("it")


def test_same_links(language, page):
    def links(lang):
        return sorted(re.findall(r"\]\(([^)\s]+)\)", source(lang, page)[1]))

    assert links(language) == links("it")


def test_same_numbers(language, page):
    def values(lang):
        text = re.sub(r"`[^`]*`|\]\([^)]*\)|^\[\^.*$", "", prose(lang, page), flags=re.M)
        return sorted(value for _, value in numbers(text, lang) if telling(value))

    assert values(language) == values("it")


def test_front_matter(language, page):
    ours, theirs = source(language, page)[0], source("it", page)[0]
    assert ours.keys() == theirs.keys() and ours["description"] != theirs["description"]
