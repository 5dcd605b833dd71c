"""What anybody may do about a public portfolio: write to its owner, or report what stands there."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from home.background import hand_over
from home.rates import A_DAY, AN_HOUR, Limit, TooMany

from . import posting, tasks
from .models import Entry, Message, Profile, Report
from .scales import Section

SENT = Limit("messages-sent", 5, AN_HOUR)
RECEIVED = Limit("messages-received", 20, A_DAY)
REPORTED = Limit("reports", 5, AN_HOUR)
# A report in the same words within this time is the same report.
AGAIN = timedelta(minutes=10)


def takes_messages(profile: Profile) -> bool:
    """Whether a portfolio that stands open to everybody has a form for messages."""
    return profile.takes_messages and Section.CONTACT not in profile.hidden


@transaction.atomic
def send(*, profile: Profile, words: Mapping[str, str], origin: str) -> Message | None:
    """The message, which goes out once this is sure; None if the same went out, or is about to, already.

    `words` are name, email and text; `origin` is the network address they come from. Raises TooMany.
    """
    lock(profile)
    message = Message(owner_id=profile.owner_id, **words)
    if posting.is_on_its_way(message):
        return None
    if not SENT.takes(origin):
        raise TooMany(
            gettext("Five messages have been sent from where you are in this hour, and there can be no more."), SENT.wait
        )
    if not RECEIVED.takes(profile.owner_id):
        raise TooMany(gettext("So many people have written today that no more messages can be passed on."), RECEIVED.wait)
    message.save()
    hand_over(tasks.send_message, message.pk)
    return message


@transaction.atomic
def report(*, profile: Profile, entry: Entry | None, words: Mapping[str, str], origin: str) -> Report | None:
    """The report, of which moderators are told once this is sure; None if the same was made a few minutes ago.

    `words` are ground, text and email; `entry` is the entry reported, or None for the whole portfolio. Raises TooMany.
    """
    lock(profile)
    if is_reported(profile, entry, words, timezone.now()):
        return None
    if not REPORTED.takes(origin):
        raise TooMany(
            gettext("Five reports have been sent from where you are in this hour, and there can be no more."), REPORTED.wait
        )
    made = Report.objects.create(owner_id=profile.owner_id, entry=entry, **words)
    hand_over(tasks.tell_moderators, made.pk)
    return made


def is_reported(profile: Profile, entry: Entry | None, words: Mapping[str, str], now: datetime) -> bool:
    return Report.objects.filter(owner=profile.owner_id, entry=entry, **words, made_at__gt=now - AGAIN).exists()


def lock(profile: Profile) -> None:
    """Let nobody else write to or about the portfolio until this transaction ends: a double click comes one by one."""
    Profile.objects.select_for_update().filter(pk=profile.pk).first()
