"""What each state of a connection does to every page of a student at the desk, on the very next request.

tests/connection_states.csv is the table: for each state whether the desk opens at all, and of which scopes something may be
told. The pages are those of the URL configuration, so that a new one is asked as well.
"""

import csv
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from portfolio.counselling import connecting, handing
from portfolio.leaving import erasing
from portfolio.models import ActionPlan, Connection, Entry, Goal, PlanGoal, Profile
from portfolio.scales import Scope, Side
from tests import make
from tests.test_access import ROUTES as EVERY_ROUTE

pytestmark = pytest.mark.django_db
PATH = Path(__file__).parents[1] / "connection_states.csv"
TABLE = {row["state"]: row for row in csv.DictReader(PATH.open(encoding="utf-8"))}
OF_A_STUDENT = "counselling/<key:pk>/"
ROUTES = [route for route in EVERY_ROUTE if route.startswith(OF_A_STUDENT)]
# What is written into each part of the student's record, and stands nowhere else.
MARKERS = {scope: f"Osterly-{scope}-9151".encode() for scope in Scope}
UNKNOWN = 99_999_999


@pytest.fixture
def met():
    """A connection with everything shared, and something in every part of it."""
    student = make.member()
    marks = {scope: mark.decode() for scope, mark in MARKERS.items()}
    profile = {"headline": marks["profile"], "about": marks["profile"], "display_name": "Somebody", "visibility": 2}
    Profile.objects.create(owner=student, **profile)
    made = make.connection(student, make.counsellor(), student_name="Somebody")
    make.entry(student, title=marks["entries"], description=marks["entries"], visibility=2, skills=[make.skill()])
    Goal.objects.create(owner=student, title=marks["gap"], career=make.career(marks["gap"], skills=[make.skill()]))
    make.step(made, title=marks["plan"], note=marks["plan"])
    plan = ActionPlan.objects.create(connection=made, title=marks["plan"], state="live")
    PlanGoal.objects.create(plan=plan, text=marks["plan"])
    return made


def now_is(state, met):
    """Put the connection, one of the two, or what is shared into the state."""
    rows, entries = Connection.objects.filter(pk=met.pk), Entry.objects.filter(owner=met.student)
    now = timezone.now()
    match state.split():
        case ["waiting"]:
            rows.update(granted_at=None, ends_at=None, agreed_at=None)
        case ["agreed"]:
            rows.update(granted_at=None, ends_at=None, agreed_at=now)
        case ["without", scope]:
            rows.update(**{f"shares_{scope}": False})
        case ["expired"]:
            rows.update(ends_at=now - timedelta(seconds=1))
        case ["ended", _, side]:
            connecting.end(connection=met.pk, side=Side(side))
        case ["counsellor", "left"]:
            connecting.leave(counsellor=met.counsellor_id)
        case ["counsellor", "out", *_]:
            met.counsellor.groups.clear()
        case [who, "inactive"]:
            person = getattr(met, who)
            person.is_active = False
            person.save()
        case ["student", "closed"]:
            erasing.close(owner=met.student)
        case ["student", "erased"]:
            erasing.erase(erasure=erasing.close(owner=met.student).pk)
        case ["handed", "over"]:
            given = connecting.Grant("Somebody", frozenset(Scope), now + timedelta(days=9))
            handing.agree(student=met.student, handover=offered(met).pk, given=given)
        case ["handover", "waiting"]:
            offered(met)
        case ["portfolio", "suspended"]:
            Profile.objects.filter(owner=met.student).update(suspended_at=now)
        case ["entry", "suspended"]:
            entries.update(suspended_at=now)
        case ["entry", "private"]:
            entries.update(visibility=1)
        case ["entry", "in", *_]:
            entries.bin()
        case ["under", _]:
            met.student.age_band = "13-17"
            met.student.save()


def offered(met):
    return handing.offer(counsellor=met.counsellor, connection=met.pk, to=make.counsellor("Kit Elm").counsellor)


def address(route, key):
    """The address of the page about the student with the key; whatever else it names is a thing that is not there."""
    return "/" + re.sub(r"<\w+:\w+>", "1", route.replace("<key:pk>", str(key)))


def answers(counsellor, key, method="get"):
    """What the counsellor gets at each page of the student with the key."""
    client = Client()
    client.force_login(type(counsellor).objects.get(pk=counsellor.pk))
    return {route: getattr(client, method)(address(route, key)) for route in ROUTES}


def told(found):
    """The scopes of which something is told."""
    return {scope for scope, mark in MARKERS.items() if any(mark in answer.content for answer in found.values())}


@pytest.mark.parametrize("state", TABLE)
def test_a_state_takes_effect_with_the_next_request(met, state):
    before = answers(met.counsellor, met.pk)
    now_is(state, met)
    after = answers(met.counsellor, met.pk)

    row = TABLE[state]
    assert {answer.status_code for answer in before.values()} <= {200, 302, 404, 405}
    assert 200 in {answer.status_code for answer in before.values()}
    assert told(after) <= {Scope(scope) for scope in row["told"].split()}
    if row["desk"] == "closed":
        assert 200 not in {answer.status_code for answer in after.values()}
        assert contents(after) == contents(answers(met.counsellor, UNKNOWN))


def contents(found):
    """The answers as they are compared; where somebody who may not come in is sent to holds the address that was asked."""
    return {route: (answer.status_code, answer.content) for route, answer in found.items()}


@pytest.mark.parametrize("state", [state for state, row in TABLE.items() if row["desk"] == "closed"])
def test_nothing_can_be_sent_either(met, state):
    now_is(state, met)

    assert contents(answers(met.counsellor, met.pk, "post")) == contents(answers(met.counsellor, UNKNOWN, "post"))


def test_another_counsellor_gets_what_an_unknown_key_gets(met):
    other = make.counsellor("Sam Oakes")

    found, unknown = answers(other, met.pk), answers(other, UNKNOWN)

    assert contents(found) == contents(unknown)
    assert told(found) == set()


def test_there_is_something_to_ask():
    assert {f"{OF_A_STUDENT}end/", f"{OF_A_STUDENT}handover/"} <= set(ROUTES)


def test_what_is_over_is_in_no_list_of_the_counsellors(met):
    client = Client()
    client.force_login(met.counsellor)
    pages = ["", "cohorts/", "invitations/", "requests/"]
    connecting.end(connection=met.pk, side=Side.STUDENT)

    found = [client.get(f"/counselling/{page}").content for page in pages]

    assert [b"Somebody" in page for page in found] == [False] * 4
    assert list(Connection.objects.visible_to(met.counsellor)) == []
