"""What a moderator decides about a thing that was reported: off the site, left alone, or back on it."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.background import hand_over
from home.models import User

from . import cases, tasks
from .contacting import lock
from .models import AccessEvent, Entry, Profile, Report
from .scales import Look, Verdict

# What can be decided, by where a report stands.
NEXT = {Verdict.OPEN: (Verdict.UPHELD, Verdict.DISMISSED), Verdict.UPHELD: (Verdict.LIFTED,)}
MODERATOR = _("A moderator")


class NotDecided(ValueError):
    """Something that cannot be decided; its text is a sentence for the moderator."""


class DecidedAlready(NotDecided):
    """Somebody else was first."""


@transaction.atomic
def decide(*, moderator: User, report: Report, verdict: Verdict, decision: str) -> Report:
    """The report as it stands now, decided with all the others of its thing; owner and reporters are told by mail.

    `decision` is what the owner reads. Raises NotDecided for a moderator's own portfolio, and DecidedAlready.
    """
    if report.owner_id == moderator.pk:
        raise NotDecided(gettext("This is your own. Another moderator decides."))
    lock(report.owner.profile)
    found = cases.reports().get(pk=report.pk)
    if verdict not in NEXT.get(Verdict(found.verdict), ()):
        raise DecidedAlready(gettext("Somebody else decided this before you, so nothing was changed. This is what they decided."))
    now = timezone.now()
    cases.together(found).update(verdict=verdict, decision=decision, decided_by=moderator, decided_at=now)
    carry_out(found, verdict, decision, now)
    AccessEvent.objects.create(owner_id=found.owner_id, entry_id=found.entry_id, what=Look.MODERATOR, who=MODERATOR)
    hand_over(tasks.tell_decision, found.pk)
    return cases.reports().get(pk=found.pk)


def carry_out(report: Report, verdict: Verdict, decision: str, now: datetime) -> None:
    """Take the thing off the site or put it back; a form that its owner has open is out of date from then on."""
    if verdict == Verdict.DISMISSED:
        return
    off = {"suspended_at": now, "suspension_reason": decision}
    back = {"suspended_at": None, "suspension_reason": ""}
    thing = Entry.objects.filter(pk=report.entry_id) if report.entry_id else Profile.objects.filter(pk=report.owner_id)
    thing.update(**(off if verdict == Verdict.UPHELD else back), version=F("version") + 1)
