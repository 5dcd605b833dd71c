"""The mail with somebody's news: one a day at most, and nothing in it that its reader may not see at that moment.

As with reminders (notifications.py says why), the rows are marked in a transaction that ends only when the mail server has
taken the mail. Of two workers the second waits at the rows of the first, and then finds that the day has its mail.
"""

from collections import Counter
from contextlib import closing
from datetime import datetime, timedelta

from django.core import signing
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse

from home.languages import here, speaking_to
from home.models import User
from home.words import line

from ..models import Connection, Counsellor, Notice, Profile
from ..notifications import absolute
from ..scales import News, Side
from . import reminding, saying
from .mailing import hears, letter
from .saying import Told

SALT = "portfolio.counselling.mail"
# An hour less than it is called, so that the run of the same hour tomorrow finds it over.
A_DAY = timedelta(hours=23)
KEPT = timedelta(days=90)


def due(now: datetime) -> list[int]:
    """The keys of everybody for whom news waits, and who had no mail today."""
    had = Notice.objects.filter(sent_at__gt=now - A_DAY).values("owner")
    return list(
        Notice.objects.filter(sent_at=None).exclude(owner__in=had).order_by("owner").values_list("owner", flat=True).distinct()
    )


def send(*, owner: int, now: datetime) -> bool:
    """Whether a mail with the owner's news went out; not, if there is none, or the day had its mail.

    Raises whatever the mail server says when it does not take the mail.
    """
    if not Notice.objects.filter(owner=owner, sent_at=None).exists() or had_mail(owner, now):
        return False
    with closing(get_connection()) as connection:
        connection.open()
        return send_once(owner, now, connection)


def had_mail(owner: int, now: datetime) -> bool:
    return Notice.objects.filter(owner=owner, sent_at__gt=now - A_DAY).exists()


@transaction.atomic
def send_once(owner: int, now: datetime, connection) -> bool:
    """Whether the mail went out. What is told to nobody any more is removed: its reader stopped it, or its connection ended."""
    waiting = Notice.objects.filter(owner=owner, sent_at=None).order_by("pk")
    found = list(waiting.select_for_update(of=("self",)))
    if not found or had_mail(owner, now):
        return False
    told = standing(found, now)
    mail = mail_of(told, now, connection) if told else None
    kept = [each.pk for each in told] if mail else []
    Notice.objects.filter(pk__in={each.pk for each in found}.difference(kept)).delete()
    Notice.objects.filter(pk__in=kept).update(sent_at=now)
    if mail:
        mail.send()
    return bool(mail)


def standing(found: list[Notice], now: datetime) -> list[Notice]:
    """Those of one reader's news that are told at this moment, with what is needed to tell them."""
    keys = [each.pk for each in found]
    told = Notice.objects.filter(pk__in=keys, owner__is_active=True).order_by("pk")
    told = list(told.select_related("owner__profile", "owner__counsellor", "connection__student"))
    for each in told:
        # One reader, whose rights are asked for once.
        each.owner = told[0].owner
    between = Connection.objects.filter(pk__in=[each.connection_id for each in told if each.connection_id])
    alive = {*between.open(now).values_list("pk", flat=True)}
    alive |= {*between.waiting().filter(student__is_active=True).values_list("pk", flat=True)}
    return [each for each in told if is_told(each, alive)]


def is_told(notice: Notice, alive: set[int]) -> bool:
    """Whether the news still holds, its reader wants it, and the student shares what it is about."""
    if not hears(notice.owner, side_of(notice)):
        return False
    if notice.what == News.ENDED or not notice.connection_id:
        return True
    scope = saying.NEEDS.get(News(notice.what)) if side_of(notice) == Side.COUNSELLOR else None
    return notice.connection_id in alive and (not scope or scope in notice.connection.shared)


def side_of(notice: Notice) -> Side:
    """On which side of the connection the reader stands; without one, what is due is the reader's own plan."""
    if notice.connection_id:
        return Side.STUDENT if notice.connection.student_id == notice.owner_id else Side.COUNSELLOR
    return Side.STUDENT if notice.what == News.DUE or not hasattr(notice.owner, "counsellor") else Side.COUNSELLOR


def mail_of(told: list[Notice], now: datetime, connection=None) -> EmailMessage | None:
    """The mail to their one reader; none if what was due is done by now."""
    with speaking_to(told[0].owner):
        lines = lines_of(told, now)
        return written(told, lines, connection) if lines else None


def written(told: list[Notice], lines: list[Told], connection) -> EmailMessage:
    owner = told[0].owner
    stop = absolute(reverse("portfolio:stop_counselling_mail", args=[stop_token(owner, {side_of(each) for each in told})]))
    context = {"lines": [(each.sentence, absolute(here(each.place))) for each in lines]}
    return letter(saying.subject(lines), "news", context, owner.email, stop, connection=connection)


def lines_of(told: list[Notice], now: datetime) -> list[Told]:
    """What the news amounts to: one line a kind and a connection, in the order in which they came."""
    mine = [each for each in told if side_of(each) == Side.STUDENT]
    others = [each for each in told if side_of(each) == Side.COUNSELLOR]
    own = sentences(mine, now)
    if own and told[0].owner.is_protected:
        own = [saying.TO_A_MINOR if any(each.connection_id for each in mine) else saying.OWN_PLAN]
    return own + sentences(others, now)


def sentences(told: list[Notice], now: datetime) -> list[Told]:
    counts = Counter(group_of(each) for each in told if each.what != News.DUE)
    due = [each for each in told if each.what == News.DUE]
    return [saying.tell(side, what, who, count, key) for (side, what, who, key), count in counts.items()] + reminding.told(
        due, now
    )


def group_of(notice: Notice) -> tuple[Side, News, str, int | None]:
    """What is told in one line. That somebody ended it is told to a counsellor without who it was: they see nothing now."""
    side, what = side_of(notice), News(notice.what)
    if what == News.ENDED and side == Side.COUNSELLOR:
        return side, what, "", None
    return side, what, name_for(side, notice.connection), notice.connection_id


def name_for(side: Side, connection: Connection | None) -> str:
    """The other person's name; that of a student under 18 stands in no mail."""
    if not connection:
        return ""
    if side == Side.STUDENT:
        return line(connection.counsellor_name)
    return "" if connection.student.is_protected else line(connection.student_name)


def forget(now: datetime) -> int:
    """How many pieces of news went that were told long ago."""
    return Notice.objects.filter(sent_at__lt=now - KEPT).delete()[0]


# The way out


def stop_token(owner: User, sides: set[Side]) -> str:
    """What stands in a mail to prove that its reader may switch off such mails. It does not age: nor does the mail."""
    return signing.Signer(salt=SALT).sign_object([owner.pk, sorted(sides)])


def read_stop(token: str) -> tuple[User, list[Side]] | None:
    """Whose mails, and those of which side, the token may switch off; None for a token that we did not make."""
    try:
        pk, sides = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    owner = User.objects.filter(pk=pk, is_active=True).first()
    return (owner, [Side(each) for each in sides]) if owner else None


@transaction.atomic
def stop(*, owner: User, sides: list[Side]) -> None:
    """Send the person no more news of this sort."""
    if Side.STUDENT in sides:
        Profile.objects.update_or_create(owner=owner, defaults={"hears_of_counselling": False})
    if Side.COUNSELLOR in sides:
        Counsellor.objects.filter(user=owner).update(hears_of_counselling=False)
