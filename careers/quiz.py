"""What thirty answers say about somebody's interests, how sure that is, and which roles are near. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from django.utils.translation import gettext

from .quiz_words import SHIPPED
from .scales import Holland, Liking

PER_TYPE = 5
STATEMENTS = PER_TYPE * len(Holland)
# What an answer is worth: the coolest nothing, the warmest four points.
MOST = Liking.VERY_MUCH - Liking.NOT_AT_ALL
FULL = PER_TYPE * MOST
# Of a role's letters the first counts three times, the second twice, the third once.
WEIGHTS = (3, 2, 1)
# Two answers a step different undo a lead of so many points of twenty; twice that between highest and lowest is flat.
CLOSE, FLAT = 2, 4
FEW_OF_TYPE, MIXED_TYPES = 3, 3


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a reader may like doing; the key stays the same when its words are mended."""

    key: str
    letter: str
    text: str

    @property
    def words(self) -> str:
        """The text in the reader's language, if it is one that comes with the guide; as its editors wrote it if not."""
        return gettext(self.text) if self.text in SHIPPED else self.text


@dataclass(frozen=True, slots=True)
class Score:
    """What the answers to one type's statements add up to; places are shared by equals, 0 without an answer."""

    letter: str
    points: int
    answered: int
    asked: int
    is_mixed: bool
    place: int = 0
    is_joint: bool = False

    @property
    def most(self) -> int:
        """The points that so many answers could have brought."""
        return self.answered * MOST

    @property
    def share(self) -> Fraction:
        return Fraction(self.points, self.most) if self.most else Fraction(0)

    @property
    def points_of_full(self) -> Fraction:
        """The points as if every statement had been answered so."""
        return self.share * FULL

    @property
    def is_thin(self) -> bool:
        return self.answered < min(FEW_OF_TYPE, self.asked)


@dataclass(frozen=True, slots=True)
class Close:
    """Two neighbours in the order that few answers would change: `steps` more for the second, and they are level or swap."""

    first: str
    second: str
    steps: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Six scores, the strongest first, and what there is to doubt about their order."""

    scores: tuple[Score, ...]
    spread: Fraction
    close: tuple[Close, ...]

    @property
    def answered(self) -> int:
        return sum(score.answered for score in self.scores)

    @property
    def asked(self) -> int:
        return sum(score.asked for score in self.scores)

    @property
    def missing(self) -> int:
        return self.asked - self.answered

    @property
    def is_same(self) -> bool:
        """Whether no type stands before another."""
        return self.spread == 0

    @property
    def is_flat(self) -> bool:
        return self.spread <= FLAT

    @property
    def thin(self) -> tuple[str, ...]:
        """The types of which too few statements have an answer."""
        return tuple(score.letter for score in self.scores if score.is_thin)

    @property
    def mixed(self) -> tuple[str, ...]:
        """The types of which one statement is liked very much and another not at all."""
        return tuple(score.letter for score in self.scores if score.is_mixed)

    @property
    def is_contradictory(self) -> bool:
        return len(self.mixed) >= MIXED_TYPES

    @property
    def is_weak(self) -> bool:
        """Whether the order of the types means little."""
        return self.is_flat or self.is_contradictory or bool(self.thin)

    @property
    def first(self) -> tuple[str, ...]:
        """The types on the first three places, all that share the last of them; empty if none stands before another."""
        return () if self.is_same else tuple(score.letter for score in self.scores if 0 < score.place <= len(WEIGHTS))

    def of(self, letter: str) -> Score:
        return next(score for score in self.scores if score.letter == letter)


@dataclass(frozen=True, slots=True)
class Role:
    """A role by the letters of its interest code, the strongest first; `status` says how far the code is checked."""

    slug: str
    title: str
    summary: str
    code: str
    status: str


@dataclass(frozen=True, slots=True)
class Fit:
    """How near a role's letters are to a reader's scores: points of twenty, or None if a letter has no score."""

    role: Role
    points: Fraction | None
    letters: tuple[Score, ...]
    place: int = 0
    is_joint: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(score.letter for score in self.letters if not score.answered)


@dataclass(frozen=True, slots=True)
class Change:
    """One type in two results: points of twenty, None without an answer."""

    letter: str
    before: Score
    after: Score

    @property
    def difference(self) -> Fraction | None:
        if not (self.before.answered and self.after.answered):
            return None
        return self.after.points_of_full - self.before.points_of_full

    @property
    def is_small(self) -> bool:
        """Whether a few answers a step different would make it."""
        return self.difference is not None and abs(self.difference) <= CLOSE


def edition_of(statements: Iterable[Statement]) -> tuple[Statement, ...] | None:
    """The statements in the order they are asked, the types taking turns; None unless there are five of each type."""
    of_type: dict[str, list[Statement]] = {str(letter): [] for letter in Holland.values}
    for each in sorted(statements, key=lambda statement: statement.key):
        of_type[each.letter].append(each)
    if any(len(found) != PER_TYPE for found in of_type.values()):
        return None
    return tuple(each for turn in zip(*of_type.values(), strict=True) for each in turn)


def read(statements: Sequence[Statement], answers: Mapping[str, int]) -> Reading:
    """What the answers, by the keys of their statements, say; what is not answered is not guessed."""
    found = [score(letter, statements, answers) for letter in (str(each) for each in Holland.values)]
    scores = placed(found)
    shares = [each.points_of_full for each in scores if each.answered]
    return Reading(scores, max(shares) - min(shares) if shares else Fraction(0), close(scores))


def of_points(points: Mapping[str, int]) -> Reading:
    """A reading with these points, as if every statement were answered."""
    scores = placed([Score(letter, points[letter], PER_TYPE, PER_TYPE, False) for letter in points])
    return Reading(scores, Fraction(max(points.values()) - min(points.values())), close(scores))


def score(letter: str, statements: Sequence[Statement], answers: Mapping[str, int]) -> Score:
    of_type = [each.key for each in statements if each.letter == letter]
    given = [answers[key] for key in of_type if answers.get(key)]
    points = sum(value - Liking.NOT_AT_ALL for value in given)
    return Score(letter, points, len(given), len(of_type), {Liking.NOT_AT_ALL, Liking.VERY_MUCH} <= set(given))


def placed(scores: Sequence[Score]) -> tuple[Score, ...]:
    """The scores in their order, with their places; equals share one, and those without an answer come last without any."""
    given = [each for each in scores if each.answered]
    shares = sorted((each.share for each in given), reverse=True)
    ordered = sorted(given, key=lambda each: -each.share)
    ranked = [
        Score(each.letter, each.points, each.answered, each.asked, each.is_mixed, *place_of(each.share, shares))
        for each in ordered
    ]
    return (*ranked, *(each for each in scores if not each.answered))


def place_of(value: Fraction, ordered: Sequence[Fraction]) -> tuple[int, bool]:
    """The place of a value among values, the highest first, and whether others share it."""
    return ordered.index(value) + 1, ordered.count(value) > 1


def close(scores: Sequence[Score]) -> tuple[Close, ...]:
    """The neighbours that a few answers would make level, with how many steps: only between types answered whole."""
    whole = [each for each in scores if each.answered == each.asked]
    gaps = [(one, two, one.points - two.points) for one, two in pairwise(whole)]
    return tuple(Close(one.letter, two.letter, gap) for one, two, gap in gaps if 0 < gap <= CLOSE)


def rank(roles: Iterable[Role], reading: Reading) -> list[Fit]:
    """Every role with a code by how near it is, the nearest first; equals share a place, and stand by their title.

    A role's points are the mean of its letters' points of twenty, weighted 3, 2 and 1. For codes of three letters that is
    the order of the correlation between the six scores and the weights. Roles with a letter that has no score come last.
    """
    found = [fit(role, reading) for role in roles if role.code]
    points = sorted((each.points for each in found if each.points is not None), reverse=True)
    ranked = [
        Fit(each.role, each.points, each.letters, *((0, False) if each.points is None else place_of(each.points, points)))
        for each in found
    ]
    return sorted(ranked, key=lambda each: (each.points is None, -(each.points or 0), each.role.title, each.role.slug))


def fit(role: Role, reading: Reading) -> Fit:
    letters = tuple(reading.of(letter) for letter in role.code)
    if not all(each.answered for each in letters):
        return Fit(role, None, letters)
    weights = WEIGHTS[: len(letters)]
    total = sum((weight * each.points_of_full for weight, each in zip(weights, letters, strict=True)), Fraction(0))
    return Fit(role, total / sum(weights), letters)


def changes(before: Reading, after: Reading) -> list[Change]:
    """Both results type by type, in the order of the types' own letters."""
    return [Change(letter, before.of(letter), after.of(letter)) for letter in (str(each) for each in Holland.values)]


def carried(answers: Mapping[str, int], old: Iterable[Statement], new: Iterable[Statement]) -> dict[str, int]:
    """The answers that still stand when the statements have changed: those to statements whose words are the same."""
    same = set(old) & set(new)
    return {each.key: answers[each.key] for each in same if answers.get(each.key)}
