"""Everything that is taught and asked for, kept until the guide changes: the cards of all courses and what roles want."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from careers.facets import Shelf
from careers.models import CareerPage, SkillRequirement
from home.models import GuideVersion
from home.serving import kept

from .cards import CourseCard, Taught, card
from .models import Course, CourseOutcome
from .ranking import Wanted


@dataclass(frozen=True, slots=True)
class Role:
    """A role that asks for skills: what it wants of somebody who has nothing yet."""

    key: int
    slug: str
    title: str
    wanted: dict[int, Wanted]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All published courses, the roles by slug, every skill that is taught by its key, and what there is to choose from.

    The choices of skills and providers are pairs of slug and title, those of most courses first.
    """

    shelf: Shelf[CourseCard]
    roles: dict[str, Role]
    titles: dict[int, str]
    skills: list[tuple[str, str]]
    providers: list[tuple[str, str]]


def most_first(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    counted = Counter(pairs)
    return sorted(counted, key=lambda pair: (-counted[pair], pair[1].casefold()))


def catalogue(version: int | None = None) -> Catalogue:
    """The catalogue as it stands: one statement when it is kept, four when it is drawn anew."""
    version = GuideVersion.current() if version is None else version
    return kept("courses", version, drawn)


def drawn() -> Catalogue:
    outcomes = CourseOutcome.objects.filter(skill__live=True).select_related("skill").order_by("sort_order", "pk")
    found = Course.objects.filter(live=True).select_related("provider").prefetch_related(Prefetch("outcomes", outcomes))
    shelf = Shelf(card(course, map(taught_by, course.outcomes.all())) for course in found)
    taught = [each for card in shelf.cards for each in card.teaches]
    return Catalogue(
        shelf=shelf,
        roles=roles(),
        titles={each.skill: each.title for each in taught},
        skills=most_first((each.slug, each.title) for each in taught),
        providers=most_first((card.provider_slug, card.provider) for card in shelf.cards),
    )


def taught_by(outcome: CourseOutcome) -> Taught:
    skill = outcome.skill
    others = dict.fromkeys([skill.title, *skill.other_names])
    return Taught(skill.pk, skill.name, skill.slug, outcome.level, outcome.get_level_display(), tuple(others))


def roles() -> dict[str, Role]:
    """Every readable role that asks for something, by title: one statement."""
    rows = SkillRequirement.objects.filter(skill__live=True, page__in=CareerPage.objects.readable().order_by())
    found: dict[str, Role] = {}
    asked = rows.order_by("page__title", "page").values_list("page", "page__slug", "page__title", "skill", "level", "importance")
    for page, slug, title, skill, level, importance in asked:
        found.setdefault(slug, Role(page, slug, title, {})).wanted[skill] = Wanted(level, importance, importance)
    return found
