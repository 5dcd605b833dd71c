"""What stands between a student and a counsellor, narrowed to what somebody may see. Every page of both sides asks here."""

from django.db.models import Q, QuerySet
from django.utils import timezone

COUNSELLORS = "Counsellors"


def open_at(now, connection=""):
    """The condition that a connection gives its counsellor something at this moment; `connection` is the way to it.

    The student granted it, nobody ended it, its time is not over, both accounts are open, and the counsellor is one still.
    """
    granted = {"granted_at__lte": now, "ends_at__gt": now, "ended_at": None, "student__is_active": True}
    counsellor = {"counsellor__is_active": True, "counsellor__groups__name": COUNSELLORS}
    return Q(**{f"{connection}{name}": value for name, value in {**granted, **counsellor}.items()})


class ConnectionQuerySet(QuerySet):
    def open(self, now=None):
        """Connections that give their counsellor something at this moment."""
        return self.filter(open_at(now or timezone.now()))

    def waiting(self):
        """What a student asked for and no counsellor answered, and what a counsellor agreed to and the student did not yet."""
        return self.filter(granted_at=None, ended_at=None)

    def visible_to(self, viewer):
        """The student's own, whatever became of them; to the counsellor those that are open, and requests that wait."""
        if not viewer.is_authenticated:
            return self.none()
        asked = Q(counsellor=viewer, granted_at=None, ended_at=None, student__is_active=True)
        theirs = Q(pk__in=self.model._default_manager.filter(asked | Q(open_at(timezone.now()), counsellor=viewer)).values("pk"))
        return self.filter(Q(student=viewer) | theirs)

    def of_counsellor(self, counsellor, now=None):
        """The counsellor's caseload at this moment."""
        return self.open(now).filter(counsellor=counsellor)


class SharedQuerySet(QuerySet):
    """Rows between a student and a counsellor: the student's own, and the counsellor's while the connection gives the scope."""

    student = "connection__student"
    scope = "connection__shares_plan"

    def visible_to(self, viewer):
        if not viewer.is_authenticated:
            return self.none()
        given = Q(open_at(timezone.now(), "connection__"), connection__counsellor=viewer, **{self.scope: True})
        theirs = self.model._default_manager.filter(given).values("pk")
        return self.filter(Q(**{self.student: viewer}) | Q(pk__in=theirs))


class StepQuerySet(SharedQuerySet):
    """Recommended courses and steps; what the student added alone has no connection and is seen by nobody else."""

    student = "student"


class MeetingQuerySet(SharedQuerySet):
    """Meetings are seen by both while they are connected, whatever else is shared; working notes are the counsellor's."""

    def visible_to(self, viewer):
        if not viewer.is_authenticated:
            return self.none()
        theirs = self.model._default_manager.filter(open_at(timezone.now(), "connection__"), connection__counsellor=viewer)
        return self.filter(Q(connection__student=viewer) | Q(pk__in=theirs.values("pk")))


class FeedbackQuerySet(QuerySet):
    """What a counsellor wrote about an entry: its owner's, and the counsellor's while they see the entry."""

    def visible_to(self, viewer):
        if not viewer.is_authenticated:
            return self.none()
        given = Q(open_at(timezone.now(), "connection__"), connection__counsellor=viewer, connection__shares_entries=True)
        theirs = self.model._default_manager.filter(given).values("pk")
        return self.filter(Q(entry__owner=viewer) | Q(pk__in=theirs), entry__deleted_at=None)


class CounsellorsOwnQuerySet(QuerySet):
    """What a counsellor set up: cohorts, invitations, encounters. Nobody but the counsellor sees them."""

    def visible_to(self, viewer):
        return self.filter(counsellor=viewer) if viewer.is_authenticated else self.none()
