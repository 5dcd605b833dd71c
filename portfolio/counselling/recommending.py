"""Recommending a course or a step, to one student or to several at once: one transaction, each by their own connection."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from careers.models import Skill
from courses.models import Course
from home.models import User

from ..models import Connection, PlanStep
from ..scales import News, StepState
from .news import tell
from .steps import NotPossible

MOST = 200
OVER = (StepState.WITHDRAWN, StepState.DECLINED, StepState.DONE)


@dataclass(frozen=True, slots=True)
class Advice:
    """What is recommended: a course, or a step in the words of `title`; `career` is the role that it is for, by its key."""

    course: Course | None = None
    title: str = ""
    skill: Skill | None = None
    career: int | None = None
    note: str = ""
    due_on: date | None = None

    @property
    def name(self) -> str:
        return self.course.title if self.course else self.title


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of it: the steps sent, whom it was not sent to and why, and how many are not open at all."""

    steps: list[PlanStep]
    skipped: list[tuple[str, str]]
    closed: int


def recommend(*, counsellor: User, connection: int, batch: UUID, advice: Advice) -> PlanStep:
    """The step, sent; the same batch twice is one. Raises NotPossible."""
    sent = recommend_many(counsellor=counsellor, connections=[connection], batch=batch, advice=advice)
    if sent.steps:
        return sent.steps[0]
    raise NotPossible(sent.skipped[0][1] if sent.skipped else gettext("This student is not open to you any more."))


@transaction.atomic
def recommend_many(
    *, counsellor: User, connections: Iterable[int], batch: UUID, advice: Advice, covered: Iterable[int] = ()
) -> Sent:
    """The same step sent to each student of an open connection with what is missing or the plan shared: `batch` names it.

    `covered` are the connections that it is not for. What was sent by this batch before is not sent again.
    """
    keys = list(dict.fromkeys(connections))[:MOST]
    # Held, so that a student who ends the connection, and a second click, come before or after.
    theirs = Connection.objects.of_counsellor(counsellor).filter(pk__in=keys)
    held = list(theirs.select_for_update(of=("self",)).select_related("student").order_by("pk"))
    before = {step.connection_id: step for step in PlanStep.objects.filter(batch=batch, connection__in=held)}
    has, is_covered = having(held, advice), set(covered)
    reasons = {each.pk: obstacle(each, advice, has, is_covered) for each in held if each.pk not in before}
    made = [step(each, batch, advice) for each in held if reasons.get(each.pk) == ""]
    PlanStep.objects.bulk_create(made)
    for each in made:
        tell(owner=each.student, what=News.STEP, connection=each.connection)
    skipped = [(each.student_name, reasons[each.pk]) for each in held if reasons.get(each.pk)]
    return Sent([*before.values(), *made], skipped, len(keys) - len(held))


def having(held: list[Connection], advice: Advice) -> set[int | None]:
    """The connections by which the course was recommended already; what the student made of it counts only where shared."""
    if not advice.course:
        return set()
    sent = PlanStep.objects.filter(connection__in=held, course=advice.course).exclude(state=StepState.WITHDRAWN)
    shows_plan = {each.pk for each in held if each.shares_plan}
    rows = sent.values_list("connection", "state")
    return {key for key, state in rows if key not in shows_plan or state not in OVER}


def obstacle(connection: Connection, advice: Advice, having: set[int | None], covered: set[int]) -> str:
    """Why it is not sent to this student, as a sentence; nothing if it is."""
    if not (connection.shares_gap or connection.shares_plan):
        return gettext("They share neither what is missing nor their plan.")
    if connection.pk in having:
        return gettext("You have recommended {name} to them already.").format(name=advice.name)
    return gettext("Nothing is missing there.") if connection.pk in covered else ""


def step(connection: Connection, batch: UUID, advice: Advice) -> PlanStep:
    return PlanStep(
        student=connection.student,
        connection=connection,
        by=connection.counsellor_name,
        batch=batch,
        course=advice.course,
        title=advice.name,
        skill=advice.skill,
        career_id=advice.career,
        note=advice.note,
        due_on=advice.due_on,
    )
