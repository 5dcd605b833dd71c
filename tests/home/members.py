"""Members for the tests of accounts, and what they do: sign up, sign in, type codes."""

import re

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp

from tests import make

PASSWORD = "a long pass phrase"
ANOTHER = "quite another phrase"
CODE = re.compile(r"^\d{6}$", re.MULTILINE)


def member(email="ann@example.org", **fields):
    """Somebody of age who has confirmed the address and signs in with PASSWORD."""
    person = make.user(email=email, **{"age_band": "18+", **fields})
    EmailAddress.objects.create(user=person, email=email, primary=True, verified=True)
    return person


def with_app(person):
    """The secret of the person's authenticator app, switched on with recovery codes beside it."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return secret


def app_code(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def sign_up(client, email="ann@example.org", age_band="18+", **fields):
    return client.post("/accounts/signup/", {"email": email, "password1": PASSWORD, "age_band": age_band, **fields})


def sign_in(client, email="ann@example.org", password=PASSWORD, **options):
    return client.post("/accounts/login/", {"login": email, "password": password}, **options)


def confirm(client, code):
    return client.post("/accounts/confirm-email/", {"code": code})


def code_in(mail):
    return CODE.search(mail.body)[0]


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def where(response):
    return response.status_code, response.headers.get("Location")


def is_in(client):
    return client.get("/accounts/").status_code == 200


def masked(html):
    return re.sub(r'(csrfmiddlewaretoken" value=")\w+|[\w.]+@example\.org', "", html)


def writes(captured):
    return [query["sql"] for query in captured if not query["sql"].startswith(("SELECT", "PRAGMA"))]
