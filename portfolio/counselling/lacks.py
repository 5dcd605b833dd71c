"""What students miss for the roles they aim at, for one and for several at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from careers.models import CareerPage, SkillRequirement
from careers.skill_words import skill_name

from .. import gaps, reading
from ..gaps import Asked, Held, SkillGap
from ..models import Evidence, Goal


@dataclass(frozen=True, slots=True)
class Lack:
    """A skill that a target role asks for and that is not covered: by key and title, with the role's key."""

    skill: int
    title: str
    role: int
    gap: SkillGap

    @property
    def label(self) -> str:
        words = gettext("{skill}: {counted} of {asked}")
        return words.format(skill=self.title, counted=self.gap.counted, asked=self.gap.importance)


def of(student: int, held: Iterable[Held] | None = None) -> list[Lack]:
    """What the student with this key misses, each skill once, biggest gap first: two statements, one if `held` is known."""
    record = gaps.Record(reading.held(student) if held is None else held)
    found: dict[int, Lack] = {}
    for need in reading.needs_of_targets(student):
        each = record.answer(need.asked)
        if each.missing and (need.asked.skill not in found or weight(each) < weight(found[need.asked.skill].gap)):
            found[need.asked.skill] = Lack(need.asked.skill, need.title, need.role, each)
    return sorted(found.values(), key=lambda lack: weight(lack.gap))


def weight(gap: SkillGap) -> tuple[int, int]:
    return -gap.missing, -gap.importance


def of_many(students: Iterable[int]) -> dict[int, tuple[str, set[int]]]:
    """For each skill that some of these students miss, its title and who they are: three statements, however many they are."""
    students = list(students)
    held, aiming = held_by(students), aims(students)
    asked = asked_by_role({role for _, role in aiming})
    found: dict[int, tuple[str, set[int]]] = {}
    for student, role in aiming:
        record = gaps.Record(held[student])
        for title, each in asked[role]:
            if record.answer(each).missing:
                found.setdefault(each.skill, (title, set()))[1].add(student)
    return found


def aims(students: list[int]) -> list[tuple[int, int]]:
    """Pairs of a student and a role aimed at that can be read."""
    readable = CareerPage.objects.readable().order_by().values("pk")
    return list(Goal.objects.filter(owner__in=students, career__in=readable).order_by().values_list("owner", "career"))


def asked_by_role(roles: set[int]) -> defaultdict[int, list[tuple[str, Asked]]]:
    found: defaultdict[int, list[tuple[str, Asked]]] = defaultdict(list)
    asking = SkillRequirement.objects.filter(page__in=roles, skill__live=True).order_by("pk")
    for role, skill, title, level, importance in asking.values_list("page", "skill", "skill__title", "level", "importance"):
        found[role].append((skill_name(title), Asked(skill, level, importance)))
    return found


def held_by(students: list[int]) -> defaultdict[int, list[Held]]:
    """What each of the students can show, from completed entries, counted in the database."""
    theirs = Evidence.objects.filter(entry__owner__in=students, entry__deleted_at=None)
    found: defaultdict[int, list[Held]] = defaultdict(list)
    for skill, student, level, bits, endorsed, pieces in reading.counted(theirs, "entry__owner"):
        found[student].extend(reading.holdings([(skill, level, bits, endorsed, pieces)]))
    return found
