"""A fictional counsellor with some of the sample people as students, so that the desk can be seen full."""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from careers.models import CareerPage, Skill
from home.models import User

from .counselling.querysets import COUNSELLORS
from .models import Cohort, Connection, Counsellor, Entry, PlanAction, PlanStep
from .samples import dated, noon
from .scales import Consent, PlanState, Scope, StepState
from .sharing import note_consent

FILE = Path(__file__).parent / "data" / "counselling.toml"


def load(today: date) -> User | None:
    """The sample counsellor with their students, made now with the days set around today; None if they are there already.

    Of the sample people only those take part who are there.
    """
    told = dated(tomllib.loads(FILE.read_text(encoding="utf-8")), today)
    is_there = User.objects.filter(email=told["counsellor"]["email"]).exists()
    return None if is_there else make(told)


def waiting() -> User | None:
    """The sample counsellor, as long as they have no password."""
    email = tomllib.loads(FILE.read_text(encoding="utf-8"))["counsellor"]["email"]
    found = User.objects.filter(email=email, is_active=True).first()
    return found if found and not found.has_usable_password() else None


@transaction.atomic
def make(told: Mapping[str, Any]) -> User:
    user = add_counsellor(told["counsellor"])
    cohort = Cohort.objects.create(counsellor=user, **told["cohort"])
    there = {owner.email: owner for owner in User.objects.filter(email__in=[row["email"] for row in told["students"]])}
    for row in told["students"]:
        if row["email"] in there:
            add_student(user, there[row["email"]], cohort, row)
    return user


def add_counsellor(row: Mapping[str, Any]) -> User:
    user = User.objects.create_user(row["email"], first_name=row["first_name"], last_name=row["last_name"], age_band="18+")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    user.groups.add(Group.objects.get(name=COUNSELLORS))
    introduction = {name: row[name] for name in ("name", "organisation", "about", "takes_requests")}
    Counsellor.objects.create(user=user, **introduction)
    return user


def add_student(counsellor: User, owner: User, cohort: Cohort, row: Mapping[str, Any]) -> Connection:
    """The student's grant with what came of it; asked for and given on the same day."""
    since, introduction = noon(row["since"]), counsellor.counsellor
    connection = Connection.objects.create(
        student=owner,
        counsellor=counsellor,
        counsellor_name=introduction.name,
        organisation=introduction.organisation,
        student_name=row["name"],
        cohort=cohort if row.get("in_cohort") else None,
        origin="code" if row.get("in_cohort") else "invited",
        granted_at=since,
        ends_at=noon(row["until"]),
        **{f"shares_{scope}": scope in row["shares"] for scope in Scope},
    )
    Connection.objects.filter(pk=connection.pk).update(asked_at=since)
    note_consent(owner=owner, about=Consent.GRANT, value=f"{introduction.name[:40]}: {', '.join(row['shares'])}")
    if "quiet_since" in row:
        Entry.objects.filter(owner=owner).update(updated_at=noon(row["quiet_since"]))
    for step in row.get("steps", []):
        add_step(connection, **step)
    for meeting in row.get("meetings", []):
        add_meeting(connection, **meeting)
    if "plan" in row:
        add_plan(connection, row["plan"])
    return connection


def add_step(connection: Connection, *, sent: str, skill: str, career: str = "", due: str | None = None, **step: Any) -> None:
    at, state = noon(sent), StepState(step.pop("state", StepState.SENT))
    is_answered, minutes = state != StepState.SENT, step.pop("minutes", None)
    made = PlanStep.objects.create(
        student_id=connection.student_id,
        connection=connection,
        by=connection.counsellor_name,
        skill=Skill.objects.filter(slug=skill).first(),
        career=CareerPage.objects.filter(slug=career).first(),
        state=state,
        due_on=due,
        minutes_done=minutes,
        opened_at=at + timedelta(days=1) if is_answered else None,
        answered_at=at + timedelta(days=1) if is_answered else None,
        finished_at=at + timedelta(days=9) if state == StepState.DONE else None,
        **step,
    )
    PlanStep.objects.filter(pk=made.pk).update(sent_at=at)


def add_meeting(connection: Connection, *, at: str, **meeting: Any) -> None:
    connection.meetings.create(starts_at=noon(at), **meeting)


def add_plan(connection: Connection, row: Mapping[str, Any]) -> None:
    """A plan that the student said yes to."""
    now = timezone.now()
    plan = connection.plans.create(
        title=row["title"], review_on=row["review_on"], state=PlanState.LIVE, offered_at=now, answered_at=now
    )
    for place, goal in enumerate(row["goals"]):
        skill = Skill.objects.filter(slug=goal["skill"]).first()
        made = plan.goals.create(text=goal["text"], skill=skill, place=place)
        for at, action in enumerate(goal["actions"]):
            PlanAction.objects.create(goal=made, text=action["text"], whose=action["whose"], due_on=action["due"], place=at)
    plan.events.create(side="counsellor", who=connection.counsellor_name, what="Suggested the plan")
    plan.events.create(side="student", who=connection.student_name, what="Said yes to the plan")
