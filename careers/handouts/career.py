"""A career's guide read from its page: the same sections in the same order, but for courses, which change too often for paper."""

from typing import Any

from django.utils.translation import gettext

from home.sites import absolute

from .. import profile
from ..models import CareerPage
from ..neighbours import Neighbour, Neighbours, neighbours
from ..scales import HOLLAND_MEANINGS, Holland
from ..scales import Line as Side
from . import document
from .document import Checklist, Fact, Figure, Handout, Ledger, Line, Moves, Pay, Place, Row, Rows, Section, Strip, section
from .parts import citations, colophon, flag, prose, published_on, reviewed, streamed, titled


def handout(page: CareerPage) -> Handout:
    """The guide as the published page tells it; the page must have its rows."""
    shown = page.parts()["profile"]
    return Handout(
        title=page.title,
        kind=gettext("A career in film and television"),
        lead=page.lead,
        address=absolute(page.get_absolute_url()),
        published=published_on(page),
        stages=tuple(strip["number"] for strip in shown.strips),
        facts=tuple(Fact(each.name, each.value or gettext("No checked figure yet"), each.note) for each in shown.facts),
        notes=tuple(filter(None, [also_called(shown), reviewed(page)])),
        sections=tuple(filter(None, sections(page, shown))),
        colophon=colophon(page),
    )


def also_called(shown: profile.Profile) -> str:
    if not shown.titles:
        return ""
    names = ", ".join(f"{row.title} ({row.note})" if row.note else row.title for row in shown.titles)
    return gettext("Also called {names}.").format(names=names)


def sections(page: CareerPage, shown: profile.Profile) -> list[Section | None]:
    return [
        about(page),
        work(page, shown),
        days(page),
        section(gettext("Pay by country"), pay_note(), pay(shown)),
        skills(shown),
        ways_in(page, shown),
        study(page, shown),
        path(page, shown),
        employers(page, shown),
        section(gettext("The hard parts"), prose(page.challenges, page.get_absolute_url())),
        current(page),
        *streamed(page.learn_more, page.get_absolute_url()),
        fit(page, shown),
        similar(page, shown),
        last_word(page),
        section(gettext("Sources"), citations(shown.sources)),
    ]


def about(page: CareerPage) -> Section | None:
    here = page.get_absolute_url()
    lead = Line(page.answer, "lead") if page.answer else None
    return section(gettext("What it is"), lead, prose(page.introduction, here)) or (
        Section(gettext("What it is"), (lead,)) if lead else None
    )


def work(page: CareerPage, shown: profile.Profile) -> Section | None:
    here = page.get_absolute_url()
    strips = tuple(Strip(str(each["number"]), each["number"], each["name"], each["summary"]) for each in shown.strips)
    return section(
        gettext("What you would do"),
        prose(page.responsibilities, here),
        document.Board(strips) if strips else None,
        *titled(gettext("Task by task"), tasks(shown)),
        *titled(gettext("Not checked yet"), unchecked(shown)),
        *titled(gettext("Day to day"), prose(page.daily_duties, here)),
        *titled(line_title(page), prose(page.line_reason, here)),
    )


def tasks(shown: profile.Profile) -> Ledger | None:
    groups = tuple(
        Rows(group["title"], tuple(Row(task["text"], tag=task["medium"]) for task in group["tasks"]), group["number"])
        for group in shown.tasks
    )
    return Ledger(groups) if groups else None


def unchecked(shown: profile.Profile) -> Checklist | None:
    """What has no source, apart from the rest."""
    rows = tuple(Row(task.text) for task in shown.unchecked_tasks)
    said = gettext("People in the trade describe these too. We have found no source for them, so take them as questions to ask.")
    return Checklist(rows, gettext("No source found"), said) if rows else None


def line_title(page: CareerPage) -> str:
    names = {Side.BELOW: gettext("Why below the line"), Side.ABOVE: gettext("Why above the line")}
    return names.get(Side(page.line)) or gettext("Which side of the line")


def days(page: CareerPage) -> Section | None:
    here = page.get_absolute_url()
    return section(
        gettext("Where and when"),
        *titled(gettext("Where"), prose(page.work_environment, here)),
        *titled(gettext("When"), prose(page.schedule, here)),
        prose(page.did_you_know, here, "aside", gettext("Did you know?"), 1),
    )


def pay_note() -> Line:
    return Line(
        gettext(
            "One figure hides a wide spread, and a freelance rate depends on the production, the place and the year. "
            "Use these to compare, then ask people who work where you live."
        )
    )


def pay(shown: profile.Profile) -> Pay:
    return Pay(tuple(Place(place.country, tuple(map(figure, place.figures))) for place in shown.places))


def figure(found: profile.Figure) -> Figure:
    """A figure with whom it covers, its source and its year."""
    row, bar = found.row, found.bar
    second_hand = f", {gettext('quoted second-hand')}" if row.status == "secondary" else ""
    said = (row.measure, row.note, f"{profile.vouched(row)}{second_hand}", found.figure, f"{found.per}{profile.for_whom(row)}")
    return Figure(*said, found.spread, bar.low, bar.typical, bar.high)


def skills(shown: profile.Profile) -> Section | None:
    rows = tuple(
        document.Skill(
            row["name"], absolute(row["url"]), row["note"], row["importance"], row["word"], str(row["level"]), row["pieces"]
        )
        for row in shown.skills
    )
    said = gettext(
        "Three things stand beside each skill: the number of pieces of evidence we suggest you can point to before you apply, "
        "how much the role leans on it, and how you should have used it by then. One piece of work can count for several skills."
    )
    ours = gettext("The order, the numbers and the levels are our own weighing; no survey of employers stands behind them.")
    return section(gettext("Skills"), Line(said), Line(ours), document.Skills(rows) if rows else None)


def ways_in(page: CareerPage, shown: profile.Profile) -> Section | None:
    groups = tuple(Rows(group.title, tuple(Row(row.text, flag=flag(row)) for row in group.rows)) for group in shown.routes)
    return section(
        gettext("Ways in"),
        Ledger(groups) if groups else None,
        *titled(gettext("Getting experience"), prose(page.work_experience, page.get_absolute_url())),
    )


def study(page: CareerPage, shown: profile.Profile) -> Section | None:
    here = page.get_absolute_url()
    return section(
        gettext("Study and certificates"),
        prose(page.study, here),
        *titled(gettext("What counts, and how much"), qualifications(shown)),
        *titled(gettext("At school"), prose(page.school_subjects, here)),
        *titled(gettext("Certificates and checks"), prose(page.certifications, here)),
    )


def qualifications(shown: profile.Profile) -> Ledger | None:
    """The qualifications under how much they count."""
    groups: dict[str, list[Row]] = {}
    for row in shown.qualifications:
        found = Row(row.qualification.title, row.why, flag=flag(row))
        groups.setdefault(str(row.get_weight_display()), []).append(found)
    return Ledger(tuple(Rows(weight, tuple(rows)) for weight, rows in groups.items())) if groups else None


def path(page: CareerPage, shown: profile.Profile) -> Section | None:
    here = page.get_absolute_url()
    return section(
        gettext("Career path"),
        prose(page.career_path, here),
        moves(shown.pathway) if shown.pathway else None,
        *titled(gettext("Prospects"), prose(page.prospects, here)),
        *titled(gettext("What comes next"), prose(page.what_comes_next, here)),
    )


def moves(pathway: profile.Pathway) -> Moves:
    def stops(found: list[profile.Stop]) -> tuple[Row, ...]:
        return tuple(Row(stop.title, stop.note, url=absolute(stop.url) if stop.url else "") for stop in found)

    said = gettext("Our reading of common moves, not a rule: people skip steps, go sideways and come back.")
    return Moves(stops(pathway.before), pathway.here, stops(pathway.after), said)


def employers(page: CareerPage, shown: profile.Profile) -> Section | None:
    here = page.get_absolute_url()
    bodies = tuple(Rows(row.body.title, (Row(row.why, flag=flag(row)),)) for row in shown.bodies)
    known = [prose(page.organisations_intro, here), Ledger(bodies) if bodies else None]
    return section(gettext("Who hires"), prose(page.employers, here), *titled(gettext("Organisations to know"), *known))


def current(page: CareerPage) -> Section | None:
    here = page.get_absolute_url()
    return section(
        gettext("Staying current"),
        prose(page.professional_development, here),
        *titled(gettext("Tools and software"), prose(page.tools, here)),
    )


def fit(page: CareerPage, shown: profile.Profile) -> Section | None:
    here = page.get_absolute_url()
    return section(
        gettext("Is it you?"),
        prose(page.interests_text, here),
        *interests(page, shown),
        *(titled(gettext("What the work adds up to"), goals_note(), goals(shown)) if shown.goals else []),
    )


def interests(page: CareerPage, shown: profile.Profile) -> list[Any]:
    if not page.holland_code:
        return []
    kinds = tuple(Holland(letter) for letter in page.holland_code)
    rows = tuple(Rows(f"{kind.value}  {kind.label}", (Row(str(HOLLAND_MEANINGS[kind])),)) for kind in kinds)
    if page.holland_status != "confirmed":
        said = gettext("Our suggestion, not measured, the strongest first.")
    elif page.holland_source:
        said = gettext("The letters come from {source}, the strongest first.").format(
            source=f"{page.holland_source.publisher}, {page.holland_source.dated}"
        )
    else:
        said = gettext("The strongest first.")
    return [Ledger(rows), Line(said, "small")]


def goals_note() -> Line:
    return Line(
        gettext(
            "The United Nations have set seventeen goals for the world, the Sustainable Development Goals. "
            "This job touches some of them."
        )
    )


def goals(shown: profile.Profile) -> Ledger | None:
    def standing(row: Any) -> str:
        return gettext("Our reading") if row.status == "editorial" else flag(row)

    rows = tuple(Rows(f"{row.number} {row.get_number_display()}", (Row(row.why, flag=standing(row)),)) for row in shown.goals)
    return Ledger(rows) if rows else None


def similar(page: CareerPage, shown: profile.Profile) -> Section | None:
    near = neighbours(page, shown.skills, shown.similar)
    chosen = tuple(
        Rows(each.step.to.title, (Row(each.step.to.summary, each.step.note), *likeness(each.neighbour))) for each in near.chosen
    )
    others = tuple(Rows(each.title, likeness(each)) for each in near.near)
    return section(
        gettext("Similar careers"),
        *titled(gettext("Our editors’ choice"), Ledger(chosen) if chosen else None),
        *titled(near.heading, Ledger(others) if others else None, *lines(near)),
    )


def lines(near: Neighbours) -> list[Line]:
    return [Line(text, look) for text, look in ((near.said, ""), (near.formula, "small")) if text]


def likeness(near: Neighbour | None) -> tuple[Row, ...]:
    """What the other role shares, and what is new there; nothing of a role whose skills are not listed."""
    return (Row(near.overlap), *(Row(f"{kind} {names}") for kind, names in near.skills)) if near else ()


def last_word(page: CareerPage) -> Section | None:
    here = page.get_absolute_url()
    return section(gettext("The last word"), prose(page.conclusion, here), prose(page.advice, here, "quote", stage=5))
