"""What the database is asked for a report: figures of the students who let a counsellor see the part they come from."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext

from careers.models import CareerPage, SkillRequirement
from careers.skill_words import skill_name
from home.wording import figures

from ..models import Connection, Encounter, Entry, Evidence, Goal, Meeting, PlanStep
from ..querysets import opened_to
from ..scales import Attendance, Benchmark, Channel, Kind, StepState, Visibility
from . import reporting
from .reporting import Line, Table, table

# What a recommendation counts as; one that was taken back is none.
ANSWERS = (StepState.SENT, StepState.ACCEPTED, StepState.UNDER_WAY, StepState.DONE, StepState.DEFERRED, StepState.DECLINED)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both in it."""

    first: date
    last: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The moment it begins and the moment it is over."""
        begins = datetime.combine(self.first, time(), tzinfo=UTC)
        return begins, datetime.combine(self.last, time(), tzinfo=UTC) + timedelta(days=1)

    def holds(self, field: str) -> Q:
        """The condition that the moment in the field lies in it."""
        begins, over = self.moments
        return Q(**{f"{field}__gte": begins, f"{field}__lt": over})


@dataclass(frozen=True, slots=True)
class Report:
    """The tables about a group of students; none, if the group is too small to say anything."""

    students: int
    is_too_small: bool
    tables: tuple[Table, ...] = ()


def report(connections: QuerySet[Connection], period: Period, whole: int = 0) -> Report:
    """The figures of the students of these open connections, eight statements however many they are.

    `whole` is the number of students that the group was taken from, so that nobody outside it is told by difference.
    """
    connections = connections.order_by()
    group = list(connections.values_list("student", "shares_gap"))
    number = len({student for student, _ in group})
    if reporting.is_too_small(number, whole or number):
        return Report(number, True)
    sharing = len({student for student, shares in group if shares})
    parts = [
        *coverage(connections, sharing, number),
        *contact(connections, period, number),
        recommended(connections, period, number),
        evidence(connections, period, number),
        benchmarks(connections, period, number),
    ]
    return Report(number, False, tuple(parts))


def coverage(connections, sharing, number) -> list[Table]:
    """Who has a target role, and how far they are, if that can be told of that many."""
    pairs = standings(connections.filter(shares_gap=True).values("student"))
    aims = [Line(gettext("With a target role"), len(pairs)), Line(gettext("With none yet"), sharing - len(pairs))]
    aims.append(Line(gettext("Not shared with you"), number - sharing))
    first = table(gettext("Target roles"), aims, number, Line(gettext("All students"), number))
    if first.lines[0].students != figures(len(pairs)) or len(pairs) < reporting.FEWEST:
        return [first]
    return [first, table(gettext("Coverage of the first target role"), reporting.bands(pairs), len(pairs), note=middle(pairs))]


def middle(pairs) -> str:
    found = reporting.quartiles([counted for counted, _ in pairs])
    if not found:
        return gettext("Quartiles are given from {fewest_for_quartiles} students on.").format(
            fewest_for_quartiles=reporting.FEWEST_FOR_QUARTILES
        )
    asked = reporting.quartiles([asked for _, asked in pairs])[1]
    return gettext(
        "Pieces counted: {found} in the middle ({found2} and {found3} at the quartiles). Asked: {asked} in the middle."
    ).format(found=found[1], found2=found[0], found3=found[2], asked=asked)


def standings(students) -> list[tuple[int, int]]:
    """Pieces counted and pieces asked by the first target role of each student who has one: three statements."""
    aims: dict[int, int] = {}
    goals = Goal.objects.filter(owner__in=students, career__in=CareerPage.objects.readable().order_by().values("pk"))
    for owner, career in goals.order_by("place", "pk").values_list("owner", "career"):
        aims.setdefault(owner, career)
    asked = defaultdict(list)
    needs = SkillRequirement.objects.filter(skill__live=True, page__in=goals.order_by().values("career"))
    for page, *need in needs.values_list("page", "skill", "level", "importance"):
        asked[page].append(tuple(need))
    held: defaultdict[int, Counter[tuple[int, int]]] = defaultdict(Counter)
    pieces = Evidence.objects.counting().filter(entry__owner__in=goals.order_by().values("owner"), entry__deleted_at=None)
    pieces = pieces.filter(skill__in=needs.order_by().values("skill")).order_by()
    for owner, skill, level, count in pieces.values_list("entry__owner", "skill", "level").annotate(Count("pk")):
        held[owner][skill, level] += count
    return [reporting.counted(asked[career], held[owner]) for owner, career in aims.items() if asked[career]]


def contact(connections, period, number) -> tuple[Table, Table]:
    """Who was met, and how: one statement."""
    held = Meeting.objects.filter(period.holds("starts_at"), connection__in=connections.values("pk"))
    held = held.filter(attendance=Attendance.ATTENDED).order_by()
    rows = list(held.values_list("channel", "connection__student").annotate(Count("pk"), Sum("minutes")))
    met = {student for _, student, _, _ in rows}
    minutes = sum(each or 0 for *_, each in rows)
    seen = [Line(gettext("Met"), len(met), minutes), Line(gettext("Not met"), number - len(met), 0)]
    by_channel = [of_channel(rows, channel) for channel in Channel]
    return (
        table(gettext("Students met"), seen, number, Line(gettext("All students"), number, minutes), amounts=gettext("Minutes")),
        table(gettext("Meetings, by how they took place"), by_channel, number, amounts=gettext("Meetings")),
    )


def of_channel(rows, channel) -> Line:
    here = [(student, meetings) for each, student, meetings, _ in rows if each == channel]
    return Line(str(channel.label), len({student for student, _ in here}), sum(meetings for _, meetings in here))


def recommended(connections, period, number) -> Table:
    """What became of what was recommended to students who share their plan: one statement."""
    sent = PlanStep.objects.filter(period.holds("sent_at"), connection__in=connections.filter(shares_plan=True).values("pk"))
    rows = list(sent.order_by().values_list("state", "student").annotate(Count("pk")))
    lines = [of_state(rows, state) for state in ANSWERS]
    note = gettext("Of students who share their plan; one student can stand in several lines.")
    return table(
        gettext("What was recommended, and what became of it"), lines, number, amounts=gettext("Recommendations"), note=note
    )


def of_state(rows, state) -> Line:
    here = [(student, count) for each, student, count in rows if each == state]
    return Line(str(state.label), len({student for student, _ in here}), sum(count for _, count in here))


def evidence(connections, period, number) -> Table:
    """The pieces added by skill, of students who share their gap, or of entries shared with counsellors: one statement."""
    by_gap = Q(entry__owner__in=connections.filter(shares_gap=True).values("student"))
    by_entry = Q(entry__owner__in=connections.filter(shares_entries=True).values("student"))
    by_entry &= opened_to(Visibility.COUNSELLOR, "entry__")
    new = Evidence.objects.counting().filter(by_gap | by_entry, period.holds("entry__created_at"), entry__deleted_at=None)
    people: defaultdict[str, int] = defaultdict(int)
    pieces: Counter[str] = Counter()
    for title, _, count in new.order_by().values_list("skill__title", "entry__owner").annotate(Count("pk")):
        skill = skill_name(title)
        people[skill] += 1
        pieces[skill] += count
    lines = [Line(skill, people[skill], pieces[skill]) for skill in sorted(people, key=lambda each: (-people[each], each))]
    note = gettext("Of students who share their gap or these entries.")
    return table(gettext("Evidence added, by skill"), lines, number, amounts=gettext("Pieces"), note=note)


def benchmarks(connections, period, number) -> Table:
    """The students who had something of each benchmark: three statements."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    events: defaultdict[int, set[int]] = defaultdict(set)
    been = Encounter.connections.through.objects.filter(connection__in=connections.values("pk"))
    been = been.filter(encounter__on__range=(period.first, period.last))
    for benchmark, event, student in been.values_list("encounter__benchmark", "encounter", "connection__student"):
        found[benchmark].add(student)
        events[benchmark].add(event)
    found[Benchmark.WORKPLACES] |= placed(connections, period)
    found[Benchmark.GUIDANCE] |= met(connections, period)
    lines = [Line(f"{each.value}. {each.label}", len(found[each]), len(events[each])) for each in Benchmark]
    note = gettext(
        "With the placements that students share counted for benchmark 6, and the meetings that took place for benchmark 8."
    )
    return table(
        gettext("Encounters and experience, by Gatsby benchmark"), lines, number, amounts=gettext("Events arranged"), note=note
    )


def placed(connections, period) -> set[int]:
    """The students with a placement in the period among the entries that they share with counsellors."""
    sharing = connections.filter(shares_entries=True).values("student")
    shared = Entry.objects.filter(opened_to(Visibility.COUNSELLOR), kind=Kind.INTERNSHIP, deleted_at=None, owner__in=sharing)
    # Dates are as exact as their owner knows them: a year, a month or a day, so that words compare as far as they go.
    first, last = period.first.isoformat(), period.last.isoformat()
    begun = shared.filter(started__lte=last).filter(Q(ended="", started__gte=first[:4]) | Q(ended__gte=first[:4]))
    rows = begun.order_by().values_list("owner", "started", "ended")
    return {owner for owner, started, ended in rows if (ended or started) >= first[: len(ended or started)]}


def met(connections, period) -> set[int]:
    held = Meeting.objects.filter(period.holds("starts_at"), connection__in=connections.values("pk"))
    return set(held.filter(attendance=Attendance.ATTENDED).order_by().values_list("connection__student", flat=True))
