"""Formulas: LaTeX to MathML, with the colours that symbols have in figures and text; refuses what does not convert."""

import re
from copy import deepcopy
from functools import cache
from html import unescape
from itertools import pairwise
from xml.etree.ElementTree import Element

from latex2mathml import commands, converter
from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import InlineProcessor

from course.page import INLINE

# The letter says the role, everywhere in the course; p is a probability in formulas, in programs the weights by name.
ROLES = {"W": "weight", "w": "weight", "E": "weight", "b": "bias", "x": "value", "h": "value", "y": "value"}
IN_FORMULAS = ROLES | {"p": "chance"}
SYMBOL = re.compile(
    r'<(?P<tag>code|span class="(?P<token>n|s2)")>(?P<name>(?:&quot;|")?(?P<letter>[WwbxhyE])'
    r"(?:(?<=[Wb])[qkvo]|(?<!E)\d)?(?:&quot;|\")?)</"
)
# How many parts these elements must have: \\frac{1} has lost one.
PARTS = {"mfrac": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3, "mroot": 2}
# What the converter would take without a word: a dollar, a comment (it hides what follows), commands of a page's own.
NOT_HERE = re.compile(r"(?<!\\)[$%]|\\(?:def|newcommand|renewcommand|newenvironment|DeclareMathOperator)\b")


# What is written without brackets around its argument stands a little away from it: ln x, log₂ x.
FUNCTIONS = {"arg", "cos", "exp", "lg", "ln", "log", "max", "min", "sin", "tan", "tanh"}
# Signs that stand close to what is beside them: 1/4, −∞, ∂y.
CLOSE = set("/∞∂√")


def tidy(row: Element) -> None:
    """Set numbers and signs as print does: 0{,}5 is one number, and a minus that negates stands close."""
    before = None
    for node in list(row):
        name = node.tag.rpartition("}")[2]
        comma = name == "mrow" and len(node) == 1 and unescape(node[0].text or "") == ","
        if comma and before is not None and before.tag.endswith("mn"):
            before.text += ","
            row.remove(node)
            continue
        if name == "mn" and before is not None and (before.text or "").endswith(",") and before.tag.endswith("mn"):
            before.text += node.text
            row.remove(node)
            continue
        if name == "mo" and unescape(node.text or "") in "-−" and (before is None or before.tag.endswith("mo")):
            node.set("form", "prefix")
        if name == "mo" and unescape(node.text or "") in CLOSE:
            node.attrib |= {"lspace": "0", "rspace": "0"}
        before = node
    if row.tag.rpartition("}")[2] not in PARTS:
        spaced(row)


def spaced(row: Element) -> None:
    """Set a thin space between a function and its argument, unless that stands in brackets."""
    for place, (node, after) in reversed([*enumerate(pairwise(row))]):
        base = node[0] if node.tag.rpartition("}")[2] in ("msub", "msup", "msubsup") else node
        if base.tag.endswith("mi") and base.text in FUNCTIONS and not after.tag.endswith("mo"):
            row.insert(place + 1, Element("mspace", {"width": "0.17em"}))


def plain_roots(formula: Element) -> None:
    """In a line of text, the root of one number or letter is a sign before it: after a bar browsers leave a gap."""
    for node in list(formula.iter("msqrt")):
        leaves = [one for one in node.iter() if not len(one)]
        if len(leaves) == 1:
            sign = Element("mo", {"form": "prefix", "stretchy": "false"})
            sign.text, node.tag = "√", "mrow"
            node[:] = [sign, *leaves]


@cache
def _converted(latex: str, display: bool) -> Element:
    if (braces := re.sub(r"\\[{}]|[^{}]", "", latex)) and braces.count("{") != braces.count("}"):
        raise ValueError(f"this formula has a brace without its fellow: {latex.strip()}")
    if found := NOT_HERE.search(latex):
        raise ValueError(f"this formula has {found[0]}, which is not for pages: {latex.strip()}")
    for name in re.findall(r"\\begin\{([^}]*)\}", latex):
        if f"\\{name}" not in commands.MATRICES:
            raise ValueError(f"this formula has an unknown command, \\begin{{{name}}}: {latex.strip()}")
    try:
        element = converter.convert_to_element(latex, display="block" if display else "inline")
    except Exception as error:
        raise ValueError(f"this formula cannot be converted ({type(error).__name__}): {latex.strip()}") from None
    if not display:
        plain_roots(element)
    for node in list(element.iter()):
        tidy(node)
        if len(node) != PARTS.get(node.tag.rpartition("}")[2], len(node)):
            raise ValueError(f"this formula has a command without all its parts: {latex.strip()}")
        if node.text and (command := re.search(r"\\[A-Za-z]*|^&$", node.text)):
            raise ValueError(f"this formula has an unknown command, {command[0]}: {latex.strip()}")
        if node.tag.endswith("mi") and node.text in IN_FORMULAS:
            node.set("class", IN_FORMULAS[node.text])
    return element


def convert(latex: str, display: bool = False) -> Element:
    """A formula in MathML. Raises ValueError, naming the formula, where it fails or leaves a command as it was."""
    return deepcopy(_converted(latex, display))


def colour_symbols(html: str) -> str:
    """Give the symbols of text and programs, such as `W1`, the colours they have in formulas and figures."""

    def coloured(m: re.Match[str]) -> str:
        element, token = m["tag"].split()[0], f"{m['token']} " if m["token"] else ""
        return f'<{element} class="{token}{ROLES[m["letter"]]}">{m["name"]}</'

    return SYMBOL.sub(coloured, html)


def shown(latex: str, display: bool, parent: Element | None = None) -> Element:
    """The formula, or its LaTeX as it is where it does not convert: the scanner's reader has said so, with the line."""
    try:
        element = convert(latex, display)
    except ValueError:
        element = Element("code")
        element.text = latex
    if parent is not None:
        parent.append(element)
    return element


class Inline(InlineProcessor):
    """A formula between single dollars."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:
        """Convert it."""
        return shown(m[1], False), m.start(0), m.end(0)


class Display(BlockProcessor):
    """A formula between double dollars, blank lines and all; what stands before and after it is text."""

    def test(self, parent: Element, block: str) -> bool:
        """Whether a formula begins in this block."""
        return bool(re.search(r"^ {0,3}\$\$", block, re.M))

    def run(self, parent: Element, blocks: list[str]) -> bool:
        """Convert the first formula; what comes after it is looked at again."""
        before, _, rest = re.split(r"^( {0,3})\$\$", blocks[0], maxsplit=1, flags=re.M)
        used = 1
        while "$$" not in rest and used < len(blocks):
            rest += "\n\n" + blocks[used]
            used += 1
        if "$$" not in rest:
            return False
        latex, _, after = rest.partition("$$")
        if before.strip():
            self.parser.parseBlocks(parent, [before.rstrip()])
        shown(latex, True, parent)
        blocks[:used] = [after.lstrip("\n")] if after.strip() else []
        return True


class Formulas(Extension):
    """The extension of Python-Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Look for formulas after code, before what a backslash escapes: \\{ in a formula is LaTeX, \\$ is a dollar."""
        md.ESCAPED_CHARS.append("$")
        md.block_level_elements.remove("math")  # it would set a space between a formula and what follows it
        md.inlinePatterns.register(Inline(INLINE.pattern, md), "formula", 185)
        md.parser.blockprocessors.register(Display(md.parser), "formula-display", 170)
