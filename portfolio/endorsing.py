"""Asking somebody who was there, and what they answer: each verb is one transaction."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from home.background import hand_over
from home.models import User

from . import asking, tasks, tokens
from .claims import affirmed
from .models import AccessEvent, Endorsement, EndorsementRequest, Entry, Evidence, Profile
from .scales import Asking, Look
from .sharing import A_LOOK

MOST_A_DAY = 10


class NotPossible(ValueError):
    """Something that cannot be asked or said; its text is a sentence for whoever tried."""


class Gone(Exception):
    """The request does not open any more."""


class Answered(Exception):
    """The request was answered before; what was said then stands."""


class Changed(Exception):
    """The entry says something else than the page that was answered."""


# Asking


@transaction.atomic
def ask(
    *, entry: Entry, name: str, relation: str, email: str, message: str, who: str = "", takes_replies: bool = False
) -> EndorsementRequest:
    """A request to confirm the entry, its mail on the way; asked twice in the same words, the first one.

    `who` is the member's name, kept for later if they have given none yet. Raises NotPossible.
    """
    now = timezone.now()
    # One at a time for each member, so that the count below holds.
    owner = User.objects.select_for_update().get(pk=entry.owner_id)
    if why := reason_not_to(entry, owner, email):
        raise NotPossible(why)
    said = {"name": name, "relation": relation, "message": message, "takes_replies": takes_replies}
    waiting = EndorsementRequest.objects.filter(entry=entry.pk, email=email, state=Asking.OPEN)
    waiting.filter(expires_at__lte=now).delete()
    first = waiting.first()
    if first and {name: getattr(first, name) for name in said} == said:
        return first
    if first:
        raise NotPossible(
            gettext("You have asked this person about this entry already. Take that back first, or wait for an answer.")
        )
    if made_today(owner, now) >= MOST_A_DAY:
        raise NotPossible(
            gettext("You have asked {most_a_day} people in a day, which is the most there can be. Ask the next tomorrow.").format(
                most_a_day=MOST_A_DAY
            )
        )
    keep_name(owner, who)
    made = EndorsementRequest.objects.create(
        entry_id=entry.pk, email=email, nonce=tokens.new(), expires_at=now + asking.OPEN_FOR, **said
    )
    hand_over(tasks.send_request, made.pk)
    return made


def reason_not_to(entry: Entry, owner: User, email: str) -> str:
    now = Entry.objects.of(owner).filter(pk=entry.pk).select_related("owner").first()
    if not now:
        return gettext("This entry is not there any more.")
    if email == User.objects.normalize_email(owner.email) or owner.emailaddress_set.filter(email__iexact=email).exists():
        return gettext("This is your own address. Ask somebody who was there.")
    return asking.obstacle(now, Evidence.objects.filter(entry=entry.pk).exists())


def made_today(owner: User, now: datetime) -> int:
    return EndorsementRequest.objects.filter(entry__owner=owner, asked_at__gt=now - asking.A_DAY).count()


def keep_name(owner: User, who: str) -> None:
    if who and not asking.name_of(owner):
        Profile.objects.get_or_create(owner=owner)
        Profile.objects.of(owner).update(display_name=who, version=F("version") + 1)


@transaction.atomic
def send_again(*, owner: User, asked: int) -> EndorsementRequest:
    """The request with its mail on the way once more, at most once a day. Raises NotPossible."""
    now = timezone.now()
    mine = EndorsementRequest.objects.visible_to(owner).filter(pk=asked)
    waits = asking.opening(now).filter(pk=asked, entry__owner=owner, state=Asking.OPEN)
    a_day_old = EndorsementRequest.objects.filter(pk__in=waits.values("pk"), sent_at__lte=now - asking.A_DAY)
    if not a_day_old.update(sent_at=None):
        raise NotPossible(gettext("This was not sent. A request that waits can be sent again a day after the last time."))
    hand_over(tasks.send_request, asked)
    return mine.get()


@transaction.atomic
def withdraw(*, owner: User, asked: int) -> EndorsementRequest:
    """The request, which opens nothing from now on. Raises NotPossible if it waits for nothing any more."""
    mine = EndorsementRequest.objects.visible_to(owner).filter(pk=asked)
    # Held first: PostgreSQL looks at a state asked for through the entry only once, before an answer that it then waits for.
    list(mine.select_for_update(of=("self",)))
    if not mine.filter(state=Asking.OPEN).update(state=Asking.WITHDRAWN):
        raise NotPossible(gettext("This request waits for no answer any more."))
    return mine.get()


@transaction.atomic
def remove(*, owner: User, endorsement: int, is_whole: bool = False) -> int:
    """Take away one piece that somebody confirmed, or all that they confirmed with it, and return how many went.

    Once nothing is left of what a request brought, its address opens nothing any more.
    """
    mine = Endorsement.objects.filter(evidence__in=Evidence.objects.of(owner))
    one = mine.filter(pk=endorsement).select_related("evidence").first()
    if not one:
        return 0
    whole = mine.filter(request=one.request_id, name=one.name, relation=one.relation, evidence__entry=one.evidence.entry_id)
    count = (whole if is_whole else mine.filter(pk=one.pk)).delete()[0]
    if one.request_id and not mine.filter(request=one.request_id).exists():
        EndorsementRequest.objects.filter(pk=one.request_id).update(state=Asking.WITHDRAWN)
    return count


# Answering


@transaction.atomic
def confirm(*, asked: int, seen: str, levels: Mapping[int, int], quote: str = "") -> list[Endorsement]:
    """What the person who was asked confirms, one row a piece, at the level claimed or below it.

    `levels` are by the keys of pieces, 0 where they cannot say; `seen` is the mark of the claim they were shown. Raises Gone,
    Answered, Changed, and NotPossible if nothing is confirmed.
    """
    found = locked(asked)
    claim = asking.claim_of(found.entry)
    if claim.mark != seen:
        raise Changed
    standing = affirmed(claim, dict(levels))
    if not standing:
        raise NotPossible(gettext("Choose a level for at least one skill, or decline."))
    said = {"request": found, "name": found.name, "relation": found.relation, "quote": quote}
    made = Endorsement.objects.bulk_create(
        Endorsement(evidence_id=piece, level=level, **said) for piece, level in standing.items()
    )
    settle(found, Asking.CONFIRMED)
    return made


@transaction.atomic
def decline(*, asked: int, reason: str = "") -> None:
    """Put on record that the person does not confirm; the reason is for the owner alone. Raises Gone and Answered."""
    settle(locked(asked), Asking.DECLINED, answer=reason)


@transaction.atomic
def take_back(*, asked: int) -> None:
    """Remove everything that the person said; nothing shows it from the next request on. Raises Gone."""
    found = lock(asked)
    if found.state in (Asking.CONFIRMED, Asking.DECLINED):
        found.endorsements.all().delete()
        settle(found, Asking.REVOKED)


def lock(asked: int) -> EndorsementRequest:
    """The request and its entry, held until the transaction ends, so that two answers and an edit come one after another."""
    opening = asking.opening(timezone.now()).select_related("entry__owner__profile")
    found = opening.select_for_update(of=("self", "entry")).filter(pk=asked).first()
    if not found:
        raise Gone
    return found


def locked(asked: int) -> EndorsementRequest:
    found = lock(asked)
    if found.state != Asking.OPEN:
        raise Answered
    return found


def settle(found: EndorsementRequest, state: Asking, answer: str = "") -> None:
    """Write the answer down and have the owner told."""
    found.state, found.answer = state, answer
    found.answered_at = found.answered_at or timezone.now()
    found.save(update_fields=["state", "answer", "answered_at"])
    hand_over(tasks.tell_owner, found.pk)


def note_look(*, asked: EndorsementRequest, now: datetime) -> bool:
    """Write down that the person opened their page, at most once an hour; whether it was written down.

    With the look by a secret link, all that a GET of the record writes: its owner is promised to see who has looked.
    """
    look = {"owner_id": asked.entry.owner_id, "what": Look.ENDORSER, "who": asked.name, "entry_id": asked.entry_id}
    noted = AccessEvent.objects.filter(**look, at__gt=now - A_LOOK)
    if noted.exists():
        return False
    with transaction.atomic():
        list(EndorsementRequest.objects.select_for_update().filter(pk=asked.pk))
        if noted.all().exists():
            return False
        AccessEvent.objects.create(**look)
    return True
