"""What a member can show of each skill: the pieces, when they were made and the roles they count for."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, repeat

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext, ngettext

from careers.models import CareerPage, Skill
from careers.scales import Level
from careers.skill_words import skill_name
from home.models import User
from home.wording import number_word
from home.words import fold

from . import reading
from .gaps import Asked, Held, SkillGap, gap
from .models import Evidence, Goal

PAGE_SIZE = 50
KEY = re.compile(r"([0-9-]{4,10})_([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Standing:
    """One skill of a person: its pieces at any level, and the gap to the target role that misses most of it, if any asks."""

    title: str
    slug: str
    pieces: int
    verified: int
    marks: tuple[int, ...]
    role: str = ""
    gap: SkillGap | None = None


@dataclass(frozen=True, slots=True)
class AskedBy:
    """A role that asks for a skill, whether it is a target role, and how far somebody's pieces go."""

    title: str
    slug: str
    is_target: bool
    gap: SkillGap

    @property
    def level(self) -> str:
        return str(Level(self.gap.level).label)


def standings(owner: User) -> tuple[list[Standing], list[Standing]]:
    """Every skill that a target role asks for, biggest gap first; then every other that the owner has evidence in.

    Four statements, whatever the number of entries and roles.
    """
    held: defaultdict[int, list[Held]] = defaultdict(list)
    for row in reading.held(owner.pk):
        held[row.skill].append(row)
    gaps = gaps_by_skill(owner, held)
    names = Skill.objects.filter(pk__in={*held, *gaps}).values_list("pk", "title", "slug")
    shown = sorted(((skill, skill_name(title), slug) for skill, title, slug in names), key=lambda row: fold(row[1]))
    found = {skill: standing(name, slug, held[skill], *gaps.get(skill, ("", None))) for skill, name, slug in shown}
    asked = sorted((skill for skill in found if skill in gaps), key=lambda skill: weight(found[skill].gap))
    return [found[skill] for skill in asked], [each for skill, each in found.items() if skill not in gaps]


def gaps_by_skill(owner: User, held: dict[int, list[Held]]) -> dict[int, tuple[str, SkillGap]]:
    """For each skill that a target role asks for, the role that misses most of it, with the gap."""
    titles = {target.career: target.title for target in reading.targets(owner.pk)}
    found: dict[int, tuple[str, SkillGap]] = {}
    for need in reading.needs_of_targets(owner.pk):
        skill = need.asked.skill
        each = one(need.asked, held.get(skill, []))
        if skill not in found or weight(each) < weight(found[skill][1]):
            found[skill] = (titles[need.role], each)
    return found


def weight(gap: SkillGap) -> tuple[int, int]:
    """Sorts the biggest gap first."""
    return -gap.missing, -gap.importance


def one(asked: Asked, held: Iterable[Held]) -> SkillGap:
    return gap([asked], held).skills[0]


def standing(title: str, slug: str, held: list[Held], role: str = "", found: SkillGap | None = None) -> Standing:
    rows = sorted(held, key=lambda row: (not row.stage, row.stage))
    marks = tuple(chain.from_iterable(repeat(row.stage, row.pieces) for row in rows))
    return Standing(title, slug, len(marks), sum(row.verified for row in rows), marks, role, found)


def finding(found: list[Standing]) -> str:
    """How many skills there is something to show for, in a sentence."""
    shown = sum(each.pieces > 0 for each in found)
    if not shown:
        return gettext("No skills to show yet.")
    words = ngettext("{number} skill you can show.", "{number} skills you can show.", shown)
    return words.format(number=number_word(shown).capitalize())


def roles_asking(owner: User, skill: Skill, held: list[Held]) -> list[AskedBy]:
    """Every published role that asks for the skill, target roles first: one statement."""
    aims = Goal.objects.filter(owner=owner, career=OuterRef("pk"))
    roles = CareerPage.objects.readable().asking_for(skill).annotate(is_target=Exists(aims)).order_by("-is_target", "title")
    rows = roles.values_list("title", "slug", "is_target", "level", "importance")
    return [AskedBy(title, slug, aim, one(Asked(skill.pk, level, weight), held)) for title, slug, aim, level, weight in rows]


def evidence_of(owner: User, skill: Skill, before: str = "") -> tuple[list[Evidence], str]:
    """A page of the owner's evidence in the skill, latest first, each with `endorsed` (its highest level, or None).

    One statement. `before` is the key that the page before this one returned; the key is empty when there is no more.
    """
    rows = Evidence.objects.of(owner).filter(skill=skill).select_related("entry").order_by("-entry__started", "-pk")
    found = list(older(rows, before).annotate(endorsed=Max("endorsements__level"))[: PAGE_SIZE + 1])
    last = found[PAGE_SIZE - 1] if len(found) > PAGE_SIZE else None
    return found[:PAGE_SIZE], f"{last.entry.started}_{last.pk}" if last else ""


def older(rows: QuerySet[Evidence], before: str) -> QuerySet[Evidence]:
    """The rows after the key; a key that is none of ours changes nothing."""
    key = KEY.fullmatch(before)
    if not key:
        return rows
    started, pk = key[1], int(key[2])
    return rows.filter(Q(entry__started__lt=started) | Q(entry__started=started, pk__lt=pk))
