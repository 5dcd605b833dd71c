"""Cohorts: students whom a counsellor looks after together, and the code by which they join. Each verb is one transaction."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.models import User

from ..models import Cohort, Connection
from ..scales import Origin
from . import codes
from .connecting import Grant, NotPossible, grant, hold, introduction_of
from .querysets import COUNSELLORS

CODE_FOR = timedelta(days=30)
MOST_TRIES = 5
CLOSED = _("This cohort is closed.")


def joinable(now: datetime) -> QuerySet[Cohort]:
    """Cohorts that can be joined at this moment by their code."""
    counsels = {"counsellor__is_active": True, "counsellor__groups__name": COUNSELLORS, "counsellor__counsellor__isnull": False}
    return Cohort.objects.filter(closed_at=None, code_ends_at__gt=now, **counsels).exclude(code="")


def of_code(text: str, now: datetime) -> Cohort | None:
    """The cohort that the code leads to, however it was typed; a wrong code and a dead one are the same."""
    code = codes.read(text)
    return joinable(now).filter(code=code).select_related("counsellor__counsellor").first() if code else None


@transaction.atomic
def make(*, counsellor: User, **said: Any) -> Cohort:
    """A new cohort with a code that works for a month; made twice with the same words, the first. Raises NotPossible."""
    hold(counsellor)
    introduction_of(counsellor)
    first = Cohort.objects.filter(counsellor=counsellor.pk, name=said["name"]).first()
    if first and not first.closed_at and {name: getattr(first, name) for name in said} == said:
        return first
    if first:
        raise NotPossible(gettext("You have a cohort of this name already. Give this one another."))
    return with_new_code(Cohort(counsellor_id=counsellor.pk, **said))


def with_new_code(cohort: Cohort) -> Cohort:
    """The cohort, saved with a code that no other has."""
    for _attempt in range(MOST_TRIES):
        cohort.code, cohort.code_ends_at = codes.new(), timezone.now() + CODE_FOR
        try:
            with transaction.atomic():
                cohort.save()
        except IntegrityError:
            continue
        return cohort
    raise NotPossible(gettext("No code was found. Try again."))


@transaction.atomic
def change(*, cohort: Cohort, fields: list[str]) -> Cohort:
    """The cohort with these of its fields saved as they stand on it. Raises NotPossible."""
    hold(cohort.counsellor)
    held = locked(cohort)
    taken = Cohort.objects.filter(counsellor=held.counsellor_id, name=cohort.name).exclude(pk=held.pk)
    if taken.exists():
        raise NotPossible(gettext("You have a cohort of this name already. Give this one another."))
    cohort.version = held.version + 1
    cohort.save(update_fields=[*fields, "version"])
    return cohort


def locked(cohort: Cohort) -> Cohort:
    """The cohort, held until the transaction ends. Raises NotPossible if it is closed."""
    found = Cohort.objects.select_for_update(of=("self",)).filter(pk=cohort.pk, closed_at=None).first()
    if not found:
        raise NotPossible(CLOSED)
    return found


@transaction.atomic
def new_code(*, cohort: Cohort) -> Cohort:
    """The cohort with another code; the one before leads nowhere from now on. Raises NotPossible."""
    found = locked(cohort)
    introduction_of(found.counsellor)
    found.version += 1
    return with_new_code(found)


@transaction.atomic
def end_code(*, cohort: Cohort) -> Cohort:
    """The cohort without a code. Who joined by it stays. Raises NotPossible."""
    found = locked(cohort)
    found.code, found.code_ends_at, found.version = "", None, found.version + 1
    found.save(update_fields=["code", "code_ends_at", "version"])
    return found


@transaction.atomic
def close(*, cohort: Cohort) -> Cohort:
    """The cohort, which takes nobody in any more; the connections in it go on. Raises NotPossible."""
    found = locked(cohort)
    found.closed_at, found.code, found.code_ends_at = timezone.now(), "", None
    found.version += 1
    found.save(update_fields=["closed_at", "code", "code_ends_at", "version"])
    return found


@transaction.atomic
def move(*, counsellor: User, connection: int, to: Cohort | None) -> Connection:
    """The connection in another cohort of the same counsellor's, or in none. Raises NotPossible."""
    mine = Connection.objects.of_counsellor(counsellor).filter(pk=connection)
    if to and (to.counsellor_id != counsellor.pk or to.closed_at):
        raise NotPossible(CLOSED)
    if not mine.exists():
        raise NotPossible(gettext("This student is not in your care now."))
    Connection.objects.filter(pk=connection).update(cohort=to)
    return mine.select_related("cohort").get()


@transaction.atomic
def join(*, student: User, cohort: int, code: str, given: Grant) -> Connection:
    """The connection that comes of the code. Raises NotPossible."""
    hold(student)
    list(Cohort.objects.select_for_update(of=("self",)).filter(pk=cohort))
    found = joinable(timezone.now()).filter(pk=cohort, code=codes.read(code)).select_related("counsellor").first()
    if not found:
        raise NotPossible(gettext("This code leads nowhere any more. Ask your counsellor for the present one."))
    terms = {"origin": Origin.CODE, "purpose": found.purpose, "cohort": found}
    return grant(student=student, counsellor=found.counsellor, given=given, **terms)
