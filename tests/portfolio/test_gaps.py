from fractions import Fraction
from operator import le

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.gaps import (
    Asked,
    Gap,
    Held,
    Nearness,
    Role,
    SkillGap,
    finding,
    gap,
    in_sentence,
    nearest,
    newly_covered,
    number_word,
    pieces_word,
    with_more,
)

SCHEDULING, BUDGETS, RESEARCH = 1, 2, 3
NAMES = {SCHEDULING: "Scheduling", BUDGETS: "Budget tracking", RESEARCH: "Research"}

skills, levels, importances = st.integers(1, 6), st.integers(1, 4), st.integers(1, 3)
requirements = st.lists(st.builds(Asked, skills, levels, importances), max_size=6, unique_by=lambda asked: asked.skill)
rows = st.builds(
    lambda skill, level, pieces, verified, stage: Held(skill, level, pieces, min(pieces, verified), stage),
    st.integers(1, 8),
    levels,
    st.integers(0, 5),
    st.integers(0, 5),
    st.integers(0, 5),
)
records = st.lists(rows, max_size=12)
roles = st.lists(requirements, max_size=8).map(
    lambda lists: [Role(key, tuple(asked)) for key, asked in enumerate(lists, start=100)]
)


def by_skill(found):
    return {each.skill: each for each in found.skills}


def totals(found):
    return found.asked, found.counted, found.verified, found.covered


def figures(each):
    return each.pieces, each.counted, each.verified, each.verified_counted, each.practice


def covered(found):
    return {each.skill for each in found.skills if each.is_covered}


def named(found):
    return finding(found, NAMES.get)


def test_pieces_count_at_the_level_or_above_and_are_practice_below_it():
    held = [Held(SCHEDULING, 2, 2, 1, 3), Held(SCHEDULING, 3, 1, 0, 2), Held(SCHEDULING, 4, 1, 1, 0), Held(BUDGETS, 4, 9, 9, 1)]

    found = gap([Asked(SCHEDULING, 3, 3)], held)

    assert found == Gap((SkillGap(SCHEDULING, 3, 3, pieces=2, verified=1, practice=2, marks=(2, 0)),))


def test_a_role_is_covered_by_pieces_counted_of_pieces_asked():
    asked = [Asked(SCHEDULING, 3, 3), Asked(BUDGETS, 2, 2), Asked(RESEARCH, 1, 1)]

    found = gap(asked, [Held(SCHEDULING, 3, 4, 4), Held(BUDGETS, 2, 1), Held(BUDGETS, 1, 5)])

    assert totals(found) == (6, 4, 3, 1)
    assert [each.state for each in found.skills] == ["standby", "off", "go"]
    assert [each.missing for each in found.skills] == [1, 1, 0]
    assert found.missing == found.skills[:2]
    assert (found.heaviest, found.is_complete) == (found.skills[0], False)


def test_a_piece_endorsed_below_the_level_claimed_is_verified_there_alone():
    held = [Held(SCHEDULING, 3, 1), Held(SCHEDULING, 2, 0, verified=1)]

    assert totals(gap([Asked(SCHEDULING, 2, 1)], held)) == (1, 1, 1, 1)
    assert totals(gap([Asked(SCHEDULING, 3, 1)], held)) == (1, 1, 0, 1)


def test_an_endorsement_above_the_level_claimed_adds_no_piece():
    assert totals(gap([Asked(SCHEDULING, 3, 1)], [Held(SCHEDULING, 2, 1), Held(SCHEDULING, 3, 0, verified=1)])) == (1, 0, 0, 0)


def test_practice_alone_lights_the_standby_lamp():
    assert [each.state for each in gap([Asked(SCHEDULING, 3, 1)], [Held(SCHEDULING, 2, 1)]).skills] == ["standby"]


def test_the_biggest_gap_comes_first_then_the_more_important_then_as_listed():
    asked = [Asked(1, 1, 1), Asked(2, 1, 2), Asked(3, 1, 3), Asked(4, 1, 1), Asked(5, 1, 3)]

    found = gap(asked, [Held(3, 1, 2), Held(5, 1, 3)])

    assert [each.skill for each in found.skills] == [2, 3, 1, 4, 5]


def test_marks_are_the_stages_in_order_with_none_last():
    held = [Held(1, 2, 1, 0, 0), Held(1, 2, 2, 0, 5), Held(1, 1, 7, 0, 4), Held(1, 3, 1, 0, 2)]

    assert gap([Asked(1, 2, 3)], held).skills[0].marks == (2, 5, 5, 0)


def test_a_role_that_asks_nothing_is_never_complete():
    found = gap([], [Held(SCHEDULING, 3, 1)])

    assert (totals(found), found.heaviest, found.is_complete) == ((0, 0, 0, 0), None, False)


def test_what_more_would_cover():
    asked, held = (
        [Asked(SCHEDULING, 2, 2), Asked(BUDGETS, 2, 1), Asked(RESEARCH, 1, 1)],
        [Held(SCHEDULING, 2, 1), Held(RESEARCH, 1, 1)],
    )

    after = with_more(asked, held, [Held(SCHEDULING, 3, 1), Held(BUDGETS, 1, 1)])

    assert totals(after) == (4, 3, 0, 2)
    assert newly_covered(gap(asked, held), after) == (SCHEDULING,)


@given(requirements, records)
def test_each_figure_is_what_counting_piece_by_piece_gives(asked, held):
    pieces = [(row.skill, row.level) for row in held for _ in range(row.pieces)]
    endorsed = [(row.skill, row.level) for row in held for _ in range(row.verified)]

    found = by_skill(gap(asked, held))

    for each in asked:
        here = found[each.skill]
        counting = [level for skill, level in pieces if skill == each.skill and level >= each.level]
        below = [level for skill, level in pieces if skill == each.skill and level < each.level]
        verified = [level for skill, level in endorsed if skill == each.skill and level >= each.level]
        assert (here.pieces, here.practice, here.verified) == (len(counting), len(below), len(verified))
        assert len(here.marks) == here.pieces
        assert here.counted + here.missing == each.importance


@given(requirements, records)
def test_verified_is_at_most_counted_is_at_most_asked(asked, held):
    found = gap(asked, held)

    assert found.asked == sum(each.importance for each in asked)
    assert 0 <= found.verified <= found.counted <= found.asked
    assert all(0 <= each.verified_counted <= each.counted <= each.importance for each in found.skills)
    assert found.is_complete == (0 < found.asked == found.counted)
    assert found.covered + len(found.missing) == len(asked)


@given(requirements, records, records)
def test_more_evidence_never_lowers_a_figure(asked, held, more):
    before, after = gap(asked, held), with_more(asked, held, more)

    assert all(map(le, totals(before), totals(after)))
    assert all(all(map(le, figures(each), figures(by_skill(after)[each.skill]))) for each in before.skills)
    assert covered(after) - covered(before) == {*newly_covered(before, after)}


@given(requirements, records, records, st.randoms(use_true_random=False))
def test_the_order_of_what_comes_in_changes_no_total(asked, held, more, random):
    shuffled_asked, shuffled = random.sample(asked, len(asked)), random.sample(held + more, len(held + more))

    one, other = gap(asked, held + more), gap(shuffled_asked, shuffled)

    assert totals(one) == totals(other)
    assert by_skill(one) == by_skill(other)


@given(requirements, records)
def test_evidence_below_every_level_asked_never_counts(asked, held):
    lowest = {each.skill: each.level for each in asked}
    below = [row for row in held if row.level < lowest.get(row.skill, 5)]

    found = gap(asked, below)

    assert (found.counted, found.verified) == (0, 0)


@given(requirements, records, rows, st.integers(0, 5), st.integers(0, 5))
def test_one_row_says_the_same_as_its_two_parts(asked, held, row, pieces, verified):
    pieces, verified = min(pieces, row.pieces), min(verified, row.verified)
    parts = [
        Held(row.skill, row.level, pieces, verified, row.stage),
        Held(row.skill, row.level, row.pieces - pieces, row.verified - verified, row.stage),
    ]

    assert gap(asked, [*held, row]) == gap(asked, [parts[0], *held, parts[1]])


def test_roles_stand_best_covered_first_and_those_that_ask_nothing_last():
    two_of_four = Role(1, (Asked(1, 1, 2), Asked(2, 1, 2)))
    nothing = Role(2, ())
    one_of_two, one_of_three, also_one_of_two = (Role(key, (Asked(1, 1, 1), Asked(9, 1, key - 2))) for key in (3, 4, 3))
    none_yet, all_of_one = Role(6, (Asked(9, 1, 3),)), Role(7, (Asked(1, 1, 1),))
    held = [Held(1, 1, 2)]

    found = nearest([nothing, none_yet, one_of_three, one_of_two, two_of_four, also_one_of_two, all_of_one], held)

    assert [each.role for each in found] == [7, 1, 3, 3, 4, 6, 2]
    assert found[0] == Nearness(7, gap(all_of_one.asked, held))


@given(roles, records)
def test_the_nearest_roles_are_all_the_roles_by_their_share(roles, held):
    def rank(role):
        found = gap(role.asked, held)
        return (1, 0, 0) if not found.asked else (0, -Fraction(found.counted, found.asked), -found.counted)

    expected = [Nearness(role.key, gap(role.asked, held)) for role in sorted(roles, key=rank)]

    assert nearest(roles, held) == expected


@pytest.mark.parametrize(("number", "word"), [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (1200, "1,200")])
def test_numbers_are_words_up_to_twelve(number, word):
    assert number_word(number) == word


def test_pieces_in_words():
    assert [pieces_word(number) for number in (0, 1, 3)] == ["0 pieces", "1 piece", "3 pieces"]


def test_a_title_inside_a_sentence_keeps_its_initials():
    assert [in_sentence(title) for title in ("Call sheets", "VFX awareness", "")] == ["call sheets", "VFX awareness", ""]


ALL = [Asked(SCHEDULING, 2, 3), Asked(BUDGETS, 2, 2), Asked(RESEARCH, 2, 1)]


@pytest.mark.parametrize(
    ("asked", "held", "sentences"),
    [
        ([], [Held(BUDGETS, 2, 1)], ("No skills are listed for this role yet.",)),
        (ALL, [], ("No pieces of evidence for this role yet.", "Scheduling is a good place to start.")),
        (ALL[:1], [], ("No pieces of evidence for this role yet.", "Scheduling is a good place to start.")),
        (ALL, [Held(BUDGETS, 1, 9)], ("None of three skills covered yet.", "Scheduling is the one to fix.")),
        (ALL, [Held(SCHEDULING, 2, 3)], ("One of three skills covered.", "Budget tracking is the one to fix.")),
        (ALL, [Held(SCHEDULING, 4, 3), Held(BUDGETS, 2, 2)], ("Two of three skills covered.", "Research is the one to fix.")),
        (ALL, [Held(skill, 2, 3) for skill in NAMES], ("All three skills covered.", "Time to apply, or aim higher.")),
        (
            ALL,
            [Held(SCHEDULING, 2, 2), Held(BUDGETS, 2, 2)],
            ("One of three skills covered.", "Scheduling is the one to fix."),
        ),
        (ALL[1:], [Held(skill, 2, 3) for skill in NAMES], ("Both skills covered.", "Time to apply, or aim higher.")),
        (ALL[:1], [Held(SCHEDULING, 2, 3)], ("The one skill asked for is covered.", "Time to apply, or aim higher.")),
        (ALL[:1], [Held(SCHEDULING, 2, 1)], ("Scheduling is the one skill to cover.",)),
        (
            [*ALL[:1], Asked(RESEARCH, 2, 2), Asked(BUDGETS, 2, 2)],
            [Held(SCHEDULING, 2, 3)],
            ("One of three skills covered.", "Research and budget tracking are the two to fix."),
        ),
        (
            [Asked(skill, 2, 1) for skill in (SCHEDULING, BUDGETS, RESEARCH, 4)],
            [Held(4, 2, 1)],
            ("One of four skills covered.", "Scheduling is the next to fix."),
        ),
    ],
)
def test_the_finding_says_what_is_covered_and_what_to_see_to_first(asked, held, sentences):
    assert named(gap(asked, held)) == sentences


@pytest.mark.parametrize(
    ("total", "covered", "sentence"),
    [
        (12, 8, "Eight of twelve skills covered."),
        (15, 8, "8 of 15 skills covered."),
        (15, 15, "All 15 skills covered."),
    ],
)
def test_a_sentence_writes_both_numbers_alike(total, covered, sentence):
    asked, held = [Asked(skill, 1, 1) for skill in range(total)], [Held(skill, 1, 1) for skill in range(covered)]

    assert finding(gap(asked, held), str)[0] == sentence
