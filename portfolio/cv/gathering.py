"""A CV read from the record: everything through the door's viewer, and of every entry only what others may see."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext

from careers.models import CareerPage
from careers.scales import Level, Stage
from careers.skill_words import skill_name
from home.typesetting.rich import is_link

from .. import facts, partial_dates, reading, showcase
from ..finding import EVERYBODY
from ..models import CPDActivity, Endorsement, Entry, Evidence, Profile
from ..notifications import absolute
from ..scales import Kind, Placement, Section, State
from ..templatetags.portfolios import availability
from ..views.doors import Door
from . import document
from .document import CV, Award, Credit, Group, Link, Quote, Skill, Training

# What a document has no place for: clips play, and nobody writes a message on paper.
NOT_ON_PAPER = {Section.CLIPS, Section.CONTACT}
# The facts of a credit that its line has room for; each is public (facts.PUBLIC), whatever the CV's reader may see.
FACTS = {Kind.PROJECT: ["commissioner", "runtime", "credited_as"], Kind.INTERNSHIP: ["department", "site"]}


def cv(door: Door, career: CareerPage | None = None) -> CV:
    """The CV of the door's portfolio for its viewer, set out for a role if there is one: at most ten statements."""
    sections = [section for section in door.profile.shown_sections if section not in NOT_ON_PAPER]
    found = {"sections": tuple(map(str, sections)), "role": career.title if career else ""}
    needs = {need.asked.skill: need.title for need in reading.needs(career.pk)} if career else {}
    for section in sections:
        found |= PARTS[section](door, needs) if section in PARTS else {}
    if Section.SKILLS in sections:
        found["groups"] = groups(door, needs, career)
    return CV(**head(door), **found)


def head(door: Door) -> dict[str, str]:
    """Who somebody is; their account's name stands in only on what they make of it themselves."""
    profile = door.profile
    name = profile.display_name or (door.rehearsal and profile.owner.get_full_name()) or profile.handle
    career = profile.career
    return {
        "name": name or gettext("A portfolio on Greenlight"),
        "headline": profile.headline or (career.title if career and career.live else ""),
        "place": profile.place,
        "availability": availability(profile),
        "languages": profile.languages,
        "address": address(door),
    }


def address(door: Door) -> str:
    """Where the portfolio stands for everybody; nothing if it does not, and never a secret address."""
    if door.link or not door.profile.handle:
        return ""
    is_open = door.is_public or Profile.objects.visible_to(EVERYBODY).filter(pk=door.owner).exists()
    return absolute(door.profile.get_absolute_url()) if is_open else ""


def about(door: Door, needs: dict[int, str]) -> dict[str, object]:
    return {"about": door.profile.about.strip()}


def links(door: Door, needs: dict[int, str]) -> dict[str, object]:
    rows = [row for row in door.profile.links if isinstance(row, dict) and is_link(row.get("url"))]
    return {"links": tuple(Link(str(row.get("label") or "") or row["url"].partition("//")[2], row["url"]) for row in rows[:20])}


def credits(door: Door, needs: dict[int, str]) -> dict[str, object]:
    """The latest credits with the skills they show: three statements."""
    found = showcase.credits(door.owner, door.viewer).defer(None).defer("reflection", "search_text")
    entries = list(found[: document.MOST_CREDITS])
    shows = skills_of(door, entries)
    years = showcase.years(door.owner, door.viewer)
    has_hours = door.profile.shows_hours
    spent = sum(year.minutes for year in years) if has_hours else 0
    return {
        "credits": tuple(credit(entry, shows[entry.pk], needs, has_hours) for entry in entries),
        "credit_count": sum(year.credits for year in years),
        "credit_hours": partial_dates.hours_words(spent) if spent else "",
    }


def skills_of(door: Door, entries: Iterable[Entry]) -> defaultdict[int, list[tuple[int, str]]]:
    """The skills that count, as key and title, of each of the entries by its key."""
    seen = Evidence.objects.visible_to(door.viewer).counting().filter(entry__in=[entry.pk for entry in entries])
    found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for entry, skill, title in seen.order_by("-level", "pk").values_list("entry", "skill", "skill__title"):
        found[entry].append((skill, skill_name(title)))
    return found


def credit(entry: Entry, shows: Sequence[tuple[int, str]], needs: dict[int, str], has_hours: bool) -> Credit:
    details = entry.details
    is_placement = entry.kind == Kind.INTERNSHIP
    named = "placement" if is_placement else "format"
    description = document.cut(entry.description) or ("" if is_placement else details.logline)
    return Credit(
        title=entry.title,
        role=entry.role,
        organisation=entry.organisation,
        kind=str(getattr(details, f"get_{named}_display")()),
        when=entry.when,
        started=entry.started,
        ended=entry.ended or ("" if entry.state == State.UNDER_WAY else entry.started),
        is_placement=is_placement,
        is_voluntary=is_placement and details.placement == Placement.VOLUNTEERING,
        stages=tuple(entry.stages),
        stage_words=", ".join(str(Stage(number).label) for number in entry.stages),
        facts=tuple(filter(None, (words(entry, name) for name in FACTS[Kind(entry.kind)]))),
        text=description,
        highlights=() if is_placement else document.lines(details.achievements),
        hours=entry.hours_words if has_hours else "",
        skills=tuple(title for _, title in shows),
        wanted=tuple(title for key, title in shows if key in needs),
    )


def words(entry: Entry, name: str) -> str:
    """A public fact as a line of a CV has it."""
    _, value = facts.fact(entry.details, name)
    said = {"credited_as": gettext("credited as {name}"), "commissioner": gettext("for {name}")}
    return said[name].format(name=value) if value and name in said else value


def laurels(door: Door, needs: dict[int, str]) -> dict[str, object]:
    found = showcase.laurels(door.owner, door.viewer, document.MOST_LAURELS)
    return {
        "awards": tuple(Award(each.title, each.festival, each.year, each.work, each.announced_on.isoformat()) for each in found)
    }


def groups(door: Door, needs: dict[int, str], career: CareerPage | None) -> tuple[Group, ...]:
    """Skills with the most pieces first; those that the role asks for before them, in the role's order."""
    found = {each.skill: skill(each) for each in showcase.skills(door.owner, door.viewer)}
    if not career:
        return (Group("", tuple(found.values())),) if found else ()
    wanted = tuple(found[key] for key in needs if key in found)
    others = tuple(each for key, each in found.items() if key not in needs)
    asked = gettext("What the role {role} asks for").format(role=career.title)
    return tuple(group for group in (Group(asked, wanted), Group(gettext("Other skills"), others)) if group.skills)


def skill(each: showcase.Shown) -> Skill:
    return Skill(each.title, each.pieces, each.verified, str(Level(each.top).label), each.marks[: document.MOST_MARKS])


def training(door: Door, needs: dict[int, str]) -> dict[str, object]:
    found = showcase.training(door.owner, door.viewer, door.today, document.MOST_TRAINING)
    return {
        "training": tuple(course(each, door.profile.shows_hours) for each in found.entries),
        "training_count": found.total,
    }


def course(each: CPDActivity, has_hours: bool) -> Training:
    """The training without its certificate's number, which is nobody else's."""
    return Training(
        title=each.title,
        activity=each.get_activity_display(),
        organisation=each.organisation,
        when=each.when,
        started=each.started,
        hours=each.hours_words if has_hours else "",
        issuer=each.certificate_issuer,
        issued=day(each.certificate_issued),
        expires=day(each.certificate_expires),
        certificate=certificate(each),
    )


def certificate(each: CPDActivity) -> str:
    """Who issued it, when, and until when it is good, in words."""
    if not (each.certificate_issuer or each.certificate_issued):
        return ""
    issuer = gettext("Certificate from {issuer}").format(issuer=each.certificate_issuer)
    issued = partial_dates.words(day(each.certificate_issued)) if each.certificate_issued else ""
    expires = partial_dates.words(day(each.certificate_expires)) if each.certificate_expires else ""
    until = gettext("good until {date}").format(date=expires) if expires else ""
    return ", ".join(filter(None, [issuer if each.certificate_issuer else gettext("Certificate"), issued, until]))


def day(found) -> str:
    return found.isoformat() if found else ""


def quotes(door: Door, needs: dict[int, str]) -> dict[str, object]:
    return {"quotes": tuple(map(quote, showcase.quotes(door.owner, door.viewer, document.MOST_QUOTES)))}


def quote(each: Endorsement) -> Quote:
    return Quote(each.quote, each.name, each.relation, each.evidence.entry.title)


# What each section brings to the CV.
PARTS = {
    Section.ABOUT: about,
    Section.LAURELS: laurels,
    Section.CREDITS: credits,
    Section.ENDORSEMENTS: quotes,
    Section.TRAINING: training,
    Section.LINKS: links,
}
