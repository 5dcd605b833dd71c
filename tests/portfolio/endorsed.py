"""Builds requests to confirm an entry and their answers, and reads what came of them."""

import re
from datetime import timedelta

from django.utils import timezone

from careers.models import Skill
from portfolio import asking, endorsing
from portfolio.models import (
    Endorsement,
    EndorsementRequest,
    Entry,
    Evidence,
    Profile,
)
from tests import make

ASKED = {"name": "Bo Larsen", "relation": "Line producer", "email": "bo@example.org", "message": "You saw it."}


def member(**fields):
    made = make.member(email=fields.pop("email", "ann.private@example.org"), **fields)
    Profile.objects.create(owner=made, display_name="Ann Vale")
    return made


def skills(*slugs):
    return [Skill.objects.get(slug=slug) for slug in slugs]


def worked(owner, *levels, **fields):
    """A completed entry with a piece of evidence at each of the levels."""
    found = skills("budgeting", "scheduling", "communication")
    return make.entry(owner, skills=list(zip(found, levels or (3,), strict=False)), role="Runner", **fields)


def ask(entry, **fields):
    return endorsing.ask(entry=entry, **{**ASKED, **fields})


def page(asked, part=""):
    return f"/endorse/{asking.token_of(asked)}/{part}"


def answer(entry, *levels, **fields):
    """What the browser of somebody who was asked sends: a level for each piece, and the mark of what they saw."""
    pieces = Evidence.objects.filter(entry=entry.pk)
    chosen = {f"piece-{piece.pk}": level for piece, level in zip(pieces, levels, strict=False)}
    return {"seen": asking.claim_of(Entry.objects.get(pk=entry.pk)).mark, "quote": "", **chosen, **fields}


def said():
    return list(Endorsement.objects.order_by("pk").values_list("name", "relation", "evidence__skill__slug", "level", "quote"))


def states():
    return list(EndorsementRequest.objects.order_by("pk").values_list("state", flat=True))


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def close(**fields):
    return lambda asked: EndorsementRequest.objects.filter(pk=asked.pk).update(**fields)


def entry_becomes(**fields):
    return lambda asked: Entry.objects.filter(pk=asked.entry_id).update(**fields)


def owner_becomes(**fields):
    return lambda asked: type(asked.entry.owner).objects.filter(pk=asked.entry.owner_id).update(**fields)


def confirmed(owner, *levels):
    entry = worked(owner, *levels)
    asked = ask(entry)
    seen = asking.claim_of(asked.entry).mark
    levels = {piece.pk: piece.level for piece in entry.evidence.all()}
    endorsing.confirm(asked=asked.pk, seen=seen, levels=levels, quote="Fine work.")
    return asked


DEAD = {
    "ended": close(expires_at=timezone.now() - timedelta(seconds=1)),
    "taken back by its owner": close(state="withdrawn"),
    "answered more than a year ago": close(state="confirmed", answered_at=timezone.now() - timedelta(days=365, seconds=1)),
    "in the bin": entry_becomes(deleted_at=timezone.now()),
    "a draft again": entry_becomes(state="draft"),
    "taken off the site": entry_becomes(suspended_at=timezone.now()),
    "of somebody who left": owner_becomes(is_active=False),
    "of somebody whose age is not known": owner_becomes(age_band=""),
    "erased with its entry": lambda asked: asked.entry.delete(),
    "erased with its owner": lambda asked: asked.entry.owner.delete(),
}
