"""Reports as moderators read them: those about one thing together, with no more of the thing than the public sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Min, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from .finding import EVERYBODY
from .models import Entry, Profile, Report
from .scales import Verdict

# So many reports about one thing are read out; the others are counted.
MOST_READ = 20


@dataclass(frozen=True, slots=True)
class Thing:
    """What was reported, as far as it is public: its title, its owner's name and its address, each empty if it is not.

    A thing that was taken off the site keeps its title, with the reason.
    """

    is_entry: bool
    title: str = ""
    name: str = ""
    address: str = ""
    suspended_at: datetime | None = None
    suspension_reason: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """Reports that stand and fall together: the first of them, as many as are read out, and how many there are."""

    first: Report
    reports: list[Report]
    count: int
    thing: Thing

    @property
    def unread(self) -> int:
        return self.count - len(self.reports)


def reports() -> QuerySet[Report]:
    """Reports with what they are about, without what only its owner writes there."""
    found = Report.objects.select_related("entry", "owner__profile")
    return found.defer("entry__description", "entry__reflection", "entry__search_text", "owner__profile__about")


def address(report: Report) -> str:
    return reverse("portfolio:case", args=[report.pk])


def together(report: Report) -> QuerySet[Report]:
    """The reports of the same thing that stand where this one does, and were decided with it if they were."""
    same = {"owner": report.owner_id, "entry": report.entry_id, "verdict": report.verdict, "decided_at": report.decided_at}
    return Report.objects.filter(**same)


def waiting() -> QuerySet[Report]:
    return Report.objects.filter(verdict=Verdict.OPEN)


def undecided(after: int, size: int) -> tuple[list[Case], int | None]:
    """A page of the cases to decide, oldest first, after the one whose first report has this key; and the next such key."""
    grouped = waiting().values("owner", "entry").annotate(first=Min("pk"), count=Count("pk"))
    rows = list(grouped.filter(first__gt=after).order_by("first")[: size + 1])
    more = rows[size - 1]["first"] if len(rows) > size else None
    return with_reports(rows[:size]), more


def decided(before: datetime | None, size: int) -> tuple[list[Case], datetime | None]:
    """A page of the cases that were decided, latest first, before that moment; and the moment that the next begins before."""
    past = Report.objects.exclude(verdict=Verdict.OPEN)
    if before:
        past = past.filter(decided_at__lt=before)
    grouped = past.values("owner", "entry", "decided_at").annotate(first=Min("pk"), count=Count("pk"))
    rows = list(grouped.order_by("-decided_at", "-first")[: size + 1])
    more = rows[size - 1]["decided_at"] if len(rows) > size else None
    return with_first(rows[:size]), more


def with_reports(rows: Sequence[dict]) -> list[Case]:
    """The cases of the rows with the reports to read: three statements, however many."""
    place = Window(RowNumber(), partition_by=[F("owner"), F("entry")], order_by="pk")
    owners = [row["owner"] for row in rows]
    found = reports().filter(verdict=Verdict.OPEN, owner__in=owners).annotate(place=place).filter(place__lte=MOST_READ)
    by_thing: dict[tuple[int, int | None], list[Report]] = {}
    for report in found.order_by("pk"):
        by_thing.setdefault((report.owner_id, report.entry_id), []).append(report)
    read = [by_thing[row["owner"], row["entry"]] for row in rows]
    shown = things([each[0] for each in read])
    return [Case(each[0], each, row["count"], thing) for row, each, thing in zip(rows, read, shown, strict=True)]


def with_first(rows: Sequence[dict]) -> list[Case]:
    """The cases of the rows, each with its first report alone."""
    found = reports().in_bulk([row["first"] for row in rows])
    firsts = [found[row["first"]] for row in rows]
    shown = things(firsts)
    return [Case(first, [first], row["count"], thing) for first, row, thing in zip(firsts, rows, shown, strict=True)]


def case_of(report: Report) -> Case:
    """The report with those that stand and fall with it."""
    same = together(report).order_by("pk")
    return Case(report, list(same[:MOST_READ]), same.count(), things([report])[0])


def things(found: Sequence[Report]) -> list[Thing]:
    """What each of the reports is about, as far as everybody may see it: two statements."""
    entries = Entry.objects.visible_to(EVERYBODY).filter(pk__in=[each.entry_id for each in found if each.entry_id])
    open_entries = set(entries.values_list("pk", flat=True))
    profiles = Profile.objects.visible_to(EVERYBODY).filter(owner__in=[each.owner_id for each in found])
    open_profiles = set(profiles.values_list("pk", flat=True))
    return [thing(each, each.owner_id in open_profiles, each.entry_id in open_entries) for each in found]


def thing(report: Report, is_profile_open: bool, is_entry_open: bool) -> Thing:
    profile, entry = report.owner.profile, report.entry
    name = profile.display_name if is_profile_open or profile.suspended_at else ""
    if not entry:
        place = profile.get_absolute_url() if is_profile_open else ""
        return Thing(False, name, name, place, profile.suspended_at, profile.suspension_reason)
    title = entry.title if is_entry_open or (entry.suspended_at and not entry.deleted_at) else ""
    place = f"{profile.get_absolute_url()}{entry.pk}/" if is_entry_open else ""
    return Thing(True, title, name, place, entry.suspended_at, entry.suspension_reason)
