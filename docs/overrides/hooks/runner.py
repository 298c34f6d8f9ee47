"""Runs programs apart from MkDocs: reads jobs on standard input, one JSON a line, answers likewise.

A job is {"path": a program of snippets/} or {"code": a block written in a page, "name": its name}.
An answer holds "outputs", a list of [first line, text printed], or "error"; and "files", what it read.

Each job runs in a process of its own (where the system can fork), so that nothing leaks from one to
the next: a program that exits, changes NumPy's settings or imports an edited module harms nobody.
"""

import ast
import contextlib
import importlib
import io
import json
import os
import sys
import traceback
import types
import warnings
from pathlib import Path

SNIPPETS = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else Path("snippets").resolve()
CAN_FORK = hasattr(os, "fork")


def statements(tree):
    """The top-level statements of a program, those under `if __name__ == "__main__":` included."""
    for node in tree.body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'":
            yield from node.body
        else:
            yield node


def where(error):
    """(file, line) of the deepest place in snippets/ that an exception went through, or (None, None)."""
    if isinstance(error, SyntaxError) and error.filename:
        return error.filename, error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if f.filename.startswith((str(SNIPPETS), "<block"))]
    return (ours[-1].filename, ours[-1].lineno) if ours else (None, None)


def explain(error):
    """One line for people: what happened and, where there is one, the file and line of snippets/."""
    file, line = where(error)
    place = ""
    if file and file.startswith(str(SNIPPETS)):
        place = f"snippets/{Path(file).relative_to(SNIPPETS).as_posix()}, line {line}: "
    elif file:
        place = f"line {line} of the block: "
    if isinstance(error, SystemExit):
        return f"{place}the program called sys.exit({error.code!r}); a page's program must run to its end"
    return place + "".join(traceback.format_exception_only(error)).strip()


def run(job):
    """Run one job. Never raises: whatever the program does becomes part of the answer."""
    read = set()
    sys.addaudithook(lambda event, args: read.add(str(args[0])) if event == "open" else None)
    warnings.simplefilter("error")
    sys.path.insert(0, str(SNIPPETS))
    main = types.ModuleType("__main__")
    sys.modules["__main__"] = main
    outputs = []
    try:
        if "path" in job:
            name = main.__file__ = job["path"]
            sys.argv = [name]
            code = Path(name).read_text(encoding="utf-8")
        else:
            name, code = f"<block {job['name']}>", job["code"]
        for node in statements(ast.parse(code, name)):
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile(ast.Module([node], []), name, "exec"), main.__dict__)
            outputs.append([node.lineno, printed.getvalue()])
        answer = {"outputs": outputs}
    except BaseException as error:
        answer = {"error": explain(error)}
    read |= {module.__file__ for module in list(sys.modules.values()) if getattr(module, "__file__", None)}
    ours = (str(SNIPPETS), str(SNIPPETS.parent / "docs"))
    files = sorted(f for f in read if f.startswith(ours) and Path(f).is_file() and "__pycache__" not in f)
    return answer | {"files": files}


def run_apart(job):
    """Run one job in a forked process and return its answer as JSON."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        with os.fdopen(into, "w") as pipe:
            pipe.write(json.dumps(run(job)))
        os._exit(0)
    os.close(into)
    with os.fdopen(out) as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return answer or json.dumps({"error": "the program ended its process (os._exit, or a crash)", "files": []})


if __name__ == "__main__":
    # Answers keep the real standard output to themselves: what a program writes there directly goes to stderr.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    # What programs import most, imported once here: each job starts as a copy of this process.
    for module in ("argparse", "collections", "dataclasses", "html", "itertools", "textwrap", "numpy.random"):
        with contextlib.suppress(ImportError):
            importlib.import_module(module)
    for line in sys.stdin:
        job = json.loads(line)
        print(run_apart(job) if CAN_FORK else json.dumps(run(job)), file=answers, flush=True)
        if not CAN_FORK:
            break
