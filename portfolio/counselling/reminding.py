"""What is due between a student and a counsellor: found once, told once, in the words of the day on which it is told.

A reminder is due from one moment until another. It becomes news of the kind DUE for its reader and connection, and that news
tells all that is due between the two when its mail goes out. So a reminder is new only if it is due since their last such mail,
and none such news waits. What was set after its reminder's moment is not reminded of: whoever set it was told then.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.models import User
from home.wording import day_words
from home.words import line

from .. import clocks
from ..models import ActionPlan, Connection, Meeting, Notice, PlanStep
from ..scales import Attendance, News, PlanState, Side, StepState
from .mailing import hears
from .querysets import open_at
from .saying import SOMEBODY, Told

BEFORE_A_STEP = timedelta(days=3)
BEFORE_AN_END = timedelta(days=14)
A_DAY = timedelta(days=1)
# What could not be told for so long is not told any more.
LATE = timedelta(days=7)
# A day in one place of the earth is up to 26 hours from the same day in another.
MARGIN = timedelta(days=2)
DOING = (StepState.ACCEPTED, StepState.UNDER_WAY)
SOON = (_("Something on your plan is due soon"), _("{count} things on your plan are due soon"))
PASSED = (_("The date of something on your plan has passed"), _("The dates of {count} things on your plan have passed"))


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something to tell somebody from one moment until another; `set_at` is when its date was set, `words` as saying.WORDS."""

    owner: int
    side: Side
    connection: int | None
    since: datetime
    until: datetime
    set_at: datetime
    words: tuple[str, ...]
    place: str

    def is_due(self, now: datetime, last: datetime | None = None) -> bool:
        """Whether it is to be told now, and was not in the last mail."""
        return self.set_at < self.since <= now < self.until and (last is None or last < self.since)


def reminders(now: datetime, owner: int | None = None) -> Iterator[Reminder]:
    """Everything that is due about now, for everybody or for one reader."""
    found = chain(steps(now, owner), meetings(now, owner), ends(now, owner), reviews(now, owner))
    return (each for each in found if each.is_due(now) and owner in (None, each.owner))


def steps(now: datetime, owner: int | None) -> Iterator[Reminder]:
    """Of what a student took on: three days before its date, and once when the date has passed."""
    near = (now.date() - LATE - MARGIN, now.date() + BEFORE_A_STEP + MARGIN)
    found = PlanStep.objects.filter(state__in=DOING, due_on__range=near, student__is_active=True)
    mine = found.filter(student=owner) if owner else found
    for step in mine.select_related("student__profile"):
        zone, set_at = zone_of(step.student), step.answered_at or step.sent_at
        passed = begin(step.due_on + A_DAY, zone)
        told = (step.student_id, Side.STUDENT, None)
        yield Reminder(*told, begin(step.due_on - BEFORE_A_STEP, zone), passed, set_at, SOON, "/me/steps/")
        yield Reminder(*told, passed, passed + LATE, set_at, PASSED, "/me/steps/")


def meetings(now: datetime, owner: int | None) -> Iterator[Reminder]:
    """Of a meeting the day before, to the student."""
    near = {"attendance": Attendance.PLANNED, "starts_at__range": (now, now + A_DAY + MARGIN)}
    found = Meeting.objects.filter(open_at(now, "connection__"), **near)
    mine = found.filter(connection__student=owner) if owner else found
    for meeting in mine.select_related("connection__student__profile"):
        between, zone = meeting.connection, zone_of(meeting.connection.student)
        day = clocks.day_of(meeting.starts_at, zone)
        told = (between.student_id, Side.STUDENT, between.pk, begin(day - A_DAY, zone), meeting.starts_at, meeting.made_at)
        yield Reminder(*told, (words_of(meeting, day, now, zone),), "/me/meetings/")


def words_of(meeting: Meeting, day: date, now: datetime, zone: str) -> str:
    starts = meeting.starts_at.astimezone(clocks.clock(zone))
    when = gettext("today") if day == clocks.today(now, zone) else gettext("tomorrow")
    return gettext("You meet {counsellor_name} {when} at {hour}.{starts:%M}").format(
        counsellor_name=plain(meeting.connection.counsellor_name, Side.STUDENT), when=when, hour=starts.hour, starts=starts
    )


def ends(now: datetime, owner: int | None) -> Iterator[Reminder]:
    """Of a grant that ends in two weeks, to both sides, in words that push nobody."""
    found = Connection.objects.open(now).filter(ends_at__lt=now + BEFORE_AN_END + MARGIN)
    mine = found.filter(Q(student=owner) | Q(counsellor=owner)) if owner else found
    for each in mine.select_related("student__profile"):
        day = day_words(clocks.day_of(each.ends_at, zone_of(each.student)))
        told = (each.pk, each.ends_at - BEFORE_AN_END, each.ends_at, each.granted_at)
        to_student = gettext("What you share with {counsellor_name} ends on {day}").format(
            counsellor_name=plain(each.counsellor_name, Side.STUDENT), day=day
        )
        yield Reminder(each.student_id, Side.STUDENT, *told, (to_student,), f"/me/counsellors/{each.pk}/")
        to_counsellor = gettext("What {student} shares with you ends on {day}").format(student=name_of(each), day=day)
        yield Reminder(each.counsellor_id, Side.COUNSELLOR, *told, (to_counsellor,), "/counselling/")


def reviews(now: datetime, owner: int | None) -> Iterator[Reminder]:
    """Of a plan to look at again, to the counsellor on its day."""
    near = (now.date() - LATE - MARGIN, now.date() + MARGIN)
    given = open_at(now, "connection__") & Q(connection__shares_plan=True)
    found = ActionPlan.objects.filter(given, state=PlanState.LIVE, review_on__range=near)
    mine = found.filter(connection__counsellor=owner) if owner else found
    for plan in mine.select_related("connection__student", "connection__counsellor__profile"):
        between = plan.connection
        since = begin(plan.review_on, zone_of(between.counsellor))
        told = (between.counsellor_id, Side.COUNSELLOR, between.pk, since, since + LATE, plan.answered_at or plan.made_at)
        words = (gettext("It is time to look at the plan with {student} again").format(student=name_of(between)),)
        yield Reminder(*told, words, f"/counselling/{between.pk}/plan/")


def name_of(connection: Connection) -> str:
    """The student, as a mail to the counsellor names them: under 18, not at all."""
    return plain("" if connection.student.is_protected else connection.student_name, Side.COUNSELLOR)


def plain(name: str, side: Side) -> str:
    """The name in one line, or who it is without one."""
    return line(name) or SOMEBODY[side]


def zone_of(owner: User) -> str:
    profile = getattr(owner, "profile", None)
    return profile.time_zone if profile else "UTC"


def begin(day: date, zone: str) -> datetime:
    """The moment at which the day begins in the zone."""
    return datetime.combine(day, time(), clocks.clock(zone))


# Telling


def told(due: list[Notice], now: datetime) -> list[Told]:
    """What the news of what is due, all of one reader, amounts to at this moment."""
    if not due:
        return []
    last, between = last_told(Q(owner=due[0].owner_id)), {each.connection_id for each in due}
    found = [each for each in reminders(now, due[0].owner_id) if each.connection in between]
    new = Counter((each.words, each.place) for each in found if each.is_due(now, last.get((each.owner, each.connection))))
    return [
        Told(words[-1].format(count=count) if words[1:] and count > 1 else words[0], place)
        for (words, place), count in new.items()
    ]


def last_told(which: Q) -> dict[tuple[int, int | None], datetime]:
    """When what is due was last told, by reader and connection."""
    found = Notice.objects.filter(which, what=News.DUE, sent_at__isnull=False).order_by().values_list("owner", "connection")
    return {(owner, key): at for owner, key, at in found.annotate(at=Max("sent_at"))}


def remind(now: datetime) -> int:
    """How much news was made of what is due since it was last told. It goes out with whatever else waits for its reader."""
    last, due = last_told(Q()), {}
    for each in reminders(now):
        if each.is_due(now, last.get((each.owner, each.connection))):
            due.setdefault(each.owner, {})[each.connection] = each
    return sum(make(owner, found.values(), now) for owner, found in due.items())


@transaction.atomic
def make(owner: int, found: Iterable[Reminder], now: datetime) -> int:
    """How much news was made for this reader. Of two runs at once the second waits here and finds it made."""
    reader = User.objects.select_for_update(of=("self",), no_key=True).filter(pk=owner, is_active=True).first()
    if not reader:
        return 0
    last, waiting = last_told(Q(owner=owner)), Notice.objects.filter(owner=owner, what=News.DUE, sent_at=None)
    there = set(waiting.values_list("connection", flat=True))
    wanted = [each for each in found if each.connection not in there and hears(reader, each.side)]
    new = [each for each in wanted if each.is_due(now, last.get((owner, each.connection)))]
    return len(Notice.objects.bulk_create(Notice(owner=reader, what=News.DUE, connection_id=each.connection) for each in new))
