"""The statements of a member's pages, counted and written down: the same with three entries and with a thousand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.models import CareerPage, Skill
from portfolio import gaps, reading
from portfolio.models import CPDCycle, Entry, Evidence
from tests import make
from tests.portfolio import record
from tests.test_query_budgets import statements

pytestmark = pytest.mark.django_db

# address, statements in a warm process, of them two for the session and its member
BUDGETS = [
    ("/me/", 15),
    ("/me/roles/", 6),
    ("/me/roles/producer/", 7),
    ("/me/skills/", 6),
    ("/me/skills/budgeting/", 7),
    ("/me/portfolio/", 5),
    ("/me/portfolio/clips/", 5),
    ("/me/sharing/", 7),
    ("/me/interests/", 3),
    ("/courses/?sort=gap", 6),
    ("/courses/?role=producer", 5),
]
A_ROLE, EVERY_ROLE = 3, 3


def member(entries):
    """A member with two target roles and this many entries, each showing five skills."""
    owner = make.user()
    for place, slug in enumerate(["producer", "associate-producer"]):
        record.aim(owner, CareerPage.objects.get(slug=slug), place)
    fields = {"owner": owner, "kind": "project", "title": "Low Water", "minutes": 60}
    made = Entry.objects.bulk_create(
        Entry(**fields, started=f"20{10 + number % 17}", stage_bits=1 << number % 5) for number in range(entries)
    )
    skills = [Skill.objects.get(slug="budgeting"), *Skill.objects.exclude(slug="budgeting")[:4]]
    Evidence.objects.bulk_create(Evidence(entry=entry, skill=skill, level=3) for entry in made for skill in skills)
    CPDCycle.objects.create(owner=owner, name="Ten years", starts="2020-01-01", ends="2029-12-31")
    return owner


@pytest.mark.parametrize(("address", "budget"), BUDGETS)
def test_a_page_costs_the_same_with_three_entries_and_with_a_thousand(client, address, budget):
    found = {}
    for entries in (3, 1000):
        client.force_login(member(entries))
        client.get(address)
        found[entries] = len(statements(client, address))

    assert found == {3: budget, 1000: budget}


@pytest.mark.parametrize("address", [address for address, _ in BUDGETS])
def test_reading_writes_nothing_and_says_nothing_twice(client, address):
    client.force_login(member(3))
    client.get(address)

    said = statements(client, address)

    # PostgreSQL reads a list of choices through a cursor.
    assert [sql for sql in said if not sql.lstrip("( ").startswith(("SELECT", "WITH", "DECLARE"))] == []
    assert sorted(said) == sorted(set(said))


def test_the_gap_to_one_role_takes_three_statements():
    owner = member(3)

    with CaptureQueriesContext(
        connection,
    ) as said:
        career = CareerPage.objects.readable().only("title").get(slug="producer")
        found = gaps.gap([need.asked for need in reading.needs(career.pk)], reading.held(owner.pk))

    assert (len(said), found.counted > 0) == (A_ROLE, True)


def test_the_gap_to_every_role_takes_three_statements():
    owner = member(3)

    with CaptureQueriesContext(connection) as said:
        found = gaps.nearest(reading.roles()[0], reading.held(owner.pk))

    assert (len(said), len(found)) == (EVERY_ROLE, CareerPage.objects.live().count())


def test_a_members_marks_on_a_profile_take_one_statement(client):
    address = "/careers/associate-producer/"
    client.get(address)
    signed_out = len(statements(client, address))
    client.force_login(member(1000))
    client.get(address)

    assert len(statements(client, address)) - signed_out == 3
