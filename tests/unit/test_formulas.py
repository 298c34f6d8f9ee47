"""Formulas: what converts, what is refused and how it is named; the scanner and Markdown see the same ones."""

import re

import pytest
from course import formulas
from course.formulas import IN_FORMULAS, ROLES, Formulas, colour_symbols, convert
from course.page import Page
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.serializers import to_html_string
from pages import LANGUAGES, PAGES, source

FRONT = "---\ndescription: A page.\n---\n"
FENCES = {"custom_fences": [{"name": "*", "class": "", "format": lambda *_a, **_b: "", "validator": lambda *_: True}]}
PLAIN = ["admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "pymdownx.details"]
# What is refused, and words of the message; each message ends with the formula.
REFUSED = {
    "a brace not closed": ("x_{1", "a brace without its fellow"),
    "a brace not opened": ("x_1}", "a brace without its fellow"),
    "a brace after an escaped one": (r"\{x_{1\}", "a brace without its fellow"),
    "nothing": (" ", "cannot be converted (NoAvailableTokensError)"),
    "a sign without what it raises": ("x^", "cannot be converted (MissingSuperScriptOrSubscriptError)"),
    "two powers": ("x^2^3", "cannot be converted (DoubleSuperscriptsError)"),
    "a left without its right": (r"\left( x", "cannot be converted (ExtraLeftOrMissingRightError)"),
    "a matrix not ended": (r"\begin{pmatrix} 1", "cannot be converted (MissingEndError)"),
    "braces too deep": ("{" * 3000 + "}" * 3000, "cannot be converted (RecursionError)"),
    "half a fraction": (r"\frac{1}", "a command without all its parts"),
    "half a binomial": (r"\binom{1}", "a command without all its parts"),
    "nothing to set above": (r"\overset{a}", "a command without all its parts"),
    "an unknown command": (r"x + \nonsense{2}", r"an unknown command, \nonsense"),
    "an unknown command in words": (r"\text{\nonsense}", r"an unknown command, \nonsense"),
    "the end of nothing": (r"x \end{pmatrix}", r"an unknown command, \end"),
    "an environment that is not known": (r"\begin{aligned} 1 \end{aligned}", r"an unknown command, \begin{aligned}"),
    "a backslash alone": ("x\\", "an unknown command, \\:"),
    "a column where there are none": ("1 & 2", "an unknown command, &"),
    "a comment, which hides the rest": ("50 % x", "has %, which is not for pages"),
    "a dollar": ("5 $ x", "has $, which is not for pages"),
    "a command of its own": (r"\def\a{xx}\a", r"has \def, which is not for pages"),
    "a command of its own, the new way": (r"\newcommand{\a}{xx}\a", r"has \newcommand, which is not for pages"),
}


@pytest.mark.parametrize(
    ("latex", "spaces"),
    [
        (r"-\ln p", 1),
        (r"\log_2 0", 1),
        (r"a \cos n - b \sin n", 2),
        (r"\sin^2 x", 1),
        (r"\exp(x)", 0),
        (r"\ln \sigma(m)", 1),
    ],
)
def test_a_function_stands_away_from_what_it_is_of(latex, spaces):
    html = to_html_string(convert(latex))
    assert html.count("<mspace") == spaces
    assert not re.search(r"</mspace>\s*<mo>", html)


@pytest.mark.parametrize("display", [False, True])
@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_convert_is_named(name, display):
    latex, words = REFUSED[name]
    with pytest.raises(ValueError) as caught:
        convert(latex, display)
    assert words in str(caught.value) and str(caught.value).endswith(f": {latex.strip()}")


def maths(element):
    """A formula as the page will hold it."""
    return to_html_string(element)


@pytest.mark.parametrize(
    ("latex", "html"),
    [
        ("0{,}5", "<mn>0,5</mn>"),
        ("0.5", "<mn>0.5</mn>"),
        ("12{,}288{,}5", "<mn>12,288,5</mn>"),
        ("-1", '<mo form="prefix">&#x02212;</mo><mn>1</mn>'),
        ("2 \\cdot -1", '<mo form="prefix">&#x02212;</mo><mn>1</mn>'),
        ("3 - 1", "<mn>3</mn><mo>&#x02212;</mo><mn>1</mn>"),
        ("f(x, y)", "<mo>&#x0002C;</mo>"),
        (r"\text{<b>}", "<mtext>&lt;b&gt;</mtext>"),
        (r"50\% x", "&#x00025;"),
        ("1/4", '<mn>1</mn><mo lspace="0" rspace="0">'),
        (r"-\infty", '<mo form="prefix">&#x02212;</mo><mo lspace="0" rspace="0">&#x0221E;</mo>'),
        (r"\sqrt{4} = 2", 'lspace="0" rspace="0" stretchy="false">√</mo><mn>4</mn></mrow><mo>'),
        (r"\sqrt{x + 1}", "<msqrt>"),
    ],
)
def test_numbers_and_signs_are_set_as_in_print(latex, html):
    assert html in maths(convert(latex))


@pytest.mark.parametrize("symbol", "WwbxhyfzaXpE")
def test_the_letter_says_the_role(symbol):
    role = IN_FORMULAS.get(symbol)
    wanted = f'<mi class="{role}">{symbol}</mi>' if role else f"<mi>{symbol}</mi>"
    assert wanted in maths(convert(f"{symbol}_1 + 2")) and wanted in maths(convert(rf"\frac{{{symbol}}}{{2}}", True))
    role = ROLES.get(symbol)
    code = f'<code class="{role}">{symbol}</code>' if role else f"<code>{symbol}</code>"
    assert colour_symbols(f"<code>{symbol}</code>") == code


@pytest.mark.parametrize(
    ("html", "coloured"),
    [
        ("<code>b</code>", '<code class="bias">b</code>'),
        ("<code>x1</code>", '<code class="value">x1</code>'),
        ("<code>Wq</code> <code>bk</code>", '<code class="weight">Wq</code> <code class="bias">bk</code>'),
        ("<code>W12</code>", "<code>W12</code>"),
        ("<code>xq</code> <code>E1</code>", "<code>xq</code> <code>E1</code>"),
        ('<span class="n">W1</span>', '<span class="n weight">W1</span>'),
        ('<span class="s2">&quot;b2&quot;</span>', '<span class="s2 bias">&quot;b2&quot;</span>'),
        ('<span class="k">x</span> <span class="n">x_</span>', '<span class="k">x</span> <span class="n">x_</span>'),
        ("<code>x = 1</code>", "<code>x = 1</code>"),
        ("x1", "x1"),
    ],
)
def test_only_symbols_alone_are_coloured(html, coloured):
    assert colour_symbols(html) == coloured


def test_roles_are_those_of_the_figures():
    assert set(IN_FORMULAS.values()) == {"weight", "bias", "value", "chance"}


def test_a_formula_can_be_changed_without_changing_the_next():
    convert("x").set("class", "mine")
    assert convert("x").get("class") is None
    assert convert("x", True).get("display") == "block" and convert("x").get("display") == "inline"


def converted(text):
    """The formulas that Markdown converts in a text, as the page will hold them, and the HTML without them."""
    extensions = [*PLAIN, "pymdownx.superfences", Formulas()]
    html = Markdown(extensions=extensions, extension_configs={"pymdownx.superfences": FENCES}).convert(text)
    found = re.findall(r"<math\b.*?</math>", html, re.S)
    return found, re.sub(r"<math\b.*?</math>", "∎", html, flags=re.S)


def seen(text):
    """The formulas that the scanner sees in a text, converted."""
    return [maths(formulas.shown(one.latex, one.display)) for one in Page(FRONT + text, "en").formulas]


PLACES = {
    "in a line": ("so $x$ is $y$", "<p>so ∎ is ∎</p>"),
    "over two lines": ("so $x +\ny$ is", "<p>so ∎ is</p>"),
    "not over a blank line": ("5 $ and\n\n6 $", "<p>5 $ and</p>\n<p>6 $</p>"),
    "on lines of its own": ("a\n\n$$\nx\n$$\n\nb", "<p>a</p>\n∎<p>b</p>"),
    "on one line": ("$$x$$", "∎"),
    "a blank line inside": ("$$\nx\n\n+ y\n$$", "∎"),
    "blank lines inside": ("a\n\n$$\n\nx\n\n\n+ y\n\n$$\n\nb", "<p>a</p>\n∎<p>b</p>"),
    "text right before": ("a $y$\n$$\nx\n$$", "<p>a ∎</p>\n∎"),
    "text right after": ("$$\nx\n$$\na $y$", "∎<p>a ∎</p>"),
    "text right after, on its line": ("$$x$$ a", "∎<p>a</p>"),
    "two in a row": ("$$x$$\n$$y$$\n\n$$\nb\n$$", "∎∎∎"),
    "a few spaces before": ("  $$\n  x\n  $$", "∎"),
    "in a list": (
        "- a\n\n    $$\n    x\n    $$\n\n- $y$",
        "<ul>\n<li>\n<p>a</p>\n∎</li>\n<li>\n<p>∎</p>\n</li>\n</ul>",
    ),
    "in an admonition": (
        '!!! note ""\n    a\n    $$\n    x\n    $$\n    b\n\n    $$y$$\n',
        '<div class="admonition note">\n<p>a</p>\n∎<p>b</p>\n∎</div>',
    ),
    "in a table": ("| a | b |\n| --- | --- |\n| $x$ | c |", None),
    "in a heading": ("## The $x$ {#x}", '<h2 id="x">The ∎</h2>'),
    "in emphasis": ("*$x_1$ and $x_2$*", "<p><em>∎ and ∎</em></p>"),
    "in a link": ("[the $x$](a.md)", '<p><a href="a.md">the ∎</a></p>'),
    "right before something else": ("$x$**b**$y$`c`$W$", "<p>∎<strong>b</strong>∎<code>c</code>∎</p>"),
    "with what Markdown would escape": (r"so $\{x\}$ and $(\, y \\ b)$", "<p>so ∎ and ∎</p>"),
    "in code": ("`$x$`", "<p><code>$x$</code></p>"),
    "in code over two lines": ("`$x\ny$`", "<p><code>$x\ny$</code></p>"),
    "between codes with dollars": ("`a$` $x$ `$b`", "<p><code>a$</code> ∎ <code>$b</code></p>"),
    "after an escaped backtick": (r"\` $x$ `", "<p>` ∎ `</p>"),
    "in a block": ("```text\n$x$\n```\n$y$", None),
    "escaped": (r"5 \$ and 6 \$", "<p>5 $ and 6 $</p>"),
    "with stars and underscores": ("$a * b * c_d e_f$", "<p>∎</p>"),
    "with what HTML would read": ("$a < b$ & $c > d$", "<p>∎ &amp; ∎</p>"),
    "in a note": ("a[^b]\n\n[^b]: so $x$", None),
}


@pytest.mark.parametrize("name", PLACES)
def test_the_scanner_and_markdown_see_the_same_formulas(name):
    text, around = PLACES[name]
    found, html = converted(text)
    assert found == seen(text)
    assert around is None or html == around


@pytest.mark.parametrize(
    "text",
    [
        "$$\nx",
        "a\n\n$$\nx\n\n",
        "    $x$\n",
        '!!! note ""\n    $$\n    x\n\n    y\n    $$\n',
        "- $$x$$",
        "$a `b` c$",
        r"\\$x$",
    ],
)
def test_what_they_see_otherwise_is_said(text):
    page = Page(FRONT + text, "en")
    assert page.dollars or len(page.formulas) != len(converted(text)[0])  # for the latter, see hooks/content.py


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_formulas_on_the_real_pages(language, page):
    text = source(language, page).source.split("---\n", 2)[2]
    found, html = converted(text)
    assert sorted(found) == sorted(seen(text))  # notes come last in HTML
    assert "$" not in re.sub(r"<code>.*?</code>", "", html, flags=re.S)
    for one in source(language, page).formulas:
        convert(one.latex, one.display)


PIECES = ["$x$", "$$", "$$", "$$y$$", "\n", "\n\n", "\n\n    ", "a ", "`", "`$`", "\\$", "\\{", "\\", "$"]
PIECES += ["- ", "> ", "h + b", "*", "_1", "[a](b)"]


def right(formula):
    """Whether a formula converts."""
    try:
        return bool(len(convert(formula.latex, formula.display)))
    except ValueError:
        return False


@given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=12).map("".join))
def test_the_same_formulas_or_something_is_said(text):
    page = Page(FRONT + text, "en")
    found = converted(text)[0]
    if not page.dollars and all(map(right, page.formulas)) and len(found) == len(page.formulas):
        assert found == seen(text)
