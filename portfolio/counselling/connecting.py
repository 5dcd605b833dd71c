"""How a student lets a counsellor in, changes what is shared, and how either side ends it: each verb is one transaction.

The verbs by which a student gives something wait for each other at the student's account, so that between two people there
is never more than one open connection, and what was agreed to last is what counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.models import User
from home.recording import record
from home.wording import day_words

from .. import presenting, sharing
from ..models import Cohort, Connection, Counsellor, Handover, Invitation, Notice
from ..scales import Consent, News, Origin, Scope, Side, Transfer, Visibility
from . import news
from .querysets import COUNSELLORS
from .terms import LONGEST

# What shows something of the portfolio, which therefore has to be open to counsellors.
OF_THE_PORTFOLIO = {Scope.PROFILE, Scope.ENTRIES}
# The end of a day in another zone may be so much later.
MARGIN = timedelta(days=2)
NOBODY = _("This counsellor does not work with students here any more.")
OVER = _("This was ended, and nothing is shared by it. To go on, ask for a new invitation or code.")


class NotPossible(ValueError):
    """Something that cannot be asked, given or changed; its text is a sentence for whoever tried."""


class Changed(Exception):
    """What is shared was changed since the page that was answered."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a student lets a counsellor see, under which name, and until when."""

    name: str
    scopes: frozenset[Scope]
    ends_at: datetime


def hold(person: User) -> User:
    """The account, held until the transaction ends; others may still refer to it."""
    return User.objects.select_for_update(no_key=True).get(pk=person.pk)


def counsels(person: User) -> bool:
    """Whether the person is a counsellor at this moment."""
    return User.objects.filter(pk=person.pk, is_active=True, groups__name=COUNSELLORS).exists()


def introduction_of(counsellor: User) -> Counsellor:
    """How the counsellor introduces themselves. Raises NotPossible if they did not, or are none."""
    found = Counsellor.objects.filter(user=counsellor.pk).first()
    if not found:
        raise NotPossible(gettext("Introduce yourself first: students have to know who asks."))
    if not counsels(counsellor):
        raise NotPossible(gettext("This account is not in the group of counsellors. Whoever runs the site can add it."))
    return found


# What a student gives


@transaction.atomic
def grant(
    *, student: User, counsellor: User, given: Grant, origin: Origin, purpose: str = "", cohort: Cohort | None = None
) -> Connection:
    """The connection by which the counsellor sees from now on what the student gives.

    A request of the student's that still waits becomes it. Raises NotPossible.
    """
    now = timezone.now()
    hold(student)
    who = met(student, counsellor)
    check_term(given, now)
    close_expired(student, counsellor, now)
    found = between(student, counsellor)
    if found and found.granted_at:
        raise NotPossible(gettext("You are connected with this counsellor already. Change there what they see."))
    connection = found or Connection(student_id=student.pk, counsellor_id=counsellor.pk, origin=origin)
    connection.counsellor_name, connection.organisation = who.name, who.organisation
    connection.purpose, connection.cohort = purpose or connection.purpose, cohort or connection.cohort
    connection.agreed_at = connection.agreed_at or now
    return give(connection, student, given, now)


def met(student: User, counsellor: User) -> Counsellor:
    """The counsellor's introduction, if the two may be connected."""
    if student.pk == counsellor.pk:
        raise NotPossible(gettext("This is yourself. Ask somebody else."))
    found = Counsellor.objects.filter(user=counsellor.pk).first()
    if not found or not counsels(counsellor):
        raise NotPossible(NOBODY)
    return found


def check_term(given: Grant, now: datetime) -> None:
    if not now < given.ends_at <= now + LONGEST + MARGIN:
        raise NotPossible(gettext("Choose a last day between today and a year from now."))


def close_expired(student: User, counsellor: User, now: datetime) -> None:
    """Put an end to what is over by its own date, so that something new can begin."""
    expired = Connection.objects.filter(student=student.pk, counsellor=counsellor.pk, ended_at=None, ends_at__lte=now)
    expired.update(ended_at=F("ends_at"), version=F("version") + 1)


def between(student: User, counsellor: User) -> Connection | None:
    """What stands between the two, held until the transaction ends."""
    found = Connection.objects.select_for_update(of=("self",)).filter(student=student.pk, counsellor=counsellor.pk)
    return found.filter(ended_at=None).first()


def give(connection: Connection, student: User, given: Grant, now: datetime) -> Connection:
    """Write down what is given, put it on record and tell the counsellor."""
    what = News.CHANGED if connection.granted_at else News.GRANTED
    for scope in Scope:
        setattr(connection, f"shares_{scope}", scope in given.scopes)
    connection.student_name, connection.ends_at = given.name, given.ends_at
    connection.granted_at = connection.granted_at or now
    connection.text_version = sharing.TEXT_VERSION
    connection.version = (connection.version or 0) + (1 if connection.pk else 0)
    connection.save()
    open_portfolio(student, given.scopes)
    event = "consent-granted" if what == News.GRANTED else "consent-changed"
    record(event, student.pk, connection=connection.pk, scopes=list(connection.shared))
    note(connection, gettext("{shared}, until {day}").format(shared=words(connection.shared), day=day_words(given.ends_at)))
    if connection.counsellor:
        news.tell(owner=connection.counsellor, what=what, connection=connection)
    return connection


def words(scopes: Iterable[Scope]) -> str:
    """The scopes as they stand on record."""
    return ", ".join(scopes) or gettext("nothing but the name")


def note(connection: Connection, value: str) -> None:
    """Put on the student's record what they agreed to, or what became of it."""
    who = connection.counsellor_name[: 78 - len(value)]
    sharing.note_consent(owner=connection.student, about=Consent.GRANT, value=f"{who}: {value}")


def open_portfolio(student: User, scopes: Iterable[Scope]) -> None:
    """Open the portfolio to counsellors if something of it is shared and it is the owner's alone."""
    if OF_THE_PORTFOLIO.isdisjoint(scopes):
        return
    profile = presenting.profile_for(student)
    if profile.visibility < Visibility.COUNSELLOR:
        profile.visibility = Visibility.COUNSELLOR
        profile.save(update_fields=["visibility", "updated_at"])
        sharing.note_consent(owner=student, about=Consent.SHOWN, value=str(Visibility.COUNSELLOR.label))


@transaction.atomic
def change(*, student: User, connection: int, version: int, given: Grant) -> Connection:
    """The connection with what the student gives now: for the first time once the counsellor agreed, more, less or longer.

    Raises Changed if it is not at the version that the student was shown, and NotPossible.
    """
    now = timezone.now()
    hold(student)
    found = Connection.objects.select_for_update(of=("self",)).filter(pk=connection, student=student.pk).first()
    if not found or found.ended_at:
        raise NotPossible(OVER)
    if not found.counsellor or not counsels(found.counsellor):
        raise NotPossible(NOBODY)
    if found.version != version:
        raise Changed
    if not found.agreed_at and not found.granted_at:
        raise NotPossible(gettext("The counsellor has not answered yet. You decide once they have."))
    check_term(given, now)
    return give(found, student, given, now)


# The end


@transaction.atomic
def end(*, connection: int, side: Side) -> Connection | None:
    """The connection, or the request, which gives nothing from now on; None if it was ended before.

    What was told of it and not sent yet is not sent any more, and the other side learns that it ended.
    """
    found = Connection.objects.select_for_update(of=("self",)).filter(pk=connection, ended_at=None).first()
    if not found:
        return None
    found.ended_at, found.ended_by, found.version = timezone.now(), side, found.version + 1
    found.save(update_fields=["ended_at", "ended_by", "version"])
    Handover.objects.filter(connection=found, state=Transfer.WAITING).update(state=Transfer.WITHDRAWN, decided_at=found.ended_at)
    Notice.objects.filter(connection=found, sent_at=None).delete()
    if found.granted_at:
        note(found, gettext("ended") if side == Side.STUDENT else gettext("ended by them"))
    record("consent-ended", found.student_id, connection=found.pk, by=side)
    tell_of_end(found, side)
    return found


def tell_of_end(ended: Connection, side: Side) -> None:
    """Tell the other side; of a request that the student took back there is nothing to tell."""
    if side == Side.COUNSELLOR:
        news.tell(owner=ended.student, what=News.ENDED, connection=ended)
    elif ended.granted_at and ended.counsellor:
        news.tell(owner=ended.counsellor, what=News.ENDED, connection=ended)


@transaction.atomic
def leave(*, counsellor: int) -> int:
    """How many connections and requests ended because the counsellor stops: all of them, with invitations and codes."""
    keys = Connection.objects.filter(counsellor=counsellor, ended_at=None).order_by("pk").values_list("pk", flat=True)
    ended = [end(connection=key, side=Side.COUNSELLOR) for key in list(keys)]
    now = timezone.now()
    Cohort.objects.filter(counsellor=counsellor, closed_at=None).update(closed_at=now, code="", version=F("version") + 1)
    Counsellor.objects.filter(user=counsellor).update(takes_requests=False, version=F("version") + 1)
    Invitation.objects.filter(counsellor=counsellor, used_at=None, revoked_at=None).update(revoked_at=now)
    Handover.objects.filter(to=counsellor, state=Transfer.WAITING).update(state=Transfer.WITHDRAWN, decided_at=now)
    return sum(1 for each in ended if each)
