"""Days and moments in the time of a place. Pure."""

from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

DayOrMoment = date | datetime


@cache
def known() -> frozenset[str]:
    return frozenset(available_timezones())


def clock(name: str, otherwise: str = "UTC") -> ZoneInfo:
    """The time zone of this name; the other one if there is none such, and UTC if that is none either."""
    return ZoneInfo(next((each for each in (name, otherwise) if each in known()), "UTC"))


def moment(on: date, at: time | None, zone: str, home: str) -> DayOrMoment:
    """The moment in UTC at which a clock in the zone shows this; the day itself where no time is known.

    Without a known zone the member's own counts. Of an hour that a clock shows twice it is the first, so that nobody is
    late; one that a clock leaves out is counted on from before it.
    """
    if at is None:
        return on
    try:
        return datetime.combine(on, at, clock(zone, home)).astimezone(UTC)
    except OverflowError:
        return on


def today(now: datetime, zone: str) -> date:
    """The day that it is in the zone at this moment."""
    return now.astimezone(clock(zone)).date()


def day_of(when: DayOrMoment, zone: str) -> date:
    """The day on which somebody in the zone meets it."""
    return today(when, zone) if isinstance(when, datetime) else when


def is_past(when: DayOrMoment, now: datetime, zone: str) -> bool:
    """Whether it is over for somebody in the zone: a day only when the next one has begun."""
    return when < now if isinstance(when, datetime) else when < today(now, zone)


def city(zone: str) -> str:
    """The place that a zone is named for: "New York"."""
    return zone.rpartition("/")[2].replace("_", " ")
