"""What search engines are told of the guide: the words and figures of its pages, and nothing that nobody has checked."""

from decimal import Decimal

import pytest
from django.core.cache import caches
from hypothesis import given
from hypothesis import strategies as st

from careers import jsonld
from careers.jsonld import Code, Pay, Place, Role, Term
from careers.models import CareerPage, GlossaryTerm, PayRange, QualificationAdvice, Skill, Source, StagePage, Task
from careers.pay import money
from tests import make
from tests.heads import SITE, head, of_type, words

SOURCE = "https://example.org"


# In pure words


def test_a_role_is_an_occupation_word_for_word():
    pay = Pay("Average", "a year, Census, 2024", Decimal(0), Decimal("29623.00"), Decimal("41.50"), "GBP", "year")
    role = Role(
        "Runner",
        f"{SOURCE}/careers/runner/",
        "Runs.",
        ["Set runner"],
        [Code("ISCO-08", "2654")],
        f"{SOURCE}/esco",
        Place("Wales", is_country=False),
        [pay],
        "A first job",
        ["Driving licence"],
        ["Fetch the tea"],
        [("Driving", f"{SOURCE}/skills/driving/")],
    )

    assert jsonld.occupation(role) == {
        "@context": "https://schema.org",
        "@type": "Occupation",
        "name": "Runner",
        "url": f"{SOURCE}/careers/runner/",
        "description": "Runs.",
        "alternateName": ["Set runner"],
        "occupationalCategory": [
            {"@type": "CategoryCode", "codeValue": "2654", "inCodeSet": {"@type": "CategoryCodeSet", "name": "ISCO-08"}}
        ],
        "sameAs": f"{SOURCE}/esco",
        "occupationLocation": {"@type": "AdministrativeArea", "name": "Wales"},
        "estimatedSalary": [
            {
                "@type": "MonetaryAmount",
                "name": "Average",
                "description": "a year, Census, 2024",
                "currency": "GBP",
                "value": {"@type": "QuantitativeValue", "minValue": 0, "value": 29623, "maxValue": 41.5, "unitText": "YEAR"},
            }
        ],
        "experienceRequirements": "A first job",
        "qualifications": ["Driving licence"],
        "responsibilities": ["Fetch the tea"],
        "skills": [{"@type": "DefinedTerm", "name": "Driving", "url": f"{SOURCE}/skills/driving/"}],
    }


def test_what_is_empty_is_left_out():
    assert jsonld.occupation(Role("Runner", SOURCE)) == {
        "@context": "https://schema.org",
        "@type": "Occupation",
        "name": "Runner",
        "url": SOURCE,
    }


@given(st.decimals(min_value=0, max_value=10**8, places=2))
def test_a_sum_is_the_one_that_was_printed(amount):
    assert Decimal(str(jsonld.number(amount))) == amount


def test_a_word_says_which_set_it_is_of():
    shown = Term("Slate", "slate", f"{SOURCE}/glossary/#slate", "A board.", ["Clapper"])

    assert jsonld.term(shown, "Glossary", f"{SOURCE}/glossary/") == {
        "@context": "https://schema.org",
        "@type": "DefinedTerm",
        "name": "Slate",
        "termCode": "slate",
        "url": f"{SOURCE}/glossary/#slate",
        "description": "A board.",
        "alternateName": ["Clapper"],
        "inDefinedTermSet": {"@type": "DefinedTermSet", "name": "Glossary", "url": f"{SOURCE}/glossary/"},
    }


# In the pages


def occupation(client, address):
    return of_type(client.get(address).content.decode(), "Occupation")


def texts(thing):
    """Every text of a thing that is neither an address nor a word of the vocabulary."""
    for name, value in thing.items():
        if name in ("@type", "@context", "url", "sameAs", "unitText", "currency", "inCodeSet", "image", "license", "termCode"):
            continue
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield from texts(each)
            elif isinstance(each, str):
                yield each


def sums(told):
    """The figures as readers see them."""
    values = [(pay["value"].get(part), pay["currency"]) for pay in told.get("estimatedSalary", []) for part in PARTS]
    return [money(Decimal(str(amount)), currency) for amount, currency in values if amount is not None]


PARTS = ("minValue", "value", "maxValue")


@pytest.mark.django_db
def test_every_word_and_figure_is_on_the_page(client):
    for page in CareerPage.objects.live():
        for country in ("", "?country=us", "?country=gb"):
            html = client.get(page.get_absolute_url() + country).content.decode()
            told, said = of_type(html, "Occupation"), words(html)

            notes = {pay["description"] for pay in told.get("estimatedSalary", [])}
            # What stands under a figure is in three elements there, and in one sentence here.
            parts = {part for note in notes for part in note.split(", ", 1)}
            missing = [text for text in {*texts(told), *parts, *sums(told)} - notes if " ".join(text.split()) not in said]
            assert missing == [], page.slug


@pytest.mark.django_db
def test_a_country_is_chosen_by_address_and_the_first_is_told_unless_it_is(client):
    def told(query):
        found = occupation(client, f"/careers/associate-producer/{query}")
        return found["occupationLocation"]["name"], sums(found)

    british, american = ("United Kingdom", ["£29,623"]), ("United States", ["$60,271", "$43,060", "$83,480", "$198,530"])
    asked = [
        "",
        "?country=gb",
        "?country=us",
        "?country=fr",
        "?country=",
        "?country=<b>",
        "?country=us&country=gb",
        "?country=\0",
    ]
    assert [told(query) for query in asked] == [british, british, american, *[british] * 5]


@pytest.mark.django_db
def test_the_choice_holds_for_a_member_too(client):
    client.force_login(make.member())

    assert occupation(client, "/careers/associate-producer/?country=us")["occupationLocation"]["name"] == "United States"


@pytest.mark.django_db
def test_nothing_that_nobody_checked_is_told(client):
    page = make.career(onet_code="27-2012.00", onet_title="Producers", onet_status="unverified")
    source = Source.objects.first()
    qualification = make_qualification()
    page.tasks = [Task(text="Rumoured work", status="unverified"), Task(text="Known work", status="confirmed")]
    page.pay_ranges = [
        PayRange(country="gb", measure="Rumour", typical=98765, currency="GBP", status="unverified", source=source),
        PayRange(country="gb", measure="Unsourced", typical=87654, currency="GBP", status="confirmed"),
    ]
    page.qualification_advice = [QualificationAdvice(qualification=qualification, weight="required", status="unverified")]
    page.save_revision().publish()

    told = occupation(client, page.get_absolute_url())

    assert told["responsibilities"] == ["Known work"]
    assert {"estimatedSalary", "occupationLocation", "occupationalCategory", "qualifications"}.isdisjoint(told)


def make_qualification():
    return QualificationAdvice._meta.get_field("qualification").related_model.objects.create(
        title="Licence to puppeteer", slug="puppets", kind="licence", status="confirmed"
    )


@pytest.mark.django_db
def test_only_what_a_role_asks_for_is_a_qualification_of_it(client):
    page = make.career()
    page.qualification_advice = [
        QualificationAdvice(qualification=make_qualification(), weight="expected", status="confirmed"),
        QualificationAdvice(qualification_id=first_qualification(), weight="helpful", status="confirmed"),
    ]
    page.save_revision().publish()

    assert occupation(client, page.get_absolute_url())["qualifications"] == ["Licence to puppeteer"]


def first_qualification():
    return QualificationAdvice.objects.values_list("qualification_id", flat=True).first()


@pytest.mark.django_db
def test_a_stage_is_an_article_with_the_day_it_was_published(client):
    StagePage.objects.filter(slug="production").update(last_published_at="2026-02-03T12:00Z")
    html = client.get("/stages/production/").content.decode()
    us = {"@type": "Organization", "name": "Greenlight", "url": f"{SITE}/"}

    page = StagePage.objects.get(slug="production")
    assert of_type(html, "Article") == {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": page.title,
        "url": f"{SITE}/stages/production/",
        "description": page.lead,
        "image": head(html).metas["og:image"],
        "articleSection": "Production stages",
        "dateModified": "2026-02-03",
        "author": us,
        "publisher": us,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "isAccessibleForFree": True,
    }
    assert page.lead in words(html)
    assert head(html).metas["og:type"] == "article"


@pytest.mark.django_db
def test_a_skill_and_the_set_of_skills_say_what_their_pages_say(client):
    html, one = (client.get(address).content.decode() for address in ("/skills/", "/skills/budgeting/"))

    held = of_type(html, "DefinedTermSet")["hasDefinedTerm"]
    assert sorted(term["termCode"] for term in held) == sorted(Skill.objects.filter(live=True).values_list("slug", flat=True))
    assert [term for term in held if not {term["name"], term["description"]} <= set(said_in(html, term))] == []
    told = of_type(one, "DefinedTerm")
    assert told.pop("inDefinedTermSet") == {"@type": "DefinedTermSet", "name": "Skills", "url": f"{SITE}/skills/"}
    del told["@context"]
    assert told in held
    assert [text for text in texts(told) if text not in words(one)] == []


def said_in(html, term):
    said = words(html)
    return [text for text in (term["name"], term["description"]) if text in said]


@pytest.mark.django_db
def test_the_glossary_is_a_set_of_the_words_that_were_checked(client):
    GlossaryTerm.objects.filter(pk=GlossaryTerm.objects.first().pk).update(status="unverified")
    html = client.get("/glossary/").content.decode()

    held, said = of_type(html, "DefinedTermSet")["hasDefinedTerm"], words(html)
    checked = GlossaryTerm.objects.filter(live=True).exclude(status__in=["unverified", "missing"])
    assert sorted(term["termCode"] for term in held) == sorted(checked.values_list("slug", flat=True))
    assert [text for term in held for text in texts(term) if text not in said] == []
    for term in held:
        assert f'id="{term["url"].partition("#")[2]}"' in html


@pytest.mark.django_db
def test_a_page_behind_a_password_tells_nothing(client):
    page = make.career(answer="Keeps the secret.")
    make.restricted(page)

    html = client.get(page.get_absolute_url()).content.decode()

    assert "ld+json" not in html
    assert head(html).metas == {"robots": "noindex"}


@pytest.mark.django_db
def test_a_country_without_a_figure_keeps_no_page_of_its_own(client):
    client.get("/careers/associate-producer/")
    kept = list(caches["guide"].values)

    client.get("/careers/associate-producer/?country=fr")

    assert list(caches["guide"].values) == kept
