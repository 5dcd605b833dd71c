"""Reads the home page and the pages behind the footer from their file. Pure."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .importing import Field, Reader, Row, markup, slug, table_of, text, texts, whole, yes_or_no

STRIP = {
    "stage": Field(whole(1, 5), default=None),
    "slug": Field(text(60)),
    "title": Field(text(120)),
    "end": Field(text(60)),
    "go": Field(yes_or_no, default=False),
    "daybreak": Field(text(60)),
}
HOME = {
    "title_lines": Field(texts(40), required=True),
    "lead": Field(text(400), required=True),
    "search_description": Field(text(255)),
    "board_note": Field(text(160)),
    "strips": Field(lambda value: [table_of(STRIP)(strip) for strip in value], default=None),
}
PAGE = {
    "slug": Field(slug, required=True),
    "title": Field(text(120), required=True),
    "lead": Field(text(400)),
    "search_description": Field(text(255)),
    "body": Field(markup),
}


@dataclass(frozen=True, slots=True)
class Pages:
    home: Row
    pages: list[Row]


def read(file: Path) -> Pages:
    """The home page's row and the other pages'; raises importing.Refused with every problem found."""
    reader = Reader()
    document, lines = reader.toml(file.name, file.read_text(encoding="utf-8"))
    home = reader.table(file.name, document, lines, "home", HOME)
    pages = reader.tables(file.name, document, lines, "page", PAGE)
    reader.finish()
    assert home is not None
    return Pages(home, pages)


def blocks(strips: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """The strips as the raw data of the home page's board."""
    return [block(strip) for strip in strips or []]


def block(strip: dict[str, Any]) -> dict[str, Any]:
    if strip["daybreak"]:
        return {"type": "daybreak", "value": {"text": strip["daybreak"], "end": strip["end"]}}
    value = {name: strip[name] for name in ("slug", "title", "end", "go")}
    return {"type": "strip", "value": {**value, "stage": str(strip["stage"] or "")}}
