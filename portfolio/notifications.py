"""Reminders by email: of what, when, to whom, and the way out of them.

A reminder goes out once, and not less. Its row is written first, in a transaction that ends only when the mail server has
taken the mail. If the server does not, the row goes with the transaction, and the next day's run tries again. Of two runs at
the same time the second waits for the first at the row's unique key, and then has nothing to do. The connection is made
before the transaction, where a server that refuses or hangs holds nobody up. One gap cannot be closed: if the machine dies
after the server took the mail and before the row is there for good, the mail goes out once more. A reminder told twice is
better than one never told.
"""

from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core import signing
from django.core.mail import EmailMessage, get_connection
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from home.languages import speaking_to
from home.models import User
from home.sites import absolute
from home.words import clean

from . import agenda, clocks, lifecycle
from .agenda import What
from .models import Entry, Profile, Reminder
from .scales import Kind, State

SALT = "portfolio.reminders"
DAYS = {What.DEADLINE: (7, 1), What.CERTIFICATE: (30,)}
SWITCHES = {What.DEADLINE: "reminds_of_deadlines", What.CERTIFICATE: "reminds_of_certificates"}
DATES = {What.DEADLINE: "festivalsubmission__deadline_on", What.CERTIFICATE: "cpdactivity__certificate_expires"}
# A day in one place of the earth is up to 26 hours from the same day in another.
MARGIN = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder to send now: `days_before` is the day it is for, `days_left` how many there are in fact."""

    entry: Entry
    what: What
    due_on: date
    days_before: int
    days_left: int
    starts: date | datetime


def due(now: datetime) -> Iterator[Due]:
    """Every reminder that is due at this moment and did not go out yet, of all members who asked for it."""
    for what in DAYS:
        for entry in asked(what, now).order_by("pk").iterator(500):
            found = due_of(entry, what, now)
            if found and not sent(found).exists():
                yield found


def asked(what: What, now: datetime):
    """Entries of members who want to be reminded of such dates, with a date that comes close."""
    today = now.date()
    near = (today - MARGIN, today + timedelta(days=max(DAYS[what])) + MARGIN)
    members = {"owner__is_active": True, f"owner__profile__{SWITCHES[what]}": True, f"{DATES[what]}__range": near}
    found = Entry.objects.filter(deleted_at=None, **members).exclude(state__in=[State.DRAFT, State.CANCELLED])
    if what == What.DEADLINE:
        found = found.filter(festivalsubmission__submission_status__in=lifecycle.NOT_SENT)
    return found.select_related("owner__profile", "festivalsubmission", "cpdactivity")


def due_of(entry: Entry, what: What, now: datetime) -> Due | None:
    """The nearest reminder of the entry's date, if the day for it has come and the date has not passed."""
    home = entry.owner.profile.time_zone
    occasion = next((each for each in agenda.of_entry(entry, home) if each.what == what), None)
    if not occasion or not occasion.is_pending or occasion.is_over(now, home):
        return None
    left = (occasion.day(home) - clocks.today(now, home)).days
    reached = [days for days in DAYS[what] if left <= days]
    return Due(entry, what, date_of(entry, what), min(reached), left, occasion.starts) if reached else None


def date_of(entry: Entry, what: What) -> date:
    """The date as it is stored, which stays the same wherever the member goes."""
    details = entry.details
    return details.deadline_on if entry.kind == Kind.FESTIVAL else details.certificate_expires


def key(reminder: Due) -> dict[str, object]:
    return {
        "entry_id": reminder.entry.pk,
        "about": reminder.what,
        "due_on": reminder.due_on,
        "days_before": reminder.days_before,
    }


def sent(reminder: Due):
    return Reminder.objects.filter(**key(reminder))


def remind(*, entry: int, what: What, now: datetime) -> bool:
    """Whether a mail went out about this date of the entry: asked again from the start, for much may have changed since
    the task was put in the queue. Raises whatever the mail server says when it does not take the mail.
    """
    found = asked(what, now).filter(pk=entry).first()
    reminder = due_of(found, what, now) if found else None
    if not reminder or sent(reminder).exists():
        return False
    with closing(get_connection()) as connection:
        connection.open()
        return send_once(reminder, connection)


def send_once(reminder: Due, connection) -> bool:
    """Whether the mail went out; not, if its row is there already. The row stays only if the mail went out."""
    with suppress(IntegrityError), transaction.atomic():
        Reminder.objects.create(**key(reminder))
        mail(reminder, connection).send()
        return True
    return False


def mail(reminder: Due, connection=None) -> EmailMessage:
    """One plain mail, with the way out in its last line and in the headers that mail programs read (RFC 8058)."""
    with speaking_to(reminder.entry.owner), timezone.override(clocks.clock(reminder.entry.owner.profile.time_zone)):
        return written(reminder, connection)


def written(reminder: Due, connection) -> EmailMessage:
    owner, zone = reminder.entry.owner, reminder.entry.owner.profile.time_zone
    stop = absolute(reverse("portfolio:stop_reminders", args=[stop_token(owner, reminder.what)]))
    context = {
        "reminder": reminder,
        "festival": clean(agenda.festival_name(reminder.entry)),
        "title": clean(reminder.entry.title),
        "closes": reminder.starts if isinstance(reminder.starts, datetime) else None,
        "place": clocks.city(zone),
        "link": absolute(reminder.entry.get_absolute_url()),
        "stop": stop,
    }
    body = render_to_string(f"email/{reminder.what}.txt", context)
    headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(subject(reminder), body, to=[owner.email], headers=headers, connection=connection)


def subject(reminder: Due) -> str:
    """The whole message in a line: "Harbour Shorts closes in 7 days"."""
    if reminder.what == What.DEADLINE:
        return gettext("{festival} closes {when}").format(
            festival=clean(agenda.festival_name(reminder.entry)), when=days_words(reminder.days_left)
        )
    return gettext("Your certificate for {title} expires {when}").format(
        title=clean(reminder.entry.title), when=days_words(reminder.days_left)
    )


def days_words(days: int) -> str:
    if days < 2:
        return gettext("tomorrow") if days else gettext("today")
    return ngettext("in {number} day", "in {number} days", days).format(number=days)


def stop_token(owner: User, what: What) -> str:
    """What stands in a mail to prove that its reader may switch off such mails. It does not age: nor does the mail."""
    return signing.Signer(salt=SALT).sign_object([owner.pk, what.value])


def read_stop(token: str) -> tuple[Profile, What] | None:
    """Whose reminders, and of what, the token may switch off; None for a token that we did not make."""
    try:
        pk, what = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    profile = Profile.objects.filter(owner=pk).first()
    return (profile, What(what)) if profile else None


def stop(*, profile: Profile, what: What) -> None:
    """Send the member no more reminders of this sort."""
    Profile.objects.filter(pk=profile.pk).update(**{SWITCHES[what]: False})
