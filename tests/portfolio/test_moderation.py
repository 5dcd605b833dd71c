"""Reports about what is public, and what moderators decide: seen by few, told to those it concerns, undone if it was wrong."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portfolio import cases, moderation, sharing
from portfolio.models import AccessEvent, Attachment, Entry, Profile, Report
from portfolio.scales import Look, Verdict, Visibility
from tests import make
from tests.portfolio import shown
from tests.together import at_once, outcomes

pytestmark = pytest.mark.django_db
HERE = "/people/ngozi/report/"
WORDS = {"ground": "rights", "text": "That is my still.\nI took it.", "email": "bo@example.com"}
# What nobody but its owner may read, though it lies beside what is reported.
SECRET = "Osterly-marker-9151"
ADDRESS = f"{SECRET.lower()}@example.org"


@pytest.fixture
def ngozi():
    profile = shown.portfolio(owner=make.member(email=ADDRESS, first_name=SECRET))
    shown.entry(profile, title=SECRET, visibility=Visibility.ME)
    return profile


@pytest.fixture
def film(ngozi):
    return shown.entry(ngozi, title="Low Water", description="A beach at dawn.", reflection=SECRET)


@pytest.fixture
def moderator():
    return make.user("Moderators", email="mod@example.org")


@pytest.fixture
def desk(client, moderator):
    """A browser in which the moderator is signed in."""
    client.force_login(moderator)
    return client


def outcome(answer):
    return answer.status_code, answer.headers.get("Location", "")


def place(film):
    return f"/people/ngozi/{film.pk}/report/"


def reported(profile, entry=None, **fields):
    return Report.objects.create(owner=profile.owner, entry=entry and entry.entry_ptr, **{"ground": "rights", **fields})


def decide(client, report, verdict="upheld", decision="It is somebody else’s still.", standing="open"):
    words = {"verdict": verdict, "decision": decision, "standing": standing}
    return shown.post(client, f"/moderation/{report.pk}/", words)


def rows():
    return list(Report.objects.order_by("pk").values_list("verdict", "decision", "decided_by__email"))


# Reporting


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


# Who may see and decide


@pytest.mark.parametrize("role", ["anonymous", "owner", "member", "minor", "Editors"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_for_others_there_is_no_moderation(client, ngozi, film, role, method):
    report = reported(ngozi, film)
    person = {
        "owner": lambda: ngozi.owner,
        "member": make.member,
        "minor": lambda: make.member(age_band="13-17"),
        "Editors": lambda: make.user("Editors"),
    }.get(role)
    if person:
        client.force_login(person())

    unknown = getattr(client, method)("/no/such/page/")
    answers = [getattr(client, method)(each) for each in ("/moderation/", f"/moderation/{report.pk}/")]

    assert [(each.status_code, each.content) for each in answers] == [(404, unknown.content)] * 2
    assert rows() == [("open", "", None)]


@pytest.mark.parametrize("who", [lambda: make.user("Moderators"), make.superuser])
def test_moderators_and_superusers_come_in(client, film, ngozi, who):
    report = reported(ngozi, film)
    client.force_login(who())

    answers = [client.get(each) for each in ("/moderation/", f"/moderation/{report.pk}/")]

    assert [each.status_code for each in answers] == [200, 200]
    assert [each.headers["Cache-Control"] for each in answers] == ["private, no-store"] * 2


def test_who_is_no_moderator_any_more_decides_nothing(desk, moderator, ngozi, film):
    report = reported(ngozi, film)
    moderator.groups.clear()

    assert decide(desk, report).status_code == 404
    assert rows() == [("open", "", None)]


@pytest.mark.parametrize("report", [999_999_999, 10**17])
def test_a_report_that_is_not_there_is_not_there(desk, report):
    assert desk.get(f"/moderation/{report}/").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "after=x",
        "after=-1",
        "after=99999999999999999999",
        "after=١",
        "before=x",
        "before=2026-13-40",
        "before=2026-01-01",
        "before=%00",
        "before=0001-01-01T00:00:00+23:59",
    ],
)
def test_a_page_that_is_nonsense_is_the_first(desk, ngozi, query):
    decide(desk, reported(ngozi), "dismissed")
    reported(ngozi)

    page = desk.get(f"/moderation/?{query}")

    assert page.status_code == 200
    assert len(page.context["undecided"]) == 1


def test_reports_about_one_thing_stand_together_oldest_first(desk, ngozi, film):
    other = shown.portfolio(handle="layan", display_name="Layan")
    first, second = reported(ngozi, film, text="One"), reported(other)
    third, fourth = reported(ngozi, film, text="Two"), reported(ngozi)

    found = desk.get("/moderation/").context["undecided"]

    assert [([each.pk for each in case.reports], case.count, case.thing.title) for case in found] == [
        ([first.pk, third.pk], 2, "Low Water"),
        ([second.pk], 1, "Layan"),
        ([fourth.pk], 1, "Ngozi Farrell"),
    ]


def test_a_hundred_reports_about_one_thing_are_counted_and_twenty_read(desk, ngozi, film):
    Report.objects.bulk_create(Report(owner=ngozi.owner, entry=film.entry_ptr, ground="harm") for _ in range(100))

    (case,) = desk.get("/moderation/").context["undecided"]

    assert (case.count, len(case.reports), case.unread) == (100, 20, 80)
    assert "And 80 more." in desk.get(f"/moderation/{case.first.pk}/").content.decode()


def test_pages_follow_each_other_without_gap_or_repeat(desk, moderator, ngozi):
    films = [shown.entry(ngozi, title=f"Film {number}") for number in range(60)]
    made = [reported(ngozi, each).pk for each in films]
    for report in Report.objects.filter(pk__in=made[:28]):
        moderation.decide(moderator=moderator, report=report, verdict=Verdict.DISMISSED, decision="Fine.")

    undecided, address = [], "/moderation/"
    while address:
        page = desk.get(address).context
        undecided += [case.first.pk for case in page["undecided"]]
        address = page["more"] and f"/moderation/?after={page['more']}"
    first = desk.get("/moderation/").context
    second = desk.get("/moderation/", {"before": first["older"]}).context

    assert undecided == made[28:]
    assert [case.first.pk for case in [*first["decided"], *second["decided"]]] == made[:28][::-1]
    assert second["older"] is None


# What moderators see of it


def test_moderators_see_the_public_thing_and_nothing_beside_it(desk, ngozi, film):
    report = reported(ngozi, film, email="bo@example.com")
    reported(ngozi)

    pages = [desk.get(each).content.decode() for each in ("/moderation/", f"/moderation/{report.pk}/")]

    assert [f'href="/people/ngozi/{film.pk}/"' in page for page in pages] == [False, True]
    assert ["Low Water" in page and "Ngozi Farrell" in page for page in pages] == [True, True]
    hidden = [SECRET, SECRET.lower(), "bo@example.com", "A beach at dawn."]
    assert [word for word in hidden for page in pages if word in page] == []


CLOSINGS = {
    "the entry closed": (lambda film: Entry.objects.filter(pk=film.pk).update(visibility=1), False, True),
    "the entry in the bin": (lambda film: Entry.objects.filter(pk=film.pk).update(deleted_at=timezone.now()), False, True),
    "the portfolio closed": (lambda film: Profile.objects.update(visibility=1), False, False),
    "a member who is under 18 after all": (lambda film: type(film.owner).objects.update(age_band="13-17"), False, False),
    "the entry off the site": (
        lambda film: Entry.objects.filter(pk=film.pk).update(suspended_at=timezone.now(), suspension_reason="A still."),
        True,
        True,
    ),
    "off the site and in the bin": (
        lambda film: Entry.objects.filter(pk=film.pk).update(suspended_at=timezone.now(), deleted_at=timezone.now()),
        False,
        True,
    ),
}


@pytest.mark.parametrize("case", CLOSINGS)
def test_what_is_not_public_at_the_moment_is_not_shown_to_moderators(desk, ngozi, film, case):
    close, has_title, has_name = CLOSINGS[case]
    report = reported(ngozi, film)
    close(film)

    pages = [desk.get(each).content.decode() for each in ("/moderation/", f"/moderation/{report.pk}/")]

    assert ["Low Water" in page for page in pages] == [has_title] * 2
    assert ["Ngozi" in page for page in pages] == [has_name] * 2
    assert [f"/people/ngozi/{film.pk}/" in page for page in pages] == [False] * 2


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


@pytest.fixture
def clip(film):
    made = Attachment(entry=film.entry_ptr, medium="image", name="a.webp", content_type="image/webp", size=4)
    made.file.save("a.webp", ContentFile(b"RIFF"), save=False)
    made.save()
    return made


@pytest.fixture
def link(ngozi):
    return sharing.make_link(owner=ngozi.owner, name="Bo", ends_at=timezone.now() + timedelta(days=7))[1]


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


# What it costs


@pytest.mark.parametrize(("address", "budget"), [("/moderation/", 12), ("/moderation/{}/", 9)])
def test_the_desk_costs_the_same_with_one_case_and_with_thirty(desk, moderator, ngozi, address, budget):
    found = {}
    for number in range(1, 31):
        upheld = reported(ngozi, shown.entry(ngozi, title=f"Off {number}"))
        moderation.decide(moderator=moderator, report=upheld, verdict=Verdict.UPHELD, decision="Off.")
        report = reported(ngozi, shown.entry(ngozi, title=f"Film {number}"))
        reported(ngozi, report.entry.project)
        if number in (1, 30):
            desk.get(address.format(report.pk))
            with CaptureQueriesContext(connection) as said:
                assert desk.get(address.format(report.pk)).status_code == 200
            found[number] = len(said)

    assert found == {1: budget, 30: budget}


@pytest.mark.parametrize(("is_entry", "budget"), [(False, 1), (True, 2)])
def test_the_form_for_a_report_costs_one_statement_a_thing(client, film, is_entry, budget):
    address = place(film) if is_entry else HERE
    client.get(address)

    with CaptureQueriesContext(connection) as said:
        client.get(address)

    assert [query["sql"].split()[0] for query in said] == ["SELECT"] * budget


def test_every_page_behind_the_public_door_can_be_reported_and_no_other(client, ngozi, film, link):
    places = ["", "credits/", f"{film.pk}/"]
    public = [Client().get(f"/people/ngozi/{each}").content.decode() for each in places]
    secret = [Client().get(f"/shared/{link}/{each}").content.decode() for each in places]

    assert [f'href="{HERE}"' in page for page in public] == [True, True, False]
    assert [f'href="{place(film)}"' in page for page in public] == [False, False, True]
    assert ["/report/" in page for page in secret] == [False] * 3
