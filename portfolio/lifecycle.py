"""Where a festival submission stands on its two axes, and what may come next. Pure.

The arrows of `ONWARD` are free to follow. Against an arrow a submission goes only with a reason: that is how a mistake is
put right and how something final is reopened. The rules and what we decided are in docs/data-model.md.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext

from .scales import Judging, State, Submission

Axis = Literal["submission", "judging"]
Value = Submission | Judging
AXES: tuple[Axis, ...] = ("submission", "judging")

ONWARD: Mapping[Value, tuple[Value, ...]] = {
    Submission.PLANNED: (Submission.DRAFT, Submission.SUBMITTED, Submission.WITHDRAWN),
    Submission.DRAFT: (Submission.SUBMITTED, Submission.WITHDRAWN),
    Submission.SUBMITTED: (Submission.IN_CONSIDERATION, Submission.WITHDRAWN),
    Submission.IN_CONSIDERATION: (Submission.INCOMPLETE, Submission.DISQUALIFIED, Submission.WITHDRAWN),
    Submission.INCOMPLETE: (Submission.IN_CONSIDERATION, Submission.DISQUALIFIED, Submission.WITHDRAWN),
    Submission.DISQUALIFIED: (),
    Submission.WITHDRAWN: (),
    Judging.UNDECIDED: (Judging.SEMI_FINALIST, Judging.SELECTED, Judging.NOT_SELECTED),
    Judging.SEMI_FINALIST: (Judging.FINALIST,),
    Judging.FINALIST: (Judging.SELECTED, Judging.WINNER),
    Judging.SELECTED: (Judging.NOMINEE, Judging.HONOURABLE_MENTION, Judging.WINNER),
    Judging.NOT_SELECTED: (),
    Judging.NOMINEE: (Judging.HONOURABLE_MENTION, Judging.WINNER),
    Judging.HONOURABLE_MENTION: (),
    Judging.WINNER: (),
}
FINAL = frozenset(value for value, onward in ONWARD.items() if not onward)
BEFORE_THE_JURY = frozenset({Submission.PLANNED, Submission.DRAFT, Submission.SUBMITTED})
NOT_SENT = frozenset({Submission.PLANNED, Submission.DRAFT})
FROZEN = frozenset({Submission.WITHDRAWN, Submission.DISQUALIFIED})
AWARDED = frozenset({Judging.WINNER, Judging.HONOURABLE_MENTION})
SELECTED = AWARDED | {Judging.SELECTED, Judging.NOMINEE}

# What other systems call our statuses, beside our own words for them.
ALSO_CALLED: Mapping[str, Value] = {
    "sent": Submission.SUBMITTED,
    "under consideration": Submission.IN_CONSIDERATION,
    "semifinalist": Judging.SEMI_FINALIST,
    "accepted": Judging.SELECTED,
    "rejected": Judging.NOT_SELECTED,
    "nominated": Judging.NOMINEE,
    "honorable mention": Judging.HONOURABLE_MENTION,
    "award winner": Judging.WINNER,
}


class NotAllowed(ValueError):
    """A step or a combination that cannot be; its text is a sentence for the person who tried."""


@dataclass(frozen=True, slots=True)
class Status:
    """Where a submission stands: with the sender and the festival, and with the jury. Stored values will do."""

    submission: Submission = Submission.PLANNED
    judging: Judging = Judging.UNDECIDED

    def __post_init__(self) -> None:
        object.__setattr__(self, "submission", Submission(self.submission))
        object.__setattr__(self, "judging", Judging(self.judging))

    def on(self, axis: Axis) -> Value:
        return self.submission if axis == "submission" else self.judging


@dataclass(frozen=True, slots=True)
class Move:
    """A step that a submission may take now."""

    axis: Axis
    to: Value
    needs_reason: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A step that was taken, as history keeps it."""

    axis: Axis
    before: Value
    after: Value
    reason: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many submissions were sent, how many of them were selected or given an award, and how many wait for a word."""

    sent: int
    selected: int
    awards: int
    undecided: int


def moves(status: Status) -> tuple[Move, ...]:
    """The steps open to a submission: first those onward, then those back, which need a reason."""
    steps = [Move(axis, to, needs_reason=False) for axis in AXES for to in ONWARD[status.on(axis)]]
    steps += [Move(axis, to, needs_reason=True) for axis in AXES for to in behind(status.on(axis))]
    return tuple(step for step in steps if not obstacle(status, step.to))


def behind(value: Value) -> tuple[Value, ...]:
    """What leads to this value and is not reached from it."""
    return tuple(origin for origin, onward in ONWARD.items() if value in onward and origin not in ONWARD[value])


def obstacle(status: Status, to: Value) -> str:
    """Why the other axis forbids a step, in a sentence; nothing when it does not."""
    if isinstance(to, Judging) and status.submission in FROZEN:
        return gettext("The result stays as it was, because the submission is {label}. Reopen it first").format(
            label=status.submission.label.lower()
        )
    if to == Submission.WITHDRAWN and status.judging in FINAL:
        return gettext("The jury has decided: “{label}”. There is nothing left to withdraw").format(label=status.judging.label)
    return impossible(stepped(status, to))


def impossible(status: Status) -> str:
    """Why a combination cannot be, in a sentence; nothing when it can."""
    if status.submission in BEFORE_THE_JURY and status.judging != Judging.UNDECIDED:
        return gettext("Nothing can be “{label}” before the festival has it in consideration").format(label=status.judging.label)
    return ""


def stepped(status: Status, to: Value) -> Status:
    return Status(to, status.judging) if isinstance(to, Submission) else Status(status.submission, to)


def check(status: Status) -> None:
    """Raises NotAllowed for a combination that cannot be; for a submission that is logged as it stands now."""
    if sentence := impossible(status):
        raise NotAllowed(sentence)


def move(status: Status, axis: str, to: str, reason: str = "") -> Status:
    """The status after a step; raises NotAllowed when there is no such step, or when its reason is missing."""
    return stepped(status, change(status, axis, to, reason).after)


def change(status: Status, axis: str, to: str, reason: str = "") -> Change:
    """The step for history, checked as `move` checks it."""
    step = found(status, axis, to)
    if step.needs_reason and not reason.strip():
        raise NotAllowed(gettext("Say why this goes back to “{label}”").format(label=step.to.label))
    return Change(step.axis, status.on(step.axis), step.to, reason.strip())


def found(status: Status, axis: str, to: str) -> Move:
    """The step along this axis to this value; raises NotAllowed with the reason why there is none."""
    step = next((step for step in moves(status) if (step.axis, step.to) == (axis, to)), None)
    if step is None:
        raise NotAllowed(why_not(status, axis, to))
    return step


def why_not(status: Status, axis: str, to: str) -> str:
    """Why there is no such step, in a sentence."""
    goal = next((value for value in ONWARD if (axis_of(value), value) == (axis, to)), None)
    if goal is None:
        return gettext("Choose one of the steps listed")
    before = status.on(axis_of(goal))
    if before == goal:
        return gettext("It is “{label}” already").format(label=before.label)
    return obstacle(status, goal) or gettext("“{label}” cannot become “{label2}” in one step").format(
        label=before.label, label2=goal.label
    )


def axis_of(value: Value) -> Axis:
    return "submission" if isinstance(value, Submission) else "judging"


def is_selected(status: Status) -> bool:
    """Whether the festival chose it. A nomination or an award says so too; disqualification takes it back."""
    return status.judging in SELECTED and status.submission != Submission.DISQUALIFIED


def is_open(status: Status) -> bool:
    """Whether something may still come of it."""
    return not FINAL & {status.submission, status.judging}


def result_words(status: Status) -> str:
    """The status in the fewest words: what the jury says once it says something, else where the submission is."""
    submission, judging = str(status.submission.label), str(status.judging.label)
    if status.judging == Judging.UNDECIDED or status.submission == Submission.DISQUALIFIED:
        return submission
    return gettext("{judging}, then withdrawn").format(judging=judging) if status.submission == Submission.WITHDRAWN else judging


def shown_publicly(status: Status, announced_on: date | None, today: date) -> Judging:
    """What others may see of the result: nothing before the day it is announced, and never that it was not selected.

    Nothing either when that day is not known, or after disqualification.
    """
    is_announced = announced_on is not None and announced_on <= today
    is_hidden = status.judging == Judging.NOT_SELECTED or status.submission == Submission.DISQUALIFIED
    return status.judging if is_announced and not is_hidden else Judging.UNDECIDED


def entry_state(status: Status) -> State:
    """Where the entry stands in the log: once it is sent the work is done, so that it counts as evidence."""
    if status.submission in NOT_SENT:
        return State.PLANNED
    return State.CANCELLED if status.submission in FROZEN else State.COMPLETED


def is_sent(status: Status) -> bool:
    """Whether it certainly left the house: what was withdrawn counts only if the jury had said something."""
    is_withdrawn = status.submission == Submission.WITHDRAWN
    return status.judging != Judging.UNDECIDED if is_withdrawn else status.submission not in NOT_SENT


def tally(statuses: Iterable[Status]) -> Tally:
    """The submissions in numbers, for the summary of a project or of a year."""
    sent = [status for status in statuses if is_sent(status)]
    chosen = [status for status in sent if is_selected(status)]
    waiting = [status for status in sent if is_open(status) and status.judging == Judging.UNDECIDED]
    return Tally(len(sent), len(chosen), sum(status.judging in AWARDED for status in chosen), len(waiting))


def parse_status(text: str) -> Value | None:
    """The status that an imported word means, on whichever axis; None when we have none for it."""
    name = re.sub(r"[\s_-]+", " ", text[:80]).strip().casefold()
    for value in ONWARD:
        if name in {value.value.replace("-", " "), str(value.label).casefold().replace("-", " ")}:
            return value
    return ALSO_CALLED.get(name)
