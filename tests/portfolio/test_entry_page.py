"""An entry's own page: what it says, and what it keeps to its owner."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.models import Skill
from portfolio.models import Collaborator, Endorsement, Evidence, Link, WeekLog
from portfolio.scales import Kind
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(client):
    made = make.member()
    client.force_login(made)
    return made


def statements(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured]


def test_a_project_says_all_that_is_known_of_it(client, ann):
    skill = Skill.objects.get(slug="budgeting")
    entry = make.entry(
        ann,
        role="Associate producer",
        started="2026-03",
        ended="2026-05",
        minutes=450,
        runtime=840,
        stages=[2],
        skills=[skill],
        budget_band="micro",
        is_own=True,
        pitch=["budget"],
    )
    Collaborator.objects.create(project=entry, name="Björk Müller", credit="Director")
    Link.objects.create(entry=entry, url="https://example.org/clip", label="The clip")
    Endorsement.objects.create(evidence=Evidence.objects.get(), name="Bríd Halloran", level=3)

    page = client.get(f"/me/entries/{entry.pk}/").content.decode()

    said = ["Associate producer", "March to May 2026", "7 hours 30 minutes", "14 minutes", "2 Pre-production", "Budgeting"]
    said += ["On my own", "Björk Müller", "The clip", "Confirmed by Bríd Halloran", "Under 1,000", "Finance strategy"]
    assert [words for words in said if words not in page] == []
    assert page.index("Only you see these") < page.index("Under 1,000")


def test_a_placement_says_its_weeks(client, ann):
    entry = make.entry(ann, kind="internship", supervisor_email="boss@example.org")
    WeekLog.objects.create(internship=entry, starts="2026-03-02", minutes=90, tasks="Call sheets", initials="BH")

    page = client.get(f"/me/entries/{entry.pk}/").content.decode()

    assert "1 hour 30 minutes" in page
    assert page.index("Only you see these") < page.index("boss@example.org")


@pytest.mark.parametrize("kind", Kind.values)
def test_bare_entries_of_every_kind_have_a_page_and_a_form(client, ann, kind):
    entry = make.entry(ann, kind=kind)

    assert client.get(f"/me/entries/{entry.pk}/").status_code == 200
    assert client.get(f"/me/entries/{entry.pk}/edit/").status_code == 200


MALFORMED = ["0", "-1", "9" * 19, "9" * 40, "٣", "1.0", "1e3", "%00", "../1", "x" * 500]


@pytest.mark.parametrize("pk", MALFORMED)
@pytest.mark.parametrize("part", ["", "edit/", "status/"])
def test_keys_that_are_none_are_not_found(client, ann, pk, part):
    assert client.post(f"/me/entries/{pk}/{part}").status_code in (404, 405)


def test_an_entry_of_somebody_else_answers_as_one_that_is_not_there(client, ann):
    foreign = make.entry(make.member(), title="A secret")

    for part in ("", "edit/"):
        hidden, unknown = client.get(f"/me/entries/{foreign.pk}/{part}"), client.get(f"/me/entries/999999/{part}")
        assert (hidden.status_code, hidden.content) == (404, unknown.content)
    assert client.post(f"/me/entries/{foreign.pk}/edit/", {}).status_code == 404


def test_texts_of_members_cannot_become_script(client, ann):
    payload = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    entry = make.entry(ann, title=payload, role=payload, organisation=payload, description=payload, logline=payload)
    Link.objects.create(entry=entry, url="https://example.org/", label=payload)

    for address in (f"/me/entries/{entry.pk}/", f"/me/entries/{entry.pk}/edit/", "/me/entries/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_pages_of_entries_cost_the_same_however_much_hangs_on_them(client, ann):
    skills = list(Skill.objects.all()[:20])
    few, many = make.entry(ann, skills=skills[:1]), make.entry(ann, skills=skills)
    for entry, count in ((few, 1), (many, 10)):
        for number in range(count):
            Collaborator.objects.create(project=entry, name=f"Person {number}")
            Link.objects.create(entry=entry, url=f"https://example.org/{number}")

    for part in ("", "edit/"):
        counts = [len(statements(client, f"/me/entries/{entry.pk}/{part}")) for entry in (few, many)]
        assert counts[0] == counts[1] <= 15, part


def test_the_list_costs_the_same_with_three_entries_and_with_three_hundred(client, ann):
    for _ in range(3):
        make.entry(ann)
    few = statements(client, "/me/entries/")
    for _ in range(297):
        make.entry(ann)

    assert len(statements(client, "/me/entries/")) == len(few) <= 6


@pytest.mark.parametrize("address", ["/me/entries/", "/me/entries/new/", "/me/entries/new/project/", "/me/entries/bin/"])
def test_reading_writes_nothing(client, ann, address):
    make.entry(ann)

    assert [sql for sql in statements(client, address) if not sql.lstrip("( ").startswith(("SELECT", "WITH"))] == []


def test_pages_about_a_person_are_kept_by_nobody(client, ann):
    entry = make.entry(ann)

    kept = {address: client.get(address).headers["Cache-Control"] for address in ("/me/entries/", f"/me/entries/{entry.pk}/")}
    form = client.get(f"/me/entries/{entry.pk}/edit/").headers["Cache-Control"]

    assert kept == dict.fromkeys(kept, "private, no-store")
    assert form == "private, no-cache"
