"""Asking a counsellor who takes requests, and their yes; what is shared, the student decides after it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from home.models import User

from ..models import Connection
from ..scales import News, Origin
from . import connecting, news
from .connecting import NotPossible

MOST_ASKED = 5


@transaction.atomic
def ask(*, student: User, counsellor: User, name: str, message: str) -> Connection:
    """The request that waits for the counsellor; asked twice, the first one. Nothing is shared by it but the name.

    Raises NotPossible.
    """
    connecting.hold(student)
    who = connecting.met(student, counsellor)
    if not who.takes_requests:
        raise NotPossible(gettext("This counsellor takes no requests. Ask them for an invitation."))
    connecting.close_expired(student, counsellor, timezone.now())
    found = connecting.between(student, counsellor)
    if found and found.granted_at:
        raise NotPossible(gettext("You are connected with this counsellor already."))
    if found:
        return found
    if Connection.objects.filter(student=student.pk).waiting().count() >= MOST_ASKED:
        raise NotPossible(
            gettext("You have asked {most_asked} counsellors and wait for them. Take one back first, or wait.").format(
                most_asked=MOST_ASKED
            )
        )
    told = {"counsellor_name": who.name, "organisation": who.organisation, "student_name": name, "message": message}
    made = Connection.objects.create(student_id=student.pk, counsellor_id=counsellor.pk, origin=Origin.ASKED, **told)
    news.tell(owner=counsellor, what=News.ASKED, connection=made)
    return made


@transaction.atomic
def agree(*, counsellor: User, connection: int) -> Connection:
    """The request that the counsellor says yes to; now the student decides what to share. Raises NotPossible."""
    connecting.introduction_of(counsellor)
    asked = Connection.objects.waiting().filter(pk=connection, counsellor=counsellor.pk, student__is_active=True)
    # Held before it is judged: PostgreSQL looks only once at a state that is asked for by way of another table.
    list(Connection.objects.select_for_update(of=("self",)).filter(pk=connection))
    found = asked.filter(agreed_at=None).first()
    if not found:
        raise NotPossible(gettext("This request does not wait for your answer any more."))
    found.agreed_at, found.version = timezone.now(), found.version + 1
    found.save(update_fields=["agreed_at", "version"])
    news.tell(owner=found.student, what=News.ASKED, connection=found)
    return found
