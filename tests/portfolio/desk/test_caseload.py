"""The counsellor's desk: the caseload, its filters, the file of it, and who hears that somebody looked."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from portfolio.models import AccessEvent, Connection, Entry, PlanAction
from portfolio.scales import Scope, StepState
from tests import make
from tests.test_access import SECRET

from .looking import DESK, cells, page_of, student, words

pytestmark = pytest.mark.django_db


def test_the_heading_says_how_many_and_who_could_do_with_a_nudge(desk, counsellor):
    career = make.career(skills=[make.skill()])
    student(counsellor, career=career)
    student(counsellor, "Leilani Keawe", logged=50, career=career)
    student(counsellor, "Marguerite Osei", logged=None)

    assert words(re.search(r"<h1>.*?</h1>", page_of(desk))[0]) == "Three students. Two could do with a nudge."


@pytest.mark.parametrize(
    ("number", "heading"),
    [(0, "No students yet."), (1, "One student. Nobody needs a nudge today."), (13, "13 students. Nobody needs a nudge today.")],
)
def test_the_heading_counts(desk, counsellor, number, heading):
    career = make.career()
    for _ in range(number):
        student(counsellor, career=career)

    assert words(re.search(r"<h1>.*?</h1>", page_of(desk))[0]) == heading


def test_a_row_says_what_there_is_to_say(desk, counsellor):
    sound, light = make.skill("Sound editing"), make.skill("Lighting")
    career = make.career("Video editor", skills=[sound, light])
    cohort = counsellor.cohorts.create(name="Year 2")
    today = timezone.localdate()
    covered = make.career("Researcher", skills=[light])
    make.step(student(counsellor, "Leilani Keawe", logged=49, skills=[light], career=career, cohort=cohort))
    slow = student(counsellor, "Yusuf Demir", career=career)
    make.step(slow, state=StepState.ACCEPTED, due_on=today - timedelta(days=1))
    make.step(slow, state=StepState.DEFERRED, due_on=today - timedelta(days=1))
    make.step(slow, state=StepState.DECLINED)
    ready = student(counsellor, "Kit Underhill", logged=1, skills=[light], career=covered)
    for _ in range(2):
        done = make.entry(ready.student, skills=[light])
        Entry.objects.filter(pk=done.pk).update(updated_at=timezone.now() - timedelta(days=1))
    make.step(ready, state=StepState.DONE)
    student(counsellor, "Marguerite Osei", logged=None)

    assert cells(page_of(desk)) == [
        ["Leilani Keawe Year 2", "Quiet", "Video editor", "0 of 2", "Sound editing", "1 not opened", "7 weeks ago"],
        ["Marguerite Osei", "Not started", "None yet", "No role chosen", "Choose a role first", "None", "Never"],
        ["Yusuf Demir", "Slowing", "Video editor", "0 of 2", "Sound editing", "2 open, 1 overdue", "Today"],
        ["Kit Underhill", "Covered", "Researcher", "1 of 1", "None: ready for a new role", "1 done", "Yesterday"],
    ]


def test_what_is_not_shared_is_said_to_be_and_never_guessed(desk, counsellor):
    career = make.career(SECRET, skills=[make.skill(SECRET)])
    quiet = student(counsellor, scopes=[], career=career)
    make.step(quiet, title=SECRET, due_on=timezone.localdate() - timedelta(days=3))

    page = page_of(desk)

    assert cells(page) == [["Ngozi Farrell", "On track", *["Not shared"] * 4, "Today"]]
    assert SECRET not in page


def test_a_goal_whose_page_is_gone_gives_way_to_one_that_can_be_read(desk, counsellor):
    skill = make.skill("Lighting")
    gone = make.career("Gone role", skills=[skill])
    found = student(counsellor, career=gone)
    gone.unpublish()
    assert cells(page_of(desk))[0][2:5] == ["Gone role", "No longer in the guide", "Not known"]

    make.goal(found.student, make.career("Gaffer", skills=[skill]))

    assert cells(page_of(desk))[0][2:5] == ["Gaffer", "0 of 1", "Lighting"]


def test_an_overdue_action_of_a_live_plan_slows_a_student(desk, counsellor):
    found = student(counsellor, career=make.career())
    plan = found.plans.create(title="Spring", state="draft")
    action = PlanAction.objects.create(
        goal=plan.goals.create(text="A goal"), text="An action", due_on=timezone.localdate() - timedelta(days=1)
    )
    statuses = [cells(page_of(desk))[0][1]]

    for change in ({"state": "live"}, {"state": "closed"}):
        type(plan).objects.filter(pk=plan.pk).update(**change)
        statuses.append(cells(page_of(desk))[0][1])
    type(plan).objects.filter(pk=plan.pk).update(state="live")
    PlanAction.objects.filter(pk=action.pk).update(state="done")
    statuses.append(cells(page_of(desk))[0][1])

    assert statuses == ["On track", "Slowing", "On track", "On track"]


def test_a_binned_entry_is_none(desk, counsellor):
    found = student(counsellor, career=make.career())
    Entry.objects.filter(owner=found.student).bin()

    assert cells(page_of(desk))[0][1::5] == ["Not started", "Never"]


STATES = {
    "not granted yet": {"granted_at": None, "ends_at": None},
    "over": {"granted_at": timezone.now() - timedelta(days=9), "ends_at": timezone.now() - timedelta(seconds=1)},
    "ended": {"ended_at": timezone.now(), "ended_by": "student"},
}


def closed(state, found):
    """Put the connection into the state in which it gives its counsellor nothing."""
    if state in STATES:
        Connection.objects.filter(pk=found.pk).update(**STATES[state])
    elif state == "student’s account closed":
        type(found.student).objects.filter(pk=found.student_id).update(is_active=False)
    elif state == "student erased":
        found.student.delete()


CLOSED = [*STATES, "student’s account closed", "student erased"]


@pytest.mark.parametrize("state", CLOSED)
def test_a_closed_connection_is_on_no_page_from_the_next_request_on(desk, counsellor, state):
    found = student(counsellor, name=SECRET)
    entry = Entry.objects.get(owner=found.student)
    places = [f"{DESK}{found.pk}/{part}" for part in ("", "entries/", "portfolio/", f"portfolio/{entry.pk}/", "portfolio/cv/")]
    assert [desk.get(place).status_code for place in places] == [200] * 5

    closed(state, found)

    answers = [desk.get(place) for place in places]
    assert [answer.status_code for answer in answers] == [404] * 5
    assert {answer.content for answer in answers} == {desk.get(f"{DESK}99999999/").content}
    assert SECRET not in page_of(desk)
    assert SECRET not in page_of(desk, f"{DESK}list.csv")


def test_somebody_elses_student_is_on_no_page(client, counsellor):
    found = student(counsellor, name=SECRET)
    client.force_login(make.counsellor("Sam Oakes"))

    assert [client.get(f"{DESK}{found.pk}/{part}").status_code for part in ("", "entries/", "portfolio/")] == [404] * 3
    assert SECRET not in page_of(client) + page_of(client, f"{DESK}list.csv")


def test_somebody_who_is_no_counsellor_any_more_has_no_desk(desk, counsellor):
    found = student(counsellor)
    counsellor.groups.remove(Group.objects.get(name="Counsellors"))

    places = [DESK, f"{DESK}list.csv", f"{DESK}{found.pk}/", f"{DESK}{found.pk}/entries/", f"{DESK}{found.pk}/portfolio/"]

    assert [desk.get(place).status_code for place in places] == [404] * 5


# Filters


@pytest.fixture
def three(counsellor):
    editor, runner = make.career("Video editor", slug="video-editor-x"), make.career("Runner", slug="runner-x")
    cohort = counsellor.cohorts.create(name="Year 2")
    student(counsellor, "Ańa Ba", career=editor, cohort=cohort)
    student(counsellor, "Bo Ca", logged=30, career=runner)
    student(counsellor, "Cy Da", logged=None, cohort=cohort)
    return cohort


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", ["Cy Da", "Bo Ca", "Ańa Ba"]),
        ("?q=ana", ["Ańa Ba"]),
        ("?q=ca+BO", ["Bo Ca"]),
        ("?role=runner-x", ["Bo Ca"]),
        ("?role=-", ["Cy Da"]),
        ("?role=producer", ["Cy Da", "Bo Ca", "Ańa Ba"]),
        ("?status=nudge", ["Cy Da", "Bo Ca"]),
        ("?status=on-track", ["Ańa Ba"]),
        ("?order=name", ["Ańa Ba", "Bo Ca", "Cy Da"]),
        ("?order=last", ["Ańa Ba", "Bo Ca", "Cy Da"]),
        ("?order=rubbish&status=%00&page=-4&cohort=1e9", ["Cy Da", "Bo Ca", "Ańa Ba"]),
        ("?page=99999999999999999999", ["Cy Da", "Bo Ca", "Ańa Ba"]),
    ],
)
def test_the_address_says_which_students_and_in_which_order(desk, three, asked, names):
    assert [row[0].removesuffix(" Year 2") for row in cells(page_of(desk, DESK + asked))] == names


def test_a_group_has_a_page_of_its_own(desk, three):
    page = page_of(desk, f"{DESK}?cohort={three.pk}&order=name")

    assert [row[0] for row in cells(page)] == ["Ańa Ba Year 2", "Cy Da Year 2"]
    assert "Showing 2 of 3 students" in page


def test_when_nobody_fits_the_page_says_what_to_drop(desk, three):
    page = page_of(desk, f"{DESK}?q=ana&role=runner-x")

    assert words(re.search(r'<div class="empty">(.*?)</div>', page, re.DOTALL)[0]).startswith(
        "No student fits all of this One would without the filter “ana”."
    )


def test_htmx_gets_the_part_that_changes(desk, three):
    part = page_of(desk, f"{DESK}?q=bo", **{"HX-Request": "true"})

    assert part.lstrip().startswith('<section id="results"')
    assert cells(part) == cells(page_of(desk, f"{DESK}?q=bo"))


def test_pages_hold_twenty_five(desk, counsellor):
    for number in range(27):
        student(counsellor, f"Student {number:02}")
    first, second = page_of(desk, f"{DESK}?order=name"), page_of(desk, f"{DESK}?order=name&page=2")

    assert (len(cells(first)), len(cells(second))) == (25, 2)
    assert f"{DESK}?order=name&amp;page=2#results" in first
    assert "26 to 27 of 27" in second


def test_an_empty_caseload_says_how_students_come_in(desk):
    assert "Your students will stand here" in page_of(desk)


def test_who_asked_is_announced(desk, counsellor):
    asked = {"granted_at": None, "ends_at": None, "origin": "asked"}
    make.connection(make.member(), counsellor, (), **asked)

    assert "One student waits for an answer." in page_of(desk)


def test_hostile_names_are_words(desk, counsellor):
    names = ["<script>alert(1)</script>", "=HYPERLINK(0)", "מרים לוי", "W" * 120, ""]
    for name in names:
        student(counsellor, name)

    page = page_of(desk)

    assert "<script>alert" not in page
    assert "A student without a name" in page


# Looks


def looks(owner):
    return list(AccessEvent.objects.filter(owner=owner).order_by("pk").values_list("what", "part", "who"))


def test_a_look_at_the_list_is_on_the_record_once_a_day(desk, counsellor):
    found = student(counsellor)
    page_of(desk)
    page_of(desk)
    AccessEvent.objects.update(at=timezone.now() - timedelta(hours=25))
    page_of(desk)

    assert looks(found.student) == [("caseload", "", "Robin Ash")] * 2


def test_only_those_on_the_page_were_looked_at(desk, counsellor):
    seen, other = student(counsellor, "Bo"), student(counsellor, "Cy")

    page_of(desk, f"{DESK}?q=bo")

    assert (len(looks(seen.student)), len(looks(other.student))) == (1, 0)


def test_each_file_taken_along_is_on_the_record(desk, counsellor):
    found = student(counsellor)

    for _ in range(2):
        page_of(desk, f"{DESK}list.csv")

    assert looks(found.student) == [("list", "", "Robin Ash")] * 2


def test_every_page_about_a_student_is_on_their_record(desk, counsellor):
    found = student(counsellor)
    entry = Entry.objects.get(owner=found.student)
    parts = [
        "",
        "entries/",
        "portfolio/",
        "portfolio/credits/",
        f"portfolio/{entry.pk}/",
        "portfolio/cv/",
        "portfolio/resume.json",
    ]

    for part in parts:
        page_of(desk, f"{DESK}{found.pk}/{part}")

    told = ["gaps and courses", "entries", "portfolio", "portfolio", "entry", "CV", "CV"]
    assert looks(found.student) == [("desk", part, "Robin Ash") for part in told]
    assert AccessEvent.objects.get(part="entry").entry_id == entry.pk


def test_a_look_that_found_nothing_and_a_head_request_leave_no_trace(desk, counsellor):
    found = student(counsellor)
    places = [
        f"{DESK}{found.pk}/portfolio/99999999/",
        f"{DESK}{found.pk}/portfolio/card.png",
        f"{DESK}{found.pk}/portfolio/message/",
    ]

    assert [desk.get(place).status_code for place in places] == [404] * 3
    assert [desk.head(place).status_code for place in (DESK, f"{DESK}{found.pk}/", f"{DESK}list.csv")] == [200] * 3
    assert looks(found.student) == []


# The list as a file


def table(client, asked=""):
    text = page_of(client, f"{DESK}list.csv{asked}")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_file_holds_the_list_as_asked_for(desk, counsellor):
    sound = make.skill("Sound editing")
    career = make.career("Video editor", slug="video-editor-x", skills=[sound])
    make.step(student(counsellor, "=Leilani", career=career))
    student(counsellor, "Marguerite", scopes=[Scope.GAP], logged=None)
    student(counsellor, "Nobody", scopes=[], career=career)

    header, *rows = table(desk, "?order=name")
    assert header[:4] == ["student", "group", "status", "target role"]
    assert rows == [
        ["'=Leilani", "", "On track", "Video editor", "0", "1", "Sound editing", "1", "0", "0", "0", str(timezone.localdate())],
        ["Marguerite", "", "Not started", "", "", "", "", *["Not shared"] * 4, ""],
        ["Nobody", "", "On track", *["Not shared"] * 8, str(timezone.localdate())],
    ]
    assert [row[0] for row in table(desk, "?role=video-editor-x")[1:]] == ["'=Leilani"]


def test_nothing_of_the_desk_is_kept_on_the_way(desk, counsellor):
    found = student(counsellor)
    places = [DESK, f"{DESK}list.csv", f"{DESK}{found.pk}/", f"{DESK}{found.pk}/entries/", f"{DESK}{found.pk}/portfolio/"]

    assert {desk.get(place).headers["Cache-Control"] for place in places} == {"private, no-store"}


@pytest.mark.parametrize(("who", "number"), [("counsellor", 1), ("member", 0)])
def test_counsellors_alone_are_shown_the_way_to_their_desk(client, counsellor, who, number):
    client.force_login(counsellor if who == "counsellor" else make.member())

    assert page_of(client, "/me/").count('href="/counselling/"') == number
