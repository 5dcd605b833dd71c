"""Shapes a career page's rows into what its profile shows. Reads prefetched relations; asks the database nothing."""

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext, pgettext

from home.wording import year_words

from . import pay
from .scales import HOLLAND_MEANINGS, Basis, Country, Holland, Importance, Medium, RouteKind, Stage, StepKind, Weight

if TYPE_CHECKING:
    from .models import CareerPage

HEADLINE_COUNTRIES = (Country.UNITED_KINGDOM, Country.UNITED_STATES)
STAGE_SLUGS = {1: "development", 2: "pre-production", 3: "production", 4: "post-production", 5: "distribution"}


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One pay figure with all that a reader needs to judge it."""

    row: Any
    figure: str
    spread: str
    per: str
    bar: pay.Bar

    @property
    def dated(self) -> str:
        return year_words(self.row.year)


@dataclass(frozen=True, slots=True)
class Place:
    """A country's figures; none means no checked figure yet."""

    country: str
    figures: list[Figure]


@dataclass(frozen=True, slots=True)
class Stop:
    """A role on a career path; one without a page has no address."""

    title: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class Pathway:
    """The roles that often come before this one and after it."""

    here: str
    before: list[Stop]
    after: list[Stop]


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    rows: list[Any]


@dataclass(frozen=True, slots=True)
class Section:
    anchor: str
    title: str


@dataclass(slots=True)
class Profile:
    """Everything the body of a career page shows beyond its prose."""

    titles: list[Any]
    facts: list[Fact]
    strips: list[Any]
    tasks: list[dict[str, Any]]
    unchecked_tasks: list[Any]
    routes: list[Group]
    places: list[Place]
    skills: list[Any]
    qualifications: list[Any]
    pathway: Pathway | None
    similar: list[Any]
    bodies: list[Any]
    holland: list[dict[str, Any]]
    holland_names: list[str]
    goals: list[Any]
    sources: list[Any]
    sections: list[Section]


def build(page: "CareerPage") -> Profile:
    tasks = list(page.tasks.all())
    places = places_of(page)
    shown = Profile(
        titles=list(page.alternative_titles.all()),
        facts=facts(page, places),
        strips=strips(page),
        tasks=task_groups([task for task in tasks if task.is_checked]),
        unchecked_tasks=[task for task in tasks if not task.is_checked],
        routes=groups(page.entry_routes.all(), "kind", RouteKind),
        places=places,
        skills=skills(page),
        qualifications=qualifications(page),
        pathway=pathway(page),
        similar=[step for step in steps(page, StepKind.LATERAL) if step.to],
        bodies=[link for link in page.bodies.all() if link.body.live],
        holland=holland(page.holland_code),
        holland_names=[str(Holland(letter).label) for letter in page.holland_code],
        goals=list(page.goals.all()),
        sources=[citation.source for citation in page.citations.all()],
        sections=[],
    )
    shown.sections = sections(page, shown)
    return shown


def facts(page: "CareerPage", places: list[Place]) -> list[Fact]:
    """Six short facts; a missing figure is said to be missing."""
    found = [pay_fact(place) for place in places if place.country in {country.label for country in HEADLINE_COUNTRIES}]
    found.append(Fact(gettext("Where it sits"), page.get_line_display(), page.line_note))
    found.append(Fact(gettext("Before you start"), page.get_experience_display(), gettext("our reading of the ladder")))
    degree = next((row for row in page.qualification_advice.all() if row.qualification.kind == "degree" and row.is_checked), None)
    if degree:
        found.append(Fact(gettext("Degree"), degree.get_weight_display(), gettext("see study")))
    if page.hours:
        found.append(Fact(gettext("Hours"), page.hours, page.hours_note))
    elif page.contract:
        found.append(Fact(gettext("Contract"), page.contract))
    return found


def pay_fact(place: Place) -> Fact:
    short = {str(Country.UNITED_KINGDOM.label): gettext("UK"), str(Country.UNITED_STATES.label): gettext("USA")}
    name = gettext("Pay, {place}").format(place=short.get(place.country, place.country))
    if not place.figures:
        return Fact(name, gettext("No checked figure yet"))
    first = headline(place.figures)
    return Fact(name, first.figure, f"{first.per}{for_whom(first.row)}, {vouched(first.row)}")


def headline(figures: list[Figure]) -> Figure:
    """The figure to name first: one of the role's own, if there is one."""
    return next((figure for figure in figures if not figure.row.covers), figures[0])


def for_whom(row: Any) -> str:
    """The words that say a figure covers more than this role."""
    return f" {pgettext('whom a figure covers', 'for')} {row.covers}" if row.covers else ""


def vouched(row: Any) -> str:
    """Who says so and when: the words that go with every figure."""
    return f"{row.source.publisher}, {year_words(row.year)}"


def places_of(page: "CareerPage") -> list[Place]:
    """The countries with figures, the two that readers ask for first always among them."""
    rows = [row for row in page.pay_ranges.all() if row.is_shown]
    tops = {
        key: pay.top(amount for row in rows if (row.currency, row.basis) == key for amount in (row.low, row.typical, row.high))
        for key in {(row.currency, row.basis) for row in rows}
    }
    countries = list(dict.fromkeys([*HEADLINE_COUNTRIES, *(row.country for row in rows)]))
    return [
        Place(
            str(Country(country).label),
            [figure(row, tops[row.currency, row.basis]) for row in rows if row.country == country],
        )
        for country in countries
    ]


def figure(row: Any, top: Any) -> Figure:
    amounts = (row.low, row.typical, row.high)
    return Figure(
        row,
        pay.figure(*amounts, row.currency),
        pay.spread(*amounts, row.currency),
        str(Basis(row.basis).label),
        pay.bar(*amounts, top),
    )


def strips(page: "CareerPage") -> list[dict[str, Any]]:
    return [
        {"number": row.stage, "name": str(Stage(row.stage).label), "slug": STAGE_SLUGS[row.stage], "summary": row.summary}
        for row in sorted(page.stage_involvements.all(), key=lambda row: row.stage)
    ]


def task_groups(tasks: list[Any]) -> list[dict[str, Any]]:
    """Tasks under their stage, those that span stages first; the medium is named where it is only one."""
    ordered = sorted(tasks, key=lambda task: task.stage or 0)
    return [
        {
            "number": stage,
            "title": str(Stage(stage).label) if stage else gettext("All the way through"),
            "tasks": [tagged(task) for task in found],
        }
        for stage, found in groupby(ordered, key=lambda task: task.stage or 0)
    ]


def tagged(task: Any) -> dict[str, str]:
    return {"text": task.text, "medium": "" if task.medium == Medium.ANY else str(Medium(task.medium).label)}


def groups(rows: Any, key: str, choices: Any) -> list[Group]:
    """Rows under the label of their choice, in the order of the choices."""
    rows = list(rows)
    found = [Group(str(choice.label), [row for row in rows if getattr(row, key) == choice.value]) for choice in choices]
    return [group for group in found if group.rows]


def skills(page: "CareerPage") -> list[dict[str, Any]]:
    """The skills asked for, the most important first; a skill taken offline is not shown."""
    rows = sorted(page.requirements.all(), key=lambda row: (-row.importance, row.sort_order or 0))
    return [
        {
            "key": row.skill_id,
            "asks": row.level,
            "name": row.skill.name,
            "url": row.skill.get_absolute_url(),
            "note": row.why or row.skill.summary,
            "importance": row.importance,
            "word": str(Importance(row.importance).label),
            "level": row.get_level_display(),
            "pieces": ngettext("{number} piece", "{number} pieces", row.importance).format(number=row.importance),
        }
        for row in rows
        if row.skill.live
    ]


def qualifications(page: "CareerPage") -> list[Any]:
    order = {weight: place for place, weight in enumerate(Weight.values)}
    rows = [row for row in page.qualification_advice.all() if row.qualification.live]
    return sorted(rows, key=lambda row: order[row.weight])


def steps(page: "CareerPage", *kinds: str) -> list[Any]:
    return [step for step in page.steps.all() if step.kind in kinds and (not step.to or step.to.live)]


def pathway(page: "CareerPage") -> Pathway | None:
    before = [stop(step) for step in steps(page, StepKind.BEFORE)]
    after = [stop(step) for step in steps(page, StepKind.PROGRESSION, StepKind.SPECIALISATION)]
    return Pathway(page.title, before, after) if before or after else None


def stop(step: Any) -> Stop:
    title = step.to.title if step.to else step.title
    return Stop(title, step.note, step.to.get_absolute_url() if step.to else "")


def holland(code: str) -> list[dict[str, Any]]:
    return [
        {"letter": kind.value, "name": str(kind.label), "meaning": HOLLAND_MEANINGS[kind], "on": kind.value in code}
        for kind in Holland
    ]


def sections(page: "CareerPage", shown: Profile) -> list[Section]:
    """The sections that have something in them, in reading order."""
    wanted = [
        ("about", gettext("What it is"), page.answer or page.introduction),
        ("work", gettext("What you would do"), page.responsibilities or shown.strips or shown.tasks or shown.unchecked_tasks),
        ("days", gettext("Where and when"), page.work_environment or page.schedule),
        ("pay", gettext("Pay by country"), True),
        ("skills", gettext("Skills"), shown.skills),
        ("ways-in", gettext("Ways in"), shown.routes or page.work_experience),
        (
            "study",
            gettext("Study and certificates"),
            page.study or page.school_subjects or page.certifications or shown.qualifications,
        ),
        ("path", gettext("Career path"), page.career_path or shown.pathway or page.prospects or page.what_comes_next),
        ("employers", gettext("Who hires"), page.employers or page.organisations_intro or shown.bodies),
        ("hard", gettext("The hard parts"), page.challenges),
        ("staying-current", gettext("Staying current"), page.professional_development or page.tools),
        *((block.value["anchor"], block.value["title"], True) for block in page.learn_more),
        ("fit", gettext("Is it you?"), shown.holland_names or page.interests_text or shown.goals),
        ("next", gettext("Similar careers"), True),
        ("last-word", gettext("The last word"), page.conclusion or page.advice),
        ("sources", gettext("Sources"), shown.sources),
    ]
    return [Section(anchor, title) for anchor, title, present in wanted if present]
