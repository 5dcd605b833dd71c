"""The mail with an invitation: marked as sent in the transaction that hands it over, as requests to confirm are."""

from contextlib import closing
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext

from home.languages import speaking_to
from home.words import line

from ..models import Invitation
from ..notifications import absolute
from . import mailing
from .invitations import token_of, unsent


def send(*, invitation: int, now: datetime) -> bool:
    """Whether the invitation's mail went out; not, if it did before or the invitation opens nothing any more.

    Raises whatever the mail server says when it does not take the mail.
    """
    found = unsent(now).filter(pk=invitation).select_related("counsellor__counsellor").first()
    if not found:
        return False
    with closing(get_connection()) as connection:
        connection.open()
        return send_once(found, letter(found, connection), now)


def send_once(found: Invitation, mail: EmailMultiAlternatives, now: datetime) -> bool:
    """Whether the mail went out. Of two at the same time the second waits for the first, and has nothing to do then."""
    with transaction.atomic():
        if not Invitation.objects.filter(pk=found.pk, revoked_at=None, used_at=None, sent_at=None).update(sent_at=now):
            return False
        mail.send()
    return True


def letter(invitation: Invitation, connection=None) -> EmailMultiAlternatives:
    """The mail to one student, as plain text and as a page, in the language of the counsellor."""
    with speaking_to(invitation.counsellor):
        return written(invitation, connection)


def written(invitation: Invitation, connection) -> EmailMultiAlternatives:
    who = invitation.counsellor.counsellor
    context = {
        "name": line(invitation.name),
        "who": line(who.name),
        "organisation": line(who.organisation),
        "purpose": line(invitation.purpose),
        "link": absolute(reverse("portfolio:invited", args=[token_of(invitation)])),
        "until": invitation.expires_at,
        "complain": parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
    }
    subject = gettext("{who} invites you to Greenlight").format(who=context["who"])
    return mailing.letter(subject, "invitation", context, invitation.email, connection=connection)
