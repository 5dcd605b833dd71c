"""What a session costs, and what ends it."""

import re
import time

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.models import User
from tests.home.members import (
    ANOTHER,
    PASSWORD,
    is_in,
    member,
    sign_in,
    where,
    writes,
)

pytestmark = pytest.mark.django_db


def two_places():
    member()
    here, there = (
        Client(),
        Client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}),
    )
    sign_in(here)
    sign_in(there)
    return here, there


def test_signing_out_elsewhere_ends_the_other_session_at_once():
    here, there = two_places()
    page = here.get("/accounts/sessions/").content.decode()
    here.post("/accounts/sessions/")

    assert "Firefox on Linux" in page
    assert page.count("This device") == 1
    assert (is_in(here), is_in(there)) == (True, False)
    assert "Firefox on Linux" not in here.get("/accounts/sessions/").content.decode()


def test_a_device_that_signed_out_is_not_listed():
    here, there = two_places()
    there.post("/accounts/logout/")

    assert [device for _, device in here.get("/accounts/sessions/").context["places"]] == ["A browser we do not know"]


def test_one_member_does_not_see_or_end_the_devices_of_another():
    here, there = two_places()
    member("kim@example.org")
    stranger = Client()
    sign_in(stranger, "kim@example.org")
    page = stranger.get("/accounts/sessions/").content.decode()
    stranger.post("/accounts/sessions/")

    assert "Firefox" not in page
    assert (is_in(here), is_in(there), is_in(stranger)) == (True, True, True)


def test_a_new_password_ends_the_other_sessions(mailoutbox):
    here, there = two_places()
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": ANOTHER})

    assert len(here.get("/accounts/sessions/").context["places"]) == 1
    assert (is_in(here), is_in(there)) == (True, False)
    assert sign_in(Client(), password=ANOTHER).status_code == 302
    assert mailoutbox[-1].subject == "Your Greenlight password was changed"


def test_a_reset_password_ends_every_session(client, mailoutbox):
    here, there = two_places()
    client.post("/accounts/password/reset/", {"email": "ANN@example.org"})
    form = client.get(re.search(r"http://testserver(/\S+)", mailoutbox[0].body)[1])
    done = client.post(form.headers["Location"], {"password1": ANOTHER})

    left = Session.objects.filter(session_key__in=[each.cookies["sessionid"].value for each in (here, there)])
    assert (where(done), left.count()) == ((302, "/accounts/password/reset/key/done/"), 0)
    assert (is_in(here), is_in(there), is_in(client)) == (False, False, False)


def test_an_answer_that_comes_late_signs_nobody_out(client):
    """A browser asked for something, and while that was under way somebody signed in: the session has another key now."""
    member()
    client.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})
    earlier = Client()
    earlier.cookies["sessionid"] = client.cookies["sessionid"].value
    sign_in(client)

    for path in ("/sw.js", "/accounts/login/", "/careers/associate-producer/"):
        assert "sessionid" not in earlier.get(path).cookies, path


def test_signing_out_takes_the_cookie_away(client):
    member()
    sign_in(client)
    left = client.post("/accounts/logout/")

    assert left.cookies["sessionid"]["max-age"] == 0


def test_who_is_switched_off_is_out_at_once(client):
    person = member()
    sign_in(client)
    User.objects.filter(pk=person.pk).update(is_active=False)

    assert not is_in(client)


def age_session(client, **seconds):
    """Move what the session remembers back in time."""
    session = client.session
    for name, value in seconds.items():
        session[name] = int(time.time()) - value
    session.save()


@pytest.mark.parametrize(("days", "stays"), [(29.9, True), (30.1, False)])
def test_a_session_ends_thirty_days_after_it_began(client, days, stays):
    member()
    sign_in(client)
    age_session(client, session_began=int(days * 86400), session_seen=60)

    assert is_in(client) == stays


def test_a_session_lasts_fourteen_days_from_the_last_day_it_was_used(client):
    member()
    sign_in(client)
    Session.objects.update(expire_date="2026-01-01T00:00:00Z")

    assert not is_in(client)


def test_a_page_of_a_member_saves_the_session_once_a_day(client):
    member()
    sign_in(client)
    saved = []
    for seen in (86401, 86000):
        age_session(client, session_began=2 * 86400, session_seen=seen)
        with CaptureQueriesContext(connection) as captured:
            client.get("/accounts/")
        saved.append(len([sql for sql in writes(captured) if "django_session" in sql]))

    assert saved == [1, 0]


@pytest.mark.parametrize("path", ["", "email/", "password/change/", "2fa/", "2fa/webauthn/", "sessions/", "logout/", "login/"])
def test_looking_at_an_account_writes_nothing(client, path):
    member()
    sign_in(client)
    client.get("/accounts/")

    with CaptureQueriesContext(connection) as captured:
        client.get(f"/accounts/{path}")

    assert writes(captured) == []


def test_a_reader_without_a_session_costs_no_statement(client):
    with CaptureQueriesContext(connection) as captured:
        client.get("/accounts/login/")

    assert list(captured) == []


def test_what_an_account_shows_is_kept_by_nobody(client):
    client.force_login(member())

    assert [client.get(f"/accounts/{path}").headers["Cache-Control"] for path in ("", "sessions/")] == [
        "max-age=0, no-cache, no-store, must-revalidate, private"
    ] * 2
