"""What a comparison of careers shows of its reader."""

from dataclasses import dataclass

from django import template
from django.conf import settings

from careers import profile

from .. import reading
from ..gaps import Asked, Gap, gap

register = template.Library()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the reader stands with one of the roles."""

    slug: str
    is_target: bool
    gap: Gap


@register.simple_tag(takes_context=True)
def standing_of(context, roles):
    """A Standing for each of the roles, for somebody signed in (two statements); nothing for others."""
    request = context["request"]
    if not roles or settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return []
    held = reading.held(request.user.pk)
    aims = {target.career for target in reading.targets(request.user.pk)}
    return [Standing(role.slug, role.pk in aims, gap(asked(role), held)) for role in roles]


def asked(role):
    return [Asked(row["key"], row["asks"], row["importance"]) for row in profile.skills(role)]
