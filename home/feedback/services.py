"""What readers and editors do: say that a guide was useful, report a mistake, answer a report; and what is forgotten when."""

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language, gettext

from ..models import ReaderReport, ReportAnswer, Usefulness, User
from ..rates import A_DAY, AN_HOUR, Limit, TooMany
from ..scales import OPEN, ReportState
from ..words import fold
from .guides import Guide

# One answer a guide and day from one network address, and so many from it altogether.
ANSWERED_ONCE, ANSWERED = Limit("useful-once", 1, A_DAY), Limit("useful", 60, AN_HOUR)
REPORTED, RECEIVED = Limit("mistakes", 5, AN_HOUR), Limit("mistakes-received", 20, A_DAY)
DAYS_AFTER_DECISION, DAYS_AT_MOST = 90, 365


def count(*, guide: Guide, is_useful: bool, origin: str) -> bool:
    """Whether the answer was counted: there is one a day for each guide and origin."""
    if not (ANSWERED.takes(origin) and ANSWERED_ONCE.takes(f"{guide.kind}:{guide.pk}:{origin}")):
        return False
    month = timezone.localdate().replace(day=1)
    about = {"content_type": guide.content_type, "object_id": guide.pk, "month": month}
    Usefulness.objects.get_or_create(**about)
    answer = "yes" if is_useful else "no"
    Usefulness.objects.filter(**about).update(**{answer: F(answer) + 1})
    return True


def report(*, guide: Guide, words: Mapping[str, str], origin: str) -> ReaderReport | None:
    """The report; None if an open one says the same already. Raises TooMany.

    `words` are section (an anchor or ""), sort, text, suggestion and source; `origin` is a pseudonym of where they come from.
    """
    part = guide.part(words["section"])
    digest = digest_of(guide, words)
    if ReaderReport.objects.filter(digest=digest).exists():
        return None
    hold_back(guide, origin)
    said = {name: words[name] for name in ("sort", "text", "suggestion", "source")}
    made, is_new = ReaderReport.objects.get_or_create(digest=digest, defaults=whereabouts(guide, part) | said)
    return made if is_new else None


def hold_back(guide, origin):
    if not REPORTED.takes(origin):
        raise TooMany(gettext("Five reports have come from where you are in this hour. Send yours in the next."), REPORTED.wait)
    if not RECEIVED.takes(f"{guide.kind}:{guide.pk}"):
        raise TooMany(gettext("Many people have written about this page today. Send yours tomorrow."), RECEIVED.wait)


def whereabouts(guide, part):
    """The columns that say what a report is about. In a list, that is the thing meant rather than the list."""
    meant = part if guide.is_list and part else guide
    return {
        "content_type": guide.content_type,
        "object_id": meant.pk,
        "revision_id": meant.revision,
        "title": meant.title,
        "address": f"{guide.address}#{part.anchor}" if part else guide.address,
        "section": part.title if part and not guide.is_list else "",
        "language": get_language(),
        "received_on": timezone.localdate(),
    }


def digest_of(guide, words):
    """The same for the same words about the same page, whatever their case, accents and spaces."""
    said = [guide.kind, str(guide.pk), *(fold(words[name]) for name in ("section", "text", "suggestion"))]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


@transaction.atomic
def answer(*, report: ReaderReport, by: User, state: str, note: str) -> ReportAnswer:
    """The next step in the report's history. Once it is decided, the same words make a new report."""
    is_open = state in OPEN
    report.state = state
    report.decided_on = None if is_open else timezone.localdate()
    report.digest = report.digest if is_open else ""
    report.save(update_fields=["state", "decided_on", "digest"])
    return report.answers.create(by=by, state=state, note=note)


@transaction.atomic
def forget(today: date) -> int:
    """How many reports lost their words and notes: some time after they were decided, or in any case after a year."""
    decided = Q(decided_on__lte=today - timedelta(days=DAYS_AFTER_DECISION))
    old = Q(received_on__lte=today - timedelta(days=DAYS_AT_MOST))
    keys = list(ReaderReport.objects.with_words().filter(decided | old).values_list("pk", flat=True))
    found = ReaderReport.objects.filter(pk__in=keys)
    found.open().update(state=ReportState.LAPSED, decided_on=today)
    ReportAnswer.objects.filter(report__in=keys).update(note="")
    return found.update(text="", suggestion="", source="", digest="")
