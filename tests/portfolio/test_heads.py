"""What other sites and search engines are told of a portfolio, and the code that leads to it."""

import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.core.cache import caches
from django.utils import timezone

from careers.models import CareerPage, Skill
from portfolio import jsonld, sharing
from portfolio.jsonld import About, Role
from portfolio.models import Entry, Profile
from tests import make

SCRIPTS = ["</script><script>alert(1)</script>", "<!--", "]]>", "\u2028\u2029", "&lt;/script&gt;", '"}\\', "</SCRIPT \n>"]
SITE = "http://localhost:8000"


# In pure words


def test_a_person_is_told_word_for_word():
    role = Role("Producer", "https://example.org/careers/producer/")
    about = About("Ann", "https://example.org/people/ann/", "Runs", "At length", "Leeds", role, ["Budgeting", "Research"])

    assert jsonld.person(about) == {
        "@context": "https://schema.org",
        "@type": "Person",
        "name": "Ann",
        "url": "https://example.org/people/ann/",
        "jobTitle": "Producer",
        "description": "Runs",
        "address": {"@type": "PostalAddress", "addressLocality": "Leeds"},
        "hasOccupation": {"@type": "Occupation", "name": "Producer", "url": "https://example.org/careers/producer/"},
        "knowsAbout": ["Budgeting", "Research"],
    }


def test_what_is_empty_is_left_out():
    found = jsonld.person(About("Ann", "https://example.org/people/ann/", about="At length"))

    assert sorted(found) == ["@context", "@type", "description", "name", "url"]


@pytest.mark.parametrize("text", SCRIPTS)
def test_no_text_ends_the_script_it_stands_in(text):
    written = jsonld.script({"name": text})

    assert json.loads(written) == {"name": text}
    assert set(written).isdisjoint("<>&\u2028\u2029")


# In the page


@pytest.fixture
def profile(db):
    return Profile.objects.create(
        owner=make.member(),
        handle="osterly",
        display_name="Ann",
        headline="Runs",
        place="Leeds",
        career=CareerPage.objects.get(slug="producer"),
        visibility=4,
    )


def told(page):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.content.decode(), re.DOTALL)
    return json.loads(found[1]) if found else None


def metas(page):
    return dict(re.findall(r'<meta (?:property|name)="((?:og|twitter|robots)[^"]*)" content="([^"]*)">', page.content.decode()))


def test_a_public_portfolio_has_a_preview_and_stays_out_of_search_engines(client, profile):
    page = client.get("/people/osterly/")

    assert metas(page) == {
        "robots": "noindex",
        "og:type": "profile",
        "og:site_name": "Greenlight",
        "og:url": f"{SITE}/people/osterly/",
        "og:title": "Ann",
        "og:description": "Runs",
        "og:image": f"{SITE}/people/osterly/card.png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Portfolio of Ann on Greenlight",
        "twitter:card": "summary_large_image",
    }
    assert f'<link rel="canonical" href="{SITE}/people/osterly/">' in page.content.decode()
    assert told(page) is None


def test_search_engines_that_are_asked_in_are_told_what_the_page_says(client, profile):
    Profile.objects.update(is_indexed=True)
    make.entry(profile.owner, skills=[Skill.objects.get(slug="budgeting")], visibility=4)
    make.entry(profile.owner, skills=[Skill.objects.get(slug="research")], visibility=3)

    page = client.get("/people/osterly/")

    assert "robots" not in metas(page)
    assert (told(page)["name"], told(page)["jobTitle"], told(page)["knowsAbout"]) == ("Ann", "Producer", ["Budgeting"])
    assert told(page)["hasOccupation"]["url"] == f"{SITE}/careers/producer/"


def test_a_section_that_is_off_is_not_told_either(client, profile):
    Profile.objects.update(is_indexed=True, hidden=["skills"])
    make.entry(profile.owner, skills=[Skill.objects.get(slug="budgeting")], visibility=4)

    assert "knowsAbout" not in told(client.get("/people/osterly/"))


@pytest.mark.parametrize("text", SCRIPTS)
def test_the_head_holds_whatever_somebody_calls_themselves(client, profile, text):
    Profile.objects.update(is_indexed=True, display_name=text, headline=text, place=text)

    page = client.get("/people/osterly/")

    assert (told(page)["name"], told(page)["description"]) == (text, text)
    assert "<script>alert" not in page.content.decode()


def test_the_other_doors_tell_nothing(client, profile):
    Profile.objects.update(is_indexed=True)
    _, token = sharing.make_link(owner=profile.owner, name="Bo", ends_at=timezone.now() + timedelta(days=1))
    client.force_login(profile.owner)

    pages = [client.get(door) for door in (f"/shared/{token}/", "/me/portfolio/as/visitor/")]

    assert [metas(page) for page in pages] == [{"robots": "noindex"}] * 2
    assert [told(page) for page in pages] == [None, None]
    assert not any('rel="canonical"' in page.content.decode() for page in pages)


# The sitemap


def locations(client):
    """The addresses of the sitemap that are not the guide's, with when they changed."""
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    named = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    rows = [(url.findtext("s:loc", None, named), url.findtext("s:lastmod", None, named)) for url in tree.findall("s:url", named)]
    return {place: changed for place, changed in rows if "/people/" in place}


def test_portfolios_that_search_engines_may_find_are_in_the_sitemap(client, profile):
    Profile.objects.update(is_indexed=True, updated_at="2026-01-05T12:00Z")

    assert locations(client) == {f"{SITE}/people/osterly/": "2026-01-05"}
    assert "private" in client.get("/sitemap.xml").headers["Cache-Control"]


def test_they_changed_when_something_changed_that_everybody_sees(client, profile):
    Profile.objects.update(is_indexed=True, updated_at="2026-01-05T12:00Z")
    for day, visibility in (("2026-02-06", 4), ("2026-03-07", 3)):
        entry = make.entry(profile.owner, visibility=visibility)
        Entry.objects.filter(pk=entry.pk).update(updated_at=f"{day}T12:00Z")

    assert locations(client) == {f"{SITE}/people/osterly/": "2026-02-06"}


@pytest.mark.parametrize(
    "fields", [{"is_indexed": False}, {"visibility": 3}, {"visibility": 1}, {"suspended_at": "2026-01-01T12:00Z"}, {"handle": ""}]
)
def test_nobody_else_is_in_it(client, profile, fields):
    Profile.objects.update(**{"is_indexed": True, "listed_at": "2026-01-01T12:00Z", **fields})

    assert locations(client) == {}


@pytest.mark.parametrize("fields", [{"age_band": "13-17"}, {"age_band": ""}, {"is_active": False}])
def test_nobody_under_18_or_without_an_account_is_in_it(client, profile, fields):
    Profile.objects.update(is_indexed=True)
    type(profile.owner).objects.filter(pk=profile.owner_id).update(**fields)

    assert locations(client) == {}


def test_robots_may_read_portfolios(client):
    assert "people" not in client.get("/robots.txt").content.decode()


# The code


def test_the_owner_takes_the_address_along_as_a_code(client, profile):
    client.force_login(profile.owner)

    answer = client.get("/me/portfolio/qr.svg")

    assert ElementTree.fromstring(answer.content).tag == "{http://www.w3.org/2000/svg}svg"
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="portfolio-osterly.svg"'


def test_without_a_name_in_the_address_there_is_no_code(client, profile):
    Profile.objects.update(handle="")
    client.force_login(profile.owner)

    assert client.get("/me/portfolio/qr.svg").status_code == 404


# The way from the home page


def test_the_home_page_leads_to_the_sample_portfolio_only_where_there_is_one(client, profile):
    sample = make.member(email="marisol@example.org")
    assert "made up" not in client.get("/").content.decode()
    Profile.objects.create(owner=sample, handle="marisol", display_name="Marisol", visibility=4)

    assert '<a href="/people/marisol/">the portfolio of Marisol</a>' in afresh(client)


def test_a_site_that_people_use_has_no_sample(client, profile, settings):
    settings.SAMPLE_PEOPLE_ALLOWED = False
    Profile.objects.create(owner=make.member(email="marisol@example.org"), handle="marisol", display_name="M", visibility=4)

    assert "/people/marisol/" not in afresh(client)


def test_a_member_of_the_same_name_is_no_sample(client, profile):
    Profile.objects.create(owner=make.member(), handle="marisol", display_name="Marisol", visibility=4)

    assert "/people/marisol/" not in afresh(client)


def afresh(client):
    """The home page, with nothing kept of it."""
    caches["guide"].clear()
    return client.get("/").content.decode()
