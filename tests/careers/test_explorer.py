"""The list of careers: search, facets, chips, order and pages."""

import re

import pytest
from wagtail.models import Locale

from careers.models import CareerPage
from tests import make

pytestmark = pytest.mark.django_db


def titles(response):
    return [card.title for card in response.context["results"].page]


def test_all_careers_stand_on_two_pages(client):
    first, second = client.get("/careers/"), client.get("/careers/?page=2")

    assert first.context["results"].total == 21
    assert sorted(titles(first) + titles(second)) == sorted(CareerPage.objects.values_list("title", flat=True))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("associate producer", "Associate producer"),
        ("AP", "Associate producer"),
        ("1st AD", "First assistant director"),
        ("runner", "Production assistant or runner"),
        ("screenwr", "Screenwriter"),
        ("payroll", "Production accountant"),
    ],
)
def test_titles_other_titles_beginnings_and_skills_are_found(client, words, found):
    assert found in titles(client.get("/careers/", {"q": words}))[:3]


def slugs(response):
    return [card.slug for card in response.context["results"].page]


@pytest.fixture(params=["producer", "productrice"])
def french(request):
    """A guide in French, at the address of the original and at one of its own."""
    original, locale = CareerPage.objects.get(slug="producer"), Locale.objects.get(language_code="fr")
    translation = original.copy_for_translation(locale, copy_parents=True)
    translation.slug, translation.introduction = request.param, "<p>Rassembler les bailleurs autour d’une histoire.</p>"
    translation.save_revision().publish()
    return translation


@pytest.mark.usefixtures("french")
def test_a_translated_guide_is_found_by_its_words_in_its_language_alone(client):
    assert slugs(client.get("/fr/careers/?q=bailleurs")) == ["producer"]
    assert slugs(client.get("/careers/?q=bailleurs")) == slugs(client.get("/es/careers/?q=bailleurs")) == []
    assert "producer" in slugs(client.get("/fr/careers/?q=producer"))


def test_the_words_of_a_closed_translation_lead_nowhere(client, french):
    make.restricted(french)

    assert slugs(client.get("/fr/careers/?q=bailleurs")) == []


def test_facets_narrow_and_count(client):
    response = client.get("/careers/?line=above&stage=1")

    lines = next(facet for facet in response.context["results"].facets if facet.name == "line")
    above = CareerPage.objects.filter(line="above", stage_involvements__stage=1).count()
    below = CareerPage.objects.filter(line="below", stage_involvements__stage=1).count()
    assert response.context["results"].total == above
    assert [(option.value, option.count, option.on) for option in lines.options][:2] == [
        ("above", above, True),
        ("below", below, False),
    ]


def test_each_chip_leads_to_the_list_without_it(client):
    response = client.get("/careers/?q=budget&line=below&line=above&stage=2&sort=title")

    assert [(chip.label, chip.address) for chip in response.context["results"].chips] == [
        ("“budget”", "?line=below&line=above&stage=2&sort=title"),
        ("Below the line", "?q=budget&line=above&stage=2&sort=title"),
        ("Above the line", "?q=budget&line=below&stage=2&sort=title"),
        ("Pre-production", "?q=budget&line=below&line=above&sort=title"),
    ]


def test_nothing_found_names_the_choice_to_drop_and_what_it_would_return(client):
    response = client.get("/careers/?line=above&interest=R&experience=none")

    results = response.context["results"]
    assert results.total == 0
    assert (results.drop.label, results.drop.count) == ("Above the line", 1)
    assert results.drop.address in response.content.decode().replace("&amp;", "&")


def test_a_misspelt_word_is_offered_right(client):
    results = client.get("/careers/?q=prodcer").context["results"]

    assert (results.total, results.did_you_mean, results.did_you_mean_address) == (0, "producer", "?q=producer")


def test_first_jobs_first(client):
    cards = client.get("/careers/?sort=rung").context["results"].page

    assert cards[0].title == "Production assistant or runner"
    assert [card.rung for card in cards] == sorted(card.rung for card in cards)


def test_refining_gets_the_part_that_changes_and_going_back_gets_the_page(client):
    part = client.get("/careers/?line=below", headers={"HX-Request": "true"})
    back = client.get("/careers/?line=below", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})

    assert "<html" not in part.content.decode()
    assert 'id="results"' in part.content.decode()
    assert "<html" in back.content.decode()
    assert "HX-Request" in part.headers["Vary"]


def test_page_numbers_never_fill_more_than_nine_links(client):
    for number in range(130):
        make_quick_career(number)

    html = client.get("/careers/?page=6").content.decode()

    numbers = re.findall(r'href="[^"]*page=(\d+)', html)
    assert 3 < len(set(numbers)) <= 9


def make_quick_career(number):
    make.career(title=f"Career {number:03}")


@pytest.mark.parametrize(
    "query",
    [
        "q=%22",
        "q=%27%22%29%28",
        "q=%00",
        "q=%20%20",
        "q=" + "a" * 20_000,
        "q=*&q=OR&q=NEAR(a b)",
        "q=a AND",
        "q=-",
        "q=%F0%9F%8E%AC",
        "q=منتج",
        "line=sideways&stage=9&stage=-1&interest=Z&experience=&department=%00",
        "page=100000000000000000000",
        "page=-1",
        "page=one",
        "page=1e9",
        "page=٣",
        "sort=drop+table",
        "line=" + "&line=".join(["above"] * 500),
        "q=%ff%fe",
        "q=<script>alert(1)</script>",
    ],
)
@pytest.mark.parametrize("address", ["/careers/", "/search/", "/careers/suggestions/"])
def test_any_question_gets_a_page(client, address, query):
    response = client.get(f"{address}?{query}")

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_suggestions_complete_titles_other_titles_and_skills(client):
    html = client.get("/careers/suggestions/?q=sched").content.decode()

    assert '<option value="Scheduling">' in html
