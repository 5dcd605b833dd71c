"""A CV as JSON Resume, the open format for résumés (jsonresume.org, schema 1.3.1). Pure."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from home.typesetting.rich import is_link

from .document import CV, Award, Credit, Quote, Skill, Training

DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
SEVERAL = re.compile(r"\s*[,;/]\s*")


def resume(cv: CV, canonical: str = "") -> dict[str, Any]:
    """The CV in the schema's sections; what it has no place for stands under names that begin with x-.

    Empty values are left out, since the schema allows no null, and so are dates that are on no calendar. `canonical` is
    where this very document can be had by everybody.
    """
    projects = [project(each) for each in cv.projects]
    work = [placement(each) for each in cv.placements if not each.is_voluntary]
    volunteer = [voluntary(each) for each in cv.placements if each.is_voluntary]
    certified = [certificate(each) for each in cv.training if has_certificate(each)]
    found = {
        "basics": basics(cv),
        "work": work,
        "volunteer": volunteer,
        "projects": projects,
        "awards": [award(each) for each in cv.awards],
        "certificates": certified,
        "skills": [skill(each, cv.credits) for each in cv.skills],
        "languages": [{"language": each} for each in SEVERAL.split(cv.languages) if each],
        "references": [reference(each) for each in cv.quotes],
        "meta": {"canonical": canonical},
        "x-training": [course(each) for each in cv.training if not has_certificate(each)],
        "x-role": cv.role,
    }
    return {name: value for name, value in pruned(found).items() if name == "basics" or value}


def basics(cv: CV) -> dict[str, Any]:
    return {
        "name": cv.name,
        "label": cv.headline,
        "url": cv.address,
        "summary": cv.about,
        "location": {"city": cv.place},
        "profiles": [{"network": each.label, "url": each.url} for each in cv.links if is_link(each.url)],
        "x-availability": cv.availability,
    }


def span(credit: Credit) -> dict[str, str]:
    return {"startDate": known(credit.started), "endDate": known(credit.ended)}


def extras(credit: Credit) -> dict[str, Any]:
    return {"x-stages": list(credit.stages), "x-hours": credit.hours, "x-facts": list(credit.facts)}


def project(credit: Credit) -> dict[str, Any]:
    return {
        "name": credit.title,
        "description": credit.text,
        "highlights": list(credit.highlights),
        "keywords": list(credit.skills),
        **span(credit),
        "roles": [credit.role],
        "entity": credit.organisation,
        "type": credit.kind,
        **extras(credit),
    }


def placement(credit: Credit) -> dict[str, Any]:
    return {
        "name": credit.organisation or credit.title,
        "position": credit.role or credit.title,
        "description": credit.kind,
        **span(credit),
        "summary": credit.text,
        "highlights": list(credit.highlights),
        "x-title": credit.title,
        "x-keywords": list(credit.skills),
        **extras(credit),
    }


def voluntary(credit: Credit) -> dict[str, Any]:
    found = placement(credit)
    return {("organization" if name == "name" else name): value for name, value in found.items() if name != "description"}


def award(each: Award) -> dict[str, str]:
    return {"title": each.title, "date": known(each.date), "awarder": each.festival, "summary": each.work, "x-edition": each.year}


def has_certificate(each: Training) -> bool:
    return bool(each.issuer or each.issued)


def certificate(each: Training) -> dict[str, str]:
    issued = known(each.issued) or known(each.started)
    return {"name": each.title, "date": issued, "issuer": each.issuer or each.organisation, "x-expires": known(each.expires)}


def course(each: Training) -> dict[str, str]:
    return {
        "name": each.title,
        "date": known(each.started),
        "institution": each.organisation,
        "type": each.activity,
        "x-hours": each.hours,
    }


def skill(each: Skill, credits: Iterable[Credit]) -> dict[str, Any]:
    """The skill with the titles of the credits that show it."""
    titles = dict.fromkeys(credit.title for credit in credits if each.title in credit.skills)
    return {
        "name": each.title,
        "level": each.level,
        "keywords": list(titles),
        "x-pieces": each.pieces,
        "x-verified": each.verified,
    }


def reference(each: Quote) -> dict[str, str]:
    return {"name": ", ".join(filter(None, [each.name, each.relation])), "reference": each.text, "x-about": each.work}


def known(stored: str) -> str:
    """The date if it is YYYY, YYYY-MM or YYYY-MM-DD and on the calendar, or nothing."""
    found = DATE.fullmatch(stored)
    if not found:
        return ""
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return ""
    return stored


def pruned(value: Mapping[str, Any]) -> dict[str, Any]:
    """The mapping without empty texts, lists and mappings, however deep; figures stay, nought as well."""
    found = {name: kept(each) for name, each in value.items()}
    return {name: each for name, each in found.items() if each not in ("", [], {})}


def kept(value: Any) -> Any:
    if isinstance(value, Mapping):
        return pruned(value)
    if isinstance(value, list):
        return [each for each in map(kept, value) if each not in ("", [], {})]
    return value
