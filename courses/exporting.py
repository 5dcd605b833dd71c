"""The catalogue of courses as a table that an import reads back unchanged."""

from collections.abc import Iterator
from itertools import islice

from .importers import COURSE, cell
from .importing import AT_ONCE, skills_of, values_of
from .models import Course
from .services import Names
from .tables import written


def exported() -> Iterator[str]:
    """The lines of a CSV file with every course as it is published, or first drafted; a few hundred in memory at a time."""
    return written(COURSE, cells())


def cells() -> Iterator[list[str]]:
    known = Names()
    courses = Course.objects.order_by("slug").iterator(AT_ONCE)
    while some := list(islice(courses, AT_ONCE)):
        taught = skills_of(some)
        for course in some:
            values = values_of(course, taught, known)
            yield [cell(values[name]) for name in COURSE]
