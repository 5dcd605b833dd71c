"""What is done in the background. A queue holds keys, never what people wrote."""

from django.utils import timezone
from django_tasks import task

from . import letters, notifications, posting
from .agenda import What


@task()
def send_reminder(entry: int, what: str) -> bool:
    """Whether the reminder went out; if sending fails, the next day's run asks for it again."""
    return notifications.remind(entry=entry, what=What(what), now=timezone.now())


@task()
def send_message(message: int) -> bool:
    """Whether the message to a member went out; if sending fails, the next day's run tries again."""
    return posting.deliver(message=message)


@task()
def tell_moderators(report: int) -> int:
    """How many moderators were told of the report."""
    return letters.send(letters.of_report(report))


@task()
def tell_decision(report: int) -> int:
    """How many were told what was decided about the report: its owner, and those who reported."""
    return letters.send(letters.of_decision(report))
