"""Roles near a role by the skills they ask for: read once a version of the guide, and kept."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from home.models import GuideVersion
from home.serving import kept

from .models import CareerPage, CareerStep, SkillRequirement
from .similar import Ask, Asks, Likeness, Role, Roles, likeness
from .skill_words import skill_name

NAMED = 4


@dataclass(frozen=True, slots=True)
class Names:
    """The first of some skills by name, and how many there are besides."""

    first: list[str]
    more: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A role that asks for some of the same skills: its page, what is the same there, deeper and new."""

    slug: str
    title: str
    shared: int
    together: int
    known: Names
    deeper: Names
    new: Names


@dataclass(frozen=True, slots=True)
class Chosen:
    """A role that editors chose, with their note, and what it shares; None where its skills are not listed."""

    step: CareerStep
    neighbour: Neighbour | None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands near a role, nothing twice; what there was to go by, where nothing is near."""

    chosen: list[Chosen]
    near: list[Neighbour]
    more: int
    has_skills: bool
    has_others: bool


@dataclass(frozen=True, slots=True)
class Book:
    """Every readable role with the skills it asks for, and the skills' names."""

    roles: Roles
    names: dict[int, str]


def book(version: int | None) -> Book:
    """The Book of a version of the guide; one statement, none once it is kept."""
    asked = SkillRequirement.objects.filter(skill__live=True, page__in=CareerPage.objects.readable())
    return kept(f"neighbours:{version}", lambda: written(asked))


def written(requirements):
    rows = requirements.order_by().values_list(
        "page_id", "page__slug", "page__title", "skill_id", "skill__title", "level", "importance"
    )
    asks, titles, names = defaultdict(dict), {}, {}
    for page, slug, title, skill, name, level, importance in rows:
        asks[page][skill] = Ask(level, importance)
        titles[page], names[skill] = (slug, title), skill_name(name)
    return Book(Roles(Role(page, *titles[page], asks[page]) for page in asks), names)


def neighbours(page, skills, steps):
    """The Neighbours of a career page, given the skills of its profile and the steps sideways that editors chose."""
    guide = book(GuideVersion.current())
    asks = {row["key"]: Ask(row["asks"], row["importance"]) for row in skills}
    near = guide.roles.near(asks, but=[page.original_pk, *(step.to_id for step in steps)])
    return Neighbours(
        chosen=[Chosen(step, seen(guide, asks, step.to_id)) for step in steps],
        near=[neighbour(guide, asks, found) for found in near.roles],
        more=near.more,
        has_skills=bool(asks),
        has_others=bool(guide.roles.roles.keys() - {page.original_pk}),
    )


def seen(guide: Book, asks: Asks, key: int) -> Neighbour | None:
    """The role with the key as somebody with these asks sees it, near or not."""
    role = guide.roles.roles.get(key)
    return neighbour(guide, asks, likeness(asks, role)) if role and asks else None


def neighbour(guide: Book, asks: Asks, found: Likeness) -> Neighbour:
    return Neighbour(
        slug=found.role.slug,
        title=found.role.title,
        shared=found.shared,
        together=len(asks.keys() | found.role.asks.keys()),
        known=names(guide, found.known),
        deeper=names(guide, found.deeper),
        new=names(guide, found.new),
    )


def names(guide: Book, skills: Sequence[int]) -> Names:
    return Names([guide.names[skill] for skill in skills[:NAMED]], max(0, len(skills) - NAMED))
