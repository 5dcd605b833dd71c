"""Figures of a group of students that name nobody: counts, the small ones hidden so that none can be worked out. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.wording import figures

FEWEST = 5
# Below this, the quartiles of a group would be the figures of one or two students.
FEWEST_FOR_QUARTILES = 10
KEPT_BACK = _("not shown")
BANDS = (
    _("Nothing yet"),
    _("Up to a quarter"),
    _("Up to half"),
    _("Up to three quarters"),
    _("More than three quarters"),
    _("Everything"),
)
TERMS = ((1, 4), (5, 8), (9, 12))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: how many students, and how much of something they have together (None: nothing is counted)."""

    label: str | Promise
    students: int
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as it may be read: its figures in words, or why they are not given."""

    label: str | Promise
    students: str | Promise
    amount: str | Promise


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it may be read; `amounts` is what the third column counts, or nothing."""

    title: str
    lines: tuple[Shown, ...]
    amounts: str = ""
    note: str = ""


def table(title: str, lines: Sequence[Line], whole: int, total: Line | None = None, amounts: str = "", note: str = "") -> Table:
    """The lines, and their total if they are parts of it, with every count hidden that would tell of a few.

    `whole` is the number of students that all lines are about: where nearly all have something, the few who have not
    would be told by difference.
    """
    kept, is_total_kept = kept_back([line.students for line in lines], whole, total is not None)
    shown = [as_shown(line, place in kept) for place, line in enumerate(lines)]
    if total is not None:
        amount: str | Promise | None = None if total.amount is None else KEPT_BACK if kept else figures(total.amount)
        shown.append(Shown(total.label, KEPT_BACK if is_total_kept else figures(total.students), amount or ""))
    return Table(title, tuple(shown), amounts, note)


def as_shown(line: Line, is_kept: bool) -> Shown:
    if not is_kept:
        return Shown(line.label, figures(line.students), "" if line.amount is None else figures(line.amount))
    return Shown(line.label, few() if is_small(line.students) else KEPT_BACK, "" if line.amount is None else KEPT_BACK)


def few() -> str:
    return gettext("fewer than {number}").format(number=FEWEST)


def is_small(count: int) -> bool:
    """Whether a count of people is too small to be told; none at all is not."""
    return 0 < count < FEWEST


def is_too_small(group: int, whole: int) -> bool:
    """Whether a group is too small for figures, or leaves so few of the whole outside that theirs would follow."""
    return group < FEWEST or is_small(whole - group)


def kept_back(counts: Sequence[int], whole: int, has_total: bool) -> tuple[frozenset[int], bool]:
    """The places of the counts to hide, and whether their total goes with them.

    A count is hidden if it is of a few, or leaves a few of the whole. If the lines add up to a total, a hidden count can
    be worked out where the others leave it one value only: then the smallest of the others is hidden too, until they
    leave more, and at last the total.
    """
    hidden = {place for place, count in enumerate(counts) if is_small(count) or is_small(whole - count)}
    if not has_total or not hidden:
        return frozenset(hidden), False
    others = sorted((count, place) for place, count in enumerate(counts) if count and place not in hidden)
    while not is_safe([counts[place] for place in hidden]) and others:
        hidden.add(others.pop(0)[1])
    return frozenset(hidden), not is_safe([counts[place] for place in hidden])


def is_safe(hidden: Sequence[int]) -> bool:
    """Whether the sum of the hidden counts leaves each small one two values at least, and no hidden one stands alone."""
    small, large = sum(map(is_small, hidden)), sum(not is_small(count) for count in hidden)
    left = sum(hidden)
    low, high = small - 1 + FEWEST * large, (FEWEST - 1) * (small - 1)
    possible = [value for value in range(1, FEWEST) if left - value >= low and (large or left - value <= high)]
    return len(hidden) > 1 and (not small or len(possible) > 1)


def band(counted: int, asked: int) -> Promise:
    """Where somebody stands with so many pieces of those that their role asks for."""
    share = Fraction(counted, asked)
    if not counted:
        return BANDS[0]
    return BANDS[-1] if share == 1 else BANDS[1 + min(3, -(-share * 4 // 1) - 1)]


def bands(pairs: Iterable[tuple[int, int]]) -> list[Line]:
    """How many students stand where, from nothing to everything; those whose role asks nothing stand nowhere."""
    found = [band(counted, asked) for counted, asked in pairs if asked]
    return [Line(name, found.count(name)) for name in BANDS]


def quartiles(values: Sequence[int]) -> tuple[int, int, int] | None:
    """The lower quartile, the median and the upper quartile, each a value that occurs; None for a group too small."""
    if len(values) < FEWEST_FOR_QUARTILES:
        return None
    ranked = sorted(values)
    lower, middle, upper = (ranked[(len(ranked) - 1) * part // 4] for part in (1, 2, 3))
    return lower, middle, upper


def counted(asked: Iterable[tuple[int, int, int]], held: Mapping[tuple[int, int], int]) -> tuple[int, int]:
    """The pieces that count of those that a role asks for, and how many it asks for.

    `asked` are skill, level and importance of each requirement, `held` the pieces by skill and level.
    """
    need = list(asked)
    found = sum(min(importance, sum(held.get((skill, each), 0) for each in range(level, 5))) for skill, level, importance in need)
    return found, sum(importance for _, _, importance in need)


def term_of(day: date) -> tuple[date, date]:
    """The first and the last day of the term: January to April, May to August, or September to December."""
    first, last = next(term for term in TERMS if term[0] <= day.month <= term[1])
    return date(day.year, first, 1), date(day.year, last, 31 if last in (8, 12) else 30)


def year_of(day: date) -> tuple[date, date]:
    """The first and the last day of the school year, which begins in September."""
    began = day.year if day.month > 8 else day.year - 1
    return date(began, 9, 1), date(began + 1, 8, 31)
