"""The invitations that open at this moment, and the secret that opens one."""

from datetime import datetime

from django.core import signing
from django.db.models import QuerySet

from ..models import Invitation
from .querysets import COUNSELLORS

SALT = "portfolio.inviting"


def signer() -> signing.Signer:
    return signing.Signer(salt=SALT, sep=".")


def token_of(invitation: Invitation) -> str:
    """The secret that opens the invitation: its nonce with a signature."""
    return signer().sign(invitation.nonce)


def waiting(now: datetime) -> QuerySet[Invitation]:
    """Invitations that open at this moment: nobody used or took them back, and whoever made them still counsels."""
    counsels = {"counsellor__is_active": True, "counsellor__groups__name": COUNSELLORS, "counsellor__counsellor__isnull": False}
    return Invitation.objects.filter(revoked_at=None, used_at=None, expires_at__gt=now, **counsels)


def unsent(now: datetime) -> QuerySet[Invitation]:
    """Invitations whose mail is still to go out, first come first served."""
    return waiting(now).filter(sent_at=None).exclude(email="").order_by("pk")
