"""What a page must not bring to its readers, as somebody could write it; and what looks like it and does no harm."""

import json
import shutil

import yaml
from pages import SNIPPETS

# Whatever of it runs in a browser calls this; the tests of the browser look whether it was called.
RUN = "alert(1)"
SCRIPT = f"<script>{RUN}</script>"
BROKEN = f"<img src=x onerror={RUN}>"
ELSEWHERE = "https://elsewhere.example"

# {what it is: lines of Markdown}. Each ends the build, with a message that names the page and the line.
REFUSED = {
    # What Markdown lets through as it is.
    "a script": SCRIPT,
    "a script in capitals": f"So <SCRIPT>{RUN}</SCRIPT> it is.",
    "a script from elsewhere": f'<script src="{ELSEWHERE}/x.js"></script>',
    "a script after an escaped backtick": f"So \\`{SCRIPT}` it is.",
    "a script in a quotation": f"> {SCRIPT}",
    "a script in a list": f"- one\n- two {SCRIPT}",
    "a script in a table": f"| a | b |\n| --- | --- |\n| c | {SCRIPT} |",
    "a script in a note": f"So.[^s]\n\n[^s]: See {SCRIPT}",
    "a script in a definition": f"term\n:   words {SCRIPT}",
    "a script in an admonition": f"!!! note\n    words {SCRIPT}",
    "a script in the title of an admonition": f'!!! note "{SCRIPT}"\n    words',
    "a script in the title of a fold": f'??? tip "{SCRIPT}"\n    words',
    "a script in HTML that holds Markdown": f'<div markdown="1">\n\n{SCRIPT}\n\n</div>',
    "a script in a heading": f"## One {SCRIPT} {{#script}}",
    "a script in a drawing": f"<svg><script>{RUN}</script></svg>",
    "a handler on the next line": f'<img alt="a"\nonerror={RUN} src=x>',
    "a handler without a space": f"<svg/onload={RUN}>",
    "a handler between single quotes": f"<img alt='' src='x' onerror='{RUN}'>",
    "a handler after an angle": f'<img alt="a>b" src="x" onerror="{RUN}">',
    "a handler of an allowed element": f'<p onmouseover="{RUN}">words</p>',
    "a handler in capitals": f'<p ONMOUSEOVER="{RUN}">words</p>',
    "a handler of a fold": f'<details open ontoggle="{RUN}"><summary>a</summary></details>',
    "a handler in formulas": f'<math><mi onclick="{RUN}">x</mi></math>',
    "a comment": "<!-- words -->",
    "a comment that hides a script": f"<!--><script>{RUN}</script>-->",
    "a comment of old browsers": f"<!--[if IE]>{SCRIPT}<![endif]-->",
    "an instruction": "<?php words ?>",
    "a declaration": "<!DOCTYPE html>",
    "plain text to the end": "<plaintext>",
    "a form": f'<form action="{ELSEWHERE}"><p>Password</p></form>',
    "a field": '<input type="password">',
    "a button": "<button>words</button>",
    "a choice": "<select><option>a</option></select>",
    "a text field": "<textarea>words</textarea>",
    "a frame": f'<iframe src="{ELSEWHERE}"></iframe>',
    "a frame with a page of its own": f'<iframe srcdoc="{SCRIPT}"></iframe>',
    "frames": f'<frameset><frame src="{ELSEWHERE}"></frameset>',
    "an object": f'<object data="{ELSEWHERE}"></object>',
    "an embedded thing": f'<embed src="{ELSEWHERE}">',
    "another base": f'<base href="{ELSEWHERE}/">',
    "a refresh": f'<meta http-equiv="refresh" content="0; url={ELSEWHERE}">',
    "a style sheet": f'<link rel="stylesheet" href="{ELSEWHERE}/x.css">',
    "a style": "<style>body { display: none }</style>",
    "a style in a drawing": "<svg><style>* { display: none }</style></svg>",
    "an element with a style": '<p style="position:fixed;inset:0">words</p>',
    "a film": f'<video src="{ELSEWHERE}/x.mp4"></video>',
    "a sound": f'<audio src="{ELSEWHERE}/x.mp3"></audio>',
    "a drawing that uses another": f'<svg><use href="{ELSEWHERE}/x.svg#a"></use></svg>',
    "a drawing that moves": f'<svg><animate onbegin="{RUN}" attributeName="x" dur="1s"></animate></svg>',
    "a drawing that changes a link": '<svg><a><set attributeName="href" to="javascript:alert(1)"></set>a</a></svg>',
    "a page in a drawing": "<svg><foreignObject><p>words</p></foreignObject></svg>",
    "a picture in a drawing": f'<svg><image href="{ELSEWHERE}/x.png"></image></svg>',
    "a link in a drawing": f'<svg><a xlink:href="javascript:{RUN}"><text>a</text></a></svg>',
    "a link in a formula": f'<math><mi href="javascript:{RUN}">x</mi></math>',
    "an action in a formula": '<math><maction actiontype="toggle"><mi>x</mi></maction></math>',
    "an element of one's own": "<my-words>words</my-words>",
    # Links.
    "a link that runs": f"[a](javascript:{RUN})",
    "a link that runs, in capitals": f"[a](JaVaScRiPt:{RUN})",
    "a link that runs, with a tab": f"[a](java&#9;script:{RUN})",
    "a link that runs, with a line": f"[a](java&#10;script:{RUN})",
    "a link that runs, by numbers": f"[a](&#106;avascript:{RUN})",
    "a link that runs, by a name": f"[a](javascript&colon;{RUN})",
    "a link that runs, after a space": f"[a](< javascript:{RUN}>)",
    "a link that runs, by reference": f"[a][there]\n\n[there]: javascript:{RUN}",
    "a link that runs, by itself": f"<javascript:{RUN}>",
    "a link that runs, in HTML": f'<a href="javascript:{RUN}">a</a>',
    "a link that runs, in HTML with a tab": f'<a href="java&#9;script:{RUN}">a</a>',
    "a link that runs, after a control": f'<a href="&#1;javascript:{RUN}">a</a>',
    "a link that runs, of old": f"[a](vbscript:{RUN})",
    "a link that holds a page": "[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "a link to the reader's files": "[a](file:///etc/passwd)",
    "a link without its scheme": "[a](//elsewhere.example/)",
    "a link with backslashes": "[a](\\\\\\\\elsewhere.example)",
    "a link that looks at the reader": f'<a href="page.md" ping="{ELSEWHERE}">a</a>',
    "a link with two addresses": f'<a href="https://python.org/" href="javascript:{RUN}">a</a>',
    # Pictures.
    "a picture from elsewhere": f"![a]({ELSEWHERE}/x.png)",
    "a picture from elsewhere, without scheme": "![a](//elsewhere.example/x.png)",
    "a picture from elsewhere, by reference": f"![a][there]\n\n[there]: {ELSEWHERE}/x.png",
    "a picture from elsewhere, in HTML": f'<img alt="a" src="{ELSEWHERE}/x.png">',
    "a picture from elsewhere, after a control": '<img alt="a" src="&#1;//elsewhere.example/x.png">',
    "a picture from elsewhere, with backslashes": '<img alt="a" src="/\\elsewhere.example/x.png">',
    "a picture in its own address": "![a](data:image/svg+xml;base64,PHN2Zy8+)",
    "pictures to choose from": f'<img alt="a" src="x.png" srcset="{ELSEWHERE}/x.png 2x">',
    # Attribute lists.
    "a handler in an attribute list": f'So *it*{{onclick="{RUN}"}} is.',
    "a handler in the list of a heading": f'## One {{#one onclick="{RUN}"}}',
    "a handler in the list of a paragraph": f'words\n{{: onclick="{RUN}" }}',
    "a handler in the list of an item": f'- item\n{{: onclick="{RUN}" }}',
    "a handler in the list of a picture": f'![a](../assets/images/favicon.svg){{onerror="{RUN}"}}',
    "a style in an attribute list": 'So *it*{style="position:fixed"} is.',
    "an address in an attribute list": f'So [it](page.md){{href="javascript:{RUN}"}} is.',
    # What the theme's own scripts read.
    "another configuration of the theme": '<p id="__config">{"base": "https://elsewhere.example/"}</p>',
    "another configuration, in an attribute list": "So *it*{#__config} is.",
    "another configuration, in a heading": "## One {#__config}",
    "a part of the theme": '<div data-md-component="announce">words</div>',
    "a class of the theme": '<div class="md-overlay">words</div>',
    "a class of the theme, after another": 'So *it*{class="note md-overlay"} is.',
    "a drawing that the theme fetches a script for": '<pre class="mermaid"><code>graph LR</code></pre>',
    "a drawing that the theme fetches a script for, in a list": "words\n{: .mermaid }",
    "another text to copy": '<p data-clipboard-text="rm -rf /">words</p>',
    "another text to copy, around": '<div data-copy="rm -rf /">words</div>',
    "a preview": '<a href="../page/" data-preview>a</a>',
    "a notice of the build": '<div class="mistakes">words</div>',
    "HTML in a tooltip": f'[a](page.md "{BROKEN}")',
    "HTML in a tooltip, escaped": f'So *it*{{title="&lt;img src=x onerror={RUN}&gt;"}} is.',
    "HTML in a tooltip, in HTML": f'<p title="&lt;img src=x onerror={RUN}&gt;">words</p>',
    "HTML in an abbreviation": f"So it is.\n\n*[So]: {BROKEN}",
    # What does not fit in the theme's menus goes into a tooltip.
    "a tag in a heading": f"## One &lt;img src=x onerror={RUN}&gt; {{#one}}",
    "a tag in a heading, as code": f"## One `{BROKEN}` {{#one}}",
    "a tag in a heading, by backslash": f"## One \\<img src=x onerror={RUN}\\> {{#one}}",
    "a tag in a heading, underlined": f"One &lt;img src=x onerror={RUN}&gt;\n---",
    "the end of the title in a heading": f"## &lt;/title&gt;&lt;script&gt;{RUN}&lt;/script&gt; {{#one}}",
    # Programs of a page's own, and files as they are.
    "a file": '--8<-- "program.py"',
    "a file, shortly": '-8<- "program.py"',
    "a file in a list": '- --8<-- "program.py"',
    "files": "--8<--\nprogram.py\n--8<--",
}

# {what it is: lines of Markdown}. A page may hold these: they show what they say, and nothing runs.
HARMLESS = {
    "code": f"So `{SCRIPT}` it is, and `{BROKEN}`, and ``a ` {SCRIPT}``.",
    "code on two lines": f"So `{SCRIPT}\n{BROKEN}` it is.",
    "a block": f"```html\n{SCRIPT}\n<!-- {BROKEN} -->\n```",
    "a block in a list": f"1. one\n\n    ~~~text\n    {SCRIPT}\n    ~~~",
    "a block in an admonition": f"!!! note\n    words\n\n    ```html\n    {BROKEN}\n    ```",
    "a block in a definition": f"term\n:   words\n\n    ```html\n    {BROKEN}\n    ```",
    "set in by four spaces": f"words\n\n    {SCRIPT}",
    "escaped": f"So &lt;script&gt;{RUN}&lt;/script&gt; it is.",
    "half a tag": f"words <img src=x onerror={RUN} ",
    "not quite a tag": "So 1 < 2, a < b and c > d; <3 and << and >> too.",
    "prose": f'Write onclick="{RUN}", javascript:{RUN}, srcdoc=, data:text/html and style=.',
    "an attribute list in code": f'So `*it*{{onclick="{RUN}"}}` it is.',
    "links": "[a](https://python.org/a_(b)?c=d&e=f:g#h), [b](mailto:a@b.org), [c](index.md), [d](#part), <https://a.org/>.",
    "a link with a tooltip": '[a](index.md "1 < 2, and the \u201chome\u201d & more")',
    "a link by reference": "[a][there]\n\n[there]: https://python.org/",
    "a picture": '![1 < 2](../assets/images/favicon.svg "words"){width="40" loading="lazy"}',
    "a picture whose text looks like a tag": f"![&lt;img src=x onerror={RUN}&gt;](../assets/images/favicon.svg)",
    "abbreviations": 'The HTML it is.\n\n*[HTML]: a language with < and > and "quotes"',
    "formulas": "So $a < b$, $c > d$ and $\\text{onclick=}$:\n\n$$\n\\begin{pmatrix} a & b \\end{pmatrix} < 1\n$$",
    "a symbol": "So `W1` and `x` it is.",
    "a note": "So.[^s]\n\n[^s]: See <https://python.org/>, `<script>`.",
    "a table": "| a | b |\n| :-- | --: |\n| `<b>` | 1 < 2 |",
    "HTML": '<div class="note" id="one" lang="de" markdown="1">\n\n*words* <kbd>a</kbd>\n\n</div>',
    "an attribute list": 'So *it*{.weight #it lang="de" title="words"} is.',
    "folds": '??? tip "A & B < C"\n    words\n\n???+ note\n    words',
    "a tag in a picture of a heading": f"## ![&lt;img src=x onerror={RUN}&gt;](../assets/images/favicon.svg) {{#one}}",
}

# {what it is: lines of Markdown}: each would write a file, TARGET, if its Python ran. Refused, with the line.
PYTHON = "open('TARGET', 'w').close()"
FIGURE = 'id="evil" program="EVIL:run"'
RUNNING = {
    "a block": f'```python exec="on"\n{PYTHON}\n```',
    "a block with an id": f'```python exec="on" id="evil"\n{PYTHON}\n```',
    "a block that is as it should be": f'```python exec="on" source="above" id="evil"\n{PYTHON}\n```',
    "a block that gives HTML": f"```python exec='on' id=\"evil\" html='1'\n{PYTHON}\n```",
    "a block without quotes": f"```python exec=on id=evil\n{PYTHON}\n```",
    "a block without a value": f"```python exec\n{PYTHON}\n```",
    "a block in capitals": f'```Python Exec="on" id="evil"\n{PYTHON}\n```',
    "a block in all capitals": f'```PYTHON EXEC="ON" ID="evil"\n{PYTHON}\n```',
    "a block with spaces": f'```   python    exec = "on"   id = "evil"  \n{PYTHON}\n```',
    "a block with tabs": f'```python\texec="on"\tid="evil"\n{PYTHON}\n```',
    "a block with another space": f'```python\u00a0exec="on" id="evil"\n{PYTHON}\n```',
    "a block of tildes": f'~~~python exec="on" id="evil"\n{PYTHON}\n~~~',
    "a block of many backticks": f'``````python exec="on" id="evil"\n{PYTHON}\n``````',
    "a block in braces": f'```{{.python exec="on"}}\n{PYTHON}\n```',
    "a block in braces with an id": f'``` {{ .python #evil exec="on" id="evil" }}\n{PYTHON}\n```',
    "a block in a list": f'1. one\n\n    ```python exec="on" id="evil"\n    {PYTHON}\n    ```',
    "a block beside a list": f'- ```python exec="on" id="evil"\n  {PYTHON}\n  ```',
    "a block in an admonition": f'!!! note\n    ```python exec="on" id="evil"\n    {PYTHON}\n    ```',
    "a block in a fold": f'??? note\n    ~~~python exec="on" id="evil"\n    {PYTHON}\n    ~~~',
    "a block in a quotation": f'> ```python exec="on" id="evil"\n> {PYTHON}\n> ```',
    "a block in a definition": f'term\n:   words\n\n    ```python exec="on" id="evil"\n    {PYTHON}\n    ```',
    "a block in a note": f'So.[^s]\n\n[^s]:\n    See\n\n    ```python exec="on" id="evil"\n    {PYTHON}\n    ```',
    "a block in HTML": f'<div markdown="1">\n\n```python exec="on" id="evil"\n{PYTHON}\n```\n\n</div>',
    "a block after text": f'words\n```python exec="on" id="evil"\n{PYTHON}\n```\nwords',
    "a block in a session": f'```python exec="on" session="a" id="evil"\n{PYTHON}\n```',
    "a block that the browser runs": f'```pyodide exec="on" id="evil"\n{PYTHON}\n```',
    "a console": '```console exec="on" id="evil"\n$ touch TARGET\n```',
    "a console of Python": f'```pycon exec="on" id="evil"\n>>> {PYTHON}\n```',
    "a shell": '```bash exec="on" id="evil"\ntouch TARGET\n```',
    "another shell": '```sh exec="1" id="evil"\ntouch TARGET\n```',
    "Markdown": f'```markdown exec="on" id="evil"\n{SCRIPT}\n```',
    "Python by a short name": f'```py exec="on" id="evil"\n{PYTHON}\n```',
    "a figure with Python of its own": f'```figure exec="on" id="evil"\n{PYTHON}\n```',
    "a figure of a program elsewhere": f'```figure exec="on" {FIGURE}\nalt: words\ncaption: words\n```',
    "a table of a program elsewhere": f'```table exec="on" {FIGURE}\ncaption: words\n\n| a |\n```',
    "a section of a program elsewhere": '```python exec="on" source="above" id="evil"\n--8<-- "EVIL:all"\n```',
    "a program elsewhere, shown": '```python\n--8<-- "EVIL"\n```',
    "a section and more": f'```python exec="on" source="above" id="evil"\n--8<-- "program.py:answer"\n{PYTHON}\n```',
    "a block whose text is another": f'````markdown exec="on"\n```python exec="on" id="evil"\n{PYTHON}\n```\n````',
}


# {what it is: front matter}. Refused, with the line.
FRONT = {
    "another template": "description: A page.\ntemplate: main.html",
    "a page without its menus": "description: A page.\nhide: [navigation]",
    "a page that is not found": "description: A page.\nsearch: {exclude: true}",
    "another address": "description: A page.\ncanonical_url: https://elsewhere.example/",
    "another source": "description: A page.\nedit_url: https://elsewhere.example/",
    "a description that is a list": f'description: ["{SCRIPT}"]',
    "a title that is a number": "description: A page.\ntitle: 1",
    "a title that is a list": f'description: A page.\ntitle: ["{SCRIPT}"]',
    "a title with a tag": f"description: A page.\ntitle: 'So {BROKEN}'",
    "a command": "description: !!python/object/apply:os.system ['touch TARGET']",
    "a name that runs": f'description: A page.\n"{SCRIPT}": words',
}
# {what it is: an entry of the glossary, whose term is a word}. Refused, with the line.
ENTRIES = {
    "a term": f"one {SCRIPT} {{#one}}\n:   The first.",
    "a definition": f"two {{#two}}\n:   The second {BROKEN}.",
    "a definition in capitals": f"three {{#three}}\n:   The third, <B ONCLICK={RUN}>so</B>.",
    "a link": f"four {{#four}}\n:   The [fourth](javascript:{RUN}).",
    "a closing note": "five {#five}\n:   The fifth. *In inglese: <form>.*",
    "an attribute list": f'six {{#six onclick="{RUN}"}}\n:   The sixth.',
}
# Wherever words are but words, these may be: they show as they are written.
WORDS = f'A "b" \'c\' & {BROKEN} ">{BROKEN}</title>{SCRIPT}<!-- d'
# The same, where the theme makes tooltips.
SIGNS = 'A "b" \'c\' " onclick="alert(1)" d="&lt;b&gt; & 1 < 2 > 0'
LIVE = """import numpy as np
from figures import draw

def network():
    still = draw.network(np.ones(1), (np.ones((1, 1)), np.ones(1)), names="xy")
    state = {"x": [1], "W1": [[1]], "b1": [1]}
    return draw.live("feedforward-explorer", still, state, ("now", "reset", "share", "copied", "wrong"))

def bars():
    return draw.bars({draw.Label("title"): {"x": 1.0}})

def table():
    return draw.table({})
"""
DRAWN = f"""
```figure exec="on" id="words-network" program="figures/live.py:network"
alt: {WORDS}
caption: {WORDS}
now: {WORDS}
reset: {WORDS}
share: {WORDS}
copied: {WORDS}
wrong: {WORDS}
```

```figure exec="on" id="words-bars" program="figures/live.py:bars"
alt: {WORDS}
caption: {WORDS}
title: {WORDS}
```

```table exec="on" id="words-table" program="figures/live.py:table"
caption: {WORDS}

| {WORDS} | b |
| --- | --- |
| c | {WORDS} |
```
"""


def harmless_project(project):
    """Fill a small project with what is harmless, and with WORDS wherever words may be; the files of its pages."""
    figures = project / "snippets" / "figures"
    figures.mkdir()
    shutil.copy(SNIPPETS / "figures" / "draw.py", figures)
    (figures / "live.py").write_text(LIVE, encoding="utf-8")
    description, title = json.dumps(WORDS), json.dumps(SIGNS)
    heading = 'A `b < c` "d" & e'
    cases = HARMLESS | {"figures": DRAWN, "a title": "words"}
    pages = write_pages(project, cases, "## Part {#part}\n\n", f"description: {description}", heading)
    title_page = project / "docs" / "it" / pages["a title"][0]
    text = title_page.read_text(encoding="utf-8")
    title_page.write_text(text.replace("---\n", f"---\ntitle: {title}\n", 1), encoding="utf-8")
    for language in ("it", "en"):
        file = project / "docs" / language / "words.yml"
        words = yaml.safe_load(file.read_text(encoding="utf-8"))
        kept = {name: words[name] for name in ("copyright", "translated_from", "avoid")}
        file.write_text(yaml.safe_dump(dict.fromkeys(words, SIGNS) | kept), encoding="utf-8")
    return [file for file, _ in pages.values()]


def write_pages(project, cases, before="", front="description: A page.", heading="Page"):
    """Write each of the cases as a page, in the navigation too; {name: (its file, the first line of the case)}."""
    pages = {name: f"h{number:03}.md" for number, name in enumerate(cases)}
    head = f"---\n{front}\n---\n\n# {heading} {{#page}}\n\n{before}"
    for name, file in pages.items():
        (project / "docs" / "it" / file).write_text(f"{head}{cases[name]}\n", encoding="utf-8")
    config = project / "mkdocs.yml"
    nav = ", ".join(["page.md", *pages.values()])
    config.write_text(config.read_text(encoding="utf-8").replace("page.md]", f"{nav}]"), encoding="utf-8")
    return {name: (file, head.count("\n") + 1) for name, file in pages.items()}


def unsaid(pages, cases, said):
    """The cases of which a build did not say, with file and line, what is wrong."""
    missing = []
    for name, (file, first) in pages.items():
        lines = range(first, first + cases[name].count("\n") + 1)
        if not any(f"it/{file}, line {line}:" in said for line in lines):
            missing.append(f"{file}: {name}: {[one for one in said.splitlines() if file in one]}")
    return missing
