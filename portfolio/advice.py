"""What to do next: at most three things, each with its reason. Pure.

What has a date comes first, then what is nearly done, then what is missing. Each kind is advised once before any kind is
advised twice, and dates, drafts and entries without evidence repeat only where nothing else is left to say.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from careers.scales import Importance, Level
from home.wording import date_words, in_a_row, in_sentence, number_word

from .gaps import Gap, SkillGap, pieces_word

MOST = 3
DEADLINE_DAYS = 14
CERTIFICATE_DAYS = 60

# How an idea for evidence would have to be done to count at the level.
MANNER = {
    Level.HELPED: "",
    Level.GUIDED: _(", with guidance"),
    Level.ALONE: _(", on your own"),
    Level.LED: _(", with you in the lead"),
}


class ActionKind(StrEnum):
    CHOOSE_ROLE = "choose-role"
    FIRST_ENTRY = "first-entry"
    SEND_SUBMISSION = "send-submission"
    FINISH_DRAFT = "finish-draft"
    ADD_EVIDENCE = "add-evidence"
    RAISE_LEVEL = "raise-level"
    CLOSE_GAP = "close-gap"
    RENEW_CERTIFICATE = "renew-certificate"


ABOUT_SKILLS = {ActionKind.RAISE_LEVEL, ActionKind.CLOSE_GAP}
SELDOM_TWICE = {ActionKind.SEND_SUBMISSION, ActionKind.FINISH_DRAFT, ActionKind.ADD_EVIDENCE}


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do and why; `subject` is the id of an entry or, where `is_about_skill`, of a skill."""

    kind: ActionKind
    title: str
    reason: str
    subject: int | None = None

    @property
    def is_about_skill(self) -> bool:
        return self.kind in ABOUT_SKILLS


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft and the skills whose evidence waits in it."""

    entry: int
    title: str
    skills: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """A submission that is not sent yet: the film, the festival, its deadline and the days left."""

    entry: int
    title: str
    festival: str
    on: date
    days: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate, the day it expires and the days left."""

    entry: int
    title: str
    on: date
    days: int


@dataclass(frozen=True, slots=True)
class Unproven:
    """A completed entry that names no skill."""

    entry: int
    title: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What advice rests on: the gap to the target role, and what waits in the record, in the order to advise it.

    `titles` holds the title of each skill in the gap, `ideas` its first idea for evidence where there is one;
    `unproven_total` counts all completed entries without evidence, for which `unproven` may hold the first few.
    """

    gap: Gap
    has_role: bool
    has_entries: bool
    titles: Mapping[int, str] = field(default_factory=dict)
    ideas: Mapping[int, str] = field(default_factory=dict)
    deadlines: Sequence[Deadline] = ()
    drafts: Sequence[Draft] = ()
    unproven: Sequence[Unproven] = ()
    unproven_total: int = 0
    certificates: Sequence[Certificate] = ()


def next_actions(facts: Facts) -> tuple[Action, ...]:
    """At most three things to do, the most pressing first, no two of them about the same entry or skill."""
    possible = list(once_a_subject(candidates(facts)))
    turns = turns_of(possible)
    chosen = sorted(range(len(possible)), key=lambda place: (turns[place], place))[:MOST]
    return tuple(possible[place] for place in sorted(chosen))


def candidates(facts: Facts) -> Iterator[Action]:
    """Everything that could be advised, the most pressing first."""
    yield from start(facts)
    yield from submissions(facts.deadlines)
    yield from unfinished(facts)
    yield from without_evidence(facts)
    yield from missing_skills(facts)
    yield from renewals(facts.certificates)


def once_a_subject(actions: Iterable[Action]) -> Iterator[Action]:
    """The actions without those about a subject that an earlier one is about."""
    seen = set()
    for action in actions:
        subject = (action.is_about_skill, action.kind if action.subject is None else action.subject)
        if subject not in seen:
            seen.add(subject)
            yield action


def turns_of(actions: Sequence[Action]) -> list[int]:
    """When each is considered: 0 as the first of its kind, 1 as a further one, 2 if its kind should seldom repeat."""
    kinds = [action.kind for action in actions]
    return [0 if kinds.index(kind) == place else 1 + (kind in SELDOM_TWICE) for place, kind in enumerate(kinds)]


def start(facts: Facts) -> Iterator[Action]:
    if not facts.has_role:
        reason = gettext("Your plan then shows what it asks for, and what you can show already.")
        yield Action(ActionKind.CHOOSE_ROLE, gettext("Choose a role to aim for"), reason)
    if not facts.has_entries:
        reason = gettext("A student film, a placement or a course is a good place to begin.")
        yield Action(ActionKind.FIRST_ENTRY, gettext("Log your first entry"), reason)


def submissions(deadlines: Iterable[Deadline]) -> Iterator[Action]:
    soon = (each for each in deadlines if 0 <= each.days <= DEADLINE_DAYS)
    for each in sorted(soon, key=lambda each: each.days):
        title = gettext("Send {title} to {festival}").format(title=quoted(each.title), festival=each.festival)
        yield Action(
            ActionKind.SEND_SUBMISSION, title, gettext("The deadline is {on}.").format(on=day(each.on, each.days)), each.entry
        )


def unfinished(facts: Facts) -> Iterator[Action]:
    """Drafts that hold evidence for missing skills, those with the most such skills first."""
    waiting = [(draft, [each for each in facts.gap.missing if each.skill in draft.skills]) for draft in facts.drafts]
    for draft, skills in sorted(waiting, key=lambda pair: -len(pair[1])):
        if skills:
            what = listed([in_sentence(facts.titles[each.skill]) for each in skills])
            reason = gettext("Evidence for {what} waits in it until it is completed.").format(what=what)
            yield Action(
                ActionKind.FINISH_DRAFT, gettext("Finish {title}").format(title=quoted(draft.title)), reason, draft.entry
            )


def without_evidence(facts: Facts) -> Iterator[Action]:
    reason = gettext("It is completed and names no skill yet. Naming the skills you used lets it count.")
    if facts.unproven_total > 1:
        total = number_word(facts.unproven_total)
        reason = gettext(
            "It is one of {total} completed entries that name no skill yet. Naming the skills you used lets it count."
        ).format(total=total)
    for each in facts.unproven:
        yield Action(
            ActionKind.ADD_EVIDENCE, gettext("Add evidence to {title}").format(title=quoted(each.title)), reason, each.entry
        )


def missing_skills(facts: Facts) -> Iterator[Action]:
    """Skills to take further, where the pieces would do at the level asked; then every missing skill, to find pieces of.

    A skill that is in both is left to the first by `once_a_subject`.
    """
    raisable = [each for each in facts.gap.missing if each.pieces + each.practice >= each.importance]
    yield from (to_raise(each, facts.titles[each.skill]) for each in raisable)
    yield from (to_close(each, facts.titles[each.skill], facts.ideas.get(each.skill, "")) for each in facts.gap.missing)


def to_raise(gap: SkillGap, title: str) -> Action:
    needed = more_pieces(gap.missing) if gap.pieces else pieces(gap.missing)
    reason = gettext(
        "{practice} of practice so far. Your role asks for “{label}”: {needed} at that level would cover it."
    ).format(practice=pieces(gap.practice).capitalize(), label=Level(gap.level).label, needed=needed)
    return Action(ActionKind.RAISE_LEVEL, gettext("Take {title} further").format(title=in_sentence(title)), reason, gap.skill)


def to_close(gap: SkillGap, title: str, idea: str) -> Action:
    weight = Importance(gap.importance).label
    practice = gettext(", with {practice} of practice").format(practice=pieces_word(gap.practice)) if gap.practice else ""
    hint = gettext(" An idea{manner}: “{idea}”.").format(manner=MANNER[Level(gap.level)], idea=idea) if idea else ""
    reason = gettext("{weight} for your role: {counted} of {importance} so far{practice}.{hint}").format(
        weight=weight, counted=gap.counted, importance=pieces_word(gap.importance), practice=practice, hint=hint
    )
    return Action(ActionKind.CLOSE_GAP, gettext("Find {gap}").format(gap=wanted(gap, in_sentence(title))), reason, gap.skill)


def wanted(gap: SkillGap, skill: str) -> str:
    if gap.pieces:
        return gettext("{pieces} of {skill}").format(pieces=more_pieces(gap.missing), skill=skill)
    return (
        gettext("a piece of {skill} that counts").format(skill=skill)
        if gap.practice
        else gettext("a first piece of {skill}").format(skill=skill)
    )


def renewals(certificates: Iterable[Certificate]) -> Iterator[Action]:
    soon = (each for each in certificates if 0 <= each.days <= CERTIFICATE_DAYS)
    for each in sorted(soon, key=lambda each: each.days):
        reason = gettext("The certificate expires {on}.").format(on=day(each.on, each.days))
        yield Action(ActionKind.RENEW_CERTIFICATE, gettext("Renew {title}").format(title=quoted(each.title)), reason, each.entry)


def pieces(number: int) -> str:
    """The number in words and the noun, as inside a sentence: "two pieces"."""
    return ngettext("{number} piece", "{number} pieces", number).format(number=number_word(number))


def more_pieces(number: int) -> str:
    """The number in words and the noun, as inside a sentence: "two more pieces"."""
    return ngettext("{number} more piece", "{number} more pieces", number).format(number=number_word(number))


def quoted(title: str) -> str:
    return gettext("“{title}”").format(title=title)


def listed(names: Sequence[str]) -> str:
    """Up to three names in a row; of more only how many: "five skills"."""
    if len(names) > 3:
        return ngettext("{number} skill", "{number} skills", len(names)).format(number=number_word(len(names)))
    return in_a_row(names)


def day(on: date, days: int) -> str:
    """The day in words with how far it is: "in nine days, on 18 April"."""
    named = date_words(day=on.day, month=on.month)
    if days < 2:
        return (gettext("today, {day}"), gettext("tomorrow, {day}"))[days].format(day=named)
    return ngettext("in {number} day, on {day}", "in {number} days, on {day}", days).format(number=number_word(days), day=named)
