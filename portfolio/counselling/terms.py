"""Until when a student lets a counsellor see something: the days on offer, and the latest there can be. Pure."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta, tzinfo

LONGEST = timedelta(days=365)
# School years end in July in most of the countries that the guide is for.
LAST_MONTH = 7


def school_year_ends(today: date) -> date:
    """The last day of the school year that goes on, or that begins next."""
    year = today.year + (today.month > LAST_MONTH)
    return date(year, LAST_MONTH, 31)


def months_later(today: date, months: int) -> date:
    """The same day so many months later, or the last day of that month if it is shorter."""
    years, month = divmod(today.month - 1 + months, 12)
    year = today.year + years
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def latest(today: date) -> date:
    """The latest day that can be chosen."""
    return today + LONGEST


def end_of(day: date, zone: tzinfo) -> datetime:
    """The moment at which the day is over in the zone."""
    return datetime.combine(day + timedelta(days=1), time.min, zone)


def last_day(ends_at: datetime, zone: tzinfo) -> date:
    """The last day on which something holds that ends at the moment."""
    return (ends_at.astimezone(zone) - timedelta(microseconds=1)).date()
