"""What a guide says on paper, in plain values: sections of parts, each of a kind that the document knows how to set. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from home.typesetting.rich import Block


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Prose:
    """What an editor wrote. `stage` gives it a paper, `title` a heading, and `look` is "", "lead", "quote" or "aside"."""

    KIND: ClassVar = "prose"
    blocks: tuple[Block, ...]
    look: str = ""
    title: str = ""
    stage: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the document's own words; `look` is "" or "small"."""

    KIND: ClassVar = "line"
    text: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    KIND: ClassVar = "heading"
    text: str


@dataclass(frozen=True, slots=True)
class Strip:
    number: str
    stage: int
    slug: str
    title: str
    note: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """Things in order, a strip each, and perhaps a black strip that sums them up."""

    KIND: ClassVar = "board"
    strips: tuple[Strip, ...]
    total: str = ""
    total_note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A statement with what stands beside it: where it leads, a tag, a note, and a flag if nobody has checked it."""

    text: str
    note: str = ""
    tag: str = ""
    flag: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """Statements under the word or the thing that they are about."""

    title: str
    rows: tuple[Row, ...]
    stage: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    KIND: ClassVar = "ledger"
    groups: tuple[Rows, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """Statements with a box each; with a flag, what nobody has checked: it stands apart, under the flag and a text."""

    KIND: ClassVar = "checklist"
    rows: tuple[Row, ...]
    flag: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A pay figure: what it measures, where it was read, and where low, typical and high stand from 0 to 100, if known."""

    measure: str
    note: str
    source: str
    figure: str
    per: str
    spread: str
    low: float | None
    typical: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Place:
    country: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Pay:
    KIND: ClassVar = "pay"
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Skill:
    name: str
    url: str
    note: str
    importance: int
    word: str
    level: str
    pieces: str


@dataclass(frozen=True, slots=True)
class Skills:
    KIND: ClassVar = "skills"
    rows: tuple[Skill, ...]


@dataclass(frozen=True, slots=True)
class Moves:
    """The roles before this one and after it."""

    KIND: ClassVar = "moves"
    before: tuple[Row, ...]
    here: str
    after: tuple[Row, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Table:
    """A comparison; `highlight` is the column that stands out, from 1, or 0."""

    KIND: ClassVar = "table"
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    highlight: int


@dataclass(frozen=True, slots=True)
class Side:
    title: str
    pros: tuple[str, ...]
    cons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Versus:
    KIND: ClassVar = "versus"
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Shot:
    """A shot size and its drawing, an SVG document."""

    title: str
    text: str
    picture: str


@dataclass(frozen=True, slots=True)
class Shots:
    KIND: ClassVar = "shots"
    shots: tuple[Shot, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where something was read; `shown` is its address as words, which may break at the end of a line."""

    publisher: str
    title: str
    dated: str
    note: str
    url: str
    shown: str


@dataclass(frozen=True, slots=True)
class Citations:
    KIND: ClassVar = "citations"
    rows: tuple[Citation, ...]


Part = Prose | Line | Heading | Board | Ledger | Checklist | Pay | Skills | Moves | Table | Versus | Shots | Citations


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Handout:
    """A guide on paper: its head, its sections, and at its end what a copy must say about itself.

    `kind` says in a line what sort of guide it is; `stages` are the numbers of those it is about.
    """

    title: str
    kind: str
    lead: str
    address: str
    published: date | None = None
    stages: tuple[int, ...] = ()
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    colophon: tuple[Row, ...] = ()


def section(title: str, *parts: Part | None) -> Section | None:
    """The section with those parts that there are; None if it would hold nothing but headings."""
    found = tuple(part for part in parts if part)
    return Section(title, found) if any(part.KIND not in ("heading", "line") for part in found) else None
