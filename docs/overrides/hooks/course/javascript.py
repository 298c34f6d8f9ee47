"""A program in Python as a JavaScript module: a page counts in the browser with the very program that it shows.

Each part becomes JavaScript of the same shape. What JavaScript has not, or does otherwise, is a call of a function in
docs/assets/js/python.js. What the course's program does not need is refused, with its line.
"""

import ast
import json
import re
from collections.abc import Iterable, Iterator
from typing import NoReturn

# What docs/assets/js/python.js gives: functions of Python's own; and those that stand for its signs and statements.
PYTHONS = """Counter ValueError any bool dict enumerate field getattr int isinstance len list property range repr sorted
    str sum type"""
OTHERS = "Named add and classed def floordiv getitem isin lt mod mul or setitem sub"
SIGNS = {"Add": "add", "Sub": "sub", "Mult": "mul", "FloorDiv": "floordiv", "Mod": "mod", "BitOr": "dict", "Lt": "lt"}
SIGNS |= {"GtE": "!lt", "In": "isin", "NotIn": "!isin"}
SIGNS |= {"And": "and", "Or": "or"}
METHODS = "count get items join startswith values"
WORDS = """await case catch const debugger default delete do enum eval export extends false function implements in
    instanceof interface let new null package private protected public static super switch this throw true typeof var
    void Object"""  # JavaScript's own


def refused(node: ast.AST) -> NoReturn:
    """Say what has no translation."""
    text, line = ast.unparse(node).split("\n")[0], getattr(node, "lineno", "?")
    raise ValueError(f"line {line}: “{text}” is not known in JavaScript: see docs/overrides/hooks/course/javascript.py")


def name(text: str) -> str:
    """A name of the program in JavaScript: with a $, which no name has in Python, where it is not free there."""
    return f"{text}$" if text in f"{WORDS} {OTHERS}".split() else text


def joined(parts: Iterable[ast.expr]) -> str:
    """Expressions one after another."""
    return ", ".join(map(expression, parts))


def named(parts: Iterable[tuple[str | None, ast.expr]]) -> str:
    """What goes by name: {name: value}; of what has no name, all that is in it."""
    return f"{{{', '.join(f'{key}: {expression(one)}' if key else f'...{expression(one)}' for key, one in parts)}}}"


def expression(node: ast.expr) -> str:
    """An expression, or what is given a value by unpacking."""
    match node:
        case ast.Constant(None | True | False | int() | str() as value):
            return json.dumps(value)
        case ast.Name(text):
            return name(text)
        case ast.JoinedStr(parts):
            return f'[{joined(parts)}].join("")'
        case ast.FormattedValue(part, -1 | 114 as how, None):
            return f"{'str' if how < 0 else 'repr'}({expression(part)})"
        case ast.UnaryOp(ast.Not(), part):
            return f"!bool({expression(part)})"
        case ast.UnaryOp(ast.USub(), part):
            return f"sub(0, {expression(part)})"
        case ast.BinOp(left, sign, right) | ast.Compare(left, [sign], [right]) if type(sign).__name__ in SIGNS:
            return f"{SIGNS[type(sign).__name__]}({expression(left)}, {expression(right)})"
        case ast.Compare(left, [ast.Eq() | ast.Is()], [right]):
            return f"({expression(left)} === {expression(right)})"
        case ast.Compare(left, [ast.NotEq() | ast.IsNot()], [right]):
            return f"({expression(left)} !== {expression(right)})"
        case ast.Compare(left, [ast.Gt()], [right]):
            return f"lt({expression(right)}, {expression(left)})"
        case ast.BoolOp(sign, [left, right]):
            return f"{SIGNS[type(sign).__name__]}({expression(left)}, () => {expression(right)})"
        case ast.IfExp(test, yes, no):
            return f"(bool({expression(test)}) ? {expression(yes)} : {expression(no)})"
        case ast.NamedExpr(target, part):
            return f"({expression(target)} = {expression(part)})"
        case ast.Tuple(parts) | ast.List(parts):
            return f"[{joined(parts)}]"
        case ast.Dict(keys, parts):
            return named((key and f"[{expression(key)}]", part) for key, part in zip(keys, parts, strict=True))
        case ast.ListComp(part, [loop]) | ast.GeneratorExp(part, [loop]):
            each = f"({expression(loop.target)}) =>"
            kept = "".join(f".filter({each} bool({expression(test)}))" for test in loop.ifs)
            return f"list({expression(loop.iter)}){kept}.map({each} ({expression(part)}))"
        case ast.DictComp(key, part, loops):
            return f"Object.fromEntries({expression(ast.ListComp(ast.Tuple([key, part]), loops))})"
        case ast.Attribute(of, text):
            return f'getattr({expression(of)}, "{text}")'
        case ast.Subscript(of, key):
            return f"getitem({expression(of)}, {expression(key)})"
        case ast.Starred(part):
            return f"...{expression(part)}"
        case ast.Call(function, parts, given):
            given = [f"new Named({named((one.arg, one.value) for one in given)})"] if given else []
            return f"{expression(function)}({', '.join([*map(expression, parts), *given])})"
    refused(node)


def assigned(target: ast.expr, value: str) -> str:
    """A statement that gives a value to a name, to each of several, or to a part of something."""
    match target:
        case ast.Subscript(of, key):
            return f"setitem({expression(of)}, {expression(key)}, {value});"
        case ast.Attribute(of, text):
            return f"{expression(of)}.{text} = {value};"
        case ast.Name() | ast.Tuple():
            return f"{expression(target)} = {value};"
    refused(target)


def stored(*nodes: ast.AST) -> Iterator[str]:
    """The names to which statements give a value, but for those of functions and comprehensions in them."""
    for node in nodes:
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                yield node.name
            case ast.Name(text, ast.Store()):
                yield text
            case ast.comprehension(_, of, tests):
                yield from stored(of, *tests)
            case _:
                yield from stored(*ast.iter_child_nodes(node))


def declared(names: Iterable[str]) -> list[str]:
    """The line that says which names there are."""
    found = ", ".join(map(name, dict.fromkeys(names)))
    return [f"let {found};"] if found else []


def function(node: ast.FunctionDef) -> str:
    """A function: what it takes, with defaults, and what it does."""
    takes = node.args
    plain = [*takes.posonlyargs, *takes.args]
    otherwise = dict(zip(reversed(plain), reversed(takes.defaults), strict=False))
    otherwise |= dict(zip(takes.kwonlyargs, takes.kw_defaults, strict=True))
    starred = {takes.vararg: "*", takes.kwarg: "**"}
    order = [one for one in (*plain, takes.vararg, *takes.kwonlyargs, takes.kwarg) if one]
    given = (
        f'"{starred.get(one, "")}{one.arg}": {expression(otherwise.get(one) or ast.Constant(None))}' for one in order
    )
    own = [one for one in stored(*node.body) if one not in {other.arg for other in order}]
    end = [] if isinstance(node.body[-1], ast.Return) else ["return null;"]
    lines = "\n".join([*declared(own), *map(statement, node.body), *end])
    text = f"def({{{', '.join(given)}}}, ({', '.join(name(one.arg) for one in order)}) => {{\n{lines}\n}})"
    for one in node.decorator_list:
        text = f"{expression(one)}({text})"
    return text


def member(node: ast.stmt) -> list[str]:
    """What a statement puts into a class."""
    match node:
        case ast.FunctionDef(text):
            return [f"{text}: {function(node)}"]
        case ast.AnnAssign(ast.Name(text), _, ast.expr() as part):
            return [f"{text}: {expression(part)}"]
        case ast.Expr(ast.Constant(str())):
            return []
    refused(node)


def statement(node: ast.stmt) -> str:
    """A statement."""
    match node:
        case ast.Expr(ast.Constant(str())):  # what a function says of itself
            return ""
        case ast.Expr(part):
            return f"{expression(part)};"
        case ast.Assign([target], part) | ast.AnnAssign(target, _, ast.expr() as part):
            return assigned(target, expression(part))
        case ast.AugAssign(target, sign, part):
            return assigned(target, expression(ast.BinOp(target, sign, part)))
        case ast.Return(ast.expr() as part):
            return f"return {expression(part)};"
        case ast.Raise(ast.expr() as error, None | ast.Constant(None)):
            return f"throw {expression(error)};"
        case ast.For(target, of, body, []):
            return f"for ({expression(target)} of list({expression(of)})) {block(body)}"
        case ast.If(test, body, other):
            return f"if (bool({expression(test)})) {block(body)}" + (f" else {block(other)}" if other else "")
        case ast.FunctionDef(text):
            return f"{name(text)} = {function(node)};"
        case ast.ClassDef(text, [], [], body):
            return f"{name(text)} = classed({{{', '.join(part for one in body for part in member(one))}}});"
    refused(node)


def block(statements: Iterable[ast.stmt]) -> str:
    """Statements that stand in another."""
    return "\n".join(["{", *map(statement, statements), "}"])


def needed(names: set[str], statements: list[ast.stmt]) -> list[ast.stmt]:
    """Those of a program's statements that give these names, and the names that they need in turn."""
    found = [one for one in statements if names & {*stored(one)}]
    more = names | {one.id for statement in found for one in ast.walk(statement) if isinstance(one, ast.Name)}
    return found if more == names else needed(more, statements)


def known(statements: Iterable[ast.stmt]) -> None:
    """Refuse names and methods that neither the program nor the runtime has."""
    parts = [one for statement in statements for one in ast.walk(statement)]
    names = {"dataclass", *PYTHONS.split(), *(one.arg for one in parts if isinstance(one, ast.arg))}
    names |= {one.id for one in parts if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    made = {one.name for one in parts if isinstance(one, (ast.FunctionDef, ast.ClassDef))}
    own = {one.attr for one in parts if isinstance(one, ast.Attribute) and isinstance(one.ctx, ast.Store)}
    for one in parts:
        match one:
            case ast.Name(text) if text not in names | made:
                refused(one)
            case ast.Attribute(_, text) if text not in {*METHODS.split(), *names, *made, *own}:
                refused(one)


def translated(source: str, names: tuple[str, ...], file: str) -> str:
    """A module that exports these names of a program; `file` is what messages call it.

    Raises ValueError, with the line, for what it cannot translate.
    """
    try:
        statements = needed({*names}, ast.parse(source).body)
        known(statements)
        lines = [f"export let {one};" for one in names]
        lines += [*declared(one for one in stored(*statements) if one not in names), *map(statement, statements)]
    except SyntaxError as error:
        raise ValueError(f"{file}, line {error.lineno}: {error.msg}") from None
    except ValueError as error:
        raise ValueError(f"{file}, {error}") from None
    text = re.sub(r"\n+", "\n", "\n".join(lines))
    used = sorted({*f"{PYTHONS} {OTHERS}".split()} & {*re.findall(r"\w+", text)})
    return f'// {file}, translated\nimport {{ {", ".join(used)} }} from "./python.js";\n{text}\n'
