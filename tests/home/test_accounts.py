"""Opening an account, and changing its address."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from home.models import User
from tests import make
from tests.home.members import (
    ANOTHER,
    PASSWORD,
    code_in,
    confirm,
    is_in,
    masked,
    member,
    sign_in,
    sign_up,
    where,
    wrong,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("age_band", "is_protected"), [("13-17", True), ("18+", False)])
def test_an_account_opens_with_the_code_from_the_mail(client, mailoutbox, age_band, is_protected):
    asked = sign_up(client, age_band=age_band)
    before = is_in(client)
    done = confirm(client, code_in(mailoutbox[0]))

    person = User.objects.get(email="ann@example.org")
    assert (where(asked), before, where(done), is_in(client)) == ((302, "/accounts/confirm-email/"), False, (302, "/me/"), True)
    assert (person.age_band, person.is_protected, person.get_full_name()) == (age_band, is_protected, "")
    assert EmailAddress.objects.get(user=person).verified
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [(["ann@example.org"], "Your Greenlight code")]


def test_somebody_whose_age_is_not_known_is_protected():
    assert User().is_protected


def test_nobody_under_13_gets_an_account_and_nothing_is_kept(client, mailoutbox):
    people = User.objects.count()

    response = sign_up(client, age_band="under-13")

    assert "Accounts start at 13, so we have kept nothing." in response.content.decode()
    assert 'value="ann@example.org"' in response.content.decode()
    assert (User.objects.count(), Session.objects.count(), mailoutbox) == (people, 0, [])
    assert settings.SESSION_COOKIE_NAME not in client.cookies


def test_no_age_is_ticked_beforehand_and_one_must_be(client):
    form = client.get("/accounts/signup/").content.decode()
    response = sign_up(client, age_band="")

    assert not re.search(r"<input[^>]* checked", form)
    assert response.context["form"].errors == {"age_band": ["Choose the band you are in."]}


@pytest.mark.parametrize("age_band", ["99", "18", "13-17,18+"])
def test_an_age_that_nobody_offered_is_refused(client, age_band):
    sign_up(client, age_band=age_band)

    assert not User.objects.filter(email="ann@example.org").exists()


@pytest.mark.parametrize("name", ["is_staff", "is_superuser", "first_name", "email_verified"])
def test_what_the_form_does_not_ask_is_ignored(client, name):
    sign_up(client, **{name: "1"})

    person = User.objects.get(email="ann@example.org")
    assert (person.is_staff, person.is_superuser, person.first_name) == (False, False, "")
    assert not EmailAddress.objects.filter(verified=True, user=person).exists()


@pytest.mark.parametrize(
    "spelling", ["kim@example.org", "KIM@Example.ORG", " kim@example.org ", "ｋｉｍ@example.org", "\u212aim@example.org"]
)
def test_a_known_address_gets_the_same_answer_and_a_mail(mailoutbox, spelling):
    member("kim@example.org")
    people = User.objects.count()
    known, unknown = Client(), Client()

    answers = [(where(sign_up(known, spelling)), masked(known.get("/accounts/confirm-email/").content.decode()))]
    answers += [(where(sign_up(unknown, "new@example.org")), masked(unknown.get("/accounts/confirm-email/").content.decode()))]

    assert answers[0] == answers[1]
    assert User.objects.count() == people + 1
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        (["kim@example.org"], "Your Greenlight account"),
        (["new@example.org"], "Your Greenlight code"),
    ]


def test_who_never_confirmed_an_address_does_not_keep_it_from_its_owner(mailoutbox):
    squatter, owner = Client(), Client()
    sign_up(squatter, password1=ANOTHER)
    sign_up(owner)
    late = confirm(squatter, code_in(mailoutbox[0]))
    done = confirm(owner, code_in(mailoutbox[1]))

    assert [mail.subject for mail in mailoutbox] == ["Your Greenlight code"] * 2
    assert (is_in(squatter), where(done)) == (False, (302, "/me/"))
    assert late.status_code in (200, 302)
    assert sign_in(Client(), password=ANOTHER).status_code == 200
    assert User.objects.filter(email="ann@example.org").count() == 1


def test_a_code_does_not_let_the_owner_into_an_account_that_somebody_else_began(mailoutbox):
    sign_up(Client(), password1=ANOTHER)

    Client().post("/accounts/login/code/", {"email": "ann@example.org"})

    assert mailoutbox[-1].subject == "No Greenlight account here"


def test_an_editor_made_in_the_cms_is_never_taken_for_an_unfinished_sign_up(client):
    editor = make.user("Editors", email="ann@example.org")

    sign_up(client)

    assert User.objects.get(email="ann@example.org") == editor


def test_who_was_signed_in_before_is_never_taken_for_an_unfinished_sign_up(client):
    person = make.user(email="ann@example.org", age_band="18+")
    Client().force_login(person)

    sign_up(client)

    assert User.objects.get(email="ann@example.org") == person


def test_three_wrong_codes_end_the_try(client, mailoutbox):
    sign_up(client)
    code = code_in(mailoutbox[0])
    answers = [where(confirm(client, wrong(code))) for _ in range(3)]

    assert answers == [(200, None), (200, None), (302, "/accounts/login/")]
    assert where(confirm(client, code)) == (302, "/accounts/login/")
    assert not is_in(client)


def test_a_new_code_takes_the_place_of_the_old(client, mailoutbox):
    sign_up(client)
    client.post("/accounts/confirm-email/", {"action": "resend"})
    old, new = map(code_in, mailoutbox)

    assert where(confirm(client, wrong(new) if old == new else old)) == (200, None)
    assert where(confirm(client, new)) == (302, "/me/")


def test_a_click_too_many_makes_one_account(client, mailoutbox):
    sign_up(client)
    sign_up(client)

    assert User.objects.filter(email="ann@example.org").count() == 1
    assert where(confirm(client, code_in(mailoutbox[-1]))) == (302, "/me/")


def test_a_new_address_counts_once_its_code_is_typed(client, mailoutbox):
    person = member()
    sign_in(client)
    asked = client.post("/accounts/email/", {"email": "New@Example.org", "action_add": ""})
    client.post(asked.headers["Location"], {"password": PASSWORD})
    before = User.objects.get(pk=person.pk).email
    done = confirm(client, code_in(mailoutbox[0]))

    assert asked.headers["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2Femail%2F"
    assert (before, User.objects.get(pk=person.pk).email) == ("ann@example.org", "new@example.org")
    assert where(done) == (302, "/accounts/email/")
    assert [(address.email, address.verified) for address in EmailAddress.objects.filter(user=person)] == [
        ("new@example.org", True)
    ]
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        (["new@example.org"], "Your Greenlight code"),
        (["ann@example.org"], "Your Greenlight address was changed"),
    ]


def test_the_address_of_somebody_else_cannot_be_taken(client, mailoutbox):
    member("kim@example.org")
    person = member()
    sign_in(client)
    asked = client.post("/accounts/email/", {"email": "KIM@example.org", "action_add": ""})
    client.post(asked.headers["Location"], {"password": PASSWORD})
    confirm(client, code_in(mailoutbox[0]))

    assert User.objects.get(pk=person.pk).email == "ann@example.org"
