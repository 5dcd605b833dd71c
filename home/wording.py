"""Numbers, dates and lists as they read inside a sentence, in the language of the reader. Pure."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext, pgettext

MONTHS = "January February March April May June July August September October November December".split()


def number_word(number: int) -> str:
    """The number in words up to twelve ("no" for none), in figures above; other languages may have figures throughout."""
    words = (
        pgettext("number in a sentence", "no"),
        pgettext("number in a sentence", "one"),
        pgettext("number in a sentence", "two"),
        pgettext("number in a sentence", "three"),
        pgettext("number in a sentence", "four"),
        pgettext("number in a sentence", "five"),
        pgettext("number in a sentence", "six"),
        pgettext("number in a sentence", "seven"),
        pgettext("number in a sentence", "eight"),
        pgettext("number in a sentence", "nine"),
        pgettext("number in a sentence", "ten"),
        pgettext("number in a sentence", "eleven"),
        pgettext("number in a sentence", "twelve"),
    )
    return words[number] if 0 <= number < len(words) else figures(number)


def figures(number: Decimal | int, places: int = 0) -> str:
    """The number in figures, with what stands between thousands and before decimals: "29,623", "11.95"."""
    between, point = pgettext("between thousands", ","), pgettext("before decimals", ".")
    return f"{number:,.{places}f}".translate({ord(","): between, ord("."): point})


def in_a_row(names: Sequence[str]) -> str:
    """The names as a list in a sentence: "scheduling", "scheduling and research", "scheduling, research and pitching"."""
    *first, last = names or [""]
    if not first:
        return last
    # Spanish says "e" in place of "y" before the same sound.
    starts_with_i = re.match(r"h?i(?!e)", last, re.IGNORECASE)
    words = pgettext("before i", "{names} and {last}") if starts_with_i else gettext("{names} and {last}")
    return words.format(names=", ".join(first), last=last)


def in_sentence(title: str) -> str:
    """A title as it reads inside a sentence: "Call sheets" as "call sheets", "VFX awareness" as it is."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def month_name(number: int) -> str:
    """The name of the month, 1 to 12, in Django's own translation."""
    return gettext(MONTHS[number - 1])


def date_words(*, day: int | None = None, month: int | None = None, year: str = "") -> str:
    """The date as far as it is given: "14 March 2026", "March 2026", "14 March", "14", "2026"."""
    if not month:
        return year or str(day)
    name = month_name(month)
    if day and year:
        return gettext("{day} {month} {year}").format(day=day, month=name, year=year)
    if day:
        return gettext("{day} {month}").format(day=day, month=name)
    return pgettext("month and year", "{month} {year}").format(month=name, year=year) if year else name


def day_words(day: date) -> str:
    """The whole date: "14 March 2026"."""
    return date_words(day=day.day, month=day.month, year=str(day.year))


def year_words(year: str) -> str:
    """The year of a source as it was printed, such as "May 2024"; "undated" if there is none."""
    return gettext("undated") if year in ("", "undated") else year
