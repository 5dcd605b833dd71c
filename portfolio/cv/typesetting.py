"""A CV typeset by typst as a tagged PDF: data go in as JSON and are never code."""

import json
import logging
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext, ngettext

from careers.scales import Stage

from ..scales import Section
from .document import CV
from .glyphs import plain

HERE = Path(__file__).parent
# By its path, never as bytes: typst gives every source in memory a number of its own, has 65,535 of them, and stops the
# process after the last. The folder is all that it can read.
TEMPLATE = HERE / "typst" / "cv.typ"
PAPERS = {"a4": "a4", "letter": "us-letter"}
log = logging.getLogger(__name__)


@cache
def fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[HERE / "fonts"])


def pdf(cv: CV, paper: str = "a4") -> bytes:
    """The CV on this paper, as PDF/UA-1; without that claim, if typst finds that it does not hold."""
    known, lost = set_in_type(values(cv))
    said, _ = set_in_type({**words(cv), "lost": note(cv, lost)})
    known |= {"words": said, "paper": PAPERS.get(paper, "a4")}
    try:
        return compiled(known, pdf_standards=["ua-1"])
    except typst.TypstError as error:
        log.warning(gettext("A CV went out without PDF/UA-1: %s"), getattr(error, "message", "")[:200])
        return compiled(known)


def compiled(known: dict[str, Any], **options: Any) -> bytes:
    inputs = {"cv": json.dumps(known)}
    return typst.compile(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts(), sys_inputs=inputs, **options)


def lost_in(cv: CV) -> int:
    """How many characters of the CV its typefaces cannot show."""
    return set_in_type(values(cv))[1]


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


def set_in_type(value: Any, name: str = "") -> tuple[Any, int]:
    """The value with every text in it as the typefaces can show it, and how many characters they cannot."""
    if isinstance(value, str):
        return (value, 0) if name in ("url", "address") else plain(value)
    if isinstance(value, dict):
        found = {key: set_in_type(each, key) for key, each in value.items()}
        return {key: each for key, (each, _) in found.items()}, sum(lost for _, lost in found.values())
    if isinstance(value, (list, tuple)):
        rows = [set_in_type(each) for each in value]
        return [each for each, _ in rows], sum(lost for _, lost in rows)
    return value, 0


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
        "page": gettext("Page"),
        "of": gettext("of"),
        "empty": gettext("Nothing stands here yet.") if cv.is_empty else "",
    }


def cut(shown: int, count: int) -> str:
    return gettext("The latest {shown} of {count}.").format(shown=shown, count=count) if count > shown else ""


def note(cv: CV, lost: int) -> str:
    """What stands at the end of a document that does not show every character."""
    if not lost:
        return ""
    said = ngettext(
        "{lost} character of this document is not in its typefaces and shows as □ or without its accent.",
        "{lost} characters of this document are not in its typefaces and show as □ or without their accents.",
        lost,
    ).format(lost=lost)
    where = (
        gettext("The portfolio page at {address} has them as they are.").format(address=cv.address)
        if cv.address
        else gettext("The portfolio page has them as they are.")
    )
    return f"{said} {where}"
