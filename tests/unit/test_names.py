"""Every name in a program that a page shows is known: shown or explained before, on that page or an earlier one."""

import ast
import builtins
import functools
import re
import symtable

import pytest
from course.page import CODE, Page
from pages import LANGUAGES, PROJECT, SNIPPETS, section, sections_shown, source

# What is not known yet, by section, where the name is first met. An entry that is no longer needed must go.
ALLOWED = {}

ALONE = re.compile(r"@?(\w+)(?:\(.*\))?")  # `np`, `@remember`, `forward(p, X)`; not `W1 @ x`


def scopes(table):
    """A scope, and those inside it."""
    yield table
    for child in table.get_children():
        yield from scopes(child)


class Generators(ast.NodeTransformer):
    """Lists, sets, dictionaries made in a line, as generators: since Python 3.12 they have no scope of their own."""

    def visit_ListComp(self, node):
        self.generic_visit(node)
        return ast.GeneratorExp(node.elt, node.generators)

    visit_SetComp = visit_ListComp

    def visit_DictComp(self, node):
        self.generic_visit(node)
        return ast.GeneratorExp(ast.Tuple([node.key, node.value], ast.Load()), node.generators)


def table_of(code):
    """The symbols of code, the same for every Python."""
    return symtable.symtable(ast.unparse(ast.fix_missing_locations(Generators().visit(ast.parse(code)))), "", "exec")


def bound(code):
    """The names that code makes, for whoever comes after: not those inside its functions."""
    symbols = table_of(code).get_symbols()
    return {symbol.get_name() for symbol in symbols if symbol.is_assigned() or symbol.is_imported()}


def used(code):
    """The names that code does not make itself, line after line; a function may use those made below it."""
    found, before, own = set(), set(), bound(code)
    for statement in ast.parse(code).body:
        part = ast.unparse(statement)
        one_line = isinstance(statement, ast.Assign | ast.AugAssign | ast.Expr)
        if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
            found |= {statement.target.id} - before
        for scope in scopes(table_of(part)):
            outside = (s for s in scope.get_symbols() if s.is_global() or scope.get_type() == "module")
            found |= {s.get_name() for s in outside if s.is_referenced()} - (before if one_line else own)
        before |= bound(part)
    return found - {*dir(builtins)}


@functools.cache
def origin(file, name):
    """The program that makes a name which another uses, and its name there."""
    for node in ast.parse((SNIPPETS / file).read_text(encoding="utf-8")).body:
        for alias in node.names if isinstance(node, ast.ImportFrom) else []:
            other = f"{node.module}.py"
            if name == (alias.asname or alias.name) and (SNIPPETS / other).is_file():
                return origin(other, alias.name)
    return file, name


def explained(page, before):
    """The names that stand alone in code, in the prose above a line of a page."""
    text = "\n".join(page.lines()[: before - 1])
    return {match[1] for code in CODE.finditer(text) if (match := ALONE.fullmatch(code[2]))}


def unknown(read=source):
    """{section: names} that a reader meets there first, page after page, without being told what they are."""
    found, shown, prose = {}, set(), {language: set() for language in LANGUAGES}
    for page in PROJECT.pages:
        for block in sections_shown(LANGUAGES[0], page):
            told = []
            for language in LANGUAGES:
                same = next(b for b in read(language, page).blocks if b.options.get("id") == block.options["id"])
                told.append(prose[language] | explained(read(language, page), same.line))
            file, name = block.program
            code = section(file, name)
            known = set.intersection(*told) | {one for one in used(code) if origin(file, one) in shown}
            if left := used(code) - known:
                found[f"{file}:{name}"] = left
            shown |= {(file, one) for one in bound(code)} | {origin(file, one) for one in left}
        for language in LANGUAGES:
            prose[language] |= explained(read(language, page), len(read(language, page).source))
    return found


def test_every_name_is_shown_or_explained_before():
    found = unknown()
    for place, names in found.items():
        new = names - ALLOWED.get(place, set())
        assert not new, f"snippets/{place}: say before it, in `code`, in every language, what these are: {sorted(new)}"
    for place, names in ALLOWED.items():
        old = names - found.get(place, set())
        assert not old, f"ALLOWED, {place}: known by now, take them out: {sorted(old)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_explanation_taken_away_is_missed(language):
    def read(locale, page):
        text = source(locale, page).source
        return Page(text.replace("`Counter`", "Counter") if locale == language else text, locale)

    assert unknown(read)["next_token.py:followers"] == {"Counter"}


@pytest.mark.parametrize(
    ("code", "uses", "makes"),
    [
        ("x = f(a)", {"f", "a"}, {"x"}),
        ("x = x + 1", {"x"}, {"x"}),
        ("n += 1", {"n"}, {"n"}),
        ("def f(a, b=c):\n    d = a\n    return d + e + len(b) + g()\n\ndef g(): ...", {"c", "e"}, {"f", "g"}),
        ("for a, b in pairs:\n    c = a.d\nprint(b, c)", {"pairs"}, {"a", "b", "c"}),
        ("with at(x) as y:\n    [z for z in y if z > w]", {"at", "x", "w"}, {"y"}),
        ("import numpy as np\nnp.ones(n)", {"n"}, {"np"}),
        ("class A:\n    def f(self):\n        return B", {"B"}, {"A"}),
        ("try:\n    f(x)\nexcept Bad as error:\n    print(error)", {"f", "x", "Bad"}, {"error"}),
        ("h = lambda z: z + k", {"k"}, {"h"}),
    ],
)
def test_what_code_uses_and_makes(code, uses, makes):
    assert (used(code), bound(code)) == (uses, makes)


def test_names_are_those_of_the_program_that_makes_them():
    assert origin("files.py", "score") == ("letters.py", "score")
    assert origin("transformer.py", "score") == ("transformer.py", "score")
    assert origin("letters.py", "np") == ("letters.py", "np")


def test_a_name_explained_stands_alone_above():
    page = Page("---\ndescription: a\n---\n\n`a` `b(c, d)` `@e` `f @ g` `h.i` j\n\n`k`\n", "en")
    assert explained(page, 7) == {"a", "b", "e"}
    assert explained(page, 8) == {"a", "b", "e", "k"}
