"""What waits in a record: drafts, dates and entries without evidence, with the latest strips and the year so far."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Sum, Window
from django.urls import reverse

from careers.scales import Stage
from home.prepared import ANY

from . import clocks, partial_dates
from .advice import Certificate, Deadline, Draft, Unproven
from .lifecycle import NOT_SENT
from .models import CPDActivity, Entry, Evidence, FestivalSubmission, Profile
from .scales import Kind, State
from .statements import DAY, WORD, Rows

LATEST = 5
MOST = 3
ROWS_OF_DRAFTS = 60
STAGES = dict(Stage.choices)
KINDS = dict(Kind.choices)
STATES = dict(State.choices)


@dataclass(frozen=True, slots=True)
class Strip:
    """An entry as one strip of the board."""

    pk: int
    title: str
    kind: str
    state: str
    stage: int
    started: str
    minutes: int
    organisation: str = ""

    @property
    def name(self) -> str:
        """What the strip says: the title, of a submission with where it goes."""
        is_submission = self.kind == Kind.FESTIVAL and self.organisation
        return f"{self.title}, {self.organisation}" if is_submission else self.title

    @property
    def url(self) -> str:
        return reverse("portfolio:entry", args=[self.pk])

    @property
    def slug(self) -> str:
        """The scene heading: the first stage, or what kind of entry it is."""
        return STAGES.get(self.stage, KINDS.get(self.kind, ""))

    @property
    def end(self) -> str:
        """Where it stands unless it is completed, else its hours, else when it was."""
        if self.state != State.COMPLETED:
            return STATES[self.state]
        return partial_dates.hours_words(self.minutes) or partial_dates.words(self.started)


def home(owner: int) -> str:
    """The time zone that the user chose, or the one that stands for none: one statement."""
    rows = zone(connection.vendor).fetch(owner)
    return rows[0][0] if rows else Profile._meta.get_field("time_zone").default


@cache
def zone(vendor):
    return Rows(Profile.objects.filter(owner=ANY).values_list("time_zone"))


def latest(owner: int) -> list[Strip]:
    """The entries that began last: one statement."""
    rows = newest(connection.vendor).fetch(owner)
    return [Strip(*words, first(bits), began, minutes or 0, where) for *words, bits, began, minutes, where in rows]


def first(bits: int) -> int:
    return (bits & -bits).bit_length()


@cache
def newest(vendor):
    entries = Entry.objects.of(ANY).order_by("-started", "-pk")
    return Rows(entries.values_list("pk", "title", "kind", "state", "stage_bits", "started", "minutes", "organisation")[:LATEST])


def year_so_far(owner: int, today: date) -> tuple[int, int]:
    """How many entries that began this year are completed, and their minutes: one statement."""
    rows = this_year(connection.vendor).fetch(owner, word=str(today.year))
    count, minutes = rows[0] if rows else (0, 0)
    return count, minutes or 0


@cache
def this_year(vendor):
    entries = Entry.objects.of(ANY).completed().filter(started__gte=WORD).order_by().values("owner")
    return Rows(entries.annotate(count=Count("pk"), sum=Sum("minutes")).values_list("count", "sum"))


def drafts(owner: int) -> list[Draft]:
    """The drafts that evidence waits in, the latest changed first: one statement."""
    found: dict[int, tuple[str, list[int]]] = {}
    for entry, title, skill in in_drafts(connection.vendor).fetch(owner):
        found.setdefault(entry, (title, []))[1].append(skill)
    return [Draft(entry, title, tuple(skills)) for entry, (title, skills) in found.items()]


@cache
def in_drafts(vendor):
    waiting = Evidence.objects.of(ANY).filter(entry__state=State.DRAFT).order_by("-entry__updated_at", "-entry", "pk")
    return Rows(waiting.values_list("entry", "entry__title", "skill")[:ROWS_OF_DRAFTS])


def unproven(owner: int) -> tuple[list[Unproven], int]:
    """The latest completed entries that name no skill, and how many there are of them: one statement."""
    rows = without_evidence(connection.vendor).fetch(owner)
    return [Unproven(pk, title) for pk, title, _ in rows], rows[0][2] if rows else 0


@cache
def without_evidence(vendor):
    entries = Entry.objects.of(ANY).completed().filter(~Exists(Evidence.objects.filter(entry=OuterRef("pk"))))
    numbered = entries.annotate(total=Window(Count("pk"))).order_by("-started", "-pk")
    return Rows(numbered.values_list("pk", "title", "total")[:MOST])


def deadlines(owner: int, now: datetime, home: str) -> list[Deadline]:
    """The next deadlines of submissions that are not sent yet, by the user's own clock: one statement.

    A clock elsewhere may show the day before, so those are asked for as well.
    """
    today = clocks.today(now, home)
    rows = ahead(connection.vendor).fetch(owner, day=today - timedelta(days=1))
    timed = [(clocks.moment(on, at, zone, home), *rest) for on, at, zone, *rest in rows]
    open_ = [(clocks.day_of(when, home), *rest) for when, *rest in timed if not clocks.is_past(when, now, home)]
    return [Deadline(pk, title, festival or title, on, (on - today).days) for on, pk, title, festival in sorted(open_)[:MOST]]


@cache
def ahead(vendor):
    """Unsorted: asked for the first three, a database would rather walk through the deadlines of everybody."""
    waiting = FestivalSubmission.objects.of(ANY).filter(submission_status__in=NOT_SENT, deadline_on__gte=DAY)
    fields = ("deadline_on", "deadline_time", "deadline_zone", "pk", "title", "organisation")
    return Rows(waiting.order_by().values_list(*fields))


def certificates(owner: int, today: date) -> list[Certificate]:
    """The certificates that expire next: one statement."""
    rows = sorted(expiring(connection.vendor).fetch(owner, day=today))[:MOST]
    return [Certificate(pk, title, on, (on - today).days) for on, pk, title in rows]


@cache
def expiring(vendor):
    certified = CPDActivity.objects.of(ANY).filter(certificate_expires__gte=DAY).exclude(state=State.CANCELLED)
    return Rows(certified.order_by().values_list("certificate_expires", "pk", "title"))
