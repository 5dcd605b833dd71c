"""The catalogue that we ship: whole, honest about what nobody has checked, and loaded once."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from careers.scales import PUBLISHABLE
from courses.importers import COURSE, PROVIDER, shipped
from courses.models import Course, CourseOutcome, Provider

DATA = Path(apps.get_app_config("courses").path) / "data"


@pytest.fixture
def loaded(db):
    call_command("load_courses", verbosity=0)


def test_the_catalogue_is_whole():
    assert len(shipped(DATA / "providers.csv", PROVIDER)) == 22
    assert len(shipped(DATA / "courses.csv", COURSE)) == 37


def test_what_a_source_says_names_it():
    rows = shipped(DATA / "courses.csv", COURSE)
    marks = ("status", "cost_status", "length_status")

    vouched = [row["slug"] for row in rows if {row[mark] for mark in marks} & {"confirmed", "secondary"} and not row["source"]]
    assert vouched == []


def test_no_course_alone_is_worth_more_than_work_with_guidance():
    levels = {level for row in shipped(DATA / "courses.csv", COURSE) for _, level in row["skills"]}

    assert levels == {1, 2}


def test_hours_are_told_only_where_they_are_certain():
    rows = shipped(DATA / "courses.csv", COURSE)

    assert {row["slug"]: row["hours"] for row in rows if row["hours"]} == {"nyfa-television-spec-workshop": 45}


def test_it_loads_published_with_what_each_course_teaches(loaded):
    course = Course.objects.get(slug="broadcast-production-assistant-apprenticeship")
    taught = [(each.skill.slug, each.level) for each in course.outcomes.order_by("sort_order")]

    assert (Provider.objects.count(), Course.objects.filter(live=True).count()) == (22, 37)
    assert CourseOutcome.objects.count() == 91
    assert taught == [("organisation", 2), ("call-sheets", 2), ("video-editing", 2), ("health-safety", 2)]
    assert (course.age_from, course.source.slug, course.cost) == (16, "careerpilot-pm", "job")
    assert course.live_revision.as_object().outcomes.count() == 4


def test_prices_and_lengths_that_nobody_checked_say_so(loaded):
    course = Course.objects.get(slug="write-a-pilot-episode")

    assert (course.is_cost_checked, course.is_length_checked, course.is_checked) == (False, False, True)
    assert not Course.objects.filter(price_low__isnull=False, cost_status__in=PUBLISHABLE).exists()


def test_what_editors_have_is_left_alone(loaded, capsys):
    Course.objects.filter(slug="write-a-pilot-episode").update(title="Pilots")
    Course.objects.get(slug="explore-filmmaking").delete()

    call_command("load_courses")

    assert capsys.readouterr().out == "Added 1 courses.\n"
    assert Course.objects.get(slug="write-a-pilot-episode").title == "Pilots"


def test_a_skill_that_nobody_knows_loads_nothing(db, tmp_path):
    for name in ("providers.csv", "courses.csv"):
        text = (DATA / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("sound:1", "telepathy:1", 1), encoding="utf-8")

    with pytest.raises(CommandError) as refused:
        call_command("load_courses", folder=tmp_path)

    assert str(refused.value) == "No courses were loaded.\ncourses.csv, line 7: skills: there is no 'telepathy'"
    assert (Provider.objects.count(), Course.objects.count()) == (0, 0)
