"""What the API says of the rows of a guide: plain values out of rows and what they point at. Pure.

A row that somebody has to check carries its `status`; what no source vouches for is never said as if one did.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from ..profile import STAGE_SLUGS
from ..scales import FestivalFact, Stage, Standing

Shown = dict[str, Any]


def thing(found: Any) -> Shown:
    """Something with a page or an endpoint of its own: id, slug and title."""
    return {"id": found.pk, "slug": found.slug, "title": found.title}


def source(found: Any) -> Shown | None:
    """Where something was read, or None."""
    if not found:
        return None
    return {name: getattr(found, name) for name in ("slug", "publisher", "title", "url", "year")}


def checked(row: Any) -> Shown:
    """How far a statement was checked, and where it was read."""
    return {"status": row.status, "source": source(row.source)}


def number(amount: Decimal | None) -> int | float | None:
    """The amount as a JSON number."""
    if amount is None:
        return None
    return int(amount) if amount == int(amount) else float(amount)


def other_title(row: Any) -> Shown:
    return {"title": row.title, "note": row.note}


def stage(row: Any) -> Shown:
    return {"number": row.stage, "slug": STAGE_SLUGS[row.stage], "name": str(Stage(row.stage).label), "summary": row.summary}


def task(row: Any) -> Shown:
    """A task; one that spans stages has none."""
    return {"text": row.text, "stage": row.stage, "medium": row.medium, **checked(row)}


def skill(row: Any) -> Shown:
    """A skill that a career asks for: its level (1 to 4), its importance (1 to 3), and why."""
    return {**thing(row.skill), "level": row.level, "importance": row.importance, "why": row.why}


def asking(row: Any) -> Shown:
    """A career that asks for a skill, with the level and the importance."""
    return {**thing(row.page), "level": row.level, "importance": row.importance, "why": row.why}


def pay(row: Any) -> Shown:
    """A pay figure with all that it takes to judge it."""
    words = {name: getattr(row, name) for name in ("country", "currency", "basis")}
    amounts = {name: number(getattr(row, name)) for name in ("low", "typical", "high")}
    return {**words, **amounts, "measure": row.measure, "covers": row.covers, "year": row.year, "note": row.note, **checked(row)}


def step(row: Any) -> Shown:
    """A move between careers; `to` is None for a role without a page here."""
    title = row.to.title if row.to else row.title
    return {"kind": row.kind, "title": title, "to": thing(row.to) if row.to else None, "note": row.note, **checked(row)}


def route(row: Any) -> Shown:
    return {"kind": row.kind, "text": row.text, **checked(row)}


def advice(row: Any) -> Shown:
    return {**thing(row.qualification), "weight": row.weight, "why": row.why, **checked(row)}


def counting(row: Any) -> Shown:
    """A career that a qualification counts for."""
    return {**thing(row.page), "weight": row.weight, "why": row.why, **checked(row)}


def body(row: Any) -> Shown:
    return {**thing(row.body), "why": row.why, **checked(row)}


def goal(row: Any) -> Shown:
    return {"number": row.number, "name": row.get_number_display(), "why": row.why, **checked(row)}


def citation(row: Any) -> Shown | None:
    return source(row.source)


def interests(page: Any) -> Shown:
    """The career's interest code, strongest letter first."""
    return {"code": page.holland_code, "status": page.holland_status, "source": source(page.holland_source)}


def codes(page: Any) -> Shown:
    """The career's number in the systems of others."""
    onet = {"code": page.onet_code, "title": page.onet_title, "fit": page.onet_fit, "status": page.onet_status}
    return {"onet": onet if page.onet_code else None, "isco": page.isco_code, "esco": page.esco_uri}


def stage_task(row: Any) -> Shown:
    return {"text": row.text, "associate_producer": row.yours, "note": row.note}


def document(row: Any) -> Shown:
    """A paper of a stage, with the word of the glossary that explains it, if there is one."""
    term = row.term if row.term and row.term.live else None
    return {"title": row.title, "note": row.note, "term": thing(term) if term else None}


def person(row: Any) -> Shown:
    return {**thing(row.career), "note": row.note}


def stage_skill(row: Any) -> Shown:
    return {**thing(row.skill), "note": row.note}


def vouched(name: str) -> Callable[[Any], str]:
    """The field of a thing, empty as long as nobody has checked it."""

    def value(found: Any) -> str:
        return str(getattr(found, name)) if found.is_checked else ""

    return value


def facts(festival: Any) -> list[Shown]:
    """What is said of a festival, each fact with the standing it has itself."""
    doubted = set(festival.doubted) if festival.is_checked else set(FestivalFact.values)
    return [
        {"key": key, "value": value, "status": str(Standing.UNVERIFIED.value if key in doubted else festival.status)}
        for key, _, value in festival.facts
    ]


def rows_of(relation: str, shape: Callable[[Any], Any], shown: Callable[[Any], bool] = bool) -> Callable[[Any], list[Any]]:
    """A function that makes a list out of a thing's rows, in their order, of those that are shown."""

    def values(found: Any) -> list[Any]:
        rows: Iterable[Any] = getattr(found, relation).all()
        return [shape(row) for row in rows if shown(row)]

    return values
