"""What is reported is seen by those who decide, as far as it is public, and by nobody else."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portfolio import moderation
from portfolio.models import Entry, Profile, Report
from portfolio.scales import Verdict
from tests import make
from tests.portfolio import shown

from .cases import HERE, SECRET, decide, place, reported, rows

pytestmark = pytest.mark.django_db


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
