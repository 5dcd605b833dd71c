"""What each seed file may hold: one table of fields a kind of row. Pure."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from home.importing import (
    Check,
    Field,
    address,
    amount,
    day,
    markup,
    matching,
    one_of,
    rows_of,
    slug,
    table_of,
    text,
    texts,
    whole,
    yes_or_no,
)

from .. import scales


def listed(choices: Any) -> Check:
    """Choices in one cell, with commas between them."""
    check_one = one_of(choices)

    def check(value: Any) -> str:
        return ", ".join(check_one(name.strip()) for name in str(value).split(","))

    return check


SOURCE = {"source": Field(slug), "status": Field(one_of(scales.Standing), default="editorial")}
SECTION = {
    "type": Field(matching(r"topic|comparison|versus|terms|checklist|shots|board", _("a kind of section")), required=True),
    "title": Field(text(120), required=True),
    "anchor": Field(slug, required=True),
    "text": Field(markup),
    "source": Field(slug),
    "caption": Field(text(120)),
    "highlight": Field(whole(0, 9), default=0),
    "columns": Field(texts(80), default=None),
    "rows": Field(rows_of({"label": Field(text(80), required=True), "cells": Field(texts(200), required=True)}), default=None),
    "left": Field(
        table_of({"title": Field(text(80), required=True), "pros": Field(texts(200)), "cons": Field(texts(200))}), default=None
    ),
    "right": Field(
        table_of({"title": Field(text(80), required=True), "pros": Field(texts(200)), "cons": Field(texts(200))}), default=None
    ),
    "items": Field(
        rows_of(
            {
                "term": Field(text(120)),
                "text": Field(text(600)),
                "note": Field(text(200)),
                "needed": Field(one_of(scales.Need)),
                "no": Field(text(10)),
                "place": Field(text(60)),
                "what": Field(text(160)),
                "who": Field(text(40)),
                "yours": Field(yes_or_no, default=False),
            }
        ),
        default=None,
    ),
    "total": Field(text(60)),
    "total_note": Field(text(60)),
}

SOURCES = {
    "id": Field(slug, required=True),
    "publisher": Field(text(120), required=True),
    "title": Field(text(200), required=True),
    "url": Field(address),
    "year": Field(text(60)),
    "kind": Field(matching("primary|secondary", _("primary or secondary")), required=True),
    "note": Field(text(255)),
    "status": Field(one_of(scales.Standing)),
}
ORGANISATIONS = {
    "slug": Field(slug, required=True),
    "title": Field(text(120), required=True),
    "short": Field(text(40)),
    "country": Field(one_of(scales.Country), required=True),
    "kind": Field(text(60)),
    "for_whom": Field(text(160)),
    "summary": Field(text(400)),
    "url": Field(address),
    **SOURCE,
}
FESTIVALS = {
    "slug": Field(slug, required=True),
    "title": Field(text(120), required=True),
    "place": Field(text(80), required=True),
    "country": Field(one_of(scales.Country), required=True),
    "kinds": Field(text(80)),
    "summary": Field(text(400)),
    "month": Field(whole(1, 12), default=None),
    "when": Field(text(160)),
    "films": Field(text(200)),
    "ages": Field(text(120)),
    "submission_window": Field(text(200)),
    "fee": Field(text(160)),
    "qualifies_for": Field(text(200)),
    "note": Field(text(300)),
    "to_check": Field(listed(scales.FestivalFact)),
    "unchecked": Field(text(200)),
    "url": Field(address),
    **SOURCE,
}
PAY = {
    "role": Field(slug, required=True),
    "country": Field(one_of(scales.Country), required=True),
    "measure": Field(text(160), required=True),
    "covers": Field(text(80)),
    "low": Field(amount, default=None),
    "typical": Field(amount, default=None),
    "high": Field(amount, default=None),
    "currency": Field(matching("[A-Z]{3}", _("a currency of three letters")), required=True),
    "basis": Field(one_of(scales.Basis), required=True),
    "year": Field(text(60)),
    "source": Field(slug),
    "status": Field(one_of(scales.Standing), required=True),
    "note": Field(text(255)),
}
WEIGHTS = {
    "role": Field(slug, required=True),
    "skill": Field(slug, required=True),
    "importance": Field(whole(1, 5), required=True),
}
SKILL = {
    "slug": Field(slug, required=True),
    "title": Field(text(120), required=True),
    "family": Field(one_of(scales.Family), required=True),
    "summary": Field(text(400), required=True),
    "body": Field(markup),
    "evidence": Field(texts(160), default=None),
    "also_called": Field(texts(80), default=None),
}
QUALIFICATION = {
    "slug": Field(slug, required=True),
    "title": Field(text(120), required=True),
    "kind": Field(one_of(scales.QualificationKind), required=True),
    "level": Field(text(60)),
    "place": Field(text(60)),
    "summary": Field(text(400), required=True),
    "body": Field(markup),
    **SOURCE,
}
TERM = {
    "slug": Field(slug, required=True),
    "title": Field(text(120), required=True),
    "kind": Field(one_of(scales.TermKind), required=True),
    "meaning": Field(text(400), required=True),
    "use": Field(text(160)),
    "also_called": Field(texts(80), default=None),
    "framing": Field(matching(r"(-?\d+ -?\d+ \d+ \d+)?", _("four whole numbers"))),
    **SOURCE,
}
STATEMENT = {
    "slug": Field(slug, required=True),
    "type": Field(one_of(scales.Holland), required=True),
    "text": Field(text(120), required=True),
}
REVIEW = {"reviewed_on": Field(day, default=None), "review_due": Field(day, default=None)}
PAGE = {
    "slug": Field(slug, required=True),
    "title": Field(text(120), required=True),
    "lead": Field(text(400)),
    "search_description": Field(text(255)),
}
STAGE = {
    **PAGE,
    **REVIEW,
    "number": Field(whole(1, 5), required=True),
    "full_title": Field(text(120)),
    "tagline": Field(text(80)),
    "still": Field(text(20)),
    "still_alt": Field(text(160)),
}
STAGE_ROWS = {
    "tasks": {"text": Field(text(200), required=True), "yours": Field(yes_or_no, default=False), "note": Field(text(160))},
    "documents": {"title": Field(text(120), required=True), "note": Field(text(160)), "glossary": Field(slug)},
    "people": {"role": Field(slug, required=True), "note": Field(text(160))},
    "skills": {"skill": Field(slug, required=True), "note": Field(text(160))},
    "citations": {"source": Field(slug, required=True)},
    "body": SECTION,
}
CAREER = {
    **PAGE,
    **REVIEW,
    "department": Field(one_of(scales.Department), required=True),
    "line": Field(one_of(scales.Line), required=True),
    "line_note": Field(text(80)),
    "experience": Field(one_of(scales.Experience), required=True),
    "hours": Field(text(60)),
    "hours_note": Field(text(80)),
    "contract": Field(text(60)),
    "summary": Field(text(200), required=True),
    "answer": Field(text(400)),
}
INTERESTS = {"code": Field(matching("[RIASEC]{0,3}", _("up to three of R I A S E C"))), **SOURCE}
CODES = {
    "onet": Field(matching(r"(\d\d-\d{4}\.\d\d)?", _("an O*NET-SOC code"))),
    "onet_title": Field(text(120)),
    "soc": Field(text(12)),
    "fit": Field(text(20)),
    "status": Field(one_of(scales.Standing), default="unverified"),
}
CAREER_ROWS = {
    "titles": {"title": Field(text(120), required=True), "note": Field(text(160))},
    "stages": {"stage": Field(whole(1, 5), required=True), "summary": Field(text(120), required=True)},
    "tasks": {
        "text": Field(text(400), required=True),
        "stage": Field(whole(0, 5), default=0),
        "medium": Field(one_of(scales.Medium), default="any"),
        **SOURCE,
    },
    "routes": {"kind": Field(one_of(scales.RouteKind), required=True), "text": Field(text(400), required=True), **SOURCE},
    "steps": {
        "kind": Field(one_of(scales.StepKind), required=True),
        "to": Field(slug),
        "title": Field(text(120)),
        "note": Field(text(160)),
        **SOURCE,
    },
    "qualifications": {
        "qualification": Field(slug, required=True),
        "weight": Field(one_of(scales.Weight), required=True),
        "why": Field(text(300)),
        **SOURCE,
    },
    "organisations": {"organisation": Field(slug, required=True), "why": Field(text(255)), **SOURCE},
    "sdgs": {"number": Field(whole(1, 17), required=True), "why": Field(text(255)), **SOURCE},
    "citations": {"source": Field(slug, required=True)},
    "learn_more": SECTION,
}
PROSE = (
    "introduction responsibilities daily_duties line_reason work_environment schedule employers organisations_intro "
    "challenges work_experience study school_subjects certifications career_path what_comes_next prospects "
    "professional_development tools interests_text conclusion advice did_you_know"
).split()
