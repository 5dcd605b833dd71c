"""What the page of the map shows: roles with their moves, the picture, and a way that was asked for."""

from dataclasses import dataclass
from itertools import groupby

from . import charting, mapping
from .mapping import NARROWER, ONWARD, SIDEWAYS, Leg, Map, Place, Step
from .scales import Department

ORDER = list(Department.values)


@dataclass(frozen=True, slots=True)
class Move:
    """A role that a move leads to or comes from, with the word of the guide; `is_shown` unless a filter leaves it out."""

    place: Place
    note: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Role:
    """A role with the moves that lead to it and away from it."""

    place: Place
    before: list[Move]
    onward: list[Move]
    narrower: list[Move]
    sideways: list[Move]

    @property
    def is_alone(self):
        return not (self.before or self.onward or self.narrower or self.sideways)


@dataclass(frozen=True, slots=True)
class Route:
    """The answer to "from here to there": the legs of the way, or whether the other way round leads there."""

    legs: tuple[Leg, ...]
    is_same: bool
    leads_back: bool


def shown(version, whole: Map, form):
    """The roles under their departments, when they are drawn, and the picture of them unless they are too many for one."""
    keys = [key for key, place in whole.places.items() if form.holds(place)]
    part = mapping.narrowed(whole, keys)
    kept = set(keys)
    is_drawn = 0 < len(keys) <= charting.MOST_DRAWN
    return {
        "departments": lambda: by_department([role(whole, key, kept) for key in keys]),
        "total": len(keys),
        "picture": charting.pictured(version, part, form.address) if is_drawn else None,
        "others": sorted((place for place in whole.places.values() if not place.has_page), key=lambda place: place.title),
        "too_many": len(keys) > charting.MOST_DRAWN,
    }


def by_department(roles):
    ordered = sorted(roles, key=lambda role: ORDER.index(role.place.department))
    groups = groupby(ordered, key=lambda role: role.place.department)
    return [(Department(department).label, list(found)) for department, found in groups]


def role(whole: Map, key, kept) -> Role:
    leaving, arriving = whole.leaving[key], whole.arriving[key]

    def moves(steps, end):
        found = [Move(whole.places[end(step)], step.note, end(step) in kept) for step in steps]
        return sorted(found, key=lambda move: move.place.title.casefold())

    def ahead(kind):
        return moves([step for step in leaving if step.kind == kind], lambda step: step.end)

    sideways = [step for step in [*leaving, *arriving] if step.kind == SIDEWAYS]
    return Role(
        whole.places[key],
        moves([step for step in arriving if step.kind != SIDEWAYS], lambda step: step.start),
        ahead(ONWARD),
        ahead(NARROWER),
        moves(sideways, lambda step: other_end(step, key)),
    )


def other_end(step: Step, key):
    return step.start if step.end == key else step.end


def route(whole: Map, form):
    """The way that was asked for; None until both roles are named."""
    if not form.is_complete:
        return None
    if form.start == form.end:
        return Route((), True, False)
    legs = mapping.way(whole, form.start, form.end)
    if legs is None:
        return Route((), False, mapping.way(whole, form.end, form.start) is not None)
    return Route(legs, False, False)
