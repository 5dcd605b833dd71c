"""The dates in a member's record: what happens when, for the list of dates, the calendar and the reminders."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from home.models import User

from . import clocks, lifecycle, partial_dates
from .calendars import Standing
from .counselling.readings import told
from .models import CPDCycle, Entry, Meeting
from .scales import Attendance, Kind, State

BACK = timedelta(days=2 * 366)
AHEAD = timedelta(days=30 * 366)
MOST = 500
A_WHOLE_DAY = len("2026-03-14")
AHEAD_OF_US = (State.PLANNED, State.UNDER_WAY)


class What(StrEnum):
    """What a date is."""

    DEADLINE = "deadline"
    RESULT = "result"
    FESTIVAL = "festival"
    TRAINING = "training"
    CERTIFICATE = "certificate"
    CYCLE = "cycle"
    PLACEMENT = "placement"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Occasion:
    """One date: a moment in UTC, or whole days from `starts` to `ends`, both included."""

    what: What
    title: str
    about: str
    path: str
    key: str
    starts: date | datetime
    ends: date
    changed: datetime
    version: int = 0
    standing: Standing = Standing.CONFIRMED
    # Where the clock hangs that a deadline goes by.
    zone: str = ""
    # Whether there is still something to do, or to wait for.
    is_pending: bool = True

    def day(self, home: str) -> date:
        """The day it begins, for a member in this time zone."""
        return clocks.day_of(self.starts, home)

    def is_over(self, now: datetime, home: str) -> bool:
        return clocks.is_past(self.starts if self.is_timed else self.ends, now, home)

    @property
    def is_timed(self) -> bool:
        return isinstance(self.starts, datetime)

    @property
    def is_long(self) -> bool:
        return not self.is_timed and self.ends > self.starts


def upcoming(owner: User, home: str, now: datetime) -> list[Occasion]:
    """What lies ahead of a member in this time zone, the next first; what was cancelled or is done with is left out."""
    found = [
        occasion
        for occasion in occasions(owner, home, clocks.today(now, home))
        if occasion.is_pending and occasion.standing != Standing.CANCELLED and not occasion.is_over(now, home)
    ]
    today = clocks.today(now, home)
    return sorted(found, key=lambda occasion: (listed_on(occasion, home, today), occasion.starts.isoformat()))


def occasions(owner: User, home: str, today: date) -> list[Occasion]:
    """Every date of the record from two years back on, at most 500, the latest of them if there are more.

    In three statements. Drafts and what lies in the bin have none.
    """
    since, until = today - BACK, today + AHEAD
    found = [occasion for entry in dated(owner, since) for occasion in of_entry(entry, home)]
    found += [of_cycle(cycle) for cycle in CPDCycle.objects.visible_to(owner).filter(ends__gte=since)[:MOST]]
    found += [of_meeting(meeting) for meeting in told(owner).filter(starts_at__date__gte=since)[:MOST]]
    near = [occasion for occasion in found if since <= occasion.ends <= until and occasion.day(home) <= until]
    return sorted(near, key=lambda occasion: order(occasion, home))[-MOST:]


def order(occasion: Occasion, home: str) -> tuple[date, str]:
    return occasion.day(home), occasion.starts.isoformat()


def listed_on(occasion: Occasion, home: str, today: date) -> date:
    """The day an occasion stands under in a list: its first, or its last once that has passed."""
    first = occasion.day(home)
    return first if first >= today else occasion.ends


def dated(owner: User, since: date):
    """The owner's entries that have a date from this day on, with what is theirs by kind, in one statement."""
    text = since.isoformat()
    submission = Q(kind=Kind.FESTIVAL) & (
        Q(festivalsubmission__deadline_on__gte=since)
        | Q(festivalsubmission__notified_on__gte=since)
        | Q(festivalsubmission__event_starts__gte=since)
        | Q(festivalsubmission__event_ends__gte=since)
    )
    # Training that is done is no date any more, and there may be a thousand pieces of it.
    spanning = Q(kind=Kind.INTERNSHIP) | Q(kind=Kind.CPD, state__in=[*AHEAD_OF_US, State.CANCELLED])
    span = spanning & (Q(started__gte=text) | Q(ended__gte=text))
    certificate = Q(cpdactivity__certificate_expires__gte=since)
    # Entries that are visible to the owner include what others made public.
    own = Entry.objects.visible_to(owner).filter(owner=owner).exclude(state=State.DRAFT)
    found = own.filter(submission | span | certificate).select_related("festivalsubmission", "cpdactivity", "internship")
    return found.defer("description", "reflection", "search_text").order_by("-started", "-pk")[:MOST]


def of_entry(entry: Entry, home: str) -> Iterator[Occasion]:
    """The dates of one entry."""
    return {Kind.FESTIVAL: of_submission, Kind.CPD: of_training, Kind.INTERNSHIP: of_placement}[Kind(entry.kind)](entry, home)


def of_submission(entry: Entry, home: str) -> Iterator[Occasion]:
    submission = entry.festivalsubmission
    status = lifecycle.Status(submission.submission_status, submission.judging_status)
    name = festival_name(entry)
    if submission.deadline_on:
        to_send = status.submission in lifecycle.NOT_SENT
        off = Standing.CANCELLED if status.submission in lifecycle.FROZEN else Standing.CONFIRMED
        closes = clocks.moment(submission.deadline_on, submission.deadline_time, submission.deadline_zone, home)
        zone = elsewhere(submission.deadline_zone, home) if isinstance(closes, datetime) else ""
        yield occasion(
            entry, What.DEADLINE, gettext("{name} closes").format(name=name), closes, standing=off, is_pending=to_send, zone=zone
        )
    if submission.notified_on:
        waits = status.judging == lifecycle.Judging.UNDECIDED
        standing = standing_of(status, Standing.TENTATIVE if waits else Standing.CONFIRMED)
        title = gettext("{name}: result expected").format(name=name)
        yield occasion(entry, What.RESULT, title, submission.notified_on, standing=standing, is_pending=waits)
    first = submission.event_starts or submission.event_ends
    if first:
        yield occasion(entry, What.FESTIVAL, name, first, submission.event_ends, standing=of_festival_days(status))


def elsewhere(zone: str, home: str) -> str:
    """The zone, if it is one and not the member's own."""
    return zone if zone != home and zone in clocks.known() else ""


def standing_of(status: lifecycle.Status, otherwise: Standing) -> Standing:
    return Standing.CANCELLED if status.submission in lifecycle.FROZEN else otherwise


def of_festival_days(status: lifecycle.Status) -> Standing:
    """Whether the member goes there with the film: sure once it is selected, off once it is not."""
    if status.judging == lifecycle.Judging.NOT_SELECTED:
        return Standing.CANCELLED
    return standing_of(status, Standing.CONFIRMED if lifecycle.is_selected(status) else Standing.TENTATIVE)


def of_training(entry: Entry, home: str) -> Iterator[Occasion]:
    days = whole_days(entry)
    if days and entry.state in (*AHEAD_OF_US, State.CANCELLED):
        yield occasion(entry, What.TRAINING, entry.title, *days, standing=of_state(entry), is_pending=entry.state in AHEAD_OF_US)
    if entry.cpdactivity.certificate_expires and entry.state != State.CANCELLED:
        yield occasion(
            entry,
            What.CERTIFICATE,
            gettext("{title}: certificate expires").format(title=entry.title),
            entry.cpdactivity.certificate_expires,
        )


def of_placement(entry: Entry, home: str) -> Iterator[Occasion]:
    days = whole_days(entry)
    if days:
        yield occasion(entry, What.PLACEMENT, entry.title, *days, standing=of_state(entry))


def of_state(entry: Entry) -> Standing:
    return Standing.CANCELLED if entry.state == State.CANCELLED else Standing.CONFIRMED


def whole_days(entry: Entry) -> tuple[date, date | None] | None:
    """The first and the last day of an entry; nothing unless they are known to the day."""
    if len(entry.started) < A_WHOLE_DAY or 0 < len(entry.ended) < A_WHOLE_DAY:
        return None
    return partial_dates.first_day(entry.started), partial_dates.last_day(entry.ended) if entry.ended else None


def occasion(entry: Entry, what: What, title: str, starts: date | datetime, ends: date | None = None, **more) -> Occasion:
    first = starts.date() if isinstance(starts, datetime) else starts
    return Occasion(
        what=what,
        title=title,
        about=entry.title if entry.kind == Kind.FESTIVAL else entry.organisation,
        path=entry.get_absolute_url(),
        key=f"{entry.uuid}-{what}",
        starts=starts,
        ends=max(first, ends or first),
        changed=entry.updated_at,
        version=entry.version,
        **more,
    )


def of_cycle(cycle: CPDCycle) -> Occasion:
    return Occasion(
        What.CYCLE,
        gettext("{name} ends").format(name=cycle.name),
        about=gettext("Set by {body}").format(body=cycle.body) if cycle.body else "",
        path=reverse("portfolio:cycle", args=[cycle.pk]),
        key=f"cycle-{cycle.pk}",
        starts=cycle.ends,
        ends=cycle.ends,
        changed=cycle.updated_at,
        version=cycle.version,
    )


def of_meeting(meeting: Meeting) -> Occasion:
    """A meeting, without the people, the place and anything that was said: calendars are read over shoulders."""
    return Occasion(
        What.MEETING,
        gettext("Meeting with your counsellor"),
        about=meeting.get_channel_display(),
        path=reverse("portfolio:meetings"),
        key=f"meeting-{meeting.pk}",
        starts=meeting.starts_at,
        ends=meeting.starts_at.date(),
        changed=meeting.updated_at,
        version=meeting.version,
        standing=Standing.CANCELLED if meeting.attendance == Attendance.CANCELLED else Standing.CONFIRMED,
    )


def festival_name(entry: Entry) -> str:
    """What the festival is called; where that is not known, what is entered."""
    return entry.organisation or entry.title
