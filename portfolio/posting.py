"""Messages on their way: handed to the mail server once, and then gone.

The row goes in the transaction that hands the mail over, so that of two runs at the same time the second waits and finds
nothing to do. If the server does not take the mail, the row stays, and the next day's run tries again. One gap cannot be
closed: if the machine dies after the server took the mail and before the row is gone for good, it goes out once more.
"""

import logging
from contextlib import closing
from datetime import datetime, timedelta
from hashlib import sha256

from django.core.cache import cache
from django.core.mail import get_connection
from django.db import transaction

from home.rates import asked

from . import letters
from .models import Message

# How long the same words from the same address are known to have gone out.
REMEMBERED = 10 * 60
DAYS_TO_TRY = 7
logger = logging.getLogger(__name__)


def deliver(*, message: int) -> bool:
    """Whether this run handed the message to the mail server; the next day's run tries again what was not."""
    if not Message.objects.filter(pk=message).exists():
        return False
    try:
        with closing(get_connection()) as connection:
            connection.open()
            return send_once(message, connection)
    except OSError as error:
        # The error's own words may hold the member's address.
        logger.warning("The mail server does not take a message: %s", type(error).__name__)
        return False


@transaction.atomic
def send_once(key: int, connection) -> bool:
    """Whether the mail went out; not, if its row is gone, or its member takes none any more."""
    found = Message.objects.select_for_update(of=["self"]).select_related("owner__profile").filter(pk=key).first()
    if not found:
        return False
    wanted = found.owner.is_active and not found.owner.is_protected and found.owner.profile.takes_messages
    if wanted:
        letters.message(found, connection).send()
        remember(found)
    found.delete()
    return wanted


def is_on_its_way(message: Message) -> bool:
    """Whether the same words from the same address wait to be sent, or went out a few minutes ago."""
    waiting = Message.objects.filter(owner=message.owner_id, name=message.name, email=message.email, text=message.text)
    return waiting.exists() or asked(lambda: cache.get(mark_of(message)), otherwise=None) is not None


def remember(message: Message) -> None:
    asked(lambda: cache.set(mark_of(message), 1, REMEMBERED))


def mark_of(message: Message) -> str:
    """A key that tells nothing of what was written, or to whom."""
    words = "\0".join([str(message.owner_id), message.name, message.email, message.text])
    return f"message:{sha256(words.encode()).hexdigest()}"


def waiting() -> list[int]:
    """The keys of the messages that no mail server has taken yet, oldest first."""
    return list(Message.objects.order_by("pk").values_list("pk", flat=True))


def give_up(now: datetime) -> int:
    """Delete what could not be delivered for a week, and return how many messages that were."""
    return Message.objects.filter(made_at__lt=now - timedelta(days=DAYS_TO_TRY)).delete()[0]
