"""Every page's statements, counted and written down: the same with one row and with thirty."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.models import CareerPage, Skill
from tests import make

pytestmark = pytest.mark.django_db

# address, statements in a warm process with nothing kept, statements with the guide's parts kept
BUDGETS = [
    ("/", 14, 1),
    ("/careers/", 12, 1),
    ("/careers/?line=below&stage=2&sort=title", 12, 1),
    ("/careers/?q=budget&line=below", 14, 3),
    ("/careers/compare/?role=associate-producer&role=line-producer", 14, 10),
    ("/careers/map/", 8, 1),
    ("/careers/map/?department=producing&from=production-assistant&to=producer", 8, 1),
    ("/careers/quiz/", 2, 1),
    ("/careers/quiz/how/", 2, 1),
    ("/careers/quiz/statements/", 2, 1),
    ("/careers/associate-producer/", 13, 1),  # one of them for the shots it draws
    ("/careers/producer/", 12, 1),
    ("/careers/suggestions/?q=pro", 12, 1),
    ("/stages/", 2, 2),
    ("/stages/production/", 14, 1),
    ("/skills/", 2, 1),
    ("/skills/budgeting/", 3, 3),
    ("/courses/", 4, 1),
    ("/courses/?skill=budgeting&cost=free&sort=cheapest", 4, 1),
    ("/courses/?role=producer", 4, 1),
    ("/courses/?q=budget&level=beginner", 5, 2),
    ("/qualifications/", 4, 1),
    ("/organisations/", 2, 1),
    ("/festivals/", 2, 1),
    ("/glossary/", 2, 1),
    ("/search/?q=budget", 16, 13),
    ("/feedback/careers/producer/", 15, 1),  # the parts of the profile, once an edition
    ("/feedback/skills/budgeting/", 1, 1),
    ("/feedback/glossary/", 1, 1),
    ("/feedback/stages/production/useful/", 3, 1),
    ("/about/", 14, 14),
    ("/careers/producer/?country=us", 14, 1),
    ("/card.png", 0, 0),
    ("/careers/producer/card.png", 2, 2),
    ("/stages/production/card.png", 1, 1),
    ("/skills/budgeting/card.png", 1, 1),
    ("/sitemap.xml", 18, 18),
    ("/offline/", 0, 0),
    ("/sw.js", 0, 0),
    ("/careers/associate-producer/guide.pdf", 15, 1),  # one of them for the shots it draws
    ("/stages/production/guide.pdf", 14, 1),
    ("/data/", 1, 1),
    ("/feed.atom", 3, 1),
    ("/llms.txt", 3, 1),
    ("/careers/producer.md", 15, 1),
    ("/stages/production.md", 10, 1),
    ("/skills/budgeting.md", 3, 2),
    ("/api/v2/careers/?limit=100&fields=skills,pay,steps", 4, 4),
]


def statements(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured]


@pytest.fixture
def warm(client):
    for address, *_ in BUDGETS:
        client.get(address)
    return client


@pytest.mark.parametrize(("address", "cold", "kept"), BUDGETS)
def test_statements_are_within_the_budget(warm, address, cold, kept):
    again = statements(warm, address)
    caches["guide"].clear()
    anew = statements(warm, address)

    assert len(again) <= kept, again
    assert len(anew) <= cold, anew


@pytest.mark.parametrize(("address", "cold", "kept"), BUDGETS)
def test_no_statement_is_said_twice(warm, address, cold, kept):
    caches["guide"].clear()
    anew = statements(warm, address)

    assert sorted(anew) == sorted(set(anew))


@pytest.mark.parametrize("address", [address for address, *_ in BUDGETS])
def test_reading_writes_nothing(warm, address):
    caches["guide"].clear()

    assert [sql for sql in statements(warm, address) if not sql.lstrip("( ").startswith(("SELECT", "WITH"))] == []


def test_a_profile_costs_the_same_with_one_row_and_with_thirty(client):
    few = make.career(skills=[make.skill()])
    many = make.career(skills=[make.skill() for _ in range(30)])
    counts = []
    for page in (few, many):
        client.get(page.get_absolute_url())
        caches["guide"].clear()
        counts.append(len(statements(client, page.get_absolute_url())))

    assert counts[0] == counts[1]


def test_lists_cost_the_same_with_thirty_more(warm):
    addresses = ["/careers/", "/skills/", "/search/?q=budget", "/"]
    caches["guide"].clear()
    before = [len(statements(warm, address)) for address in addresses]

    for number in range(30):
        make.career(title=f"Budget {number}", skills=[Skill.objects.get(slug="budgeting")])
    assert CareerPage.objects.count() == 51
    caches["guide"].clear()
    for address in addresses:
        warm.get(address)
    caches["guide"].clear()

    after = [len(statements(warm, address)) for address in addresses]
    assert all(now <= then for now, then in zip(after, before, strict=True)), (before, after)


def test_signing_in_adds_at_most_three(client):
    client.get("/careers/associate-producer/")
    signed_out = len(statements(client, "/careers/associate-producer/"))
    client.force_login(make.user())
    client.get("/careers/associate-producer/")

    assert len(statements(client, "/careers/associate-producer/")) - signed_out <= 3
