"""Where a step stands, as a lamp and in words. Pure."""

from dataclasses import dataclass
from datetime import date

from ..partial_dates import hours_words
from ..scales import StepState

LAMPS = {
    StepState.SENT: "off",
    StepState.ACCEPTED: "standby",
    StepState.UNDER_WAY: "standby",
    StepState.DONE: "go",
    StepState.DEFERRED: "off",
    StepState.DECLINED: "off",
    StepState.WITHDRAWN: "off",
}


@dataclass(frozen=True, slots=True)
class Progress:
    """The lamp ("go", "standby", "off") and its words."""

    lamp: str
    words: str


def progress(
    state: StepState,
    *,
    is_opened: bool = False,
    done: int | None = None,
    whole: int | None = None,
    until: date | None = None,
    is_seen: bool = False,
) -> Progress:
    """Where a step stands; `done` and `whole` are minutes, `until` is the day it is put off to."""
    return Progress(LAMPS[state], words(state, is_opened, done or 0, whole or 0, until, is_seen))


def words(state: StepState, is_opened: bool, done: int, whole: int, until: date | None, is_seen: bool) -> str:
    match state:
        case StepState.SENT:
            return "Opened, not answered yet" if is_opened else "Not opened"
        case StepState.UNDER_WAY:
            return ", ".join(filter(None, ["Under way", of(done, whole)]))
        case StepState.DEFERRED if until:
            return f"Put off until {until.day} {until:%B %Y}"
        case StepState.DONE:
            return "Finished, certificate seen" if is_seen else "Finished"
    return str(state.label)


def of(done: int, whole: int) -> str:
    """How much is done: "2 of 8 hours", or the time alone where the whole is not known."""
    if done and whole and not done % 60 and not whole % 60:
        return f"{done // 60} of {whole // 60} hours"
    return f"{hours_words(done)} of {hours_words(whole)}" if done and whole else hours_words(done)
