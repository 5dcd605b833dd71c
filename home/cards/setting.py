"""Sets words and strips in the pictures that other sites show beside our addresses. Pure.

The same words give the same bytes, on every machine.
"""

import io
import unicodedata
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONTS = Path(__file__).parent / "fonts"
BOLD, PLAIN = "Archivo-CondensedBold.ttf", "Archivo-Regular.ttf"
# The light half of home/static/home/css/tokens.css; strips and papers in the order of the stages.
DESK, INK, INK_2, ON_DAYBREAK, LAMP = "#eff5f5", "#0d1a20", "#405055", "#eff5f5", "#47e684"
STRIPS = ("#a5d9fb", "#fcbfd5", "#f6e17b", "#d4c1f9", "#febc8a")
PAPERS = ("#e0f3ff", "#ffe9f1", "#fcf4d0", "#f3ecff", "#ffebd8")
EVERY_STAGE = range(1, len(STRIPS) + 1)
SIZE = WIDTH, HEIGHT = 1200, 630
LEFT, MEASURE = 72, 1056
FOOT, STRIP = 84, 36
MOST_READ = 200
# The code points that both fonts have.
SPANS = """0020-007E 00A0-017F 0218-021B 2013-2014 2018-201A 201C-201E 2022-2022 2026-2026 2032-2033 2039-203A 2044-2044
    20A6-20A6 20A9-20A9 20AC-20AC 20B9-20BA 2122-2122 2191-2191 2193-2193 2212-2212""".split()
LETTERS = frozenset(code for span in SPANS for code in range(int(span[:4], 16), int(span[5:], 16) + 1))
HYPHENS = {"\u2010": "-", "\u2011": "-"}
# What is skipped without its word: controls, marks that found no letter, and pictures.
SIGNS = ("Cc", "Cf", "Cs", "Cn", "Co", "Mn", "Me", "So", "Sk")


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: each of `sizes` has the number of lines it may take, and the first that holds the text is taken."""

    font: str
    sizes: tuple[tuple[int, int], ...]
    colour: str
    leading: float
    gap: int = 0


BRAND = Style(BOLD, ((44, 1),), ON_DAYBREAK, 1.0)
ADDRESS = Style(PLAIN, ((28, 1), (24, 1), (20, 1)), ON_DAYBREAK, 1.0)


@dataclass(frozen=True, slots=True)
class Block:
    """A text set in lines."""

    lines: list[str]
    font: ImageFont.FreeTypeFont
    style: Style

    @property
    def step(self) -> int:
        return round(self.font.size * self.style.leading)

    @property
    def height(self) -> int:
        return len(self.lines) * self.step + self.style.gap


def picture(texts: Iterable[tuple[str, Style]], address: str, paper: str = DESK, lit: Container[int] = EVERY_STAGE) -> bytes:
    """The texts above the strips of the stages, those that are lit in their colours, as a PNG of 1200 by 630 pixels."""
    image = Image.new("RGB", SIZE, paper)
    draw = ImageDraw.Draw(image)
    strips(draw, lit)
    foot(draw, address)
    write(draw, [block(text, style, MEASURE) for text, style in texts if text])
    content = io.BytesIO()
    image.save(content, "PNG", compress_level=6)
    return content.getvalue()


def write(draw: ImageDraw.ImageDraw, blocks: list[Block]) -> None:
    """The blocks one under the other, in the middle of the space above the strips."""
    top = (HEIGHT - FOOT - STRIP - sum(each.height for each in blocks)) // 2
    for each in blocks:
        for at, line in enumerate(each.lines):
            draw.text((LEFT, top + at * each.step), line, each.style.colour, each.font, "la")
        top += each.height


def strips(draw: ImageDraw.ImageDraw, lit: Container[int]) -> None:
    """The five strips side by side; one that is not lit is left as the paper."""
    line, wide = HEIGHT - FOOT, WIDTH // len(STRIPS)
    for at, colour in enumerate(STRIPS):
        if at + 1 in lit:
            draw.rectangle((at * wide, line - STRIP, (at + 1) * wide - 1, line), fill=colour)


def foot(draw: ImageDraw.ImageDraw, address: str) -> None:
    """The black strip with whose picture this is."""
    line = HEIGHT - FOOT
    draw.rectangle((0, line, WIDTH, HEIGHT), fill=INK)
    middle = line + FOOT // 2
    draw.ellipse((LEFT, middle - 13, LEFT + 26, middle + 13), fill=LAMP)
    draw.text((LEFT + 44, middle), "Greenlight", BRAND.colour, font(BRAND.font, BRAND.sizes[0][0]), "lm")
    if where := drawable(address):
        set_ = block(where, ADDRESS, MEASURE - 330)
        draw.text((LEFT + MEASURE, middle), set_.lines[0], ADDRESS.colour, set_.font, "rm")


def block(text: str, style: Style, measure: int) -> Block:
    """The text in lines no longer than the measure, in the largest size that holds it; cut off where none does."""
    for size, most in style.sizes:
        kind = font(style.font, size)
        lines = wrapped(text, kind, measure)
        if len(lines) <= most:
            return Block(lines, kind, style)
    return Block([*lines[: most - 1], shortened(lines[most - 1], kind, measure)], kind, style)


def wrapped(text: str, kind: ImageFont.FreeTypeFont, measure: int) -> list[str]:
    """The text in lines that break between words, and inside a word only where one is longer than a line."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and kind.getlength(longer) <= measure:
            lines[-1] = longer
            continue
        *whole, rest = pieces(word, kind, measure)
        lines += [*whole, rest]
    return lines


def pieces(word: str, kind: ImageFont.FreeTypeFont, measure: int) -> list[str]:
    """The word in parts that each fit into a line."""
    if kind.getlength(word) <= measure:
        return [word]
    widths = {char: kind.getlength(char) for char in set(word)}
    found, length = [""], 0.0
    for char in word:
        length += widths[char]
        if found[-1] and length > measure:
            found.append("")
            length = widths[char]
        found[-1] += char
    return found


def shortened(line: str, kind: ImageFont.FreeTypeFont, measure: int) -> str:
    """The line with an ellipsis, short enough for the measure."""
    while line and kind.getlength(f"{line}…") > measure:
        line = line[:-1]
    return f"{line.rstrip(' ,.;:-')}…"


# What the typeface can say


def drawable(text: str) -> str:
    """The words of the text that the typeface has every letter of; empty if no letter is left.

    Accents it lacks are left off, signs such as emoji as well; a word in another script is left out whole: better than a
    row of boxes. Brackets around all that is left go: they held a name's second spelling.
    """
    words = [spelt(word) for word in unicodedata.normalize("NFC", text[:MOST_READ]).split()]
    found = " ".join(filter(None, words))
    if not any(char.isalnum() for char in found):
        return ""
    whole = found[:1] == "(" and found[-1:] == ")" and not all(words)
    return found[1:-1] if whole else found


def is_drawable(text: str) -> bool:
    """Whether the typeface has every letter of the text, and there is one."""
    return bool(text.strip()) and drawable(text) == " ".join(unicodedata.normalize("NFC", text[:MOST_READ]).split())


def spelt(word: str) -> str:
    """The word in letters of the typeface, or nothing."""
    found = [letter(char) for char in word if ord(char) in LETTERS or unicodedata.category(char) not in SIGNS]
    return "".join(found) if all(found) else ""


def letter(char: str) -> str:
    """The letter itself, else the one it is made from, else nothing."""
    plain = HYPHENS.get(char) or unicodedata.normalize("NFKD", char)[:1]
    return next((each for each in (char, plain) if ord(each) in LETTERS), "")


@cache
def content_of(name: str) -> bytes:
    return (FONTS / name).read_bytes()


def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    # Set letter by letter: the other layout engine depends on what a machine has installed.
    return ImageFont.truetype(io.BytesIO(content_of(name)), size, layout_engine=ImageFont.Layout.BASIC)
