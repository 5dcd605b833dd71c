"""Requests to confirm an entry: when one may be asked, the secret that opens it, and what it shows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from home.models import User
from home.scales import AgeBand
from home.words import clean

from .claims import Claim, Piece
from .models import Endorsement, EndorsementRequest, Entry, Evidence
from .scales import Asking, State

SALT = "portfolio.endorsing"
OPEN_FOR = timedelta(days=30)
SHOWN_FOR = timedelta(days=365)
A_DAY = timedelta(days=1)
ANSWERED = (Asking.CONFIRMED, Asking.DECLINED, Asking.REVOKED)
LAMPS = {Asking.CONFIRMED: "go", Asking.OPEN: "standby", Asking.DECLINED: "stop"}


def signer() -> signing.Signer:
    return signing.Signer(salt=SALT, sep=".")


def token_of(asked: EndorsementRequest) -> str:
    """The secret that opens the request: its nonce with a signature, so that nothing stored opens anything."""
    return signer().sign(asked.nonce)


def opening(now: datetime) -> QuerySet[EndorsementRequest]:
    """Requests that open at this moment: those that wait for an answer, and those answered in the last year."""
    standing = Q(entry__deleted_at=None, entry__owner__is_active=True, entry__owner__age_band=AgeBand.ADULT)
    waits = Q(state=Asking.OPEN, expires_at__gt=now, entry__state=State.COMPLETED, entry__suspended_at=None)
    answered = Q(state__in=ANSWERED, answered_at__gt=now - SHOWN_FOR)
    return EndorsementRequest.objects.filter(standing, waits | answered)


def unsent(now: datetime) -> QuerySet[EndorsementRequest]:
    """Requests whose mail is still to go out, first come first served."""
    return opening(now).filter(state=Asking.OPEN, sent_at=None).order_by("pk")


def request_of(token: str, now: datetime) -> EndorsementRequest | None:
    """The request that the secret opens; a wrong secret and a dead request are the same to whoever asks."""
    try:
        nonce = signer().unsign(token)
    except signing.BadSignature:
        return None
    return opening(now).filter(nonce=nonce).select_related("entry__owner__profile").first()


def name_of(owner: User) -> str:
    """The name that people who are asked know the member by, never the email address; nothing if they gave none."""
    profile = getattr(owner, "profile", None)
    return " ".join(clean((profile and profile.display_name) or owner.get_full_name()).split())


def claim_of(entry: Entry) -> Claim:
    """What somebody who is asked about the entry gets to see: one statement, and one for the profile if it is not there."""
    evidence = Evidence.objects.filter(entry=entry.pk).select_related("skill")
    pieces = tuple(Piece(each.pk, each.skill.name, each.level) for each in evidence)
    told = (entry.title, entry.role, entry.when, entry.organisation, entry.description)
    return Claim(name_of(entry.owner), *told, pieces)


def obstacle(entry: Entry, has_evidence: bool) -> str:
    """Why nobody can be asked about the entry, as a sentence for its owner; nothing if somebody can."""
    if entry.owner.is_protected:
        return gettext("Under 18, nobody outside is asked.")
    if entry.state != State.COMPLETED:
        return gettext("Only something completed can be confirmed. This entry is not, or not yet.")
    if entry.suspended_at:
        return gettext("This entry was taken off the site, so nobody can be asked about it.")
    return "" if has_evidence else gettext("This entry names no skill yet, so there is nothing to confirm.")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as its owner's list shows it: where it stands in words, and what can be done about it."""

    request: EndorsementRequest
    words: str
    lamp: str
    is_open: bool
    can_send: bool


def asked_about(entry: Entry, now: datetime) -> list[Asked]:
    """Everybody who was asked about the entry, latest first, with what they confirmed: two statements."""
    found = EndorsementRequest.objects.filter(entry=entry.pk)
    return [row(each, now) for each in found.prefetch_related("endorsements__evidence__skill")]


def row(asked: EndorsementRequest, now: datetime) -> Asked:
    is_open = asked.state == Asking.OPEN and asked.expires_at > now
    words = asked.get_state_display() if is_open or asked.state != Asking.OPEN else gettext("Ended without an answer")
    if is_open and not asked.sent_at:
        words = gettext("Not sent yet; we try again")
    lamp = "off" if asked.state == Asking.OPEN and not is_open else LAMPS.get(Asking(asked.state), "off")
    return Asked(asked, words, lamp, is_open, is_open and bool(asked.sent_at) and asked.sent_at <= now - A_DAY)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What one person confirmed of an entry: `quote` is what they let be quoted, `said` each row's key, skill and level."""

    name: str
    relation: str
    quote: str
    said: tuple[tuple[int, str, str], ...]


def confirmations(entry: Entry) -> list[Confirmation]:
    """What each person confirmed of an entry that came with_parts(), first come first: no statement."""
    found = [each for piece in entry.evidence.all() for each in piece.endorsements.all()]
    groups: dict[tuple[int | None, str, str], list[Endorsement]] = {}
    for each in sorted(found, key=lambda each: each.pk):
        groups.setdefault((each.request_id, each.name, each.relation), []).append(each)
    return [confirmation(rows) for rows in groups.values()]


def confirmation(rows: list[Endorsement]) -> Confirmation:
    first = rows[0]
    said = tuple((each.pk, each.evidence.skill.name, str(each.get_level_display())) for each in rows)
    return Confirmation(first.name, first.relation, next((each.quote for each in rows if each.quote), ""), said)
