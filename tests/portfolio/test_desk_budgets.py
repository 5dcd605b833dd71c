"""The statements of the desk, counted and written down: the same with one student and with thirty, 3 entries and 300."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portfolio.models import Entry, PlanStep, Project
from tests import make
from tests.portfolio.test_budgets import member

pytestmark = pytest.mark.django_db

# Statements in a warm process, four of them for the session, its member and what they may do. The look of the day at the
# caseload takes one more, which writes it; each look at a student and each file is written every time.
CASELOAD, CASELOAD_FIRST = 12, 13
AS_A_FILE, STUDENT, ENTRIES, DOOR, DOOR_ENTRY = 10, 15, 8, 14, 15


def students(counsellor, number, entries):
    """So many students with so many shared entries and one step each."""
    for _ in range(number):
        owner = member(entries)
        Entry.objects.filter(owner=owner).update(visibility=2)
        for entry in Entry.objects.filter(owner=owner):
            Project(entry_ptr=entry).save_base(raw=True)
        found = make.connection(owner, counsellor, student_name=f"Student {owner.pk}")
        make.step(found)
    return found


def said(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured]


def counted(client, address):
    client.get(address)
    return len(said(client, address))


def desk_of(client, number, entries=3):
    counsellor = make.counsellor()
    found = students(counsellor, number, entries)
    client.force_login(counsellor)
    return found


@pytest.mark.parametrize("asked", ["", "?q=student", "?status=nudge&order=last"])
def test_the_caseload_costs_the_same_with_one_student_and_with_thirty(client, asked):
    found = {}
    for number in (1, 30):
        desk_of(client, number)
        client.get("/about/")
        first = len(said(client, f"/counselling/{asked}"))
        found[number] = (first, len(said(client, f"/counselling/{asked}")))

    if "nudge" in asked:  # nobody is looked at
        assert found[1] == found[30]
        assert max(found[1]) <= CASELOAD
    else:
        assert found == {1: (CASELOAD_FIRST, CASELOAD), 30: (CASELOAD_FIRST, CASELOAD)}


def test_the_caseload_costs_the_same_with_three_entries_and_with_three_hundred(client):
    found = {}
    for entries in (3, 300):
        desk_of(client, 2, entries)
        found[entries] = counted(client, "/counselling/")

    assert found == {3: CASELOAD, 300: CASELOAD}


def test_the_list_as_a_file_costs_the_same_with_one_student_and_with_thirty(client):
    found = {}
    for number in (1, 30):
        desk_of(client, number)
        found[number] = counted(client, "/counselling/list.csv")

    assert found == {1: AS_A_FILE, 30: AS_A_FILE}


@pytest.mark.parametrize(("part", "budget"), [("", STUDENT), ("entries/", ENTRIES), ("portfolio/", DOOR)])
def test_a_student_costs_the_same_with_three_entries_and_with_three_hundred(client, part, budget):
    found = {}
    for entries, steps in ((3, 1), (300, 30)):
        of = desk_of(client, 1, entries)
        PlanStep.objects.bulk_create(
            PlanStep(student_id=of.student_id, connection=of, title=f"Step {number}") for number in range(steps)
        )
        found[entries] = counted(client, f"/counselling/{of.pk}/{part}")

    assert found == {3: budget, 300: budget}


def test_an_entry_behind_the_door_stays_within_its_budget(client):
    of = desk_of(client, 1)
    entry = Entry.objects.filter(owner=of.student_id).first()

    assert counted(client, f"/counselling/{of.pk}/portfolio/{entry.pk}/") <= DOOR_ENTRY


def test_a_look_writes_nothing_but_that_it_was_had(client):
    of = desk_of(client, 3)
    places = [
        "/counselling/",
        "/counselling/list.csv",
        *(f"/counselling/{of.pk}/{part}" for part in ("", "entries/", "portfolio/")),
    ]

    wrote = [
        sql for place in places for sql in said(client, place) if not sql.lstrip("( ").startswith(("SELECT", "WITH", "DECLARE"))
    ]

    assert {sql.split("portfolio_")[1].split('"')[0] for sql in wrote} == {"accessevent"}
    assert len(wrote) == len(places)


def test_nothing_is_said_twice(client):
    of = desk_of(client, 3)
    for place in ("/counselling/", f"/counselling/{of.pk}/", f"/counselling/{of.pk}/entries/"):
        client.get(place)
        once = said(client, place)
        assert sorted(once) == sorted(set(once))


def test_the_rows_of_the_page_alone_are_counted(client):
    """What a member owns is counted for 25 students at most, whatever their number."""
    desk_of(client, 30)
    client.get("/counselling/")

    (counts,) = [sql for sql in said(client, "/counselling/") if "portfolio_evidence" in sql]

    assert counts.split('"owner_id" IN (')[1].split(")")[0].count(",") == 24
    assert '"skill_id" IN' not in counts  # the planner would begin with everybody's evidence of them
