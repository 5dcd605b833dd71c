"""The verbs of a portfolio: how it is laid out, what stands in front, and how far it is open."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from home.models import User

from .finding import people_text
from .models import Attachment, Feature, Link, Profile
from .scales import Consent, Medium, Section, Visibility
from .services import widest
from .sharing import note_consent

MOST_FEATURES = 9
SHOWABLE = (Medium.IMAGE, Medium.AUDIO, Medium.VIDEO)


class Taken(Exception):
    """Somebody else took the address at the same moment."""


def profile_for(owner: User) -> Profile:
    """The owner's settings, made if there are none yet, locked until the transaction ends."""
    Profile.objects.get_or_create(owner=owner)
    return Profile.objects.of(owner).select_for_update().get()


def save_profile(profile: Profile, fields: list[str]) -> Profile:
    """The profile with these fields saved; Taken is raised if its address belongs to somebody since a moment ago."""
    profile.search_text = people_text(profile)
    profile.version += 1
    try:
        with transaction.atomic():
            profile.save(update_fields=[*fields, "search_text", "version", "updated_at"])
    except IntegrityError as error:
        raise Taken from error
    return profile


@transaction.atomic
def arrange(*, owner: User, section: Section, do: str) -> Profile:
    """The portfolio with a section shown, hidden, or moved one place up or down."""
    profile = profile_for(owner)
    order = [each.value for each in profile.sections]
    hidden = [name for name in profile.hidden if name in Section.values]
    if do in ("show", "hide"):
        hidden = [name for name in hidden if name != section] + ([section.value] if do == "hide" else [])
    else:
        swap(order, order.index(section), do)
    profile.order, profile.hidden = order, hidden
    profile.save(update_fields=["order", "hidden", "updated_at"])
    return profile


def swap(order: list[Any], at: int, do: str) -> None:
    """Change places with the neighbour above or below, if there is one."""
    other = at + (-1 if do == "up" else 1)
    if 0 <= other < len(order):
        order[at], order[other] = order[other], order[at]


@transaction.atomic
def put_in_front(*, owner: User, file: Any = None, link: int | None = None) -> Feature | None:
    """The file or the link as a piece of the portfolio; None if the owner has no such thing, or enough of them."""
    profile_for(owner)
    mine = Feature.objects.of(owner)
    if mine.count() >= MOST_FEATURES:
        return None
    found = piece(owner, file, link)
    if not found or mine.filter(**found).exists():
        return None
    last = mine.aggregate(last=Max("place"))["last"]
    return Feature.objects.create(**found, place=0 if last is None else last + 1)


def piece(owner: User, file: Any, link: int | None) -> dict[str, Any] | None:
    """What a feature is made of: a file that can be shown in place, or the address of a link."""
    if file:
        attachment = Attachment.objects.of(owner).filter(uuid=file, medium__in=SHOWABLE).first()
        return {"attachment": attachment, "entry_id": attachment.entry_id} if attachment else None
    found = Link.objects.filter(entry__owner=owner, entry__deleted_at=None, pk=link).first() if link else None
    return {"url": found.url, "entry_id": found.entry_id} if found else None


@transaction.atomic
def rearrange(*, owner: User, feature: int, do: str) -> bool:
    """Whether the piece was taken out, moved, made the reel or made an ordinary clip again; not if it is none of the owner's."""
    profile_for(owner)
    features = list(Feature.objects.of(owner))
    at = next((place for place, each in enumerate(features) if each.pk == feature), None)
    if at is None:
        return False
    chosen = features[at]
    if do == "remove":
        chosen.delete()
    elif do in ("reel", "plain"):
        Feature.objects.of(owner).update(is_reel=False)
        Feature.objects.of(owner).filter(pk=chosen.pk, attachment__isnull=False).update(is_reel=do == "reel")
    else:
        swap(features, at, do)
        for place, each in enumerate(features):
            Feature.objects.of(owner).filter(pk=each.pk).update(place=place)
    return True


@transaction.atomic
def open_to(*, owner: User, visibility: Visibility, listed: bool, indexed: bool, messages: bool) -> list[str]:
    """Open or close the portfolio, and say what has changed. What was agreed goes on record, with the text it was agreed to.

    Under 18 nothing beyond counsellors comes of it, whatever is asked.
    """
    profile = profile_for(owner)
    level = Visibility(min(visibility, widest(owner)))
    is_public = level == Visibility.PUBLIC
    wanted = {
        Consent.SHOWN: (profile.visibility != level, str(level.label)),
        Consent.LISTED: (profile.is_listed != (listed and is_public), on_or_off(listed and is_public)),
        Consent.INDEXED: (profile.is_indexed != (indexed and is_public), on_or_off(indexed and is_public)),
        Consent.MESSAGES: (profile.takes_messages != (messages and is_public), on_or_off(messages and is_public)),
    }
    changed = {about: value for about, (has_changed, value) in wanted.items() if has_changed}
    profile.visibility, profile.is_indexed, profile.takes_messages = level, indexed and is_public, messages and is_public
    if listed and is_public:
        profile.listed_at = profile.listed_at or timezone.now()
    else:
        profile.listed_at = None
    profile.save(update_fields=["visibility", "is_indexed", "takes_messages", "listed_at", "updated_at"])
    for about, value in changed.items():
        note_consent(owner=owner, about=about, value=value)
    return [f"{about.label}: {value.lower()}." for about, value in changed.items()]


def on_or_off(is_on: bool) -> str:
    return gettext("On") if is_on else gettext("Off")
