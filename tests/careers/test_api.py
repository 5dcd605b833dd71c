"""The guide for programs: what the API says, in how many statements, and what it answers to nonsense."""

import time

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.api.root import ENDPOINTS
from careers.models import CareerPage, Skill, StagePage
from tests import make

from .asked import MARK, item, items, planted

pytestmark = pytest.mark.django_db
LISTS = [f"/api/v2/{name}/" for name in ENDPOINTS]


@pytest.fixture(autouse=True)
def no_limit(settings):
    settings.API_A_MINUTE = 0


def statements(client, address):
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return [query["sql"] for query in captured]


def test_a_career_has_its_skills_pay_and_steps_as_rows(client):
    page = CareerPage.objects.get(slug="associate-producer")

    found = item(client, "careers", "associate-producer", "skills,pay,steps")

    asked = page.requirements.order_by("-importance", "sort_order", "pk").select_related("skill")
    assert [(row["slug"], row["level"], row["importance"], row["why"]) for row in found["skills"]] == [
        (row.skill.slug, row.level, row.importance, row.why) for row in asked
    ]
    figures = [row for row in page.pay_ranges.select_related("source").order_by("sort_order", "pk") if row.is_shown]
    assert [(row["country"], row["low"], row["typical"], row["high"], row["source"]["slug"]) for row in found["pay"]] == [
        (row.country, row.low, row.typical, row.high, row.source.slug) for row in figures
    ]
    steps = page.steps.select_related("to").order_by("sort_order", "pk")
    assert [(row["kind"], row["title"], row["to"] and row["to"]["slug"], row["status"]) for row in found["steps"]] == [
        (row.kind, row.to.title if row.to else row.title, row.to.slug if row.to else None, row.status) for row in steps
    ]


def test_all_of_a_pay_figure(client):
    [figure] = [row for row in item(client, "careers", "associate-producer", "pay")["pay"] if row["covers"]]

    assert figure == {
        "country": "us",
        "currency": "USD",
        "basis": "year",
        "low": 43060,
        "typical": 83480,
        "high": 198530,
        "measure": "Middle of all producers and directors, with the lowest and highest tenth",
        "covers": "all producers and directors",
        "year": "May 2024",
        "note": "Nearest group; no separate figure is published.",
        "status": "confirmed",
        "source": figure["source"],
    }
    assert figure["source"]["publisher"] == "US Bureau of Labor Statistics"


def test_every_list_leads_to_each_of_its_things_on_the_host_that_was_asked(client):
    for address in LISTS:
        found = client.get(f"{address}?limit=3", headers={"host": "localhost:8111"}).json()
        assert found["meta"]["total_count"] >= len(found["items"]) > 0
        for each in found["items"]:
            detail = each["meta"]["detail_url"]
            assert detail == f"http://localhost:8111{address}{each['id']}/"
            again = client.get(detail.removeprefix("http://localhost:8111")).json()
            assert (again["id"], again["title"]) == (each["id"], each["title"])


def test_addresses_of_the_page_and_of_its_markdown_open(client):
    for kind in ("careers", "stages", "skills"):
        [first] = items(client, f"/api/v2/{kind}/?limit=1")
        for name in ("html_url", "markdown_url"):
            assert client.get(first["meta"][name].removeprefix("http://testserver")).status_code == 200


def test_found_by_slug_with_the_fields_that_were_asked_for(client):
    answer = client.get("/api/v2/skills/find/?slug=budgeting&fields=_,title")

    pk = Skill.objects.get(slug="budgeting").pk
    assert answer.headers["Location"] == f"http://testserver/api/v2/skills/{pk}/?fields=_%2Ctitle"
    assert client.get(answer.headers["Location"]).json() == {"title": "Budgeting"}


def test_lists_are_narrowed_ordered_and_paged(client):
    asking = CareerPage.objects.readable().filter(requirements__skill__slug="budgeting")
    titles = sorted((page.title for page in asking), reverse=True)

    first = client.get("/api/v2/careers/?skill=budgeting&order=-title&limit=2&fields=_,title").json()
    beyond = client.get("/api/v2/careers/?skill=budgeting&offset=1000").json()

    assert first == {"meta": {"total_count": len(titles)}, "items": [{"title": title} for title in titles[:2]]}
    assert beyond == {"meta": {"total_count": len(titles)}, "items": []}
    post = CareerPage.objects.readable().filter(department="post")
    assert {each["meta"]["slug"] for each in items(client, "/api/v2/careers/?department=post")} == {page.slug for page in post}


def test_search_finds_what_mentions_all_the_words(client):
    make.career("Zoetrope keeper", slug="zoetrope-keeper", summary="Keeps zoetropes.")

    assert [each["title"] for each in items(client, "/api/v2/careers/?search=zoetropes")] == ["Zoetrope keeper"]
    assert items(client, '/api/v2/careers/?search=")*') == []


def test_long_texts_come_as_html_or_as_markdown(client):
    page = make.career(introduction='<p>Pull <b>strings</b>, read <a href="/glossary/">words</a>.</p>')

    html = client.get(f"/api/v2/careers/{page.pk}/?fields=_,introduction").json()
    markdown = client.get(f"/api/v2/careers/{page.pk}/?fields=_,introduction&rich_text_format=markdown").json()

    assert html == {"introduction": '<p>Pull <b>strings</b>, read <a href="/glossary/">words</a>.</p>'}
    assert markdown == {"introduction": "Pull **strings**, read [words](/glossary/).\n\n"}


def test_what_nobody_checked_is_not_said_as_a_fact(client):
    for address in ("organisations", "festivals"):
        unchecked = items(client, f"/api/v2/{address}/?status=unverified&limit=100")
        assert unchecked
        assert {each["summary"] for each in unchecked} == {""}
    facts = [fact for each in items(client, "/api/v2/festivals/?status=unverified&limit=100") for fact in each["facts"]]
    assert {fact["status"] for fact in facts} <= {"unverified"}
    fee = next(fact for fact in item(client, "festivals", "bfi-future-film-festival")["facts"] if fact["key"] == "fee")
    assert fee["status"] == "unverified"


def test_the_root_names_every_endpoint_and_what_the_values_mean(client):
    found = client.get("/api/v2/").json()

    assert found["endpoints"] == {name: f"http://testserver/api/v2/{name}/" for name in ENDPOINTS}
    assert found["values"]["level"] == {
        "1": "I helped or studied it",
        "2": "With guidance",
        "3": "On my own",
        "4": "I led or taught others",
    }
    assert client.get(found["documentation"].removeprefix("http://testserver")).status_code == 200


def test_nothing_unpublished_closed_or_of_a_members_is_told(client):
    hidden = planted()

    told = []
    for address in LISTS:
        kind = ENDPOINTS[address.split("/")[3]]
        for each in items(client, f"{address}?limit=100"):
            for answer in (each, client.get(f"{address}{each['id']}/").json()):
                if MARK in str(answer):
                    told.append((address, each["title"]))
        for thing in hidden:
            if isinstance(thing, kind.model):
                assert client.get(f"{address}{thing.pk}/").status_code == 404
                assert client.get(f"{address}find/?slug={thing.slug}").status_code == 404
                assert items(client, f"{address}?slug={thing.slug}") == []
    assert told == []
    assert MARK not in str(items(client, f"/api/v2/careers/?search={MARK}"))
    assert items(client, "/api/v2/careers/?skill=marked-skill") == []


# the list, its statements, and those with the rows that are most asked for
COSTS = [
    ("careers", 1, "fields=skills,pay,steps", 4),
    ("careers", 1, "fields=*", 12),
    ("stages", 1, "fields=*", 6),
    ("pages", 1, "", 1),
    ("skills", 1, "fields=*", 2),
    ("qualifications", 1, "fields=*", 2),
    ("organisations", 1, "fields=*", 1),
    ("glossary", 1, "fields=*", 1),
    ("festivals", 1, "fields=*", 1),
    ("sources", 1, "fields=*", 1),
]


@pytest.mark.parametrize(("name", "plain", "fields", "full"), COSTS)
def test_statements_are_the_same_for_one_and_for_a_hundred(client, name, plain, fields, full):
    address = f"/api/v2/{name}/"
    client.get(address)

    for most in (1, 100):
        assert len(statements(client, f"{address}?limit={most}")) == plain
        found = statements(client, f"{address}?limit={most}&{fields}")
        assert len(found) == full
        assert len(set(found)) == full


def test_statements_are_the_same_with_thirty_rows(client):
    few = make.career(skills=[make.skill()])
    many = make.career(skills=[make.skill() for _ in range(30)])
    client.get(f"/api/v2/careers/{few.pk}/")

    one, thirty = (len(statements(client, f"/api/v2/careers/{page.pk}/")) for page in (few, many))

    assert one == thirty <= 13


def test_reading_writes_nothing(client):
    found = [sql for address in LISTS for sql in statements(client, f"{address}?limit=100&fields=*")]

    assert [sql for sql in found if not sql.startswith("SELECT")] == []


def test_answers_are_for_everybody_and_kept_until_something_changes(client):
    first = client.get("/api/v2/skills/?limit=5")

    assert first.headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in first.headers
    assert first.headers["Content-Type"] == "application/json"
    assert "Cookie" not in first.headers.get("Vary", "")
    assert not first.cookies
    known = {"if-none-match": first.headers["ETag"]}
    assert client.get("/api/v2/skills/?limit=5", headers=known).status_code == 304
    skill = Skill.objects.order_by("pk").first()
    skill.title = "Renamed"
    skill.save()
    assert client.get("/api/v2/skills/?limit=5", headers=known).json()["items"][0]["title"] == "Renamed"


def test_a_member_gets_what_everybody_gets(client):
    before = client.get("/api/v2/careers/").content

    client.force_login(make.superuser())

    assert client.get("/api/v2/careers/").content == before


def test_too_many_requests_from_one_address_wait_for_the_next_minute(client, settings, monkeypatch):
    now = [1_800_000_000.0 + 15]
    monkeypatch.setattr(time, "time", lambda: now[0])
    settings.API_A_MINUTE = 2
    here, there = {"REMOTE_ADDR": "192.0.2.7"}, {"REMOTE_ADDR": "192.0.2.8"}

    answers = [client.get(address, **here) for address in ("/api/v2/skills/", "/api/v2/careers/", "/api/v2/skills/1/")]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "45"
    assert answers[-1].headers["Cache-Control"] == "no-store"
    assert answers[-1].json() == {"message": "Request was throttled. Expected available in 45 seconds."}
    assert client.get("/api/v2/skills/", **there).status_code == 200
    assert client.get("/skills/", **here).status_code == 200
    now[0] += 45
    assert client.get("/api/v2/skills/", **here).status_code == 200


def test_the_address_is_the_one_that_the_trusted_proxy_names(client, settings):
    settings.API_A_MINUTE, settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1, 1

    def ask(client_address):
        return client.get("/api/v2/skills/", headers={"x-forwarded-for": f"203.0.113.9, {client_address}"}).status_code

    assert [ask("192.0.2.7"), ask("192.0.2.8"), ask("192.0.2.7")] == [200, 200, 429]


def test_what_is_kept_of_an_address_is_a_count_in_the_cache(client, settings):
    settings.API_A_MINUTE = 5

    client.get("/api/v2/skills/", REMOTE_ADDR="2001:db8::7")
    client.get("/api/v2/skills/", REMOTE_ADDR="2001:db8::8")

    span = int(time.time()) // 60
    assert caches["default"].get(f"api:2001:db8:::{span}") == 2


def test_stages_say_who_does_what(client):
    stage = StagePage.objects.get(slug="production")

    found = item(client, "stages", "production", "people,documents")

    people = stage.people.select_related("career").order_by("sort_order", "pk")
    assert [(row["slug"], row["note"]) for row in found["people"]] == [(row.career.slug, row.note) for row in people]
    assert [row["title"] for row in found["documents"]] == [row.title for row in stage.documents.order_by("sort_order", "pk")]
