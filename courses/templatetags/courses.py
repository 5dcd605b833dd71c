"""Courses on the pages of other apps."""

from django import template
from django.utils import timezone

from .. import advising, presenting
from ..ranking import Wanted

register = template.Library()


@register.simple_tag
def courses_for_role(page, skills):
    """The best courses for a career page, given the skills of its profile: one statement, none for one without skills."""
    wanted = {row["key"]: Wanted(row["asks"], row["importance"], row["importance"]) for row in skills}
    if not page.pk or not wanted:
        return []
    return advising.for_role(page.pk, wanted, {row["key"]: row["name"] for row in skills}, timezone.localdate())


@register.simple_tag
def courses_for_skill(skill):
    """The courses that teach a skill: one statement."""
    return advising.for_skill(skill.pk, timezone.localdate()) if skill.pk else []


@register.simple_tag
def courses_for_gap(gap, edition=None):
    """The best three courses for what is missing in a gap: no statement when the catalogue of that edition is kept."""
    return advising.for_gap(gap.missing, edition or None) if gap else []


@register.simple_tag
def courses_for_one(roles):
    """The best three courses for one skill, by the target role that misses most of it, or else by any role that asks for it."""
    targets = [role.gap for role in roles if role.is_target]
    asked = targets or [role.gap for role in roles]
    most = max(asked, key=lambda gap: (gap.missing, gap.importance), default=None)
    return advising.for_gap([most]) if most else []


@register.simple_tag
def course_as_shown(course):
    """What the page of a course shows of it, for a draft that is looked at before it is published."""
    return presenting.shown(course)
