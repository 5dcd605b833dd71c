from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio import lifecycle
from portfolio.lifecycle import Change, Move, NotAllowed, Status, Tally
from portfolio.scales import Judging, State, Submission

J, S = Judging, Submission
EVERY = [Status(*pair) for pair in product(S, J)]
TOO_EARLY = {
    Status(submission, judging) for submission in (S.PLANNED, S.DRAFT, S.SUBMITTED) for judging in J if judging != J.UNDECIDED
}
POSSIBLE = [status for status in EVERY if status not in TOO_EARLY]
TODAY = date(2026, 3, 14)

# The arrows as the record describes them, once more and by hand.
ARROWS = {
    (S.PLANNED, S.DRAFT),
    (S.PLANNED, S.SUBMITTED),
    (S.DRAFT, S.SUBMITTED),
    (S.SUBMITTED, S.IN_CONSIDERATION),
    (S.IN_CONSIDERATION, S.INCOMPLETE),
    (S.INCOMPLETE, S.IN_CONSIDERATION),
    *((open_state, S.WITHDRAWN) for open_state in (S.PLANNED, S.DRAFT, S.SUBMITTED, S.IN_CONSIDERATION, S.INCOMPLETE)),
    (S.IN_CONSIDERATION, S.DISQUALIFIED),
    (S.INCOMPLETE, S.DISQUALIFIED),
    (J.UNDECIDED, J.NOT_SELECTED),
    (J.UNDECIDED, J.SELECTED),
    (J.UNDECIDED, J.SEMI_FINALIST),
    (J.SEMI_FINALIST, J.FINALIST),
    (J.FINALIST, J.SELECTED),
    (J.FINALIST, J.WINNER),
    (J.SELECTED, J.NOMINEE),
    (J.SELECTED, J.HONOURABLE_MENTION),
    (J.SELECTED, J.WINNER),
    (J.NOMINEE, J.HONOURABLE_MENTION),
    (J.NOMINEE, J.WINNER),
}


def walk(status, choices, reason="A mistake"):
    """The status after as many steps as there are choices, each of them picking among what is allowed."""
    for choice in choices:
        steps = lifecycle.moves(status)
        step = steps[choice % len(steps)]
        status = lifecycle.move(status, step.axis, step.to, reason)
    return status


def reached_from(status):
    """Every status that any sequence of steps leads to."""
    seen, waiting = {status}, [status]
    while waiting:
        here = waiting.pop()
        beyond = {lifecycle.move(here, step.axis, step.to, "A mistake") for step in lifecycle.moves(here)} - seen
        seen |= beyond
        waiting += beyond
    return seen


def refusal(*step):
    with pytest.raises(NotAllowed) as refused:
        lifecycle.move(*step)
    return str(refused.value)


def test_what_may_come_next():
    assert lifecycle.moves(Status(S.IN_CONSIDERATION, J.SELECTED)) == (
        Move("submission", S.INCOMPLETE, needs_reason=False),
        Move("submission", S.DISQUALIFIED, needs_reason=False),
        Move("submission", S.WITHDRAWN, needs_reason=False),
        Move("judging", J.NOMINEE, needs_reason=False),
        Move("judging", J.HONOURABLE_MENTION, needs_reason=False),
        Move("judging", J.WINNER, needs_reason=False),
        Move("judging", J.UNDECIDED, needs_reason=True),
        Move("judging", J.FINALIST, needs_reason=True),
    )


def test_a_new_submission_is_prepared_sent_or_given_up():
    assert lifecycle.moves(Status()) == (
        Move("submission", S.DRAFT, needs_reason=False),
        Move("submission", S.SUBMITTED, needs_reason=False),
        Move("submission", S.WITHDRAWN, needs_reason=False),
    )


def test_the_steps_without_a_reason_are_the_arrows():
    free = {(status.on(step.axis), step.to) for status in POSSIBLE for step in lifecycle.moves(status) if not step.needs_reason}

    assert free == ARROWS


def test_the_steps_with_a_reason_go_against_the_arrows():
    back = {(step.to, status.on(step.axis)) for status in POSSIBLE for step in lifecycle.moves(status) if step.needs_reason}

    assert back == {(before, after) for before, after in ARROWS if (after, before) not in ARROWS}


def test_every_possible_status_is_reached_but_a_withdrawal_after_the_last_word():
    after_the_last_word = {Status(S.WITHDRAWN, judging) for judging in (J.NOT_SELECTED, J.WINNER, J.HONOURABLE_MENTION)}

    assert reached_from(Status()) == set(POSSIBLE) - after_the_last_word


@pytest.mark.parametrize("status", POSSIBLE)
def test_nothing_is_a_dead_end(status):
    assert Status() in reached_from(status)


@pytest.mark.parametrize("status", EVERY)
def test_a_jury_says_nothing_before_it_has_the_film(status):
    refused = []
    try:
        lifecycle.check(status)
    except NotAllowed as sentence:
        refused.append(str(sentence))

    expected = f"Nothing can be “{status.judging.label}” before the festival has it in consideration"
    assert refused == ([expected] if status in TOO_EARLY else [])


@given(st.sampled_from(POSSIBLE), st.lists(st.integers(0, 100), max_size=12))
def test_no_sequence_of_steps_leads_where_nothing_can_be(status, choices):
    assert walk(status, choices) not in TOO_EARLY


@given(st.sampled_from(POSSIBLE))
def test_a_step_changes_one_axis_and_says_what_it_changed(status):
    for step in lifecycle.moves(status):
        after = lifecycle.move(status, step.axis, step.to, " A mistake ")

        other = "judging" if step.axis == "submission" else "submission"
        assert (after.on(step.axis), after.on(other)) == (step.to, status.on(other))
        assert lifecycle.change(status, step.axis, step.to, " A mistake ") == Change(
            step.axis, status.on(step.axis), step.to, "A mistake"
        )


@pytest.mark.parametrize("frozen", [S.WITHDRAWN, S.DISQUALIFIED])
@pytest.mark.parametrize("judging", J)
def test_withdrawn_and_disqualified_keep_the_last_result(frozen, judging):
    assert [step for step in lifecycle.moves(Status(frozen, judging)) if step.axis == "judging"] == []


@pytest.mark.parametrize(
    ("status", "axis", "to"),
    [
        (Status(S.WITHDRAWN), "submission", S.PLANNED),
        (Status(S.DISQUALIFIED), "submission", S.IN_CONSIDERATION),
        (Status(S.IN_CONSIDERATION, J.NOT_SELECTED), "judging", J.UNDECIDED),
        (Status(S.IN_CONSIDERATION, J.WINNER), "judging", J.NOMINEE),
        (Status(S.IN_CONSIDERATION, J.HONOURABLE_MENTION), "judging", J.SELECTED),
        (Status(S.SUBMITTED), "submission", S.DRAFT),
    ],
)
def test_what_is_final_is_reopened_with_a_reason_only(status, axis, to):
    assert refusal(status, axis, to, "  ") == f"Say why this goes back to “{to.label}”"
    assert lifecycle.move(status, axis, to, "They wrote again").on(axis) == to


@pytest.mark.parametrize(
    ("status", "axis", "to", "sentence"),
    [
        (Status(), "submission", S.IN_CONSIDERATION, "“Planned” cannot become “In consideration” in one step"),
        (Status(), "submission", S.PLANNED, "It is “Planned” already"),
        (Status(), "judging", J.WINNER, "Nothing can be “Winner” before the festival has it in consideration"),
        (
            Status(S.IN_CONSIDERATION, J.SELECTED),
            "submission",
            S.SUBMITTED,
            "Nothing can be “Official selection” before the festival has it in consideration",
        ),
        (
            Status(S.WITHDRAWN, J.SELECTED),
            "judging",
            J.WINNER,
            "The result stays as it was, because the submission is withdrawn. Reopen it first",
        ),
        (
            Status(S.IN_CONSIDERATION, J.NOT_SELECTED),
            "submission",
            S.WITHDRAWN,
            "The jury has decided: “Not selected”. There is nothing left to withdraw",
        ),
        (Status(), "submission", "undecided", "Choose one of the steps listed"),
        (Status(), "judging", "draft", "Choose one of the steps listed"),
        (Status(), "", "", "Choose one of the steps listed"),
    ],
)
def test_says_why_a_step_is_not_allowed(status, axis, to, sentence):
    assert refusal(status, axis, to, "A mistake") == sentence


@given(st.sampled_from(POSSIBLE), st.text(max_size=12), st.text(max_size=12))
def test_what_is_not_a_step_is_refused(status, axis, to):
    assert refusal(status, axis, to) == "Choose one of the steps listed"


def test_stored_values_make_a_status():
    assert Status("in-consideration", "winner") == Status(S.IN_CONSIDERATION, J.WINNER)
    assert Status("in-consideration", "winner").judging.label == "Winner"


@pytest.mark.parametrize(
    ("status", "selected", "is_open", "words", "state"),
    [
        (Status(), False, True, "Planned", State.PLANNED),
        (Status(S.DRAFT), False, True, "Being prepared", State.PLANNED),
        (Status(S.SUBMITTED), False, True, "Submitted", State.COMPLETED),
        (Status(S.INCOMPLETE), False, True, "Incomplete", State.COMPLETED),
        (Status(S.IN_CONSIDERATION, J.FINALIST), False, True, "Finalist", State.COMPLETED),
        (Status(S.IN_CONSIDERATION, J.SELECTED), True, True, "Official selection", State.COMPLETED),
        (Status(S.IN_CONSIDERATION, J.NOMINEE), True, True, "Nominee", State.COMPLETED),
        (Status(S.IN_CONSIDERATION, J.HONOURABLE_MENTION), True, False, "Honourable mention", State.COMPLETED),
        (Status(S.IN_CONSIDERATION, J.WINNER), True, False, "Winner", State.COMPLETED),
        (Status(S.IN_CONSIDERATION, J.NOT_SELECTED), False, False, "Not selected", State.COMPLETED),
        (Status(S.WITHDRAWN), False, False, "Withdrawn", State.CANCELLED),
        (Status(S.WITHDRAWN, J.SELECTED), True, False, "Official selection, then withdrawn", State.CANCELLED),
        (Status(S.DISQUALIFIED, J.WINNER), False, False, "Disqualified", State.CANCELLED),
    ],
)
def test_what_a_status_means(status, selected, is_open, words, state):
    assert (
        lifecycle.is_selected(status),
        lifecycle.is_open(status),
        lifecycle.result_words(status),
        lifecycle.entry_state(status),
    ) == (selected, is_open, words, state)


@pytest.mark.parametrize(
    ("status", "announced_on", "shown"),
    [
        (Status(S.IN_CONSIDERATION, J.WINNER), TODAY, J.WINNER),
        (Status(S.IN_CONSIDERATION, J.WINNER), date(2026, 3, 15), J.UNDECIDED),
        (Status(S.IN_CONSIDERATION, J.WINNER), None, J.UNDECIDED),
        (Status(S.IN_CONSIDERATION, J.NOT_SELECTED), TODAY, J.UNDECIDED),
        (Status(S.WITHDRAWN, J.SELECTED), TODAY, J.SELECTED),
        (Status(S.DISQUALIFIED, J.WINNER), TODAY, J.UNDECIDED),
    ],
)
def test_a_result_is_public_from_its_day_on(status, announced_on, shown):
    assert lifecycle.shown_publicly(status, announced_on, TODAY) == shown


@given(st.sampled_from(EVERY), st.none() | st.dates(), st.dates())
def test_strangers_never_see_a_rejection_or_an_early_result(status, announced_on, today):
    shown = lifecycle.shown_publicly(status, announced_on, today)

    assert shown in {J.UNDECIDED, status.judging} - {J.NOT_SELECTED}
    assert shown == J.UNDECIDED or (announced_on is not None and announced_on <= today)


def test_submissions_in_numbers():
    statuses = [
        Status(),
        Status(S.DRAFT),
        Status(S.WITHDRAWN),
        Status(S.SUBMITTED),
        Status(S.INCOMPLETE),
        Status(S.DISQUALIFIED),
        Status(S.DISQUALIFIED, J.WINNER),
        Status(S.WITHDRAWN, J.SELECTED),
        Status(S.IN_CONSIDERATION, J.SEMI_FINALIST),
        Status(S.IN_CONSIDERATION, J.NOT_SELECTED),
        Status(S.IN_CONSIDERATION, J.NOMINEE),
        Status(S.IN_CONSIDERATION, J.HONOURABLE_MENTION),
        Status(S.IN_CONSIDERATION, J.WINNER),
        Status(S.INCOMPLETE, J.WINNER),
    ]

    assert lifecycle.tally(statuses) == Tally(sent=11, selected=5, awards=3, undecided=2)


@given(st.lists(st.sampled_from(POSSIBLE)), st.lists(st.sampled_from(POSSIBLE)))
def test_numbers_of_two_lists_add_up(one, other):
    both, first, second = (lifecycle.tally(each) for each in (one + other, one, other))

    for name in ("sent", "selected", "awards", "undecided"):
        assert getattr(both, name) == getattr(first, name) + getattr(second, name)
    assert both.awards <= both.selected <= both.sent <= len(one + other)
    assert both.undecided <= both.sent - both.selected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((value.value, value) for value in (*S, *J)),
        *((value.label, value) for value in (*S, *J)),
        ("In Consideration", S.IN_CONSIDERATION),
        (" not_selected ", J.NOT_SELECTED),
        ("Semi Finalist", J.SEMI_FINALIST),
        ("Semifinalist", J.SEMI_FINALIST),
        ("Award Winner", J.WINNER),
        ("Honorable Mention", J.HONOURABLE_MENTION),
        ("Quarter-Finalist", None),
        ("", None),
        ("winner" * 20_000, None),
    ],
)
def test_imported_words_are_known_or_left_alone(text, value):
    assert lifecycle.parse_status(text) == value
