"""What a portfolio shows to a viewer, one reading a section: each goes through visible_to() and costs a statement or two."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain, repeat
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Sum, When
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from careers.skill_words import skill_name
from home.models import User
from home.prepared import ANY, Prepared

from . import lifecycle, partial_dates, reading
from .models import Attachment, CPDActivity, Endorsement, Entry, Evidence, Feature, FestivalSubmission, Link
from .querysets import is_fit_to_show
from .scales import Judging, Kind, Medium, State, Visibility
from .statements import Rows
from .viewers import Audience

Viewer = User | Audience | Any
CREDITS = (Kind.PROJECT, Kind.INTERNSHIP)
MOST_CREDITS, MOST_LAURELS, MOST_CLIPS, MOST_TRAINING, MOST_QUOTES, MOST_SKILLS = 30, 12, 9, 6, 6, 24
# The longest that any document shows of a section.
MOST_EVER = 100
KEY = re.compile(r"([0-9-]{4,10})_([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Laurel:
    """A selection or an award whose day has come."""

    title: str
    festival: str
    year: str
    work: str
    entry: int
    announced_on: date


@dataclass(frozen=True, slots=True)
class Year:
    """The credits that began in a year, and their minutes."""

    name: str
    credits: int
    minutes: int

    @property
    def words(self) -> str:
        """Such as "2 credits, 206 hours"."""
        credits = ngettext("{number} credit", "{number} credits", self.credits).format(number=self.credits)
        return ", ".join(filter(None, [credits, self.hours]))

    @property
    def hours(self) -> str:
        return partial_dates.hours_words(self.minutes) if self.minutes else ""


@dataclass(frozen=True, slots=True)
class Strip:
    """A credit on the board with its number; `sum` is the year that ends with it, if one does."""

    entry: Entry
    number: int
    sum: Year | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A skill with the pieces that show it; `marks` are their stages, `top` the highest level, `verified` how many are."""

    skill: int
    title: str
    slug: str
    marks: tuple[int, ...]
    verified: int
    top: int

    @property
    def pieces(self) -> int:
        return len(self.marks)


@dataclass(frozen=True, slots=True)
class Clip:
    """Something put in front: a file or an outside address, with a still if its entry has a picture that is not it."""

    feature: Feature
    entry: Entry
    file: Attachment | None
    still: Attachment | None


@dataclass(frozen=True, slots=True)
class Training:
    """Completed training, latest first, with the year's hours; `entries` is cut off, `total` is not."""

    entries: list[CPDActivity] = field(default_factory=list)
    total: int = 0
    year: str = ""
    minutes: int = 0

    @property
    def hours(self) -> str:
        return partial_dates.hours_words(self.minutes) if self.minutes else ""


# What everybody is shown is asked by statements that are written once a day: building one costs the ORM several times what the
# database needs to answer it. The day is part of them, since a result is told from the day it is announced.


def asked(build: Callable[[int, Viewer], QuerySet[Any]], owner: int, viewer: Viewer) -> list[Any]:
    """The instances of the queryset that `build` makes for an owner and a viewer; `build` is a function of this module."""
    if isinstance(viewer, AnonymousUser):
        return of_the_day(build, Prepared, connection.vendor, timezone.localdate()).fetch(owner)
    return list(build(owner, viewer))


def rows(build: Callable[[int, Viewer], QuerySet[Any]], owner: int, viewer: Viewer) -> list[Any]:
    """The same for a values_list() queryset."""
    if isinstance(viewer, AnonymousUser):
        return of_the_day(build, Rows, connection.vendor, timezone.localdate()).fetch(owner)
    return list(build(owner, viewer))


@lru_cache(maxsize=64)
def of_the_day(build: Any, statement: Any, vendor: str, day: date) -> Any:
    return statement(build(ANY, AnonymousUser()))


def fit_for(viewer: Viewer, entry: str = "") -> Q:
    """What visible_to() leaves to add: counsellors may see plans as well, but a portfolio shows them none."""
    is_close = isinstance(viewer, Audience) and viewer.level < Visibility.LINK
    return is_fit_to_show(entry) if is_close else Q()


def entries(owner: int, viewer: Viewer) -> QuerySet[Entry]:
    """What a viewer sees of the member with this key."""
    return Entry.objects.visible_to(viewer).filter(fit_for(viewer), owner=owner)


def listed(found: QuerySet[Entry]) -> QuerySet[Entry]:
    """The entries as strips show them: newest first, with the halves that are their kind's own, without long texts."""
    halves = found.select_related("project", "internship", "cpdactivity", "festivalsubmission")
    return halves.defer("description", "reflection", "search_text").order_by("-started", "-pk")


def credits(owner: int, viewer: Viewer) -> QuerySet[Entry]:
    """Projects and placements, newest first."""
    return listed(entries(owner, viewer).filter(kind__in=CREDITS))


def first_credits(owner: int, viewer: Viewer) -> list[Entry]:
    """The credits of the first page, and one more if there is one: one statement."""
    return asked(newest_credits, owner, viewer)


def newest_credits(owner: int, viewer: Viewer) -> QuerySet[Entry]:
    return credits(owner, viewer)[: MOST_CREDITS + 1]


def years(owner: int, viewer: Viewer) -> list[Year]:
    """All credits counted by the year in which they began, latest first: one statement."""
    return [Year(name, number, spent or 0) for name, number, spent in rows(by_year, owner, viewer)]


def by_year(owner: int, viewer: Viewer) -> QuerySet[Any]:
    counted = entries(owner, viewer).filter(kind__in=CREDITS).annotate(year=Left("started", 4)).order_by("-year")
    return counted.values("year").annotate(credits=Count("pk"), spent=Sum("minutes")).values_list("year", "credits", "spent")


def board(found: Sequence[Entry], totals: Sequence[Year], has_more: bool = False) -> list[Strip]:
    """Credits as strips, numbered from the first one ever; after the last of a year stands what the year came to.

    The last year of a board that is cut off gets no sum: it would stand in the middle of it.
    """
    numbers = range(sum(year.credits for year in totals), 0, -1)
    sums = {year.name: year for year in totals}
    after = [*(entry.started[:4] for entry in found[1:]), "" if not has_more else found[-1].started[:4] if found else ""]
    return [
        Strip(entry, number, None if entry.started[:4] == then else sums.get(entry.started[:4]))
        for entry, number, then in zip(found, numbers, after, strict=False)
    ]


def beyond(found: QuerySet[Any], key: str) -> QuerySet[Any]:
    """The entries after a key that `key_of` made; a key that is none of ours changes nothing."""
    match = KEY.fullmatch(key)
    if not match:
        return found
    return found.filter(Q(started__lt=match[1]) | Q(started=match[1], pk__lt=int(match[2])))


def key_of(entry: Entry) -> str:
    return f"{entry.started}_{entry.pk}"


def laurels(owner: int, viewer: Viewer, most: int = MOST_LAURELS) -> list[Laurel]:
    """Selections and awards that are announced, awards first, then the latest: one statement."""
    return [laurel(row.festivalsubmission) for row in asked(successes, owner, viewer)[:most]]


def successes(owner: int, viewer: Viewer) -> QuerySet[Entry]:
    found = entries(owner, viewer).filter(kind=Kind.FESTIVAL).select_related("festivalsubmission")
    is_award = Case(When(festivalsubmission__judging_status__in=lifecycle.AWARDED, then=0), default=1)
    ordered = found.order_by(is_award, "-festivalsubmission__announced_on", "-pk")
    return ordered.defer("description", "reflection", "search_text")[:MOST_EVER]


def laurel(row: FestivalSubmission) -> Laurel:
    """What stands between the branches: the award by its name if it has one."""
    judged = Judging(row.judging_status)
    title = row.award if row.award and judged in lifecycle.AWARDED else str(judged.label)
    if row.award and judged == Judging.NOMINEE:
        title = gettext("{award}, nominee").format(award=row.award)
    edition = row.edition or str(row.announced_on.year)
    return Laurel(title, row.organisation or row.title, edition, row.title, row.pk, row.announced_on)


def skills(owner: int, viewer: Viewer) -> list[Shown]:
    """Every skill with something to show for it, most pieces first: one statement, counted in the database."""
    held: defaultdict[tuple[int, str, str], list[tuple[int, int, int, int]]] = defaultdict(list)
    for *skill, level, bits, endorsed, pieces in rows(counted_pieces, owner, viewer):
        held[tuple(skill)].append((level, (bits & -bits).bit_length(), endorsed, pieces))
    found = [shown(skill, pieces) for skill, pieces in held.items()]
    return sorted(found, key=lambda each: (-each.pieces, each.title.casefold()))


def evidence(owner: int, viewer: Viewer) -> QuerySet[Evidence]:
    return Evidence.objects.visible_to(viewer).filter(fit_for(viewer, "entry__"), entry__owner=owner)


def counted_pieces(owner: int, viewer: Viewer) -> QuerySet[Any]:
    return reading.counted(evidence(owner, viewer), "skill__title", "skill__slug")


def shown(skill: tuple[int, str, str], held: Sequence[tuple[int, int, int, int]]) -> Shown:
    key, title, slug = skill
    ordered = sorted(held, key=lambda row: (not row[1], row[1]))
    marks = tuple(chain.from_iterable(repeat(stage, pieces) for _, stage, _, pieces in ordered))
    verified = sum(pieces for _, _, endorsed, pieces in held if endorsed)
    return Shown(key, skill_name(title), slug, marks, verified, max(level for level, *_ in held))


def clips(owner: int, viewer: Viewer) -> list[Clip]:
    """What the owner put in front, the reel first: two statements, one if there is nothing.

    A file's still is a picture of the same entry. An outside address counts only while it stands among the entry's links.
    """
    features = asked(in_front, owner, viewer)
    if not features:
        return []
    stills: dict[int, Attachment] = {}
    for picture in asked(pictures_in_front, owner, viewer):
        stills.setdefault(picture.entry_id, picture)
    return [clip(each, stills.get(each.entry_id)) for each in features]


def in_front(owner: int, viewer: Viewer) -> QuerySet[Feature]:
    found = Feature.objects.visible_to(viewer).filter(fit_for(viewer, "entry__"), entry__owner=owner)
    linked = Link.objects.filter(entry=OuterRef("entry"), url=OuterRef("url"))
    return found.filter(Q(url="") | Exists(linked)).select_related("entry__project", "attachment")[:MOST_CLIPS]


def pictures_in_front(owner: int, viewer: Viewer) -> QuerySet[Attachment]:
    """The pictures of the entries that something is put in front of."""
    pictures = Attachment.objects.visible_to(viewer).filter(entry__owner=owner, medium=Medium.IMAGE)
    return pictures.filter(Exists(Feature.objects.filter(entry=OuterRef("entry")).order_by())).order_by("pk")


def clip(feature: Feature, still: Attachment | None) -> Clip:
    file = feature.attachment
    if file and file.medium == Medium.IMAGE:
        still = file
    return Clip(feature, feature.entry, file, still)


def quotes(owner: int, viewer: Viewer, most: int = MOST_QUOTES) -> list[Endorsement]:
    """What people who confirmed something let us quote, latest first: one statement."""
    # One request confirms several pieces and repeats its words with each.
    latest = {(each.name, each.quote): each for each in reversed(asked(quoted, owner, viewer))}
    return list(latest.values())[::-1][:most]


def quoted(owner: int, viewer: Viewer) -> QuerySet[Endorsement]:
    found = Endorsement.objects.filter(evidence__in=evidence(owner, viewer)).exclude(quote="")
    return found.select_related("evidence__entry").order_by("-made_at", "-pk")[:MOST_EVER]


def training(owner: int, viewer: Viewer, today: date, most: int = MOST_TRAINING) -> Training:
    """Completed training: two statements, one if there is none."""
    latest = asked(latest_training, owner, viewer)[:most]
    if not latest:
        return Training()
    year = str(today.year)
    counts = rows(training_by_year, owner, viewer)
    total = sum(number for _, number, _ in counts)
    return Training(latest, total, year, next((spent or 0 for name, _, spent in counts if name == year), 0))


def trained(owner: int, viewer: Viewer) -> QuerySet[CPDActivity]:
    return CPDActivity.objects.visible_to(viewer).filter(owner=owner, state=State.COMPLETED)


def latest_training(owner: int, viewer: Viewer) -> QuerySet[CPDActivity]:
    ordered = trained(owner, viewer).order_by("-started", "-pk")
    return ordered.defer("description", "reflection", "search_text")[:MOST_EVER]


def training_by_year(owner: int, viewer: Viewer) -> QuerySet[Any]:
    counted = trained(owner, viewer).annotate(year=Left("started", 4)).order_by("year").values("year")
    return counted.annotate(number=Count("pk"), spent=Sum("minutes")).values_list("year", "number", "spent")
