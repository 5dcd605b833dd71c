"""The page of the career map: lists first, the same as a picture, filters, and the way from one role to another."""

import re
from html import unescape

import pytest

from careers.models import CareerPage, CareerStep
from careers.scales import StepKind
from tests import make
from tests.test_query_budgets import statements

pytestmark = pytest.mark.django_db


def page(client, query=""):
    answer = client.get(f"/careers/map/{query}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def roles(html):
    return re.findall(r'<article class="map-role" id="([^"]+)"', html)


def boxes(html):
    return re.findall(r'<a href="#([^"]+)" aria-label="[^"]*"><rect', html)


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def step(page, to, kind=StepKind.PROGRESSION, **fields):
    return CareerStep.objects.create(page=page, to=to, kind=kind, status="editorial", **fields)


def test_every_role_is_in_the_list_and_in_the_picture(client):
    html = page(client)
    slugs = set(CareerPage.objects.readable().values_list("slug", flat=True))

    assert (set(roles(html)), set(boxes(html))) == (slugs, slugs)
    assert len(roles(html)) == len(boxes(html)) == len(slugs)
    assert "Named, without a guide yet" in html


@pytest.mark.parametrize(
    ("query", "field", "value"),
    [
        ("?department=producing", "department", "producing"),
        ("?line=above", "line", "above"),
        ("?stage=2", "stage_involvements__stage", 2),
    ],
)
def test_filters_narrow_the_list_and_the_picture(client, query, field, value):
    wanted = set(CareerPage.objects.readable().filter(**{field: value}).values_list("slug", flat=True))

    html = page(client, query)

    assert (set(roles(html)), set(boxes(html))) == (wanted, wanted)
    assert 0 < len(wanted) < CareerPage.objects.readable().count()


def test_a_move_out_of_what_is_shown_is_still_told(client):
    html = page(client, "?department=producing")
    coordinator = CareerPage.objects.get(slug="production-coordinator")

    assert f'<a href="/careers/{coordinator.slug}/">{coordinator.title}</a>' in html


def test_what_fits_no_role_says_so_and_leads_back(client):
    html = page(client, "?department=locations&line=above")

    assert roles(html) == []
    assert "No role fits all of that" in html
    assert '<svg class="map-picture"' not in html


@pytest.mark.parametrize(
    "query", ["?department=nonsense", "?stage=99&line=%00", "?stage=2'--", "?department=" + "x" * 5000, "?from=&to="]
)
def test_nonsense_is_no_filter(client, query):
    assert len(roles(page(client, query))) == (
        CareerPage.objects.readable().filter(stage_involvements__stage=2).count()
        if "stage=2&" in query
        else CareerPage.objects.readable().count()
    )


def test_the_way_tells_each_step_and_the_skills_to_gain(client):
    budgeting, pitching = make.skill("Puppet budgets"), make.skill("Puppet pitches")
    runner = make.career("Puppet runner", [budgeting])
    master = make.career("Puppet master", [budgeting, pitching])
    step(runner, master, note="If you like strings")

    text = words(page(client, f"?from={runner.slug}&to={master.slug}").split('id="way"')[1].split("</section>")[0])

    assert "One step leads from Puppet runner to Puppet master." in text
    assert "Puppet master A step up. If you like strings Skills to gain Puppet pitches Essential, new, “On my own”" in text
    assert "Puppet budgets" not in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?from=producer&to=producer", "You are there already: both are Producer."),
        ("?from=producer", "Now choose where to."),
        ("?to=producer", "Now choose where from."),
        ("?from=nobody&to=producer", "A role you asked for is not in the guide."),
        ("?from=producer&to=~Researcher", "A role you asked for is not in the guide."),
        ("?from=" + "x" * 5000 + "&to=%3Cscript%3E", "A role you asked for is not in the guide."),
    ],
)
def test_a_question_without_an_answer_gets_a_sentence(client, query, sentence):
    assert sentence in words(page(client, query))


def test_where_only_the_other_way_round_leads_it_is_offered(client):
    first, second = make.career("Understudy"), make.career("Lead puppeteer")
    step(first, second)

    html = page(client, f"?from={second.slug}&to={first.slug}")

    assert f'<a href="?from={first.slug}&to={second.slug}#way">From Understudy to Lead puppeteer there is a way</a>' in html


def test_where_nothing_leads_it_says_so(client):
    first, second = make.career("Hermit"), make.career("Recluse")

    assert "No moves in the guide lead from Hermit to Recluse." in words(page(client, f"?from={first.slug}&to={second.slug}"))


def test_a_circle_of_moves_is_drawn_and_walked(client):
    ring = [make.career(f"Ring {number}") for number in range(4)]
    for one, other in zip(ring, [*ring[1:], ring[0]], strict=True):
        step(one, other)

    html = page(client, f"?from={ring[1].slug}&to={ring[0].slug}")

    assert "3 steps lead from Ring 1 to Ring 0." in words(html)
    assert {each.slug for each in ring} <= set(boxes(html))


def test_a_role_alone_says_so(client):
    alone = make.career("Hermit")

    assert "Hermit No moves to or from it are named yet." in words(page(client))
    assert alone.slug in boxes(page(client))


def test_what_nobody_may_read_or_nobody_vouches_for_is_not_on_the_map(client):
    hidden, draft, seen = make.career("MARKER closed"), make.career("MARKER draft"), make.career("Seen")
    make.restricted(hidden)
    draft.unpublish()
    for other in (hidden, draft):
        step(seen, other)
    CareerStep.objects.create(page=seen, title="MARKER unchecked", kind=StepKind.PROGRESSION, status="unverified")

    assert "MARKER" not in page(client, f"?from={seen.slug}&to={hidden.slug}")


def test_a_long_guide_is_drawn_a_department_at_a_time(client, monkeypatch):
    monkeypatch.setattr("careers.charting.MOST_DRAWN", 5)

    assert "are too many for one picture" in page(client)
    assert boxes(page(client)) == []
    assert boxes(page(client, "?department=casting")) == ["casting-director"]


def test_the_map_costs_the_same_whatever_is_on_it(client):
    client.get("/careers/map/")
    few = statements(client, "/careers/map/?from=producer&to=director")
    for number in range(30):
        step(make.career(f"Extra {number}", [make.skill(f"Extra skill {number}")]), CareerPage.objects.get(slug="producer"))
    anew, kept = statements(client, "/careers/map/"), statements(client, "/careers/map/?from=producer&to=director")

    assert (len(few), len(kept)) == (1, 1)
    assert len(anew) <= 8
