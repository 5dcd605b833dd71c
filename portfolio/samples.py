"""Fictional members with full records, so that every page can be seen full; their files are in data/people."""

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from careers.models import CareerPage, Skill
from home.models import User

from . import drawing, finding, goals, lifecycle, partial_dates, sharing, submissions
from .forms.cycles import CycleForm
from .forms.editor import Editor
from .models import Attachment, Endorsement, Entry, Evidence, Feature, FestivalSubmission, Goal, Profile, Project, StatusChange
from .scales import Consent, Kind, Visibility

FOLDER = Path(__file__).parent / "data" / "people"
# A day as the files write it, from the day of loading: "-400 days", or less exactly "-5 months" and "-2 years".
AWAY = re.compile(r"([+-]\d+) (day|week|month|year)s?")
ROWS = ("evidence", "links", "kept", "uploads", "collaborators", "weeks")
# What a browser would send beside what is typed.
UNTOUCHED = {"state": "completed", "visibility": "1", "submission_status": "planned", "judging_status": "undecided"}
NOT_TYPED = {"kind", "draft", "endorsements", "features", "steps", *ROWS}
STILL = "home/img/{}-1280.webp"
NOT_SENT = {"draws", "number", "still"}


class Unfit(ValueError):
    """A sample that a form refuses; its text says which, and why."""


def load(today: date) -> list[User]:
    """The sample people who were not there yet, made now with their dates set around today.

    Whoever is there already is left as they are. Raises Unfit, with that person not made, if a form refuses something.
    """
    there = set(User.objects.filter(email__in=[person["email"] for person in people()]).values_list("email", flat=True))
    return [make(dated(person, today)) for person in people() if person["email"] not in there]


def people() -> list[dict[str, Any]]:
    """What the files say, in the order of their names."""
    return [tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("*.toml"))]


def waiting() -> list[User]:
    """The sample people who have no password yet, in the order of the files."""
    emails = [person["email"] for person in people()]
    found = User.objects.filter(email__in=emails, is_active=True)
    return sorted((user for user in found if not user.has_usable_password()), key=lambda user: emails.index(user.email))


# Days


def dated(value: Any, today: date) -> Any:
    """The value with every day in it that is told from today put on the calendar."""
    if isinstance(value, dict):
        return {name: dated(each, today) for name, each in value.items()}
    if isinstance(value, list):
        return [dated(each, today) for each in value]
    found = AWAY.fullmatch(value) if isinstance(value, str) else None
    return on_calendar(int(found[1]), found[2], today) if found else value


def on_calendar(amount: int, unit: str, today: date) -> str:
    """The day so far from today, as exactly as its unit says; a week is known by its Monday."""
    if unit == "day":
        return (today + timedelta(days=amount)).isoformat()
    if unit == "week":
        return (today + timedelta(weeks=amount, days=-today.weekday())).isoformat()
    if unit == "year":
        return str(today.year + amount)
    years, month = divmod(today.year * 12 + today.month - 1 + amount, 12)
    return f"{years}-{month + 1:02}"


# People


@transaction.atomic
def make(person: Mapping[str, Any]) -> User:
    """The person with everything their file says, through the forms that members use."""
    owner = User.objects.create_user(person["email"], **{name: person[name] for name in ("first_name", "last_name", "age_band")})
    EmailAddress.objects.create(user=owner, email=owner.email, primary=True, verified=True)
    if "profile" in person:
        add_profile(owner, person["profile"])
    for title in person.get("gone_roles", []):
        Goal.objects.create(owner=owner, career=None, title=title)
    for slug in reversed(person.get("roles", [])):
        goals.choose_role(owner=owner, career=CareerPage.objects.get(slug=slug))
    for cycle in person.get("cycles", []):
        add_cycle(owner, cycle)
    for entry in person.get("entries", []):
        add_entry(owner, entry)
    return owner


def add_profile(owner: User, row: Mapping[str, Any]) -> Profile:
    """The profile with what the owner agreed to when they opened it."""
    typed = {name: value for name, value in row.items() if name not in ("career", "listed")}
    profile = Profile(owner=owner, **typed, career=CareerPage.objects.filter(slug=row.get("career", "")).first())
    profile.search_text = finding.people_text(profile)
    profile.listed_at = noon(row["listed"]) if "listed" in row else None
    profile.full_clean()
    profile.save()
    if profile.visibility == Visibility.PUBLIC:
        sharing.note_consent(owner=owner, about=Consent.SHOWN, value=Visibility.PUBLIC.label)
    for about, given in ((Consent.LISTED, profile.is_listed), (Consent.MESSAGES, profile.takes_messages)):
        if given:
            sharing.note_consent(owner=owner, about=about, value="On")
    return profile


def add_cycle(owner: User, cycle: Mapping[str, Any]) -> None:
    days = {"starts": partial_dates.first_day(cycle["starts"]), "ends": partial_dates.last_day(cycle["ends"])}
    form = CycleForm({**cycle, **days}, owner=owner)
    if not form.is_valid():
        raise Unfit(f"{owner.email}, {cycle['name']}: {form.errors.as_text()}")
    form.save()


def add_entry(owner: User, row: Mapping[str, Any]) -> Entry:
    """The entry with its rows and files, saved as its form saves it, then confirmed by others and moved along."""
    data, files = sent(owner, row)
    editor = Editor(owner, Kind(row["kind"]), data=data, files=files)
    if not editor.is_valid():
        raise Unfit(f"{owner.email}, {row['title']}: {editor.errors()}")
    entry = editor.save(draft=row.get("draft", False))
    for endorsement in row.get("endorsements", []):
        endorse(entry, **endorsement)
    for feature in row.get("features", []):
        put_in_front(entry, **feature)
    for step in row.get("steps", []):
        move(entry, **step)
    return entry


def sent(owner: User, row: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a browser would send for the row: the data and the files."""
    typed = {name: value for name, value in row.items() if name not in NOT_TYPED}
    data = {**UNTOUCHED, "token": uuid4(), **typed}
    if "work" in row:
        data["work"] = Project.objects.of(owner).get(title=row["work"]).pk
    for prefix in ROWS:
        data |= rows(prefix, filled(prefix, row.get(prefix, [])))
    return data, {f"uploads-{at}-file": drawn(each) for at, each in enumerate(row.get("uploads", []))}


def rows(prefix: str, filled: list[dict[str, Any]]) -> dict[str, Any]:
    """A set of rows under the names that its inputs have."""
    found: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(filled), f"{prefix}-INITIAL_FORMS": 0}
    return found | {f"{prefix}-{at}-{name}": value for at, row in enumerate(filled) for name, value in row.items()}


def filled(prefix: str, found: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows with the skills by their keys, and without what is only for drawing."""
    if prefix == "evidence":
        skills = Skill.objects.in_bulk([row["skill"] for row in found], field_name="slug")
        return [{**row, "skill": skills[row["skill"]].pk} for row in found]
    return [{name: value for name, value in row.items() if name not in NOT_SENT} for row in found]


def drawn(upload: Mapping[str, Any]) -> SimpleUploadedFile:
    """The file of the row: one of the guide's stills, or drawn now. What it is will be told from its content."""
    if "still" in upload:
        return SimpleUploadedFile(upload["name"], Path(finders.find(STILL.format(upload["still"]))).read_bytes())
    return SimpleUploadedFile(upload["name"], drawing.DRAWINGS[upload["draws"]](upload.get("number", 1)))


def endorse(entry: Entry, *, skill: str, **said: Any) -> None:
    Endorsement.objects.create(evidence=Evidence.objects.get(entry_id=entry.pk, skill__slug=skill), **said)


def put_in_front(entry: Entry, *, file: str = "", **shown: Any) -> None:
    attachment = Attachment.objects.get(entry_id=entry.pk, name=file) if file else None
    Feature.objects.create(entry_id=entry.pk, attachment=attachment, **shown)


def move(entry: Entry, *, to: str, on: str) -> None:
    """The submission a step further, as it was on that day."""
    found = FestivalSubmission.objects.get(pk=entry.pk)
    axis = next(step.axis for step in lifecycle.moves(submissions.status_of(found)) if step.to == to)
    submissions.move(submission=found, axis=axis, to=to, shown=getattr(found, submissions.FIELDS[axis]))
    latest = StatusChange.objects.filter(submission=found).first()
    StatusChange.objects.filter(pk=latest.pk if latest else None).update(at=noon(on))


def noon(on: str) -> datetime:
    return datetime.combine(partial_dates.first_day(on), time(12), UTC)
