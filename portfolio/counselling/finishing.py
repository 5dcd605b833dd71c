"""What the form of a training entry is filled in with when a course or a step is finished, for its owner to look over."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from careers.scales import Level
from courses.models import Course, CourseOutcome
from courses.scales import CourseKind
from home.models import User

from ..models import CPDActivity, PlanStep
from ..scales import Activity, StepState

MOST_URL = CPDActivity._meta.get_field("url").max_length or 200


def asked_for(owner: User, asked: Mapping[str, str]) -> dict[str, Any]:
    """What an address of the form asks to be filled in: a step of the owner's by `step`, or a course by `course`."""
    if step := step_of(owner, asked.get("step", "")):
        return of_step(step)
    slug = asked.get("course", "")
    found = Course.objects.filter(live=True, slug=slug).select_related("provider").first() if slug else None
    return of_course(found) if found else {}


def step_of(owner: User, key: str) -> PlanStep | None:
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        return None
    mine = PlanStep.objects.filter(student=owner).exclude(state=StepState.WITHDRAWN)
    return mine.filter(pk=int(key)).select_related("course__provider", "skill").first()


def of_step(step: PlanStep) -> dict[str, Any]:
    """The step's course, as far as there is one, with the hours and the days that the step knows."""
    found = of_course(step.course) if step.course else {"title": step.title}
    if not step.course and step.skill:
        found["skill"] = step.skill_id
    begun = step.answered_at or step.sent_at
    found |= {"step": step.pk, "started": timezone.localdate(begun).isoformat()}
    return found | ({"minutes": step.minutes_done} if step.minutes_done else {})


def of_course(course: Course) -> dict[str, Any]:
    """The course as training that ended today: each skill that it teaches, at the level that it teaches and no higher."""
    today = timezone.localdate().isoformat()
    taught = list(CourseOutcome.objects.filter(course=course).select_related("skill"))
    activity = Activity.WORKSHOP if course.kind == CourseKind.WORKSHOP else Activity.COURSE
    found = {"title": course.title, "organisation": course.provider.title, "activity": activity, "is_structured": True}
    found |= {"started": today, "ended": today, "outcome": outcome(taught)}
    found |= {"url": course.url} if len(course.url) <= MOST_URL else {}
    found |= {"minutes": int(course.hours * 60)} if course.hours else {}
    return found | {"shows": [{"skill": each.skill_id, "level": each.level} for each in taught]}


def outcome(taught: list[CourseOutcome]) -> str:
    """What the course teaches, in words: "Budgeting (with guidance), scheduling (on my own)"."""
    return ", ".join(f"{each.skill.name} ({Level(each.level).label.lower()})" for each in taught)
