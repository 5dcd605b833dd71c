"""One course: what is known, what nobody has checked, who picked it, and what search engines are told."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from careers.models import Source
from courses import words
from courses.models import Course, LinkCheck, Recommendation
from tests import make
from tests.heads import structured
from tests.portfolio import record
from tests.test_query_budgets import statements

pytestmark = pytest.mark.django_db
# The properties of schema.org that we use, by type (schema.org/Course, /CourseInstance, /Offer, /Organization, /Language).
VOCABULARY = {
    "Course": "@context name url description provider sameAs educationalLevel teaches timeRequired inLanguage offers "
    "hasCourseInstance",
    "Organization": "name url",
    "Language": "name",
    "Offer": "category price priceCurrency",
    "CourseInstance": "courseMode startDate",
}


@pytest.fixture
def strings():
    return make.skill("String work", slug="strings")


def html(client, course):
    return client.get(course.get_absolute_url()).content.decode()


def told(page):
    way, course = structured(page)
    assert way["@type"] == "BreadcrumbList"
    return course


def full(strings, **fields):
    source = Source.objects.create(slug="prospectus", publisher="Tidewater", title="Prospectus", year="2026")
    return make.course(
        "Strings & Wires",
        teaches=[(strings, 3)],
        **{
            "provider": make.provider(url="https://tidewater.example/"),
            "summary": "From the first knot.",
            "url": "https://www.tidewater.example/strings",
            "level": "beginner",
            "mode": "online",
            "hours": 90,
            "length": "six weeks",
            "length_status": "confirmed",
            "cost": "paid",
            "price_low": 120,
            "price_high": 120,
            "currency": "GBP",
            "cost_status": "confirmed",
            "starts_on": date(2027, 1, 4),
            "age_from": 16,
            "source": source,
            "status": "confirmed",
            "checked_on": date(2026, 11, 1),
            "checked_by": "Robin Ash",
            "awards": "A certificate",
            "prerequisites": "Two hands.",
            "note": "Starts each January.",
            **fields,
        },
    )


def pick(course, **fields):
    given = {
        "reason": "Patient teachers.",
        "interest": "None",
        "curator_name": "Robin Ash",
        "approved_by_name": "Sam Oakes",
        "review_by": timezone.localdate(),
    }
    return Recommendation.objects.create(course=course, **{**given, **fields})


def test_everything_known_stands_on_the_page_with_who_says_so(client, strings):
    record.role("Puppeteer", strings=(2, 3))

    page = html(client, full(strings))

    for said in (
        "Paid, £120 <small>Tidewater, 2026; confirmed by its source</small>",
        "90 hours (six weeks) <small>Tidewater, 2026; confirmed by its source</small>",
        "16 and over",
        "4 January 2027",
        "A certificate",
        "Two hands.",
        "Starts each January.",
        "Checked on 1 November 2026 by Robin Ash.",
        '<a href="/skills/strings/">String work</a></span><span class="skill-state">On my own',
        "Puppeteer</a></h3><p>String work (essential)",
        "Open it at tidewater.example",
    ):
        assert said in page, said


def test_what_nobody_has_checked_is_not_told(client, strings):
    course = full(strings, cost_status="unverified", length_status="unverified")

    page = html(client, course)

    assert page.count("<dd>Check with the provider</dd>") == 2
    assert [said for said in ("£120", "90 hours", "six weeks") if said in page] == []
    assert {"offers", "timeRequired"} & told(page).keys() == set()


def test_a_broken_address_is_a_notice_and_no_button(client, strings):
    course = full(strings)
    check = LinkCheck.objects.create(course=course, url=course.url, state="gone", failures=2, checked_at=timezone.now())
    broken = html(client, course)
    LinkCheck.objects.filter(pk=check.pk).update(failures=1)
    once = html(client, course)
    LinkCheck.objects.filter(pk=check.pk).update(failures=5, url="https://old.example/")
    other = html(client, course)

    assert ("leads nowhere at the moment" in broken, course.url in broken) == (True, False)
    assert ("leads nowhere" in once, "leads nowhere" in other) == (False, False)
    assert f'href="{course.url}"' in once


def test_search_engines_are_told_what_the_page_says(client, strings):
    course = full(strings)

    assert told(html(client, course)) == {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": "Strings & Wires",
        "url": f"http://localhost:8000/courses/{course.slug}/",
        "description": "From the first knot.",
        "provider": {"@type": "Organization", "name": "Tidewater Film School", "url": "https://tidewater.example/"},
        "sameAs": "https://www.tidewater.example/strings",
        "educationalLevel": "Beginners",
        "teaches": ["String work"],
        "timeRequired": "PT90H",
        "inLanguage": {"@type": "Language", "name": "English"},
        "offers": {"@type": "Offer", "category": "Paid", "price": "120.00", "priceCurrency": "GBP"},
        "hasCourseInstance": {"@type": "CourseInstance", "courseMode": "Online", "startDate": "2027-01-04"},
    }


def test_only_words_of_the_vocabulary_are_used(client, strings):
    def check(thing):
        kind = thing.pop("@type")
        assert thing.keys() <= set(VOCABULARY[kind].split())
        for each in thing.values():
            if isinstance(each, dict):
                check(each)

    check(told(html(client, full(strings))))


def test_no_title_ends_the_script(client):
    title = "</script><script>alert(1)</script>"
    page = html(client, make.course(title))

    assert told(page)["name"] == title
    assert "<script>alert" not in page


def test_picks_stand_until_their_day_once_approved(client, strings):
    course, today = make.course(teaches=[strings]), timezone.localdate()
    role = make.career("Puppeteer", skills=[strings])
    hidden = make.restricted(make.career("Secret role")).page.specific
    pick(course, career=role, reason="Stands today.")
    pick(course, skill=strings, reason="Stands for the skill.")
    pick(course, career=role, reason="Overdue.", review_by=today - timedelta(days=1))
    pick(course, career=role, reason="A draft.", live=False)
    pick(course, career=hidden, reason="For a closed page.")

    page = html(client, course)

    assert [said for said in ("Overdue.", "A draft.", "For a closed page.", "Secret role") if said in page] == []
    assert "Stands today." in page
    assert "Stands for the skill." in page
    assert "Picked by Robin Ash, agreed by Sam Oakes. Declared interest: None" in page


def test_a_member_can_add_it_to_the_plan_and_a_visitor_sees_no_form(client, strings):
    course = make.course(teaches=[strings])
    visitor = html(client, course)
    client.force_login(make.member())

    assert "csrf" not in visitor
    assert f'action="/me/steps/add/{course.slug}/"' in html(client, course)


def test_the_page_costs_the_same_whatever_stands_on_it(client):
    few, many = make.course(), make.course(teaches=[make.skill() for _ in range(30)])
    for outcome in many.outcomes.all():
        make.career(skills=[outcome.skill])
        pick(many, skill=outcome.skill)
    client.get(few.get_absolute_url())

    assert [len(statements(client, each.get_absolute_url())) for each in (few, many)] == [3, 4]


def test_the_sitemap_has_true_dates(client):
    course = make.course()
    Course.objects.filter(pk=course.pk).update(last_published_at="2026-03-04T12:00Z")

    rows = ElementTree.fromstring(client.get("/sitemap.xml").content)

    found = {row[0].text: row[1].text for row in rows}
    assert found[f"http://localhost:8000/courses/{course.slug}/"] == "2026-03-04"


def test_a_draft_is_drawn_before_it_is_published(client, rf):
    course = make.course("Strings", teaches=[make.skill()])
    course.title = "Strings again"

    response = course.make_preview_request(original_request=None, preview_mode="")
    assert "Strings again" in response.rendered_content if hasattr(response, "rendered_content") else response.content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("Paid", 20, 180, "GBP", True), "Paid, £20 to £180"),
        (("Paid", 20, 20, "USD", True), "Paid, $20"),
        (("Paid", 20, None, "GBP", True), "Paid, from £20"),
        (("Free", None, None, "", True), "Free"),
        (("Free", 0, 0, "GBP", True), "Free"),
        (("Paid", 20, 20, "GBP", False), "Check with the provider"),
        (("", None, None, "", True), "Check with the provider"),
    ],
)
def test_costs_in_words(given, said):
    assert words.cost(*given) == said
