"""The verbs of aiming: choose a role, let it go, put it first. Each is one transaction and may be said twice."""

from django.db import transaction

from careers.models import CareerPage
from home.models import User

from .models import Goal


@transaction.atomic
def choose_role(*, owner: User, career: CareerPage) -> Goal:
    """The career as the first of the owner's target roles."""
    goals = locked(owner)
    goal = next((goal for goal in goals if goal.career_id == career.pk), None)
    if not goal:
        goal = Goal.objects.create(owner=owner, career=career, title=career.title)
        goals.append(goal)
    arrange([goal, *(each for each in goals if each != goal)])
    return goal


@transaction.atomic
def drop_role(*, owner: User, goal: Goal) -> None:
    """Take the role out of the owner's target roles; what is in the log stays."""
    goals = locked(owner)
    Goal.objects.filter(pk=goal.pk, owner=owner).delete()
    arrange([each for each in goals if each.pk != goal.pk])


@transaction.atomic
def put_first(*, owner: User, goal: Goal) -> None:
    """Show the role before the owner's other target roles."""
    goals = locked(owner)
    arrange(sorted(goals, key=lambda each: each.pk != goal.pk))


def locked(owner: User) -> list[Goal]:
    """The owner's goals in their order, with nobody else changing them meanwhile."""
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    return list(Goal.objects.visible_to(owner))


def arrange(goals: list[Goal]) -> None:
    moved = [goal for place, goal in enumerate(goals) if goal.place != place]
    for goal in moved:
        goal.place = goals.index(goal)
    Goal.objects.bulk_update(moved, ["place"])
