"""Secret links to a portfolio: made, found by their secret, used, taken back; and what a member agreed to."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from home.models import User

from . import tokens
from .models import AccessEvent, ConsentEvent, Entry, ShareLink
from .scales import Consent, Look, Visibility
from .services import widest
from .viewers import Audience

# The words that members agree to, by the day they were written; what was agreed is kept with this beside it.
TEXT_VERSION = "2026-11-25"
A_LOOK = timedelta(hours=1)
LONGEST = timedelta(days=366)


class NotAllowed(ValueError):
    """Something that a member may not share; its text is a sentence for them."""


@transaction.atomic
def make_link(
    *, owner: User, name: str, ends_at: datetime, starts_at: datetime | None = None, entries: Iterable[int] | None = None
) -> tuple[ShareLink, str]:
    """A new secret link of the owner's, and its secret, which is told this once.

    `entries` are the keys of the only entries it opens; without them it opens all that people with a link may see. Raises
    NotAllowed for a member under 18.
    """
    if widest(owner) < Visibility.LINK:
        raise NotAllowed(gettext("Under 18, a portfolio is not shared by link."))
    token = tokens.new()
    link = ShareLink.objects.create(
        owner=owner,
        name=name,
        digest=tokens.digest(token),
        starts_at=starts_at or timezone.now(),
        ends_at=ends_at,
        has_all=entries is None,
    )
    if entries is not None:
        link.entries.set(Entry.objects.of(owner).filter(pk__in=entries))
    note_consent(owner=owner, about=Consent.LINK, value=gettext("{name}: made").format(name=name[:60]))
    return link, token


@transaction.atomic
def revoke_link(*, owner: User, link: int) -> ShareLink | None:
    """The link, which opens nothing from now on; None if the owner has no such link that still could."""
    found = ShareLink.objects.visible_to(owner).filter(pk=link, revoked_at=None).first()
    if found:
        found.revoked_at = timezone.now()
        found.save(update_fields=["revoked_at"])
        note_consent(owner=owner, about=Consent.LINK, value=gettext("{name}: taken back").format(name=found.name[:60]))
    return found


def link_of(token: str, now: datetime) -> ShareLink | None:
    """The link that the secret opens at this moment; a wrong secret and a dead link are the same to whoever asks."""
    return ShareLink.objects.working(now).filter(digest=tokens.digest(token)).select_related("owner__profile__career").first()


def audience_of(link: ShareLink) -> Audience:
    """Those who hold the link, as a viewer for `visible_to()`."""
    only = None if link.has_all else frozenset(link.entries.values_list("pk", flat=True))
    return Audience(link.owner_id, Visibility.LINK, only)


def note_look(*, link: ShareLink, now: datetime) -> bool:
    """Write down that the link was used, at most once an hour; whether it was written down.

    The one thing that a GET of the record writes: its owner is promised to see who has looked (decision 12).
    """
    stale = ShareLink.objects.filter(Q(last_used_at=None) | Q(last_used_at__lt=now - A_LOOK), pk=link.pk)
    if not stale.update(last_used_at=now):
        return False
    AccessEvent.objects.create(owner_id=link.owner_id, what=Look.LINK, who=link.name, link=link)
    return True


def note_consent(*, owner: User, about: Consent, value: str) -> ConsentEvent:
    """What the owner agreed to, or took back, put on record."""
    return ConsentEvent.objects.create(owner=owner, about=about, value=value, text_version=TEXT_VERSION)
