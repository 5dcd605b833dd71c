"""A student lets a counsellor in, part by part and until a day, changes it, reads every look, and ends it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from home.wording import day_words
from portfolio import sharing
from portfolio.counselling import codes, connecting, terms
from portfolio.counselling.connecting import Grant
from portfolio.models import AccessEvent, Connection, ConsentEvent, Counsellor, Notice, Profile
from portfolio.scales import Origin, Scope, Side
from portfolio.views.counselling.door import note_look
from tests import make
from tests.test_query_budgets import statements
from tests.together import outcomes

pytestmark = pytest.mark.django_db
AGREED = {"name": "Ann", "gap": "on", "until": "months"}


@pytest.fixture
def ann(client):
    student = make.member()
    client.force_login(student)
    return student


@pytest.fixture
def robin(db):
    return make.counsellor()


def given(*scopes, days=30, name="Ann"):
    return Grant(name, frozenset(scopes), timezone.now() + timedelta(days=days))


def grant(student, counsellor, *scopes, **fields):
    return connecting.grant(student=student, counsellor=counsellor, given=given(*scopes, **fields), origin=Origin.INVITED)


def said(response):
    return response.content.decode()


def sees(counsellor):
    return [(each.student_id, *each.shared) for each in Connection.objects.of_counsellor(counsellor)]


def records(student):
    return list(ConsentEvent.objects.filter(owner=student).order_by("pk").values_list("about", "value", "text_version"))


def news(owner):
    return list(Notice.objects.filter(owner=owner).values_list("what", flat=True))


def test_what_is_given_is_seen_at_once_and_put_on_record(ann, robin):
    made = grant(ann, robin, Scope.GAP, Scope.PLAN)

    assert sees(robin) == [(ann.pk, "gap", "plan")]
    assert records(ann) == [("grant", f"Robin Ash: gap, plan, until {day_words(made.ends_at)}", sharing.TEXT_VERSION)]
    assert (made.counsellor_name, made.organisation, made.student_name) == ("Robin Ash", "Ashdown College", "Ann")
    assert news(robin) == ["granted"]


@pytest.mark.parametrize(("scope", "level"), [("profile", 2), ("entries", 2), ("gap", 1), ("plan", 1)])
def test_a_portfolio_for_its_owner_alone_opens_to_counsellors_only_with_what_shows_it(ann, robin, scope, level):
    Profile.objects.create(owner=ann, visibility=1)

    grant(ann, robin, Scope(scope))

    assert Profile.objects.get(owner=ann).visibility == level
    assert ("shown" in [about for about, *_ in records(ann)]) == (level == 2)


def test_a_portfolio_that_is_wider_open_stays_so(ann, robin):
    Profile.objects.create(owner=ann, visibility=4, handle="ann", listed_at=timezone.now())

    grant(ann, robin, Scope.ENTRIES)

    assert (Profile.objects.get(owner=ann).visibility, Profile.objects.get(owner=ann).is_listed) == (4, True)


def test_nothing_is_ticked_before_the_student_ticks_it(client, ann, robin):
    made = make.connection(ann, robin, scopes=(), granted_at=None, ends_at=None, agreed_at=timezone.now())

    page = said(client.get(f"/me/counsellors/{made.pk}/"))

    assert re.findall(r'<input[^>]*name="(\w+)"[^>]*checked', page) == ["until"]
    assert "is set to be seen by a counsellor" in page or "are set to be seen by a counsellor" in page


def test_what_is_changed_counts_with_the_next_request(client, ann, robin):
    made = make.connection(ann, robin, student_name="Ann")
    desk = Client()
    desk.force_login(robin)
    before = desk.get(f"/counselling/{made.pk}/handover/").status_code

    answer = client.post(f"/me/counsellors/{made.pk}/", {"version": 1, "name": "Ann V", "plan": "on", "until": "keep"})

    assert (before, answer.status_code) == (200, 302)
    assert sees(robin) == [(ann.pk, "plan")]
    assert (news(robin), Connection.objects.get().student_name) == (["changed"], "Ann V")
    assert records(ann)[-1][1].startswith("Robin Ash: plan, until ")


def test_two_windows_do_not_overwrite_each_other(client, ann, robin):
    made = make.connection(ann, robin, student_name="Ann")
    address = f"/me/counsellors/{made.pk}/"
    client.post(address, {"version": 1, "name": "Ann", "plan": "on", "until": "keep"})

    second = client.post(address, {"version": 1, "name": "Ann", "gap": "on", "until": "keep"})
    shared = sees(robin)
    third = client.post(address, {"version": 2, "name": "Ann", "gap": "on", "until": "keep"})

    assert (second.status_code, shared) == (409, [(ann.pk, "plan")])
    assert "This was changed meanwhile" in said(second)
    assert 'name="version" value="2"' in said(second)
    assert (third.status_code, sees(robin)) == (302, [(ann.pk, "gap")])


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "Give a name, so that they know who you are."),
        ({"name": "\x00 \u202e"}, "Give a name, so that they know who you are."),
        ({"name": "x" * 121}, "Ensure this value has at most 120 characters (it has 121)."),
        ({"until": ""}, "Choose until when they see it."),
        ({"until": "always"}, "Select a valid choice."),
        ({"until": "date"}, "Give the last day."),
        ({"until": "date", "until_on": "soon"}, "Give a day."),
        ({"until": "date", "until_on": "2001-01-01"}, "This day is over. Choose a later one."),
        ({"until": "date", "until_on": "9999-12-31"}, "A year is the longest."),
        ({"version": "9" * 40}, "Ensure this value is less than or equal to"),
    ],
)
def test_a_slip_gets_a_sentence_and_keeps_what_was_chosen(client, ann, robin, fields, sentence):
    made = make.connection(ann, robin, scopes=[Scope.PLAN])

    answer = client.post(f"/me/counsellors/{made.pk}/", {"version": 1, **AGREED, "gap": "on", **fields})

    assert answer.status_code == 422
    assert sentence in said(answer).replace("&#x27;", "'")
    assert re.search(r'<input[^>]*name="gap"[^>]*checked', said(answer))
    assert sees(robin) == [(ann.pk, "plan")]


def test_a_year_is_the_longest_also_for_whoever_asks_the_service(ann, robin):
    with pytest.raises(connecting.NotPossible):
        grant(ann, robin, days=400)
    with pytest.raises(connecting.NotPossible):
        grant(ann, robin, days=-1)


def test_it_is_over_after_its_last_day_and_can_be_prolonged(client, ann, robin):
    made = make.connection(ann, robin, scopes=[Scope.GAP], ends_at=timezone.now() - timedelta(seconds=1))
    over = sees(robin)

    page = said(client.get(f"/me/counsellors/{made.pk}/"))
    client.post(f"/me/counsellors/{made.pk}/", {"version": 1, **AGREED})

    assert ("Its time is over" in page, over, sees(robin)) == (True, [], [(ann.pk, "gap")])


def test_something_new_can_begin_after_what_is_over(ann, robin):
    old = make.connection(ann, robin, ends_at=timezone.now() - timedelta(days=3))

    made = grant(ann, robin, Scope.GAP)

    assert (Connection.objects.get(pk=old.pk).ended_at, sees(robin)) == (old.ends_at, [(ann.pk, "gap")])
    assert made.pk != old.pk


def test_either_side_ends_it_with_one_click(client, ann, robin):
    first = make.connection(ann, robin)
    ended = client.post(f"/me/counsellors/{first.pk}/end/")
    after_student = sees(robin)
    second = make.connection(ann, robin)
    desk = Client()
    desk.force_login(robin)

    desk.post(f"/counselling/{second.pk}/end/")

    assert (ended.status_code, after_student, sees(robin)) == (302, [], [])
    assert [each.ended_by for each in Connection.objects.order_by("pk")] == [Side.STUDENT, Side.COUNSELLOR]
    assert (news(robin), news(ann)) == (["ended"], ["ended"])
    assert [value for _, value, _ in records(ann)] == ["Robin Ash: ended", "Robin Ash: ended by them"]
    assert client.post(f"/me/counsellors/{first.pk}/end/").status_code == 302
    assert len(records(ann)) == 2


def test_what_was_not_told_before_the_end_is_not_told_after_it(ann, robin):
    made = make.connection(ann, robin)
    Notice.objects.create(owner=robin, what="changed", connection=made)
    Notice.objects.create(owner=ann, what="step", connection=made)

    connecting.end(connection=made.pk, side=Side.STUDENT)

    assert (news(robin), news(ann)) == (["ended"], [])


def test_a_step_stays_with_the_student_under_the_name_of_who_recommended_it(ann, robin):
    sent = make.step(make.connection(ann, robin))

    connecting.end(connection=sent.connection_id, side=Side.COUNSELLOR)

    kept = ann.plan_steps.get()
    assert (kept.by, kept.state) == ("Robin Ash", "sent")


def test_every_look_is_read_newest_first_by_day_and_page_by_page(client, ann, robin):
    made = make.connection(ann, robin)
    for number in range(60):
        look = note_look(made, "desk", f"Page {number}")
        AccessEvent.objects.filter(pk=look.pk).update(at=timezone.now() - timedelta(days=2, minutes=60 - number))

    first = said(client.get(f"/me/counsellors/{made.pk}/"))
    second = said(client.get(re.search(r'href="(\?before=\d+)', first)[1].join([f"/me/counsellors/{made.pk}/", ""])))

    assert re.findall(r"<bdi>(Page \d+)</bdi>", first) == [f"Page {number}" for number in range(59, 9, -1)]
    assert re.findall(r"<bdi>(Page \d+)</bdi>", second) == [f"Page {number}" for number in range(9, -1, -1)]
    assert "Page 59" in said(client.get("/me/sharing/"))


def test_a_record_of_looks_is_read_by_nobody_else(client, ann, robin):
    made = make.connection(make.member(), robin, student_name="Bo")
    unknown = said(client.get("/me/counsellors/999999/"))

    answers = [client.get(f"/me/counsellors/{made.pk}/{more}") for more in ("", "?before=9", "?before=" + "9" * 30)]

    assert [(answer.status_code, said(answer)) for answer in answers] == [(404, unknown)] * 3


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_cost_the_same_with_one_counsellor_and_with_thirty(client, ann, robin, count):
    Profile.objects.create(owner=ann, visibility=2)
    for number in range(count):
        made = make.connection(ann, make.counsellor(f"Robin {number}"))
        note_look(made, "desk", "A page")
        note_look(made, "desk", "Another")
    client.get("/me/counsellors/")

    found = [len(statements(client, address)) for address in ("/me/counsellors/", f"/me/counsellors/{made.pk}/")]

    assert found == [6, 6]


def test_a_new_entry_starts_as_the_counsellors_while_one_sees_entries(client, ann, robin):
    def starts_at():
        found = re.search(r'<input[^>]*name="visibility"[^>]*checked[^>]*>', said(client.get("/me/entries/new/project/")))[0]
        return re.search(r'value="(\d)"', found)[1]

    alone = starts_at()
    made = make.connection(ann, robin, scopes=[Scope.GAP])
    without = starts_at()
    Connection.objects.update(shares_entries=True)
    sharing_them = starts_at()
    connecting.end(connection=made.pk, side=Side.STUDENT)

    assert (alone, without, sharing_them, starts_at()) == ("1", "1", "2", "1")


@pytest.mark.parametrize("age_band", ["13-17", ""])
def test_under_18_it_works_without_asking_for_a_surname(client, robin, age_band):
    student = make.member(age_band=age_band, first_name="Ffion", last_name="Parry")
    client.force_login(student)
    made = make.connection(student, robin, scopes=(), granted_at=None, ends_at=None, agreed_at=timezone.now(), student_name="")

    page = said(client.get(f"/me/counsellors/{made.pk}/"))
    client.post(f"/me/counsellors/{made.pk}/", {"version": 1, "name": "Ffion", "entries": "on", "until": "year"})

    assert ("A first name is enough." in page, "Parry" in page) == (True, False)
    assert "Your parents and your school see nothing by this" in page
    assert sees(robin) == [(student.pk, "entries")]


# Asking a counsellor


def ask(client, counsellor):
    key = getattr(counsellor, "pk", counsellor)
    return client.post("/me/counsellors/ask/", {"counsellor": key, "student_name": "Ann", "message": "Hi."})


def takes_requests(counsellor):
    Counsellor.objects.filter(user=counsellor).update(takes_requests=True)
    return counsellor


def test_a_request_is_agreed_to_and_then_the_student_decides(client, ann, robin):
    takes_requests(robin)
    desk = Client()
    desk.force_login(robin)

    ask(client, robin)
    ask(client, robin)
    asked = Connection.objects.get()
    waits = said(desk.get("/counselling/requests/"))
    early = client.post(f"/me/counsellors/{asked.pk}/", {"version": 1, **AGREED})
    desk.post("/counselling/requests/", {"connection": asked.pk, "do": "agree"})
    agreed = sees(robin)
    decided = client.post(f"/me/counsellors/{asked.pk}/", {"version": 2, **AGREED})

    assert ("Hi." in waits, early.status_code, agreed) == (True, 422, [])
    assert (decided.status_code, sees(robin)) == (302, [(ann.pk, "gap")])
    assert (news(robin), news(ann)) == (["asked", "granted"], ["asked"])


def test_a_request_is_declined_or_taken_back(client, ann, robin):
    takes_requests(robin)
    desk = Client()
    desk.force_login(robin)
    ask(client, robin)
    desk.post("/counselling/requests/", {"connection": Connection.objects.get().pk, "do": "decline"})
    declined = Connection.objects.get()
    ask(client, robin)
    waiting = Connection.objects.get(ended_at=None)

    client.post(f"/me/counsellors/{waiting.pk}/end/")
    late = desk.post("/counselling/requests/", {"connection": waiting.pk, "do": "agree"}, follow=True)

    assert (declined.ended_by, Connection.objects.filter(ended_at=None).count()) == ("counsellor", 0)
    assert "does not wait for your answer" in said(late)
    assert "Hi." not in said(late)


def test_only_who_takes_requests_can_be_asked_and_five_at_a_time(client, ann, robin):
    many = [takes_requests(make.counsellor(f"Robin {number}")) for number in range(6)]
    gone = takes_requests(make.counsellor("Gone"))
    gone.groups.clear()
    page = said(client.get("/me/counsellors/ask/"))

    answers = [ask(client, each).status_code for each in (robin, gone, *many)]

    assert ("Robin Ash" in page, "Gone" in page, "Robin 5" in page) == (False, False, True)
    assert answers == [422, 422, 302, 302, 302, 302, 302, 422]
    assert [ask(client, key).status_code for key in ("9" * 30, "9" * 5000, "\x00", "")] == [422] * 4


# Two at once


@pytest.mark.django_db(transaction=True)
def test_two_grants_at_once_make_one_connection():
    student, counsellor = make.member(), make.counsellor()

    assert outcomes(*[lambda: grant(student, counsellor, Scope.GAP)] * 2) == ["NotPossible", "done"]
    assert Connection.objects.filter(ended_at=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_end_and_a_change_at_once_leave_it_ended_or_tell_one_of_them_so():
    student, counsellor = make.member(), make.counsellor()
    made = make.connection(student, counsellor, student_name="Ann")

    def change():
        connecting.change(student=student, connection=made.pk, version=1, given=given(Scope.GAP))

    came_to = outcomes(change, lambda: connecting.end(connection=made.pk, side=Side.COUNSELLOR))

    assert came_to in (["done", "done"], ["NotPossible", "done"], ["Changed", "done"])
    assert (Connection.objects.get().ended_by, sees(counsellor)) == ("counsellor", [])


# Pure


def test_a_code_is_read_however_it_is_typed():
    made = codes.new()

    assert (len(made), set(made) <= set(codes.ALPHABET), codes.read(codes.shown(made).lower())) == (8, True, made)
    assert [codes.read(text) for text in ("", "ACDE", "ACDE-346O", "acde 3467", "ACDE34677")] == ["", "", "", "ACDE3467", ""]


@pytest.mark.parametrize(
    ("today", "year", "months"),
    [
        ("2026-11-25", "2027-07-31", "2027-02-25"),
        ("2027-07-31", "2027-07-31", "2027-10-31"),
        ("2026-11-30", "2027-07-31", "2027-02-28"),
    ],
)
def test_the_days_on_offer(today, year, months):
    day = timezone.datetime.fromisoformat(today).date()

    assert (terms.school_year_ends(day).isoformat(), terms.months_later(day, 3).isoformat()) == (year, months)
