"""What is done in the background. A queue holds keys, never what people wrote."""

import logging
from smtplib import SMTPException

from django.utils import timezone
from django_tasks import task

from . import endorsing_mails, letters, notifications, posting, resending
from .agenda import What
from .counselling import digest, invitation_mails
from .leaving import erasing, exporting

logger = logging.getLogger(__name__)


@task()
def send_reminder(entry: int, what: str) -> bool:
    """Whether the reminder went out; if sending fails, the next day's run asks for it again."""
    return notifications.remind(entry=entry, what=What(what), now=timezone.now())


@task()
def send_request(asked: int) -> bool:
    """Whether the request to confirm went out; if not, the next day's run tries again."""
    try:
        return endorsing_mails.send(asked=asked, now=timezone.now())
    except (OSError, SMTPException) as error:
        # What the server said may hold the address: the log gets its kind alone.
        logger.warning("A request to confirm was not sent: %s", type(error).__name__)
        return False


@task()
def send_invitation(invitation: int) -> bool:
    """Whether a counsellor's invitation went out; if not, the next day's run tries again."""
    try:
        return invitation_mails.send(invitation=invitation, now=timezone.now())
    except (OSError, SMTPException) as error:
        logger.warning("An invitation was not sent: %s", type(error).__name__)
        return False


@task()
def tell_owner(asked: int) -> bool:
    """Whether the owner was told by mail; if not, the entry's page says it, and the next day's run tries again."""
    try:
        told = endorsing_mails.tell(asked=asked)
    except (OSError, SMTPException) as error:
        logger.warning("An owner was not told of an answer: %s", type(error).__name__)
        resending.remember(resending.ANSWER, asked)
        return False
    resending.forget(resending.ANSWER, asked)
    return told


@task()
def send_message(message: int) -> bool:
    """Whether the message to a member went out; if sending fails, the next day's run tries again."""
    return posting.deliver(message=message)


@task()
def send_news(owner: int) -> bool:
    """Whether the member's news went out by mail; if not, it waits for the next day's run."""
    try:
        return digest.send(owner=owner, now=timezone.now())
    except OSError as error:
        # The error's own words may hold the address.
        logger.warning("A mail with news was not sent: %s", type(error).__name__)
        return False


@task()
def tell_moderators(report: int) -> int:
    """How many moderators were told of the report."""
    return resending.send(resending.REPORT, report, letters.of_report(report))


@task()
def tell_decision(report: int) -> int:
    """How many were told what was decided about the report: its owner, and those who reported."""
    return resending.send(resending.DECISION, report, letters.of_decision(report))


@task()
def pack_copy(export: int) -> bool:
    """Whether a member's copy of everything was packed here."""
    return exporting.pack(export=export)


@task()
def erase_account(erasure: int) -> bool:
    """Whether an account was emptied here."""
    return erasing.erase(erasure=erasure)


AGAIN = {resending.REPORT: tell_moderators, resending.DECISION: tell_decision, resending.ANSWER: tell_owner}
