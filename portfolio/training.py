"""A member's training in numbers: hours by cycle, type and year, added up by the database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Count, F, Q, Sum, Value
from django.db.models.functions import Coalesce, Concat, Left, NullIf
from django.utils.translation import gettext_lazy as _

from home.models import User

from . import cpd
from .models import CPDActivity, CPDCycle
from .scales import Activity, State

MOST_CYCLES = 60
AHEAD = [State.PLANNED, State.UNDER_WAY]
UNNAMED = _("Other training")


@dataclass(frozen=True, slots=True)
class Course:
    """A cycle with its hours; `row` is what is stored of it, nothing for the calendar year that stands in for one."""

    hours: cpd.Summary
    row: CPDCycle | None = None

    @property
    def cycle(self) -> cpd.Cycle:
        return self.hours.cycle

    @property
    def types(self) -> list[tuple[str, int]]:
        """The words for each type with its minutes, longest first."""
        return [(Activity(topic).label if topic else UNNAMED, minutes) for topic, minutes in self.hours.by_type.items()]

    @property
    def filled(self) -> int:
        """How much of the bar is filled, at most all of it."""
        return min(self.hours.reached, self.hours.target)

    def holds(self, day: date) -> bool:
        return self.cycle.starts <= day <= self.cycle.ends


def activities(owner: User):
    """The owner's training with the day it counts on: its last, or as early as that can be where the day is not known."""
    last = Coalesce(NullIf("ended", Value("")), F("started"))
    day = Left(Concat(last, Value("-01-01")), 10, output_field=CharField())
    return CPDActivity.objects.of(owner).exclude(state=State.DRAFT).annotate(counts_on=day)


def courses(owner: User, today: date) -> list[Course]:
    """The owner's cycles with their hours, the one of today first, in two statements; without any, this calendar year."""
    rows = list(CPDCycle.objects.visible_to(owner)[:MOST_CYCLES])
    cycles = {row.pk: as_cycle(row) for row in rows} or {0: cpd.default_cycle(today)}
    done = hours(owner, cycles)
    found = [Course(summary, next((row for row in rows if row.pk == pk), None)) for pk, summary in summed(cycles, done)]
    return sorted(found, key=lambda course: (not course.holds(today), -course.cycle.ends.toordinal(), course.cycle.name))


def as_cycle(row: CPDCycle) -> cpd.Cycle:
    return cpd.Cycle(
        name=row.name,
        starts=row.starts,
        ends=row.ends,
        target_minutes=row.target_minutes,
        structured_minutes=row.structured_minutes,
        carry_over_minutes=row.carry_over_minutes,
        reduction_minutes=row.reduction_minutes,
    )


def hours(owner: User, cycles: dict[int, cpd.Cycle]) -> dict[int, list[cpd.Activity]]:
    """For each cycle, its time by type, as one activity a type: 1,000 activities are read as a few rows of sums."""
    sums = {f"in_{pk}": Sum("minutes", filter=within(cycle), default=0) for pk, cycle in cycles.items()}
    counted = activities(owner).filter(state__in=[State.COMPLETED, *AHEAD]).order_by()
    rows = list(counted.values("activity", "is_structured", "state").annotate(**sums))
    return {pk: [typed(row, row[f"in_{pk}"], cycle.starts) for row in rows if row[f"in_{pk}"]] for pk, cycle in cycles.items()}


def typed(row: dict[str, object], minutes: int, on: date) -> cpd.Activity:
    is_completed = row["state"] == State.COMPLETED
    return cpd.Activity(minutes, on, bool(row["is_structured"]), is_completed, str(row["activity"]))


def within(cycle: cpd.Cycle) -> Q:
    return Q(counts_on__range=(cycle.starts.isoformat(), cycle.ends.isoformat()))


def summed(cycles: dict[int, cpd.Cycle], done: dict[int, list[cpd.Activity]]) -> Iterator[tuple[int, cpd.Summary]]:
    """Each cycle's hours. Cycles of one name are a stream: what one leaves over, the next may bring in."""
    streams: dict[str, list[int]] = {}
    for pk, cycle in cycles.items():
        streams.setdefault(cycle.name.casefold(), []).append(pk)
    for stream in streams.values():
        yield from chained({pk: cycles[pk] for pk in stream}, done)


def chained(stream: dict[int, cpd.Cycle], done: dict[int, list[cpd.Activity]]) -> Iterator[tuple[int, cpd.Summary]]:
    """The cycles of a stream; two that share days bring nothing over, for an hour would count twice."""
    ordered = sorted(stream, key=lambda pk: (stream[pk].starts, stream[pk].ends))
    if cpd.overlap(stream.values()):
        yield from ((pk, cpd.summary(stream[pk], done[pk])) for pk in ordered)
        return
    yield from zip(ordered, cpd.chain(stream.values(), [each for pk in ordered for each in done[pk]]), strict=True)


def years(owner: User) -> list[dict[str, object]]:
    """The completed training of each calendar year: `year`, `minutes` and `times`, the latest year first."""
    counted = activities(owner).filter(state=State.COMPLETED).annotate(year=Left("counts_on", 4)).order_by("-year")
    return list(counted.values("year").annotate(minutes=Sum("minutes", default=0), times=Count("pk")))


def is_shared(name: str, starts: date, ends: date, others: Iterable[CPDCycle]) -> CPDCycle | None:
    """The cycle of the same name that shares a day with these, if there is one."""
    return next(
        (each for each in others if each.name.casefold() == name.casefold() and each.starts <= ends and each.ends >= starts), None
    )
