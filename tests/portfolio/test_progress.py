"""Where a step stands, in the words that both sides read."""

from datetime import date

import pytest

from portfolio.counselling.progress import Progress, progress
from portfolio.scales import StepState


@pytest.mark.parametrize(
    ("state", "known", "lamp", "words"),
    [
        (StepState.SENT, {}, "off", "Not opened"),
        (StepState.SENT, {"is_opened": True}, "off", "Opened, not answered yet"),
        (StepState.ACCEPTED, {"is_opened": True, "whole": 480}, "standby", "Accepted"),
        (StepState.UNDER_WAY, {}, "standby", "Under way"),
        (StepState.UNDER_WAY, {"done": 120}, "standby", "Under way, 2 hours"),
        (StepState.UNDER_WAY, {"done": 120, "whole": 480}, "standby", "Under way, 2 of 8 hours"),
        (StepState.UNDER_WAY, {"done": 90, "whole": 480}, "standby", "Under way, 1 hour 30 minutes of 8 hours"),
        (StepState.DEFERRED, {"until": date(2027, 5, 3)}, "off", "Put off until 3 May 2027"),
        (StepState.DEFERRED, {}, "off", "Put off"),
        (StepState.DECLINED, {"is_opened": True}, "off", "Declined"),
        (StepState.DONE, {"done": 480}, "go", "Finished"),
        (StepState.DONE, {"is_seen": True}, "go", "Finished, certificate seen"),
        (StepState.WITHDRAWN, {}, "off", "Taken back"),
    ],
)
def test_where_a_step_stands(state, known, lamp, words):
    assert progress(state, **known) == Progress(lamp, words)
