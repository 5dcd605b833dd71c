"""What is done in the background."""

from django.utils import timezone
from django_tasks import task

from . import notifications
from .agenda import What


@task()
def send_reminder(entry: int, what: str) -> bool:
    """Whether the reminder went out; if sending fails, the next day's run asks for it again."""
    return notifications.remind(entry=entry, what=What(what), now=timezone.now())
