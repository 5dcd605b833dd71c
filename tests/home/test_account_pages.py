"""Every page, mail and message of an account is ours."""

import re
from pathlib import Path

import allauth
import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.test import Client

from home.accounts.devices import device
from home.models import User
from tests.home.members import (
    PASSWORD,
    member,
    sign_in,
    sign_up,
    with_app,
)
from tests.test_access import ROUTES, address

pytestmark = pytest.mark.django_db

OURS = settings.BASE_DIR / "templates"
# Pages and mails of things that are switched off: telephones, links in place of codes, several addresses, other sites.
SWITCHED_OFF = re.compile(
    r"base|phone|signup_by_passkey|signup_closed|signup_form|password_reset_code|email_confirm\.html|account/email\.html|trust"
    r"|verification_sent|verified_email_required|snippets|sessions_logged_out|provider|socialaccount|openid|idp|tests/|headless"
)


def named_by_allauth(response):
    """The account templates behind an answer, with the folder each came from."""
    names = ("account/", "allauth/", "mfa/", "usersessions/")
    found = {
        template.name: template.origin.name
        for template in response.templates
        if template.name and template.name.startswith(names)
    }
    return {name for name, file in found.items() if not Path(file).is_relative_to(OURS)}


def strangers(client, paths):
    """The pages that are not in our frame, or that take a template of allauth's."""
    wrong_ones = {}
    for path in paths:
        response = client.get(path)
        is_page = response.status_code != 302 and response.headers["Content-Type"].startswith("text/html")
        if is_page and ('class="masthead"' not in response.content.decode() or named_by_allauth(response)):
            wrong_ones[path] = named_by_allauth(response)
    return wrong_ones


@pytest.fixture
def at_home():
    """A client whose member has the app, a passkey and recovery codes, and has just said who is there."""
    person = member()
    client = Client()
    client.force_login(person)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client, person


PATHS = [address(route) for route in ROUTES if route.startswith("accounts/")]


def test_every_page_is_in_our_frame_signed_out(client):
    assert strangers(client, PATHS) == {}


def test_every_page_is_in_our_frame_signed_in(at_home):
    client, person = at_home
    before = strangers(client, PATHS)
    with_app(person)
    key = Authenticator.objects.create(user=person, type="webauthn", data={"name": "My phone"})
    keys = [f"/accounts/2fa/webauthn/keys/{key.pk}/{verb}/" for verb in ("edit", "remove")]
    shown = [path for path in PATHS if "webauthn/add" not in path and "webauthn/reauth" not in path]

    assert (before, strangers(client, [*shown, *keys])) == ({}, {})


def test_every_step_on_the_way_in_is_in_our_frame(still):
    with_app(member())
    app, code, new = Client(), Client(), Client()
    sign_in(app)
    code.post("/accounts/login/code/", {"email": "ann@example.org"})
    sign_up(new, "new@example.org")

    steps = [(app, "/accounts/2fa/authenticate/"), (code, "/accounts/login/code/confirm/"), (new, "/accounts/confirm-email/")]

    assert [client.get(path).status_code for client, path in steps] == [200] * 3
    assert [strangers(client, [path]) for client, path in steps] == [{}] * 3


def test_no_page_mail_or_message_of_allauth_is_left_in_its_own_words():
    package = Path(allauth.__file__).parent / "templates"
    names = {str(file.relative_to(package)) for file in package.rglob("*") if file.is_file()}

    theirs = {name for name in names if not SWITCHED_OFF.search(name) and not is_ours(name)}

    assert theirs == set()


def is_ours(name):
    try:
        return Path(get_template(name).origin.name).is_relative_to(OURS)
    except TemplateDoesNotExist:
        return False


def test_there_is_no_way_in_by_other_sites_or_by_scripts():
    assert [app for app in settings.INSTALLED_APPS if app.startswith("allauth")] == [
        "allauth",
        "allauth.account",
        "allauth.mfa",
        "allauth.usersessions",
    ]
    assert settings.AUTHENTICATION_BACKENDS == ["allauth.account.auth_backends.AuthenticationBackend"]


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0", "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15", "Safari on a Mac"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/150.0 Mobile Safari/604.1", "Chrome on an iPhone"),
        (
            "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 SamsungBrowser/29.0 Chrome/150.0 Safari/537.36",
            "Samsung Internet on Android",
        ),
        ("Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36", "Chrome on a Chromebook"),
        ("Wget (Linux)", "A browser on Linux"),
        ("", "A browser we do not know"),
        ("<script>alert(1)</script>", "A browser we do not know"),
    ],
)
def test_a_device_is_named_in_words(user_agent, words):
    assert device(user_agent) == words


def test_the_language_of_mails_is_that_of_signing_up_until_another_is_chosen(client):
    client.post("/fr/accounts/signup/", {"email": "maya@example.org", "password1": PASSWORD, "age_band": "18+"})
    maya = User.objects.get()
    assert maya.language == "fr"

    client.force_login(maya)
    page = client.get("/accounts/language/").content.decode()
    assert re.findall(r'value="([^"]+)"[^>]* checked', page) == ["fr"]
    assert client.post("/accounts/language/", {"language": "es"}).headers["Location"] == "/accounts/"
    maya.refresh_from_db()
    assert maya.language == "es"
    assert "Español" in client.get("/accounts/").content.decode()


@pytest.mark.parametrize("wrong", ["", "de", "en", "fr\x00", "<script>", "e" * 5000])
def test_a_language_that_is_not_offered_is_not_kept(client, wrong):
    client.force_login(member())

    answer = client.post("/accounts/language/", {"language": wrong})

    assert (answer.status_code, "Choose one of the languages." in answer.content.decode()) == (422, True)
    assert User.objects.get().language == ""
