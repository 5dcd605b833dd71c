"""What every public page tells other sites: what it is called, what it is about, its one address and its picture."""

import io
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from home.heads import LEAST, MOST, description
from home.models import StandardPage
from tests import make
from tests.heads import SITE, head, of_type, sitemap, structured

DEFAULT = "Plain guides to careers in film and television production"
MORE = "What it means in film and television, and what to show for it."


# A description of a fair length


@given(st.text(max_size=400), st.sampled_from(["", MORE]))
def test_no_description_is_longer_than_is_shown(text, more):
    assert len(description(text, more)) <= MOST


@given(st.text(min_size=1, max_size=400), st.just(MORE))
def test_none_that_can_be_made_longer_is_too_short(text, more):
    assert len(description(text, more)) >= LEAST


@pytest.mark.parametrize(
    ("text", "more", "said"),
    [
        ("Moves puppets", "", "Moves puppets."),
        ("Moves puppets.", MORE, f"Moves puppets. {MORE}"),
        ("", MORE, MORE),
        ("word " * 40, "", "word " * 31 + "word…"),
        ("x" * 300, "", "x" * 159 + "…"),
        ("y" * 120, MORE, "y" * 120 + "."),
        ("  spread\n over   lines ", "", "spread over lines."),
    ],
)
def test_it_is_whole_sentences_or_cut_after_a_word(text, more, said):
    assert description(text, more) == said


# Every address that search engines are told of


@pytest.mark.django_db
def test_every_page_is_called_and_described_and_has_one_heading_and_one_address(client):
    make.course(summary="Short.")
    places = sitemap(client)
    heads = {place: head(client.get(place).content.decode()) for place in places}

    assert len(heads) > 95
    for place, found in heads.items():
        assert found.canonical == [SITE + place]
        assert found.headings == 1, place
        assert LEAST <= len(found.description) <= MOST, (place, found.description)
        assert place == "/" or not found.description.startswith(DEFAULT), place
        assert found.title.endswith(" | Greenlight"), place
        assert "robots" not in found.metas, place
        told = {name: found.metas[f"og:{name}"] for name in ("title", "description", "url", "site_name")}
        assert told == {
            "title": found.title.removesuffix(" | Greenlight"),
            "description": found.description,
            "url": SITE + place,
            "site_name": "Greenlight",
        }
        assert found.metas["twitter:card"] == "summary_large_image"
        assert found.metas["og:image:alt"]
    for said in ("title", "description"):
        assert [text for text, count in Counter(getattr(found, said) for found in heads.values()).items() if count > 1] == []


@pytest.mark.django_db
def test_every_picture_that_is_named_is_there(client):
    places = ["/", "/careers/", "/about/", "/careers/producer/", "/stages/production/", "/skills/budgeting/", "/glossary/"]
    course = make.course()
    pictures = [head(client.get(place).content.decode()).metas["og:image"] for place in [*places, course.get_absolute_url()]]

    assert len(set(pictures)) == 5
    for picture in set(pictures):
        answer = client.get(picture.removeprefix(SITE))
        assert (answer.headers["Content-Type"], Image.open(io.BytesIO(answer.content)).size) == ("image/png", (1200, 630))


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["/nothing-here/", "/accounts/login/", "/search/?q=budget"])
def test_what_is_nobody_elses_business_tells_nothing(client, place):
    html = client.get(place).content.decode()

    assert head(html).canonical == []
    assert {name for name in head(html).metas if name != "robots"} == set()
    assert structured(html) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "known_by", "robots"),
    [
        ("/careers/", "/careers/", None),
        ("/careers/?nonsense=1&utm_source=x", "/careers/", None),
        ("/careers/?page=2", "/careers/?page=2", None),
        ("/careers/?page=999999", "/careers/?page=2", None),
        ("/careers/?q=budget", "/careers/?q=budget", "noindex"),
        ("/careers/?stage=2&line=below&x=1", "/careers/?line=below&stage=2", "noindex"),
        ("/courses/?cost=free&sort=title", "/courses/?cost=free&sort=title", "noindex"),
        ("/skills/?utm_source=x", "/skills/", None),
        ("/careers/producer/?country=us", "/careers/producer/", None),
    ],
)
def test_lists_are_known_by_what_they_show_and_only_whole_ones_are_listed(client, asked, known_by, robots):
    found = head(client.get(asked).content.decode())

    assert [address.replace("&amp;", "&") for address in found.canonical] == [SITE + known_by]
    assert found.metas.get("robots") == robots
    assert found.metas["og:url"] == SITE + known_by


@pytest.mark.django_db
@pytest.mark.parametrize("text", ['"><script>alert(1)</script>', "</title><!--", "A & B “quoted”"])
def test_a_head_holds_whatever_a_page_is_called(client, text):
    page = make.career(title=text, summary=text, search_description=text, seo_title=text)

    html = client.get(page.get_absolute_url()).content.decode()

    assert "<script>alert" not in html
    assert (head(html).title, head(html).metas["og:title"]) == (f"{text} | Greenlight", text)
    assert of_type(html, "Occupation")["name"] == text
    assert of_type(html, "BreadcrumbList")["itemListElement"][-1]["name"] == text


# The way to a page


@pytest.mark.django_db
def test_the_way_to_a_page_leads_over_links_that_it_has(client):
    for place in [place for place in sitemap(client) if place != "/"]:
        html = client.get(place).content.decode()
        steps = [(step["item"].removeprefix(SITE), step["name"]) for step in of_type(html, "BreadcrumbList")["itemListElement"]]

        links = set(re.findall(r'<a [^>]*?href="([^"]+)"[^>]*>([^<]*)</a>', html))
        assert set(steps[:-1]) <= links, place
        assert steps[-1][0] == place
        assert [step["position"] for step in of_type(html, "BreadcrumbList")["itemListElement"]] == list(range(1, len(steps) + 1))


@pytest.mark.django_db
def test_the_home_page_says_how_the_guide_is_searched(client):
    (site,) = structured(client.get("/").content.decode())

    assert site == {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": "Greenlight",
        "url": f"{SITE}/",
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{SITE}/search/?q={{q}}"},
            "query-input": "required name=q",
        },
    }


@pytest.mark.django_db
def test_a_page_about_the_site_without_a_description_is_described_by_its_lead(client):
    StandardPage.objects.filter(slug="about").update(search_description="", lead="Who writes this guide, and why")

    assert head(client.get("/about/").content.decode()).description == "Who writes this guide, and why."
