"""Draws the files of the sample people: stills, production paperwork, a certificate and a sound. Pure.

Everything is made up from a number, so that nothing shows anybody's film, and the same number draws the same file.
"""

import io
import math
import wave
from array import array
from collections.abc import Callable, Iterator
from random import Random

from PIL import Image, ImageDraw, ImageFont, ImageOps

Box = tuple[int, int, int, int]

STILL = (1280, 720)
PAGE = (1000, 1300)
PAPER, INK, FAINT = "#fdfcf8", "#1b262b", "#b9c2c4"
# Day, night, outdoors and indoors, as the strips of a schedule tell them apart.
STRIPS = ("#f6e7a8", "#a9c4e6", "#b9dcb0", "#f3f1ea")
SKIES = (("#11263d", "#e8a15c"), ("#27455c", "#dfe7e2"), ("#201a35", "#c8688b"), ("#3a5a50", "#f0e3b4"))
RATE, SECONDS = 8_000, 3


def still(number: int) -> bytes:
    """A wide frame of hills under a sky, as a JPEG."""
    chance = Random(number)
    dark, light = SKIES[number % len(SKIES)]
    image = ImageOps.colorize(Image.linear_gradient("L").resize(STILL), dark, light)
    draw = ImageDraw.Draw(image)
    x, y, size = chance.randrange(200, 1000), chance.randrange(140, 300), chance.randrange(40, 90)
    draw.ellipse((x - size, y - size, x + size, y + size), fill="#f7efd8")
    for layer in range(4):
        draw.polygon(list(ridge(chance, 360 + 80 * layer)), fill=mixed(light, dark, 0.35 + 0.2 * layer))
    draw.rectangle((0, 0, STILL[0], 58), fill="black")
    draw.rectangle((0, STILL[1] - 58, STILL[0], STILL[1]), fill="black")
    return written(image, "JPEG")


def ridge(chance: Random, height: int) -> Iterator[tuple[float, float]]:
    """The outline of one row of hills, from corner to corner of the frame."""
    waves = [(chance.uniform(1, 5), chance.uniform(0, math.tau), chance.uniform(8, 34)) for _ in range(3)]
    yield 0, STILL[1]
    for x in range(0, STILL[0] + 1, 8):
        yield x, height + sum(size * math.sin(x / STILL[0] * math.tau * speed + start) for speed, start, size in waves)
    yield STILL[0], STILL[1]


def mixed(first: str, second: str, share: float) -> tuple[int, ...]:
    """The colour that lies so far between the two."""
    pairs = [(int(first[at : at + 2], 16), int(second[at : at + 2], 16)) for at in (1, 3, 5)]
    return tuple(round(a + (b - a) * share) for a, b in pairs)


def storyboard(number: int) -> bytes:
    """Six frames with a figure and a horizon in each, as a PNG."""
    chance, (image, draw) = Random(number), sheet((1200, 860))
    for frame in range(6):
        left, top = 40 + frame % 3 * 380, 40 + frame // 3 * 410
        draw.rectangle((left, top, left + 350, top + 197), outline=INK, width=4)
        level, head = top + chance.randrange(90, 150), left + chance.randrange(60, 290)
        draw.line((left, level, left + 350, level + chance.randrange(-20, 20)), fill=INK, width=3)
        draw.ellipse((head - 16, level - 62, head + 16, level - 30), outline=INK, width=4)
        draw.polygon([(head, level - 30), (head - 26, level + 38), (head + 26, level + 38)], outline=INK, width=4)
        write(draw, (left, top + 210), f"Shot {frame + 1}", 26)
        lines(draw, (left, top + 256, left + 320, top + 330), chance)
    return written(image, "PNG")


def call_sheet(number: int) -> bytes:
    """A page with the times, the scenes and the people of a shooting day, all names left out, as a PNG."""
    chance, (image, draw) = Random(number), sheet(PAGE)
    write(draw, (60, 50), f"CALL SHEET   Day {number % 4 + 1} of 4", 44)
    for at, (name, value) in enumerate([("Unit call", "07:30"), ("Breakfast", "06:45"), ("Sunset", "17:52"), ("Wrap", "18:30")]):
        left = 60 + at * 225
        draw.rectangle((left, 130, left + 205, 230), outline=INK, width=3)
        write(draw, (left + 14, 142), name, 24)
        write(draw, (left + 14, 176), value, 38)
    write(draw, (60, 262), "Nearest hospital, parking and weather: see the back", 26)
    table(draw, (60, 320, 940, 700), ("Scene", "Set", "Pages", "Cast"), chance)
    table(draw, (60, 750, 940, 1080), ("Department", "Call", "On set", "Notes"), chance)
    write(draw, (60, 1110), "Turnaround: 11 hours.  Rushes to the DIT at lunch and at wrap.", 26)
    lines(draw, (60, 1160, 900, 1250), chance)
    return written(image, "PNG")


def schedule(number: int) -> bytes:
    """A stripboard: a strip a scene, in the four papers, with the days between them, as a PNG."""
    chance, (image, draw) = Random(number), sheet((1280, 720))
    for at in range(38):
        left = 60 + at * 31
        if at % 10 == 9:
            draw.rectangle((left, 60, left + 27, 660), fill=INK)
            continue
        draw.rectangle((left, 60, left + 27, 660), fill=chance.choice(STRIPS), outline=INK)
        write(draw, (left + 5, 70), str(chance.randrange(1, 60)), 16)
        for row in range(8):
            if chance.random() < 0.4:
                draw.rectangle((left + 6, 190 + row * 56, left + 20, 204 + row * 56), fill=INK)
        draw.line((left, 150, left + 27, 150), fill=INK, width=2)
    return written(image, "PNG")


def top_sheet(number: int) -> bytes:
    """The first page of a budget, in no currency, as a PNG."""
    chance, (image, draw) = Random(number), sheet(PAGE)
    write(draw, (60, 50), "BUDGET   Top sheet, draft 3", 44)
    names = "Script and rights/Cast/Crew/Kit/Locations/Travel/Food/Insurance/Post-production/Music and clearances/Delivery"
    amounts = [chance.randrange(4, 160) * 5 for _ in names.split("/")]
    for at, (name, amount) in enumerate(zip(names.split("/"), amounts, strict=True)):
        top = 160 + at * 78
        write(draw, (60, top), name, 30)
        draw.rectangle((430, top + 6, 430 + amount // 2, top + 34), fill=STRIPS[at % 4], outline=INK)
        write(draw, (940, top), f"{amount:,}", 30, "ra")
        draw.line((60, top + 58, 940, top + 58), fill=FAINT, width=2)
    write(draw, (60, 1060), "Contingency, 10 %", 30)
    write(draw, (940, 1060), f"{sum(amounts) // 10:,}", 30, "ra")
    write(draw, (60, 1150), "Total", 44)
    write(draw, (940, 1150), f"{sum(amounts) + sum(amounts) // 10:,}", 44, "ra")
    return written(image, "PNG")


def poster(number: int) -> bytes:
    """An upright picture of rings and a horizon without a word on it, as a JPEG."""
    chance = Random(number)
    dark, light = SKIES[number % len(SKIES)]
    image = ImageOps.colorize(Image.linear_gradient("L").resize((900, 1350)), light, dark)
    draw = ImageDraw.Draw(image)
    x, y = chance.randrange(300, 600), chance.randrange(380, 560)
    for ring in range(9, 0, -1):
        size = ring * 34
        draw.ellipse((x - size, y - size, x + size, y + size), outline=mixed(dark, light, 1 - ring / 10), width=12)
    draw.rectangle((0, 930, 900, 1350), fill=mixed(dark, "#000000", 0.3))
    draw.polygon([(x - 60, 930), (x + 60, 930), (x + 190, 1350), (x - 190, 1350)], fill=mixed(dark, light, 0.5))
    return written(image, "JPEG")


def certificate(number: int) -> bytes:
    """A PDF of one page that says what it is, and that it is a sample."""
    words = ("Certificate of attendance", "Given for a course that somebody made up", f"Sample, number {number}")
    text = " ".join(f"BT /F1 20 Tf 72 {700 - 60 * at} Td ({word}) Tj ET" for at, word in enumerate(words)).encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    return pdf(objects)


def pdf(objects: list[bytes]) -> bytes:
    """A PDF file of the objects, the first of which is its catalogue (ISO 32000-1, 7.5)."""
    content, places = b"%PDF-1.4\n", []
    for at, each in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (at, each)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    foot = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(content))
    return content + head + rows + foot


def sound(number: int) -> bytes:
    """Three seconds of two slow tones that swell and fade, as a WAV file."""
    low = 110 + number % 5 * 11
    waves = [(low * math.tau / RATE, 7000), (low * 1.5 * math.tau / RATE, 4000)]
    length = RATE * SECONDS
    samples = array("h", (int(swell(at / length) * tone(waves, at)) for at in range(length)))
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    return written.getvalue()


def tone(waves: list[tuple[float, int]], at: int) -> float:
    return sum(size * math.sin(at * step) for step, size in waves)


def swell(share: float) -> float:
    return math.sin(math.pi * share)


# The parts of a page


def sheet(size: tuple[int, int]) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    # Few colours on purpose: a drawing of few colours is kept as a PNG.
    image = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(image)
    draw.fontmode = "1"
    return image, draw


def write(draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: int, anchor: str = "la") -> None:
    draw.text(at, text, fill=INK, font=ImageFont.load_default(size), anchor=anchor)


def table(draw: ImageDraw.ImageDraw, box: Box, heads: tuple[str, ...], chance: Random) -> None:
    """Ruled rows under headings, with strokes where words would be."""
    left, top, right, bottom = box
    width = (right - left) // len(heads)
    for at, head in enumerate(heads):
        write(draw, (left + at * width + 10, top + 6), head, 26)
        for row in range(top + 50, bottom - 10, 50):
            start = left + at * width
            draw.line((start + 10, row + 26, start + chance.randrange(50, width - 20), row + 26), FAINT, 10)
    for row in range(top, bottom + 1, 50):
        draw.line((left, row, right, row), fill=INK, width=2)


def lines(draw: ImageDraw.ImageDraw, box: Box, chance: Random) -> None:
    """Strokes where a paragraph would be."""
    left, top, right, bottom = box
    for row in range(top, bottom, 28):
        draw.line((left, row, chance.randrange((left + right) // 2, right), row), FAINT, 10)


def written(image: Image.Image, kind: str) -> bytes:
    content = io.BytesIO()
    image.save(content, kind)
    return content.getvalue()


DRAWINGS: dict[str, Callable[[int], bytes]] = {
    "still": still,
    "storyboard": storyboard,
    "call-sheet": call_sheet,
    "schedule": schedule,
    "top-sheet": top_sheet,
    "poster": poster,
    "certificate": certificate,
    "sound": sound,
}
