"""The picture that goes with a link to a page: its title beside its first figure, as the light scheme shows it.

Pictures are drawn by resvg and saved by Pillow in few colours, in a process of their own (this file, run as a program)
while the pages are being made; .cache/cards keeps them by what they are drawn from. They depend on nothing but the
project's files and fonts: the same bytes everywhere.
"""

import hashlib
import io
import os
import re
import struct
import subprocess
import sys
import textwrap
import zlib
from contextlib import suppress
from html import escape, unescape
from importlib.metadata import version
from pathlib import Path

SIZE = WIDTH, HEIGHT = 1200, 630  # what those who show links ask for
LEFT, COLUMN, LARGEST = 64, 450, 56  # of the title: where it begins, how wide it may be, its letters
BOX = 568, 56, 576, 518  # of the figure: x, y, width, height
FIGURE = re.compile(
    r'<figure class="drawing">.*?<svg viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*? aria-label="([^"]*)">(.*?)</svg>', re.S
)
RULE = re.compile(r"^(\.drawing [^{}]+) \{ ([^{}]*) \}", re.M)
VARIABLE = re.compile(r"var\((--[\w-]+)\)")


def colours(site: str) -> dict[str, str]:
    """The colours of the light scheme by their names in the style sheet: {--ink: #22262e}."""
    return dict(
        re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", re.search(r"\[data-md-color-scheme\] \{(.*?)\}", site, re.S)[1])
    )


def style(site: str, figures: str) -> list[tuple[str, str]]:
    """The rules of the figures, (selector, what it says), without variables and :is(), which resvg does not know.

    What has the colour of its role is written once for each role, and first for what has none.
    """
    known, rules = colours(site), []
    roles = re.findall(r"^(?:\.drawing )?\.(\w+) \{ --role: var\((--[\w-]+)\); \}", f"{site}\n{figures}", re.M)
    for selectors, said in RULE.findall(figures):
        if "--role:" in said:
            continue
        one_of = re.search(r":is\(([^()]*)\)", selectors)
        names = one_of[1].split(",") if one_of else [""]
        for selector in (selectors.replace(one_of[0], name.strip()) if one_of else selectors for name in names):
            for suffix, role in [("", "--ink-soft"), *((f".{name}", role) for name, role in roles)]:
                if suffix and "var(--role)" not in said:
                    continue
                values = known | {"--role": known[role]}
                rules.append((f"{selector}{suffix}", VARIABLE.sub(lambda m, v=values: v.get(m[1], m[0]), said)))
    return rules


def needed(rules: list[tuple[str, str]], shapes: str) -> str:
    """Those of the rules that what is drawn needs, as a style sheet."""
    there = {"drawing", *(name for names in re.findall(r'class="([^"]*)"', shapes) for name in names.split())}
    return "".join(f"{one}{{{said}}}" for one, said in rules if there.issuperset(re.findall(r"\.([\w-]+)", one)))


def figure(html: str) -> tuple[float, float, str, str] | None:
    """The first figure of a page: its width, its height, its text alternative, its drawing as SVG; None without one."""
    found = FIGURE.search(html)
    return found and (float(found[1]), float(found[2]), unescape(found[3]), found[4])


def card(
    title: str,
    above: str,
    below: str,
    drawn: tuple[float, float, str],
    mark: str,
    known: dict[str, str],
    rules: list[tuple[str, str]],
) -> str:
    """The picture of a page, as SVG: its title, what stands above and below, its figure (width, height, SVG).

    `mark` is the icon of the site, 32 units wide; of the rules of figures, those that this one needs are taken.
    """
    lines = textwrap.wrap(title, 15, break_long_words=False) or [""]
    even = (textwrap.wrap(title, width, break_long_words=False) for width in range(1, 16))
    lines = next((one for one in even if len(one) == len(lines)), lines)  # as many lines, none much longer than others
    size = min(LARGEST, COLUMN / max(map(len, lines)) / 0.5, 330 / len(lines) / 1.2)
    wide, tall, shapes = drawn
    x, y, room_wide, room_tall = BOX
    scale = min(room_wide / wide, room_tall / tall)
    left, top = x + (room_wide - wide * scale) / 2, y + (room_tall - tall * scale) / 2
    # Indices are small figures set lower, and a narrow space is a thin one: the fonts have neither of these signs.
    shapes = re.sub(
        "[₀-₉]+",
        lambda m: f'<tspan baseline-shift="sub" font-size="10">{"".join(str(ord(c) - 0x2080) for c in m[0])}</tspan>',
        shapes,
    ).replace("\u202f", "\u2009")

    def text(y: float, size: float, colour: str, words: str, x: int = LEFT) -> str:
        return f'<text x="{x}" y="{y:.1f}" font-size="{size:.1f}" fill="{known[colour]}">{escape(words)}</text>'

    first = 330 - size * 1.2 * (len(lines) - 1) / 2
    parts = [text(first + size * 1.2 * i, size, "--ink", line) for i, line in enumerate(lines)]
    parts += [text(96, 26, "--ink-soft", above), text(569, 26, "--ink-soft", below, LEFT + 52)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="Literata">'
        f"<style>{needed(rules, shapes)}</style>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{known["--paper"]}"/>{"".join(parts)}'
        f'<g transform="translate({LEFT} 542) scale(1.125)">{mark}</g>'
        f'<g class="drawing" transform="translate({left:.1f} {top:.1f}) scale({scale:.4f})">{shapes}</g></svg>'
    )


def icon(mark: str, side: int, full: bool = False) -> str:
    """The icon of the site, as SVG so many pixels wide; `full` for systems that cut its corners themselves."""
    mark = re.sub(r' rx="\d+"', "", mark) if full else mark
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" viewBox="0 0 32 32">{mark}</svg>'


def ico(png: bytes) -> bytes:
    """A picture of up to 255 pixels as the file that old browsers look for, favicon.ico: a header before it."""
    wide, tall = struct.unpack(">II", png[16:24])
    return struct.pack("<HHH BBBB HHII", 0, 1, 1, wide, tall, 0, 0, 1, 32, len(png), 22) + png


class Painter:
    """Draws pictures apart from the build; what is drawn already is not drawn again."""

    def __init__(self, root: Path):
        """Take the project's folder; nothing is drawn yet."""
        assets = root / "docs" / "assets"
        # Of two fonts of one name, the first that fits is taken; letters that it lacks are looked for in the others.
        self.fonts = sorted(
            assets.glob("fonts/literata-*.woff2"), key=lambda f: ("italic" in f.name, "-ext-" in f.name)
        )
        site, figures = ((assets / "css" / name).read_text(encoding="utf-8") for name in ("site.css", "figures.css"))
        self.colours, self.rules = colours(site), style(site, figures)
        self.mark = re.search(
            r"<svg[^>]*>(.*)</svg>", (assets / "images/favicon.svg").read_text(encoding="utf-8"), re.S
        )[1]
        self.folder = root / ".cache" / "cards"
        made_with = (version("resvg_py").encode(), version("pillow").encode(), Path(__file__).read_bytes())
        read = (*made_with, *(font.read_bytes() for font in self.fonts))
        self._made_with = b"".join(hashlib.sha256(one).digest() for one in read)
        self._asked: set[Path] = set()
        self._process: subprocess.Popen | None = None

    def want(self, svg: str) -> Path:
        """Have a picture drawn; the file in which it will be once all are."""
        file = self.folder / f"{hashlib.sha256(self._made_with + svg.encode()).hexdigest()[:20]}.png"
        if file not in self._asked and not file.is_file():
            self._asked.add(file)
            self.folder.mkdir(parents=True, exist_ok=True)
            asked = file.with_suffix(f".{os.getpid()}.svg")
            asked.write_text(svg, encoding="utf-8")
            with suppress(OSError):  # it has ended: the picture will be missing
                process = self._start()
                process.stdin.write(f"{asked}\n")
                process.stdin.flush()
        return file

    def _start(self) -> subprocess.Popen:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "course.cards", *map(str, self.fonts)],
                stdin=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                start_new_session=True,
                env=os.environ
                | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
                | {"PYTHONPATH": str(Path(__file__).parents[1])},
            )
        return self._process

    def finish(self) -> str:
        """Wait for all pictures; what went wrong, for people."""
        process, self._process = self._process, None
        return process.communicate()[1].strip() if process else ""

    def stop(self) -> None:
        """Draw nothing more."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()


def main(fonts: list[str]) -> None:
    """Draw the pictures whose SVG is named on standard input, one file a line; ends when that does."""
    import resvg_py
    from fontTools.ttLib import TTFont
    from PIL import Image

    plain: list[str] = []
    for line in sys.stdin:
        asked = Path(line.strip())
        for font in fonts if not plain else []:  # resvg reads no woff2
            digest = hashlib.sha256(Path(font).read_bytes()).hexdigest()[:20]
            file = asked.with_name(f"{digest}.ttf")
            if not file.is_file():
                opened, new = TTFont(font), file.with_suffix(f".{os.getpid()}")
                opened.flavor = None
                opened.save(new)
                new.replace(file)
            plain.append(str(file))
        try:
            svg = asked.read_text(encoding="utf-8")
            options = {"skip_system_fonts": True, "font_files": plain}
            picture = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, **options))))
            if picture.getextrema()[3] == (255, 255):  # nothing is seen through it
                picture = picture.convert("RGB").quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
            # Runs alone are compressed: that gives the same bytes whichever library does it.
            new = asked.with_suffix(".new")
            picture.save(new, "PNG", compress_type=zlib.Z_RLE)
            new.replace(asked.with_suffix("").with_suffix(".png"))
        except ValueError as error:
            print(error, file=sys.stderr)
        asked.unlink()


if __name__ == "__main__":
    main(sys.argv[1:])
