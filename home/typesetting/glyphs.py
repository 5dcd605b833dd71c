"""Which characters the typefaces of documents can show, and what stands for those they cannot. Pure.

`covered.txt` names every face with its characters: Archivo as in fonts/, then the faces that typst brings along, in the
order in which they are tried. tests/portfolio/test_typesetting.py sets them all and fails if one is missing.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

STAND_IN = "□"
TABLE = Path(__file__).parent / "fonts" / "covered.txt"
# Joiners, which have no shape of their own, and the marks that choose between two shapes of a character.
JOINERS = "\u200c\u200d"
SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
MOST_ACCENTS = 4
# A word longer than this may break anywhere: no line of a document holds it.
LONG, PIECE = 28, 14
WORD = re.compile(rf"[^\s\u200b]{{{LONG},}}")
BREAK = "\u200b"


@cache
def faces() -> tuple[frozenset[str], ...]:
    """The characters of each face, in the order in which faces are tried."""
    rows = TABLE.read_text(encoding="ascii").splitlines()
    return tuple(frozenset(characters(row.partition(":")[2])) for row in rows if not row.startswith("#"))


def characters(ranges: str) -> Iterator[str]:
    """The characters of ranges such as "20-7e a3"."""
    for each in ranges.split():
        first, _, last = each.partition("-")
        yield from map(chr, range(int(first, 16), int(last or first, 16) + 1))


def plain(text: str) -> tuple[str, int]:
    """The text as the typefaces can show it, and how many of its characters they cannot.

    Control and direction marks go, a space is a space, an accent that no face has on its letter is left off, and
    anything else without a glyph becomes □. Words that fit no line may break.
    """
    known = SELECTORS.sub("", unicodedata.normalize("NFC", text))
    found = [shown(cluster) for cluster in clusters("".join(filter(None, map(spaced, known))))]
    return WORD.sub(breakable, "".join(each for each, _ in found)), sum(lost for _, lost in found)


def spaced(char: str) -> str:
    """The character, a space for any kind of space but a fixed one, nothing for what steers rather than shows."""
    kind = unicodedata.category(char)
    if char in JOINERS or char == "\u00a0":
        return char
    if kind in ("Zs", "Zl", "Zp") or char in "\t\n\r":
        return " "
    return "" if kind in ("Cc", "Cf", "Cs") else char


def clusters(text: str) -> Iterator[str]:
    """The text in pieces that are shaped as one: a character with the accents on it and what is joined to them."""
    piece = ""
    for char in text:
        if piece and char not in JOINERS and not unicodedata.category(char).startswith("M") and piece[-1] not in JOINERS:
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def shown(cluster: str) -> tuple[str, int]:
    """What stands for a cluster, and 1 if that is not the cluster itself."""
    if len(cluster) <= MOST_ACCENTS + 1 and is_shown(cluster):
        return cluster, 0
    base = cluster[0]
    is_letter = not unicodedata.category(base).startswith("M")
    return (base, 1) if is_letter and len(cluster) > 1 and is_shown(base) else (STAND_IN, 1)


def is_shown(cluster: str) -> bool:
    """Whether one face has all of it."""
    wanted = set(cluster) - set(JOINERS)
    return bool(wanted) and any(wanted <= face for face in faces())


def breakable(found: re.Match[str]) -> str:
    pieces = list(clusters(found[0]))
    return BREAK.join("".join(pieces[at : at + PIECE]) for at in range(0, len(pieces), PIECE))
