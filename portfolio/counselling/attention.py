"""Which students could do with a word first, by a rule that a page can show. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext, ngettext

QUIET_AFTER, SLOWING_AFTER = 42, 21  # days without anything logged
WEEKS, MONTHS = 14, 70  # from so many days on, time is told in weeks and in months


class Status(StrEnum):
    """How a student is getting on, in the order in which they are listed."""

    QUIET = "quiet"
    NOT_STARTED = "not-started"
    SLOWING = "slowing"
    ON_TRACK = "on-track"
    COVERED = "covered"

    @property
    def word(self) -> str:
        return {
            Status.QUIET: gettext("Quiet"),
            Status.NOT_STARTED: gettext("Not started"),
            Status.SLOWING: gettext("Slowing"),
            Status.ON_TRACK: gettext("On track"),
            Status.COVERED: gettext("Covered"),
        }[self]

    @property
    def lamp(self) -> str:
        """The lamp beside the word: "stop", "standby" or "go"."""
        return {Status.QUIET: "stop", Status.NOT_STARTED: "stop", Status.SLOWING: "standby"}.get(self, "go")

    @property
    def needs_nudge(self) -> bool:
        return self.lamp != "go"


PLACES = {status: min(place, list(Status).index(Status.ON_TRACK)) for place, status in enumerate(Status)}


@dataclass(frozen=True, slots=True)
class Signs:
    """What a status is told from; what a student does not share is None, and then says nothing."""

    last_logged: date | None
    has_role: bool | None = None
    overdue: int | None = None
    is_covered: bool | None = None


def status(signs: Signs, today: date) -> Status:
    """The first that fits: not started, quiet, slowing, covered, and otherwise on track."""
    silence = silent(signs.last_logged, today)
    if silence is None or signs.has_role is False:
        return Status.NOT_STARTED
    if silence >= QUIET_AFTER:
        return Status.QUIET
    if silence >= SLOWING_AFTER or signs.overdue:
        return Status.SLOWING
    return Status.COVERED if signs.is_covered else Status.ON_TRACK


def silent(last_logged: date | None, today: date) -> int | None:
    """The days since something was logged, none of them in the future; None if nothing ever was."""
    return None if last_logged is None else max(0, (today - last_logged).days)


def rank(signs: Signs, today: date) -> tuple[int, int]:
    """Sorts needs-attention first, and of the same status the longest silence first; covered stands with on track."""
    silence = silent(signs.last_logged, today)
    return PLACES[status(signs, today)], -1_000_000 if silence is None else -silence


def ago(day: date | None, today: date) -> str:
    """How long ago a day was, in the fewest words: "Yesterday", "3 weeks ago", "Never" for no day."""
    days = silent(day, today)
    if days is None:
        return gettext("Never")
    if days < 2:
        return (gettext("Today"), gettext("Yesterday"))[days]
    if days < WEEKS:
        return ngettext("{number} day ago", "{number} days ago", days).format(number=days)
    if days < MONTHS:
        return ngettext("{number} week ago", "{number} weeks ago", days // 7).format(number=days // 7)
    return ngettext("{number} month ago", "{number} months ago", days // 30).format(number=days // 30)
