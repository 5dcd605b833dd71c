"""Search over everything published."""

import re

import pytest
from wagtail.models import Locale

from careers.models import CareerPage, GlossaryTerm
from home.search import cleaned, registry
from tests import make

pytestmark = pytest.mark.django_db


def found(query):
    return {group.key: [hit.title for hit in group.hits] for group in registry.find(query)}


def test_what_is_found_stands_in_groups(client):
    groups = found("call sheet")

    assert "Call sheets and production paperwork" in groups["skills"]
    assert groups["words"][0] == "Call sheet"
    assert "Production coordinator" in groups["careers"]
    html = client.get("/search/?q=call+sheet").content.decode()
    for address in ("/glossary/#call-sheet", "/skills/call-sheets/", "/careers/production-coordinator/"):
        assert f'href="{address}"' in html


@pytest.mark.parametrize(
    ("query", "group", "title"),
    [
        ("Bectu", "organisations", "Bectu"),
        ("PGA", "organisations", "Producers Guild of America"),
        ("autocue", "skills", None),
        ("T Level", "qualifications", "T Level in media, broadcast and production"),
        ("privacy", "pages", "Privacy"),
        ("distribution", "stages", "Distribution"),
        ("what does an associate producer do", "careers", "Associate producer"),
    ],
)
def test_each_kind_is_found_by_its_names(query, group, title):
    groups = found(query)

    assert group in groups or title is None
    if title:
        assert groups[group][0] == title


def test_a_misspelling_is_put_right(client):
    response = client.get("/search/?q=assistnt+directr")

    assert response.context["did_you_mean"] == "assistant director"
    assert "assistant+director" in response.content.decode() or "assistant%20director" in response.content.decode()


def test_nothing_asked_and_nothing_found_say_so(client):
    assert "Nothing" in client.get("/search/?q=zzzzqqqq").content.decode()
    assert client.get("/search/").context["groups"] == []


def test_drafts_and_offline_things_are_not_found():
    draft = make.career(title="Zoetropist")
    draft.unpublish()
    offline = make.skill("Zoetropes")
    offline.unpublish()

    assert found("zoetrop") == {}
    assert registry.suggestions("zoetrop") == []


def test_cleaning_keeps_words_and_drops_syntax():
    assert cleaned('"call" NEAR/2 (sheet*) -x') == "call NEAR 2 sheet x"
    assert cleaned("what is the line") == "line"
    assert cleaned("what is") == "what is"
    assert cleaned("a" * 500) == "a" * 100


def test_names_follow_the_guide():
    assert registry.suggestions("Mutosc") == []

    GlossaryTerm.objects.create(title="Mutoscope", slug="mutoscope", kind="technology", summary="A flip book with a crank.")

    assert registry.suggestions("Mutosc") == ["Mutoscope"]


def listed(client, address):
    """What the page of results leads to: pairs of address and title."""
    return re.findall(r'<h3><a href="([^"]+)">([^<]+)</a>', client.get(address).content.decode())


def test_a_skill_is_found_by_its_name_in_the_reader_s_language(client):
    for query in ("etalonnage", "colour grading"):
        assert ("/fr/skills/colour/", "Étalonnage") in listed(client, f"/fr/search/?q={query}")

    assert ("/skills/colour/", "Colour grading") not in listed(client, "/search/?q=etalonnage")
    assert ("/skills/colour/", "Colour grading") in listed(client, "/search/?q=colour grading")


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/fr/search/?q=Qu’est-ce que la prise de son ?", ("/fr/skills/sound/", "Prise de son")),
        ("/es/search/?q=¿Cómo se hace la iluminación?", ("/es/skills/lighting/", "Iluminación")),
        ("/search/?q=how do you do lighting?", ("/skills/lighting/", "Lighting")),
    ],
)
def test_the_small_words_of_a_question_are_left_out_in_each_language(client, address, found):
    assert found in listed(client, address)


@pytest.fixture
def french():
    original, locale = CareerPage.objects.get(slug="producer"), Locale.objects.get(language_code="fr")
    translation = original.copy_for_translation(locale, copy_parents=True)
    translation.title, translation.slug = "Productrice ou producteur", "productrice"
    translation.introduction = "<p>Rassembler les bailleurs autour d’une histoire.</p>"
    translation.save_revision().publish()
    return translation


@pytest.mark.parametrize("query", ["productrice", "bailleurs"])
def test_the_words_of_a_closed_translation_lead_nowhere(client, french, query):
    make.restricted(french)

    assert "/fr/careers/producer/" not in dict(listed(client, f"/fr/search/?q={query}"))
    assert ("/fr/careers/producer/", "Producer") in listed(client, "/fr/search/?q=producer")


@pytest.mark.usefixtures("french")
def test_a_translated_guide_is_found_by_its_words_at_the_address_of_the_original(client):
    for query in ("productrice", "bailleurs", "producer"):
        assert ("/fr/careers/producer/", "Productrice ou producteur") in listed(client, f"/fr/search/?q={query}")
        for start in ("", "/es"):
            found = [address for address, _ in listed(client, f"{start}/search/?q={query}")]
            assert (f"{start}/careers/producer/" in found) is (query == "producer")
    assert ("/careers/producer/", "Producer") in listed(client, "/search/?q=producer")
