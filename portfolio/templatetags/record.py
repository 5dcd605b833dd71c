"""The marks of a record: ticks and lamps, and what a guide's page shows of its reader."""

import re
from functools import lru_cache

from django import template
from django.conf import settings
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from .. import partial_dates, reading
from ..coverage import MOST_MARKS
from ..gaps import Asked, gap

register = template.Library()

WORDS = {"go": _("Covered"), "standby": _("Started"), "off": _("Nothing yet"), "stop": _("Needs you")}
# What the body of a career's profile, the same for everybody, leaves open for its reader.
ROLE = re.compile(r"<!--role (\d+) ([\w-]+)-->.*?<!--/role-->", re.DOTALL)
SKILL = re.compile(r"<!--asks (\d+) (\d) (\d)-->")


@lru_cache(maxsize=2048)
def drawn(marks, missing, practice):
    pieces = "".join(f'<i data-stage="{stage}"></i>' for stage in marks[:MOST_MARKS])
    tried = min(practice, missing)
    open_ = "<i data-practice></i>" * tried + "<i></i>" * (missing - tried)
    return mark_safe(f'<span class="ticks" aria-hidden="true">{pieces}{open_}</span>')  # noqa: S308 - figures


@register.filter("ticks")
def ticks_filter(marks, missing=0):
    """One mark for each stage number in `marks` (0: no stage), eight at most, then a dashed one for each still to find.

    Hidden from assistive technology: the number stands beside it.
    """
    return drawn(tuple(marks), int(missing or 0), 0)


@register.simple_tag
def ticks(marks, missing=0, practice=0):
    """The marks of `ticks` as a filter, with as many of the dashed ones hatched as there is practice for them."""
    return drawn(tuple(marks or ()), int(missing or 0), int(practice or 0))


@register.filter
def lamp(state, word=""):
    """A state ("go", "standby", "off" or "stop") with its word, by default Covered, Started, Nothing yet or Needs you."""
    return format_html('<span class="lamp" data-state="{}">{}</span>', state, word or WORDS.get(state, ""))


@register.filter
def date_words(stored):
    """A stored date of a record in words: "March 2026"."""
    return partial_dates.words(stored)


@register.simple_tag(takes_context=True)
def marked(context, body):
    """The body of a career's profile with its reader's own marks: one statement for somebody signed in, none for others."""
    request = context.get("request")
    if not request or settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return body
    role = ROLE.search(body)
    if not role:
        return body
    is_target, held = reading.marks(request.user.pk, int(role[1]))
    action = render_to_string(
        "portfolio/_role_action.html", {"slug": role[2], "is_target": is_target, "csrf_token": get_token(request)}
    )
    return mark_safe(SKILL.sub(lambda found: yours(found, held), ROLE.sub(lambda _: action, body)))  # noqa: S308 - our own templates


def yours(found, held):
    """What the reader has of a skill: marks, the figure and the state."""
    (skill,) = gap([Asked(*map(int, found.groups()))], held).skills
    return format_html(
        '<span class="skill-yours">{} <span class="num small">You have {} of {}</span> {}</span>',
        drawn(skill.marks, skill.missing, skill.practice),
        skill.counted,
        skill.importance,
        lamp(skill.state),
    )
