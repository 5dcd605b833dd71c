"""A counsellor invites one student by a secret address, which the student answers once signed in."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from portfolio import guesses
from portfolio.counselling import connecting, invitations, inviting
from portfolio.models import Cohort, Connection, Counsellor, Invitation
from portfolio.scales import Scope
from tests import make
from tests.portfolio.test_granting import AGREED, given, said, sees
from tests.test_query_budgets import statements
from tests.together import outcomes

pytestmark = pytest.mark.django_db
SAID = {"name": "Ann", "purpose": "To help you into sound.", "asks_gap": "on", "days": 30}


@pytest.fixture
def robin(db):
    return make.counsellor()


@pytest.fixture
def desk(client, robin):
    client.force_login(robin)
    return client


def invite(counsellor, **fields):
    asked = {f"asks_{scope}": True for scope in Scope}
    said = {"name": "Ann", "email": "", "cohort": None, "purpose": "Sound.", **asked, **fields}
    return inviting.invite(counsellor=counsellor, days=said.pop("days", 30), **said)


def address(invitation):
    return f"/invited/{invitations.token_of(invitation)}/"


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def test_an_invitation_is_made_read_signed_out_and_accepted(desk, robin, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = desk.post("/counselling/invitations/", {**SAID, "email": "ann@example.org"})
    found = Invitation.objects.get()
    link = re.search(r"https?://[^/]+(/invited/\S+)", mail.outbox[0].body)[1]
    stranger = Client().get(link)
    ann = make.member()

    page = as_(ann).get(link)
    answer = as_(ann).post(link, AGREED)

    assert (made.status_code, found.asked, mail.outbox[0].to) == (302, (Scope.GAP,), ["ann@example.org"])
    assert [kind for _, kind in mail.outbox[0].alternatives] == ["text/html"]
    words = ["Robin Ash would like to be your counsellor", "Ashdown College", "To help you into sound.", "Your target roles"]
    assert [each for each in words if each not in said(stranger)] == []
    assert f"/accounts/signup/?next={link.replace('/', '%2F')}" in said(stranger)
    assert (page.status_code, answer.status_code, sees(robin)) == (200, 302, [(ann.pk, "gap")])
    assert re.findall(r'<input[^>]*name="(\w+)"[^>]*checked', said(page)) == ["until"]
    assert said(page).count("They ask for this.") == 1


def test_what_the_counsellor_wrote_down_goes_once_it_is_used(robin):
    made = invite(robin, email="ann@example.org")

    inviting.accept(student=make.member(), invitation=made.pk, given=given(Scope.GAP))

    used = Invitation.objects.get()
    assert (used.name, used.email, used.used_at is not None) == ("", "", True)
    assert "Used on" in said(as_(robin).get("/counselling/invitations/"))


def test_it_is_used_once_and_its_student_comes_back_to_what_they_gave(robin):
    made, ann = invite(robin), make.member()
    as_(ann).post(address(made), AGREED)

    again = as_(ann).post(address(made), AGREED)
    other = as_(make.member()).get(address(made))

    connection = Connection.objects.get()
    assert (again.status_code, again.headers["Location"]) == (302, f"/me/counsellors/{connection.pk}/")
    assert (other.status_code, Client().get(address(made)).status_code) == (404, 404)


DEAD = {
    "taken back": lambda made: inviting.revoke(counsellor=made.counsellor, invitation=made.pk),
    "over": lambda made: Invitation.objects.update(expires_at=timezone.now()),
    "used": lambda made: inviting.accept(student=make.member(), invitation=made.pk, given=given()),
    "of somebody who left": lambda made: connecting.leave(counsellor=made.counsellor_id),
    "of no counsellor": lambda made: made.counsellor.groups.clear(),
    "of nobody introduced": lambda made: Counsellor.objects.all().delete(),
    "of a closed account": lambda made: type(made.counsellor).objects.filter(pk=made.counsellor_id).update(is_active=False),
}


@pytest.mark.parametrize("case", DEAD)
def test_what_does_not_open_is_told_like_what_never_was(robin, case):
    made = invite(robin)
    before = Client().get(address(made)).status_code
    DEAD[case](made)

    answers = [client.get(place) for client in (Client(), as_(make.member())) for place in (address(made), "/invited/x.y/")]

    assert (before, [answer.status_code for answer in answers]) == (200, [404] * 4)
    assert said(answers[0]) == said(answers[1])
    assert Connection.objects.open().count() == 0 or case == "used"


def test_the_address_stays_between_us(robin):
    page = Client().get(address(invite(robin)))

    assert {name: page.headers[name] for name in ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")} == {
        "Cache-Control": "private, no-store",
        "X-Robots-Tag": "noindex",
        "Referrer-Policy": "same-origin",
    }


def test_another_site_cannot_have_somebody_share_something(robin):
    made, ann = invite(robin), make.member()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ann)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', said(browser.get(address(made))))[1]

    stolen = [browser.post(address(made), AGREED), browser.post(address(made), AGREED, headers={"Origin": "null"})]
    own = browser.post(address(made), {**AGREED, "csrfmiddlewaretoken": token}, headers={"Origin": "http://testserver"})

    assert ([each.status_code for each in stolen], own.status_code) == ([403, 403], 302)


def test_guessing_is_slowed_down(robin, stopped):
    made = invite(robin)
    for number in range(guesses.MOST):
        Client().get(f"/invited/{number}.x/")

    assert Client().get(address(made)).status_code == 429


def test_nobody_is_their_own_counsellor(desk, robin):
    made = invite(robin)

    page, answer = desk.get(address(made)), desk.post(address(made), AGREED)

    assert ("cannot be your own counsellor" in said(page), answer.status_code, Connection.objects.count()) == (True, 200, 0)


def test_it_cannot_be_made_before_an_introduction_or_outside_the_group(client):
    new = make.user("Counsellors")
    client.force_login(new)
    page = said(client.get("/counselling/invitations/"))
    early = client.post("/counselling/invitations/", SAID)
    client.post("/counselling/introduction/", {"name": "Sam Oakes", "organisation": "A guild"})
    made = client.post("/counselling/invitations/", SAID)

    assert ("Introduce yourself first" in page, early.status_code, made.status_code) == (True, 422, 302)
    with pytest.raises(connecting.NotPossible):
        invite(make.superuser())


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "x" * 200}, "at most 120 characters"),
        ({"email": "nobody"}, "Enter a valid email address."),
        ({"email": '"a b"@example.org'}, "Enter a valid email address."),
        ({"cohort": "9" * 30}, "Select a valid choice."),
        ({"days": "10000"}, "Select a valid choice."),
        ({"purpose": "x" * 500}, "at most 400 characters"),
    ],
)
def test_a_slip_gets_a_sentence_and_keeps_what_was_typed(desk, fields, sentence):
    answer = desk.post("/counselling/invitations/", {**SAID, **fields})

    assert (answer.status_code, Invitation.objects.count()) == (422, 0)
    assert sentence in said(answer)
    assert "sound" in said(answer) or "xxx" in said(answer)


def test_another_counsellors_cohort_is_none_of_theirs(desk):
    theirs = Cohort.objects.create(counsellor=make.counsellor("Sam"), name="Theirs")

    assert desk.post("/counselling/invitations/", {**SAID, "cohort": theirs.pk}).status_code == 422


def test_made_twice_it_is_one_and_another_to_the_same_address_waits_its_turn(desk):
    fields = {**SAID, "email": "ann@example.org"}

    answers = [desk.post("/counselling/invitations/", each) for each in (fields, fields, {**fields, "name": "Annie"})]

    assert ([each.status_code for each in answers], Invitation.objects.count()) == ([302, 302, 422], 1)


def test_at_most_fifty_a_day(robin):
    for number in range(inviting.MOST_A_DAY):
        invite(robin, name=f"Ann {number}")

    with pytest.raises(connecting.NotPossible):
        invite(robin, name="One more")


def test_it_is_sent_again_once_a_day_and_taken_back(desk, robin, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = invite(robin, email="ann@example.org")
    at_once_again = desk.post("/counselling/invitations/", {"do": "again", "invitation": made.pk}, follow=True)
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=2))
    with django_capture_on_commit_callbacks(execute=True):
        desk.post("/counselling/invitations/", {"do": "again", "invitation": made.pk})
    desk.post("/counselling/invitations/", {"do": "revoke", "invitation": made.pk})

    assert ("a day after the last time" in said(at_once_again), len(mail.outbox)) == (True, 2)
    assert Client().get(address(made)).status_code == 404


def test_another_counsellor_can_do_nothing_about_it(robin):
    made, other = invite(robin), as_(make.counsellor("Sam"))

    answer = other.post("/counselling/invitations/", {"do": "revoke", "invitation": made.pk}, follow=True)

    assert ("Ann" in said(answer), Invitation.objects.get().revoked_at) == (False, None)


def test_the_daily_round_sends_what_was_not_sent_and_forgets_what_is_over(robin):
    waiting, over = invite(robin, email="ann@example.org"), invite(robin, name="Old")
    Invitation.objects.filter(pk=over.pk).update(expires_at=timezone.now() - timedelta(days=31))

    call_command("daily", verbosity=0)

    assert ([each.to for each in mail.outbox], Invitation.objects.get().pk) == ([["ann@example.org"]], waiting.pk)


def test_whoever_it_was_sent_to_finds_it_among_their_counsellors(robin):
    ann = make.member(email="ann@example.org")
    invite(robin, email="ann@example.org")
    unproven = "Invites you" in said(as_(ann).get("/me/counsellors/"))
    ann.emailaddress_set.create(email="ann@example.org", verified=True, primary=True)

    assert (unproven, "Invites you" in said(as_(ann).get("/me/counsellors/"))) == (False, True)


def test_an_introduction_in_two_windows(desk, robin):
    page = said(desk.get("/counselling/introduction/"))
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    Counsellor.objects.filter(user=robin).update(about="Something else", takes_requests=True)

    answer = desk.post("/counselling/introduction/", {"name": "Robin", "seen": seen})

    assert (answer.status_code, Counsellor.objects.get(user=robin).name) == (409, "Robin Ash")
    assert "This was changed meanwhile" in said(answer)


def test_leaving_ends_everything_at_once(desk, robin):
    made = invite(robin)
    ann = make.member()
    make.connection(ann, robin)
    cohort = Cohort.objects.create(
        counsellor=robin, name="Class", code="ACDE3467", code_ends_at=timezone.now() + timedelta(days=1)
    )

    desk.post("/counselling/leave/")

    cohort.refresh_from_db()
    assert (sees(robin), Client().get(address(made)).status_code) == ([], 404)
    assert (cohort.code, cohort.closed_at is not None, Connection.objects.get().ended_by) == ("", True, "counsellor")


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_with_one_invitation_and_with_thirty(desk, robin, count):
    for number in range(count):
        invite(robin, name=f"Ann {number}")
    desk.get("/counselling/invitations/")

    assert len(statements(desk, "/counselling/invitations/")) == 7


@pytest.mark.django_db(transaction=True)
def test_taken_back_and_accepted_at_once_it_is_one_of_both():
    counsellor, student = make.counsellor(), make.member()
    made = invite(counsellor)

    came_to = outcomes(
        lambda: inviting.accept(student=student, invitation=made.pk, given=given(Scope.GAP)),
        lambda: inviting.revoke(counsellor=counsellor, invitation=made.pk),
    )

    found = Invitation.objects.get()
    assert came_to in (["Gone", "done"], ["NotPossible", "done"])
    assert [found.used_at, found.revoked_at].count(None) == 1
    assert Connection.objects.count() == (found.used_at is not None)
