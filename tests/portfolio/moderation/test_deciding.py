"""What moderators decide: told to those it concerns, in force in every form, undone if it was wrong."""

import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portfolio import cases, moderation
from portfolio.models import AccessEvent, Entry, Report
from portfolio.scales import Look, Verdict, Visibility
from tests import make
from tests.portfolio import shown
from tests.together import outcomes

from .cases import ADDRESS, WORDS, decide, outcome, place, reported, rows

pytestmark = pytest.mark.django_db


# Deciding


def seen(film, clip, link):
    """Whether everybody, the holder of a link, and the owner get the entry's file; and whether the gate lets each see it."""
    owner = Client()
    owner.force_login(film.owner)
    files = [
        Client().get(f"/people/ngozi/files/{clip.uuid}/"),
        Client().get(f"/shared/{link}/files/{clip.uuid}/"),
        owner.get(f"/files/{clip.uuid}/"),
    ]
    pages = [Client().get("/people/ngozi/"), Client().get(f"/shared/{link}/"), owner.get(f"/me/entries/{film.pk}/")]
    return [each.status_code for each in files], [each.status_code for each in pages]


def test_an_entry_goes_off_the_site_in_every_form_at_once_and_comes_back(desk, ngozi, film, clip, link):
    report = reported(ngozi, film)
    before = seen(film, clip, link)
    upheld = decide(desk, report)
    off = seen(film, clip, link)
    unreportable = Client().get(place(film)).status_code
    lifted = decide(desk, report, "lifted", "It is yours after all.", standing="upheld")

    assert before == seen(film, clip, link) == ([200, 200, 200], [200, 200, 200])
    assert off == ([404, 404, 200], [200, 200, 200])
    assert unreportable == 404
    assert outcome(upheld) == outcome(lifted) == (302, "/moderation/")
    film.refresh_from_db()
    assert (film.suspended_at, film.suspension_reason, film.visibility) == (None, "", Visibility.PUBLIC)


def test_a_portfolio_goes_off_the_site_in_every_form_at_once_and_comes_back(desk, ngozi, film, clip, link):
    report = reported(ngozi)
    before = seen(film, clip, link)
    decide(desk, report)
    off = seen(film, clip, link)
    told = [Client().get("/people/ngozi/").content, Client().get(f"/shared/{link}/").content]
    decide(desk, report, "lifted", "Put right.", standing="upheld")

    assert before == seen(film, clip, link) == ([200, 200, 200], [200, 200, 200])
    assert off == ([404, 404, 200], [404, 404, 200])
    assert told == [Client().get("/no/such/page/").content] * 2


def test_all_reports_of_the_thing_are_decided_together(desk, moderator, ngozi, film):
    first, second = reported(ngozi, film), reported(ngozi, film, ground="harm")
    reported(ngozi)

    decide(desk, second, "dismissed", "It is theirs.")

    assert rows() == [("dismissed", "It is theirs.", "mod@example.org")] * 2 + [("open", "", None)]
    assert list(AccessEvent.objects.values_list("owner", "what", "who", "entry", "link")) == [
        (ngozi.owner_id, Look.MODERATOR, "A moderator", film.pk, None)
    ]
    assert Entry.objects.get(pk=film.pk).suspended_at is None
    assert first.pk in [case.first.pk for case in desk.get("/moderation/").context["decided"]]


def test_reading_reports_leaves_no_mark(desk, ngozi, film):
    report = reported(ngozi, film)

    with CaptureQueriesContext(connection) as said:
        desk.get("/moderation/")
        desk.get(f"/moderation/{report.pk}/")

    assert [query["sql"] for query in said if not query["sql"].startswith(("SELECT", "WITH"))] == []
    assert AccessEvent.objects.count() == 0


def test_the_owner_is_told_why_and_how_to_appeal_and_the_reporters_the_outcome(desk, settings, ngozi, film):
    settings.WAGTAILADMIN_BASE_URL, settings.MODERATION_EMAIL = "https://guide.example.org", "care@example.org"
    report = reported(ngozi, film, email="bo@example.com")
    reported(ngozi, film, email="bo@example.com", text="Again")
    reported(ngozi, film, email="kim@example.com", ground="harm")
    reported(ngozi, film)

    decide(desk, report)

    owner, first, second = mail.outbox
    assert (owner.to, owner.reply_to, owner.subject) == (
        [ADDRESS],
        ["care@example.org"],
        "Something of yours was taken off the site",
    )
    assert (
        owner.body
        == f"""A moderator took your entry “Low Water” off the site.

In the moderator’s words:

It is somebody else’s still.

Nobody but you sees it now: not on its page, not by a link, not in a file. It is still yours to read, change and take along:
https://guide.example.org/me/entries/{film.pk}/

--
Answer this mail to appeal, or to say what you have changed."""
    )
    assert [(each.to, each.reply_to, each.subject) for each in (first, second)] == [
        (["bo@example.com"], [], "What became of your report"),
        (["kim@example.com"], [], "What became of your report"),
    ]
    day = f"{timezone.now():%d %B %Y}".lstrip("0")
    assert (
        second.body
        == f"""You wrote to us on {day}: “It is hateful, threatening or sexual”.

A moderator looked at what you reported. It was taken off the site.

Thank you for telling us.

--
You get this mail because you left your address with your report."""
    )


@pytest.mark.parametrize(
    ("verdict", "subject", "first"),
    [
        ("upheld", "Something of yours was taken off the site", "A moderator took your portfolio off the site."),
        (
            "dismissed",
            "Somebody reported something of yours, and it stays",
            "Somebody reported your portfolio. A moderator looked at it, and it stays as it is.",
        ),
    ],
)
def test_each_decision_about_a_portfolio_is_told(desk, settings, ngozi, verdict, subject, first):
    settings.DEFAULT_FROM_EMAIL = "Greenlight <guide@example.org>"
    report = reported(ngozi, email="bo@example.com")

    decide(desk, report, verdict, "Words for you.")
    decide(desk, report, "lifted", "Put right.", standing="upheld")

    told = [(each.subject, each.body.splitlines()[0], each.reply_to) for each in mail.outbox if each.to == [ADDRESS]]
    appeals = ["Greenlight <guide@example.org>"]
    back = ("Something of yours is back on the site", "A moderator put your portfolio back on the site.", appeals)
    assert told == [(subject, first, appeals)] + [back] * (verdict == "upheld")
    assert len(mail.outbox) == 2 * len(told)


def test_a_title_cannot_add_a_header(desk, ngozi):
    film = shown.entry(ngozi, title="Low\r\nBcc: all@example.org")

    decide(desk, reported(ngozi, film))

    (sent,) = mail.outbox
    assert (sent.message()["Subject"], sent.message()["Bcc"]) == ("Something of yours was taken off the site", None)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ({}, 422),
        ({"verdict": "upheld", "decision": "", "standing": "open"}, 422),
        ({"verdict": "upheld", "decision": " \x00\n ", "standing": "open"}, 422),
        ({"verdict": "upheld", "decision": "x" * 401, "standing": "open"}, 422),
        ({"verdict": "lifted", "decision": "Fine.", "standing": "open"}, 422),
        ({"verdict": "open", "decision": "Fine.", "standing": "open"}, 422),
        ({"verdict": "nonsense", "decision": "Fine.", "standing": "open"}, 422),
        ({"verdict": "upheld", "decision": "Fine.", "standing": "nonsense"}, 422),
        ({"verdict": "lifted", "decision": "Fine.", "standing": "upheld"}, 409),
    ],
)
def test_a_decision_that_makes_no_sense_changes_nothing(desk, ngozi, film, words, status):
    report = reported(ngozi, film)

    answer = desk.post(f"/moderation/{report.pk}/", words)

    assert (answer.status_code, rows(), mail.outbox) == (status, [("open", "", None)], [])
    assert Entry.objects.get(pk=film.pk).suspended_at is None


@pytest.mark.parametrize("text", [each for each in shown.HOSTILE if len(each) < 400])
def test_hostile_reasons_are_shown_as_words(desk, ngozi, film, text):
    report = reported(ngozi, film)
    owner = Client()
    owner.force_login(ngozi.owner)

    decide(desk, report, decision=f"See: {text}")

    pages = [desk.get("/moderation/"), desk.get(f"/moderation/{report.pk}/"), owner.get(f"/me/entries/{film.pk}/")]
    assert [page.status_code for page in pages] == [200] * 3
    assert [b"<script>alert" in page.content for page in pages] == [False] * 3


def test_the_second_moderator_is_told_that_it_is_decided(desk, ngozi, film):
    report = reported(ngozi, film)
    second = Client()
    second.force_login(make.user("Moderators", email="second@example.org"))
    decide(desk, report, "dismissed", "It is theirs.")

    answer = decide(second, report, "upheld", "It is not theirs.")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else decided this before you, so nothing was changed." in page
    assert "It is theirs." in page
    assert 'You had written: <span dir="auto">It is not theirs.</span>' in page
    assert rows() == [("dismissed", "It is theirs.", "mod@example.org")]
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_moderators_in_the_same_moment_decide_once(ngozi, film):
    report = reported(ngozi, film)
    moderators = [make.user("Moderators") for _ in range(2)]

    def decide_as(moderator, verdict):
        return lambda: moderation.decide(moderator=moderator, report=report, verdict=verdict, decision=f"{verdict}.")

    both = [decide_as(*each) for each in zip(moderators, (Verdict.UPHELD, Verdict.DISMISSED), strict=True)]

    assert outcomes(*both) == ["DecidedAlready", "done"]
    assert (len(mail.outbox), AccessEvent.objects.count()) == (1, 1)


def test_nobody_decides_about_their_own(client, ngozi, film, moderator):
    ngozi.owner.groups.set(moderator.groups.all())
    report = reported(ngozi, film, text="Words about you")
    client.force_login(ngozi.owner)

    page, answer = client.get(f"/moderation/{report.pk}/"), decide(client, report, "dismissed", "Fine.")

    assert "This is your own. Another moderator decides." in page.content.decode()
    assert "<textarea" not in page.content.decode()
    assert "Words about you" not in page.content.decode()
    assert "Words about you" not in client.get("/moderation/").content.decode()
    assert answer.status_code == 403
    assert "This is your own. Another moderator decides." in answer.content.decode()
    assert rows() == [("open", "", None)]


def test_what_its_owner_hid_can_be_kept_off_the_site(desk, ngozi, film):
    report = reported(ngozi, film)
    Entry.objects.filter(pk=film.pk).update(visibility=Visibility.ME)

    decide(desk, report)
    Entry.objects.filter(pk=film.pk).update(visibility=Visibility.PUBLIC)

    assert not Entry.objects.visible_to(cases.EVERYBODY).filter(pk=film.pk).exists()


def test_a_form_that_was_open_when_it_was_decided_is_out_of_date(desk, ngozi, film):
    before = (film.version, ngozi.version)

    decide(desk, reported(ngozi, film))
    decide(desk, reported(ngozi))

    film.refresh_from_db()
    ngozi.refresh_from_db()
    assert (film.version, ngozi.version) == (before[0] + 1, before[1] + 1)


class Refuses(EmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"no such person")})


def test_a_mail_server_that_refuses_stops_neither_report_nor_decision(desk, settings, caplog, ngozi, film):
    settings.EMAIL_BACKEND = f"{__name__}.Refuses"

    answer = shown.send(Client(), place(film), WORDS)
    decided = decide(desk, Report.objects.get())

    assert (answer.status_code, outcome(decided)) == (302, (302, "/moderation/"))
    assert [row[0] for row in rows()] == ["upheld"]
    assert ADDRESS not in caplog.text


# The owner's side, and the CMS


def test_the_owner_reads_on_the_entry_what_was_decided_and_what_to_do(client, desk, ngozi, film):
    decide(desk, reported(ngozi, film))
    client.force_login(ngozi.owner)

    page = client.get(f"/me/entries/{film.pk}/").content.decode()

    assert "Taken off the site on" in page
    assert "It is somebody else’s still." in page
    assert "answer the email we sent you about it" in page
    other = shown.entry(ngozi, title="Another")
    assert "Taken off the site" not in client.get(f"/me/entries/{other.pk}/").content.decode()


@pytest.mark.parametrize(
    ("who", "waiting", "said"),
    [("Moderators", 2, "Moderation (2)"), ("Moderators", 0, "Moderation"), ("Editors", 2, "")],
)
def test_the_cms_shows_how_many_reports_wait_to_those_who_decide(client, ngozi, film, who, waiting, said):
    for _ in range(waiting):
        reported(ngozi, film)
    client.force_login(make.user(who))

    page = client.get("/cms/").content.decode()

    found = [label for label in ("Moderation (2)", "Moderation") if f'"{label}"' in page]
    assert found == [said] * bool(said)
