"""What the pages of dates, hours and festivals need beyond plain values."""

from django import template
from django.utils.translation import gettext

from .. import clocks, lifecycle, partial_dates
from ..submissions import status_of

register = template.Library()


@register.filter
def onward(moves, axis):
    """The steps along an axis that are free to take."""
    return [move for move in moves if move.axis == axis and not move.needs_reason]


@register.filter
def back(moves, axis):
    """The steps along an axis that need a reason."""
    return [move for move in moves if move.axis == axis and move.needs_reason]


@register.filter
def result_words(submission):
    """Where a submission stands, in the fewest words."""
    return lifecycle.result_words(status_of(submission))


@register.filter
def result_lamp(submission):
    """The lamp of a result: go for what was chosen, off for the rest."""
    return "go" if lifecycle.is_selected(status_of(submission)) else "off"


@register.filter
def edition_words(submission):
    """Which edition of the festival: as its owner calls it, or the year it was held in or sent to."""
    year = submission.event_starts.year if submission.event_starts else submission.started[:4]
    return submission.edition or str(year)


@register.filter
def hours(minutes):
    """Minutes as read: "7 hours 30 minutes"."""
    return partial_dates.hours_words(minutes or 0) or gettext("0 hours")


@register.filter
def days(cycle):
    """From when to when something with a first and a last day goes."""
    return partial_dates.span_words(cycle.starts.isoformat(), cycle.ends.isoformat())


@register.filter
def city(zone):
    """The place that a time zone is named for."""
    return clocks.city(zone)
