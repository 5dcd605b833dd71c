"""Festival submissions as their owner sees them: moved along their two axes, counted, and summed up."""

from datetime import datetime
from itertools import chain, repeat

from django.db import transaction
from django.db.models import Count, F, Q, Sum

from home.models import User

from . import clocks, lifecycle
from .lifecycle import NOT_SENT, Status
from .models import FestivalSubmission, StatusChange
from .scales import Judging, State, Submission
from .services import Conflict

MOST = 200
FIELDS = {"submission": "submission_status", "judging": "judging_status"}
# Semi-finalists and finalists wait on: the jury has not said its last word.
DECIDED = [*lifecycle.FINAL & set(Judging), Judging.SELECTED, Judging.NOMINEE]
WAITING = [Submission.SUBMITTED, Submission.IN_CONSIDERATION, Submission.INCOMPLETE]


@transaction.atomic
def move(*, submission: FestivalSubmission, axis: str, to: str, shown: str, reason: str = "") -> FestivalSubmission:
    """The submission a step further, with the step in its history and the entry where it now stands in the log.

    `shown` is where it stood on this axis when its owner chose the step: Conflict is raised if it has moved since, and
    lifecycle.NotAllowed, with a sentence, if there is no such step.
    """
    found = FestivalSubmission.objects.select_for_update().filter(pk=submission.pk, deleted_at=None).first()
    if not found:
        raise Conflict
    status = status_of(found)
    if axis in FIELDS and getattr(found, FIELDS[axis]) != shown:
        raise Conflict
    change = lifecycle.change(status, axis, to, reason)
    setattr(found, FIELDS[change.axis], change.after.value)
    found.state = found.state if found.is_draft else lifecycle.entry_state(status_of(found))
    found.version += 1
    found.save(update_fields=[FIELDS[change.axis], "state", "version", "updated_at"])
    StatusChange.objects.create(
        submission=found, axis=change.axis, before=change.before.value, after=change.after.value, reason=change.reason
    )
    return found


def status_of(submission: FestivalSubmission) -> Status:
    return Status(Submission(submission.submission_status), Judging(submission.judging_status))


def submissions(owner: User):
    """The owner's submissions, without the long texts that no list shows."""
    return FestivalSubmission.objects.of(owner).defer("description", "reflection", "search_text", "screenings")


def logged(owner: User):
    """The owner's submissions that are more than a draft."""
    return submissions(owner).exclude(state=State.DRAFT)


def to_send(owner: User, home: str, now: datetime) -> list[FestivalSubmission]:
    """What is not sent yet, the next deadline first, with `closes`, `days_left` and `is_closed` for a member in this zone."""
    found = submissions(owner).filter(submission_status__in=NOT_SENT)
    ordered = found.order_by(F("deadline_on").asc(nulls_last=True), F("deadline_time").asc(nulls_last=True), "pk")
    made = [with_deadline(each, home, now) for each in ordered[:MOST]]
    return sorted(made, key=lambda each: (each.is_closed, each.deadline_on is None))


def with_deadline(submission: FestivalSubmission, home: str, now: datetime) -> FestivalSubmission:
    on, at = submission.deadline_on, submission.deadline_time
    submission.closes = clocks.moment(on, at, submission.deadline_zone, home) if on else None
    submission.is_timed = isinstance(submission.closes, datetime)
    submission.is_closed = bool(on) and clocks.is_past(submission.closes, now, home)
    submission.days_left = (clocks.day_of(submission.closes, home) - clocks.today(now, home)).days if on else None
    return submission


def waiting(owner: User) -> list[FestivalSubmission]:
    """What is sent and undecided, the next result first."""
    found = submissions(owner).filter(submission_status__in=WAITING).exclude(judging_status__in=DECIDED)
    return list(found.order_by(F("notified_on").asc(nulls_last=True), "-started", "pk")[:MOST])


def results(owner: User):
    """What came to an end, one way or another."""
    over = Q(judging_status__in=DECIDED) | Q(submission_status__in=lifecycle.FROZEN)
    return submissions(owner).filter(over).exclude(submission_status__in=NOT_SENT).order_by("-started", "-pk")


def laurels(owner: User) -> list[FestivalSubmission]:
    """What festivals chose, the latest first."""
    chosen = logged(owner).filter(judging_status__in=lifecycle.SELECTED).exclude(submission_status=Submission.DISQUALIFIED)
    return list(chosen.order_by("-started", "-pk")[:MOST])


def tally(owner: User) -> lifecycle.Tally:
    """The owner's submissions in numbers, counted by the database."""
    rows = logged(owner).order_by().values_list("submission_status", "judging_status")
    counted = rows.annotate(times=Count("pk"))
    return lifecycle.tally(chain.from_iterable(repeat(Status(*row), times) for *row, times in counted))


def spend(owner: User) -> list[tuple[str, object]]:
    """What the fees came to, by currency: those of what was sent, and those that were paid before that."""
    paid = ~Q(submission_status__in=NOT_SENT) | Q(fee_paid_on__isnull=False)
    found = logged(owner).filter(paid, fee__gt=0).order_by("fee_currency")
    return list(found.values_list("fee_currency").annotate(total=Sum("fee")))
