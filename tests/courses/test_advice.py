"""Courses where readers need them: on a role, on a skill, and beside a member's gap."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import Course
from tests import make
from tests.courses.test_course_page import pick
from tests.portfolio import record

pytestmark = pytest.mark.django_db
PRICE = {"cost_status": "confirmed"}


@pytest.fixture(autouse=True)
def nothing_but_ours():
    Course.objects.all().delete()


@pytest.fixture
def strings():
    return make.skill("String work", slug="strings")


@pytest.fixture
def role(strings):
    return record.role("Puppeteer", strings=(3, 3))


def shown(client, address):
    """The titles of the courses on the page, in their order."""
    html = client.get(address).content.decode()
    found = [(html.find(f">{course.title}</a>"), course.title) for course in Course.objects.all()]
    return [title for place, title in sorted(found) if place >= 0]


def test_a_role_has_the_best_courses_with_their_reason_and_picks_first(client, role, strings):
    make.course("Practice", teaches=[(strings, 1)])
    make.course("Supplies", teaches=[(strings, 3)])
    make.course("Elsewhere", teaches=[make.skill()])
    pick(make.course("Vouched for", teaches=[(strings, 1)]), career=role)
    pick(make.course("Vouched for only"), career=role)

    html = client.get(role.get_absolute_url()).content.decode()

    assert shown(client, role.get_absolute_url()) == ["Vouched for", "Vouched for only", "Supplies", "Practice"]
    assert "Teaches string work on your own, the level this role asks; essential." in html
    assert "Patient teachers." in html
    assert '<a href="#courses">Courses</a>' in html


def test_a_role_without_courses_has_no_section_for_them(client, role):
    html = client.get(role.get_absolute_url()).content.decode()

    assert "#courses" not in html
    assert "Courses that teach" not in html


def test_a_pick_leaves_the_role_and_the_skill_on_the_day_after(client, role, strings, monkeypatch):
    course = make.course("Vouched for", teaches=[(strings, 3)])
    pick(course, career=role, reason="For the role.")
    pick(course, skill=strings, reason="For the skill.")
    addresses = {role.get_absolute_url(): "For the role.", "/skills/strings/": "For the skill."}
    before = [said in client.get(address).content.decode() for address, said in addresses.items()]
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)

    assert before == [True, True]
    assert [said in client.get(address).content.decode() for address, said in addresses.items()] == [False, False]


def test_a_skill_has_its_courses_highest_level_first(client, strings):
    make.course("Taught a little", teaches=[(strings, 1)])
    make.course("Taught well", teaches=[(strings, 3), make.skill()])
    make.course("Taught well and free", teaches=[(strings, 3)], cost="free", **PRICE)
    make.course("Other", teaches=[make.skill()])
    pick(make.course("Vouched for", teaches=[(strings, 1), make.skill()]), skill=strings)

    assert shown(client, "/skills/strings/") == ["Vouched for", "Taught well and free", "Taught well", "Taught a little"]
    assert "Teaches it on your own." in client.get("/skills/strings/").content.decode()


def test_a_member_has_the_best_three_for_what_is_missing(client, role, strings):
    ann = make.member()
    record.aim(ann, role)
    for number, level in enumerate((3, 3, 3, 3, 1)):
        make.course(f"Course {number}", teaches=[(strings, level)])
    client.force_login(ann)

    for address in ("/me/", f"/me/roles/{role.slug}/", "/me/skills/strings/"):
        assert shown(client, address) == ["Course 0", "Course 1", "Course 2"], address
        assert "the level this role asks; essential" in client.get(address).content.decode()


def test_nothing_missing_and_no_role_bring_no_courses(client, role, strings):
    make.course("Course", teaches=[(strings, 3)])
    ann = make.member()
    client.force_login(ann)
    record.aim(ann, role)
    for _ in range(3):
        record.entry(ann, {"strings": 3})

    assert shown(client, "/me/") == shown(client, "/me/skills/strings/") == []
    client.force_login(make.member())
    assert shown(client, "/me/") == []


def test_advice_follows_the_catalogue_at_once(client, role, strings):
    ann = make.member()
    record.aim(ann, role)
    client.force_login(ann)
    assert shown(client, "/me/") == []

    course = make.course("New", teaches=[(strings, 3)])
    made = shown(client, "/me/")
    course.outcomes.all().delete()
    Course.objects.get().save_revision().publish()

    assert (made, shown(client, "/me/")) == (["New"], [])
