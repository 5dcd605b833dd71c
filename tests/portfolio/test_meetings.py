"""Meetings: who reads what, in whose time, and that a working note is the counsellor's and the copy's alone."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from portfolio import agenda, feeds
from portfolio.counselling.readings import split
from portfolio.models import AccessEvent, Connection, Meeting, Notice, Profile
from tests import make
from tests.portfolio.test_copy import opened, packed
from tests.test_query_budgets import statements

pytestmark = pytest.mark.django_db
NOTE, SUMMARY = "Keelmark-note-77", "Keelmark-summary-41"
FILLED = {"on": "2027-01-14", "at": "14:30", "channel": "video", "attendance": "planned", "summary": SUMMARY, "note": NOTE}


@pytest.fixture
def met():
    return make.connection(make.member(), make.counsellor(), student_name="Ngozi Farrell")


@pytest.fixture
def desk(client, met):
    client.force_login(met.counsellor)
    return client


def place(met, part=""):
    return f"/counselling/{met.pk}/meetings/{part}"


def meeting(met, **fields):
    given = {"starts_at": timezone.now() + timedelta(days=3), "channel": "video", "summary": SUMMARY, "note": NOTE}
    return Meeting.objects.create(connection=met, **{**given, **fields})


def test_a_meeting_is_kept_in_utc_and_shown_by_both_clocks(desk, met):
    Profile.objects.create(owner=met.counsellor, time_zone="Europe/Paris")
    Profile.objects.filter(owner=met.student).update(time_zone="America/New_York")

    desk.post(place(met, "new/"), FILLED)

    page = desk.get(place(met)).content.decode()
    assert Meeting.objects.get().starts_at == datetime(2027, 1, 14, 13, 30, tzinfo=UTC)
    assert "Thursday 14 January 2027, 14.30 your time" in page
    assert "(14 January, 8.30 in New York)" in page


def test_the_student_reads_the_summary_and_never_the_note(client, met):
    meeting(met)
    meeting(met, starts_at=timezone.now() - timedelta(days=3), attendance="attended")
    client.force_login(met.student)

    page = client.get("/me/meetings/").content.decode()

    assert (page.count(SUMMARY), NOTE in page) == (2, False)
    assert "Robin Ash" in page


def test_the_note_is_not_even_read_for_the_student(client, met):
    meeting(met)
    client.force_login(met.student)

    assert [sql for sql in statements(client, "/me/meetings/") if '"note"' in sql and "portfolio_meeting" in sql] == []


def test_the_note_is_in_no_date_and_no_calendar(client, met):
    meeting(met)
    client.force_login(met.student)
    calendar = feeds.calendar_of(met.student, timezone.now()).decode()

    page = client.get("/me/dates/").content.decode()

    assert "Meeting with your counsellor" in page
    assert "SUMMARY:Meeting with your counsellor" in calendar
    assert [word for word in (NOTE, SUMMARY, "Robin") if word in page + calendar] == []


def test_the_copy_of_the_students_data_holds_the_note(met):
    meeting(met)

    data = json.loads(opened(packed(met.student)).read("data.json"))

    assert [(row["summary"], row["note"]) for row in data["portfolio.Meeting"]] == [(SUMMARY, NOTE)]


def test_a_cancelled_meeting_is_no_date_that_lies_ahead(met):
    meeting(met, attendance="cancelled")

    assert agenda.upcoming(met.student, "UTC", timezone.now()) == []


def test_the_student_is_told_of_what_they_read_and_of_nothing_else(desk, met):
    desk.post(place(met, "new/"), FILLED)
    made = Meeting.objects.get()
    for fields in ({"note": "Something else"}, {"summary": "We talked."}):
        page = desk.get(place(met, f"{made.pk}/"))
        desk.post(place(met, f"{made.pk}/"), {**FILLED, **fields, "seen": page.context["form"].initial["seen"]})

    # Once for the new meeting and once for the summary: nobody is told of a note.
    assert list(Notice.objects.filter(owner=met.student).values_list("what", flat=True)) == ["meeting", "meeting"]


def test_the_same_meeting_sent_twice_is_there_once(desk, met):
    desk.post(place(met, "new/"), FILLED)
    desk.post(place(met, "new/"), FILLED)

    assert (Meeting.objects.count(), Notice.objects.count()) == (1, 1)


def test_a_meeting_changed_in_another_window_is_not_overwritten(desk, met):
    made = meeting(met)
    seen = desk.get(place(met, f"{made.pk}/")).context["form"].initial["seen"]
    Meeting.objects.filter(pk=made.pk).update(summary="Written in the other window")

    answer = desk.post(place(met, f"{made.pk}/"), {**FILLED, "summary": "Mine", "seen": seen})

    made.refresh_from_db()
    assert (answer.status_code, made.summary) == (409, "Written in the other window")
    assert "Written in the other window" in answer.content.decode()
    again = desk.post(place(met, f"{made.pk}/"), {**FILLED, "summary": "Mine", "seen": answer.context["form"].data["seen"]})
    made.refresh_from_db()
    assert (again.status_code, made.summary) == (302, "Mine")


def test_a_meeting_is_called_off_once(desk, met):
    made = meeting(met)

    for _ in range(2):
        desk.post(place(met, f"{made.pk}/"), {"do": "cancel"})

    made.refresh_from_db()
    assert (made.attendance, Notice.objects.count()) == ("cancelled", 1)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"on": ""}, "Give the day."),
        ({"on": "31 February"}, "Give a day, such as 2026-01-31."),
        ({"on": "0001-01-01"}, "Give a day between 2000 and 2100."),
        ({"at": "25:99"}, "Give a time, such as 14:30."),
        ({"channel": ""}, "Say how you meet."),
        ({"minutes": "99999999999999999999"}, "Ensure this value is less than or equal to 1440."),
        ({"attendance": "abducted"}, "Select a valid choice. abducted is not one of the available choices."),
        ({"summary": "x" * 4001}, "Ensure this value has at most 4000 characters (it has 4001)."),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field_and_kept(desk, met, wrong, sentence):
    answer = desk.post(place(met, "new/"), {**FILLED, **wrong})

    [name] = wrong
    assert (answer.status_code, answer.context["form"].errors) == (422, {name: [sentence]})
    assert (NOTE in answer.content.decode(), Meeting.objects.count()) == (True, 0)


def test_a_nul_byte_is_left_out(desk, met):
    desk.post(place(met, "new/"), {**FILLED, "note": "a\x00b", "place": "c\x00d\n"})

    assert Meeting.objects.values_list("note", "place").get() == ("ab", "cd")


@pytest.mark.parametrize(
    "state",
    [
        {"granted_at": None},
        {"ends_at": timezone.now() - timedelta(minutes=1)},
        {"ended_at": timezone.now()},
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_closed_connection_opens_no_meeting(desk, met, state, method):
    made = meeting(met)
    Connection.objects.filter(pk=met.pk).update(**state)

    answers = [getattr(desk, method)(place(met, part), FILLED) for part in ("", "new/", f"{made.pk}/")]

    assert {answer.status_code for answer in answers} == {404}
    assert not any(NOTE in answer.content.decode() or SUMMARY in answer.content.decode() for answer in answers)
    assert (Meeting.objects.count(), Notice.objects.count(), AccessEvent.objects.count()) == (1, 0, 0)


def test_a_meeting_needs_no_scope_only_the_connection(desk, met):
    Connection.objects.filter(pk=met.pk).update(shares_profile=False, shares_entries=False, shares_gap=False, shares_plan=False)

    assert desk.get(place(met)).status_code == 200


def test_the_meeting_of_another_student_is_not_there(desk, met):
    other = meeting(make.connection(make.member(), make.counsellor("Sam Oakes")))
    mine = meeting(make.connection(make.member(), met.counsellor))

    answers = [desk.get(place(met, f"{each.pk}/")).status_code for each in (other, mine)]

    assert answers == [404, 404]


def test_a_counsellor_does_not_get_the_students_page_of_it(desk, met):
    meeting(met)

    page = desk.get("/me/meetings/").content.decode()

    assert SUMMARY not in page


def test_what_was_agreed_stays_with_the_student_after_the_end(client, met):
    meeting(met)
    Connection.objects.filter(pk=met.pk).update(ended_at=timezone.now(), ended_by="student")
    client.force_login(met.student)

    assert SUMMARY in client.get("/me/meetings/").content.decode()


def test_each_look_is_on_the_students_record(desk, met):
    desk.get(place(met))

    assert list(AccessEvent.objects.values_list("what", "who", "part")) == [("desk", "Robin Ash", "Meetings")]


@pytest.mark.parametrize(("who", "address", "budget"), [("counsellor", "", 9), ("student", "/me/meetings/", 5)])
def test_a_page_of_meetings_costs_the_same_with_one_and_with_thirty(client, met, who, address, budget):
    client.force_login(getattr(met, who))
    found = {}
    for number in (1, 29):
        for _ in range(number):
            meeting(met)
        address = address or place(met)
        client.get(address)
        found[Meeting.objects.count()] = len(statements(client, address))

    assert found == {1: budget, 30: budget}


def test_coming_and_past_are_told_apart(met):
    now = timezone.now()
    late, soon = meeting(met, starts_at=now + timedelta(days=9)), meeting(met, starts_at=now + timedelta(days=1))
    was, off = meeting(met, starts_at=now - timedelta(days=1)), meeting(met, attendance="cancelled")

    coming, past = split(list(Meeting.objects.all()), now)

    assert (coming, past) == ([soon, late], [off, was])
