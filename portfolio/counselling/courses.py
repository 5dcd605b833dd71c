"""Courses to recommend: the best for a skill, those that match some words, and what is said of each in a line."""

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext, ngettext

from courses.models import Course
from courses.scales import Cost

BEST, FOUND = 5, 10
# Free to begin with, first.
CHEAP = (Cost.FREE, Cost.FREE_TO_STUDY, Cost.FUNDED, Cost.JOB)


def offered() -> QuerySet[Course]:
    return Course.objects.filter(live=True).select_related("provider")


def best(skill: int, most: int = BEST) -> list[Course]:
    """The published courses that teach the skill of this key, the highest level first, then those that cost nothing."""
    cost = Case(*(When(cost=each, then=Value(place)) for place, each in enumerate(CHEAP)), default=Value(len(CHEAP)))
    return list(offered().filter(outcomes__skill=skill).order_by("-outcomes__level", cost, "title", "pk")[:most])


def matching(words: str, most: int = FOUND) -> list[Course]:
    """The published courses in which each of the words stands in the title, the provider or a skill that is taught."""
    found = offered()
    for word in words.split()[:8]:
        named = Course.objects.filter(outcomes__skill__title__icontains=word).values("pk")
        found = found.filter(Q(title__icontains=word) | Q(provider__title__icontains=word) | Q(pk__in=named))
    return list(found.order_by("title", "pk")[:most]) if words.split() else []


def line(course: Course) -> str:
    """Who gives the course, how long it takes and what it costs, as far as somebody has checked."""
    return ", ".join(filter(None, [course.provider.title, length(course), cost(course)]))


def length(course: Course) -> str:
    if not course.is_length_checked:
        return gettext("length: check with the provider")
    hours = f"{course.hours.normalize():f}" if course.hours else ""
    if not hours:
        return course.length
    return ngettext("{number} hour", "{number} hours", 1 if hours == "1" else 2).format(number=hours)


def cost(course: Course) -> str:
    return course.get_cost_display().lower() if course.is_cost_checked else gettext("cost: check with the provider")
