"""What a role asks, set against what a person can show: pieces counted of pieces asked, never a percentage. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain, repeat
from math import lcm

from django.utils.translation import gettext, ngettext

from home.wording import figures, in_sentence, number_word


@dataclass(frozen=True, slots=True)
class Asked:
    """One requirement of a role; its importance (1 to 3) is also the number of pieces asked."""

    skill: int
    level: int
    importance: int


@dataclass(frozen=True, slots=True)
class Held:
    """Pieces of evidence in one skill at one level, from completed entries whose first stage is `stage` (0: none).

    `verified` is how many are endorsed at that level. A piece claimed at one level and endorsed at a lower one is two
    rows: one piece at the level claimed, and no piece but one verified at the level endorsed.
    """

    skill: int
    level: int
    pieces: int
    verified: int = 0
    stage: int = 0


@dataclass(frozen=True, slots=True)
class SkillGap:
    """One skill that a role asks for: the pieces at its level or above, and the practice below it.

    `marks` are the stages of the pieces in stage order; 0, for no stage, comes last.
    """

    skill: int
    level: int
    importance: int
    pieces: int = 0
    verified: int = 0
    practice: int = 0
    marks: tuple[int, ...] = ()

    @property
    def counted(self) -> int:
        return min(self.pieces, self.importance)

    @property
    def verified_counted(self) -> int:
        return min(self.verified, self.importance)

    @property
    def missing(self) -> int:
        """The number of pieces still to find."""
        return self.importance - self.counted

    @property
    def is_covered(self) -> bool:
        return not self.missing

    @property
    def is_started(self) -> bool:
        return bool(self.pieces or self.practice)

    @property
    def state(self) -> str:
        """The lamp: "go" covered, "standby" started (a piece or some practice), "off" nothing yet."""
        if self.is_covered:
            return "go"
        return "standby" if self.is_started else "off"


@dataclass(frozen=True, slots=True)
class Gap:
    """The skills of one role, biggest gap first: most pieces missing, then more important, then as the role lists them."""

    skills: tuple[SkillGap, ...]

    @property
    def asked(self) -> int:
        return sum(each.importance for each in self.skills)

    @property
    def counted(self) -> int:
        return sum(each.counted for each in self.skills)

    @property
    def verified(self) -> int:
        """The pieces counted when endorsed evidence alone counts."""
        return sum(each.verified_counted for each in self.skills)

    @property
    def covered(self) -> int:
        return len(self.skills) - len(self.missing)

    @property
    def missing(self) -> tuple[SkillGap, ...]:
        """The skills not covered yet, biggest gap first."""
        return tuple(each for each in self.skills if not each.is_covered)

    @property
    def heaviest(self) -> SkillGap | None:
        """The skill with the heaviest unmet need."""
        return next(iter(self.missing), None)

    @property
    def is_complete(self) -> bool:
        """Whether everything asked is covered; a role that asks nothing is never complete."""
        return bool(self.skills) and not self.missing


@dataclass(frozen=True, slots=True)
class Role:
    key: int
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Nearness:
    """A role, by its key, and what is still missing for it."""

    role: int
    gap: Gap


class Record:
    """The evidence of one person, sorted by skill once for any number of roles."""

    def __init__(self, held: Iterable[Held]):
        self.rows: defaultdict[int, list[Held]] = defaultdict(list)
        self.answers: dict[Asked, SkillGap] = {}  # roles ask alike, so few answers serve a thousand roles
        for row in sorted(held, key=lambda row: (not row.stage, row.stage)):
            self.rows[row.skill].append(row)

    def against(self, asked: Iterable[Asked]) -> Gap:
        """The gap to a role that asks this."""
        return Gap(tuple(sorted(map(self.answer, asked), key=lambda each: (-each.missing, -each.importance))))

    def answer(self, asked: Asked) -> SkillGap:
        if asked not in self.answers:
            self.answers[asked] = self.count(asked)
        return self.answers[asked]

    def count(self, asked: Asked) -> SkillGap:
        rows = self.rows.get(asked.skill, [])
        enough = [row for row in rows if row.level >= asked.level]
        pieces = sum(row.pieces for row in enough)
        return SkillGap(
            skill=asked.skill,
            level=asked.level,
            importance=asked.importance,
            pieces=pieces,
            verified=min(pieces, sum(row.verified for row in enough)),
            practice=sum(row.pieces for row in rows) - pieces,
            marks=tuple(chain.from_iterable(repeat(row.stage, row.pieces) for row in enough)),
        )


def gap(asked: Iterable[Asked], held: Iterable[Held]) -> Gap:
    """What a role asks, less what a person holds."""
    return Record(held).against(asked)


def with_more(asked: Iterable[Asked], held: Iterable[Held], more: Iterable[Held]) -> Gap:
    """The gap as it would be with some more pieces."""
    return gap(asked, chain(held, more))


def newly_covered(before: Gap, after: Gap) -> tuple[int, ...]:
    """The skills that the second gap covers and the first does not, biggest gap of the first one first."""
    still = {each.skill for each in after.missing}
    return tuple(each.skill for each in before.missing if each.skill not in still)


def nearest(roles: Iterable[Role], held: Iterable[Held]) -> list[Nearness]:
    """Every role, best covered first: by share, then by pieces counted, then as given; those that ask nothing last."""
    record = Record(held)
    gaps = [(role.key, record.against(role.asked)) for role in roles]
    tallies = [(each.counted, each.asked) for _, each in gaps]
    whole = lcm(*(asked for _, asked in tallies if asked))  # shares as parts of one common whole compare exactly
    ranks = [(asked == 0, -counted * (whole // (asked or 1)), -counted) for counted, asked in tallies]
    return [Nearness(*gaps[place]) for place in sorted(range(len(gaps)), key=ranks.__getitem__)]


def pieces_word(number: int) -> str:
    """The number of pieces: "1 piece", "3 pieces"."""
    return ngettext("{number} piece", "{number} pieces", number).format(number=figures(number))


def finding(gap: Gap, name_of: Callable[[int], str]) -> tuple[str, ...]:
    """The gap in one or two sentences: how much is covered, and the skill to see to first."""
    if not gap.skills:
        return (gettext("No skills are listed for this role yet."),)
    if gap.is_complete:
        return all_covered(len(gap.skills)), gettext("Time to apply, or aim higher.")
    first = name_of(gap.missing[0].skill)
    if not any(each.is_started for each in gap.skills):
        return gettext("No pieces of evidence for this role yet."), gettext("{first} is a good place to start.").format(
            first=first
        )
    if len(gap.skills) == 1:
        return (gettext("{first} is the one skill to cover.").format(first=first),)
    return some_covered(gap.covered, len(gap.skills)), to_fix(gap, name_of)


def all_covered(total: int) -> str:
    few = {1: gettext("The one skill asked for is covered."), 2: gettext("Both skills covered.")}
    return few.get(total) or gettext("All {total} skills covered.").format(total=number_word(total))


def some_covered(covered: int, total: int) -> str:
    if not covered:
        return gettext("None of {total} skills covered yet.").format(total=number_word(total))
    in_words = not number_word(total).isdecimal()  # both numbers in words or both in figures
    said = number_word(covered).capitalize() if in_words else str(covered)
    return gettext("{covered} of {total} skills covered.").format(covered=said, total=number_word(total))


def to_fix(gap: Gap, name_of: Callable[[int], str]) -> str:
    """The heaviest unmet need in a sentence; two that weigh the same are both named, of more only the first."""
    need = (gap.missing[0].missing, gap.missing[0].importance)
    names = [name_of(each.skill) for each in gap.missing if (each.missing, each.importance) == need]
    if len(names) == 2:
        return gettext("{first} and {second} are the two to fix.").format(first=names[0], second=in_sentence(names[1]))
    if len(names) == 1:
        return gettext("{skill} is the one to fix.").format(skill=names[0])
    return gettext("{skill} is the next to fix.").format(skill=names[0])
