"""The rule by which a caseload says who could do with a nudge."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.counselling.attention import Signs, Status, ago, rank, silent, status
from portfolio.counselling.progress import Progress
from portfolio.scales import StepState

TODAY = date(2026, 11, 25)
ANY_DAY = st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1))
ANY_SIGNS = st.builds(Signs, ANY_DAY, st.none() | st.booleans(), st.none() | st.integers(0, 3), st.none() | st.booleans())


def days(number):
    return TODAY - timedelta(days=number)


@pytest.mark.parametrize(
    ("signs", "found"),
    [
        (Signs(None), Status.NOT_STARTED),
        (Signs(days(1), has_role=False), Status.NOT_STARTED),
        (Signs(days(60), has_role=False), Status.NOT_STARTED),
        (Signs(days(42), has_role=True), Status.QUIET),
        (Signs(days(42), is_covered=True), Status.QUIET),
        (Signs(days(41), has_role=True), Status.SLOWING),
        (Signs(days(21)), Status.SLOWING),
        (Signs(days(20)), Status.ON_TRACK),
        (Signs(days(0), overdue=1), Status.SLOWING),
        (Signs(days(0), overdue=0), Status.ON_TRACK),
        (Signs(days(0), has_role=True, is_covered=True), Status.COVERED),
        (Signs(days(0), overdue=1, is_covered=True), Status.SLOWING),
        (Signs(TODAY + timedelta(days=1)), Status.ON_TRACK),
    ],
)
def test_the_first_that_fits_is_the_status(signs, found):
    assert status(signs, TODAY) == found


@given(ANY_SIGNS)
def test_every_student_has_one_status_with_a_word_and_a_lamp(signs):
    found = status(signs, TODAY)

    assert found.word == found.word.capitalize()
    assert found.lamp in {"stop", "standby", "go"}
    assert found.needs_nudge == (found in {Status.QUIET, Status.NOT_STARTED, Status.SLOWING})


@given(ANY_SIGNS)
def test_what_is_not_shared_never_makes_a_student_look_worse(signs):
    hidden = Signs(signs.last_logged)

    assert status(hidden, TODAY) in {status(signs, TODAY), *[Status.ON_TRACK, Status.SLOWING, Status.QUIET, Status.NOT_STARTED]}
    assert rank(hidden, TODAY)[0] >= rank(signs, TODAY)[0] or signs.has_role is False


@given(st.lists(ANY_SIGNS))
def test_those_who_need_a_nudge_come_first(signs):
    ordered = [status(each, TODAY).needs_nudge for each in sorted(signs, key=lambda each: rank(each, TODAY))]

    assert ordered == sorted(ordered, reverse=True)


@given(ANY_DAY, ANY_DAY)
def test_of_the_same_status_the_longest_silence_comes_first(one, other):
    first, second = Signs(one, True), Signs(other, True)
    if status(first, TODAY) == status(second, TODAY) and one and other and one < other <= TODAY:
        assert rank(first, TODAY) < rank(second, TODAY)


@pytest.mark.parametrize(
    ("number", "words"),
    [(-1, "Today"), (0, "Today"), (1, "Yesterday"), (2, "2 days ago"), (13, "13 days ago"), (14, "2 weeks ago")]
    + [(49, "7 weeks ago"), (69, "9 weeks ago"), (70, "2 months ago"), (400, "13 months ago")],
)
def test_days_are_told_in_the_fewest_words(number, words):
    assert ago(days(number), TODAY) == words


def test_never_is_told_as_never():
    assert (ago(None, TODAY), silent(None, TODAY)) == ("Never", None)


# Recommended steps


@pytest.mark.parametrize(
    ("progress", "lamp", "words"),
    [
        (Progress(StepState.SENT), "off", "Not opened"),
        (Progress(StepState.SENT, is_opened=True), "standby", "Opened"),
        (Progress(StepState.ACCEPTED), "standby", "Accepted"),
        (Progress(StepState.UNDER_WAY), "standby", "Under way"),
        (Progress(StepState.UNDER_WAY, minutes_done=120, hours=Decimal("8.0")), "standby", "Under way, 2 of 8 hours"),
        (Progress(StepState.UNDER_WAY, minutes_done=60, hours=Decimal("1")), "standby", "Under way, 1 of 1 hour"),
        (Progress(StepState.UNDER_WAY, minutes_done=120, hours=Decimal("100")), "standby", "Under way, 2 of 100 hours"),
        (Progress(StepState.UNDER_WAY, minutes_done=90, hours=Decimal("8")), "standby", "Under way, 1 hour 30 minutes"),
        (Progress(StepState.UNDER_WAY, minutes_done=120), "standby", "Under way, 2 hours"),
        (Progress(StepState.DEFERRED), "off", "Put off"),
        (Progress(StepState.DEFERRED, deferred_until=date(2026, 12, 3)), "off", "Put off until 3 December 2026"),
        (Progress(StepState.DECLINED), "off", "Declined"),
        (Progress(StepState.DONE), "go", "Finished"),
        (Progress(StepState.DONE, certificate_seen=True), "go", "Finished, certificate seen"),
        (Progress(StepState.WITHDRAWN), "off", "Taken back"),
    ],
)
def test_a_step_says_where_it_stands(progress, lamp, words):
    assert (progress.lamp, progress.words) == (lamp, words)


@pytest.mark.parametrize("state", StepState)
def test_only_what_waits_for_the_student_can_be_overdue(state):
    assert Progress(state, due_on=days(1)).is_overdue(TODAY) == (state in {"sent", "accepted", "under-way"})
    assert not Progress(state, due_on=TODAY).is_overdue(TODAY)
    assert not Progress(state).is_overdue(TODAY)
