"""Which course closes most of a gap, and what is said of it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.ranking import Offer, Wanted, best, match, ranked, reason

BUDGETING, SCHEDULING, VFX, PITCHING = 1, 2, 3, 4
TITLES = {BUDGETING: "Budgeting", SCHEDULING: "Scheduling", VFX: "VFX awareness", PITCHING: "Pitching"}
WANTED = {
    BUDGETING: Wanted(level=3, missing=3, importance=3),
    SCHEDULING: Wanted(level=3, missing=1, importance=2),
    VFX: Wanted(level=2, missing=1, importance=1),
    PITCHING: Wanted(level=2, missing=0, importance=3),
}


def offer(title="A", teaches=(), **fields):
    return Offer(title.lower(), title, dict(teaches), **fields)


def order(*offers):
    return "".join(each.offer.title for each in ranked(offers, WANTED))


def said(teaches):
    return reason(match(offer(teaches=teaches), WANTED), WANTED, TITLES)


def test_a_piece_at_the_level_asked_closes_a_gap_and_one_below_it_is_practice():
    found = match(offer(teaches={BUDGETING: 2, SCHEDULING: 4, PITCHING: 4, 99: 4}), WANTED)

    assert (found.supplies, found.practises, found.score, found.practice) == ((SCHEDULING,), (BUDGETING,), 2, 3)


def test_a_course_supplies_one_piece_a_skill_however_many_are_missing():
    assert match(offer(teaches={BUDGETING: 3}), WANTED).score == 3


def test_what_matters_more_comes_first_and_practice_only_breaks_ties():
    essential, useful, practice = {BUDGETING: 3}, {VFX: 2}, {BUDGETING: 1, SCHEDULING: 1}

    assert order(offer("A", practice), offer("B", useful), offer("C", essential), offer("D", {**useful, **practice})) == "CDBA"


def test_between_equals_free_then_shorter_then_the_title_decides():
    teaches = {BUDGETING: 3}
    found = order(
        offer("D", teaches, hours=None),
        offer("E", teaches, hours=Decimal(5)),
        offer("C", teaches, is_free=True),
        offer("B", teaches, is_free=True, hours=Decimal(9)),
        offer("A", teaches, hours=None),
    )

    assert found == "BCEAD"


def test_courses_that_do_not_help_are_ranked_last_and_never_the_best():
    helps, not_asked, covered = offer("C", {VFX: 1}), offer("A", {99: 4}), offer("B", {PITCHING: 4})

    assert order(not_asked, helps, covered) == "CAB"
    assert [each.offer.title for each in best([not_asked, helps, covered], WANTED)] == ["C"]


@pytest.mark.parametrize(
    ("teaches", "words"),
    [
        ({BUDGETING: 3}, "Teaches budgeting on your own, the level this role asks; essential."),
        ({VFX: 4}, "Teaches VFX awareness to the point of leading others, above the level this role asks; useful."),
        (
            {SCHEDULING: 3, BUDGETING: 3},
            "Teaches budgeting on your own, the level this role asks; essential. Also teaches scheduling.",
        ),
        (
            {BUDGETING: 2},
            "Teaches budgeting with guidance; this role asks for it on your own, so it counts as practice. "
            "The skill is essential.",
        ),
        ({PITCHING: 4}, ""),
        ({}, ""),
    ],
)
def test_the_reason_in_words(teaches, words):
    assert said(teaches) == words


def test_of_many_skills_the_first_are_named_and_the_others_counted():
    wanted = {key: Wanted(2, 1, 1) for key in range(10)}
    found = match(offer(teaches=dict.fromkeys(range(10), 2)), wanted)

    assert reason(found, wanted, {key: f"Skill {key}" for key in range(10)}).endswith("Also teaches skill 1, skill 2 and 7 more.")


levels = st.dictionaries(st.integers(1, 5), st.integers(1, 4), max_size=5)
wants = st.dictionaries(
    st.integers(1, 5), st.builds(Wanted, level=st.integers(1, 4), missing=st.integers(0, 3), importance=st.integers(1, 3))
)


@given(st.lists(levels, max_size=8), wants)
def test_every_course_is_ranked_once_and_no_course_stands_above_one_that_closes_more(all_levels, wanted):
    offers = [Offer(str(number), f"Course {number}", each) for number, each in enumerate(all_levels)]

    found = ranked(offers, wanted)

    assert sorted(each.offer.key for each in found) == sorted(each.key for each in offers)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
