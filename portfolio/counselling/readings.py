"""Plans and meetings as they are read: what a plan says, which stands at this moment, and what a student gets to see."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from home.models import User

from ..models import ActionPlan, Connection, Meeting, PlanAction
from ..scales import ActionState, Attendance, PlanState
from .outlines import Aim, Outline, Task

UNANSWERED = (PlanState.DRAFT, PlanState.OFFERED)
ACTIONS_OPEN = (ActionState.OPEN, ActionState.DOING)


def with_text(plans: QuerySet[ActionPlan]) -> QuerySet[ActionPlan]:
    """Plans with their goals and actions: three statements."""
    return plans.prefetch_related("goals__skill", "goals__actions")


def outline_of(plan: ActionPlan | None) -> Outline:
    """What the plan says; an empty outline if there is none."""
    if not plan:
        return Outline("")
    aims = (Aim(goal.text, goal.skill_id, tuple(task_of(each) for each in goal.actions.all())) for goal in plan.goals.all())
    return Outline(plan.title, plan.review_on, tuple(aims))


def task_of(action: PlanAction) -> Task:
    return Task(action.text, action.whose, action.due_on)


def standing(connection: Connection, *states: PlanState) -> ActionPlan | None:
    """The plan of the connection that is in one of these states, with its text; the latest, if there are several."""
    return with_text(connection.plans.filter(state__in=states)).first()


def shown_to(student: User) -> QuerySet[ActionPlan]:
    """The plans of the student's that were offered once: what was never offered is still being thought about."""
    found = ActionPlan.objects.visible_to(student).filter(connection__student=student)
    return found.exclude(state=PlanState.DRAFT, offered_at=None)


def under_way(student: User) -> list[ActionPlan]:
    """The student's plans that are agreed or wait for an answer, each with `left`, the actions to do: one statement."""
    found = shown_to(student).filter(state__in=[PlanState.OFFERED, PlanState.LIVE])
    undone = Count("goals__actions", filter=Q(goals__actions__state__in=ACTIONS_OPEN))
    return list(found.select_related("connection").annotate(left=undone).order_by("-state", "-made_at"))


def told(student: User) -> QuerySet[Meeting]:
    """The student's meetings as the student reads them: without working notes, which are not even read."""
    found = Meeting.objects.visible_to(student).filter(connection__student=student)
    return found.defer("note").select_related("connection")


def split(meetings: list[Meeting], now: datetime) -> tuple[list[Meeting], list[Meeting]]:
    """Meetings that are to come, the next first, and the others, the latest first."""
    coming = [each for each in meetings if each.attendance == Attendance.PLANNED and each.starts_at > now]
    kept = {each.pk for each in coming}
    return sorted(coming, key=lambda each: each.starts_at), [each for each in meetings if each.pk not in kept]
