"""What the database is asked for a plan: who aims where, what roles ask for and what a member holds."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Case, Count, IntegerField, Max, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce

from careers.models import CareerPage, SkillRequirement
from careers.skill_words import skill_name
from home.models import GuideVersion, User
from home.prepared import ANY

from .gaps import Asked, Held, Role
from .models import Endorsement, Evidence, Goal
from .statements import OTHER, Rows


@dataclass(frozen=True, slots=True)
class Target:
    """A role somebody aims at; `slug` is empty when its page can no longer be read.

    `edition` is the number of the guide at that moment, for what is kept until it changes.
    """

    goal: int
    career: int | None
    title: str
    slug: str
    edition: int | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """One published skill that a role asks for, with what its page says of it."""

    role: int
    asked: Asked
    title: str
    slug: str
    ideas: str = ""

    @property
    def idea(self) -> str:
        """The first idea for evidence, or nothing."""
        return next((line.strip() for line in self.ideas.splitlines() if line.strip()), "")


def targets(owner: int) -> list[Target]:
    """The roles that the user with this key aims at, the first one first: one statement."""
    return [target(row) for row in goals(connection.vendor).fetch(owner)]


@cache
def goals(vendor):
    page = CareerPage.objects.readable().order_by().filter(pk=OuterRef("career"))
    edition = GuideVersion.objects.values("number")[:1]
    shown = [Subquery(page.values("title")), Subquery(page.values("slug")), Subquery(edition)]
    return Rows(Goal.objects.filter(owner=ANY).order_by("place", "pk").values_list("pk", "career", "title", *shown))


def goals_of(owners: Iterable[int]) -> Iterable[tuple[int, Target]]:
    """Each target role of these users with its owner's key, the first one first: one statement.

    For many at once the readable pages are found once, and not for each goal.
    """
    keys = list(owners)
    if not keys:
        return
    readable = When(career__in=CareerPage.objects.readable().order_by().values("pk"), then=Value(True))
    found = Goal.objects.filter(owner__in=keys).order_by("place", "pk").annotate(is_readable=Case(readable, default=Value(False)))
    columns = ("owner", "pk", "career", "title", "is_readable", "career__title", "career__slug")
    for owner, goal, career, stored, is_readable, title, slug in found.values_list(*columns):
        yield owner, Target(goal, career, title, slug) if is_readable else Target(goal, career, stored, "")


def target(row: Iterable[Any]) -> Target:
    goal, career, title, now, slug, edition = row
    return Target(goal, career, now or title, slug or "", edition)


def goal_of(owner: User, career: CareerPage) -> Goal | None:
    """The owner's goal for this career, if it is one of the target roles."""
    return Goal.objects.visible_to(owner).filter(career=career).first()


def needs(career: int) -> list[Need]:
    """What the career page with this key asks for, the most important first as on its page: one statement."""
    return [need(row) for row in requirements(connection.vendor).fetch(career)]


@cache
def requirements(vendor):
    return Rows(asking().filter(page=ANY).values_list(*NEED, "skill__evidence"))


def needs_of_targets(owner: int) -> list[Need]:
    """What all readable target roles of the user ask for, role by role in their order: one statement."""
    return [need(row) for row in requirements_of_targets(connection.vendor).fetch(owner)]


@cache
def requirements_of_targets(vendor):
    mine = Goal.objects.filter(owner=ANY).values("career")
    return Rows(asking().filter(page__in=CareerPage.objects.readable().order_by().filter(pk__in=mine)).values_list(*NEED))


def needs_of_all(careers: Iterable[int | None]) -> list[Need]:
    """What the career pages with these keys ask for, the most important of each first: one statement, none for no page."""
    keys = [career for career in careers if career]
    return [need(row) for row in asking().filter(page__in=keys).values_list(*NEED)] if keys else []


NEED = ("page", "skill", "level", "importance", "skill__title", "skill__slug")


def asking():
    """The requirements of published skills, the most important of a role first."""
    return SkillRequirement.objects.filter(skill__live=True).order_by("-importance", "sort_order", "pk")


def need(row) -> Need:
    role, skill, level, importance, title, *words = row
    return Need(role, Asked(skill, level, importance), skill_name(title), *words)


def roles() -> tuple[list[Role], dict[int, tuple[str, str]], dict[int, str]]:
    """Every published role for `gaps.nearest`, by title; the (title, slug) of each, and the titles of all skills asked.

    Two statements, however many roles there are.
    """
    pages = CareerPage.objects.readable().order_by("title")
    names = {pk: (title, slug) for pk, title, slug in pages.values_list("pk", "title", "slug")}
    asked: dict[int, list[Asked]] = {pk: [] for pk in names}
    titles: dict[int, str] = {}
    for page, skill, level, importance, title in asking().values_list(*NEED[:5]):
        if page in asked:
            asked[page].append(Asked(skill, level, importance))
            titles[skill] = skill_name(title)
    return [Role(pk, tuple(each)) for pk, each in asked.items()], names, titles


def held(owner: int) -> list[Held]:
    """What the user with this key can show: pieces by skill, level and first stage, from completed entries.

    One statement that counts in the database, whatever the number of entries.
    """
    return holdings(pieces(connection.vendor).fetch(owner))


def held_of(owners: Iterable[int], skills: Collection[int]) -> dict[int, list[Held]]:
    """What each of these users holds of these skills, by the user's key: one statement that counts in the database.

    For many at once it is told without stages and without what others confirmed, at half the cost.
    """
    keys = list(owners)
    if not (keys and skills):
        return {}
    # The skills are picked here: named in the statement, SQLite reads everybody's evidence of them (0.64 s of work for 0.06
    # with 200,000 entries, 25 users and 20 skills).
    found: defaultdict[int, list[Held]] = defaultdict(list)
    evidence = Evidence.objects.filter(entry__owner__in=keys, entry__deleted_at=None).counting().order_by()
    rows = evidence.values_list("entry__owner", "skill", "level").annotate(pieces=Count("pk"))
    for owner, skill, level, pieces in rows:
        if skill in skills:
            found[owner].append(Held(skill, level, pieces))
    return dict(found)


@cache
def pieces(vendor):
    return Rows(counted(Evidence.objects.of(ANY)))


def held_in(owner: int, skill: int) -> list[Held]:
    """What the user holds of one skill: one statement."""
    return holdings(pieces_in(connection.vendor).fetch(owner, skill))


@cache
def pieces_in(vendor):
    return Rows(counted(Evidence.objects.of(ANY).filter(skill=OTHER)))


def counted(evidence, *names):
    """Rows of skill, the fields of these names, level, stage bits, level endorsed (0: none) and the number of such pieces
    that count."""
    endorsed = Endorsement.objects.filter(evidence=OuterRef("pk")).order_by().values("evidence").annotate(top=Max("level"))
    counting = evidence.counting().order_by().annotate(endorsed=Coalesce(Subquery(endorsed.values("top")), 0))
    return counting.values_list("skill", *names, "level", "entry__stage_bits", "endorsed").annotate(pieces=Count("pk"))


def holdings(rows: Iterable[tuple[int, int, int, int, int]]) -> list[Held]:
    """The rows of `counted()` as pieces held, each under the first of its stages."""
    pieces: Counter[tuple[int, int, int]] = Counter()
    verified: Counter[tuple[int, int, int]] = Counter()
    for skill, level, bits, endorsed, number in rows:
        stage = (bits & -bits).bit_length()
        pieces[skill, level, stage] += number
        if endorsed:
            verified[skill, min(level, endorsed), stage] += number
    return [Held(*key[:2], pieces[key], verified[key], key[2]) for key in {**pieces, **verified}]


def marks(owner: int, career: int) -> tuple[bool, list[Held]]:
    """Whether the user aims at the career, and what the user holds of the skills it asks for: one statement."""
    rows = standing(connection.vendor).fetch(owner, career)
    return any(not row[0] for row in rows), holdings(row for row in rows if row[0])


@cache
def standing(vendor):
    """The rows of `counted()`, with one of skill 0 if the role is a target."""
    asked = SkillRequirement.objects.filter(page=OTHER).values("skill")
    nothing = [Value(0, IntegerField()) for _ in range(4)]
    goal = Goal.objects.order_by().filter(owner=ANY, career=OTHER).values_list(*nothing, "pk")
    return Rows(counted(Evidence.objects.of(ANY).filter(skill__in=asked)).union(goal, all=True))
