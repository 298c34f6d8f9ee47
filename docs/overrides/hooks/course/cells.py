"""What must have run before a section of a program can, where sections of many programs run in one notebook.

A page shows sections in its own order, of programs that use the same names for different things. What a name holds is
told by the statements that made it: those of its program, as that program alone would have run them. Before a section,
the statements run whose names are missing or hold what another program put there; no others.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from course.page import decode
from course.programs import MARKER, section_lines
from course.project import state
from course.runner import statements

Version = tuple[object, ...]  # the statements that made what a name holds
Names = dict[str, Version]
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
SCOPES = (*FUNCTIONS, ast.ClassDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
OPTIONS, PLAIN = "set_printoptions", "np.set_printoptions(precision=8, suppress=False)"  # NumPy's own at its start
KEEPS = "remember"  # a function so decorated looks for its own file: see snippets/remember.py


@dataclass
class Statement:
    """A statement of a program: its lines, the names it reads, makes and changes.

    And those that its functions read later, when they are called; and those that what it makes may hold.
    """

    node: ast.stmt
    first: int
    last: int
    reads: set[str] = field(default_factory=set)
    later: set[str] = field(default_factory=set)
    holds: set[str] = field(default_factory=set)
    makes: set[str] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)

    @property
    def kept(self) -> str:
        """The function that it defines, if that keeps its result in a file."""
        decorators = getattr(self.node, "decorator_list", [])
        return self.node.name if any(isinstance(one, ast.Name) and one.id == KEEPS for one in decorators) else ""

    @property
    def prints(self) -> bool:
        """Whether it may print: it says so, or calls what may."""
        names = (one.id for one in ast.walk(self.node) if isinstance(one, ast.Name))
        return not isinstance(self.node, SCOPES) and (isinstance(self.node, ast.Expr) or "print" in names)

    @property
    def asks(self) -> bool:
        """Whether it reads what follows the program's name on the command line."""
        return "sys.argv" in ast.unparse(self.node)

    @property
    def options(self) -> str:
        """The call by which it says how NumPy prints, if that is what it does."""
        text = ast.unparse(self.node)
        return text if isinstance(self.node, ast.Expr) and f".{OPTIONS}(" in text else ""


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """What is in a function or a comprehension, without what is in those inside it."""
    for one in ast.iter_child_nodes(node):
        yield one
        if not isinstance(one, (*SCOPES, *COMPREHENSIONS)):
            yield from _own(one)


def _free(node: ast.AST) -> set[str]:
    """The names that a function, a class or a comprehension reads and does not make."""
    own = list(_own(node))
    names = [one for one in own if isinstance(one, ast.Name)]
    made = {one.id for one in names if not isinstance(one.ctx, ast.Load)}
    made |= {one.arg for one in own if isinstance(one, ast.arg)}
    made |= {one.name for one in own if isinstance(one, (ast.FunctionDef, ast.ClassDef))}
    made |= {(one.asname or one.name).partition(".")[0] for one in own if isinstance(one, ast.alias)}
    inner = set().union(*(_free(one) for one in own if isinstance(one, (*SCOPES, *COMPREHENSIONS))))
    read = {one.id for one in names if isinstance(one.ctx, ast.Load)}
    if isinstance(node, ast.ClassDef):  # its methods do not see what it makes
        return (read - made) | inner
    return (read | inner) - made


def _base(node: ast.AST) -> str:
    """The name that something belongs to: a of a.b[c].d()."""
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Starred, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


class _Reader(ast.NodeVisitor):
    """Reads a statement in the order in which it runs."""

    def __init__(self, into: Statement):
        self.into = into

    def visit_Name(self, node: ast.Name) -> None:
        if not isinstance(node.ctx, ast.Load):
            self.into.makes.add(node.id)
        elif node.id not in self.into.makes:
            self.into.reads.add(node.id)

    def _values_first(self, node: ast.AST) -> None:
        for name in ("value", "iter", "context_expr", "target", "targets", "optional_vars", "items", "body", "orelse"):
            for one in [part] if isinstance(part := getattr(node, name, []), ast.AST) else part or []:
                self.visit(one)

    visit_Assign = visit_AnnAssign = visit_For = visit_With = visit_withitem = visit_NamedExpr = _values_first

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if name := _base(node.target):
            self.into.reads |= {name} - self.into.makes
            self.into.changes.add(name)
        self.visit(node.value)

    def visit_Subscript(self, node: ast.Subscript | ast.Attribute) -> None:
        if not isinstance(node.ctx, ast.Load):
            self.into.changes.add(_base(node))
        self.generic_visit(node)

    visit_Attribute = visit_Subscript

    def visit_Expr(self, node: ast.Expr) -> None:
        call = node.value
        if isinstance(call, ast.Call) and _base(call.func) != "print":  # done for what it changes
            given = (*call.args, *(one.value for one in call.keywords))
            self.into.changes |= {_base(one) for one in (call.func, *given)}
        self.generic_visit(node)

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        self.into.makes |= {(one.asname or one.name).partition(".")[0] for one in node.names}

    visit_ImportFrom = visit_Import

    def _scope(self, node: ast.AST) -> None:
        if isinstance(node, COMPREHENSIONS):
            self.into.reads |= _free(node) - self.into.makes
            return
        self.into.later |= _free(node)
        now = [*getattr(node, "decorator_list", []), *getattr(node, "bases", [])]
        if isinstance(node, FUNCTIONS):
            now += [*node.args.defaults, *(one for one in node.args.kw_defaults if one)]
        if isinstance(node, ast.ClassDef):  # what stands in it runs at once
            self.into.reads |= {name for one in node.body if not isinstance(one, SCOPES) for name in _free(one)}
        for one in now:
            self.visit(one)
        if name := getattr(node, "name", ""):
            self.into.makes.add(name)

    visit_FunctionDef = visit_AsyncFunctionDef = visit_Lambda = visit_ClassDef = _scope
    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _scope


class Program:
    """A program, and what its names hold before each of its statements, when it runs alone."""

    def __init__(self, file: Path):
        """Read it."""
        self.file, self.text = file, decode(file.read_bytes())
        self.statements: list[Statement] = []
        self.wanted: list[Names] = []  # before each statement
        self.makers: list[dict[str, set[int]]] = []  # by their places
        self.options: list[str] = []
        tree = ast.parse(self.text)
        top = {id(node) for node in tree.body}
        names: Names = {}
        makers: dict[str, set[int]] = {}
        options, loaded, self.exported = "", set(), None
        for place, node in enumerate(statements(tree)):
            if id(node) not in top and self.exported is None:  # what follows is not for those who import it
                self.exported = dict(names), options
            first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))])
            one = Statement(node, first, node.end_lineno)
            _Reader(one).visit(node)
            one.changes -= {"", *one.makes}
            called = {id(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)}
            plain = {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and id(part) not in called}
            # An object holds its class: what its methods read must be there when they are called.
            classes = {name for name in one.reads if any(self.is_class(at) for at in makers.get(name, ()))}
            one.holds = one.reads & (plain | classes)
            self.statements.append(one)
            self.wanted.append(dict(names))
            self.makers.append({name: set(places) for name, places in makers.items()})
            self.options.append(options)
            self.run(place, names)
            options = self.options_after(place, options, loaded)
            for name in one.makes:
                makers[name] = {place}
            for name in one.changes & names.keys():
                makers.setdefault(name, set()).add(place)
        if self.exported is None:
            self.exported = dict(names), options

    def is_class(self, place: int) -> bool:
        """Whether a statement defines a class."""
        return isinstance(self.statements[place].node, ast.ClassDef)

    def run(self, place: int, names: Names) -> None:
        """What names hold after a statement."""
        one, mark = self.statements[place], (self.file.name, place)
        for name in one.changes & names.keys():
            if isinstance(names[name][0], tuple):  # no module
                names[name] = (*names[name], mark)
        for name in one.makes:
            names[name] = (mark,)
        for other, alias in _imported(one.node):
            name = (alias.asname or alias.name).partition(".")[0]
            if other and isinstance(one.node, ast.ImportFrom) and (beside := self.beside(other)):
                names[name] = beside.exported[0].get(alias.name, (mark,))
            else:
                names[name] = (f"{other} {alias.name}",)

    def options_after(self, place: int, options: str, loaded: set[str]) -> str:
        """How NumPy prints after a statement; `loaded` are the programs whose import has had its effect."""
        one = self.statements[place]
        for other, alias in _imported(one.node):
            name = other or alias.name
            if name not in loaded and (beside := self.beside(name)):
                loaded |= {name, *beside.imports()}
                options = beside.exported[1] or options
        return one.options or options

    def imports(self) -> set[str]:
        """The programs that it imports, and those that they import."""
        names = {other or alias.name for one in self.statements for other, alias in _imported(one.node)}
        found = {name: self.beside(name) for name in names}
        return {name for name, one in found.items() if one}.union(*(one.imports() for one in found.values() if one))

    def beside(self, name: str) -> "Program | None":
        """A program of the same folder, by its name as a module."""
        file = self.file.with_name(f"{name}.py")
        return program(file, state(file)) if file.is_file() else None

    def section(self, name: str) -> tuple[range, str]:
        """The places of a section's statements and its text; none if it is a part of a statement."""
        first, last = section_lines(self.file.parent, self.file.name, name)
        within = [place for place, one in enumerate(self.statements) if first <= one.first and one.last <= last]
        across = [one for one in self.statements if one.first < first <= one.last or one.first <= last < one.last]
        lines = [line for line in self.text.splitlines()[first - 1 : last] if not MARKER.search(line)]
        places = range(within[0], within[-1] + 1) if within and not across else range(0)
        return places, dedented(lines)

    def source(self, place: int) -> str:
        """The lines of a statement; of a function that keeps its result, those that take it from its file."""
        one = self.statements[place]
        if one.kept:
            return f"from {self.file.stem} import {one.kept}"
        lines = self.text.splitlines()[one.first - 1 : one.last]
        return dedented([line for line in lines if not MARKER.search(line)])


@cache
def program(file: Path, _state: object) -> Program:
    """A program, read once until it changes."""
    return Program(file)


def _imported(node: ast.stmt) -> Iterator[tuple[str, ast.alias]]:
    """What a statement imports: (module or "", what)."""
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        for alias in node.names:
            yield getattr(node, "module", "") or "", alias


def dedented(lines: list[str]) -> str:
    """Lines without the indent that they share."""
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[indent:] for line in lines).strip("\n")


class Kernel:
    """What the names of a notebook hold, cell after cell."""

    def __init__(self, snippets: Path):
        """Nothing has run."""
        self.snippets = snippets
        self.names: Names = {}
        self.taken: set[str] = set()  # names whose function or object is that of a file, whatever the notebook has
        self.options, self.argv = "", ""
        self.loaded: set[str] = set()

    def before(self, file: str, places: range) -> tuple[list[int], list[str]]:
        """What must run before these statements of a program, which then run: others, by their places, then lines."""
        path = self.snippets / file
        code = program(path, state(path))
        todo: set[int] = set()
        while missing := self._missing(code, todo, places):
            todo |= missing
        lines, run = [], [*sorted(todo), *places]
        for place in run:
            one, wanted = code.statements[place], code.options[place]
            if place == places[0] and self.argv != file and any(code.statements[at].asks for at in run):
                lines += ["import sys", f'sys.argv = ["{file}"]  # not those of the notebook']
                self.argv, self.names["sys"] = file, (" sys",)
            if place in places and one.prints and not one.options and self.options != wanted:
                lines += [] if "np" in self.names else ["import numpy as np"]
                lines += [wanted or PLAIN]
                self.options, self.names["np"] = wanted, (" numpy",)
            self._run(code, place, self.names, self.taken)
            self.options = code.options_after(place, self.options, self.loaded)
        return sorted(todo), lines

    def keeps(self, file: str, places: range) -> list[str]:
        """The lines that take from its file each function of these statements that keeps its result."""
        path = self.snippets / file
        code = program(path, state(path))
        return [code.source(place) for place in places if code.statements[place].kept]

    def _run(self, code: Program, place: int, names: Names, taken: set[str]) -> None:
        """Note what names hold after a statement."""
        code.run(place, names)
        one = code.statements[place]
        taken -= one.makes
        if one.kept:
            taken.add(one.kept)
        for other, alias in _imported(one.node):
            if code.beside(other):
                taken.add(alias.asname or alias.name)

    def _missing(self, code: Program, todo: set[int], places: range) -> set[int]:
        """The statements that must run too, since what some of these read is not there or is another's."""
        names, taken, run = dict(self.names), set(self.taken), (*sorted(todo), *places)
        for place in run:
            wanted, makers = code.wanted[place], code.makers[place]
            reads = (name for name in self._read(code, place) if name in wanted)
            lacking = [name for name in reads if not self._there(code, name, wanted, names, taken)]
            if missing := set().union(*(makers.get(name, set()) for name in lacking)).difference(run):
                return missing
            self._run(code, place, names, taken)
        return set()

    def _read(self, code: Program, place: int) -> set[str]:
        """The names that a statement reads, and those that the functions it calls read in turn."""
        one, makers = code.statements[place], code.makers[place]
        found = one.reads | (set() if isinstance(one.node, SCOPES) else one.later)
        seen, more = set(), found
        while more:
            seen |= more
            made = [code.statements[at] for name in more for at in makers.get(name, ())]
            found = found.union(*(one.later for one in made if not one.kept))
            more = found.union(*(one.holds for one in made)) - seen
        return found

    def _there(self, code: Program, name: str, wanted: Names, names: Names, taken: set[str], seen=()) -> bool:
        """Whether a name holds what it should; of a function of another program, so must what it reads."""
        if names.get(name) != wanted[name]:
            return False
        return name in taken or self._whole(code, name, wanted, names, taken, seen)

    def _whole(self, code: Program, name: str, wanted: Names, names: Names, taken: set[str], seen=()) -> bool:
        """Whether what the functions of another program read is there, for those that a name holds."""
        if name in seen:
            return True
        for file, place in (mark for mark in wanted[name] if isinstance(mark, tuple)):
            if file == code.file.name:  # _read has looked
                continue
            other = code.beside(Path(file).stem)
            held, one = other.exported[0], other.statements[place]
            more = (held, names, taken, (*seen, name))
            if not all(self._there(code, read, *more) for read in one.later & held.keys()):
                return False
            if not all(self._whole(code, read, *more) for read in one.holds & held.keys()):
                return False
        return True
