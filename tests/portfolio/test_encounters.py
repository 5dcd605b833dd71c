"""What a counsellor arranged for students: put down once, changed with care, seen by nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portfolio.models import Cohort, Encounter
from tests import make
from tests.test_query_budgets import statements

pytestmark = pytest.mark.django_db
URL = "/counselling/encounters/"


@pytest.fixture
def robin(client):
    made = make.counsellor()
    client.force_login(made)
    return made


@pytest.fixture
def met(robin):
    return make.connection(make.member(), robin, student_name="Ann")


def facts(*connections, **changed):
    given = {"title": "Studio visit", "benchmark": "5", "organisation": "Harbour Stage", "on": "2026-10-01", "minutes": "1:30"}
    return {**given, "cohort": "", "students": [each.pk for each in connections], **changed}


def test_an_encounter_is_put_down_with_who_was_there(client, robin, met):
    answer = client.post(URL + "new/", facts(met))

    made = Encounter.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, URL)
    assert (made.counsellor, made.title, made.benchmark, made.minutes, list(made.connections.all())) == (
        robin,
        "Studio visit",
        5,
        90,
        [met],
    )
    page = client.get(URL).content.decode()
    assert ("Studio visit" in page, "One student" in page) == (True, True)


def test_a_whole_group_was_there(client, robin, met):
    cohort = Cohort.objects.create(counsellor=robin, name="Year two")
    there = [make.connection(make.member(), robin, cohort=cohort) for _ in range(2)]
    make.connection(make.member(), robin, cohort=cohort, ended_at=timezone.now())

    client.post(URL + "new/", facts(cohort=cohort.pk))

    assert set(Encounter.objects.get().connections.all()) == set(there)


def test_what_is_sent_twice_is_put_down_once(client, met):
    for _ in range(2):
        client.post(URL + "new/", facts(met))

    assert Encounter.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "   "),
        ("title", "\0"),
        ("title", "x" * 161),
        ("benchmark", "9"),
        ("benchmark", ""),
        ("on", ""),
        ("on", "2026-02-30"),
        ("on", "soon"),
        ("minutes", "many"),
        ("minutes", "9" * 40),
        ("students", ["999999"]),
        ("students", ["9" * 30]),
        ("students", ["\0"]),
        ("students", []),
        ("students", ["999999"] * 3000),
        ("cohort", "999999"),
        ("cohort", "9" * 30),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(client, met, field, value):
    answer = client.post(URL + "new/", facts(met, **{field: value}))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert "Harbour Stage" in answer.content.decode()
    assert not Encounter.objects.exists()


def test_students_and_groups_of_another_counsellor_are_not_to_be_chosen(client, robin, met):
    sam = make.counsellor("Sam Oakes")
    theirs = make.connection(make.member(), sam, student_name="Bo Secret")
    cohort = Cohort.objects.create(counsellor=sam, name="Secret group")

    page = client.get(URL + "new/").content.decode()
    by_student = client.post(URL + "new/", facts(theirs))
    by_group = client.post(URL + "new/", facts(met, cohort=cohort.pk))

    assert ("Bo Secret" in page, "Secret group" in page, "Ann" in page) == (False, False, True)
    assert (by_student.status_code, by_group.status_code, Encounter.objects.count()) == (422, 422, 0)


def arranged(robin, *connections):
    made = Encounter.objects.create(counsellor=robin, benchmark=5, title="Studio visit", on="2026-10-01")
    made.connections.set(connections)
    return made


def test_an_encounter_is_changed_and_a_student_who_left_stays_counted(client, robin, met):
    left = make.connection(make.member(), robin, student_name="Left Secret")
    made = arranged(robin, met, left)
    left.ended_at = timezone.now()
    left.save()
    page = client.get(f"{URL}{made.pk}/")

    client.post(f"{URL}{made.pk}/", facts(met, title="Two visits", seen=page.context["form"].initial["seen"]))

    made.refresh_from_db()
    assert "Left Secret" not in page.content.decode()
    assert (made.title, made.version, set(made.connections.all())) == ("Two visits", 2, {met, left})


def test_the_later_of_two_windows_sees_what_the_first_saved(client, robin, met):
    made = arranged(robin, met)
    seen = client.get(f"{URL}{made.pk}/").context["form"].initial["seen"]
    client.post(f"{URL}{made.pk}/", facts(met, title="First", seen=seen))

    answer = client.post(f"{URL}{made.pk}/", facts(met, title="Second", seen=seen))

    made.refresh_from_db()
    page = answer.content.decode()
    assert (answer.status_code, made.title) == (409, "First")
    assert ("First" in page, 'value="Second"' in page) == (True, True)


def test_an_encounter_is_deleted_once_that_was_asked(client, robin, met):
    made = arranged(robin, met)

    client.get(f"{URL}{made.pk}/delete/")
    before = Encounter.objects.count()
    client.post(f"{URL}{made.pk}/delete/")

    assert (before, Encounter.objects.count()) == (1, 0)


@pytest.mark.parametrize("part", ["", "delete/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_reaches_it(client, robin, met, part, method):
    made = arranged(make.counsellor("Sam Oakes"))

    assert getattr(client, method)(f"{URL}{made.pk}/{part}").status_code == 404
    assert Encounter.objects.count() == 1


def test_whoever_is_no_counsellor_any_more_finds_nothing(client, robin, met):
    made = arranged(robin, met)
    robin.groups.clear()

    assert [client.get(place).status_code for place in (URL, f"{URL}{made.pk}/", f"{URL}new/")] == [404] * 3


def test_the_list_costs_the_same_with_one_and_with_thirty(client, robin, met):
    arranged(robin, met)
    client.get(URL)
    few = len(statements(client, URL))
    for number in range(30):
        made = arranged(robin, met)
        Encounter.objects.filter(pk=made.pk).update(on=timezone.localdate() - timedelta(days=number))

    assert (few, len(statements(client, URL))) == (6, 6)


def test_the_latest_stands_first(client, robin):
    for title, on in (("Older", "2026-01-05"), ("Newest", "2026-09-01"), ("Oldest", "2025-11-30")):
        Encounter.objects.create(counsellor=robin, benchmark=5, title=title, on=on)

    page = client.get(URL).content.decode()

    assert page.index("Newest") < page.index("Older") < page.index("Oldest")
