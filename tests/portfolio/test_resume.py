"""JSON Resume, checked against the rules of its schema (1.3.1): sections, types, dates, addresses, never a null."""

import json
import re
from dataclasses import replace

import pytest

from portfolio.cv.document import CV, Award, Credit, Link, Training
from portfolio.cv.resume import known, resume
from tests.portfolio.test_typesetting import EMPTY, FULL, everywhere

TEXT, DATE, URI, LIST = "text", "date", "uri", "list of texts"
SPAN = {"startDate": DATE, "endDate": DATE, "summary": TEXT, "highlights": LIST}
# The properties of each section's items, as the schema has them.
SCHEMA = {
    "work": {"name": TEXT, "position": TEXT, "description": TEXT, **SPAN},
    "volunteer": {"organization": TEXT, "position": TEXT, **SPAN},
    "projects": {
        "name": TEXT,
        "description": TEXT,
        "highlights": LIST,
        "keywords": LIST,
        "startDate": DATE,
        "endDate": DATE,
        "url": URI,
        "roles": LIST,
        "entity": TEXT,
        "type": TEXT,
    },
    "awards": {"title": TEXT, "date": DATE, "awarder": TEXT, "summary": TEXT},
    "certificates": {"name": TEXT, "date": DATE, "url": URI, "issuer": TEXT},
    "skills": {"name": TEXT, "level": TEXT, "keywords": LIST},
    "languages": {"language": TEXT, "fluency": TEXT},
    "references": {"name": TEXT, "reference": TEXT},
}
BASICS = {"name": TEXT, "label": TEXT, "url": URI, "summary": TEXT}
ISO = re.compile(r"([1-2][0-9]{3}-[0-1][0-9]-[0-3][0-9]|[1-2][0-9]{3}-[0-1][0-9]|[1-2][0-9]{3})")


def is_of(kind, value):
    if kind == LIST:
        return isinstance(value, list) and all(isinstance(each, str) and each for each in value)
    if not isinstance(value, str) or not value:
        return False
    return {TEXT: True, DATE: ISO.fullmatch(value), URI: re.fullmatch(r"https?://\S+", value)}[kind]


def faults(found):
    """What the schema holds against a résumé; names that begin with x- are ours."""
    told = [name for name in found if name not in {*SCHEMA, "basics", "meta"} and not name.startswith("x-")]
    told += unfit(
        "basics", {name: each for name, each in found["basics"].items() if name not in ("location", "profiles")}, BASICS
    )
    for section, schema in SCHEMA.items():
        for item in found.get(section, []):
            told += unfit(section, item, schema)
    return told + [f"null in {text}" for text in [json.dumps(found)] if re.search(r"[:\[,] ?null", text)]


def unfit(section, item, schema):
    ours = {name: value for name, value in item.items() if not name.startswith("x-")}
    return [
        f"{section}.{name}: {value!r}" for name, value in ours.items() if name not in schema or not is_of(schema[name], value)
    ]


@pytest.mark.parametrize("cv", [FULL, EMPTY, everywhere("海\u202e\0\"'\\"), CV("", "", "", "", "", "", ())])
def test_a_resume_keeps_the_rules_of_the_schema(cv):
    assert faults(resume(replace(cv, name=cv.name or "Wren"), "https://example.org/resume.json")) == []


def test_the_faults_are_really_found():
    bad = {
        "basics": {"name": None, "url": "x"},
        "hobbies": [],
        "awards": [{"date": "2026-1", "prize": "x"}],
        "skills": [{"keywords": [""]}],
    }

    assert faults(bad) == [
        "hobbies",
        "basics.name: None",
        "basics.url: 'x'",
        "awards.date: '2026-1'",
        "awards.prize: 'x'",
        "skills.keywords: ['']",
        'null in {"basics": {"name": null, "url": "x"}, "hobbies": [], "awards": [{"date": "2026-1", "prize": "x"}], '
        '"skills": [{"keywords": [""]}]}',
    ]


def test_a_full_record_as_json_resume():
    assert resume(FULL, "https://example.org/resume.json") == {
        "basics": {
            "name": "Wren Tallow",
            "label": "Keeps small shoots on time",
            "url": "https://example.org/people/wren/",
            "summary": "First paragraph.\n\nSecond paragraph.",
            "location": {"city": "Leeds"},
            "profiles": [{"network": "Reel", "url": "https://example.org/reel"}],
            "x-availability": "Looking for work",
        },
        "work": [
            {
                "name": "Gannet",
                "position": "Trainee",
                "description": "Internship",
                "startDate": "2025",
                "endDate": "2025",
                "x-title": "Office",
            }
        ],
        "projects": [
            {
                "name": "Low Water",
                "keywords": ["Budgeting"],
                "startDate": "2026",
                "endDate": "2026",
                "roles": ["Runner"],
                "entity": "Brackish",
                "type": "Short film",
                "x-stages": [1, 3],
            }
        ],
        "awards": [{"title": "Winner", "date": "2026-01-02", "awarder": "Orchard", "summary": "Low Water", "x-edition": "2026"}],
        "certificates": [{"name": "First aid", "date": "2024-01-10", "issuer": "Quay"}],
        "skills": [
            {"name": "Budgeting", "level": "On my own", "keywords": ["Low Water"], "x-pieces": 3, "x-verified": 1},
            {"name": "Sound", "level": "Helped", "x-pieces": 1, "x-verified": 0},
        ],
        "languages": [{"language": "English"}],
        "references": [{"name": "Bo, Producer", "reference": "Good.", "x-about": "Low Water"}],
        "meta": {"canonical": "https://example.org/resume.json"},
        "x-role": "Producer",
    }


def test_an_empty_record_has_a_name_and_nothing_else():
    assert resume(EMPTY) == {"basics": {"name": "Wren Tallow"}}


def test_volunteering_stands_apart_and_what_is_under_way_has_no_end():
    credit = Credit("Help", "Hand", "Street", "Volunteering", "since 2026", "2026-03", "", is_placement=True, is_voluntary=True)

    assert resume(replace(EMPTY, credits=(credit,)))["volunteer"] == [
        {"organization": "Street", "position": "Hand", "startDate": "2026-03", "x-title": "Help"}
    ]


def test_training_without_a_certificate_is_not_passed_off_as_certified():
    course = Training("Reading", "Self-study", "", "2026", "2026", "14 hours", "", "", "", "")

    found = resume(replace(EMPTY, training=(course,)))

    assert (found.get("certificates"), found["x-training"]) == (
        None,
        [{"name": "Reading", "date": "2026", "type": "Self-study", "x-hours": "14 hours"}],
    )


def test_an_address_that_is_none_is_left_out():
    cv = replace(EMPTY, links=(Link("Bad", "javascript:alert(1)"),), awards=(Award("Winner", "", "", "", "2014-19-39"),))

    assert resume(cv) == {"basics": {"name": "Wren Tallow"}, "awards": [{"title": "Winner"}]}


@pytest.mark.parametrize(
    ("stored", "is_known"),
    [
        ("2026", True),
        ("2026-02", True),
        ("2024-02-29", True),
        ("2026-02-29", False),
        ("2014-19-39", False),
        ("26", False),
        ("", False),
    ],
)
def test_a_date_is_on_the_calendar_or_left_out(stored, is_known):
    assert known(stored) == (stored if is_known else "")
