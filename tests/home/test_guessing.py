"""How guessing is slowed, and who is not kept out by it."""

import pytest
from django.test import Client

from tests.home.members import code_in, member, sign_in, where

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "last", ["kim@example.org", "KIM@EXAMPLE.ORG", "ｋim@example.org", "\u212aim@example.org", " kim@example.org"]
)
def test_the_sixth_try_is_refused_however_the_address_is_spelled(client, last):
    member("kim@example.org")
    spellings = ["kim@example.org", "Kim@example.org", "kiM@example.org", "ｋｉｍ@example.org", "kim@EXAMPLE.org"]
    tries = [sign_in(client, spelling, "wrong").status_code for spelling in spellings]
    sixth = sign_in(client, last)

    assert tries == [200] * 5
    assert sixth.status_code == 429
    assert "Hold, please" in sixth.content.decode()
    assert 'class="masthead"' in sixth.content.decode()
    assert where(sign_in(Client(REMOTE_ADDR="10.9.8.7"), "kim@example.org")) == (302, "/me/")


def test_a_proxy_header_that_nobody_set_up_hides_no_guesser(client):
    member()

    tries = [sign_in(client, password="wrong", headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code for n in range(6)]

    assert tries == [200] * 5 + [429]


def test_fifty_tries_from_everywhere_close_the_password_but_not_the_other_ways(mailoutbox):
    member()
    tries = [sign_in(Client(REMOTE_ADDR=f"10.0.{n}.1"), password="wrong").status_code for n in range(50)]
    owner = Client(REMOTE_ADDR="10.9.8.7")

    assert tries == [200] * 50
    assert sign_in(owner).status_code == 429
    owner.post("/accounts/login/code/", {"email": "ann@example.org"})
    assert where(owner.post("/accounts/login/code/confirm/", {"code": code_in(mailoutbox[0])})) == (302, "/me/")


def test_a_right_password_does_not_count_as_a_try(client):
    member()
    answers = []
    for _ in range(7):
        answers.append(sign_in(client).status_code)
        client.post("/accounts/logout/")

    assert answers == [302] * 7


def test_the_password_for_a_change_cannot_be_guessed_either(client):
    client.force_login(member())

    tries = [client.post("/accounts/reauthenticate/", {"password": "wrong"}).status_code for _ in range(6)]

    assert tries == [200] * 5 + [429]
