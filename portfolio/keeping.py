"""Keeps what a visitor ticked, through sign-up, as a target role and a draft to write down."""

import time
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.models import CareerPage
from careers.scales import Level
from home.languages import in_every_language
from home.models import User

from . import goals, reading, services
from .models import Entry, Evidence, Goal, Project
from .scales import Kind, State

KEPT = "tried_gap"
TITLE = _("What I had done before I joined")
A_DAY = 24 * 60 * 60


def remember(request: HttpRequest, slug: str, ticks: Mapping[str, int]) -> None:
    """Put the role and the levels ticked, by the slugs of their skills, into the visitor's session."""
    request.session[KEPT] = {"role": slug, "ticks": dict(ticks), "at": int(time.time())}


def keep_remembered(request: HttpRequest, user: User) -> Goal | None:
    """What the session holds, kept for the user; nothing a second time, and nothing that is older than a day."""
    tried = request.session.pop(KEPT, None)
    match tried:
        case {"role": str(slug), "ticks": dict(ticks), "at": int(at)} if time.time() - at <= A_DAY:
            return keep(owner=user, slug=slug, ticks=ticks)
    return None


@transaction.atomic
def keep(*, owner: User, slug: str, ticks: Mapping[str, Any]) -> Goal | None:
    """The role as the owner's first target, with the ticks as evidence of one draft; None if there is no such role.

    Skills that the role does not ask for and levels that do not exist are left out. Said twice, it adds nothing twice.
    """
    career = CareerPage.objects.readable().filter(slug=slug).first()
    if not career:
        return None
    goal = goals.choose_role(owner=owner, career=career)
    asked = {need.slug: need.asked.skill for need in reading.needs(career.pk)}
    levels = {asked[name]: level for name, level in ticks.items() if name in asked and is_level(level)}
    if levels:
        write_down(owner, levels)
    return goal


def is_level(value: Any) -> bool:
    """Whether the value is one of the levels, and not merely equal to one."""
    return type(value) is int and value in Level.values


def write_down(owner: User, levels: Mapping[int, int]) -> Entry:
    """The draft that holds what was ticked, with a piece of evidence for each skill, by key, at its level."""
    draft = draft_of(owner)
    pieces = [Evidence(entry_id=draft.pk, skill_id=skill, level=level) for skill, level in levels.items()]
    Evidence.objects.bulk_create(pieces, update_conflicts=True, unique_fields=["entry", "skill"], update_fields=["level"])
    return draft


def draft_of(owner: User) -> Entry:
    """The owner's draft for ticks, made if there is none."""
    drafts = Entry.objects.of(owner).filter(kind=Kind.PROJECT, state=State.DRAFT, title__in=in_every_language(TITLE))
    drafts.update(version=F("version") + 1, updated_at=timezone.now())
    found = drafts.first()
    if found:
        return found
    started = str(timezone.localdate().year)
    made = Project(owner=owner, kind=Kind.PROJECT, state=State.DRAFT, title=str(TITLE), started=started)
    made.search_text = services.searchable(made, [])
    made.save()
    return made
