"""The hours of training in a cycle, against what its owner set out to do. Pure.

No body of the screen industry sets a binding number of hours, so nothing here has a target of its own.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from home.wording import figures

from .partial_dates import hours_words

THIS_YEAR = _("this year")


@dataclass(frozen=True, slots=True)
class Activity:
    """Training on one day: how long, of which type (`topic`), and whether it has taken place."""

    minutes: int
    on: date
    is_structured: bool
    is_completed: bool
    topic: str

    def __post_init__(self) -> None:
        refuse_below_nothing(self.minutes)


@dataclass(frozen=True, slots=True)
class Cycle:
    """A span of days, both ends included, with its target, of which some is structured; all in minutes.

    `carry_over_minutes` is the most that may be brought in from the cycle before.
    """

    name: str
    starts: date
    ends: date
    target_minutes: int = 0
    structured_minutes: int = 0
    carry_over_minutes: int = 0
    reduction_minutes: int = 0

    def __post_init__(self) -> None:
        refuse_below_nothing(self.target_minutes, self.structured_minutes, self.carry_over_minutes, self.reduction_minutes)
        if self.ends < self.starts:
            raise ValueError(gettext("A cycle cannot end before it starts"))

    @property
    def is_this_year(self) -> bool:
        """Whether it stands for a cycle, as the member has made none."""
        return self.name == str(THIS_YEAR)

    @property
    def has_target(self) -> bool:
        return self.target_minutes > 0

    @property
    def target(self) -> int:
        """What is left of the target after reductions."""
        return max(0, self.target_minutes - self.reduction_minutes)

    @property
    def structured_target(self) -> int:
        """The least that has to be structured: never more than the target, if there is one."""
        return min(self.structured_minutes, self.target) if self.has_target else self.structured_minutes


@dataclass(frozen=True, slots=True)
class Summary:
    """A cycle in minutes: what counts, what is planned, what is brought in, what is missing and what is left over."""

    cycle: Cycle
    counted: int
    planned: int
    structured: int
    by_type: Mapping[str, int]
    brought: int

    @property
    def target(self) -> int:
        return self.cycle.target

    @property
    def reached(self) -> int:
        """What stands against the target."""
        return self.counted + self.brought

    @property
    def remaining(self) -> int:
        return max(0, self.target - self.reached)

    @property
    def structured_remaining(self) -> int:
        """Structured time still missing; what was brought in does not help."""
        return max(0, self.cycle.structured_target - self.structured)

    @property
    def surplus(self) -> int:
        """What the next cycle may bring in: only time of this cycle, so that an hour is carried over once."""
        return min(self.counted, max(0, self.reached - self.target)) if self.cycle.has_target else 0

    @property
    def is_met(self) -> bool:
        """Whether all that was set is reached; where nothing was set, there is nothing to meet."""
        is_set = self.cycle.has_target or self.cycle.structured_minutes > 0
        return is_set and not self.remaining and not self.structured_remaining

    @property
    def words(self) -> str:
        """The finding: "18 of the 30 hours you set yourself", or "18 hours this year" where there is no target."""
        if not self.cycle.has_target:
            hours = hours_words(self.counted) or gettext("No hours")
            if self.cycle.is_this_year:
                return gettext("{hours} this year").format(hours=hours)
            return gettext("{hours} in {cycle}").format(hours=hours, cycle=self.cycle.name)
        if not self.target:
            hours = hours_words(self.reached) or gettext("No hours")
            return gettext("{hours}, and none asked after your reduction").format(hours=hours)
        brought = gettext(", including {brought} brought in").format(brought=hours_words(self.brought)) if self.brought else ""
        words = gettext("{share} of the {target} you set yourself{brought}")
        return words.format(share=self.share, target=hours_words(self.target), brought=brought)

    @property
    def share(self) -> str:
        """The time reached, without its unit where the target has the same."""
        is_whole = not (self.reached % 60 or self.target % 60)
        return figures(self.reached // 60) if is_whole else hours_words(self.reached) or pgettext("of hours", "None")


def summary(cycle: Cycle, activities: Iterable[Activity], brought: int = 0) -> Summary:
    """What the activities add up to in the cycle, in minutes; only completed ones within its days count.

    `brought` is the surplus of the cycle before, of which the cycle takes no more than it allows. The types in `by_type`
    come longest first. Raises ValueError when `brought` is below nothing.
    """
    refuse_below_nothing(brought)
    within = [activity for activity in activities if cycle.starts <= activity.on <= cycle.ends]
    completed = [activity for activity in within if activity.is_completed]
    return Summary(
        cycle=cycle,
        counted=total(completed),
        planned=total(activity for activity in within if not activity.is_completed),
        structured=total(activity for activity in completed if activity.is_structured),
        by_type=types(completed),
        brought=min(brought, cycle.carry_over_minutes),
    )


def total(activities: Iterable[Activity]) -> int:
    return sum(activity.minutes for activity in activities)


def types(activities: Iterable[Activity]) -> dict[str, int]:
    """The minutes of each type, longest first."""
    minutes: Counter[str] = Counter()
    for activity in activities:
        minutes[activity.topic] += activity.minutes
    return dict(sorted(minutes.items(), key=lambda each: (-each[1], each[0])))


def chain(cycles: Iterable[Cycle], activities: Sequence[Activity]) -> list[Summary]:
    """The cycles of one stream in the order of their days, each with what the one before it left over.

    Raises ValueError when two of them share a day: an hour would count twice.
    """
    ordered = in_order(cycles)
    if overlap(ordered):
        raise ValueError(gettext("Two cycles share a day. Change the days of one of them"))
    summaries: list[Summary] = []
    for cycle in ordered:
        summaries.append(summary(cycle, activities, summaries[-1].surplus if summaries else 0))
    return summaries


def overlap(cycles: Iterable[Cycle]) -> bool:
    """Whether any two of the cycles share a day."""
    return any(later.starts <= earlier.ends for earlier, later in pairwise(in_order(cycles)))


def in_order(cycles: Iterable[Cycle]) -> list[Cycle]:
    return sorted(cycles, key=lambda cycle: (cycle.starts, cycle.ends))


def default_cycle(today: date) -> Cycle:
    """The calendar year that today lies in, without a target."""
    return Cycle(str(THIS_YEAR), date(today.year, 1, 1), date(today.year, 12, 31))


def refuse_below_nothing(*minutes: int) -> None:
    if min(minutes) < 0:
        raise ValueError(gettext("Time cannot be less than nothing"))
