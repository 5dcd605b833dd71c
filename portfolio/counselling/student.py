"""One student as their counsellor sees them: what is missing for a role, and what came of what was recommended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, QuerySet, Value, When

from careers.models import Skill
from careers.skill_words import by_name
from home.languages import here
from home.models import User
from home.wording import in_sentence

from .. import gaps, planning, reading
from ..coverage import Row as SkillRow
from ..coverage import rows as skill_rows
from ..gaps import Held
from ..models import Connection, Entry, Evidence, PlanStep, Profile
from ..querysets import is_fit_to_show
from ..reading import Need, Target
from ..scales import StepState
from . import caseload
from .audiences import audience_of
from .progress import Progress

MOST_STEPS = 50


@dataclass(frozen=True, slots=True)
class Missing:
    """The gap to the role in view, its skills apart; `needs` are those not covered, biggest gap first.

    `held` is what the student can show, or None if there is no role to set it against.
    """

    targets: list[Target]
    target: Target | None
    gap: gaps.Gap
    open: list[SkillRow]
    covered: list[SkillRow]
    needs: list[Need]
    held: tuple[Held, ...] | None

    @property
    def covered_words(self) -> str:
        """The covered skills in a sentence: "Scheduling, research and call sheets."."""
        first, *rest = [row.title for row in self.covered] or [""]
        return f"{', '.join([first, *map(in_sentence, rest)])}."


def row_of(connection: Connection, today: date) -> caseload.Row:
    """The student as the caseload lists them, without what costs more: two statements."""
    return caseload.rows(Connection.objects.filter(pk=connection.pk), today)[0]


def missing(connection: Connection, slug: str = "") -> Missing | None:
    """What is missing for the target role with the slug, or else the first: three statements; None if it is not shared."""
    if not connection.shares_gap:
        return None
    targets = reading.targets(connection.student_id)
    target = planning.in_view(targets, slug)
    needs = reading.needs(target.career) if target and target.slug and target.career else []
    held = tuple(reading.held(connection.student_id)) if needs else None
    gap = gaps.gap([need.asked for need in needs], held or ())
    rows = skill_rows(gap, {need.asked.skill: (need.title, here(f"/skills/{need.slug}/")) for need in needs})
    by_skill = {need.asked.skill: need for need in needs}
    return Missing(
        targets,
        target,
        gap,
        [row for row in rows if not row.gap.is_covered],
        [row for row in rows if row.gap.is_covered],
        [by_skill[each.skill] for each in gap.missing],
        held,
    )


@dataclass(frozen=True, slots=True)
class StepRow:
    """A recommended step with where it stands."""

    step: PlanStep
    progress: Progress
    is_overdue: bool

    @property
    def can_go_back(self) -> bool:
        """Whether it can be taken back still: nobody has answered it."""
        return bool(self.step.state == StepState.SENT)

    @property
    def can_be_seen(self) -> bool:
        """Whether its certificate is still to be looked at."""
        return bool(self.step.state == StepState.DONE and not self.step.certificate_seen_at)


def steps(connection: Connection, counsellor: User, today: date) -> list[StepRow]:
    """What this counsellor recommended, latest first: one statement, none if the plan is not shared."""
    if not connection.shares_plan:
        return []
    found = PlanStep.objects.visible_to(counsellor).filter(connection=connection).select_related("skill", "course")
    return [step_row(step, today) for step in found[:MOST_STEPS]]


def step_row(step: PlanStep, today: date) -> StepRow:
    progress = Progress(
        StepState(step.state),
        is_opened=bool(step.opened_at),
        minutes_done=step.minutes_done,
        hours=step.course.hours if step.course and step.course.is_length_checked else None,
        due_on=step.due_on,
        deferred_until=step.deferred_until,
        certificate_seen=bool(step.certificate_seen_at),
    )
    return StepRow(step, progress, progress.is_overdue(today))


def profile_of(connection: Connection) -> Profile | None:
    """The student's own words about themselves, if they share them and they are open to counsellors: one statement at most."""
    if not connection.shares_profile:
        return None
    return Profile.objects.visible_to(audience_of(connection)).select_related("career").first()


def entries(connection: Connection) -> QuerySet[Entry]:
    """What the student lets this counsellor see, plans too; `is_open` says whether it has a page behind the door."""
    found = Entry.objects.visible_to(audience_of(connection)).filter(owner=connection.student_id)
    is_open = Case(When(is_fit_to_show(), then=Value(True)), default=Value(False))
    return found.annotate(is_open=is_open).defer("description", "reflection", "search_text")


def skills_in(connection: Connection) -> Iterable[tuple[str, str]]:
    """The slug and name of each skill that the entries show, by name: one statement."""
    pieces = Evidence.objects.visible_to(audience_of(connection)).filter(entry__owner=connection.student_id)
    return by_name(Skill.objects.filter(pk__in=pieces.order_by().values("skill")).values_list("slug", "title"))
