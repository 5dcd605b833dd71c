"""The map of careers: roles as places, moves between them as steps, and the way from one to another. Pure."""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

BEFORE, ONWARD, SIDEWAYS, NARROWER = "before", "progression", "lateral", "specialisation"


@dataclass(frozen=True, slots=True)
class Ask:
    """A skill that a role asks for: at a level of 1 to 4, with an importance of 1 to 3."""

    skill: int
    title: str
    level: int
    importance: int


@dataclass(frozen=True, slots=True)
class Place:
    """A role on the map. One without a page of its own has no address and asks for nothing that is known."""

    key: str
    title: str
    department: str = ""
    line: str = ""
    stages: frozenset[int] = frozenset()
    asks: tuple[Ask, ...] = ()
    has_page: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """A move from one role to another. Sideways moves go both ways; `start` is the role that sorts first."""

    start: str
    end: str
    kind: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A move as a page tells it: from that page's role, of a kind that may be "before"."""

    page: str
    other: str
    kind: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Gain:
    """A skill to gain for a step: `had` is the level that the roles before on the way asked at most, 0 for none."""

    ask: Ask
    had: int


@dataclass(frozen=True, slots=True)
class Leg:
    """One step of a way: the move, the role it leads to, and the skills to gain for it, most important first."""

    step: Step
    place: Place
    gains: tuple[Gain, ...]


@dataclass(slots=True)
class Map:
    """Every role by its key, in the order of titles, and every move once."""

    places: dict[str, Place]
    steps: tuple[Step, ...]
    leaving: dict[str, list[Step]] = field(init=False)
    arriving: dict[str, list[Step]] = field(init=False)

    def __post_init__(self) -> None:
        self.leaving, self.arriving = defaultdict(list), defaultdict(list)
        for step in self.steps:
            self.leaving[step.start].append(step)
            self.arriving[step.end].append(step)

    def moves(self, key: str) -> list[tuple[str, Step]]:
        """Where one can go from the role: each role with the step that leads there, sideways ones from both ends."""
        onward = [(step.end, step) for step in self.leaving[key]]
        return onward + [(step.start, step) for step in self.arriving[key] if step.kind == SIDEWAYS]


def map_of(places: Iterable[Place], told: Iterable[Told]) -> Map:
    """The map: what two pages tell of the same move is one step, and the page that looks ahead has the word.

    A move to oneself, or to or from a role that is not among the places, is left out.
    """
    known = {place.key: place for place in sorted(places, key=lambda place: (place.title.casefold(), place.key))}
    steps: dict[tuple[str, str, str], Step] = {}
    for each in sorted(told, key=lambda each: (each.kind == BEFORE, each.page, each.other, each.kind, each.note)):
        step = step_of(each)
        if step.start != step.end and {step.start, step.end} <= known.keys() and not is_told(step, steps):
            steps[step.start, step.end, step.kind] = step
    return Map(known, tuple(sorted(steps.values(), key=lambda step: (step.start, step.end, step.kind))))


def step_of(each: Told) -> Step:
    if each.kind == BEFORE:
        return Step(each.other, each.page, ONWARD, each.note)
    if each.kind == SIDEWAYS:
        first, last = sorted([each.page, each.other])
        return Step(first, last, SIDEWAYS, each.note)
    return Step(each.page, each.other, each.kind, each.note)


def is_told(step: Step, steps: Mapping[tuple[str, str, str], Step]) -> bool:
    """Whether the move is on the map: specialising is going onward too, and need not be told twice."""
    same = (ONWARD, NARROWER) if step.kind in (ONWARD, NARROWER) else (SIDEWAYS,)
    return any((step.start, step.end, kind) in steps for kind in same)


def narrowed(whole: Map, keys: Iterable[str]) -> Map:
    """The part of the map with these roles and the moves among them."""
    kept = {key: whole.places[key] for key in whole.places if key in set(keys)}
    return Map(kept, tuple(step for step in whole.steps if step.start in kept and step.end in kept))


def way(whole: Map, start: str, end: str) -> tuple[Leg, ...] | None:
    """The way from one role to another in the fewest steps; None if no steps lead there.

    Of ways with as many steps the one with fewer sideways moves, then the one whose roles come first by title. No role
    is passed twice, so a circle on the map does no harm.
    """
    titles = {key: place.title.casefold() for key, place in whole.places.items()}
    queue: list[tuple[int, int, tuple[str, ...], tuple[str, ...], tuple[Step, ...]]] = [(0, 0, (titles[start],), (start,), ())]
    done: set[str] = set()
    while queue:
        length, sideways, names, path, steps = heapq.heappop(queue)
        if path[-1] == end:
            return legs(whole, path, steps)
        if path[-1] in done:
            continue
        done.add(path[-1])
        for key, step in whole.moves(path[-1]):
            if key not in done:
                move = (length + 1, sideways + (step.kind == SIDEWAYS))
                heapq.heappush(queue, (*move, (*names, titles[key]), (*path, key), (*steps, step)))
    return None


def legs(whole: Map, path: tuple[str, ...], steps: tuple[Step, ...]) -> tuple[Leg, ...]:
    had: dict[int, int] = {}
    found = []
    for key, step in zip(path[1:], steps, strict=True):
        take_along(had, whole.places[path[path.index(key) - 1]].asks)
        place = whole.places[key]
        found.append(Leg(step, place, gains(place.asks, had)))
    return tuple(found)


def take_along(had: dict[int, int], asks: Iterable[Ask]) -> None:
    for ask in asks:
        had[ask.skill] = max(had.get(ask.skill, 0), ask.level)


def gains(asks: Iterable[Ask], had: Mapping[int, int]) -> tuple[Gain, ...]:
    """What a role asks beyond what the roles before it asked, most important first, then by title."""
    new = [Gain(ask, had.get(ask.skill, 0)) for ask in asks if ask.level > had.get(ask.skill, 0)]
    return tuple(sorted(new, key=lambda gain: (-gain.ask.importance, gain.ask.title.casefold())))
