"""Handing a student over to another counsellor: nothing moves until the student says yes. Each verb is one transaction."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from home.models import User

from ..models import Connection, Counsellor, Handover, Seat
from ..scales import News, Origin, Side, Transfer
from . import connecting, news
from .connecting import Grant, NotPossible
from .querysets import COUNSELLORS


def colleagues(counsellor: User) -> QuerySet[Counsellor]:
    """The counsellors who share a team with this one, by name."""
    teams = Seat.objects.filter(user=counsellor.pk).values("team")
    mates = Seat.objects.filter(team__in=teams).exclude(user=counsellor.pk).values("user")
    return working().filter(user__in=mates).order_by("name", "pk")


def working() -> QuerySet[Counsellor]:
    """The counsellors who introduced themselves and counsel at this moment."""
    return Counsellor.objects.filter(user__is_active=True, user__groups__name=COUNSELLORS)


def by_address(email: str) -> Counsellor | None:
    """The counsellor with the address."""
    return working().filter(user__email__iexact=User.objects.normalize_email(email)).first()


@transaction.atomic
def offer(*, counsellor: User, connection: int, to: Counsellor | None, reason: str = "") -> Handover | None:
    """The handover that the student is asked about; an earlier one that waits is taken back by it.

    Without somebody to hand over to there is none, and whoever offered it is not told so. Raises NotPossible.
    """
    found = held(counsellor, connection)
    if to and to.user_id in (counsellor.pk, found.student_id):
        raise NotPossible(gettext("Choose somebody else than yourself and the student."))
    take_back_waiting(found)
    if not to:
        return None
    made = Handover.objects.create(connection=found, to_id=to.user_id, to_name=to.name, reason=reason)
    news.tell(owner=found.student, what=News.HANDOVER, connection=found)
    return made


def held(counsellor: User, connection: int) -> Connection:
    """The counsellor's open connection, held until the transaction ends."""
    list(Connection.objects.select_for_update(of=("self",)).filter(pk=connection))
    found = Connection.objects.of_counsellor(counsellor).filter(pk=connection).select_related("student").first()
    if not found:
        raise NotPossible(gettext("This student is not in your care now."))
    return found


def take_back_waiting(connection: Connection) -> int:
    waits = Handover.objects.filter(connection=connection, state=Transfer.WAITING)
    return waits.update(state=Transfer.WITHDRAWN, decided_at=timezone.now())


@transaction.atomic
def take_back(*, counsellor: User, connection: int) -> int:
    """How many handovers of the connection waited and were taken back. Raises NotPossible."""
    return take_back_waiting(held(counsellor, connection))


def waiting_for(student: User) -> QuerySet[Handover]:
    """The handovers that the student is asked about."""
    mine = Connection.objects.visible_to(student).open().filter(student=student)
    found = Handover.objects.filter(state=Transfer.WAITING, connection__in=mine.values("pk"), to__in=working().values("user"))
    return found.select_related("connection", "to__counsellor")


@transaction.atomic
def agree(*, student: User, handover: int, given: Grant) -> Connection:
    """The connection with the new counsellor; the one before has ended with it. Raises NotPossible."""
    connecting.hold(student)
    found = waiting(student, handover)
    old = found.connection
    settle(found, Transfer.AGREED)
    connecting.end(connection=old.pk, side=Side.STUDENT)
    terms = {"origin": Origin.HANDOVER, "purpose": old.purpose}
    made = connecting.grant(student=student, counsellor=found.to, given=given, **terms)
    Connection.objects.filter(pk=made.pk).update(follows=old)
    made.follows = old
    return made


@transaction.atomic
def refuse(*, student: User, handover: int) -> Handover:
    """The handover that the student does not want; everything stays as it is. Raises NotPossible.

    Only of a colleague is the counsellor told: of anybody else it would say that an address is a counsellor's.
    """
    connecting.hold(student)
    found = settle(waiting(student, handover), Transfer.REFUSED)
    asked = found.connection.counsellor
    if asked and colleagues(asked).filter(user=found.to_id).exists():
        news.tell(owner=asked, what=News.HANDOVER, connection=found.connection)
    return found


def waiting(student: User, handover: int) -> Handover:
    """The handover, its connection held first, so that an end or another offer comes before or after this."""
    of = Handover.objects.filter(pk=handover, connection__student=student.pk)
    list(Connection.objects.select_for_update(of=("self",)).filter(pk__in=of.values("connection")))
    found = waiting_for(student).filter(pk=handover).first()
    if not found:
        raise NotPossible(gettext("This does not wait for your answer any more."))
    return found


def settle(handover: Handover, state: Transfer) -> Handover:
    handover.state, handover.decided_at = state, timezone.now()
    handover.save(update_fields=["state", "decided_at"])
    return handover
