"""A student's meetings as the student reads them."""

from datetime import datetime

from django.db.models import QuerySet

from home.models import User

from ..models import Meeting
from ..scales import Attendance


def told(student: User) -> QuerySet[Meeting]:
    """The student's meetings as the student reads them: without working notes, which are not even read."""
    found = Meeting.objects.visible_to(student).filter(connection__student=student)
    return found.defer("note").select_related("connection")


def split(meetings: list[Meeting], now: datetime) -> tuple[list[Meeting], list[Meeting]]:
    """Meetings that are to come, the next first, and the others, the latest first."""
    coming = [each for each in meetings if each.attendance == Attendance.PLANNED and each.starts_at > now]
    kept = {each.pk for each in coming}
    return sorted(coming, key=lambda each: each.starts_at), [each for each in meetings if each.pk not in kept]
