"""Sets up to four roles side by side. Reads prefetched relations; asks the database nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import pay, profile
from .scales import Basis, Country, Holland, RouteKind, Stage, StepKind

if TYPE_CHECKING:
    from .models import CareerPage

MOST = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of every role, in the order of the roles; empty where a role has none."""

    name: str
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages that a role works in: one truth for each of the five, and their names."""

    cells: tuple[bool, ...]
    words: str


@dataclass(frozen=True, slots=True)
class PayLine:
    """What each role earns in one country for one span of time, on one scale; None where nothing was checked."""

    name: str
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
class Comparison:
    """Everything that the table shows, the same rows for every role and each row in one order."""

    roles: list["CareerPage"]
    stages: list["Stages"]
    facts: list[Line]
    pay: list[PayLine]
    shared: list[SkillLine]
    some: list[SkillLine]
    alone: list[SkillLine]
    ways: list[Line]


def compare(roles: Sequence["CareerPage"]) -> Comparison:
    """The roles side by side, in the order given. A row that no role has anything for is left out, but pay is not."""
    skills = skill_lines(roles)
    everybody = len(roles)
    return Comparison(
        roles=list(roles),
        stages=[stages(role) for role in roles],
        facts=filled(facts(roles)),
        pay=pay_lines(roles),
        shared=[line for line in skills if line.askers == everybody],
        some=[line for line in skills if 1 < line.askers < everybody],
        alone=[line for line in skills if line.askers == 1 < everybody],
        ways=filled(ways(roles)),
    )


def stages(role: "CareerPage") -> Stages:
    found = {row.stage for row in role.stage_involvements.all()}
    return Stages(tuple(stage in found for stage in Stage), ", ".join(str(stage.label) for stage in Stage if stage in found))


def filled(lines: list[Line]) -> list[Line]:
    return [line for line in lines if any(line.cells)]


def facts(roles: Sequence["CareerPage"]) -> list[Line]:
    return [
        Line("Where it sits", [role.get_line_display() for role in roles]),
        Line("Department", [role.get_department_display() for role in roles]),
        Line("Before you start", [role.get_experience_display() for role in roles]),
        Line("Hours", [", ".join(filter(None, [role.hours, role.hours_note])) for role in roles]),
        Line("Usual contract", [role.contract for role in roles]),
        Line("Working interests", [", ".join(str(Holland(letter).label) for letter in role.holland_code) for role in roles]),
    ]


def ways(roles: Sequence["CareerPage"]) -> list[Line]:
    later = (StepKind.PROGRESSION, StepKind.SPECIALISATION)
    return [
        Line("Ways in", [routes(role) for role in roles]),
        Line("Often comes before", [stops(role, StepKind.BEFORE) for role in roles]),
        Line("Often comes next", [stops(role, *later) for role in roles]),
    ]


def routes(role: "CareerPage") -> str:
    """The kinds of ways in that somebody vouches for, each once: "University, working up"."""
    kinds = {row.kind for row in role.entry_routes.all() if row.is_checked}
    words = [str(kind.label) for kind in RouteKind if kind in kinds]
    return ", ".join(word if place == 0 else word[:1].lower() + word[1:] for place, word in enumerate(words))


def stops(role: "CareerPage", *kinds: str) -> str:
    return ", ".join(dict.fromkeys(profile.stop(step).title for step in profile.steps(role, *kinds)))


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
    name = f"{Country(country).label}, {Basis(basis).label}"
    return PayLine(name, [profile.figure(row, tops[row.currency]) if row else None for row in rows])


# Skills


def skill_lines(roles: Sequence["CareerPage"]) -> list[SkillLine]:
    """Every skill that a role asks for: what most roles ask first, then what they lean on most, then by name."""
    asked = [{row["key"]: row for row in profile.skills(role)} for role in roles]
    names = {key: (row["name"], row["url"]) for rows in asked for key, row in rows.items()}
    lines = [SkillLine(*names[key], [rows.get(key) for rows in asked]) for key in names]
    return sorted(lines, key=lambda line: (-line.askers, -weight(line), line.name.casefold()))


def weight(line: SkillLine) -> int:
    return sum(cell["importance"] for cell in line.cells if cell)
