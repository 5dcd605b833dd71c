"""Courses as lists and advice show them, and the values by which they are found, narrowed and ordered."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from home.languages import here
from home.search import words_of

from . import words
from .models import Course
from .ranking import FOREVER, Offer
from .scales import AGES, BANDS, UNKNOWN, Cost

# The dearest last; what costs nothing, or is paid for, comes before what is free for some.
CHEAPEST = {Cost.JOB: 0, Cost.FREE: 0, Cost.FREE_TO_STUDY: 1, Cost.FUNDED: 2, Cost.PAID: 3, UNKNOWN: 4}


@dataclass(frozen=True, slots=True)
class Taught:
    """A skill that a course teaches, and the level in words."""

    skill: int
    title: str
    slug: str
    level: int
    level_words: str
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseCard:
    """What the list of courses shows of one."""

    slug: str
    title: str
    summary: str
    provider: str
    provider_slug: str
    kind: str
    level: str
    mode: str
    cost: str
    takes: str
    teaches: tuple[Taught, ...]
    named: frozenset[str]
    mentioned: frozenset[str]
    shortest: Decimal
    cheapest: tuple[int, str, Decimal]
    offer: Offer
    facets: Mapping[str, Collection[str]]

    @property
    def url(self) -> str:
        return here(f"/courses/{self.slug}/")


def card(course: Course, teaches: Iterable[Taught]) -> CourseCard:
    teaches = tuple(teaches)
    other = [course.provider.title, *(name for each in teaches for name in (each.title, *each.other_names))]
    return CourseCard(
        slug=course.slug,
        title=course.title,
        summary=course.summary,
        provider=course.provider.title,
        provider_slug=course.provider.slug,
        kind=course.get_kind_display(),
        level=course.get_level_display(),
        mode=course.get_mode_display(),
        cost=cost_words(course),
        takes=takes_words(course),
        teaches=teaches,
        named=frozenset(words_of(course.title)),
        mentioned=frozenset(word for text in [course.title, *other] for word in words_of(text)),
        shortest=known_hours(course) or FOREVER,
        cheapest=cheapness(course),
        offer=offer(course, {each.skill: each.level for each in teaches}),
        facets=facets(course, teaches),
    )


def offer(course: Course, teaches: Mapping[int, int]) -> Offer:
    is_free = known_cost(course) in (Cost.FREE, Cost.JOB)
    return Offer(course.slug, course.title, teaches, is_free, known_hours(course))


def cost_words(course: Course) -> str:
    return words.cost(
        course.get_cost_display(), course.price_low, course.price_high, course.currency, bool(known_cost(course) != UNKNOWN)
    )


def takes_words(course: Course) -> str:
    return words.takes(course.hours, course.length, course.is_length_checked)


def known_hours(course: Course) -> Decimal | None:
    return course.hours if course.is_length_checked else None


def known_cost(course: Course) -> str:
    return course.cost if course.is_cost_checked and course.cost else UNKNOWN


def cheapness(course: Course) -> tuple[int, str, Decimal]:
    """Sorts by kind of cost, then by price within one currency; what nobody has checked is last."""
    known = known_cost(course)
    price = next((each for each in (course.price_low, course.price_high) if each is not None), FOREVER)
    return CHEAPEST[known], course.currency if known == Cost.PAID else "", price if known == Cost.PAID else Decimal(0)


def facets(course: Course, teaches: Iterable[Taught]) -> dict[str, list[str]]:
    return {
        "skill": [each.slug for each in teaches],
        "level": [course.level] if course.level else [],
        "cost": [known_cost(course)],
        "hours": [band(known_hours(course))],
        "mode": [course.mode] if course.mode else [],
        "age": ages(course.age_from, course.age_to),
        "provider": [course.provider.slug],
    }


def band(hours: Decimal | None) -> str:
    """The band of hours that the course falls into."""
    return next((name for name, (_, most) in BANDS.items() if hours is not None and hours <= most), UNKNOWN)


def ages(low: int | None, high: int | None) -> list[str]:
    """The bands of age that somebody who can take the course may be in."""
    if low is None and high is None:
        return [UNKNOWN]
    low, high = low or 0, high if high is not None else 999
    return [name for name, (_, first, last) in AGES.items() if low <= last and high >= first]
