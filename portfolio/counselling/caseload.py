"""A counsellor's students at a glance: a light row for each of them, and what stands beside it for those on a page."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from home.models import User
from home.wording import number_word

from .. import gaps, reading
from ..models import AccessEvent, Connection, Entry, PlanAction, PlanStep
from ..reading import Need, Target
from ..scales import ActionState, Look, PlanState, Scope, Side, StepState
from . import attention
from .attention import Signs, Status

# What can be late: a step that was put off waits for its own day, and what was declined waits for nobody.
PENDING = (StepState.SENT, StepState.ACCEPTED, StepState.UNDER_WAY)
LIGHT = ("pk", "student", "student_name", "counsellor_name", "cohort", "cohort__name")
SHARES = tuple(f"shares_{scope}" for scope in Scope)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many recommended steps stand where."""

    unopened: int = 0
    open: int = 0
    overdue: int = 0
    done: int = 0

    @property
    def words(self) -> str:
        """Such as "1 not opened, 2 open, 1 overdue"; "None" if nothing was recommended or all was declined."""
        told = [
            (self.unopened, gettext("not opened")),
            (self.open, gettext("open")),
            (self.overdue, gettext("overdue")),
            (self.done, gettext("done")),
        ]
        return ", ".join(f"{number} {word}" for number, word in told if number) or gettext("None")


@dataclass(frozen=True, slots=True)
class Row:
    """A student as the caseload lists them. What is not shared is None, whatever there is."""

    connection: int
    student: int
    name: str
    counsellor: str
    cohort: int | None
    cohort_name: str
    shared: frozenset[Scope]
    signs: Signs
    today: date
    target: Target | None = None
    gap: gaps.Gap | None = None
    biggest: str = ""
    steps: Counts | None = None

    @property
    def status(self) -> Status:
        return attention.status(self.signs, self.today)

    @property
    def shares_gap(self) -> bool:
        return Scope.GAP in self.shared

    @property
    def shares_plan(self) -> bool:
        return Scope.PLAN in self.shared

    @property
    def last_words(self) -> str:
        return attention.ago(self.signs.last_logged, self.today)

    @property
    def rank(self) -> tuple[int, int]:
        return attention.rank(self.signs, self.today)


def rows(connections: QuerySet[Connection], today: date) -> list[Row]:
    """The students of open connections, by name: two statements, however many they are and whatever they logged."""
    found = list(lights(connections, today))
    targets = targets_of([told.student for told in found if told.shares_gap])
    return [light(told, targets.get(told.student, []), today) for told in found]


def lights(connections: QuerySet[Connection], today: date) -> QuerySet[Connection, Any]:
    """What a row is made of: the latest change of an entry is found by an index, not by counting."""
    latest = Entry.objects.of(OuterRef("student")).order_by("-updated_at", "-pk").values("updated_at")[:1]
    step = PlanStep.objects.filter(late(today), connection=OuterRef("pk"), student=OuterRef("student"))
    action = PlanAction.objects.filter(goal__plan__connection=OuterRef("pk"), goal__plan__state=PlanState.LIVE)
    open_action = action.filter(whose=Side.STUDENT, due_on__lt=today, state__in=[ActionState.OPEN, ActionState.DOING])
    annotated = connections.annotate(latest=Subquery(latest), is_late=Exists(step) | Exists(open_action))
    return annotated.order_by("student_name", "pk").values_list(*LIGHT, *SHARES, "latest", "is_late", named=True)


def late(today: date) -> Q:
    return Q(due_on__lt=today, state__in=PENDING)


def light(told: Any, targets: Sequence[Target], today: date) -> Row:
    """The student with the first role that can still be read, or else the first; nothing of it if the gap is not shared."""
    shared = scopes(*(getattr(told, name) for name in SHARES))
    target = next((each for each in targets if each.slug), next(iter(targets), None))
    signs = Signs(
        timezone.localdate(told.latest) if told.latest else None,
        has_role=bool(target) if told.shares_gap else None,
        overdue=int(told.is_late) if told.shares_plan else None,
    )
    name = told.student_name or gettext("A student without a name")
    group = told.cohort__name or ""
    return Row(told.pk, told.student, name, told.counsellor_name, told.cohort, group, shared, signs, today, target)


@cache
def scopes(*given: bool) -> frozenset[Scope]:
    return frozenset(scope for scope, is_given in zip(Scope, given, strict=True) if is_given)


def targets_of(students: Iterable[int]) -> dict[int, list[Target]]:
    """The target roles of each of the students, the first one first: one statement, none for nobody."""
    found: defaultdict[int, list[Target]] = defaultdict(list)
    for owner, target in reading.goals_of(students):
        found[owner].append(target)
    return found


# What only the students on a page cost


def detailed(found: Sequence[Row], counsellor: User) -> list[Row]:
    """The rows with gaps and steps: three statements, whatever the students logged."""
    needs = needs_of({row.target.career for row in found if row.target and row.target.slug})
    skills = {need.asked.skill for each in needs.values() for need in each}
    held = reading.held_of([row.student for row in found if row.target], skills)
    steps = counts_of(found, counsellor)
    return [detail(row, needs, held, steps) for row in found]


def needs_of(careers: Iterable[int | None]) -> dict[int, list[Need]]:
    """What each of the careers asks for: one statement, none for no career."""
    found: defaultdict[int, list[Need]] = defaultdict(list)
    for need in reading.needs_of_all(careers):
        found[need.role].append(need)
    return found


def detail(row: Row, needs: dict[int, list[Need]], held: dict[int, list[gaps.Held]], steps: dict[int, Counts]) -> Row:
    counted = steps.get(row.connection, Counts()) if row.shares_plan else None
    asked = needs.get(row.target.career or 0, []) if row.target and row.target.slug else []
    if not asked:
        return replace(row, steps=counted)
    gap = gaps.gap([need.asked for need in asked], held.get(row.student, []))
    titles = {need.asked.skill: need.title for need in asked}
    biggest = titles[gap.heaviest.skill] if gap.heaviest else ""
    return replace(row, steps=counted, gap=gap, biggest=biggest, signs=replace(row.signs, is_covered=gap.is_complete))


def counts_of(found: Sequence[Row], counsellor: User) -> dict[int, Counts]:
    """How many steps of each connection stand where, by its key; only of those who share their plan."""
    connections = [row.connection for row in found if row.shares_plan]
    if not connections:
        return {}
    today = found[0].today
    told = {
        "unopened": Q(state=StepState.SENT, opened_at=None),
        "open": Q(state__in=PENDING) & ~Q(state=StepState.SENT, opened_at=None) | Q(state=StepState.DEFERRED),
        "overdue": late(today),
        "done": Q(state=StepState.DONE),
    }
    steps = PlanStep.objects.visible_to(counsellor).filter(connection__in=connections).order_by()
    grouped = steps.values("connection").annotate(**{name: Count("pk", filter=where) for name, where in told.items()})
    return {pk: Counts(*numbers) for pk, *numbers in grouped.values_list("connection", *told)}


# The caseload as a whole


@dataclass(frozen=True, slots=True)
class Summary:
    """The heading of a caseload: how many students there are, and how many could do with a nudge."""

    students: int
    nudges: int
    statuses: Counter = field(default_factory=Counter)

    @property
    def sentences(self) -> list[str]:
        """Such as "Fourteen students." and "Three could do with a nudge."."""
        if not self.students:
            return [gettext("No students yet.")]
        number, nudged = (number_word(each).capitalize() for each in (self.students, self.nudges))
        first = ngettext("{number} student.", "{number} students.", self.students).format(number=number)
        if not self.nudges:
            return [first, gettext("Nobody needs a nudge today.")]
        return [first, gettext("{number} could do with a nudge.").format(number=nudged)]


def summary(found: Sequence[Row]) -> Summary:
    statuses = Counter(row.status for row in found)
    nudges = sum(number for status, number in statuses.items() if status.needs_nudge)
    return Summary(len(found), nudges, statuses)


def note_looks(found: Sequence[Row], what: Look, now: datetime, every: timedelta | None = timedelta(days=1)) -> int:
    """Write down for each of the students that they were looked at, and return for how many: once a span of time at most.

    With these, all that a GET at the desk writes (decision 14): at most two statements for all students together.
    """
    seen = known_looks(found, what, now - every) if every else frozenset()
    rows = [row for row in found if row.connection not in seen]
    events = [
        AccessEvent(owner_id=row.student, connection_id=row.connection, what=what, who=row.counsellor, at=now) for row in rows
    ]
    return len(AccessEvent.objects.bulk_create(events)) if events else 0


def known_looks(found: Sequence[Row], what: Look, since: datetime) -> frozenset[int]:
    looks = AccessEvent.objects.filter(owner__in=[row.student for row in found], at__gt=since, what=what)
    return frozenset(looks.filter(connection__in=[row.connection for row in found]).values_list("connection", flat=True))
