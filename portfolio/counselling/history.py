"""Where a plan goes, the line that it leaves in the history both sides read, and who is told of it."""

from ..models import ActionPlan, Connection, PlanEvent
from ..scales import News, PlanState, Side
from .between import called, tell


def tell_other(connection: Connection, side: Side) -> None:
    """Have the other side told; a counsellor only while they see the plan."""
    if side == Side.COUNSELLOR:
        tell(connection, Side.STUDENT, News.PLAN)
    elif Connection.objects.open().filter(pk=connection.pk, shares_plan=True).exists():
        tell(connection, Side.COUNSELLOR, News.PLAN)


def move(plan: ActionPlan, state: PlanState, side: Side, what: str, **more) -> None:
    """Take the plan to the state, with a line in its history."""
    for name, value in {"state": state, "version": plan.version + 1, **more}.items():
        setattr(plan, name, value)
    plan.save(update_fields=["state", "version", *more])
    note(plan, side, what)


def note(plan: ActionPlan, side: Side, what: str, connection: Connection | None = None) -> PlanEvent:
    return PlanEvent.objects.create(plan=plan, side=side, who=called(connection or plan.connection, side), what=what[:400])
