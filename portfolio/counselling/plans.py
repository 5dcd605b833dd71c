"""A plan between a student and a counsellor: written by one, agreed to by the other, worked on by both. Each verb is one
transaction.

What was agreed is never edited. A counsellor who wants other goals or actions writes the plan anew beside the one that
stands, and offers it; the old text stands until the student says yes, and then makes room, its progress carried over.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from home.models import User

from ..models import ActionPlan, Connection, PlanAction, PlanGoal
from ..scales import ActionState, News, PlanState, Scope, Side
from .between import NotPossible, held, hold, tell, with_both
from .history import move, note, tell_other
from .outlines import Outline
from .readings import UNANSWERED, outline_of, shown_to, standing, with_text

MOST_GOALS = 8
MOST_ACTIONS = 12


class Changed(Exception):
    """The plan says something else than what was open on the page."""

    def __init__(self, now: Outline):
        self.now = now
        super().__init__(gettext("The plan was changed meanwhile."))


# The counsellor writes and offers


@transaction.atomic
def write(*, connection: int, text: Outline, seen: str) -> ActionPlan:
    """The plan as it is being written, which only the counsellor sees until it is offered; offered before, it is taken back.

    `seen` is the mark of what was written when the page was opened. Raises Closed, and Changed if it is not what stands now.
    """
    found = held(connection, Scope.PLAN)
    plan = standing(found, *UNANSWERED)
    now = outline_of(plan or standing(found, PlanState.LIVE))
    if plan and now == text:
        return plan
    if now.mark != seen:
        raise Changed(now)
    plan = plan or ActionPlan(connection=found)
    if plan.state == PlanState.OFFERED:
        note(plan, Side.COUNSELLOR, gettext_noop("took it back to change it"))
    plan.title, plan.review_on, plan.state = text.title, text.review_on, PlanState.DRAFT
    plan.version += bool(plan.pk)
    plan.save()
    put(plan, text)
    return plan


def put(plan: ActionPlan, text: Outline) -> None:
    """Make the goals and actions of the plan what the text says."""
    plan.goals.all().delete()
    for place, aim in enumerate(text.aims):
        goal = PlanGoal.objects.create(plan=plan, text=aim.text, skill_id=aim.skill, place=place)
        PlanAction.objects.bulk_create(
            PlanAction(goal=goal, text=task.text, whose=task.whose, due_on=task.due_on, place=number)
            for number, task in enumerate(aim.tasks)
        )


@transaction.atomic
def offer(*, connection: int, seen: str) -> ActionPlan:
    """The plan, which waits for the student's answer from now on. Raises Closed, and NotPossible if there is nothing to offer."""
    found = held(connection, Scope.PLAN)
    plan = standing(found, *UNANSWERED)
    if plan and plan.state == PlanState.OFFERED:
        return plan
    text = outline_of(plan)
    if not plan or text.mark != seen:
        raise NotPossible(gettext("The plan was changed meanwhile. Read it again before you offer it."))
    if not text.aims:
        raise NotPossible(gettext("Write at least one goal before you offer the plan."))
    move(plan, PlanState.OFFERED, Side.COUNSELLOR, gettext_noop("offered it"), offered_at=timezone.now(), answer="")
    tell(found, Side.STUDENT, News.PLAN)
    return plan


@transaction.atomic
def take_back(*, connection: int) -> ActionPlan:
    """The plan that waited for an answer, being written again. Raises Closed and NotPossible."""
    plan = standing(held(connection, Scope.PLAN), PlanState.OFFERED)
    if not plan:
        raise NotPossible(gettext("This plan waits for no answer any more."))
    move(plan, PlanState.DRAFT, Side.COUNSELLOR, gettext_noop("took it back to change it"))
    return plan


@transaction.atomic
def discard(*, connection: int) -> None:
    """Drop what is being written: for good if the student never saw it. Raises Closed and NotPossible."""
    plan = standing(held(connection, Scope.PLAN), PlanState.DRAFT)
    if not plan:
        raise NotPossible(gettext("There is no draft to drop."))
    if plan.offered_at:
        move(plan, PlanState.CLOSED, Side.COUNSELLOR, gettext_noop("dropped it"), closed_at=timezone.now())
    else:
        plan.delete()


# The student answers


@transaction.atomic
def agree(*, student: User, plan: int, seen: str) -> ActionPlan:
    """The plan, live from now on; the one before it is closed, and what was done of it counts on. Raises NotPossible."""
    found = answerable(student, plan, seen)
    if found.state == PlanState.LIVE:
        return found
    before = standing(found.connection, PlanState.LIVE)
    if before:
        carry(before, found)
        move(before, PlanState.CLOSED, Side.STUDENT, gettext_noop("agreed to a new text"), closed_at=timezone.now())
    answer(found, PlanState.LIVE, gettext_noop("agreed"))
    return found


@transaction.atomic
def refuse(*, student: User, plan: int, seen: str, words: str = "") -> ActionPlan:
    """The plan, not agreed to. Raises NotPossible."""
    found = answerable(student, plan, seen)
    if found.state != PlanState.LIVE:
        answer(found, PlanState.REFUSED, gettext_noop("did not agree"), words)
    return found


@transaction.atomic
def ask_for_changes(*, student: User, plan: int, seen: str, words: str) -> ActionPlan:
    """The plan, back with the counsellor, with what should be different. Raises NotPossible."""
    if not words:
        raise NotPossible(gettext("Say what should be different."))
    found = answerable(student, plan, seen)
    if found.state != PlanState.LIVE:
        answer(found, PlanState.DRAFT, gettext_noop("asked for changes"), words)
    return found


def answerable(student: User, plan: int, seen: str) -> ActionPlan:
    """The student's plan, held, as they read it. Raises NotPossible unless it waits for an answer or was just agreed to."""
    found = of_student(student, plan)
    held(found.connection_id, Scope.PLAN)
    found = of_student(student, plan)
    if found.state not in (PlanState.OFFERED, PlanState.LIVE):
        raise NotPossible(gettext("This plan waits for no answer any more."))
    if outline_of(found).mark != seen:
        raise NotPossible(gettext("The plan was changed since you opened it. Read it again before you answer."))
    return found


def of_student(student: User, plan: int) -> ActionPlan:
    plans = with_text(shown_to(student)).select_related("connection__student__profile")
    found = plans.filter(pk=plan).first()
    if not found:
        raise NotPossible(gettext("This plan is not there any more."))
    return found


def answer(plan: ActionPlan, state: PlanState, what: str, words: str = "") -> None:
    what = f"{what}: {words}" if words else what
    move(plan, state, Side.STUDENT, what, answered_at=timezone.now(), answer=words)
    tell(plan.connection, Side.COUNSELLOR, News.PLAN)


def carry(before: ActionPlan, after: ActionPlan) -> None:
    """Where the actions of the old text stand, for those that the new one has as well."""
    stood = {(goal.text, each.text, each.whose): each for goal in before.goals.all() for each in goal.actions.all()}
    for goal in after.goals.all():
        for each in goal.actions.all():
            old = stood.get((goal.text, each.text, each.whose))
            if old and old.state != ActionState.OPEN:
                each.state, each.done_at = old.state, old.done_at
                each.save(update_fields=["state", "done_at"])


# Both work on it


@transaction.atomic
def set_state(*, plan: ActionPlan, side: Side, action: int, state: ActionState) -> PlanAction:
    """The action, where its owner says it stands; the other side's actions are theirs to move. Raises Closed, NotPossible."""
    connection = worked_on(plan, side)
    found = PlanAction.objects.filter(pk=action, goal__plan=plan.pk, goal__plan__state=PlanState.LIVE).first()
    if not found:
        raise NotPossible(gettext("This action is not part of an agreed plan any more."))
    if found.whose != side:
        raise NotPossible(gettext("Only whoever does this can say where it stands."))
    if found.state == state:
        return found
    found.state, found.done_at = state, timezone.now() if state == ActionState.DONE else None
    found.save(update_fields=["state", "done_at"])
    note(plan, side, f"{ActionState(state).label}: {found.text}", connection)
    tell_other(connection, side)
    return found


@transaction.atomic
def add_action(*, student: User, plan: int, goal: int, text: str, due_on: date | None = None) -> PlanAction:
    """Something more that the student takes on, live at once: it binds nobody but them. Sent twice, it is there once.

    A new text that is being written or waits for an answer gets it too, so that it is not lost when that is agreed to.
    """
    found = of_student(student, plan)
    hold(found.connection_id)
    found = of_student(student, plan)
    aim = found.goals.filter(pk=goal).first()
    if found.state != PlanState.LIVE or not aim:
        raise NotPossible(gettext("Only an agreed plan takes a new action."))
    said = {"text": text, "whose": Side.STUDENT, "due_on": due_on}
    again = aim.actions.filter(**said).first()
    if again:
        return again
    if aim.actions.count() >= MOST_ACTIONS:
        raise NotPossible(gettext("A goal holds at most {most_actions} actions.").format(most_actions=MOST_ACTIONS))
    made = PlanAction.objects.create(goal=aim, place=MOST_ACTIONS, **said)
    next_ = found.connection.plans.filter(state__in=UNANSWERED, goals__text=aim.text).first()
    if next_:
        PlanAction.objects.create(goal=next_.goals.filter(text=aim.text).first(), place=MOST_ACTIONS, **said)
    note(found, Side.STUDENT, f"added: {text}")
    tell_other(found.connection, Side.STUDENT)
    return made


@transaction.atomic
def close(*, plan: ActionPlan, side: Side) -> None:
    """End the agreed plan; it can be read on. Raises Closed and NotPossible."""
    connection = worked_on(plan, side)
    found = connection.plans.filter(pk=plan.pk, state=PlanState.LIVE).first()
    if not found:
        raise NotPossible(gettext("This plan is not under way any more."))
    move(found, PlanState.CLOSED, side, gettext_noop("closed it"), closed_at=timezone.now())
    tell_other(connection, side)


def worked_on(plan: ActionPlan, side: Side) -> Connection:
    """The connection of the plan, held. The counsellor needs it open; the student's own work goes on without."""
    if side == Side.COUNSELLOR:
        return held(plan.connection_id, Scope.PLAN)
    hold(plan.connection_id)
    return with_both(Connection.objects.filter(pk=plan.connection_id)).get()
