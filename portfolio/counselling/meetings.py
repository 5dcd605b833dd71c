"""Meetings of a student and a counsellor: each verb is one transaction, and the student is told of what concerns them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ..models import Meeting
from ..scales import Attendance, News, Side
from .between import held, tell

# What the student reads of a meeting; the working note is not among it.
TOLD = ("starts_at", "minutes", "channel", "place", "attendance", "summary")


@transaction.atomic
def arrange(*, connection: int, meeting: Meeting) -> Meeting:
    """The meeting, new on the record of both sides; sent twice in the same words, it is there once. Raises Closed."""
    found = held(connection)
    said = {name: getattr(meeting, name) for name in (*TOLD, "note")}
    again = found.meetings.filter(**said).first()
    if again:
        return again
    made = Meeting.objects.create(connection=found, **said)
    tell(found, Side.STUDENT, News.MEETING)
    return made


@transaction.atomic
def change(*, meeting: Meeting, before: Mapping[str, Any]) -> Meeting:
    """The meeting as it was edited; the student is told, unless only the working note differs from `before`. Raises Closed."""
    found = held(meeting.connection_id)
    meeting.version += 1
    meeting.save()
    if any(getattr(meeting, name) != before[name] for name in TOLD):
        tell(found, Side.STUDENT, News.MEETING)
    return meeting


@transaction.atomic
def cancel(*, connection: int, meeting: int) -> bool:
    """Call a planned meeting off; whether it still was to be. Raises Closed."""
    found = held(connection)
    planned = Meeting.objects.select_for_update().filter(pk=meeting, connection=found, attendance=Attendance.PLANNED).first()
    if not planned:
        return False
    planned.attendance = Attendance.CANCELLED
    change(meeting=planned, before=dict.fromkeys(TOLD))
    return True
