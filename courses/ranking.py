"""Which courses close most of a gap, and why, in words. Pure.

A finished course is one piece of evidence a skill at the level it teaches. It closes a gap by a piece where that level is
at least the one asked and a piece is still missing; below it, the piece counts as practice only. What it closes weighs as
much as the skill's importance.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.wording import in_a_row, in_sentence

FOREVER = Decimal("Infinity")
IMPORTANCE = {1: _("useful"), 2: _("important"), 3: _("essential")}
LEVELS = {1: _("at the level of study"), 2: _("with guidance"), 3: _("on your own"), 4: _("to the point of leading others")}
NAMED = 2


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of one skill: the level, the pieces still missing, and how much it matters (1 to 3)."""

    level: int
    missing: int
    importance: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A course as it is ranked: its key, the level it teaches each skill to, and what decides between equals.

    `hours` is None where nobody has checked them.
    """

    key: str
    title: str
    teaches: Mapping[int, int]
    is_free: bool = False
    hours: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """What a course does for a gap: the skills it supplies a piece of, and those it is practice for, weightiest first."""

    offer: Offer
    supplies: tuple[int, ...]
    practises: tuple[int, ...]
    score: int
    practice: int

    @property
    def helps(self) -> bool:
        return bool(self.supplies or self.practises)


def match(offer: Offer, wanted: Mapping[int, Wanted]) -> Match:
    """The course set against what is wanted."""
    taught = [skill for skill in offer.teaches if skill in wanted and wanted[skill].missing > 0]
    taught.sort(key=lambda skill: (-wanted[skill].importance, -wanted[skill].missing, skill))
    supplies = tuple(skill for skill in taught if offer.teaches[skill] >= wanted[skill].level)
    practises = tuple(skill for skill in taught if offer.teaches[skill] < wanted[skill].level)
    return Match(offer, supplies, practises, weight(supplies, wanted), weight(practises, wanted))


def weight(skills: Iterable[int], wanted: Mapping[int, Wanted]) -> int:
    return sum(wanted[skill].importance for skill in skills)


def ranked(offers: Iterable[Offer], wanted: Mapping[int, Wanted]) -> list[Match]:
    """Every course, best first: by what it closes, then by practice, then free, shorter and by title; no help comes last."""
    return sorted((match(offer, wanted) for offer in offers), key=rank)


def rank(each: Match) -> tuple[int, int, bool, Decimal, str]:
    hours = FOREVER if each.offer.hours is None else each.offer.hours
    return -each.score, -each.practice, not each.offer.is_free, hours, each.offer.title.casefold()


def best(offers: Iterable[Offer], wanted: Mapping[int, Wanted], most: int | None = None) -> list[Match]:
    """The courses that help, best first, this many at most."""
    return [each for each in ranked(offers, wanted) if each.helps][:most]


def reason(found: Match, wanted: Mapping[int, Wanted], titles: Mapping[int, str]) -> str:
    """Why the course stands where it does, in a sentence or two; empty if it does not help.

    "Teaches budgeting on your own, the level this role asks; essential. Also teaches scheduling."
    """
    if found.supplies:
        return supply(found, wanted, titles) + also(gettext("Also teaches"), found.supplies[1:], titles)
    if found.practises:
        return practice(found, wanted, titles) + also(gettext("Also practice for"), found.practises[1:], titles)
    return ""


def supply(found: Match, wanted: Mapping[int, Wanted], titles: Mapping[int, str]) -> str:
    skill = found.supplies[0]
    level, asked = found.offer.teaches[skill], wanted[skill]
    place = gettext("the level") if level == asked.level else gettext("above the level")
    return gettext("Teaches {titles} {levels}, {place} this role asks; {importance}.").format(
        titles=in_sentence(titles[skill]), levels=LEVELS[level], place=place, importance=IMPORTANCE[asked.importance]
    )


def practice(found: Match, wanted: Mapping[int, Wanted], titles: Mapping[int, str]) -> str:
    skill = found.practises[0]
    level, asked = found.offer.teaches[skill], wanted[skill]
    taught = gettext("Teaches {titles} {levels}").format(titles=in_sentence(titles[skill]), levels=LEVELS[level])
    return gettext("{taught}; this role asks for it {levels}, so it counts as practice. {asked}").format(
        taught=taught, levels=LEVELS[asked.level], asked=weighs(asked)
    )


def weighs(asked: Wanted) -> str:
    return gettext("The skill is {importance}.").format(importance=IMPORTANCE[asked.importance])


def also(words: str, skills: tuple[int, ...], titles: Mapping[int, str]) -> str:
    """The next skills by name; of many, the first ones and how many more."""
    if not skills:
        return ""
    names = [in_sentence(titles[skill]) for skill in skills[:NAMED]]
    more = len(skills) - len(names)
    if more:
        return gettext(" {words} {names} and {more} more.").format(words=words, names=", ".join(names), more=more)
    return f" {words} {in_a_row(names)}."
