"""What the head of a portfolio's page tells other sites and search engines."""

from dataclasses import dataclass

from django import template
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from .. import jsonld
from ..notifications import absolute
from ..scales import Section
from ..views.doors import Door

register = template.Library()


@dataclass(frozen=True, slots=True)
class Head:
    """The paths and words of a public portfolio, for the elements of a page's head."""

    address: str
    picture: str
    name: str
    description: str
    data: SafeString


@register.simple_tag
def portfolio_head(door: Door, skills=()):
    """The Head of a portfolio that anybody may open, its data empty unless search engines are asked in; None behind other doors.

    `skills` are those that the page shows, as `showcase.skills()` brings them.
    """
    if not door.is_public:
        return None
    profile = door.profile
    words = profile.about if Section.ABOUT in profile.shown_sections else ""
    about = jsonld.About(
        profile.display_name,
        absolute(door.base),
        profile.headline,
        words,
        profile.place,
        role_of(profile),
        [each.title for each in skills or ()],
    )
    data = mark_safe(jsonld.script(jsonld.person(about))) if door.is_indexed else ""  # noqa: S308 - escaped by script()
    described = truncatechars(" ".join((profile.headline or words).split()), 200)
    return Head(door.base, picture_of(profile), profile.display_name, described, data)


def picture_of(profile):
    return reverse("portfolio:people:card", args=[profile.handle])


def role_of(profile):
    career = profile.career
    if not career or not career.live:
        return None
    return jsonld.Role(career.title, absolute(reverse("careers:career", args=[career.slug])))
