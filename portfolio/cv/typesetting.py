"""A CV typeset as a tagged PDF."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext, ngettext

from careers.scales import Stage
from home import typesetting

from ..scales import Section
from .document import CV


def pdf(cv: CV, paper: str = "a4") -> bytes:
    """The CV on this paper."""
    known, lost = typesetting.set_in_type(values(cv))
    said, _ = typesetting.set_in_type({**words(cv), "lost": note(cv, lost)})
    return typesetting.pdf("cv.typ", known | {"words": said}, paper)


def lost_in(cv: CV) -> int:
    """How many characters of the CV its typefaces cannot show."""
    return typesetting.set_in_type(values(cv))[1]


def values(cv: CV) -> dict[str, Any]:
    """What the template is given of the CV: what the document shows, each text once."""
    found = asdict(cv) | {"projects": [], "placements": []}
    for credit in found.pop("credits"):
        shown = credit.pop("wanted") or credit.pop("skills")[:6]
        credit["shows"] = ", ".join(shown)
        credit.pop("skills", None)
        found["placements" if credit.pop("is_placement") else "projects"].append(credit)
    for each in found["training"]:
        each.pop("issuer")
    for group, plain_group in zip(found["groups"], cv.groups, strict=True):
        for row, skill in zip(group["skills"], plain_group.skills, strict=True):
            row["count"] = skill.count
    return found


def words(cv: CV) -> dict[str, Any]:
    """The document's own words: headings by their section, and what is said of what was cut off."""
    credits = ngettext("{count} credit", "{count} credits", cv.credit_count).format(count=cv.credit_count)
    if cv.projects and cv.placements:
        credits = gettext("{count} credits and placements").format(count=cv.credit_count)
    return {
        "title": gettext("{name}: CV").format(name=cv.name),
        "headings": {section.value: str(section.label) for section in Section} | {"laurels": gettext("Selections and awards")},
        "placements": gettext("Placements"),
        "languages": gettext("Languages"),
        "stages": [str(stage.label) for stage in Stage],
        "made_for": gettext("Set out for the role {role}").format(role=cv.role) if cv.role else "",
        "shows": gettext("Shows"),
        "total": ", ".join(filter(None, [credits, cv.credit_hours])) if cv.credit_count else "",
        "credits_cut": cut(len(cv.credits), cv.credit_count),
        "training_cut": cut(len(cv.training), cv.training_count),
        "pieces": gettext(
            "A piece is an entry in the record that shows the skill; verified is what somebody who was there confirmed."
        ),
        **typesetting.page_words(),
        "empty": gettext("Nothing stands here yet.") if cv.is_empty else "",
    }


def cut(shown: int, count: int) -> str:
    return gettext("The latest {shown} of {count}.").format(shown=shown, count=count) if count > shown else ""


def note(cv: CV, lost: int) -> str:
    """What stands at the end of a document that does not show every character."""
    said = typesetting.lost_words(lost)
    where = (
        gettext("The portfolio page at {address} has them as they are.").format(address=cv.address)
        if cv.address
        else gettext("The portfolio page has them as they are.")
    )
    return f"{said} {where}" if said else ""
