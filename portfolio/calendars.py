"""Writes a calendar that programs subscribe to (RFC 5545, with the names of RFC 7986). Pure.

Moments are written in UTC and days as days, so that no time zone has to be spelled out. Nothing in the calendar takes up
the time of its reader: every event is transparent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from icalendar import Alarm, Calendar, vText
from icalendar import Event as Component

from home.words import clean

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Greenlight//Record//EN"
REFRESH = timedelta(hours=12)
A_DAY = timedelta(days=1)


class Standing(StrEnum):
    """How sure an event is, in the words of RFC 5545 §3.8.1.11."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing in a calendar: a moment, or whole days from `starts` to `ends`, both included."""

    uid: str
    title: str
    starts: date | datetime
    ends: date
    changed: datetime
    version: int = 0
    details: str = ""
    url: str = ""
    category: str = ""
    standing: Standing = Standing.CONFIRMED
    alarm: timedelta | None = None


def written(events: Iterable[Event], name: str) -> bytes:
    """The calendar of this name, its lines ended and folded as RFC 5545 §3.1 asks."""
    calendar = Calendar()
    shown = vText(clean(name))
    heading = {"prodid": PRODUCT, "version": "2.0", "calscale": "GREGORIAN", "name": shown, "x-wr-calname": shown}
    for key, value in {**heading, "color": "seagreen", "x-published-ttl": f"PT{REFRESH // timedelta(hours=1)}H"}.items():
        calendar.add(key, value)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(component(event))
    return bytes(calendar.to_ical())


def component(event: Event) -> Component:
    """The event as icalendar knows it. Without METHOD, DTSTAMP is when it was last changed (§3.8.7.2)."""
    made = Component()
    for key, value in properties(event).items():
        if value not in ("", None):
            made.add(key, value)
    if event.alarm and event.standing != Standing.CANCELLED:
        made.add_component(alarm(event))
    return made


def properties(event: Event) -> dict[str, object]:
    return {
        "uid": event.uid,
        "dtstamp": event.changed,
        "last-modified": event.changed,
        "sequence": event.version,
        "summary": clean(event.title),
        "description": clean(event.details),
        "dtstart": event.starts,
        # The end of whole days is the day after the last (§3.6.1). A moment has none.
        "dtend": None if isinstance(event.starts, datetime) else event.ends + A_DAY,
        "url": event.url,
        "categories": [event.category] if event.category else "",
        "status": event.standing.value,
        "transp": "TRANSPARENT",
    }


def alarm(event: Event) -> Alarm:
    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", clean(event.title))
    made.add("trigger", -event.alarm if event.alarm else None)
    return made
