"""Draws the preview of a portfolio that other sites show beside its address. Pure.

The same facts give the same bytes. Nothing in the picture is a file of the member's.
"""

from dataclasses import dataclass

from home.cards.setting import BOLD, INK, INK_2, PLAIN, Style, drawable, picture

# Raised when the drawing changes, so that nobody is told that an older picture still stands.
EDITION = "1"
NAME = Style(BOLD, ((128, 1), (104, 2), (88, 2), (72, 2), (60, 3)), INK, 1.0, 28)
HEADLINE = Style(PLAIN, ((38, 1), (34, 2)), INK_2, 1.3, 26)
META = Style(PLAIN, ((32, 1), (28, 1)), INK, 1.3)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the picture says; any of it may be empty."""

    name: str
    headline: str = ""
    role: str = ""
    place: str = ""
    address: str = ""


def card(facts: Facts) -> bytes:
    """The preview as a PNG of 1200 by 630 pixels."""
    meta = "  ·  ".join(filter(None, (drawable(facts.role), drawable(facts.place))))
    texts = ((drawable(facts.name), NAME), (drawable(facts.headline), HEADLINE), (meta, META))
    return picture(texts, facts.address)
