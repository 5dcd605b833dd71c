"""What the tests of news share: people and what passes between them, and the mail that goes out at a moment."""

from datetime import UTC, datetime, timedelta

from django.core import mail

from portfolio.counselling import digest
from portfolio.models import Meeting, Notice, Profile
from tests import make

NOON = datetime(2026, 4, 11, 12, tzinfo=UTC)
PRIVATE = "Osterly-marker-9151"


def student(**fields):
    made = make.member(**{name: fields.pop(name) for name in ("age_band", "is_active") if name in fields})
    Profile.objects.create(owner=made, time_zone="Europe/London", visibility=2, **fields)
    return made


BETWEEN = {"granted_at": NOON - timedelta(days=60), "ends_at": NOON + timedelta(days=60)}


def notice(met, what, owner=None, **fields):
    return Notice.objects.create(owner=owner or met.student, what=what, connection=met, **fields)


def to_counsellor(met, what, **fields):
    return notice(met, what, met.counsellor, **fields)


def sent(owner, now=NOON):
    """The subject of the mail that goes out to this person at this moment, and its lines without addresses; or None."""
    mail.outbox.clear()
    if not digest.send(owner=owner.pk, now=now):
        return None
    (message,) = mail.outbox
    return message.subject, sentences(message)


def sentences(message):
    letter = message.body.partition("\n--\n")[0]
    return [each for each in letter.splitlines() if each and not each.startswith("http")]


def change(thing, **fields):
    type(thing).objects.filter(pk=thing.pk).update(**fields)


def end(met):
    change(met, ended_at=NOON, ended_by="student")


def close(user):
    change(user, is_active=False)


def meeting(met, starts, **fields):
    made = Meeting.objects.create(connection=met, starts_at=starts, channel="video", **fields)
    change(made, made_at=NOON - timedelta(days=30))
    return made
