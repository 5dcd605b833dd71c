"""The parts that every kind of guide is made of, from what editors wrote and what rows say."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from wagtail.rich_text import expand_db_html

from home.sites import absolute
from home.typesetting import rich

from ..scales import Need
from .document import (
    Board,
    Checklist,
    Citation,
    Citations,
    Heading,
    Ledger,
    Prose,
    Row,
    Rows,
    Section,
    Shots,
    Side,
    Strip,
    Table,
    Versus,
    section,
)
from .shots import shots

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
NEEDS = dict(Need.choices)
# The stage whose paper a day in strips has where no stage is named.
SHOOTING = 3


def prose(text: Any, address: str, look: str = "", title: str = "", stage: int = 0) -> Prose | None:
    """An editor's text as a part; None if there is no word in it."""
    source = getattr(text, "source", text)
    blocks = rich.blocks(expand_db_html(source), absolute(address)) if source else ()
    return Prose(blocks, look, title, stage) if blocks else None


def titled(title: str, *found: Any) -> list[Any]:
    """The parts under a heading of their own; nothing if there are none."""
    there = [part for part in found if part]
    return [Heading(title), *there] if there else []


def flag(row: Any) -> str:
    """The words beside a statement that nobody has checked."""
    return "" if row.is_checked else gettext("Not checked yet")


def citations(sources: Iterable[Any]) -> Citations | None:
    rows = tuple(Citation(each.publisher, each.title, each.dated, each.note, each.url, each.url) for each in sources)
    return Citations(rows) if rows else None


def colophon(page: Any) -> tuple[Row, ...]:
    """What a copy says about itself: how old it is, who may do what with it, and where the guide stands now."""
    published = published_on(page)
    day = date_format(published, "j F Y") if published else ""
    address = absolute(page.get_absolute_url())
    rows = (
        Row(reviewed(page)),
        Row(gettext("This copy says what the page said on {day}.").format(day=day) if day else ""),
        Row(gettext("The guide as it is now:"), address, url=address),
        Row(
            gettext("Words and drawings: Greenlight, licensed under CC BY 4.0. Copy, share and change them, and say where from:"),
            LICENCE,
            url=LICENCE,
        ),
    )
    return tuple(row for row in rows if row.text)


def published_on(page: Any) -> date | None:
    """The day that what readers see was published; None of a page that never was."""
    return timezone.localdate(page.last_published_at) if page.last_published_at else None


def reviewed(page: Any) -> str:
    """When the guide was looked over, and when that is due again."""
    if not page.reviewed_on:
        return ""
    said = gettext("Reviewed {day}.").format(day=date_format(page.reviewed_on, "j F Y"))
    due = gettext("Next review due {day}.").format(day=date_format(page.review_due, "j F Y")) if page.review_due else ""
    return f"{said} {due}".strip()


def streamed(blocks: Any, address: str, stage: int = 0) -> list[Section | None]:
    """A section for each block of a guide's stream."""
    return [
        section(
            block.value["title"], prose(block.value["text"], address), *DRAWN[block.block_type](block.value, stage or SHOOTING)
        )
        for block in blocks
    ]


def topic(value: Any, stage: int) -> list[Any]:
    return []


def comparison(value: Any, stage: int) -> list[Any]:
    rows = tuple((row["label"], *row["cells"]) for row in value["rows"])
    return [Table(value["caption"] or "", tuple(value["columns"]), rows, value["highlight"] or 0)]


def versus(value: Any, stage: int) -> list[Any]:
    sides = (value["left"], value["right"])
    return [Versus(tuple(Side(side["title"], tuple(side["pros"]), tuple(side["cons"])) for side in sides))]


def terms(value: Any, stage: int) -> list[Any]:
    return [Ledger(tuple(Rows(item["term"], (Row(item["text"]),)) for item in value["items"]))]


def checklist(value: Any, stage: int) -> list[Any]:
    rows = tuple(Row(item["text"], item["note"] or "", str(NEEDS.get(item["needed"], ""))) for item in value["items"])
    return [Checklist(rows)]


def board(value: Any, stage: int) -> list[Any]:
    strips = tuple(
        Strip(hour["no"], stage if hour["yours"] else 0, hour["place"] or "", hour["what"], end=hour["who"] or "")
        for hour in value["items"]
    )
    return [Board(strips, value["total"] or "", value["total_note"] or "")]


def drawn_shots(value: Any, stage: int) -> list[Any]:
    return [Shots(shots())]


DRAWN = {
    "topic": topic,
    "comparison": comparison,
    "versus": versus,
    "terms": terms,
    "checklist": checklist,
    "shots": drawn_shots,
    "board": board,
}
