"""Draws the pictures that other sites show beside the addresses of the guide. Pure.

The same facts give the same bytes. A title in letters that the typeface lacks gives the plain picture, never boxes.
"""

from dataclasses import dataclass

from .setting import BOLD, DESK, EVERY_STAGE, INK, INK_2, PAPERS, PLAIN, Style, is_drawable, picture

# Raised when the drawing changes, so that nobody is told that an older picture still stands.
EDITION = 1
NAME = "Greenlight"
KIND = Style(PLAIN, ((34, 1), (30, 1)), INK_2, 1.3, 14)
TITLE = Style(BOLD, ((156, 1), (124, 2), (104, 2), (88, 3), (72, 4)), INK, 0.98, 36)
LINE = Style(PLAIN, ((36, 2), (32, 2), (28, 3)), INK_2, 1.3)
BRAND = Style(BOLD, ((200, 1),), INK, 1.0)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the picture says: the kind of page, its title, a line about it, its address and the stages it belongs to.

    One stage alone gives the picture its paper.
    """

    title: str
    kind: str = ""
    line: str = ""
    address: str = ""
    stages: tuple[int, ...] = tuple(EVERY_STAGE)


def card(facts: Facts) -> bytes:
    """The preview as a PNG of 1200 by 630 pixels."""
    if not is_drawable(facts.title):
        return picture([(NAME, BRAND)], facts.address)
    texts = [(text, style) for text, style in said(facts) if is_drawable(text)]
    return picture(texts, facts.address, paper(facts.stages), facts.stages)


def said(facts: Facts) -> list[tuple[str, Style]]:
    return [(facts.kind, KIND), (facts.title, TITLE), (facts.line, LINE)]


def paper(stages: tuple[int, ...]) -> str:
    return PAPERS[stages[0] - 1] if len(stages) == 1 else DESK
