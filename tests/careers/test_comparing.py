"""Careers side by side: what is chosen, what the rows say, and what cannot be answered."""

import re
from decimal import Decimal
from html import unescape

import pytest
from django.http import QueryDict

from careers.forms import CompareForm
from careers.models import CareerPage, CareerStep, PayRange, SkillRequirement, Source
from careers.scales import Country
from tests import make
from tests.test_query_budgets import statements

pytestmark = pytest.mark.django_db
MEDIAN = {"country": Country.UNITED_KINGDOM, "currency": "GBP", "basis": "year", "measure": "Median"}
FOUR = ["associate-producer", "line-producer", "production-coordinator", "producer"]


def page(client, *slugs):
    return client.get("/careers/compare/", {"role": slugs})


def words(response):
    """What the page says, without its marks."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main)))


def row(response, name):
    """The words of each cell of the row with this heading."""
    table = response.content.decode().partition("<table")[2]
    found = re.search(rf'<th scope="row">(?:<a [^>]*>)?{re.escape(name)}(?:</a>)?</th>(.*?)</tr>', table, re.DOTALL)
    cells = re.findall(r"<td>(.*?)</td>", found[1], re.DOTALL)
    return [unescape(" ".join(re.sub(r"<svg.*?</svg>|<[^>]*>", " ", cell, flags=re.DOTALL).split())) for cell in cells]


def test_the_address_names_the_roles_and_their_order(client):
    response = page(client, "producer", "associate-producer")

    heads = re.findall(r'<th scope="col"><a href="/careers/([\w-]+)/">', response.content.decode())
    assert heads == ["producer", "associate-producer"]
    known_by = "http://localhost:8000/careers/compare/?role=producer&amp;role=associate-producer"
    assert f'<link rel="canonical" href="{known_by}">' in response.content.decode()
    assert row(response, "Where it sits") == ["Above the line", "Below the line"]


def test_skills_stand_under_how_many_ask_for_them(client):
    budget, ledger, rig = make.skill("Purse keeping"), make.skill("Ledger reading"), make.skill("Rope work")
    first, second, third = (make.career(f"Puppeteer {number}", [budget]) for number in "123")
    for career, level, importance in ((first, 2, 1), (second, 4, 2)):
        SkillRequirement.objects.create(page=career, skill=ledger, level=level, importance=importance)
    SkillRequirement.objects.create(page=third, skill=rig, level=1, importance=1)

    response = page(client, first.slug, second.slug, third.slug)

    said = words(response)
    heads = ["Skills they all ask for", "Purse keeping", "Skills some of them ask for", "Ledger reading"]
    assert sorted(heads, key=said.index) == heads
    assert said.index("Skills only one asks for") < said.index("Rope work")
    assert row(response, "Purse keeping") == ["Essential On my own"] * 3
    assert row(response, "Ledger reading") == [
        "Useful With guidance",
        "Important I led or taught others",
        "Not asked for",
    ]
    assert "One skill is asked for by all of them." in said


def test_pay_is_on_one_scale_with_its_source_and_year(client):
    source = Source.objects.create(slug="survey", publisher="The Survey", title="Pay", year="2025")
    careers = [make.career(f"Puppeteer {number}") for number in "12"]
    for career, amount in zip(careers, (20_000, 40_000), strict=True):
        given = {
            "country": Country.UNITED_KINGDOM,
            "currency": "GBP",
            "basis": "year",
            "measure": "Median",
            "year": "2025",
            "status": "confirmed",
        }
        PayRange.objects.create(page=career, source=source, typical=Decimal(amount), **given)

    response = page(client, *(career.slug for career in careers))

    assert row(response, "United Kingdom, a year") == ["£20,000 Median. The Survey, 2025", "£40,000 Median. The Survey, 2025"]
    assert re.findall(r'class="typical" d="M([\d.]+) ', response.content.decode()) == ["50.0", "98.0"]
    assert row(response, "United States, a year") == ["No checked figure yet"] * 2


def test_a_figure_that_nothing_vouches_for_is_not_shown(client):
    career = make.career()
    PayRange.objects.create(
        page=career,
        country=Country.UNITED_KINGDOM,
        currency="GBP",
        basis="year",
        measure="Hearsay",
        typical=9,
        status="unverified",
    )

    assert row(page(client, career.slug), "United Kingdom, a year") == ["No checked figure yet"]


@pytest.mark.parametrize(
    ("asked", "chosen", "unknown", "left_out"),
    [
        ("role=a&role=b", ["a", "b"], 0, []),
        ("role=a&role=a&role=", ["a"], 0, []),
        ("role=nobody&role=b&role=%00", ["b"], 2, []),
        ("role=a&role=b&role=c&role=d&role=e", ["a", "b", "c", "d"], 0, ["E"]),
        ("role=" + "9" * 5000, [], 1, []),
        ("", [], 0, []),
    ],
)
def test_whatever_is_asked_is_a_question(asked, chosen, unknown, left_out):
    form = CompareForm(QueryDict(asked), {slug: slug.upper() for slug in "abcde"}, 4)

    assert (form.chosen, form.unknown, form.left_out) == (chosen, unknown, left_out)
    assert len(form.slots) == 4


def test_fifty_roles_and_unknown_ones_get_a_page_that_says_what_happened(client):
    known = list(CareerPage.objects.order_by("title").values_list("slug", flat=True))

    response = page(client, *known, *[f"nobody-{number}" for number in range(50)])

    said = words(response)
    assert "50 careers you asked for are not in the guide." in said
    assert "Four fit side by side, so these are left out:" in said
    assert len(re.findall(r'<th scope="col">', response.content.decode())) == 4


def test_each_role_can_be_taken_away(client):
    body = page(client, "producer", "line-producer", "showrunner").content.decode()

    assert re.findall(r'class="take-away no-print" href="([^"]*)"', body) == [
        "?role=line-producer&amp;role=showrunner",
        "?role=producer&amp;role=showrunner",
        "?role=producer&amp;role=line-producer",
    ]


def test_a_row_for_which_no_role_has_anything_is_left_out(client):
    first, second = make.career("Puppeteer", hours="Nights"), make.career("Stage hand", hours_note="and weekends")

    response = page(client, first.slug, second.slug)

    assert row(response, "Hours") == ["Nights", "and weekends"]
    assert row(response, "Stages") == ["Not said in the guide"] * 2
    for name in ("Usual contract", "Working interests", "Often comes next", "Ways in"):
        assert f">{name}<" not in response.content.decode()


def test_what_comes_before_and_next_leads_there(client):
    first, second, third = (make.career(f"Puppeteer {number}") for number in "123")
    CareerStep.objects.create(page=first, to=second, kind="progression")
    CareerStep.objects.create(page=first, title="Circus owner", kind="specialisation")

    response = page(client, first.slug, third.slug)

    assert row(response, "Often comes next") == ["Puppeteer 2 Circus owner", "Not said in the guide"]
    assert f'<a href="/careers/{second.slug}/">Puppeteer 2</a></li><li>Circus owner</li>' in response.content.decode()


def test_too_much_to_read_is_refused_with_a_page(client):
    client.raise_request_exception = False

    response = client.get(f"/careers/compare/?{'role=producer&' * 5001}")

    assert response.status_code == 400
    assert "<h1" in response.content.decode()


def test_nothing_chosen_says_how_to_begin(client):
    assert "Choose two careers above" in words(client.get("/careers/compare/"))


def test_an_unpublished_or_restricted_role_is_not_in_the_guide(client):
    hidden, closed = make.career("Hidden"), make.career("Closed")
    hidden.unpublish()
    make.restricted(closed)

    said = words(page(client, hidden.slug, closed.slug))

    assert "2 careers you asked for are not in the guide." in said
    assert "Hidden" not in said
    assert "Closed" not in said


def test_a_member_sees_where_they_stand(client):
    skill = make.skill("Purse keeping")
    first, second = make.career("Puppeteer", [skill]), make.career("Stage hand", [make.skill("Rope work")])
    ann = make.member()
    make.goal(ann, first)
    make.entry(ann, skills=[skill])
    client.force_login(ann)

    response = page(client, first.slug, second.slug)

    assert row(response, "You have") == ["1 of 3 pieces", "0 of 3 pieces"]
    assert row(response, "Aim") == ["Your target role", "Make it a target"]
    assert f'<th scope="col" class="is-here"><a href="/careers/{first.slug}/">' in response.content.decode()
    assert "You have" not in words(client.__class__().get("/careers/compare/", {"role": [first.slug]}))


def test_one_role_and_four_cost_the_same(client):
    client.get("/careers/compare/")

    counts = {
        len(statements(client, f"/careers/compare/?{'&'.join(f'role={slug}' for slug in slugs)}")) for slugs in (FOUR[:1], FOUR)
    }

    assert counts == {10}
