"""What the courses offer to search: courses by title and text, providers by name."""

from django.utils.translation import gettext

from home.search import Group, Hit, Name, Source, mentions, registry

from .models import Course

MOST = 12


def find(words, named, names):
    """Courses that are called so, then those that mention the words; providers that are called so. One statement."""
    mentioned = [hit(course) for course in mentions(words, Course.objects.filter(live=True), MOST)]
    yield Group("courses", gettext("Courses"), list(dict.fromkeys([*named.get("courses", []), *mentioned]))[:MOST])
    yield Group("providers", gettext("Who teaches"), named.get("providers", [])[:MOST])


def hit(course):
    return Hit(course.title, course.get_absolute_url(), course.summary)


def names():
    """Every published course and who offers it: one statement."""
    for course in Course.objects.filter(live=True).select_related("provider"):
        provider = course.provider
        yield Name(course.title, "courses", hit(course))
        yield Name(provider.title, "providers", Hit(provider.title, provider.get_absolute_url(), provider.summary))


def register():
    registry.register(Source(names=names, find=find))
