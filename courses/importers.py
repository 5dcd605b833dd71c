"""What a row of the catalogue may hold, and how its values are written as cells. Pure."""

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from careers.scales import Country, Standing
from home.importing import Check, Field, Refused, Row, matching, one_of, text, whole

from .scales import Cost, CourseKind, CourseLevel, Mode
from .tables import Table

key = matching(r"[-a-zA-Z0-9_]{1,120}", gettext_lazy("a short name of letters, figures and hyphens"))
address = matching(r"https?://[^\s<>\"]{3,490}", gettext_lazy("a web address"))
MOST_SKILLS = 30
# A pair of fields of which the first is not above the second.
IN_ORDER = {"price_low": "price_high", "age_from": "age_to"}


def sum_of(whole_digits: int, places: int, example: str) -> Check:
    """A number with few enough figures for its column."""

    def check(value: Any) -> Decimal:
        if not re.fullmatch(rf"[0-9]{{1,{whole_digits}}}(\.[0-9]{{1,{places}}})?", str(value)):
            raise ValueError(
                gettext("{value!r} is not a number such as {example}").format(value=str(value)[:60], example=example)
            )
        return Decimal(str(value))

    return check


def date(value: Any) -> datetime.date:
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(value)):
            return datetime.date.fromisoformat(str(value))
    except ValueError:
        pass
    raise ValueError(gettext("{value!r} is not a date such as 2026-05-01").format(value=str(value)[:60]))


def skills(value: Any) -> tuple[tuple[str, int], ...]:
    """The skills that a course teaches with their levels, written as budgeting:2;scheduling:1."""
    pairs = [each.strip() for each in str(value).split(";") if each.strip()]
    if len(pairs) > MOST_SKILLS:
        raise ValueError(gettext("it names {number} skills; at most {most} fit").format(number=len(pairs), most=MOST_SKILLS))
    found: dict[str, int] = {}
    for pair in pairs:
        parts = re.fullmatch(r"([-a-zA-Z0-9_]{1,120}) *: *([1-4])", pair)
        if not parts:
            raise ValueError(
                gettext("{value!r} is not a skill with a level from 1 to 4, such as budgeting:2").format(value=pair[:60])
            )
        if parts[1] in found:
            raise ValueError(gettext("{value} is there twice").format(value=parts[1]))
        found[parts[1]] = int(parts[2])
    return tuple(found.items())


standing = Field(one_of(Standing), default=Standing.UNVERIFIED.value)
PROVIDER = {
    "slug": Field(key, required=True),
    "title": Field(text(120), required=True),
    "summary": Field(text(400)),
    "url": Field(address),
    "country": Field(one_of(Country)),
}
COURSE = {
    "slug": Field(key, required=True),
    "title": Field(text(120), required=True),
    "provider": Field(key, required=True),
    "summary": Field(text(400)),
    "url": Field(address, required=True),
    "kind": Field(one_of(CourseKind), required=True),
    "level": Field(one_of(CourseLevel)),
    "framework_level": Field(whole(1, 8), default=None),
    "mode": Field(one_of(Mode)),
    "language": Field(text(60), default="English"),
    "skills": Field(skills, default=()),
    "hours": Field(sum_of(5, 1, "12 or 7.5"), default=None),
    "length": Field(text(120)),
    "length_status": standing,
    "cost": Field(one_of(Cost)),
    "price_low": Field(sum_of(7, 2, "120 or 11.95"), default=None),
    "price_high": Field(sum_of(7, 2, "120 or 11.95"), default=None),
    "currency": Field(text(3)),
    "cost_note": Field(text(200)),
    "cost_status": standing,
    "starts": Field(text(120)),
    "starts_on": Field(date, default=None),
    "age_from": Field(whole(0, 120), default=None),
    "age_to": Field(whole(0, 120), default=None),
    "ages_note": Field(text(120)),
    "prerequisites": Field(text(400)),
    "awards": Field(text(160)),
    "note": Field(text(255)),
    "source": Field(key),
    "status": standing,
    "checked_on": Field(date, default=None),
    "checked_by": Field(text(120)),
}
# A row of a course that is not there yet says at least this.
NEEDED = tuple(name for name, field in COURSE.items() if field.required)


def out_of_order(values: dict[str, Any]) -> list[str]:
    """A sentence for each pair of figures the wrong way round."""
    pairs = [(low, high) for low, high in IN_ORDER.items() if None not in (values.get(low), values.get(high))]
    return [gettext("{low}: it is above {high}").format(low=low, high=high) for low, high in pairs if values[low] > values[high]]


def cell(value: Any) -> str:
    """The value as it is written in a table, which reads back as the same value."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, tuple):
        return ";".join(f"{skill}:{level}" for skill, level in value)
    return str(value)


def shipped(file: Path, fields: dict[str, Field]) -> list[Row]:
    """The rows of one of the catalogue's own files; raises home.importing.Refused with every problem found."""
    checked = list(Table(file.name, file.read_bytes(), fields).rows())
    problems = [problem for each in checked for problem in each.problems]
    if problems:
        raise Refused(problems)
    return [each.row for each in checked if each.row]


def unknown(row: Row, known: dict[str, Iterable[str]]) -> list[str]:
    """A sentence for each name of a provider, a source or a skill that stands nowhere."""
    named = [(kind, row.values.get(kind) or "") for kind in ("provider", "source")]
    named += [("skills", skill) for skill, _ in row.values.get("skills", ())]
    return [
        gettext("{kind}: there is no {name!r}").format(kind=kind, name=name)
        for kind, name in named
        if name and name not in known[kind]
    ]
