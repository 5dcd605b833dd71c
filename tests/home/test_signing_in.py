"""Signing in by every way there is, back to where one came from."""

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from tests import make
from tests.home.members import (
    PASSWORD,
    app_code,
    code_in,
    confirm,
    is_in,
    masked,
    member,
    sign_in,
    sign_up,
    where,
    with_app,
    wrong,
)

pytestmark = pytest.mark.django_db

ELSEWHERE = [
    "https://evil.example/",
    "http://evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example/x",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    " https://evil.example",
    "\thttps://evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\x00//evil.example",
    "evil.example",
    "@evil.example",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "http://localhost/",
    "https://127.0.0.1/",
    "ftp://testserver/",
    "?next=//evil.example",
]


@pytest.mark.parametrize("spelling", ["ann@example.org", "ANN@Example.org", "ａnn@example.org"])
def test_a_password_signs_in_under_a_new_session(client, spelling):
    member()
    client.get("/accounts/login/")
    client.post("/accounts/login/code/", {"email": "ann@example.org"})
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/accounts/logout/")

    response = sign_in(client, spelling)

    assert where(response) == (302, "/me/")
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert is_in(client)


def test_a_code_by_mail_signs_in(client, mailoutbox):
    member()
    asked = client.post("/accounts/login/code/", {"email": "Ann@Example.org"})
    done = client.post("/accounts/login/code/confirm/", {"code": code_in(mailoutbox[0])})

    assert (where(asked), where(done)) == ((302, "/accounts/login/code/confirm/"), (302, "/me/"))
    assert is_in(client)


def test_a_stranger_who_asks_for_a_code_sees_what_a_member_sees(mailoutbox):
    member()
    pages = []
    for email in ("ann@example.org", "new@example.org"):
        client = Client()
        asked = client.post("/accounts/login/code/", {"email": email})
        pages.append((where(asked), masked(client.get("/accounts/login/code/confirm/").content.decode())))

    assert pages[0] == pages[1]
    assert [mail.subject for mail in mailoutbox] == ["Your Greenlight code", "No Greenlight account here"]


def test_an_editor_made_in_the_cms_confirms_the_address_once(client, mailoutbox):
    make.user("Editors", email="ann@example.org")
    first = sign_in(client)
    confirm(client, code_in(mailoutbox[0]))
    client.post("/accounts/logout/")
    second = sign_in(client)

    assert (where(first), where(second)) == ((302, "/accounts/confirm-email/"), (302, "/me/"))


def test_an_administrator_made_at_the_server_needs_no_code(client, monkeypatch, mailoutbox):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", email="Boss@Example.org", interactive=False, verbosity=0)

    assert where(sign_in(client, "boss@example.org")) == (302, "/me/")
    assert mailoutbox == []


def test_nobody_signs_in_to_an_account_that_is_switched_off(client):
    member(is_active=False)

    assert where(sign_in(client)) == (302, "/accounts/inactive/")
    assert not is_in(client)


def test_the_app_stands_between_a_password_and_the_account(client, still):
    secret = with_app(member())
    first = sign_in(client)
    between = is_in(client)
    refused = client.post("/accounts/2fa/authenticate/", {"code": wrong(app_code(secret))})
    let_in = client.post("/accounts/2fa/authenticate/", {"code": app_code(secret)})

    assert (where(first), between, where(refused)) == ((302, "/accounts/2fa/authenticate/"), False, (200, None))
    assert (where(let_in), is_in(client)) == ((302, "/me/"), True)


def test_the_app_stands_behind_a_code_by_mail_too(client, mailoutbox):
    with_app(member())
    client.post("/accounts/login/code/", {"email": "ann@example.org"})
    response = client.post("/accounts/login/code/confirm/", {"code": code_in(mailoutbox[0])})

    assert (where(response), is_in(client)) == ((302, "/accounts/2fa/authenticate/"), False)


def test_a_recovery_code_works_once(client):
    person = member()
    with_app(person)
    code = Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()[0]
    answers = []
    for _ in range(2):
        sign_in(client)
        answers.append(where(client.post("/accounts/2fa/authenticate/", {"code": code})))
        client.post("/accounts/logout/")

    assert answers == [(302, "/me/"), (200, None)]


@pytest.mark.django_db(transaction=True)
def test_setting_up_the_app_asks_who_is_there_draws_a_square_and_ends_in_recovery_codes(client, mailoutbox, still):
    client.force_login(member())
    asked = client.get("/accounts/2fa/totp/activate/")
    back = client.post("/accounts/reauthenticate/?next=/accounts/2fa/totp/activate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    done = client.post("/accounts/2fa/totp/activate/", {"code": app_code(page.context["form"].secret)})
    shown = client.get("/accounts/2fa/recovery-codes/")

    assert where(asked) == (302, "/accounts/reauthenticate/?next=%2Faccounts%2F2fa%2Ftotp%2Factivate%2F")
    assert where(back) == (302, "/accounts/2fa/totp/activate/")
    assert '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ' in page.content.decode()
    assert "data:" not in page.content.decode()
    assert "issuer=Greenlight" in page.context["totp_url"]
    assert (where(done), len(shown.context["unused_codes"])) == ((302, "/accounts/2fa/recovery-codes/"), 10)
    assert [mail.subject for mail in mailoutbox] == ["Greenlight: authenticator app on"]


@pytest.mark.parametrize(
    "path", ["/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/", "/accounts/2fa/recovery-codes/generate/"]
)
def test_the_app_asks_for_itself_before_a_change(client, still, path):
    person = member()
    secret = with_app(person)
    client.force_login(person)
    client.get(path)

    wrong_way = client.post(f"/accounts/2fa/reauthenticate/?next={path}", {"code": wrong(app_code(secret))})
    right_way = client.post(f"/accounts/2fa/reauthenticate/?next={path}", {"code": app_code(secret)})

    assert (where(wrong_way), where(right_way)) == ((200, None), (302, path))


@pytest.mark.parametrize("method", ["login", "logout", "signup", "code"])
@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_to_another_site(client, mailoutbox, method, target):
    home = "/" if method == "logout" else "/me/"
    if method == "signup":
        sign_up(client, next=target)
        response = confirm(client, code_in(mailoutbox[0]))
    elif method == "code":
        member()
        client.post("/accounts/login/code/", {"email": "ann@example.org", "next": target})
        code = {"code": code_in(mailoutbox[0]), "next": target}
        response = client.post("/accounts/login/code/confirm/", code)
    else:
        member()
        response = client.post(f"/accounts/{method}/", {"login": "ann@example.org", "password": PASSWORD, "next": target})

    assert where(response) == (302, home)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_who_is_signed_in_is_sent_to_another_site(client, target):
    client.force_login(member())

    assert where(client.get("/accounts/login/", {"next": target})) == (302, "/me/")


def test_people_get_back_to_the_page_they_came_for(client):
    member()
    asked = client.get("/accounts/email/")
    response = client.post(
        asked.headers["Location"], {"login": "ann@example.org", "password": PASSWORD, "next": "/accounts/email/"}
    )

    assert where(response) == (302, "/accounts/email/")
