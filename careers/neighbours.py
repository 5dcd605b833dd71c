"""Roles near a role by the skills they ask for: read once a version of the guide, and kept."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from home.models import GuideVersion
from home.serving import kept

from .models import CareerPage, CareerStep, SkillRequirement
from .scales import Importance, Level
from .similar import Ask, Asks, Likeness, Role, Roles, likeness
from .skill_words import skill_name

NAMED = 4


@dataclass(frozen=True, slots=True)
class Names:
    """The first of some skills by name, and how many there are besides."""

    first: list[str]
    more: int

    def __str__(self) -> str:
        named = ", ".join(self.first)
        return f"{named} {gettext('and %(more)s more') % {'more': self.more}}." if self.more else f"{named}."


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

    @property
    def overlap(self) -> str:
        """How many of the skills that the two ask for are the same, as a sentence."""
        if not self.shared:
            return gettext("The two ask for no skill in common.")
        said = ngettext(
            "One of the %(together)s skills that the two ask for is the same.",
            "%(shared)s of the %(together)s skills that the two ask for are the same.",
            self.shared,
        )
        return said % {"shared": self.shared, "together": self.together}

    @property
    def skills(self) -> list[tuple[str, Names]]:
        """Its skills under what they are to somebody in the other role, but for the kinds of which there are none."""
        kinds = [
            (gettext("You would already know:"), self.known),
            (gettext("At a higher level:"), self.deeper),
            (gettext("New:"), self.new),
        ]
        return [(kind, names) for kind, names in kinds if names.first]


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

    @property
    def heading(self) -> str:
        """What stands over the roles that are near."""
        others = gettext("Others, by the skills they ask for")
        return others if self.chosen else gettext("By the skills they ask for")

    @property
    def said(self) -> str:
        """The sentence under the roles that are near, or in their place; empty if they are all there."""
        if self.near:
            more = ngettext(
                "One more role is similar by the same count.", "%(more)s more roles are similar by the same count.", self.more
            )
            return more % {"more": self.more} if self.more else ""
        if not self.has_skills:
            return gettext("This guide lists no skills for the role yet, so there is nothing to compare by.")
        if not self.has_others:
            return gettext("No other guide lists skills yet, so there is nothing to compare with.")
        if self.chosen:
            return gettext("No other role asks for enough of the same skills to be called similar.")
        return gettext("No role asks for enough of the same skills to be called similar.")

    @property
    def formula(self) -> str:
        """How roles are counted as similar; empty where there was nothing to count."""
        if not (self.has_skills and self.has_others):
            return ""
        return gettext(
            "How we count: a skill that both roles ask for counts 3 if it is essential, 2 if important, 1 if useful, "
            "the lower of the two, and a quarter less for each step between the levels. We divide the sum by all that "
            "the two ask together. From a fifth on, with two skills or more, we call them similar. "
            "It is the same from either side."
        )


@dataclass(frozen=True, slots=True)
class Book:
    """Every readable role with the skills it asks for, and the skills' names."""

    roles: Roles
    names: dict[int, str]


def book(version: int | None) -> Book:
    """The Book of a version of the guide; one statement, none once it is kept."""
    asked = SkillRequirement.objects.filter(skill__live=True, page__in=CareerPage.objects.readable())
    return kept("neighbours", version, lambda: written(asked))


def written(requirements):
    rows = requirements.order_by().values_list(
        "page_id", "page__slug", "page__title", "skill_id", "skill__title", "level", "importance"
    )
    # There are dozens of rows for a role, and as many for a skill, but only a dozen ways to ask.
    ways = {(level, importance): Ask(level, importance) for level in Level.values for importance in Importance.values}
    asks, titles, names = defaultdict(dict), {}, {}
    for page, slug, title, skill, name, *way in rows:
        asks[page][skill] = ways[tuple(way)]
        titles[page], names[skill] = (slug, title), name
    return Book(
        Roles(Role(page, *titles[page], asks[page]) for page in asks), {skill: skill_name(name) for skill, name in names.items()}
    )


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
