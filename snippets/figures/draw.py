"""Figures of the course as inline SVG. Colours come from the style sheet, so they follow the light and dark scheme.

A figure's function says what to draw and which numbers its words may name, once for all languages; the page holds the
words, in a block. Drawn 400 units wide, each about a pixel: text of 14 units is readable on a phone, and no larger than
the page's on a desktop. Classes say what a number is: `weight`, `value`, `bias`, or `chance` for what is worked out
anew from these each time (probabilities, attention, loss); `plain` is none of them.
"""

import functools
import json
import re
from dataclasses import dataclass, field
from html import escape

import numpy as np

WIDTH = 400


@dataclass(frozen=True)
class Label:
    """A text that the page gives, by its name there."""

    name: str


@dataclass(frozen=True)
class Number:
    """A number, written with so many decimals."""

    value: float
    decimals: int | None = None


def matrix(name, M, decimals=None):
    """The numbers of a matrix (n, m) or vector (n,) by name: W1_11, W1_12, ... or b1_1, b1_2, ..."""
    M = np.asarray(M)
    named = {"".join(str(i + 1) for i in place): float(M[place]) for place in np.ndindex(M.shape)}
    return {f"{name}_{place}": Number(value, decimals) for place, value in named.items()}


@dataclass
class Words:
    """A page's words for one figure, and how its language writes a number."""

    texts: dict  # {name: text}, with placeholders
    rows: list  # of a table
    write: object  # a function of a number and its decimals
    numbers: dict  # what placeholders may name
    asked: set = field(default_factory=set)  # the texts that were asked for

    def number(self, value, decimals=None):
        """A number as the page's language writes it."""
        return self.write(float(value), decimals)

    def say(self, part):
        """A part of a figure as text: the page's own for a Label; numbers written, lists joined, others as they are."""
        if isinstance(part, Label):
            self.asked.add(part.name)
            return self.filled(self.texts.get(part.name, "…"))
        if isinstance(part, Number):
            return self.number(part.value, part.decimals)
        if isinstance(part, (int, float, np.number)):
            return self.number(part)
        if isinstance(part, (list, tuple)):
            return ("; " if isinstance(part, list) else " ").join(map(self.say, part))
        return str(part)

    def text(self, x, y, part, role="", anchor="middle"):
        """A part of a figure as a piece of text at (x, y)."""
        return text(x, y, escape(self.say(part)), role, anchor)

    def filled(self, text):
        """A text with its numbers in the place of their names."""
        return re.sub(r"\{(\w+)\}", lambda m: self.say(self.numbers[m[1]]) if m[1] in self.numbers else m[0], text)

    def marked_up(self, text):
        """A text as HTML: *so* for emphasis and `so` for code, nothing else."""
        html = escape(self.filled(text), quote=False)
        html = re.sub(r"`([^`]+)`", lambda m: f"<code>{m[1].replace('*', '&#42;')}</code>", html)
        return re.sub(r"\*(?=\S)([^*]+)(?<=\S)\*", r"<em>\1</em>", html)


@dataclass
class Drawing:
    """What to draw, once for all languages: `draw` makes it with the words of one."""

    draw: object  # a function of Words that gives HTML
    numbers: dict  # {name: number, text, Label or list of them} for the placeholders of the words
    labels: set = field(default_factory=set)  # the texts that the page must give, known once it is drawn

    def html(self, texts, rows, write):
        """The figure in a language: its words {name: text}, the rows of a table, and how it writes a number."""
        words = Words(texts, rows, write, self.numbers)
        drawn = self.draw(words)
        self.labels |= words.asked
        return drawn


def drawing(draw):
    """Make a function that draws with some words into one that keeps what to draw until there are words.

    `draw(words, ...)` gives SVG elements, 400 units wide, and their height; a text alternative and a caption are added.
    """

    @functools.wraps(draw)
    def kept(*parts, numbers=None, **options):
        def figure(words):
            drawn, height = draw(words, *parts, **options)
            alt = escape(words.say(Label("alt")))
            words.asked.add("caption")
            caption = words.marked_up(words.texts.get("caption", "…"))
            return (
                f'<figure class="drawing"><svg viewBox="0 0 {WIDTH} {height:g}" role="img" aria-label="{alt}">'
                f"{drawn}</svg><figcaption>{caption}</figcaption></figure>"
            )

        return Drawing(figure, numbers or {})

    return kept


def live(name, still, state, labels, given=None):
    """A figure that answers: the element `name` (docs/overrides/README.md says how) around what `still` draws.

    It begins from `state`, which a reader may change; what is `given` stays (both fit for JSON, Labels in it are said);
    `labels` are the texts that it needs of the page.
    """

    def drawn(words):
        before, svg, after = re.split(r"(<svg.*</svg>)", still.draw(words), maxsplit=1, flags=re.S)
        data = {"state": state, "words": {label: words.say(Label(label)) for label in labels}}
        data["group"] = words.number(10_000).strip("10")  # what stands between thousands
        if given:
            data["given"] = given
        json_data = escape(json.dumps(data, ensure_ascii=False, default=words.say))
        return f'{before}<{name} id="{name}" data-live="{json_data}">{svg}</{name}>{after}'

    return Drawing(drawn, still.numbers)


def parameters(path, M, name):
    """What a live figure calls the numbers of an array: [{path in its state, name}]; w₁, or W₁ (1, 1), or b alone."""

    def called(place):
        if M.size == 1:
            return name
        if len(name) > 1:  # it has an index already
            return f"{name} ({', '.join(str(i + 1) for i in place)})"
        return subscript(name, place[-1])

    return [{"path": ".".join(map(str, (path, *place))), "name": called(place)} for place in np.ndindex(M.shape)]


@drawing
def beside(words, first, second, left):
    """Two drawings side by side, each (drawing, what it draws, its options); the second begins at `left`."""
    pictures = [one.__wrapped__(words, *parts, **options) for one, parts, options in (first, second)]
    return f'{pictures[0][0]}<g transform="translate({left} 0)">{pictures[1][0]}</g>', max(y for _, y in pictures)


def table(numbers):
    """A table whose words, row by row, are the page's; the first cell of a row heads it."""

    def drawn(words):
        words.asked.add("caption")
        head, *body = [[words.marked_up(cell) for cell in row] for row in words.rows] or [[]]
        head = "".join(f'<th scope="col">{cell}</th>' for cell in head)
        rows = (f'<th scope="row">{row[0]}</th>' + "".join(f"<td>{cell}</td>" for cell in row[1:]) for row in body)
        rows = "".join(f"<tr>{row}</tr>" for row in rows)
        return (
            f'<div class="wide"><table class="table"><caption><span>'
            f"{words.marked_up(words.texts.get('caption', '…'))}</span></caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        )

    return Drawing(drawn, numbers)


def text(x, y, content, role="", anchor="middle", extra=""):
    """A piece of text centred on (x, y)."""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" class="{role}"{extra}>{content}</text>'


def subscript(name, index):
    """x and 0 give x₁: mathematics counts from one."""
    return name + "₁₂₃₄₅₆₇₈₉"[index]


@drawing
def network(words, x, *layers, names="xhy"):
    """A network with its numbers: x (n0,) and, for each layer, W (n1, n0) and b (n1,).

    A thick line is a large weight, a dashed one a negative weight.
    """
    values = [np.asarray(x, dtype=float)]
    for W, b in layers:
        values.append(W @ values[-1] + b)
    step, radius, top = 96, 24, 50
    height = top + step * (max(map(len, values)) - 1) + 66
    columns = np.linspace(46, WIDTH - 46, len(values))

    def place(layer, node):
        return columns[layer], top + step * (max(map(len, values)) - len(values[layer])) / 2 + step * node

    lines, labels, nodes = [], [], []
    largest = max(np.abs(W).max() for W, _ in layers)
    for k, (W, b) in enumerate(layers):
        for i, row in enumerate(W):
            for j, w in enumerate(row):
                (x1, y1), (x2, y2) = place(k, j), place(k + 1, i)
                sign = " negative" if w < 0 else ""
                lines.append(
                    f'<line x1="{x1 + radius:g}" y1="{y1:g}" x2="{x2 - radius:g}" y2="{y2:g}" class="edge{sign}"'
                    f' data-edge="{k},{i},{j}" stroke-width="{1 + 4 * abs(w) / largest:.2f}"/>'
                )
                at = 0.72 if len(row) > 1 and W.shape[0] > 1 else 0.42
                labels.append(
                    text(
                        x1 + radius + (x2 - x1 - 2 * radius) * at,
                        y1 + (y2 - y1) * at + 4,
                        words.number(w),
                        "weight halo",
                        extra=f' data-weight="{k},{i},{j}"',
                    )
                )
            cx, cy = place(k + 1, i)
            bias = f"{'+' if b[i] >= 0 else '−'} {words.number(abs(b[i]))}"
            labels.append(text(cx, cy + radius + 18, bias, "bias", extra=f' data-bias="{k},{i}"'))
    for k, layer in enumerate(values):
        for i, value in enumerate(layer):
            cx, cy = place(k, i)
            name = subscript(names[k], i) if len(layer) > 1 else names[k]
            nodes.append(f'<circle cx="{cx:g}" cy="{cy:g}" r="{radius}" class="node" data-node="{k},{i}"/>')
            nodes.append(text(cx, cy + 5, words.number(value), "value", extra=f' data-value="{k},{i}"'))
            nodes.append(text(cx, cy - radius - 8, name, "name"))
    return "".join(lines + labels + nodes), height


def cells(words, M, x, y, size, role="weight", row=None, column=None, shade=None):
    """A matrix (n, m) as a grid of cells from (x, y); `row`, `column` are marked; `shade`: the deepest value."""
    drawn = []
    for i, line in enumerate(M):
        for j, value in enumerate(line):
            marked = (row is None and column is None) or i == row or j == column
            depth = 0.1 + 0.36 * abs(value) / shade if shade else (0.36 if marked else 0.08)  # a number is read on it
            left, up = x + j * size, y + i * size
            drawn.append(
                f'<rect x="{left:g}" y="{up:g}" width="{size - 3:g}" height="{size - 3:g}" rx="4"'
                f' class="cell {role}" fill-opacity="{depth:.2f}"/>'
            )
            if shade and value < 0:  # colour is never alone: a negative cell has a frame too
                drawn.append(
                    f'<rect x="{left + 2:g}" y="{up + 2:g}" width="{size - 7:g}" height="{size - 7:g}" rx="3"'
                    f' class="frame {role}"/>'
                )
            drawn.append(text(left + size / 2 - 1.5, up + size / 2 + 4, words.number(value), "number"))
    return "".join(drawn)


@drawing
def heatmap(words, M, rows, columns):
    """A matrix (n, m) as a table of colours: the deeper the larger, framed when negative. `rows`, `columns`: names."""
    size, left, top = 64, 150, 34
    drawn = cells(words, M, left, top, size, shade=np.abs(M).max())
    drawn += "".join(words.text(left + size * j + size / 2, top - 12, name, "name") for j, name in enumerate(columns))
    drawn += "".join(
        words.text(left - 14, top + size * i + size / 2 + 4, name, "name", "end") for i, name in enumerate(rows)
    )
    return drawn, top + size * len(M) + 6


@drawing
def grid(words, M, rows, columns, axes=("", "")):
    """A matrix (n, m), nothing negative, as tints alone: the deeper the larger. `axes`: what rows and columns are."""
    left, top = 46, 46
    size = min((WIDTH - left) / len(columns), 32)
    drawn = [words.text(left + size * len(columns) / 2, 14, axes[1], "name")]
    name = words.text(0, 0, axes[0], "name")
    drawn.append(f'<g transform="translate(14 {top + size * len(rows) / 2:.1f}) rotate(-90)">{name}</g>')
    for j, name in enumerate(columns):
        drawn.append(words.text(round(left + size * (j + 0.5) - 1, 1), top - 8, name, "label"))
    for i, name in enumerate(rows):
        drawn.append(words.text(left - 8, round(top + size * (i + 0.5) + 4, 1), name, "label", "end"))
        for j, value in enumerate(M[i]):
            depth = 0.04 + 0.96 * value / M.max()
            drawn.append(
                f'<rect x="{left + size * j:.1f}" y="{top + size * i:.1f}" width="{size - 1.5:.1f}"'
                f' height="{size - 1.5:.1f}" rx="2" class="cell chance" fill-opacity="{depth:.2f}"/>'
            )
    return "".join(drawn), round(top + size * len(rows) + 4)


@drawing
def product(words, A, B, i, j):
    """The product A (n, k) B (k, m): row i of A meets column j of B in the cell where they cross."""
    C = A @ B
    size = 46
    left, top = 40, 30
    x2, y2 = left + size * A.shape[1] + 28, top + size * B.shape[0] + 28
    drawn = cells(words, A, left, y2, size, role="plain", row=i, column=-1)
    drawn += cells(words, B, x2, top, size, role="plain", row=-1, column=j)
    drawn += cells(words, C, x2, y2, size, role="result", row=-1, column=-1)
    cx, cy = x2 + j * size, y2 + i * size
    drawn += f'<rect x="{cx - 2:g}" y="{cy - 2:g}" width="{size + 1}" height="{size + 1}" rx="5" class="frame result"/>'
    drawn += text(left - 14, y2 + size * A.shape[0] / 2 + 4, "A", "name")
    drawn += text(x2 + size * B.shape[1] / 2, top - 10, "B", "name")
    drawn += text(x2 + size * B.shape[1] + 16, y2 + size * C.shape[0] / 2 + 4, "AB", "name")
    return drawn, y2 + size * A.shape[0] + 10


@drawing
def bars(words, groups, decimals=None, role="chance", wide=WIDTH, margin=70):
    """Horizontal bars in groups: {title: {name: value}}, values not negative, all on one scale from zero."""
    longest = max(len(words.say(name)) for group in groups.values() for name in group)
    drawn, y, left, right = [], 22, max(margin, 8.2 * longest + 12), 60
    largest = max(value for group in groups.values() for value in group.values())
    for title, group in groups.items():
        if title:
            drawn.append(words.text(0, y, title, "title", "start"))
            y += 12
        for name, value in group.items():
            length = (wide - left - right) * value / largest
            drawn.append(words.text(left - 10, y + 13, name, "name", "end"))
            drawn.append(
                f'<rect x="{left:g}" y="{y}" width="{max(length, 1):.1f}" height="18" rx="3" class="bar {role}"/>'
            )
            drawn.append(text(left + length + 7, y + 14, words.number(value, decimals), "number", "start"))
            y += 25
        y += 26
    return "".join(drawn), y - 22


@drawing
def curves(words, x, lines, top=3, step=1, axes=("", ""), role="chance", early=()):
    """Curves on common axes: x (n,) and {name: values (n,)}; told apart by dashes and by their name at the end.

    The names in `early` stand over the beginning instead. Nothing above `top` is drawn; `step`: from one line of the
    grid to the next; `axes`: what x and the values are.
    """
    height, left, above, bottom = 240, 34, 14, 26
    early = {words.say(name) for name in early}
    lines = [(words.say(name), values) for name, values in lines.items()]  # a language may call two alike
    right = max(74, 8.4 * max(len(name) for name, _ in lines) + 12)
    above += 18 * bool(axes[1])
    bottom += 20 * bool(axes[0])
    height += above - 14 + bottom - 26
    low, high = min(v.min() for _, v in lines), min(max(v.max() for _, v in lines), top)
    across = lambda v: left + (WIDTH - left - right) * (v - x.min()) / (x.max() - x.min())  # noqa: E731
    up = lambda v: height - bottom - (height - above - bottom) * (v - low) / (high - low)  # noqa: E731
    drawn, ends = [], []
    for tick in np.arange(np.ceil(low / step - 0.02) * step, high + 1e-9, step):
        drawn.append(f'<line x1="{left}" x2="{WIDTH - right}" y1="{up(tick):.1f}" y2="{up(tick):.1f}" class="grid"/>')
        drawn.append(text(left - 8, round(up(tick) + 5, 1), words.number(tick), "name", "end"))
    for tick in np.linspace(x.min(), x.max(), 5):
        drawn.append(text(round(across(tick), 1), height - bottom + 20, words.number(tick), "name"))
    if axes[0]:
        drawn.append(words.text((left + WIDTH - right) / 2, height - 6, axes[0], "name"))
    if axes[1]:
        drawn.append(words.text(0, 14, axes[1], "name", "start"))
    for dash, (name, values) in zip(("none", "8 4", "2 4"), lines, strict=False):
        inside = values <= high
        points = " ".join(f"{across(a):.1f},{up(b):.1f}" for a, b in zip(x[inside], values[inside], strict=True))
        drawn.append(f'<polyline points="{points}" class="curve {role}" stroke-dasharray="{dash}"/>')
        if name in early:
            drawn.append(text(left + 6, round(up(values[0]) - 8, 1), escape(name), role, "start"))
        else:
            ends.append((up(values[inside][-1]) + 5, across(x[inside][-1]) + 6, name))
    lowest = height - bottom  # above the numbers of the axis
    for y, end, name in sorted(ends, reverse=True):  # names never cover one another
        y = min(y, lowest)
        drawn.append(text(round(end, 1), round(y, 1), escape(name), role, "start"))
        lowest = y - 17
    return "".join(drawn), height


@drawing
def doubling(words, x, lines, axes, step=0.2):
    """Lines over x (n,), which doubles from one to the next: {name: (role, values (n,))}; `axes`: what x and they are.

    The names stand at the ends. Lines that are `plain` are dashed.
    """
    left, right, above, tall, bottom = 34, 116, 34, 300, 46
    low, high = (f(value for _, values in lines.values() for value in values) for f in (min, max))
    across = lambda i: left + 8 + (WIDTH - left - right - 8) * i / (len(x) - 1)  # noqa: E731
    up = lambda v: above + tall * (high - v) / (high - low)  # noqa: E731
    drawn = [words.text(0, 14, axes[1], "name", "start")]
    for tick in np.arange(np.ceil(low / step), high / step) * step:
        drawn.append(f'<line x1="{left}" x2="{WIDTH - right}" y1="{up(tick):.1f}" y2="{up(tick):.1f}" class="grid"/>')
        drawn.append(text(left - 6, round(up(tick) + 5, 1), words.number(tick, 1), "name", "end"))
    for i, value in enumerate(x):
        drawn.append(text(round(across(i), 1), above + tall + 24, words.number(value), "name"))
    drawn.append(words.text((left + WIDTH - right) / 2, above + tall + bottom - 2, axes[0], "name"))
    ends = []
    for name, (role, values) in lines.items():
        points = " ".join(f"{across(i):.1f},{up(v):.1f}" for i, v in enumerate(values))
        dash = ' stroke-dasharray="6 4"' if role == "plain" else ""
        drawn.append(f'<polyline points="{points}" class="curve {role}"{dash}/>')
        drawn += [
            f'<circle cx="{across(i):.1f}" cy="{up(v):.1f}" r="3" class="bar {role}"/>' for i, v in enumerate(values)
        ]
        ends.append((up(values[-1]) + 5, words.say(name), role))
    lowest = above + tall + 5
    for y, name, role in sorted(ends, reverse=True):  # names never cover one another
        y = min(y, lowest)
        drawn.append(text(WIDTH - right + 8, round(y, 1), escape(name), "label" if role == "plain" else role, "start"))
        lowest = y - 17
    return "".join(drawn), above + tall + bottom


@drawing
def gathering(words, symbols, rows, weights, total):
    """What one symbol gathers from several: a column each; rows [(name, parts, role)]; `bars` are as long as weights.

    `total`: the name and the number of the sum.
    """
    left, step = 96, 36
    wide = (WIDTH - left) / len(symbols)
    drawn = [text(left + wide * (j + 0.5), 18, symbol, "title") for j, symbol in enumerate(symbols)]
    for i, (name, parts, role) in enumerate(rows):
        y = 30 + step * i
        drawn.append(words.text(0, y + 21, name, "name", "start"))
        kind = "chance" if role == "bars" else role
        for j, part in enumerate(parts):
            x, full = left + wide * j + 4, wide - 8
            bars = [(full, 0.1)]
            if role == "bars":
                bars.append((max(full * weights[j], 1), 0.28))
            drawn += [
                f'<rect x="{x:.1f}" y="{y}" width="{long:.1f}" height="{step - 6}" rx="5" class="cell {kind}"'
                f' fill-opacity="{depth}"/>'
                for long, depth in bars
            ]
            drawn.append(words.text(x + full / 2, y + 21, part, "number"))
    y = 30 + step * len(rows) + 21
    drawn.append(words.text(0, y, total[0], "name", "start"))
    for j, (w, v) in enumerate(zip(rows[-2][1], rows[-1][1], strict=True)):
        part = f"{'+ ' if j else ''}{words.say(w)} · {words.say(v)}"
        drawn.append(text(left + wide * (j + 0.5), y, part, "number"))
    drawn.append(text(WIDTH - 4, y + 28, f"= {words.say(total[1])}", "title", "end"))
    return "".join(drawn), y + 36


@drawing
def looking(words, symbols, q, k, scores, weights, v, total):
    """What one symbol gathers, each vector as a row of squares: the fuller the larger, hollow when negative.

    q (d,), k (n, d), scores (n,), weights (n,), v (n, d), total (d,). The page names the columns.
    """
    step, side = 32, 10

    def squares(x, y, row, largest):
        drawn = []
        for j, value in enumerate(row):
            role = "cell value" if value >= 0 else "frame value"
            depth = 0.08 + 0.92 * min(abs(value) / largest, 1)
            place = f'x="{x + side * j + 1:.0f}" y="{y + 1:.0f}" width="{side - 2}" height="{side + 8}"'
            drawn.append(f'<rect {place} rx="1.5" class="{role}" opacity="{depth:.2f}"/>')
        return "".join(drawn)

    largest, widest = max(np.abs(q).max(), np.abs(k).max()), np.abs(v).max()
    heads = ((90, 12, "query"), (90, 64, "key"), (174, 64, "score"), (234, 64, "weight"), (332, 64, "value"))
    drawn = [words.text(x, y, Label(name), "label") for x, y, name in heads] + [squares(30, 20, q, largest)]
    for i, symbol in enumerate(symbols):
        y = 76 + step * i
        drawn += [text(8, y + 15, symbol, "title"), squares(30, y, k[i], largest), squares(272, y, v[i], widest)]
        drawn.append(words.text(174, y + 15, Number(scores[i], 1), "number"))
        for full, depth in ((56, 0.1), (max(56 * weights[i], 1), 0.28)):
            place = f'x="206" y="{y}" width="{full:.1f}" height="20"'
            drawn.append(f'<rect {place} rx="4" class="cell chance" fill-opacity="{depth}"/>')
        drawn.append(words.text(234, y + 15, Number(weights[i], 2), "number"))
    y = 76 + step * len(symbols)
    drawn += [words.text(262, y + 15, Label("sum"), "label", "end"), squares(272, y, total, widest)]
    return "".join(drawn), y + 28


@drawing
def moved(words, before, panels, reach=2.5):
    """A shape before and after: before (n, 2); {title: after (n, 2)}, a panel each, on axes from -reach to reach."""
    gap, top = 14, 34
    side = (WIDTH - gap * (len(panels) - 1)) / len(panels)
    drawn = []
    for i, (title, after) in enumerate(panels.items()):
        left = i * (side + gap)
        across = lambda v, left=left: left + side * (v + reach) / (2 * reach)  # noqa: E731
        up = lambda v: top + side * (reach - v) / (2 * reach)  # noqa: E731
        drawn.append(words.text(left + side / 2, 20, title, "name"))
        for line in np.arange(np.ceil(-reach), reach):
            wide = 1 if line else 2  # the axes
            for x1, x2, y1, y2 in ((line, line, reach, -reach), (-reach, reach, line, line)):
                ends = f'x1="{across(x1):.1f}" x2="{across(x2):.1f}" y1="{up(y1):.1f}" y2="{up(y2):.1f}"'
                drawn.append(f'<line {ends} class="grid" stroke-width="{wide}"/>')
        for shape, role in ((before, "frame value dashed"), (after, "bar value")):
            points = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in shape)
            drawn.append(f'<polygon points="{points}" class="{role}"/>')
            x, y = shape[-1]  # a mark on the same corner, to tell a turn from a mirror
            drawn.append(f'<circle cx="{across(x):.1f}" cy="{up(y):.1f}" r="4" class="{role}"/>')
    return "".join(drawn), top + side


@drawing
def walks(words, curve, walks, axes):
    """Steps along a curve, a panel for each walk: curve (x (n,), y (n,)); {title: (x (m,), y (m,))} of the points met.

    `axes`: what x and y are. The steps are numbered from 0, as long as their numbers do not touch.
    """
    above, bottom, gap, tall = 60, 44, 26, 180
    wide, height = (WIDTH - 46 - gap) / len(walks), above + tall + bottom
    x, y = curve
    drawn = [words.text(0, 14, axes[1], "name", "start"), words.text(WIDTH / 2, height - 4, axes[0], "name")]
    for i, (title, (xs, ys)) in enumerate(walks.items()):
        left = 30 + i * (wide + gap)
        across = lambda v, left=left: left + wide * (v - x.min()) / (x.max() - x.min())  # noqa: E731
        up = lambda v: above + tall * (1 - v / y.max())  # noqa: E731
        drawn.append(words.text(left + wide / 2, 38, title, "title"))
        for tick in range(int(y.max()) + 1):
            drawn.append(
                f'<line x1="{left:g}" x2="{left + wide:g}" y1="{up(tick):.1f}" y2="{up(tick):.1f}" class="grid"/>'
            )
            if not i:
                drawn.append(text(left - 8, round(up(tick) + 5, 1), words.number(tick), "name", "end"))
        for tick in np.arange(np.ceil(2 * x.min()) / 2, x.max() + 1e-9, 0.5):
            drawn.append(text(round(across(tick), 1), above + tall + 20, words.number(tick), "name"))
        path = " ".join(f"{across(a):.1f},{up(b):.1f}" for a, b in zip(x, y, strict=True))
        drawn.append(f'<polyline points="{path}" class="curve chance"/>')
        path = " ".join(f"{across(a):.1f},{up(b):.1f}" for a, b in zip(xs, ys, strict=True))
        drawn.append(f'<polyline points="{path}" class="edge" fill="none" stroke-dasharray="3 3"/>')
        written = []
        for step, (a, b) in enumerate(zip(xs, ys, strict=True)):
            cx, cy = across(a), up(b)
            drawn.append(f'<circle cx="{cx:.1f}" cy="{cy:.1f}" r="4" class="bar weight"/>')
            side = 1 if a > x[y.argmin()] else -1
            others = ((across(p), up(q)) for p, q in zip(xs, ys, strict=True) if (p, q) != (a, b))
            free = all(np.hypot(cx + 12 * side - p, cy - q) > 9 for p, q in others)
            if free and all(np.hypot(cx - p, cy - q) > 15 for p, q in written):
                drawn.append(text(round(cx + 12 * side, 1), round(cy + 6, 1), step, "weight"))
                written.append((cx, cy))
    return "".join(drawn), height


@drawing
def dots(words, values, unit):
    """Values of very different size, {name: value}, as dots on a logarithmic axis in powers of ten of `unit`."""
    left, right, top, step = 140, 60, 26, 22
    low, high = np.floor(np.log10(min(values.values()))), np.ceil(np.log10(max(values.values())))
    height = top + step * len(values) + 8

    def across(value):
        return left + (WIDTH - left - right) * (np.log10(value) - low) / (high - low)

    drawn = []
    for power in range(int(low), int(high) + 1):
        x = across(10.0**power)
        drawn.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top - 6}" y2="{height - 8}" class="grid"/>')
        drawn.append(words.text(x, top - 12, (10.0**power, unit) if power == int(high) else 10.0**power, "name"))
    for i, (name, value) in enumerate(values.items()):
        y = top + step * i + step / 2
        drawn.append(words.text(0, y + 5, name, "label", "start"))
        drawn.append(f'<circle cx="{across(value):.1f}" cy="{y:g}" r="5" class="bar weight"/>')
        drawn.append(text(across(value) + 9, y + 5, words.number(value, 1), "label", "start"))
    return "".join(drawn), height


@drawing
def shares(words, groups, names):
    """What each whole is made of: {title: {part: amount}} as bars of the same length; `names`: {part: its word}.

    Parts are told apart by depth and by the legend above, both in this order: all are weights.
    """
    left, step = 140, 24
    drawn, x, y = [], 0, 16
    for i, word in enumerate(map(words.say, names.values())):
        wide = 36 + 8.2 * len(word)
        if x + wide > WIDTH:
            x, y = 0, y + 22
        drawn.append(f'<rect x="{x:g}" y="{y - 12}" width="15" height="15" rx="2" class="share weight share-{i}"/>')
        drawn.append(text(x + 21, y + 1, escape(word), "label", "start"))
        x += wide
    y += 18
    for title, parts in groups.items():
        drawn.append(text(0, y + 14, escape(title), "label", "start"))
        x, whole = left, sum(parts.values())
        for i, part in enumerate(names):
            wide = (WIDTH - left) * parts.get(part, 0) / whole
            if wide > 0.3:
                place = f'x="{x:.1f}" y="{y}" width="{wide:.1f}" height="17"'
                drawn.append(f'<rect {place} class="share weight share-{i}"/>')
            x += wide
        y += step
    return "".join(drawn), y


@drawing
def strip(words, parts, unit):
    """A file from its first byte to its last: [(name, note, bytes)], one box under the other, sizes written.

    The first two say what follows; then come matrices of weights, and biases.
    """
    step, left, wide = 44, 0, 250
    drawn = []
    for i, (name, note, size) in enumerate(parts):
        y = step * i + 2
        role = "plain" if i < 2 else "bias" if name.startswith("b") else "weight"
        drawn.append(
            f'<rect x="{left + 1}" y="{y}" width="{wide}" height="{step - 4}" rx="5" class="cell {role}"'
            ' fill-opacity="0.18"/>'
        )
        drawn.append(words.text(left + 14, y + 25, name, "title", "start"))
        drawn.append(words.text(left + wide - 12, y + 25, note, "label", "end"))
        drawn.append(words.text(left + wide + 14, y + 25, (size, unit), "label", "start"))
    return "".join(drawn), step * len(parts) + 4


@drawing
def pieces(words, texts):
    """Texts cut into pieces, {title: [piece]}: each in a frame, as many to a line as there is room for."""
    drawn, y = [], 18
    for title, parts in texts.items():
        drawn.append(words.text(0, y, title, "name", "start"))
        x, y = 0, y + 12
        for part in parts:
            wide = 8 * len(part) + 12
            if x + wide > WIDTH:
                x, y = 0, y + 32
            place = f'x="{x + 1:g}" y="{y:g}" width="{wide - 3:g}" height="26"'
            drawn.append(f'<rect {place} rx="4" class="cell value" fill-opacity="0.18"/>')
            drawn.append(text(round(x + wide / 2 - 0.5, 1), y + 18, escape(part), "label"))
            x += wide
        y += 54
    return "".join(drawn), y - 24


@drawing
def rulers(words, panels):
    """Where some numbers lie: [(title, low, high, values)], a ruler for each, a line for each value there.

    Its ends and its middle are written.
    """
    left, right, step, tall = 30, WIDTH - 30, 84, 26
    drawn = []
    for i, (title, low, high, values) in enumerate(panels):
        y = step * i + 30
        drawn.append(words.text(0, y - 14, title, "name", "start"))
        for value in values:
            if low <= value <= high:
                x = left + (right - left) * (value - low) / (high - low)
                drawn.append(
                    f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{y}" y2="{y + tall}" class="edge" stroke-width="1"/>'
                )
        for value in (low, (low + high) / 2, high):
            x = left + (right - left) * (value - low) / (high - low)
            drawn.append(text(round(x, 1), y + tall + 18, words.number(value), "number"))
    return "".join(drawn), step * len(panels) - 2


@drawing
def flow(words, boxes):
    """What a network does, from top to bottom: [(name, shape, role, bypass)].

    `bypass` says from which earlier box a side road comes back in: how many boxes above, or 0 for none.
    """
    step, left, wide, tall = 54, 44, 206, 36
    drawn = []
    for i, (name, shape, role, bypass) in enumerate(boxes):
        y, middle = step * i + 4, left + wide / 2
        if i:
            drawn.append(f'<line x1="{middle:g}" x2="{middle:g}" y1="{y - step + tall}" y2="{y}" class="road"/>')
        drawn.append(
            f'<rect x="{left}" y="{y}" width="{wide}" height="{tall}" rx="7" class="cell {role}" fill-opacity="0.18"/>'
        )
        drawn.append(words.text(middle, y + 23, name, "title"))
        drawn.append(words.text(left + wide + 12, y + 23, shape, "label", "start"))
        if bypass:
            start = y - step * bypass + tall + (step - tall) / 2
            drawn.append(f'<path d="M{middle:g},{start:g} H{left - 28} V{y + tall / 2:g} H{left}" class="road"/>')
    return "".join(drawn), step * len(boxes) - step + tall + 10


@drawing
def clocks(words, panels):
    """Two arrows on a circle, a panel each: [(title, query (2,), key (2,), what stands below)]."""
    side, radius, top = WIDTH / len(panels), 46, 30
    drawn = []
    for i, (title, query, key, below) in enumerate(panels):
        x, y = side * (i + 0.5), top + radius + 6
        drawn.append(words.text(x, 18, title, "name"))
        drawn.append(f'<circle cx="{x:g}" cy="{y:g}" r="{radius}" class="frame grid"/>')
        for (a, b), dashes, name in ((query, "none", "q"), (key, "5 4", "k")):
            end = f'x2="{x + radius * a:.1f}" y2="{y - radius * b:.1f}"'
            line = f'<line x1="{x:g}" y1="{y:g}" {end} class="curve value" stroke-dasharray="{dashes}"/>'
            drawn.append(line)
            drawn.append(text(round(x + 57 * a, 1), round(y - 57 * b + 5, 1), name, "value"))
        drawn.append(words.text(x, y + radius + 36, below, "label"))
    return "".join(drawn), top + 2 * radius + 50


@drawing
def groups(words, panels):
    """Which query heads use which keys, a panel each: {title: how many heads have keys}; 4 query heads."""
    side, wide, heads = WIDTH / len(panels), 34, 4
    drawn = []
    for i, (title, many) in enumerate(panels.items()):
        left = side * i + (side - heads * 44) / 2 + 22
        drawn.append(words.text(side * (i + 0.5), 18, title, "name"))
        for head in range(heads):
            x, group = left + 44 * head, head * many // heads
            to = left + 44 * ((group + 0.5) * heads / many - 0.5)
            line = f'<line x1="{x:g}" y1="64" x2="{to:g}" y2="104" class="edge" stroke-width="1.5"/>'
            drawn.append(line)
            cell = f'<rect x="{x - wide / 2:g}" y="34" width="{wide}" height="30" rx="4" class="frame value"/>'
            drawn.append(cell + text(x, 54, subscript("q", head), "value"))
            cell = f'<rect x="{to - wide / 2:g}" y="104" width="{wide}" height="30" rx="4" class="frame value"/>'
            if not head or group != (head - 1) * many // heads:
                drawn.append(cell + text(to, 124, subscript("k", group), "value"))
    return "".join(drawn), 144


@drawing
def winding(words, pictures):
    """A road that goes by pictures (SVG, about 52 units wide, round the origin), row after row, with their numbers."""
    in_row, step, down = 5, 80, 92
    road, drawn = [], []
    for number, picture in enumerate(pictures):
        row, column = divmod(number, in_row)
        x, y = step * column + step / 2, down * row + 34
        if column:
            ends = f'x1="{x - step + 36:g}" y1="{y}" x2="{x - 32:g}" y2="{y}"'
            road.append(f'<line {ends} class="grid" stroke-width="3"/>')
        elif row:  # down from the end of the row above
            end = step * (in_row - 1) + step / 2
            road.append(f'<path d="M {end:g} {y - down + 32} v 24 H {x:g} v 8" class="frame grid"/>')
        drawn.append(f'<g transform="translate({x + 4:g} {y})">{picture}</g>')
        drawn.append(text(x - 30, y - 22, number + 1, "name"))
    return "".join(road + drawn), down * ((len(pictures) - 1) // in_row) + 70
