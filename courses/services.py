"""Loads the catalogue of courses: what is missing is added, what editors have is left alone."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from careers.models import Skill, Source
from careers.services import keep_first_words
from home.importing import Refused, Row

from .importers import COURSE, PROVIDER, shipped, unknown
from .models import Course, CourseOutcome, Provider

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Catalogue:
    providers: list[Row]
    courses: list[Row]


def read(folder: Path) -> Catalogue:
    """The catalogue of the folder's two files; raises home.importing.Refused with the problems of the first bad one."""
    return Catalogue(shipped(folder / "providers.csv", PROVIDER), shipped(folder / "courses.csv", COURSE))


@transaction.atomic
def load_courses(*, catalogue: Catalogue, progress: Progress = lambda *_: None) -> dict[str, int]:
    """Add the providers and courses that the database lacks; returns the number added of each kind.

    All or nothing: raises home.importing.Refused, with every name that stands nowhere, and leaves the database as it was.
    """
    with disable_reference_index_auto_update():
        providers = add_missing(Provider, catalogue.providers, lambda row: Provider(**row.values), progress)
        known = Names()
        check(catalogue.courses, known)
        courses = add_missing(Course, catalogue.courses, lambda row: course_of(row.values, known), progress)
    for thing in [*providers, *courses]:
        ReferenceIndex.create_or_update_for_object(thing)
    return {"providers": len(providers), "courses": len(courses)}


def add_missing(model: type, rows: list[Row], build: Callable[[Row], Any], progress: Progress) -> list[Any]:
    there = set(model.objects.values_list("slug", flat=True))
    made = [build(row) for row in rows if row["slug"] not in there]
    for done, thing in enumerate(made, 1):
        thing.save()
        keep_first_words(thing)
        progress(str(model._meta.verbose_name_plural), done, len(made))
    return made


def check(rows: list[Row], known: "Names") -> None:
    problems = [row.problem(reason) for row in rows for reason in unknown(row, known.keys)]
    if problems:
        raise Refused(problems)


class Names:
    """The providers, sources and skills that there are: their keys by name, and their names by key."""

    def __init__(self) -> None:
        models = {"provider": Provider, "source": Source, "skills": Skill}
        self.keys: dict[str, dict[str, int]] = {
            kind: dict(model.objects.values_list("slug", "pk")) for kind, model in models.items()
        }
        self.names = {kind: {pk: name for name, pk in found.items()} for kind, found in self.keys.items()}


def course_of(values: dict[str, Any], known: Names) -> Course:
    """An unsaved course with the values of a row."""
    course = Course()
    fill(course, values, known)
    return course


def fill(course: Course, values: dict[str, Any], known: Names) -> None:
    """Set the values of a row, as many as there are; skills that stay keep their row."""
    for name, value in values.items():
        if name in ("provider", "source"):
            setattr(course, f"{name}_id", known.keys[name].get(value))
        elif name == "skills":
            course.outcomes = outcomes(course, value, known)
        else:
            setattr(course, name, value)


def outcomes(course: Course, pairs: tuple[tuple[str, int], ...], known: Names) -> list[CourseOutcome]:
    there = {each.skill_id: each for each in course.outcomes.all()}
    wanted = [(known.keys["skills"][skill], level) for skill, level in pairs]
    found = [there.get(skill) or CourseOutcome(skill_id=skill) for skill, _ in wanted]
    for place, (each, (_, level)) in enumerate(zip(found, wanted, strict=True)):
        each.level, each.sort_order = level, place
    return found
