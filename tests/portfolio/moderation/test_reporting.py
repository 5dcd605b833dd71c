"""Anybody reports what is public: kept once, with its words, and told to those who decide."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from portfolio.models import Profile, Report
from portfolio.scales import Visibility
from tests import make
from tests.portfolio import shown
from tests.together import at_once

from .cases import HERE, WORDS, outcome, place

pytestmark = pytest.mark.django_db


def test_a_report_is_kept_and_moderators_are_told(client, settings, ngozi, film, moderator):
    settings.WAGTAILADMIN_BASE_URL = "https://guide.example.org"
    make.user("Moderators", email="second@example.org")
    make.user("Moderators", email="gone@example.org", is_active=False)
    make.user("Editors", email="editor@example.org")

    answer = shown.send(client, place(film), WORDS)

    made = Report.objects.get()
    assert outcome(answer) == (302, f"{place(film)}?sent")
    assert (made.owner, made.entry_id, made.ground, made.text, made.email, made.verdict) == (
        ngozi.owner,
        film.pk,
        "rights",
        "That is my still.\nI took it.",
        "bo@example.com",
        "open",
    )
    assert [each.to for each in mail.outbox] == [["mod@example.org"], ["second@example.org"]]
    assert {each.subject for each in mail.outbox} == {"A report to look at: It uses my work, or my picture, without asking"}
    assert (
        mail.outbox[0].body
        == f"""Somebody reported an entry of a public portfolio.

What: Low Water
Why: It uses my work, or my picture, without asking

In their words:

That is my still.
I took it.

Read it and decide:
https://guide.example.org/accounts/login/?next=/moderation/{made.pk}/

--
You get this mail because you moderate this site."""
    )


def test_a_whole_portfolio_can_be_reported_without_a_word(client, ngozi, moderator):
    page = client.get(shown.send(client, HERE, {"ground": "harm"}).headers["Location"]).content.decode()

    assert "Thank you. It is with the moderators." in page
    assert "you hear which of the two it was, as soon as it is decided" in page
    assert list(Report.objects.values_list("owner", "entry", "ground", "text", "email")) == [
        (ngozi.owner_id, None, "harm", "", "")
    ]
    assert "What: Ngozi Farrell\nWhy: It is hateful, threatening or sexual\n\nRead it" in mail.outbox[0].body


def test_with_no_moderator_the_sites_address_for_it_is_told(client, settings, ngozi):
    shown.send(client, HERE, {"ground": "harm"})
    settings.MODERATION_EMAIL = "care@example.org"
    shown.send(client, HERE, {"ground": "child"})

    assert [each.to for each in mail.outbox] == [["care@example.org"]]


HIDDEN = {
    "private": lambda profile: shown.entry(profile, visibility=Visibility.ME),
    "for holders of a link": lambda profile: shown.entry(profile, visibility=Visibility.LINK),
    "a draft": lambda profile: shown.entry(profile, state="draft"),
    "a plan": lambda profile: shown.entry(profile, state="planned"),
    "in the bin": lambda profile: shown.entry(profile, deleted_at=timezone.now()),
    "off the site": lambda profile: shown.entry(profile, suspended_at=timezone.now()),
    "somebody else's": lambda profile: shown.entry(shown.portfolio(handle="layan")),
}


@pytest.mark.parametrize("case", HIDDEN)
def test_an_entry_that_is_not_shown_cannot_be_reported(client, ngozi, case):
    hidden = HIDDEN[case](ngozi)

    unknown = client.get("/people/ngozi/999999999/report/")
    answers = [client.get(place(hidden)), shown.send(client, place(hidden), WORDS)]

    assert [(each.status_code, each.content) for each in answers] == [(404, unknown.content)] * 2
    assert Report.objects.count() == 0


@pytest.mark.parametrize(
    "closed",
    [
        {"visibility": Visibility.LINK},
        {"visibility": Visibility.ME},
        {"suspended_at": timezone.now()},
        {"age_band": "13-17"},
        {"age_band": ""},
    ],
)
def test_a_portfolio_that_is_not_public_cannot_be_reported(client, film, closed):
    Profile.objects.update(**{name: value for name, value in closed.items() if name != "age_band"})
    type(film.owner).objects.update(**{name: value for name, value in closed.items() if name == "age_band"})

    answers = [shown.send(client, each, WORDS) for each in (HERE, place(film))]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert Report.objects.count() == 0


def test_the_sixth_report_from_one_address_waits_with_its_words(client, stopped, ngozi):
    found = [shown.send(client, HERE, {"ground": "other", "text": f"Number {number}"}) for number in range(6)]

    assert [each.status_code for each in found] == [302] * 5 + [429]
    assert "Five reports have been sent from where you are in this hour" in found[5].content.decode()
    assert "Number 5</textarea>" in found[5].content.decode()
    assert found[5].headers["Retry-After"] == "3600"
    assert Report.objects.count() == 5


def test_the_same_report_is_made_once(client, ngozi, film):
    answers = [outcome(shown.send(client, HERE, WORDS)) for _ in range(10)]
    shown.send(client, place(film), WORDS)
    Report.objects.update(made_at=timezone.now() - timedelta(minutes=11))
    shown.send(client, HERE, WORDS)

    assert answers == [(302, f"{HERE}?sent")] * 10
    assert Report.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_clicks_in_the_same_moment_make_one_report(ngozi):
    at_once(*[lambda: shown.send(Client(), HERE, WORDS)] * 4)

    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ({**WORDS, "subject": "Cheap lenses"}, 302),
        ({}, 422),
        ({"ground": "boredom"}, 422),
        ({"ground": "other"}, 422),
        ({"ground": "other", "text": "\x00 \x1b"}, 422),
        ({**WORDS, "email": "bo"}, 422),
        ({**WORDS, "email": "bo@example.com\nBcc: all@example.org"}, 422),
        ({**WORDS, "text": "t" * 2001}, 422),
    ],
)
def test_what_a_program_sends_or_makes_no_sense_makes_no_report(client, ngozi, words, status):
    answer = shown.send(client, HERE, words)

    assert (answer.status_code, Report.objects.count(), mail.outbox) == (status, 0, [])


@pytest.mark.parametrize("text", shown.HOSTILE, ids=range(len(shown.HOSTILE)))
@pytest.mark.parametrize("field", ["ground", "text", "email"])
def test_hostile_words_are_kept_as_words_or_refused(client, desk, ngozi, field, text):
    answer = shown.send(Client(), HERE, {**WORDS, field: text})
    page = desk.get("/moderation/")

    assert (answer.status_code, page.status_code) in [(302, 200), (422, 200)]
    assert b"<script>alert" not in page.content
    assert [each.message()["Bcc"] for each in mail.outbox] == [None] * len(mail.outbox)
