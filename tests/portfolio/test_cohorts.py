"""Cohorts, the code that leads to one, and who joined by it."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from portfolio.counselling import codes, cohorts, connecting
from portfolio.models import Cohort, Connection, Seat, Team
from portfolio.scales import Scope
from portfolio.views import joining
from tests import make
from tests.portfolio.test_granting import AGREED, given, said, sees
from tests.test_query_budgets import statements

pytestmark = pytest.mark.django_db
SAID = {"name": "Class of 2027", "purpose": "To plan your year.", "asks_plan": "on"}


@pytest.fixture
def robin(db):
    return make.counsellor()


@pytest.fixture
def desk(client, robin):
    client.force_login(robin)
    return client


def cohort(counsellor, name="Class of 2027", **fields):
    asked = {f"asks_{scope}": scope == Scope.PLAN for scope in Scope}
    return cohorts.make(counsellor=counsellor, name=name, purpose="To plan your year.", team=None, **{**asked, **fields})


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def test_a_code_leads_to_the_decision_and_the_student_into_the_cohort(desk, robin):
    made = desk.post("/counselling/cohorts/", SAID, follow=True)
    found = Cohort.objects.get()
    ann = make.member()
    student = as_(ann)

    short = student.get(f"/join/{found.code}/")
    page = student.get(f"/me/counsellors/code/?code={codes.shown(found.code).lower()}")
    answer = student.post("/me/counsellors/code/", {"code": found.code, **AGREED})

    assert codes.shown(found.code) in said(made)
    assert short.headers["Location"] == f"/me/counsellors/code/?code={found.code}"
    words = ["Robin Ash would like to be your counsellor", "Class of 2027", "To plan your year."]
    assert [each for each in words if each not in said(page)] == []
    assert re.findall(r'<input[^>]*name="(\w+)"[^>]*checked', said(page)) == ["until"]
    joined = Connection.objects.get()
    assert (answer.status_code, sees(robin), joined.cohort, joined.origin) == (302, [(ann.pk, "gap")], found, "code")
    assert student.get(f"/me/counsellors/code/?code={found.code}").status_code == 302


def test_signed_out_the_short_address_leads_by_way_of_signing_in(robin):
    made = cohort(robin)

    answer = Client().get(f"/join/{made.code}/", follow=True)

    assert answer.redirect_chain[-1][0] == f"/accounts/login/?next=/me/counsellors/code/%3Fcode%3D{made.code}"


ENDED = {
    "ended": lambda made: cohorts.end_code(cohort=made),
    "over": lambda made: Cohort.objects.update(code_ends_at=timezone.now()),
    "replaced": lambda made: cohorts.new_code(cohort=made),
    "closed": lambda made: cohorts.close(cohort=made),
    "of no counsellor": lambda made: made.counsellor.groups.clear(),
    "of somebody who left": lambda made: connecting.leave(counsellor=made.counsellor_id),
}


@pytest.mark.parametrize("case", ENDED)
def test_a_code_that_ended_is_told_like_one_that_never_was(robin, case):
    made = cohort(robin)
    ENDED[case](made)
    student = as_(make.member())

    dead = student.get("/me/counsellors/code/", {"code": made.code})
    never = student.get("/me/counsellors/code/", {"code": "ACDE3467"})
    late = student.post("/me/counsellors/code/", {"code": made.code, **AGREED})

    assert (dead.status_code, never.status_code, late.status_code) == (422, 422, 422)
    assert said(dead).replace(made.code, "ACDE3467") == said(never)
    assert Connection.objects.count() == 0
    with pytest.raises(connecting.NotPossible):
        cohorts.join(student=make.member(), cohort=made.pk, code=made.code, given=given())


@pytest.mark.parametrize("typed", ["", "ACDE", "\x00", "x" * 10_000, "0O1I2Z5S", "ＡＣＤＥ３４６７"])
def test_what_is_no_code_gets_a_sentence(typed):
    answer = as_(make.member()).get("/me/counsellors/code/", {"code": typed})

    assert answer.status_code == 422
    assert "One thing to fix" in said(answer)


def test_guessing_codes_is_slowed_down(robin, stopped):
    made, student = cohort(robin), as_(make.member())
    for _ in range(joining.CODES.most):
        student.get("/me/counsellors/code/", {"code": "ACDE3467"})

    assert student.get("/me/counsellors/code/", {"code": made.code}).status_code == 429


def test_a_wrong_decision_keeps_the_code(robin):
    made = cohort(robin)

    answer = as_(make.member()).post("/me/counsellors/code/", {"code": made.code, **AGREED, "name": ""})

    assert (answer.status_code, f'name="code" value="{made.code}"' in said(answer)) == (422, True)


def test_who_joined_before_stays_when_a_code_ends_or_a_cohort_closes(desk, robin):
    made = cohort(robin)
    make.connection(make.member(), robin, cohort=made, student_name="Ann")
    address = f"/counselling/cohorts/{made.pk}/"

    for do in ("end-code", "code", "close"):
        assert desk.post(address, {"do": do}).status_code == 302

    assert ("Ann" in said(desk.get(address)), len(sees(robin))) == (True, 1)
    assert "This cohort is closed" in said(desk.post(address, {"do": "code"}, follow=True))


def test_a_student_moves_between_cohorts_of_the_same_counsellor_alone(desk, robin):
    first, second, theirs = cohort(robin), cohort(robin, "Evening"), cohort(make.counsellor("Sam"))
    mine = make.connection(make.member(), robin, cohort=first, student_name="Ann")
    other = make.connection(make.member(), theirs.counsellor, cohort=theirs, student_name="Osterly")
    address = f"/counselling/cohorts/{first.pk}/"

    for connection, to in ((mine, theirs), (other, second), (mine, second)):
        answer = desk.post(address, {"do": "move", "connection": connection.pk, "to": to.pk}, follow=True)
        assert "Osterly" not in said(answer)

    places = dict(Connection.objects.values_list("pk", "cohort"))
    assert places == {mine.pk: second.pk, other.pk: theirs.pk}


@pytest.mark.parametrize("do", ["", "burn", "move"])
def test_nonsense_changes_nothing(desk, robin, do):
    made = cohort(robin)

    answer = desk.post(f"/counselling/cohorts/{made.pk}/", {"do": do, "connection": "9" * 17, "to": "x"}, follow=True)

    assert answer.status_code == 200
    assert Cohort.objects.get().version == 1


def test_one_name_is_one_cohort(desk, robin):
    answers = [desk.post("/counselling/cohorts/", each).status_code for each in (SAID, SAID, {**SAID, "purpose": "Else"})]

    assert (answers, Cohort.objects.count()) == ([302, 302, 422], 1)


def test_two_windows_do_not_overwrite_each_other(desk, robin):
    made = cohort(robin)
    address = f"/counselling/cohorts/{made.pk}/"
    seen = re.search(r'name="seen" value="(\w+)"', said(desk.get(address)))[1]
    first = desk.post(address, {**SAID, "name": "Morning", "asks_plan": "on", "seen": seen})

    second = desk.post(address, {**SAID, "name": "Evening", "asks_gap": "on", "seen": seen})

    assert (first.status_code, second.status_code, Cohort.objects.get().name) == (302, 409, "Morning")
    assert "This cohort was changed meanwhile" in said(second)


def test_a_team_is_offered_to_whoever_sits_in_it(desk, robin):
    ours, theirs = Team.objects.create(name="Ashdown"), Team.objects.create(name="Elsewhere")
    Seat.objects.create(team=ours, user=robin)

    page = said(desk.get("/counselling/cohorts/"))
    answers = [desk.post("/counselling/cohorts/", {**SAID, "team": team.pk}).status_code for team in (theirs, ours)]

    assert ("Ashdown" in page, "Elsewhere" in page, answers) == (True, False, [422, 302])


def test_only_open_connections_are_listed_and_counted(desk, robin):
    made = cohort(robin)
    make.connection(make.member(), robin, cohort=made, student_name="Ann")
    over = make.connection(make.member(), robin, cohort=made, student_name="Osterly")
    connecting.end(connection=over.pk, side="student")

    pages = [said(desk.get(f"/counselling/cohorts/{more}")) for more in ("", f"{made.pk}/")]

    assert ["Osterly" in page for page in pages] == [False, False]
    assert "One student." in pages[0]


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_cost_the_same_with_one_and_with_thirty(desk, robin, count):
    for number in range(count):
        made = cohort(robin, f"Class {number}")
    for number in range(count):
        make.connection(make.member(), robin, cohort=made, student_name=f"Ann {number}")
    desk.get("/counselling/cohorts/")

    found = [len(statements(desk, f"/counselling/cohorts/{more}")) for more in ("", f"{made.pk}/")]

    assert found == [8, 9]
