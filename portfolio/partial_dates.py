"""Dates of which the year, the month or the day is known, and lengths of time, as people type and read them. Pure.

A date is stored as `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (ISO 8601), so that stored dates sort as text.
"""

import re
import unicodedata
from calendar import monthrange
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from home.wording import MONTHS, date_words, figures, month_name
from home.words import fold

LONGEST = 40  # characters of typed text that are read at all
FIRST_YEAR, LAST_YEAR = 1900, 2100
MOST_MINUTES = 100_000 * 60
MOST_SECONDS = 359_999  # 99:59:59, so that it fits its input

WRITE_A_DATE = _("Write a date such as 2026, March 2026 or 14 March 2026")
WRITE_HOURS = _("Write hours as a number, such as 12 or 7.5")
WRITE_A_RUNTIME = _("Write the running time in minutes, such as 14, or as 1:24:05")

Patterns = tuple[re.Pattern[str], ...]


def patterns(*texts: str) -> Patterns:
    return tuple(re.compile(text) for text in texts)


MARK, GAP = r"\s*[-/.]\s*", r"(?:[\s.,/-]|\bde\b)*"
YEAR, MONTH, NAME = r"(?P<year>\d{4})", r"(?P<month>\d{1,2})", r"(?P<name>[^\W\d_]+)"
DAY, NTH = r"(?P<day>\d{1,2})", r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
DATES = patterns(
    YEAR,
    rf"{YEAR}{MARK}{MONTH}(?:{MARK}{DAY})?",
    rf"(?:{DAY}{MARK})?{MONTH}{MARK}{YEAR}",
    rf"(?:{NTH}{GAP})?{NAME}{GAP}{YEAR}",
    rf"{NAME}{GAP}{NTH}[\s.,/-]+{YEAR}",
)

THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}")
NUMBER, AND = r"(?:\d+(?:[.,]\d*)?|[.,]\d+)", r"\s*(?:,|and\b)?\s*"
HOUR, MINUTE, SECOND = r"\s*(?:h|hrs?|hours?)", r"\s*(?:m|mins?|minutes?)", r"\s*(?:s|secs?|seconds?)"
HOURS = patterns(
    rf"(?P<hours>{NUMBER})(?:{HOUR})?",
    r"(?P<hours>\d+)\s*:\s*(?P<minutes>[0-5]\d)",
    rf"(?P<hours>\d+(?:,\d{{3}})?){HOUR}{AND}(?P<minutes>[0-5]?\d)(?:{MINUTE})?",
    rf"(?P<minutes>\d+){MINUTE}",
)
RUNTIMES = patterns(
    rf"(?P<minutes>{NUMBER})(?:{MINUTE})?",
    r"(?P<minutes>\d+)\s*:\s*(?P<seconds>[0-5]\d)",
    r"(?P<hours>\d+)\s*:\s*(?P<minutes>[0-5]?\d)\s*:\s*(?P<seconds>[0-5]\d)",
    rf"(?P<hours>\d+){HOUR}(?:{AND}(?P<minutes>[0-5]?\d){MINUTE})?(?:{AND}(?P<seconds>[0-5]?\d){SECOND})?",
    rf"(?:(?P<minutes>\d+){MINUTE}{AND})?(?P<seconds>\d+){SECOND}",
)


def parse(text: str) -> str:
    """The stored form of a typed date, the day before the month; ValueError says in a sentence what is wrong.

    Reads `2026`, `2026-03`, `3/2026`, `Mar 2026`, `14/3/2026`, `14.3.2026` and `14 March 2026`, in the digits of any
    script. Years go from 1900 to 2100; a day has to be on the calendar.
    """
    found = matched(text, DATES, WRITE_A_DATE)
    parts = [int(found["year"])]
    if "name" in found or "month" in found:
        parts.append(named(found["name"]) if "name" in found else int(found["month"]))
    if "day" in found:
        parts.append(int(found["day"]))
    check(*parts)
    return "-".join(f"{part:02}" for part in parts)


def matched(text: str, shapes: Patterns, sentence: str | Promise) -> dict[str, str]:
    """The named parts of the first shape that the whole text has; ValueError with the sentence when it has none."""
    typed = plain(text) if len(text) <= LONGEST else ""
    for shape in shapes:
        if found := shape.fullmatch(typed):
            return {name: part for name, part in found.groupdict().items() if part is not None}
    raise ValueError(sentence)


def plain(text: str) -> str:
    """The text in lower case, with our digits, plain hyphens, and none of the invisible marks that copying brings along."""
    return "".join(plain_character(character) for character in text).strip().lower()


def plain_character(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Nd":
        return str(unicodedata.digit(character))
    return {"Pd": "-", "Cf": ""}.get(kind, character)


def named(name: str) -> int:
    """The number of the month with this name, or the start of it, in English or the reader's language; three letters at
    least, accents or not. A start that two months share (French juin and juillet) is nobody's.
    """
    for names in (MONTHS, [month_name(number) for number in range(1, 13)]):
        found = [number for number, month in enumerate(names, 1) if fold(month).startswith(fold(name))]
        if len(name) >= 3 and len(found) == 1:
            return found[0]
    raise ValueError(WRITE_A_DATE)


def check(year: int, month: int = 1, day: int = 1) -> None:
    """Raises ValueError with a sentence unless the calendar has such a day within our years."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(
            gettext("Write a year from {first_year} to {last_year}").format(first_year=FIRST_YEAR, last_year=LAST_YEAR)
        )
    if not 1 <= month <= 12:
        raise ValueError(
            gettext("There is no month {month}; write a date such as 14/3/2026 or 14 March 2026").format(month=month)
        )
    if not 1 <= day <= monthrange(year, month)[1]:
        raise ValueError(gettext("{month} {year} has no day {day}").format(month=month_name(month), year=year, day=day))


def words(stored: str) -> str:
    """The date as read: "2026", "March 2026" or "14 March 2026"; nothing for an empty one."""
    year, month, day = [*stored.split("-"), "0", "0"][:3]
    return date_words(day=int(day), month=int(month), year=year) if stored else ""


def shortened(started: str, ended: str) -> str:
    """The start in words, without what the end says as well: "14" before "20 March 2026"."""
    start, end = started.split("-"), ended.split("-")
    if len(start) != len(end) or start[0] != end[0] or len(start) == 1:
        return words(started)
    if len(start) == 3 and start[1] == end[1]:
        return str(int(start[2]))
    return date_words(day=int(start[2]) if len(start) == 3 else None, month=int(start[1]))


def first_day(stored: str) -> date:
    """The earliest day that the stored date can mean."""
    year, month, day = [*map(int, stored.split("-")), 1, 1][:3]
    return date(year, month, day)


def last_day(stored: str) -> date:
    """The latest day that the stored date can mean."""
    known = [int(part) for part in stored.split("-")]
    year, month = [*known, 12][:2]
    return date(year, month, known[2] if len(known) == 3 else monthrange(year, month)[1])


def is_after(a: str, b: str) -> bool:
    """Whether a lies after b whatever the unknown parts of both are; an empty date is after nothing."""
    return bool(a and b) and first_day(a) > last_day(b)


def span_words(started: str, ended: str) -> str:
    """From when to when, nothing said twice: "March to May 2026", "14 March 2026", "since March 2026"."""
    if not (started and ended):
        return (
            gettext("since {date}").format(date=words(started))
            if started
            else gettext("until {date}").format(date=words(ended))
            if ended
            else ""
        )
    if started == ended:
        return words(started)
    return pgettext("dates", "{start} to {end}").format(start=shortened(started, ended), end=words(ended))


def parse_minutes(text: str) -> int:
    """Typed hours in minutes, 0 to 6,000,000; a bare number is hours. ValueError says how to write them.

    Reads `86`, `7.5`, `7,5`, `7:30`, `7 h 30`, `7 hours 30 minutes` and `45 min`. A comma before three digits marks
    thousands (`1,250`), since nobody writes hours to three places.
    """
    found = matched(text, HOURS, WRITE_HOURS)
    minutes = rounded(number(found.get("hours")) * 60 + number(found.get("minutes")))
    if minutes > MOST_MINUTES:
        raise ValueError(gettext("Write at most 100,000 hours"))
    return minutes


def parse_runtime(text: str) -> int:
    """A typed running time in seconds, 0 to 359,999; a bare number is minutes. ValueError says how to write it.

    Reads `14`, `14:30` (minutes and seconds), `1:24:05`, `00:14:30` and `1 hour 24 minutes`.
    """
    found = matched(text, RUNTIMES, WRITE_A_RUNTIME)
    hours, minutes, seconds = (number(found.get(name)) for name in ("hours", "minutes", "seconds"))
    total = rounded((hours * 60 + minutes) * 60 + seconds)
    if total > MOST_SECONDS:
        raise ValueError(gettext("Write a running time under 100 hours"))
    return total


def number(typed: str | None) -> Decimal:
    typed = typed or "0"
    return Decimal(typed.replace(",", "" if THOUSANDS.fullmatch(typed) else "."))


def rounded(amount: Decimal) -> int:
    return int(amount.to_integral_value(ROUND_HALF_UP))


def hours_words(minutes: int) -> str:
    """The time as read: "86 hours", "7 hours 30 minutes", "45 minutes"; nothing for no time."""
    return " ".join(filter(None, [hours_of(minutes // 60), minutes_of(minutes % 60)]))


def runtime_words(seconds: int) -> str:
    """The running time as read: "14 minutes", "1 hour 24 minutes", "45 seconds"; nothing for no time."""
    return " ".join(filter(None, [hours_of(seconds // 3600), minutes_of(seconds // 60 % 60), seconds_of(seconds % 60)]))


def hours_of(number: int) -> str:
    return ngettext("{number} hour", "{number} hours", number).format(number=figures(number)) if number else ""


def minutes_of(number: int) -> str:
    return ngettext("{number} minute", "{number} minutes", number).format(number=figures(number)) if number else ""


def seconds_of(number: int) -> str:
    return ngettext("{number} second", "{number} seconds", number).format(number=figures(number)) if number else ""


def hours_input(minutes: int | None) -> str:
    """What the input shows for stored minutes: "86" or "7:30"; nothing for no time."""
    if not minutes:
        return ""
    return f"{minutes // 60}:{minutes % 60:02}" if minutes % 60 else str(minutes // 60)


def runtime_input(seconds: int | None) -> str:
    """What the input shows for a stored running time: HH:MM:SS; nothing for no time."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}" if seconds else ""
