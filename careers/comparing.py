"""Sets up to four roles side by side. Reads prefetched relations; asks the database nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from . import pay, profile
from .scales import Basis, Country, Holland, RouteKind, Stage, StepKind

if TYPE_CHECKING:
    from .models import CareerPage

MOST = 4
Cell = TypeVar("Cell")


@dataclass(frozen=True, slots=True)
class PayLine:
    """What each role earns in one country for one span of time, on one scale; None where nothing was checked."""

    country: str
    per: str
    cells: list[profile.Figure | None]

    @property
    def has_scale(self) -> bool:
        """Whether bars say something: a single mark at the end of its own scale does not."""
        found = [cell for cell in self.cells if cell]
        return len(found) > 1 or any(cell.bar.width for cell in found)


@dataclass(frozen=True, slots=True)
class SkillLine:
    """One skill and how each role asks for it, as a row of `profile.skills()`; None where a role does not."""

    name: str
    url: str
    cells: list[dict[str, Any] | None]

    @property
    def askers(self) -> int:
        return sum(cell is not None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages that a role works in: one truth for each of the five, and the names of those that are true."""

    lit: tuple[bool, ...]
    names: list[str]


# What each role says to one question, in the order of the roles: some words each, or none.
Answers = list[list[str]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that the table shows, each row in the order of the roles. A row for which no role has anything is empty."""

    roles: list["CareerPage"]
    stages: list[Stages]
    line: Answers
    department: Answers
    experience: Answers
    hours: Answers
    contract: Answers
    interests: Answers
    pay: list[PayLine]
    shared: list[SkillLine]
    some: list[SkillLine]
    alone: list[SkillLine]
    routes: Answers
    before: list[list[profile.Stop]]
    after: list[list[profile.Stop]]


def compare(roles: Sequence["CareerPage"]) -> Comparison:
    """The roles side by side, in the order given; pay has its rows even where nothing is known, the rest has not."""
    skills = skill_lines(roles)
    everybody = len(roles)
    return Comparison(
        roles=list(roles),
        stages=[stages(role) for role in roles],
        line=answers([role.get_line_display()] for role in roles),
        department=answers([role.get_department_display()] for role in roles),
        experience=answers([role.get_experience_display()] for role in roles),
        hours=answers([role.hours, role.hours_note] for role in roles),
        contract=answers([role.contract] for role in roles),
        interests=answers([str(Holland(letter).label) for letter in role.holland_code] for role in roles),
        pay=pay_lines(roles),
        shared=[line for line in skills if line.askers == everybody],
        some=[line for line in skills if 1 < line.askers < everybody],
        alone=[line for line in skills if line.askers == 1 < everybody],
        routes=answers(routes(role) for role in roles),
        before=filled([stops(role, StepKind.BEFORE) for role in roles]),
        after=filled([stops(role, StepKind.PROGRESSION, StepKind.SPECIALISATION) for role in roles]),
    )


def answers(said: Iterable[list[str]]) -> Answers:
    return filled([[word for word in words if word] for words in said])


def filled(cells: list[list[Cell]]) -> list[list[Cell]]:
    """The cells, or none of them if all are empty."""
    return cells if any(cells) else []


def stages(role: "CareerPage") -> Stages:
    found = {row.stage for row in role.stage_involvements.all()}
    return Stages(tuple(stage in found for stage in Stage), [str(stage.label) for stage in Stage if stage in found])


def routes(role: "CareerPage") -> list[str]:
    """The kinds of ways in that somebody vouches for, each once."""
    kinds = {row.kind for row in role.entry_routes.all() if row.is_checked}
    return [str(kind.label) for kind in RouteKind if kind in kinds]


def stops(role: "CareerPage", *kinds: str) -> list[profile.Stop]:
    """The roles at the end of the steps of these kinds, each once."""
    return list({found.title: found for found in map(profile.stop, profile.steps(role, *kinds))}.values())


# Pay


def pay_lines(roles: Sequence["CareerPage"]) -> list[PayLine]:
    """A line for each country and span of time with a figure, those that readers ask for first always among them."""
    rows = {(at, row.country, row.basis): row for at, role in enumerate(roles) for row in reversed(own_first(role))}
    wanted = [(country, Basis.YEAR) for country in profile.HEADLINE_COUNTRIES]
    keys = list(dict.fromkeys([*wanted, *sorted((country, basis) for _, country, basis in rows)]))
    return [pay_line(country, basis, [rows.get((at, country, basis)) for at in range(len(roles))]) for country, basis in keys]


def own_first(role: "CareerPage") -> list[Any]:
    """The figures that may be shown: the role's own, then those of wider groups."""
    return sorted((row for row in role.pay_ranges.all() if row.is_shown), key=lambda row: bool(row.covers))


def pay_line(country: str, basis: str, rows: list[Any]) -> PayLine:
    found = [row for row in rows if row]
    tops = {
        currency: pay.top(amount for row in found if row.currency == currency for amount in (row.low, row.typical, row.high))
        for currency in {row.currency for row in found}
    }
    cells = [profile.figure(row, tops[row.currency]) if row else None for row in rows]
    return PayLine(str(Country(country).label), str(Basis(basis).label), cells)


# Skills


def skill_lines(roles: Sequence["CareerPage"]) -> list[SkillLine]:
    """Every skill that a role asks for: what most roles ask first, then what they lean on most, then by name."""
    asked = [{row["key"]: row for row in profile.skills(role)} for role in roles]
    names = {key: (row["name"], row["url"]) for rows in asked for key, row in rows.items()}
    lines = [SkillLine(*names[key], [rows.get(key) for rows in asked]) for key in names]
    return sorted(lines, key=lambda line: (-line.askers, -weight(line), line.name.casefold()))


def weight(line: SkillLine) -> int:
    return sum(cell["importance"] for cell in line.cells if cell)
