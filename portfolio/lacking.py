"""What a member still lacks for a role, for the list of courses, which knows no member."""

from courses.ranking import Wanted
from courses.seam import Lack
from home.models import User

from . import reading
from .gaps import Gap, gap


def of_member(user: User, career: int | None = None) -> Lack | None:
    """What the user lacks for the career, or else for their first target role; None without one. Two or three statements."""
    if career is None:
        target = next((each for each in reading.targets(user.pk) if each.slug), None)
        if not target or target.career is None:
            return None
        return lack(user, target.career, target.title)
    return lack(user, career)


def lack(user: User, career: int, role: str = "") -> Lack:
    needs = reading.needs(career)
    return Lack(role, wanted(gap([need.asked for need in needs], reading.held(user.pk))))


def wanted(found: Gap) -> dict[int, Wanted]:
    """The skills of the gap that are not covered yet."""
    return {each.skill: Wanted(each.level, each.missing, each.importance) for each in found.missing}
