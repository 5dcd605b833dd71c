"""Which roles ask for the same skills, by weighted Jaccard likeness (Ruzicka 1958). Pure.

A skill that both ask for counts with the lower of the two importances, less a quarter for every step between the levels.
The sum is divided by all that the two ask together, each skill with its higher importance: nothing in common is 0, the
same skills in the same way are 1, and the figure is the same from either side.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MOST = 5
# Under this, or with fewer skills in common, nothing is called similar: chance and a skill that everybody needs go so far.
FLOOR, FEWEST = 0.2, 2


@dataclass(frozen=True, slots=True)
class Ask:
    """How a role asks for a skill: the level, 1 to 4, and the importance, 1 to 3."""

    level: int
    importance: int


Asks = Mapping[int, Ask]


@dataclass(frozen=True, slots=True)
class Role:
    key: int
    slug: str
    title: str
    asks: Asks


@dataclass(frozen=True, slots=True)
class Likeness:
    """One role seen from another: the keys of the skills that are the same there, deeper there and new there."""

    role: Role
    known: tuple[int, ...]
    deeper: tuple[int, ...]
    new: tuple[int, ...]

    @property
    def shared(self) -> int:
        return len(self.known) + len(self.deeper)


@dataclass(frozen=True, slots=True)
class Near:
    """The roles most alike one, and how many more are alike enough."""

    roles: list[Likeness]
    more: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What two roles have in common: the count in quarters, the lower importances and the number of skills."""

    quarters: int
    least: int
    skills: int

    # The three are added up as one whole number, each with room for a million: one addition where there would be three.
    SIDE = 1 << 20

    @classmethod
    def packed(cls, one: Ask, other: Ask) -> int:
        """What one skill that both ask for adds."""
        least = min(one.importance, other.importance)
        return least * (4 - abs(one.level - other.level)) + least * cls.SIDE + cls.SIDE**2

    @classmethod
    def unpacked(cls, total: int) -> "Tally":
        return cls(total % cls.SIDE, total // cls.SIDE % cls.SIDE, total // cls.SIDE**2)


class Roles:
    """Every role under each skill and each way of asking for it, so that only roles with something in common meet."""

    def __init__(self, roles: Iterable[Role]):
        self.roles = {role.key: role for role in roles if role.asks}
        self.weights = {key: weight(role.asks) for key, role in self.roles.items()}
        self.asking: dict[int, dict[Ask, list[int]]] = defaultdict(lambda: defaultdict(list))
        for key, role in self.roles.items():
            for skill, ask in role.asks.items():
                self.asking[skill][ask].append(key)

    def near(self, asks: Asks, but: Iterable[int] = (), most: int = MOST) -> Near:
        """The roles that are similar to one with these asks, the most alike first and then by title; never those of `but`."""
        left_out = set(but)
        found = [(score, self.roles[key]) for key, score in self.scores(asks).items() if key not in left_out]
        found.sort(key=lambda pair: (-pair[0], pair[1].title.casefold(), pair[1].key))
        return Near([likeness(asks, role) for _, role in found[:most]], max(0, len(found) - most))

    def scores(self, asks: Asks) -> dict[int, float]:
        """How like these asks each role is that shares enough of them: 0 to 1, by the roles' keys."""
        mine = weight(asks)
        tallies = {key: Tally.unpacked(total) for key, total in self.totals(asks).items()}
        scores = {
            key: tally.quarters / (4 * (mine + self.weights[key] - tally.least))
            for key, tally in tallies.items()
            if tally.skills >= FEWEST
        }
        return {key: score for key, score in scores.items() if score >= FLOOR}

    def totals(self, asks: Asks) -> dict[int, int]:
        totals: dict[int, int] = defaultdict(int)
        for skill, mine in asks.items():
            for theirs, keys in self.asking.get(skill, {}).items():
                adds = Tally.packed(mine, theirs)
                for key in keys:
                    totals[key] += adds
        return totals


def weight(asks: Asks) -> int:
    return sum(ask.importance for ask in asks.values())


def likeness(asks: Asks, role: Role) -> Likeness:
    """The role as somebody with these asks sees it, each list with what the role leans on most first."""
    order = sorted(role.asks, key=lambda skill: (-role.asks[skill].importance, skill))
    both = [skill for skill in order if skill in asks]
    deeper = tuple(skill for skill in both if role.asks[skill].level > asks[skill].level)
    known = tuple(skill for skill in both if skill not in deeper)
    return Likeness(role, known, deeper, tuple(skill for skill in order if skill not in asks))
