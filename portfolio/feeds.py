"""A member's calendar under a secret address: made, found by its secret, taken back."""

from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from home.models import User

from . import agenda, calendars, clocks, tokens
from .agenda import Occasion, What
from .models import CalendarAddress, Profile

NAME = _("Greenlight: my dates")
ALARM = timedelta(days=7)
CATEGORIES = {
    What.DEADLINE: _("Festival"),
    What.RESULT: _("Festival"),
    What.FESTIVAL: _("Festival"),
    What.TRAINING: "CPD",
    What.CERTIFICATE: "CPD",
    What.CYCLE: "CPD",
    What.PLACEMENT: _("Placement"),
    What.MEETING: _("Counselling"),
}


def make(*, owner: User) -> str:
    """A new secret of 192 random bits for the owner's calendar; the address before it is dead from now on."""
    token = tokens.new()
    CalendarAddress.objects.update_or_create(owner=owner, defaults={"digest": tokens.digest(token)})
    return token


def revoke(*, owner: User) -> None:
    """Take the owner's calendar off the net."""
    CalendarAddress.objects.visible_to(owner).delete()


def owner_of(token: str) -> User | None:
    """Whose calendar the secret opens; nobody's if they may not sign in any more."""
    found = CalendarAddress.objects.filter(digest=tokens.digest(token), owner__is_active=True)
    address = found.select_related("owner__profile").first()
    return address.owner if address else None


def calendar_of(owner: User, now: datetime) -> bytes:
    """The owner's dates as a calendar; the same bytes for as long as they stay the same."""
    profile = getattr(owner, "profile", None) or Profile(owner=owner)
    found = agenda.occasions(owner, profile.time_zone, clocks.today(now, profile.time_zone))
    return calendars.written([event(each, profile.reminds_of_deadlines) for each in found], NAME)


def event(occasion: Occasion, has_alarms: bool) -> calendars.Event:
    """An occasion as an event. Fees, notes, people and the status of a film stay out of it.

    Who asked to be reminded of deadlines gets an alarm too, as long as there is something to send.
    """
    alarms = has_alarms and occasion.what == What.DEADLINE and occasion.is_pending
    return calendars.Event(
        uid=f"{occasion.key}@{urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname}",
        title=occasion.title,
        starts=occasion.starts,
        ends=occasion.ends,
        changed=occasion.changed,
        version=occasion.version,
        details=occasion.about,
        url=urljoin(settings.WAGTAILADMIN_BASE_URL, occasion.path),
        category=CATEGORIES[occasion.what],
        standing=occasion.standing,
        alarm=ALARM if alarms else None,
    )
