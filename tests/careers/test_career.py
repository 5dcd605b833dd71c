"""The profile of a career as a reader gets it."""

import re

import pytest
from django.urls import reverse

from careers.models import CareerPage, CareerStep, PayRange, StagePage, StagePerson, Task
from home.models import GuideVersion
from tests import make

pytestmark = pytest.mark.django_db
ADDRESS = "/careers/associate-producer/"


@pytest.fixture
def profile(client):
    return client.get(ADDRESS).content.decode()


def section(html, anchor):
    """The words of one section of the page."""
    found = re.search(rf'<section id="{anchor}".*?(?=<section id=|</main>)', html, re.S)
    assert found, anchor
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def test_the_two_averages_stand_with_their_source_and_that_it_is_undated(profile):
    pay = section(profile, "pay")

    for figure in ("$60,271", "£29,623"):
        assert figure in pay
    assert pay.count("undated") >= 2
    assert "Alison" in pay
    assert "Quoted second-hand" in pay or "quoted second-hand" in pay


def test_twelve_or_more_skills_stand_with_level_and_importance(profile):
    skills = section(profile, "skills")

    requirements = CareerPage.objects.get(slug="associate-producer").requirements.select_related("skill")
    assert len(requirements) >= 12
    for row in requirements:
        assert row.skill.title in skills
    assert {word for word in ("Essential", "Important", "Useful") if word in skills} == {"Essential", "Important", "Useful"}
    assert "On my own" in skills
    assert "With guidance" in skills


def test_all_five_stages_lead_to_their_guides(profile):
    for slug in ("development", "pre-production", "production", "post-production", "distribution"):
        assert f'href="/stages/{slug}/"' in profile


def test_interests_goals_and_similar_careers(profile):
    fit = section(profile, "fit")

    assert "Quality education" in fit
    assert "Gender equality" in fit
    assert "Peace, justice and strong institutions" in fit
    assert "Enterprising" in fit
    assert "suggestion" in fit
    similar = section(profile, "next")
    for step in CareerPage.objects.get(slug="associate-producer").steps.filter(kind="lateral"):
        assert step.to.title in similar


def test_every_section_in_the_contents_is_on_the_page_once(profile):
    contents = re.search(r'<nav class="contents".*?</nav>', profile, re.S)[0]
    anchors = re.findall(r'href="#([\w-]+)"', contents)

    assert len(anchors) >= 25
    for anchor in anchors:
        assert len(re.findall(rf'id="{anchor}"', profile)) == 1


def test_the_skills_the_trade_pages_name_are_all_named(profile):
    words = profile.casefold()

    for name in ("journalism", "video editing", "filmmaking", "script writing", "video creation"):
        assert name in words


@pytest.mark.parametrize("slug", ["assistant-producer", "script-doctor", "co-producer"])
def test_what_nobody_checked_is_said_to_be_unchecked(client, slug):
    page = CareerPage.objects.get(slug=slug)
    unchecked = [task.text for task in page.tasks.filter(status="unverified")]
    assert unchecked

    work = section(client.get(page.get_absolute_url()).content.decode(), "work")

    before, after = work.split("Not checked yet", 1)
    for text in unchecked:
        assert text not in before
        assert text in after


def test_a_figure_without_a_source_is_not_shown(client):
    page = make.career()
    page.pay_ranges = [
        PayRange(country="gb", measure="Rumour", typical=98765, currency="GBP", status="confirmed"),
        PayRange(country="us", measure="Guess", typical=87654, currency="USD", status="unverified"),
    ]
    page.save_revision().publish()

    html = client.get(page.get_absolute_url()).content.decode()

    assert "98,765" not in html
    assert "87,654" not in html
    assert html.count("No checked figure yet") >= 2


def test_every_career_is_published_and_answers(client):
    slugs = list(CareerPage.objects.live().values_list("slug", flat=True))

    assert len(slugs) == 21
    for slug in slugs:
        html = client.get(f"/careers/{slug}/").content.decode()
        assert html.count("<h1") == 1, slug
        assert section(html, "about"), slug
        assert section(html, "sources") or slug == "script-doctor"


def test_a_sparse_career_leaves_out_what_it_lacks(client):
    page = make.career()

    html = client.get(page.get_absolute_url()).content.decode()

    assert re.findall(r'<section id="([\w-]+)"', html) == ["pay", "next"]  # which say that there is nothing to go by


def test_hostile_titles_stay_text(client):
    page = make.career(title='<script>alert("x")</script>', summary="“quotes” & <b>tags</b>")
    page.tasks = [Task(text='<img src=x onerror="alert(1)">', status="confirmed")]
    page.save_revision().publish()

    html = client.get(page.get_absolute_url()).content.decode()

    assert "<script>alert" not in html
    assert "<img src=x" not in html


@pytest.mark.parametrize("slug", ["nobody", "x" * 300, "associate-producer%00", "ąćę"])
def test_an_unknown_career_is_our_own_not_found_page(client, slug):
    response = client.get(f"/careers/{slug}/")

    assert response.status_code == 404
    assert "Scene missing" in response.content.decode()


def test_a_draft_is_not_found(client):
    page = make.career()
    page.unpublish()

    assert client.get(page.get_absolute_url()).status_code == 404


def test_a_page_behind_a_password_asks_for_it_and_opens_with_it(client):
    page = make.career(title="Secret keeper", answer="Keeps the secret.")
    restriction = make.restricted(page)

    asked = client.get(page.get_absolute_url())
    assert "Keeps the secret." not in asked.content.decode()
    assert "no-cache" in asked.headers["Cache-Control"]
    opened = client.post(
        reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk]),
        {"password": "open sesame", "return_url": page.get_absolute_url()},
        follow=True,
    )
    assert "Keeps the secret." in opened.content.decode()


def test_a_page_behind_a_password_is_in_no_list(client):
    page = make.career(title="Secretkeeper")
    make.restricted(page)

    for address in (
        "/careers/",
        "/careers/?q=Secretkeeper",
        "/search/?q=Secretkeeper",
        "/careers/suggestions/?q=Secretk",
        "/sitemap.xml",
    ):
        assert page.get_absolute_url() not in client.get(address).content.decode(), address


def test_closing_a_page_takes_it_out_of_a_list_already_drawn(client):
    page = make.career(title="Secretkeeper")
    assert "Secretkeeper" in client.get("/careers/?q=Secretkeeper").content.decode()
    assert page.get_absolute_url() in client.get("/careers/?page=2").content.decode()

    make.restricted(page)

    assert page.get_absolute_url() not in client.get("/careers/?page=2").content.decode()


def test_a_draft_leaves_what_is_kept_alone():
    page = make.career()
    before = GuideVersion.objects.get().number

    page.summary = "As drafted."
    page.save_revision()

    assert GuideVersion.objects.get().number == before


def test_a_closed_page_is_named_on_no_other(client, profile):
    assert "Script editor" in section(profile, "next")
    make.restricted(CareerPage.objects.get(slug="script-editor"))

    assert "Script editor" not in section(client.get(ADDRESS).content.decode(), "next")


def test_a_closed_page_is_named_on_no_stage(client):
    stage = StagePage.objects.get(slug="production")
    career = make.career(title="Secret keeper")
    StagePerson.objects.create(page=stage, career=career, note="Keeps it")
    GuideVersion.advance()
    assert "Secret keeper" in client.get("/stages/production/").content.decode()

    make.restricted(career)
    make.restricted(StagePage.objects.get(slug="distribution"))

    page = client.get("/stages/production/").content.decode().split("<main")[1]
    assert ("Secret keeper" in page, "/stages/distribution/" in page) == (False, False)


def test_a_step_keeps_the_name_of_a_career_that_is_deleted(client):
    gone = make.career(title="Lamplighter")
    page = make.career(title="Puppeteer")
    page.steps = [CareerStep(to=gone, kind="progression", status="editorial")]
    page.save_revision().publish()

    gone.delete()

    assert "Lamplighter" in client.get(page.get_absolute_url()).content.decode()


def test_a_renamed_skill_is_renamed_on_the_page_at_once(client):
    skill = make.skill("Puppetry")
    page = make.career(skills=[skill])
    assert "Puppetry" in client.get(page.get_absolute_url()).content.decode()

    skill.title = "Marionettes"
    skill.save()

    html = client.get(page.get_absolute_url()).content.decode()
    assert "Marionettes" in html
    assert "Puppetry" not in html


def test_a_skill_taken_offline_leaves_the_page(client):
    skill = make.skill("Puppetry")
    page = make.career(skills=[skill])

    skill.unpublish()

    assert "Puppetry" not in client.get(page.get_absolute_url()).content.decode()


def test_a_draft_shows_in_the_preview_and_not_to_readers(client, settings):
    page = make.career(answer="As published.")
    page.answer = "As drafted."
    page.save_revision()
    editor = make.user("Editors")

    assert "As drafted." not in client.get(page.get_absolute_url()).content.decode()
    client.force_login(editor)
    drafted = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).content.decode()
    assert "As drafted." in drafted
