"""Whether a guide was useful: what is counted, once from one place, and what the reader is told."""

import pytest
from django.utils import timezone

from careers.models import CareerPage
from home.feedback import guides, services
from home.models import Usefulness
from home.rates import pseudonym_of
from tests import make
from tests.home.feedback import answer, outcome
from tests.together import at_once

pytestmark = pytest.mark.django_db
HERE = "/feedback/careers/producer/useful/"


def counts():
    return {(row.object_id, row.month): (row.yes, row.no) for row in Usefulness.objects.all()}


@pytest.fixture
def producer():
    return CareerPage.objects.get(slug="producer")


@pytest.mark.parametrize(
    "address",
    ["/careers/producer/", "/stages/production/", "/skills/budgeting/"],
)
def test_each_guide_asks_and_leads_to_a_report(client, address):
    page = client.get(address).content.decode()

    assert f'action="/feedback{address}useful/"' in page
    assert f'href="/feedback{address}"' in page
    assert "csrfmiddlewaretoken" not in page


@pytest.mark.parametrize("kind", ["qualifications", "organisations", "festivals", "glossary"])
def test_each_list_leads_to_a_report(client, kind):
    assert f'href="/feedback/{kind}/"' in client.get(f"/{kind}/").content.decode()


def test_a_course_asks_too(client):
    course = make.course()

    assert f'action="/feedback/courses/{course.slug}/useful/"' in client.get(course.get_absolute_url()).content.decode()
    assert outcome(answer(client, "yes", f"/feedback/courses/{course.slug}/useful/"))[0] == 302


def test_answers_are_counted_by_month_and_nothing_else_is_kept(client, producer):
    month = timezone.localdate().replace(day=1)
    first = answer(client, "yes", where="192.0.2.1")
    second = answer(client, "no", where="192.0.2.2")
    answer(client, "yes", where="192.0.2.3")

    assert (outcome(first), outcome(second)) == ((302, f"{HERE}?answer=yes"), (302, f"{HERE}?answer=no"))
    assert counts() == {(producer.pk, month): (2, 1)}
    assert (first.cookies, second.cookies) == ({}, {})


def test_one_network_counts_once_a_day_for_each_guide(client, producer):
    month = timezone.localdate().replace(day=1)
    first, again, changed = answer(client, "yes"), answer(client, "yes"), answer(client, "no")
    elsewhere = answer(client, "no", "/feedback/skills/budgeting/useful/")

    assert [outcome(each)[1].partition("=")[2] for each in (first, again, changed, elsewhere)] == ["yes", "again", "again", "no"]
    assert counts()[producer.pk, month] == (1, 0)


def test_one_network_answers_about_sixty_guides_an_hour(client, rf):
    careers = [make.career() for _ in range(3)]
    here = pseudonym_of(rf.get("/", REMOTE_ADDR="192.0.2.1"))
    for _ in range(58):
        services.ANSWERED.takes(here)

    found = [outcome(answer(client, "yes", f"/feedback{each.get_absolute_url()}useful/"))[1][-5:] for each in careers]

    assert found == ["r=yes", "r=yes", "again"]


def test_in_place_the_answer_is_the_part_alone(client):
    yes = answer(client, "yes", **{"X-In-Place": "1"})
    again = answer(client, "yes", **{"X-In-Place": "1"})
    no = answer(client, "no", "/feedback/skills/budgeting/useful/", **{"X-In-Place": "1"})

    assert [each.content.decode().strip() for each in (yes, again, no)] == [
        "Thank you. That is counted.",
        "Thank you. We count one answer a day from one network, and there is one already.",
        'Thank you. <a href="/feedback/skills/budgeting/?missing">What was missing?</a>',
    ]


@pytest.mark.parametrize("useful", ["", "maybe", "\x00", "yes\r\nSet-Cookie: a=b", "x" * 100_000])
def test_any_other_answer_asks_again_and_counts_nothing(client, useful):
    response = answer(client, useful)

    assert response.status_code == 422
    assert "Press one of the two buttons." in response.content.decode()
    assert counts() == {}


@pytest.mark.parametrize("origin", [{}, {"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_site_cannot_answer(client, origin):
    response = client.post(HERE, {"useful": "yes"}, headers=origin)

    assert (response.status_code, counts()) == (403, {})


def test_what_nobody_may_read_cannot_be_answered_about(client):
    closed, draft = make.career(slug="closed"), make.career(slug="draft")
    make.restricted(closed)
    draft.unpublish()
    places = ["careers/closed", "careers/draft", "careers/nobody", "careers/é", "nothing/producer", "glossary/dolly", "courses/x"]

    assert [answer(client, "yes", f"/feedback/{place}/useful/").status_code for place in places] == [404] * len(places)
    assert [client.get(f"/feedback/{place}/").status_code for place in places] == [404] * len(places)
    assert counts() == {}


def test_looking_writes_nothing_and_is_kept_by_nobody(client):
    response = client.get(HERE)

    assert counts() == {}
    assert (response.headers["Cache-Control"], response.headers["X-Robots-Tag"]) == ("no-store", "noindex")
    assert 'content="noindex"' in response.content.decode()
    assert "Disallow: /feedback/" in client.get("/robots.txt").content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_first_answers_of_a_month_in_the_same_moment_are_all_counted(producer):
    guide = guides.find("careers", "producer")

    found = at_once(
        *[lambda number=number: services.count(guide=guide, is_useful=True, origin=str(number)) for number in range(4)]
    )

    assert found == [True] * 4
    assert list(counts().values()) == [(4, 0)]
