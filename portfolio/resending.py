"""Mails about reports, decisions and answers that the mail server refused: remembered for a week, so that daily tries again.

What is remembered lies in the cache that workers share, by the key of the row and digests of the addresses that had theirs. If
the cache is emptied, these mails are lost: what they say stands on the site for whom it concerns.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from django.core.cache import cache
from django.core.mail import EmailMessage

from home.rates import asked

from . import letters
from .models import EndorsementRequest, Report
from .scales import Verdict

REMEMBERED = timedelta(days=7)
A_RUN = 10 * 60
REPORT, DECISION, ANSWER = "report", "decision", "answer"


def send(what: str, key: int, mails: Sequence[EmailMessage]) -> int:
    """How many of the mails the server took now; whoever had theirs before gets no second one."""
    had = asked(lambda: cache.get(mark(what, key)), otherwise=None) or []
    left = [mail for mail in mails if digest(mail) not in had]
    taken = letters.send(left)
    if taken < len(left):
        remember(what, key, [*had, *map(digest, left[:taken])])
    else:
        forget(what, key)
    return taken


def remember(what: str, key: int, had: Sequence[str] = ()) -> None:
    """Have the next day's run try again what was refused; `had` are the digests of those who need nothing more."""
    asked(lambda: cache.set(mark(what, key), list(had), REMEMBERED.total_seconds()), otherwise=None)


def forget(what: str, key: int) -> None:
    asked(lambda: cache.delete(mark(what, key)), otherwise=None)


def waiting(now: datetime) -> list[tuple[str, int]]:
    """What was refused in the last week, each with the key of its row."""
    since = now - REMEMBERED
    rows = [
        *named(REPORT, Report.objects.filter(verdict=Verdict.OPEN, made_at__gt=since)),
        *named(DECISION, Report.objects.filter(decided_at__gt=since)),
        *named(ANSWER, EndorsementRequest.objects.filter(answered_at__gt=since)),
    ]
    marks = {mark(*row): row for row in rows}
    found = asked(lambda: cache.get_many(marks), otherwise={})
    return [row for name, row in marks.items() if name in found]


def claim(what: str, key: int) -> bool:
    """Whether this run is the one that tries again."""
    return asked(lambda: cache.add(f"{mark(what, key)}:tried", 1, A_RUN), otherwise=False)


def named(what: str, rows) -> list[tuple[str, int]]:
    return [(what, key) for key in rows.order_by("pk").values_list("pk", flat=True)]


def mark(what: str, key: int) -> str:
    return f"refused:{what}:{key}"


def digest(mail: EmailMessage) -> str:
    """Stands for the address the mail goes to, and does not tell it."""
    return sha256(mail.to[0].encode()).hexdigest()[:16]
