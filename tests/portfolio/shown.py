"""Builds what everybody may see of a member, and sends forms as a browser does."""

from django.test import TestCase

from portfolio.models import Profile
from portfolio.scales import Visibility
from tests import make

OURS = {"Origin": "http://testserver"}
HOSTILE = [
    "\x00",
    "\x00\x01\x1b[31m\x7f",
    "a\r\nBcc: everybody@example.org\r\n\r\nHello",
    "\u202egnp.exe",
    "👩🏽‍🎬" * 30,
    "<script>alert(1)</script>{{ 7|add:7 }}{% now %}",
    "‏مرحبا",
    "'; DROP TABLE portfolio_message; --",
    "x" * 100_000,
    "\ufeff \u2028\u2029\x85",
]


def portfolio(handle="ngozi", owner=None, **fields):
    """A portfolio that is open to everybody and takes messages, of a new adult member unless an owner is given."""
    known = {"display_name": "Ngozi Farrell", "visibility": Visibility.PUBLIC, "takes_messages": True}
    return Profile.objects.create(owner=owner or make.member(), handle=handle, **{**known, **fields})


def entry(profile, title="Low Water", **fields):
    """An entry of the portfolio that is open to everybody."""
    return make.entry(profile.owner, title=title, **{"visibility": Visibility.PUBLIC, **fields})


def send(client, address, words, **headers):
    """The form, sent from a page of this site, and what follows once it is saved."""
    place = {name: headers.pop(name) for name in ("REMOTE_ADDR",) if name in headers}
    return post(client, address, words, headers={**OURS, **headers}, **place)


def post(client, address, words, **more):
    with done():
        return client.post(address, words, **more)


def done():
    """Everything that waits for the end of the transaction is done when this ends, as it is outside a test."""
    return TestCase.captureOnCommitCallbacks(execute=True)
