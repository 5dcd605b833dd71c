"""What a counsellor says about an entry, asks for and confirms, and what its owner answers. Nothing here edits an entry.

Each verb is one transaction. The counsellor's look again whether the entry is open to them, with the entry held.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from careers.scales import Level
from home.models import User

from ..models import Connection, Endorsement, Entry, Evidence, Feedback
from ..scales import News, Scope, Side, State
from .audiences import audience_of
from .between import Closed, NotPossible, held, tell

MOST_WAITING = 20


def open_to(connection: Connection):
    """The entries that the connection opens to its counsellor."""
    return Entry.objects.visible_to(audience_of(connection))


# The counsellor's side


@transaction.atomic
def comment(*, connection: int, entry: int, text: str, evidence: int | None = None, asks_more: bool = False) -> Feedback:
    """What the counsellor says about the entry, or about a piece of it; said twice while it waits, it is there once.

    Raises Closed, and NotPossible if too much waits for an answer already.
    """
    found, about = opened(connection, entry)
    piece = Evidence.objects.filter(entry=about, pk=evidence).first() if evidence else None
    said = {"connection": found, "entry": about, "evidence": piece, "text": text, "asks_more": asks_more}
    waiting = Feedback.objects.filter(connection=found, entry=about, settled_at=None)
    again = waiting.filter(**said).first()
    if again:
        return again
    if waiting.count() >= MOST_WAITING:
        raise NotPossible(
            gettext("{most_waiting} comments on this entry wait already. Let the student settle some first.").format(
                most_waiting=MOST_WAITING
            )
        )
    made = Feedback.objects.create(name=found.counsellor_name, **said)
    tell(found, Side.STUDENT, News.FEEDBACK)
    return made


@transaction.atomic
def endorse(*, connection: int, entry: int, evidence: int, level: int) -> Endorsement:
    """The counsellor's one confirmation of a piece, at this level, which is the claimed one or below it.

    Raises Closed and NotPossible.
    """
    found, about = opened(connection, entry)
    piece = piece_of(about, evidence)
    if about.state != State.COMPLETED:
        raise NotPossible(gettext("Only something completed can be confirmed. This entry is not, or not yet."))
    if not 1 <= level <= piece.level:
        raise NotPossible(
            gettext("Confirm the level that is claimed, “{label}”, or one below it.").format(
                label=Level(piece.level).label.lower()
            )
        )
    first = Endorsement.objects.filter(evidence=piece, endorser=found.counsellor).first()
    if first and first.level == level:
        return first
    made = first or Endorsement(evidence=piece, endorser=found.counsellor)
    made.level, made.name, made.relation, made.made_at = level, found.counsellor_name, relation_of(found), timezone.now()
    made.save()
    tell(found, Side.STUDENT, News.ENDORSED)
    return made


@transaction.atomic
def take_back(*, connection: int, entry: int, evidence: int, why: str = "") -> bool:
    """Remove what the counsellor confirmed of the piece, and say so to the student; whether there was anything.

    Raises Closed and NotPossible.
    """
    found, about = opened(connection, entry)
    piece = piece_of(about, evidence)
    count, _ = Endorsement.objects.filter(evidence=piece, endorser=found.counsellor).delete()
    if count:
        text = gettext("I take back what I confirmed of {skill}. {why}").format(skill=piece.skill, why=why).strip()
        comment(connection=connection, entry=entry, evidence=evidence, text=text[:1000])
    return bool(count)


def opened(connection: int, entry: int) -> tuple[Connection, Entry]:
    """The connection and the entry, held until the transaction ends. Raises Closed unless the one opens the other."""
    found = held(connection, Scope.ENTRIES)
    list(Entry.objects.select_for_update().filter(pk=entry, owner=found.student_id))
    about = open_to(found).filter(pk=entry).first()
    if not about:
        raise Closed
    return found, about


def piece_of(entry: Entry, evidence: int) -> Evidence:
    piece = Evidence.objects.filter(entry=entry, pk=evidence).select_related("skill").first()
    if not piece:
        raise NotPossible(gettext("The entry does not name this skill any more."))
    return piece


def relation_of(connection: Connection) -> str:
    """What the counsellor is to the student: "Counsellor, Ashdown College"."""
    introduced = getattr(connection.counsellor, "counsellor", None)
    place = connection.organisation or (introduced.organisation if introduced else "")
    return ", ".join(filter(None, [gettext("Counsellor"), place]))[:120]


# The owner's side


@transaction.atomic
def reply(*, owner: User, feedback: int, text: str) -> Feedback:
    """What the owner answers, in the place of what they answered before. Raises NotPossible."""
    found = of_owner(owner, feedback)
    if found.reply != text:
        found.reply, found.replied_at = text, timezone.now()
        found.save(update_fields=["reply", "replied_at"])
        tell_counsellor(found)
    return found


@transaction.atomic
def settle(*, owner: User, feedback: int) -> Feedback:
    """The comment, done with. Raises NotPossible."""
    found = of_owner(owner, feedback)
    if not found.settled_at:
        found.settled_at = timezone.now()
        found.save(update_fields=["settled_at"])
        tell_counsellor(found)
    return found


def of_owner(owner: User, feedback: int) -> Feedback:
    """The comment on an entry of the owner's, held until the transaction ends. Raises NotPossible."""
    list(Feedback.objects.select_for_update().filter(pk=feedback))
    found = Feedback.objects.visible_to(owner).filter(pk=feedback, entry__owner=owner).first()
    if not found:
        raise NotPossible(gettext("This comment is not there any more."))
    return found


def tell_counsellor(feedback: Feedback) -> None:
    """Have the counsellor told, while they see the entry."""
    link = Connection.objects.open().filter(pk=feedback.connection_id, shares_entries=True).select_related("counsellor").first()
    if link and open_to(link).filter(pk=feedback.entry_id).exists():
        tell(link, Side.COUNSELLOR, News.REPLY)
