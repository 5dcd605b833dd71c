"""Courses from an editor's table: what would become of each row, and then all of it or nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from home.importing import Problem
from home.models import User

from .importers import COURSE, NEEDED, cell, out_of_order, unknown
from .models import Course, CourseOutcome
from .services import Names, course_of, fill
from .tables import Checked, Table

AT_ONCE = 500
MOST_SHOWN = 200
# Columns that are rows of their own or named by their short names, which Django cannot check.
ELSEWHERE = ("provider", "source", "skills")
Progress = Callable[[int], None]
MEANWHILE = _("Somebody changed the catalogue meanwhile, and nothing was imported. This is how it is now.")


class CannotImport(Exception):
    """Nothing was imported, and why, in a sentence; the plan as it is now says the rest."""

    def __init__(self, reason: str, plan: "Plan"):
        self.plan = plan
        super().__init__(reason)


@dataclass(slots=True)
class Outcome:
    """What becomes of one row: a new course, a change of these fields, nothing, or a refusal."""

    line: int
    problems: list[Problem] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    course: Course | None = None
    title: str = ""

    @property
    def slug(self) -> str:
        return self.values.get("slug", "")

    @property
    def verb(self) -> str:
        if self.problems:
            return "refused"
        if self.course is None:
            return "added"
        return "changed" if self.before else "unchanged"

    @property
    def fields(self) -> list[str]:
        return list(self.before)


@dataclass(slots=True)
class Plan:
    """What an import would do: numbers of everything, the first of each kind to look at, and a mark to know it by."""

    publishes: bool
    numbers: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("added", "changed", "unchanged", "refused"), 0))
    added: list[Outcome] = field(default_factory=list)
    changed: list[Outcome] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    number_of_problems: int = 0
    mark: str = ""

    @property
    def rows(self) -> int:
        return sum(self.numbers.values())

    @property
    def to_save(self) -> int:
        return self.numbers["added"] + self.numbers["changed"]

    def take(self, outcome: Outcome) -> None:
        self.numbers[outcome.verb] += 1
        self.number_of_problems += len(outcome.problems)
        self.problems += outcome.problems[: MOST_SHOWN - len(self.problems)]
        shown = {"added": self.added, "changed": self.changed}.get(outcome.verb)
        if shown is not None and len(shown) < MOST_SHOWN:
            shown.append(outcome)
        before = {name: cell(value) for name, value in outcome.before.items()}
        said = (self.mark, outcome.line, outcome.verb, outcome.slug, before, [str(each) for each in outcome.problems])
        self.mark = sha256(repr(said).encode()).hexdigest()


def may_publish(user: User | None) -> bool:
    """Whether what the user imports is published; the command line, which is nobody, publishes."""
    return user is None or user.has_perm("courses.publish_course")


def plan(*, table: Table, user: User | None, progress: Progress = lambda _: None) -> Plan:
    """What importing the table would do now. Reads the catalogue and changes nothing, however large the table."""
    found = Plan(may_publish(user))
    for outcome in judged(table, user, Names()):
        found.take(outcome)
        progress(found.rows)
    return found


def import_courses(*, table: Table, user: User | None, mark: str = "", progress: Progress = lambda _: None) -> Plan:
    """Add and change what the table says, all of it or nothing; returns what was done.

    Whoever may publish publishes; what others import waits as drafts. Raises CannotImport when a row is refused, or when
    the catalogue is no longer what the plan with this mark was made for.
    """
    try:
        return put_in(table, user, mark, progress)
    except IntegrityError as error:
        raise CannotImport(MEANWHILE, plan(table=table, user=user)) from error


@transaction.atomic
def put_in(table: Table, user: User | None, mark: str, progress: Progress) -> Plan:
    done, known = Plan(may_publish(user)), Names()
    for outcome in judged(table, user, known, lock=True):
        done.take(outcome)
        if not done.numbers["refused"]:
            save(outcome, known, user, done.publishes)
        progress(done.rows)
    if done.numbers["refused"]:
        raise CannotImport(gettext("Nothing was imported: some rows cannot be read as they are."), done)
    if mark and mark != done.mark:
        raise CannotImport(MEANWHILE, done)
    return done


def judged(table: Table, user: User | None, known: Names, *, lock: bool = False) -> Iterator[Outcome]:
    """What becomes of each row, a few hundred at a time."""
    rows = table.rows()
    while some := list(islice(rows, AT_ONCE)):
        slugs = [each.row["slug"] for each in some if each.row]
        courses = Course.objects.filter(slug__in=slugs).select_related("latest_revision")
        if lock:
            courses = courses.select_for_update(of=("self",)).order_by("pk")
        there = {course.slug: course for course in courses}
        taught = skills_of(list(there.values()))
        for each in some:
            yield judge(each, there, taught, known, user)


def skills_of(courses: list[Course]) -> dict[int, tuple[tuple[str, int], ...]]:
    """The skills and levels of each course by its key, in their order: one statement."""
    found: dict[int, tuple[tuple[str, int], ...]] = {}
    rows = CourseOutcome.objects.filter(course__in=courses).order_by("sort_order", "pk")
    for course, skill, level in rows.values_list("course", "skill__slug", "level"):
        found[course] = (*found.get(course, ()), (skill, level))
    return found


def judge(checked: Checked, there: dict[str, Course], taught: dict, known: Names, user: User | None) -> Outcome:
    if checked.row is None:
        return Outcome(checked.line, checked.problems)
    values = checked.row.values
    course = there.get(values["slug"])
    outcome = Outcome(checked.line, values=values, course=course, title=values.get("title") or getattr(course, "title", ""))
    now = values_of(course, taught, known) if course else {}
    if course:
        outcome.before = differences(course, values, now, known)
    reasons = unknown(checked.row, known.keys)
    if not course:
        reasons += [
            gettext("{name}: it is a new course and needs one").format(name=name) for name in NEEDED if name not in values
        ]
    if not reasons and (outcome.before or not course):
        reasons = objections({**now, **values}, course, user)
    outcome.problems = [checked.row.problem(reason) for reason in reasons]
    return outcome


def values_of(course: Course, taught: dict, known: Names) -> dict[str, Any]:
    """The values of the course as a row of a table has them."""
    return {
        **{name: getattr(course, name) for name in COURSE if name not in ELSEWHERE},
        "provider": known.names["provider"].get(course.provider_id, ""),
        "source": known.names["source"].get(course.source_id, ""),
        "skills": taught.get(course.pk, ()),
    }


def differences(course: Course, values: dict[str, Any], now: dict[str, Any], known: Names) -> dict[str, Any]:
    """What the row would change, as it is now; what a waiting draft says already is no change."""
    found = {name: now[name] for name, value in values.items() if value != now[name]}
    if found and course.has_unpublished_changes:
        draft = course.get_latest_revision_as_object()
        pairs = tuple((known.names["skills"].get(each.skill_id, ""), each.level) for each in draft.outcomes.all())
        said = values_of(draft, {course.pk: pairs}, known)
        found = {name: value for name, value in found.items() if values[name] != said[name]}
    return found


def objections(values: dict[str, Any], course: Course | None, user: User | None) -> list[str]:
    """Why a row that reads well cannot be saved all the same."""
    reasons = out_of_order(values)
    try:
        plain = {name: value for name, value in values.items() if name not in ELSEWHERE}
        Course(**plain).clean_fields(exclude=[field.name for field in Course._meta.fields if field.name not in plain])
    except ValidationError as error:
        reasons += [f"{name}: {' '.join(said)}" for name, said in error.message_dict.items()]
    return reasons + (hindrances(course, user) if course else [])


def hindrances(course: Course, user: User | None) -> list[str]:
    if course.has_unpublished_changes and may_publish(user):
        return [gettext("somebody’s changes to it wait to be published: publish or discard them first")]
    if not course.locked and not course.has_unpublished_changes:
        return []
    lock = course.get_lock()
    return [gettext("it is locked for editing")] if lock and (user is None or lock.for_user(user)) else []


def save(outcome: Outcome, known: Names, user: User | None, publishes: bool) -> None:
    """Put one row into the catalogue, as a draft or published."""
    if outcome.verb == "added":
        course = course_of(outcome.values, known)
        course.live, course.has_unpublished_changes = False, True
        course.save()
        log(instance=course, action="wagtail.create", user=user, content_changed=True)
    elif outcome.verb == "changed":
        course = outcome.course.get_latest_revision_as_object() if outcome.course.has_unpublished_changes else outcome.course
        fill(course, {name: outcome.values[name] for name in outcome.before}, known)
    else:
        return
    revision = course.save_revision(user=user, log_action=outcome.verb == "changed")
    if publishes:
        revision.publish(user=user)
