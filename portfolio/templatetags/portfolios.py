"""The words of a portfolio: a credit in a line, who is free when, and where an address leads."""

from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext

from .. import partial_dates
from ..scales import Availability, Kind

register = template.Library()


@register.filter
def availability(profile):
    """Whether the person looks for work, in a sentence or two; nothing if they do not say."""
    if not profile.availability:
        return ""
    said = str(Availability(profile.availability).label)
    if profile.availability == Availability.FROM and profile.available_from:
        said = gettext("Free from {date}").format(date=partial_dates.words(profile.available_from))
    return f"{said}, {profile.availability_note}" if profile.availability_note else said


@register.filter
def credit_line(entry):
    """What somebody was on it: the role, or else what kind of entry it is."""
    if entry.role:
        return entry.role
    if entry.kind == Kind.INTERNSHIP and entry.details.placement:
        return entry.details.get_placement_display()
    return entry.get_kind_display()


@register.filter
def credit_facts(entry):
    """What it was, in a few words: "short film, 14 min" of a project, the organisation of anything else."""
    if entry.kind != Kind.PROJECT:
        return entry.organisation
    words = [entry.details.get_format_display().lower(), minutes(entry.details.runtime)]
    return ", ".join(filter(None, words)) or entry.organisation


def minutes(seconds):
    return gettext("{minutes} min").format(minutes=max(1, round(seconds / 60))) if seconds else ""


@register.filter
def hours_mark(entry):
    """The hours of an entry as a large figure with its unit: "1.5 hours"; under an hour, minutes."""
    if entry.minutes < 60:
        return format_html("<b>{}</b><span>{}</span>", entry.minutes, gettext("min"))
    unit = gettext("hour") if entry.minutes == 60 else gettext("hours")
    return format_html("<b>{}</b><span>{}</span>", f"{round(entry.minutes / 60, 1):g}", unit)


@register.filter
def site(url):
    """The host that an address leads to, without its www."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
