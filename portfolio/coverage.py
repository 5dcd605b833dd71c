"""A gap as the rows that pages show: each skill with its marks, its figure and its words. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from careers.scales import Importance, Level
from home.wording import in_a_row, in_sentence

from .gaps import Gap, Nearness, SkillGap

MOST_MARKS = 8
NAMED = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One skill that a role asks for, as its line in the coverage shows it."""

    title: str
    url: str
    gap: SkillGap

    @property
    def importance(self) -> int:
        return self.gap.importance

    @property
    def word(self) -> str:
        return str(Importance(self.gap.importance).label)

    @property
    def level(self) -> str:
        """How the role asks the skill to have been used."""
        return str(Level(self.gap.level).label)

    @property
    def marks(self) -> tuple[int, ...]:
        """The stages of the pieces that get a mark of their own; the number says how many there are."""
        return self.gap.marks[:MOST_MARKS]

    @property
    def more(self) -> int:
        """The pieces beyond those that the role asks for."""
        return self.gap.pieces - self.gap.counted


def rows(gap: Gap, names: Mapping[int, tuple[str, str]]) -> list[Row]:
    """The skills of the gap, biggest gap first; `names` has the title and the address of each."""
    return [Row(*names[each.skill], each) for each in gap.skills]


@dataclass(frozen=True, slots=True)
class Near:
    """A role with how near somebody is to it, and why."""

    title: str
    slug: str
    gap: Gap
    why: str


def near(found: Nearness, name: tuple[str, str], titles: Mapping[int, str]) -> Near:
    return Near(*name, found.gap, why(found.gap, titles))


def why(gap: Gap, titles: Mapping[int, str]) -> str:
    """Where the role stands, in a sentence: what is covered or begun, and what is missing most."""
    if not gap.skills:
        return gettext("No skills are listed for this role yet.")
    if gap.is_complete:
        return gettext("You have everything it asks for.")
    has = [each.skill for each in sorted(gap.skills, key=lambda each: -each.counted) if each.counted]
    missing = [each.skill for each in gap.missing]
    lacks = gettext("missing most: {missing}").format(missing=named(missing, titles))
    return (
        gettext("You have {has}; {lacks}.").format(has=named(has, titles), lacks=lacks)
        if has
        else f"{lacks[:1].upper()}{lacks[1:]}."
    )


def named(skills: Sequence[int], titles: Mapping[int, str]) -> str:
    """The first skills by name: "scheduling and research"."""
    return in_a_row([in_sentence(titles[skill]) for skill in skills[:NAMED]])
