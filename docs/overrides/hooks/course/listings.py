"""Programs as pages show them: line by line, the lines that matter marked, the long ones folded away."""

import re
from html import unescape

CODE = re.compile(r"(<pre><span></span><code>)(.*?)(?=</code></pre>)", re.S)
STEP = 4  # columns that a line is set in for each level


def listing(html: str, title: str, key: str = "", fold: bool = False) -> str:
    """A highlighted program, and what it printed, with each line of code in an element that says how far it is set in.

    So a phone can break a line and set the rest a little further in. The lines that hold the text `key` are marked.
    `fold` puts the code away under its title; what was printed stays in sight.
    """

    def line(code: str) -> str:
        words = unescape(re.sub(r"<[^>]*>", "", code))
        marked = " key" if key and key in words else ""
        level = (len(words) - len(words.lstrip())) // STEP
        return f'<span class="i{level}{marked}">{code}\n</span>'

    def lines(match: re.Match[str]) -> str:
        return match[1] + "".join(map(line, match[2].removesuffix("\n").split("\n")))

    html = CODE.sub(lines, html, count=1)
    if not fold:
        return html
    code, end, printed = html.partition("</pre></div>")
    code = re.sub(r'<span class="filename">.*?</span>', "", code, count=1)
    return f'<details class="listing"><summary>{title}</summary>{code}{end}</details>{printed}'
