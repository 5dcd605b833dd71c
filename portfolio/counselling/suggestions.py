"""What a student reads of their steps: sorted by what waits, and a few for the plan and for a skill."""

from datetime import date
from functools import cache

from django.db import connection
from django.db.models import Case, F, Q, QuerySet, Value, When

from courses.models import Course
from home.prepared import ANY, Prepared

from ..models import PlanStep
from ..scales import StepState
from . import courses
from .progress import Progress, progress

MOST, ON_THE_PLAN = 200, 3
GROUPS = ("waiting", "under-way", "put-off", "finished", "declined")


def groups(student: int, today: date) -> list[tuple[str, list[PlanStep]]]:
    """The student's steps by where they stand, what is due first in front; MOST at most: one statement."""
    found: dict[str, list[PlanStep]] = {name: [] for name in GROUPS}
    mine = PlanStep.objects.filter(student=student).exclude(state=StepState.WITHDRAWN)
    for step in shown(mine.order_by("-sent_at", "-pk"))[:MOST]:
        found[group(step, today)].append(step)
    for name in ("waiting", "under-way"):
        found[name].sort(key=lambda step: step.due_on or date.max)
    return list(found.items())


def shown(steps: QuerySet[PlanStep]) -> QuerySet[PlanStep]:
    return steps.select_related("course__provider", "skill", "entry")


def group(step: PlanStep, today: date) -> str:
    """Where it belongs: what was put off comes back to what waits on its day."""
    match step.state:
        case StepState.SENT:
            return "waiting"
        case StepState.DEFERRED:
            return "put-off" if step.deferred_until and step.deferred_until > today else "waiting"
        case StepState.DONE:
            return "finished"
        case StepState.DECLINED:
            return "declined"
    return "under-way"


def on_the_plan(student: int) -> list[PlanStep]:
    """What was sent and not answered yet, then what is under way and due first, three at most: one statement."""
    return waiting(connection.vendor).fetch(student)


@cache
def waiting(vendor: str) -> Prepared:
    standing = (StepState.SENT, StepState.ACCEPTED, StepState.UNDER_WAY)
    unanswered = Case(When(state=StepState.SENT, then=Value(0)), default=Value(1))
    mine = PlanStep.objects.filter(student=ANY, state__in=standing).select_related("course")
    return Prepared(mine.order_by(unanswered, F("due_on").asc(nulls_last=True), "-sent_at", "-pk")[:ON_THE_PLAN])


def for_skill(student: int, skill: int) -> list[PlanStep]:
    """The student's open and finished steps for a skill, or by a course that teaches it, latest first: one statement."""
    about = Q(skill=skill) | Q(course__in=Course.objects.filter(outcomes__skill=skill).values("pk"))
    gone = (StepState.WITHDRAWN, StepState.DECLINED)
    return list(shown(PlanStep.objects.filter(about, student=student).exclude(state__in=gone))[:MOST])


def course_of(step: PlanStep) -> dict[str, object]:
    """The course of the step as its page shows it: what it is in a line, and whether it is in the guide still."""
    course = step.course
    return {"line": courses.line(course), "is_live": course.live, "address": course.get_absolute_url()} if course else {}


def standing(step: PlanStep) -> Progress:
    """Where the step stands; it comes with its course."""
    hours = step.course.hours if step.course and step.course.is_length_checked else None
    return progress(
        StepState(step.state),
        is_opened=bool(step.opened_at),
        done=step.minutes_done,
        whole=int(hours * 60) if hours else None,
        until=step.deferred_until,
        is_seen=bool(step.certificate_seen_at),
    )
