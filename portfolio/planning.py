"""Puts a member's plan together out of what the database says: one gap, what to do next and what lies ahead."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from home.models import User
from home.wording import figures

from . import clocks, partial_dates, reading, training, waiting
from .advice import Action, ActionKind, Deadline, Facts, next_actions
from .counselling import suggestions
from .coverage import Row, rows
from .gaps import Gap, finding, gap
from .models import PlanStep
from .reading import Need, Target

TYPES = 4
ADVICE = {
    ActionKind.CHOOSE_ROLE: ("careers:careers", _("Explore careers")),
    ActionKind.FIRST_ENTRY: ("portfolio:choose_kind", _("Log an entry")),
    ActionKind.SEND_SUBMISSION: ("portfolio:entry", _("Open entry")),
    ActionKind.FINISH_DRAFT: ("portfolio:edit", _("Finish entry")),
    ActionKind.ADD_EVIDENCE: ("portfolio:edit", _("Edit entry")),
    ActionKind.RAISE_LEVEL: ("portfolio:choose_kind", _("Log an entry")),
    ActionKind.CLOSE_GAP: ("portfolio:choose_kind", _("Log an entry")),
    ActionKind.RENEW_CERTIFICATE: ("portfolio:entry", _("Open entry")),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do next, with its button."""

    title: str
    reason: str
    url: str
    button: str


@dataclass(frozen=True, slots=True)
class Year:
    """What was completed in a year."""

    name: str
    entries: int
    minutes: int

    @property
    def words(self) -> str:
        """Such as "3 entries, 206 hours"."""
        entries = ngettext("{number} entry", "{number} entries", self.entries).format(number=figures(self.entries))
        return ", ".join(filter(None, [entries, partial_dates.hours_words(self.minutes)]))


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything the plan shows; `target` is the role in view, if the member aims at any."""

    targets: list[Target]
    target: Target | None
    gap: Gap
    finding: tuple[str, ...]
    rows: list[Row]
    steps: list[Step]
    strips: list[waiting.Strip]
    year: Year
    deadlines: list[Deadline]
    training: training.Course
    recommended: list[PlanStep]

    @property
    def training_figure(self) -> tuple[str, str]:
        """The hours of training as a large figure and the words after it: "18", "of the 30 hours you set yourself"."""
        first, _, rest = self.training.hours.words.partition(" ")
        return first if first[0].isdecimal() else "0", rest

    @property
    def training_types(self) -> list[tuple[str, str]]:
        return [(name, partial_dates.hours_words(minutes)) for name, minutes in self.training.types[:TYPES]]


def plan(user: User, now: datetime, slug: str = "") -> Plan:
    """The user's plan for the target role with the slug, or else the first: thirteen statements at most."""
    owner, home = user.pk, waiting.home(user.pk)
    today = clocks.today(now, home)
    targets = reading.targets(owner)
    target = in_view(targets, slug)
    needs = reading.needs(target.career) if target and target.slug else []
    found = gap([need.asked for need in needs], reading.held(owner) if needs else [])
    strips, deadlines = waiting.latest(owner), waiting.deadlines(owner, now, home)
    unproven, unproven_total = waiting.unproven(owner) if strips else ([], 0)
    facts = Facts(
        gap=found,
        has_role=bool(target),
        has_entries=bool(strips),
        titles={need.asked.skill: need.title for need in needs},
        ideas={need.asked.skill: need.idea for need in needs},
        deadlines=deadlines,
        drafts=waiting.drafts(owner) if strips else [],
        unproven=unproven,
        unproven_total=unproven_total,
        certificates=waiting.certificates(owner, today) if strips else [],
    )
    return Plan(
        targets=targets,
        target=target,
        gap=found,
        finding=finding(found, facts.titles.__getitem__),
        rows=rows(found, {need.asked.skill: (need.title, reverse("portfolio:skill", args=[need.slug])) for need in needs}),
        steps=steps(facts, needs),
        strips=strips,
        year=Year(str(today.year), *(waiting.year_so_far(owner, today) if strips else (0, 0))),
        deadlines=deadlines,
        training=training.courses(user, today)[0],
        recommended=suggestions.on_the_plan(owner),
    )


def in_view(targets: list[Target], slug: str) -> Target | None:
    """The target with the slug; without it the first that can still be read, or else the first."""
    wanted = [target for target in targets if slug and target.slug == slug]
    readable = [target for target in targets if target.slug]
    return next(iter(wanted + readable + targets), None)


def steps(facts: Facts, needs: list[Need]) -> list[Step]:
    slugs = {need.asked.skill: need.slug for need in needs}
    return [Step(action.title, action.reason, address(action, slugs), ADVICE[action.kind][1]) for action in next_actions(facts)]


def address(action: Action, slugs: dict[int, str]) -> str:
    """Where an action's button leads: its entry, or the form with its skill filled in."""
    route = ADVICE[action.kind][0]
    if action.is_about_skill:
        return f"{reverse(route)}?skill={slugs[action.subject]}"
    return reverse(route, args=[] if action.subject is None else [action.subject])
