"""Recommended steps as both sides answer them: accepted, put off, declined, under way, finished, taken back.

Each verb is one transaction and may be said twice. A student's answer goes by the version of the page that it was given on:
Changed is raised if the step is not as it was, NotPossible with a sentence if it cannot be answered so.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from courses.models import Course
from home.models import User

from ..models import Connection, Entry, Notice, PlanStep
from ..scales import STEPS_OPEN, News, State, StepState
from .news import tell

MOST_OWN = 200
# From which states a student's answer leads to which.
FROM = {
    StepState.ACCEPTED: (StepState.SENT, StepState.DEFERRED, StepState.DECLINED),
    StepState.UNDER_WAY: (StepState.ACCEPTED, StepState.UNDER_WAY),
    StepState.DEFERRED: STEPS_OPEN,
    StepState.DECLINED: STEPS_OPEN,
}
# What a finished entry finishes: also what was declined and then done after all.
FINISHABLE = (*STEPS_OPEN, StepState.DECLINED)


class NotPossible(ValueError):
    """Something that cannot be done with a step; its text is a sentence for whoever tried."""


class Changed(Exception):
    """The step is not as it was when its page was opened."""


# The student


@transaction.atomic
def open_step(*, student: User, step: int) -> bool:
    """Write down that the student opened what was sent to them; whether this was the first time."""
    unread = PlanStep.objects.filter(student=student, pk=step, state=StepState.SENT, opened_at=None)
    return bool(unread.update(opened_at=timezone.now()))


def accept(*, student: User, step: int, version: int) -> PlanStep:
    """The step, on the student's plan from now on."""
    return answer(student, step, version, state=StepState.ACCEPTED, reason="", deferred_until=None)


def defer(*, student: User, step: int, version: int, until: date, reason: str = "") -> PlanStep:
    """The step, put off until the day."""
    return answer(student, step, version, state=StepState.DEFERRED, reason=reason, deferred_until=until)


def decline(*, student: User, step: int, version: int, reason: str = "") -> PlanStep:
    """The step, declined; it can still be accepted later."""
    return answer(student, step, version, state=StepState.DECLINED, reason=reason, deferred_until=None)


def progress(*, student: User, step: int, version: int, minutes: int) -> PlanStep:
    """The step, under way with so many minutes done. Both sides read it; no mail is sent about it."""
    return answer(student, step, version, state=StepState.UNDER_WAY, minutes_done=minutes)


@transaction.atomic
def answer(student: User, step: int, version: int, **said: Any) -> PlanStep:
    found = PlanStep.objects.select_for_update(of=("self",)).filter(student=student, pk=step).first()
    if found and all(getattr(found, name) == value for name, value in said.items()):
        return found
    if not found or found.version != version:
        raise Changed
    if found.state not in FROM[said["state"]]:
        raise NotPossible(gettext("This cannot be said of a step that is finished or not on your plan."))
    now = timezone.now()
    write(found, now, answered_at=now, **said)
    if said["state"] != StepState.UNDER_WAY:
        tell_counsellor(found, News.ANSWER)
    return found


def write(step: PlanStep, now: datetime, **said: Any) -> None:
    """Take the step, which the caller holds, to its next version; whoever answers has opened it."""
    said |= {"opened_at": step.opened_at or now, "version": step.version + 1}
    for name, value in said.items():
        setattr(step, name, value)
    step.save(update_fields=list(said))


def tell_counsellor(step: PlanStep, what: News) -> None:
    """Have the counsellor told, if there is one who may still see the plan."""
    shown = Connection.objects.open().filter(pk=step.connection_id, shares_plan=True).select_related("counsellor").first()
    if shown:
        tell(owner=shown.counsellor, what=what, connection=shown)


@transaction.atomic
def add_own(*, student: User, course: Course) -> tuple[PlanStep, bool]:
    """The course on the student's own plan, seen by nobody else, and whether it was not there before."""
    User.objects.select_for_update(no_key=True).get(pk=student.pk)
    mine = PlanStep.objects.filter(student=student).exclude(state__in=(StepState.WITHDRAWN, StepState.DECLINED))
    if there := mine.filter(course=course).first():
        return there, False
    if mine.filter(state__in=STEPS_OPEN).count() >= MOST_OWN:
        raise NotPossible(
            gettext("There are {most_own} steps on your plan. Finish one, or take one off, before you add the next.").format(
                most_own=MOST_OWN
            )
        )
    now = timezone.now()
    made = {"title": course.title, "state": StepState.ACCEPTED, "opened_at": now, "answered_at": now}
    return PlanStep.objects.create(student=student, course=course, **made), True


# Finishing


@transaction.atomic
def log(*, entry: Entry, step: int | None = None) -> None:
    """Bind the entry to its owner's step, if one is given, and finish what is bound to it once it is completed.

    Said within the transaction that saves the entry. A step that is not the owner's, or was taken back, binds nothing. Raises
    NotPossible if another entry stands for the step already.
    """
    mine = PlanStep.objects.select_for_update(of=("self",)).filter(student=entry.owner_id)
    found = mine.filter(pk=step).exclude(state=StepState.WITHDRAWN).select_related("entry").first() if step else None
    if found:
        bind(found, entry)
    if entry.state == State.COMPLETED:
        for each in mine.filter(entry=entry.pk, state__in=FINISHABLE):
            finish(each, entry)


def bind(step: PlanStep, entry: Entry) -> None:
    if step.entry_id == entry.pk:
        return
    if step.entry and not step.entry.deleted_at:
        raise NotPossible(
            gettext(
                "You have logged this step already, as “{title}”. Save once more to keep this as an entry of its own."
            ).format(title=step.entry.title)
        )
    write(step, timezone.now(), entry_id=entry.pk)


def finish(step: PlanStep, entry: Entry) -> None:
    now = timezone.now()
    write(step, now, state=StepState.DONE, finished_at=now, minutes_done=entry.minutes or step.minutes_done)
    tell_counsellor(step, News.FINISHED)


# The counsellor


@transaction.atomic
def take_back(*, counsellor: User, batch: UUID | None = None, step: int | None = None) -> list[PlanStep]:
    """The steps of a batch, or the one of the key, which nobody has answered yet: taken back, and returned."""
    which = {"batch": batch} if batch else {"pk": step}
    theirs = Connection.objects.of_counsellor(counsellor).values("pk")
    waiting = PlanStep.objects.filter(**which, connection__in=theirs, state=StepState.SENT)
    found = list(waiting.select_for_update(of=("self",)).order_by("pk"))
    for each in found:
        each.state, each.version = StepState.WITHDRAWN, each.version + 1
    PlanStep.objects.bulk_update(found, ["state", "version"])
    forget_news({each.connection_id for each in found})
    return found


def forget_news(connections: set[int | None]) -> None:
    """Take out news that was not mailed yet, where nothing that it could speak of is left."""
    left = PlanStep.objects.filter(connection__in=connections, state=StepState.SENT).values("connection")
    unsent = Notice.objects.filter(connection__in=connections, what=News.STEP, sent_at=None)
    unsent.exclude(connection__in=left).delete()


@transaction.atomic
def certificate_seen(*, counsellor: User, step: int) -> PlanStep:
    """The finished step, of which the counsellor has seen the certificate. Raises NotPossible."""
    shown = PlanStep.objects.visible_to(counsellor).filter(connection__counsellor=counsellor, state=StepState.DONE)
    found = PlanStep.objects.select_for_update(of=("self",)).filter(pk__in=shown.values("pk")).filter(pk=step).first()
    if not found:
        raise NotPossible(gettext("This step is not finished, or not open to you any more."))
    if not found.certificate_seen_at:
        found.certificate_seen_at = timezone.now()
        found.save(update_fields=["certificate_seen_at"])
    return found
