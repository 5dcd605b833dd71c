"""A student's page and their entries at the desk, as far as the student shares them."""

import re

import pytest
from django.utils import timezone

from portfolio.models import Entry, Profile
from portfolio.scales import Scope, StepState, Visibility
from tests import make
from tests.test_access import SECRET

from .looking import DESK, cells, page_of, student, words

pytestmark = pytest.mark.django_db


def test_a_student_page_shows_what_is_missing_and_what_was_recommended(desk, counsellor):
    sound, light, colour = make.skill("Sound editing"), make.skill("Lighting"), make.skill("Colour")
    found = student(counsellor, skills=[light, colour], career=make.career("Video editor", skills=[sound, light, colour]))
    for _ in range(2):
        make.entry(found.student, skills=[light])
    course = make.course("Sound from Scratch", teaches=[sound], hours=8, length_status="confirmed")
    make.step(found, title="Sound from Scratch", course=course, skill=sound, state=StepState.UNDER_WAY, minutes_done=120)
    make.step(found, title="Ask a gaffer", state=StepState.DECLINED, reason="I did that already")

    page = page_of(desk, f"{DESK}{found.pk}/")

    assert re.findall(r'class="skill-name" href="[^"]*">([^<]*)<', page) == ["Sound editing", "Colour"]
    assert "One covered skill" in page
    assert "Lighting." in page
    body = re.search(r"<tbody>(.*)</tbody>", page, re.DOTALL)[1]
    rows = [[words(cell) for cell in re.split(r"</t[hd]>", row)[:-1]] for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)]
    day = timezone.localdate().strftime("%-d %B %Y")
    assert rows == [
        ["Ask a gaffer", "No one skill", day, "Declined “I did that already”"],
        ["Sound from Scratch", "Sound editing", day, "Under way, 2 of 8 hours"],
    ]


def test_each_target_role_has_its_gap(desk, counsellor):
    found = student(counsellor, career=make.career("Gaffer", slug="gaffer-x", skills=[make.skill("Lighting")]))
    make.goal(found.student, make.career("Editor", slug="editor-x", skills=[make.skill("Cutting")]))

    skills = [
        re.findall(r'class="skill-name" href="[^"]*">([^<]*)<', page_of(desk, f"{DESK}{found.pk}/?role={slug}"))
        for slug in ("", "gaffer-x", "editor-x", "nonsense\x00")
    ]

    assert skills == [["Lighting"], ["Lighting"], ["Cutting"], ["Lighting"]]


@pytest.mark.parametrize("scope", Scope)
def test_a_scope_that_is_missing_takes_its_part_of_the_page_along(desk, counsellor, scope):
    career = make.career("Gaffer of note", skills=[make.skill("Lighting")])
    found = student(counsellor, scopes=[each for each in Scope if each != scope], career=career)
    Profile.objects.filter(owner=found.student).update(headline="I hang lamps.")
    make.step(found, title="Lamps for All")
    told = {"profile": "I hang lamps.", "entries": f"{DESK}{found.pk}/entries/", "gap": "Gaffer of note", "plan": "Lamps for All"}

    page = page_of(desk, f"{DESK}{found.pk}/")

    assert {name for name, words in told.items() if words not in page} == {scope.value}


def test_another_counsellors_recommendations_are_not_told(desk, counsellor):
    found = student(counsellor)
    make.step(make.connection(found.student, make.counsellor("Sam Oakes")), title=SECRET)

    assert SECRET not in page_of(desk, f"{DESK}{found.pk}/")
    assert cells(page_of(desk))[0][5] == "None"


def test_a_profile_that_is_closed_to_counsellors_is_not_told(desk, counsellor):
    found = student(counsellor)
    Profile.objects.filter(owner=found.student).update(headline=SECRET, visibility=Visibility.ME)

    assert SECRET not in page_of(desk, f"{DESK}{found.pk}/")
    assert desk.get(f"{DESK}{found.pk}/portfolio/").status_code == 404


# Their entries


def titles(page):
    return [words(title) for title in re.findall(r'<span class="strip-title"[^>]*>(.*?)</span>', page, re.DOTALL)]


def test_entries_are_those_shared_with_counsellors_latest_first(desk, counsellor):
    found = student(counsellor, logged=None)
    owner, shared = found.student, {"visibility": Visibility.COUNSELLOR}
    skill = make.skill("Lighting", slug="lighting-x")
    make.entry(owner, title="Older", started="2025-01", skills=[skill], **shared)
    newest = make.entry(owner, title="Newer", started="2026-01", kind="cpd", **shared)
    make.entry(owner, title="Planned", started="2026-06", state="planned", **shared)
    hidden = {"private": {"visibility": 1}, "draft": {"state": "draft"}, "suspended": {"suspended_at": timezone.now()}}
    for fields in [*hidden.values(), {"deleted_at": timezone.now()}]:
        make.entry(owner, title=SECRET, **{**shared, **fields})
    place = f"{DESK}{found.pk}/entries/"

    page = page_of(desk, place)

    assert titles(page) == ["Planned", "Newer", "Older"]
    assert f'href="{DESK}{found.pk}/portfolio/{newest.pk}/"' in page
    assert page.count(f'href="{DESK}{found.pk}/portfolio/') == 3  # the whole portfolio, and two entries with a page
    assert titles(page_of(desk, f"{place}?kind=cpd")) == ["Newer"]
    assert titles(page_of(desk, f"{place}?skill=lighting-x")) == ["Older"]
    assert titles(page_of(desk, f"{place}?skill=%00&kind=x&after=9")) == ["Planned", "Newer", "Older"]
    assert SECRET not in page


def test_entries_come_a_page_at_a_time(desk, counsellor):
    found = student(counsellor, logged=None)
    for number in range(52):
        make.entry(found.student, title=f"Film {number}", visibility=Visibility.COUNSELLOR)
    place = f"{DESK}{found.pk}/entries/"

    first = page_of(desk, place)
    more = re.search(r'href="([^"]*)" rel="next"', first)[1].replace("&amp;", "&")

    assert (len(titles(first)), titles(page_of(desk, more))) == (50, ["Film 1", "Film 0"])


def test_without_the_scope_there_is_no_such_page(desk, counsellor):
    found = student(counsellor, scopes=[Scope.PROFILE, Scope.GAP, Scope.PLAN])

    assert desk.get(f"{DESK}{found.pk}/entries/").status_code == 404


def test_minors_are_students_like_others(desk, counsellor):
    found = student(counsellor, logged=3)
    type(found.student).objects.filter(pk=found.student_id).update(age_band="13-17")
    entry = Entry.objects.get(owner=found.student)

    places = ["", "entries/", "portfolio/", f"portfolio/{entry.pk}/"]

    assert [desk.get(f"{DESK}{found.pk}/{place}").status_code for place in places] == [200] * 4
