"""The sitemap: what anybody may read, with the day on which it last changed, and nothing else."""

import pytest

from careers.models import CareerIndexPage, CareerPage, Skill
from courses.models import Course
from portfolio.models import Profile
from tests import make
from tests.heads import sitemap

pytestmark = pytest.mark.django_db
DAY = "2026-02-03T12:00Z"
LISTS = (
    "/ /about/ /careers/ /careers/compare/ /stages/ /skills/ /courses/ /glossary/ /qualifications/ /organisations/ /festivals/"
)
LATER = "2031-05-06T12:00Z"


def test_every_kind_of_page_is_in_it(client):
    make.course()
    places = sitemap(client)

    assert set(LISTS.split()) <= set(places)
    for below, count in (("/careers/", 21 + 4), ("/stages/", 5 + 1), ("/skills/", 55 + 1), ("/courses/", 1 + 1)):
        assert len([place for place in places if place.startswith(below)]) == count
    assert None not in places.values()


def test_a_page_has_the_day_of_its_publication_and_its_list_that_of_the_newest(client):
    CareerPage.objects.update(last_published_at=DAY)
    CareerIndexPage.objects.update(last_published_at=DAY)
    CareerPage.objects.filter(slug="producer").update(last_published_at=LATER)

    places = sitemap(client)

    assert (places["/careers/director/"], places["/careers/producer/"]) == ("2026-02-03", "2031-05-06")
    assert (places["/careers/"], places["/careers/compare/"]) == ("2031-05-06", "2031-05-06")
    assert places["/stages/"] < "2031"


def test_a_skill_has_the_day_of_its_publication_or_of_its_first_words(client):
    skill = Skill.objects.get(slug="budgeting")
    Skill.objects.filter(slug="research").update(last_published_at=LATER)

    places = sitemap(client)

    assert places["/skills/budgeting/"] == skill.live_revision.created_at.date().isoformat()
    assert (places["/skills/research/"], places["/skills/"]) == ("2031-05-06", "2031-05-06")


def test_what_nobody_may_read_is_not_in_it(client):
    draft, closed = make.career(), make.career()
    draft.unpublish()
    make.restricted(closed)
    skill, course = make.skill(live=False), make.course()
    Course.objects.filter(pk=course.pk).update(live=False)

    hidden = {thing.get_absolute_url() for thing in (draft, closed, skill, course)}
    assert hidden.isdisjoint(sitemap(client))


def test_one_that_is_known_already_is_not_sent_again_until_something_changes(client):
    Profile.objects.create(owner=make.member(), handle="ann", display_name="Ann", visibility=4, is_indexed=True)
    make.course()
    known = client.get("/sitemap.xml").headers["ETag"]

    again = client.get("/sitemap.xml", headers={"If-None-Match": known})
    Skill.objects.filter(slug="budgeting").update(live=False)
    changed = client.get("/sitemap.xml", headers={"If-None-Match": known})

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200
    assert "Last-Modified" not in changed.headers
    assert "private" in again.headers["Cache-Control"]
