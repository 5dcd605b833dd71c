"""Invitations: a secret address for one student, made of a nonce and a signature, so that nothing stored opens anything."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from home.background import hand_over
from home.models import User

from .. import tasks, tokens
from ..models import Connection, Counsellor, Invitation
from ..scales import Origin
from .connecting import Grant, NotPossible, grant, hold, introduction_of
from .invitations import signer, waiting

MOST_A_DAY = 50
A_DAY = timedelta(days=1)
# How long a used or dead invitation stays in its counsellor's list.
KEPT_FOR = timedelta(days=30)


class Gone(Exception):
    """The invitation does not open any more."""


def of_token(token: str, now: datetime) -> Invitation | None:
    """The invitation that the secret opens: one that waits, or was used; a wrong and a dead one are the same."""
    try:
        nonce = signer().unsign(token)
    except signing.BadSignature:
        return None
    found = Invitation.objects.filter(nonce=nonce).select_related("counsellor__counsellor", "cohort", "connection").first()
    is_used = found and found.connection_id is not None
    return found if is_used or (found and waiting(now).filter(pk=found.pk).exists()) else None


@transaction.atomic
def invite(*, counsellor: User, days: int, **said: Any) -> Invitation:
    """An invitation that opens for so many days, its mail on the way if it has an address; said twice, the first one.

    Raises NotPossible.
    """
    now = timezone.now()
    hold(counsellor)
    introduction_of(counsellor)
    if first := said_before(counsellor, said, now):
        return first
    if Invitation.objects.filter(counsellor=counsellor.pk, made_at__gt=now - A_DAY).count() >= MOST_A_DAY:
        raise NotPossible(
            gettext("You have made {most_a_day} invitations in a day. For a whole class, a cohort’s code is simpler.").format(
                most_a_day=MOST_A_DAY
            )
        )
    made = Invitation.objects.create(
        counsellor_id=counsellor.pk, nonce=tokens.new(), expires_at=now + timedelta(days=days), **said
    )
    if made.email:
        hand_over(tasks.send_invitation, made.pk)
    return made


def said_before(counsellor: User, said: Mapping[str, Any], now: datetime) -> Invitation | None:
    """The invitation that waits and says the same; another one for the same address is refused."""
    mine = waiting(now).filter(counsellor=counsellor.pk)
    same = mine.filter(**said).first()
    if not same and said["email"] and mine.filter(email=said["email"]).exists():
        raise NotPossible(gettext("An invitation to this address waits already. Take that back first, or send it again."))
    return same


@transaction.atomic
def send_again(*, counsellor: User, invitation: int) -> Invitation:
    """The invitation with its mail on the way once more, at most once a day. Raises NotPossible."""
    now = timezone.now()
    mine = Invitation.objects.visible_to(counsellor).filter(pk=invitation)
    list(mine.select_for_update(of=("self",)))
    found = waiting(now).filter(pk__in=mine.values("pk"), sent_at__lte=now - A_DAY).exclude(email="").first()
    if not found:
        raise NotPossible(gettext("This was not sent. An invitation that waits can be sent again a day after the last time."))
    mine.update(sent_at=None)
    hand_over(tasks.send_invitation, found.pk)
    return found


@transaction.atomic
def revoke(*, counsellor: User, invitation: int) -> Invitation:
    """The invitation, which opens nothing from now on. Raises NotPossible if it opened nothing before."""
    now = timezone.now()
    mine = Invitation.objects.visible_to(counsellor).filter(pk=invitation)
    # Held first, so that a student who accepts at the same moment is either before or after this.
    list(mine.select_for_update(of=("self",)))
    if not mine.filter(revoked_at=None, used_at=None).update(revoked_at=now):
        raise NotPossible(gettext("This invitation was used or taken back already."))
    return mine.get()


@transaction.atomic
def accept(*, student: User, invitation: int, given: Grant) -> Connection:
    """The connection that comes of the invitation, which is used up by it. Raises Gone and NotPossible.

    The name and the address that the counsellor wrote down go: from now on the student's own word counts.
    """
    now = timezone.now()
    hold(student)
    list(Invitation.objects.select_for_update(of=("self",)).filter(pk=invitation))
    found = waiting(now).filter(pk=invitation).select_related("counsellor", "cohort").first()
    if not found:
        raise Gone
    terms = {"origin": Origin.INVITED, "purpose": found.purpose, "cohort": found.cohort}
    made = grant(student=student, counsellor=found.counsellor, given=given, **terms)
    found.used_at, found.connection, found.name, found.email = now, made, "", ""
    found.save(update_fields=["used_at", "connection", "name", "email"])
    return made


def sent_to(person: User, now: datetime) -> QuerySet[Invitation]:
    """Invitations that wait and were sent to an address that the person has shown to be theirs."""
    addresses = person.emailaddress_set.filter(verified=True).values("email")
    return waiting(now).filter(email__in=addresses).select_related("counsellor__counsellor")


def forget(now: datetime) -> int:
    """Remove invitations that were over a month ago, with the names and addresses in them; returns how many."""
    return Invitation.objects.filter(expires_at__lt=now - KEPT_FOR, connection=None).delete()[0]


@transaction.atomic
def introduce(*, counsellor: User, **said: Any) -> Counsellor:
    """How the counsellor introduces themselves from now on; what students agreed to before keeps the words of then."""
    hold(counsellor)
    found, is_new = Counsellor.objects.get_or_create(user_id=counsellor.pk, defaults=said)
    if not is_new:
        for name, value in said.items():
            setattr(found, name, value)
        found.version += 1
        found.save(update_fields=[*said, "version", "updated_at"])
    return found


def state_of(invitation: Invitation, now: datetime) -> str:
    """Where an invitation stands: "used", "revoked", "over" or "waits"."""
    if invitation.used_at:
        return "used"
    if invitation.revoked_at:
        return "revoked"
    return "waits" if invitation.expires_at > now else "over"
