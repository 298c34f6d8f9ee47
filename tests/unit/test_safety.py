"""What a page's HTML may hold: what could run or deceive is refused, with its line; what only looks like it is not."""

import pytest
from course import safety
from course.build import Build
from course.compare import page_problems
from course.formulas import Formulas
from course.page import Page
from course.programs import Limits
from course.project import read_yaml
from hostile import HARMLESS, REFUSED
from markdown import Markdown
from pages import ROOT, SNIPPETS

# Before each of them, what a line must not be taken from: the same words where they are no danger.
BEFORE = """---
description: A page.
---

# Page {#page}

Code: `<script>`, `<img src=x onerror=alert(1)>`, `<svg><a><form>`, `<!--`, `<iframe`, `javascript:`, `{#__config}`.

[A link](https://python.org/), ![a picture](../assets/images/favicon.svg).

```html
<script></script>
<img src=x onerror=alert(1)>
```

"""
FIRST = BEFORE.count("\n") + 1


@pytest.fixture(scope="module")
def converter():
    """Markdown as mkdocs.yml sets it."""
    pytest.importorskip("pymdownx")
    extensions, settings = [], {}
    for one in read_yaml(ROOT / "mkdocs.yml")["markdown_extensions"]:
        name, more = next(iter(one.items())) if isinstance(one, dict) else (one, {})
        extensions.append(name)
        settings[name] = more
    settings["pymdownx.snippets"] |= {"base_path": [str(SNIPPETS)], "check_paths": False}
    return Markdown(extensions=[*extensions, Formulas()], extension_configs=settings)


@pytest.fixture(scope="module")
def said(converter):
    """What is said of a page: the lines of its messages, None for one without."""
    build = Build(ROOT, Limits())

    def say(text):
        page = Page(text, "it")
        problems = [f"line {problem.line}: {problem.message}" for problem in page_problems(page)]
        html = converter.reset().convert(text.split("---\n", 2)[2])
        return problems + list(build.unsafe(html, page))

    return say


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_its_line(said, name):
    messages = said(BEFORE + REFUSED[name])
    last = FIRST + REFUSED[name].count("\n")
    assert messages
    for message in messages:
        line = message.partition(":")[0].removeprefix("line ")
        assert line.isdecimal() and FIRST <= int(line) <= last, messages


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless_passes(said, name):
    assert not said(BEFORE + HARMLESS[name])


ELEMENTS = sorted(
    safety.listed("""animate annotation-xml applet area audio base body button canvas dialog embed foreignobject form
    frame frameset head html iframe image input label link maction map marquee meta mglyph noscript object param picture
    plaintext portal script select set slot source style template textarea title track use video xmp""")
)
ATTRIBUTES = sorted(
    safety.listed("""action autofocus background contenteditable data data-copy data-md-color-scheme data-md-component
    data-preview draggable formaction itemid nonce onclick onerror onload onpointerenter ping poster slot srcdoc srcset
    style target xlink:href""")
)


@pytest.mark.parametrize("html", [*(f"<{name}>" for name in ELEMENTS), *(f"</{name}>" for name in ELEMENTS)])
def test_elements_are_refused_by_themselves(html):
    assert [what for what, _ in safety.not_allowed(html) if what == f"the element {html}" or "no tag written" in what]


@pytest.mark.parametrize("element", ["a", "p", "img", "math", "mi", "svg", "text"])
@pytest.mark.parametrize("name", ATTRIBUTES)
def test_attributes_are_refused_by_themselves(name, element):
    assert safety.not_allowed(f'<{element} {name}="words">')
