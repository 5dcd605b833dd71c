"""The shot sizes as pictures of their own: the scene of the site's pages, cropped."""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

from ..models import GlossaryTerm
from .document import Shot

FRAMING = re.compile(r"-?\d+ -?\d+ \d+ \d+")
SIZE = (240, 100)


@cache
def scene() -> str:
    """The drawing without its frame."""
    found = finders.find("home/img/scene.svg")
    assert found
    return Path(found).read_text("utf-8").partition(">")[2].rpartition("</svg>")[0]


def shots() -> tuple[Shot, ...]:
    """The published terms that are drawn as a part of the scene, in reading order."""
    terms = GlossaryTerm.objects.filter(live=True).exclude(framing="").order_by("pk")
    rows = terms.values_list("title", "summary", "framing")
    return tuple(Shot(title, summary, picture(framing)) for title, summary, framing in rows)


def picture(framing: str) -> str:
    """The scene within the framing as an SVG document; all of it if the framing is none."""
    box = framing if FRAMING.fullmatch(framing) else "-4000 -3600 9600 6800"
    width, height = SIZE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="{box}"'
        f' preserveAspectRatio="xMidYMid slice">{scene()}</svg>'
    )
