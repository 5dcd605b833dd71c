"""Where a recommended step stands, in the words that a counsellor reads. Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext, ngettext

from ..partial_dates import hours_words, words
from ..scales import StepState

LAMPS = {StepState.DONE: "go", StepState.ACCEPTED: "standby", StepState.UNDER_WAY: "standby"}
PENDING = (StepState.SENT, StepState.ACCEPTED, StepState.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known of a step; `hours` is how long its course takes, if that is known."""

    state: StepState
    is_opened: bool = False
    minutes_done: int | None = None
    hours: Decimal | None = None
    due_on: date | None = None
    deferred_until: date | None = None
    certificate_seen: bool = False

    def is_overdue(self, today: date) -> bool:
        return bool(self.due_on and self.due_on < today and self.state in PENDING)

    @property
    def lamp(self) -> str:
        """The lamp: "go" finished, "standby" read or agreed to, "off" for all else."""
        return "standby" if self.state == StepState.SENT and self.is_opened else LAMPS.get(self.state, "off")

    @property
    def words(self) -> str:
        """Such as "Not opened", "Under way, 2 of 8 hours" or "Finished, certificate seen"."""
        match self.state:
            case StepState.SENT:
                return gettext("Opened") if self.is_opened else gettext("Not opened")
            case StepState.UNDER_WAY:
                return ", ".join(filter(None, [gettext("Under way"), self.done_words]))
            case StepState.DEFERRED:
                return (
                    gettext("Put off until {deferred_until}").format(deferred_until=words(self.deferred_until.isoformat()))
                    if self.deferred_until
                    else gettext("Put off")
                )
            case StepState.DONE:
                return gettext("Finished, certificate seen") if self.certificate_seen else gettext("Finished")
        return str(self.state.label)

    @property
    def done_words(self) -> str:
        """Such as "2 of 8 hours"; nothing if nothing was said to be done."""
        if not self.minutes_done:
            return ""
        if not self.hours or self.minutes_done % 60:
            return str(hours_words(self.minutes_done))
        words = ngettext("{done} of {number} hour", "{done} of {number} hours", 1 if self.hours == 1 else 2)
        return words.format(done=self.minutes_done // 60, number=f"{self.hours.normalize():f}")
