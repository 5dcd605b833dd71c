"""Courses where a reader needs them: on the page of a role or a skill, and beside a member's gap; best first, with the reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from . import ranking
from .cards import cost_words, offer, takes_words
from .models import Course, CourseOutcome
from .picks import standing
from .ranking import LEVELS, Wanted
from .shelves import catalogue

MOST, FEW = 5, 3


@dataclass(frozen=True, slots=True)
class Pick:
    """What a counsellor says for a course, their declared interest, and who agreed."""

    reason: str
    by: str
    interest: str
    agreed: str


@dataclass(frozen=True, slots=True)
class Advised:
    """A course with the reason why it stands there; `pick` if a counsellor vouches for it."""

    title: str
    url: str
    provider: str
    cost: str
    takes: str
    reason: str
    pick: Pick | None = None


def for_role(career: int, wanted: Mapping[int, Wanted], titles: Mapping[int, str], today: date) -> list[Advised]:
    """The best courses for what a role asks, picks first: one statement."""
    found = rows(Q(career=career), list(wanted), today)
    taught: dict[Any, dict[int, int]] = {}
    courses = {}
    for row in found:
        courses[row.slug] = row
        taught.setdefault(row.slug, {})[row.skill] = row.taught
    offers = [offer(course, taught[slug]) for slug, course in courses.items()]
    matches = [each for each in ranking.ranked(offers, wanted) if each.helps or courses[each.offer.key].pick_by]
    matches.sort(key=lambda each: not courses[each.offer.key].pick_by)
    return [advised(courses[each.offer.key], ranking.reason(each, wanted, titles)) for each in matches[:MOST]]


def for_skill(skill: int, today: date) -> list[Advised]:
    """The courses that teach a skill, picks first, then the highest level: one statement."""
    found = [row for row in rows(Q(skill=skill), [skill], today) if row.skill == skill or row.pick_by]
    best = {row.slug: row for row in sorted(found, key=lambda row: row.skill == skill)}.values()
    ordered = sorted(best, key=lambda row: (not row.pick_by, row.skill != skill, -(row.taught or 0), *easiest(row)))
    return [
        advised(row, gettext("Teaches it {levels}.").format(levels=LEVELS[row.taught]) if row.skill == skill else "")
        for row in ordered[:MOST]
    ]


def easiest(row):
    each = offer(row, {})
    return not each.is_free, ranking.FOREVER if each.hours is None else each.hours, each.title.casefold()


def rows(picked: Q, skills: list[int], today: date) -> QuerySet[Course]:
    """Published courses that teach the skills or are picked, a row a skill taught, with the pick that was looked at last."""
    picks = standing(today).filter(picked)
    teaching = CourseOutcome.objects.filter(skill__in=skills, skill__live=True).values("course")
    latest = picks.filter(course=OuterRef("pk"))
    said = {f"pick_{name}": latest.values(field)[:1] for name, field in PICKED.items()}
    found = Course.objects.filter(Q(pk__in=teaching) | Q(pk__in=picks.order_by().values("course")), live=True)
    taught = found.annotate(skill=F("outcomes__skill"), taught=F("outcomes__level"), **said)
    return taught.select_related("provider").defer("body", "note").order_by("title", "pk")


PICKED = {"reason": "reason", "by": "curator_name", "interest": "interest", "agreed": "approved_by_name"}


def advised(row, reason: str) -> Advised:
    pick = Pick(row.pick_reason, row.pick_by, row.pick_interest, row.pick_agreed) if row.pick_by else None
    return Advised(row.title, row.get_absolute_url(), row.provider.title, cost_words(row), takes_words(row), reason, pick)


def for_gap(missing: Iterable[Any], edition: int | None = None) -> list[Advised]:
    """The best three courses for what somebody lacks, each with skill, level, missing and importance.

    One statement if the catalogue is kept, none if the guide's edition is known as well.
    """
    wanted = {each.skill: Wanted(each.level, each.missing, each.importance) for each in missing if each.missing}
    if not wanted:
        return []
    kept = catalogue(edition)
    place = kept.shelf.place
    found = ranking.best((card.offer for card in kept.shelf.cards), wanted, FEW)
    cards = [(kept.shelf.cards[place[each.offer.key]], ranking.reason(each, wanted, kept.titles)) for each in found]
    return [Advised(card.title, card.url, card.provider, card.cost, card.takes, why) for card, why in cards]
