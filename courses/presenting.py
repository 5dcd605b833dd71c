"""One course as its page shows it: short facts with their source, the roles it helps, and what search engines are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from careers.models import CareerPage, SkillRequirement
from careers.profile import Fact
from careers.scales import Importance
from careers.skill_words import skill_name
from home.sites import absolute
from home.wording import day_words

from . import jsonld, words
from .cards import cost_words, known_cost, known_hours, takes_words
from .models import Course, CourseOutcome
from .scales import UNKNOWN

MOST_ROLES = 8


@dataclass(frozen=True, slots=True)
class AskedBy:
    """A role, and the skills of the course that it asks for, in words: "Budgeting (essential)"."""

    title: str
    slug: str
    skills: str
    weight: int


def facts(course: Course) -> list[Fact]:
    """Four to eight short facts; what nobody has checked says so."""
    framework = (
        gettext("level {framework_level} in the framework").format(framework_level=course.framework_level)
        if course.framework_level
        else ""
    )
    found = [
        Fact(
            gettext("Costs"),
            cost_words(course),
            noted(course.cost_note, vouched(course, course.is_cost_checked, course.cost_status)),
        ),
        Fact(gettext("Takes"), takes_words(course), vouched(course, course.is_length_checked, course.length_status)),
        Fact(gettext("For"), course.get_level_display(), framework),
        Fact(gettext("How"), course.get_mode_display()),
        Fact(gettext("Starts"), course.starts or (day_words(course.starts_on) if course.starts_on else ""), next_start(course)),
        Fact(gettext("Ages"), words.ages(course.age_from, course.age_to, course.ages_note)),
        Fact(gettext("Language"), course.language),
        Fact(gettext("Awards"), course.awards),
    ]
    return [fact for fact in found if fact.value]


def next_start(course: Course) -> str:
    is_told = course.starts and course.starts_on
    return gettext("next on {day}").format(day=day_words(course.starts_on)) if is_told else ""


def vouched(course: Course, is_checked: bool, status: str) -> str:
    """Who says so, when, and how far it has been checked; nothing for what is not shown."""
    if not is_checked:
        return ""
    source = course.source
    said = [f"{source.publisher}, {source.dated}"] if source else []
    return "; ".join([*said, dict(course._meta.get_field("status").choices)[status].lower()])


def noted(*notes: str) -> str:
    return ". ".join(filter(None, notes))


def host(address: str) -> str:
    """The site that an address leads to: "coursera.org"."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def shown(course: Course) -> dict[str, Any]:
    """What the page of a course, published or draft, shows of the course itself: one statement beside its outcomes."""
    taught = [row for row in course.outcomes.all() if row.skill.live]
    asking = roles(taught)
    return {
        "course": course,
        "facts": facts(course),
        "taught": taught,
        "roles": asking[:MOST_ROLES],
        "more_roles": asking[MOST_ROLES:],
        "host": host(course.url),
        "is_broken": is_address_broken(course),
        "structured": structured(course, taught),
    }


def roles(taught: Sequence[CourseOutcome]) -> list[AskedBy]:
    """Readable roles that ask for the skills, those that lean on them most first: one statement."""
    rows = SkillRequirement.objects.filter(
        page__in=CareerPage.objects.readable().order_by(), skill__in=[row.skill_id for row in taught]
    )
    asked: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for title, slug, skill, importance in rows.values_list("page__title", "page__slug", "skill__title", "importance"):
        asked.setdefault((title, slug), []).append((importance, skill_name(skill)))
    found = [AskedBy(*role, in_words(skills), sum(weight for weight, _ in skills)) for role, skills in asked.items()]
    return sorted(found, key=lambda role: (-role.weight, role.title.casefold()))


def in_words(skills: list[tuple[int, str]]) -> str:
    ordered = sorted(skills, key=lambda row: (-row[0], row[1].casefold()))
    return ", ".join(f"{title} ({str(Importance(importance).label).lower()})" for importance, title in ordered)


def structured(course: Course, taught: Sequence[CourseOutcome]) -> SafeString:
    """The JSON-LD of the course's page, safe in a script element."""
    provider, hours, is_broken = course.provider, known_hours(course), is_address_broken(course)
    return mark_safe(  # noqa: S308 - escaped by script()
        jsonld.script(
            jsonld.course(
                jsonld.About(
                    name=course.title,
                    address=absolute(course.get_absolute_url()),
                    description=course.summary,
                    provider=provider.title,
                    provider_url=provider.url,
                    leads_to="" if is_broken else course.url,
                    level=course.get_level_display(),
                    teaches=[row.skill.name for row in taught],
                    duration=words.duration(hours) if hours else "",
                    language=course.language,
                    mode=course.get_mode_display(),
                    starts=course.starts_on.isoformat() if course.starts_on else "",
                    offer=offer(course),
                )
            )
        )
    )


def offer(course: Course) -> jsonld.Offer | None:
    """The cost, only where it was checked; a sum only where there is exactly one."""
    if known_cost(course) == UNKNOWN:
        return None
    label, low = str(course.get_cost_display()), course.price_low
    if low is None or low != course.price_high:
        return jsonld.Offer(label)
    return jsonld.Offer(label, f"{low:f}", course.currency)


def is_address_broken(course: Course) -> bool:
    """Whether the last looks at the course's address found nothing there."""
    check = getattr(course, "link_check", None)
    return bool(check and check.url == course.url and check.is_broken)
