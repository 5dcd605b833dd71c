"""What thirty answers add up to: scores, places, doubts and ranks, and what must hold whatever somebody answers."""

from fractions import Fraction
from statistics import correlation

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from careers import quiz
from careers.quiz import Close, Role, Statement

LETTERS = "RIASEC"
STATEMENTS = tuple(Statement(f"{letter}{number}", letter, f"Do {letter}{number}.") for number in range(5) for letter in LETTERS)
KEYS = [each.key for each in STATEMENTS]
whole = st.fixed_dictionaries({key: st.integers(1, 5) for key in KEYS})
some = st.fixed_dictionaries({key: st.integers(0, 5) for key in KEYS})
codes = st.permutations(LETTERS).flatmap(lambda letters: st.integers(1, 3).map(lambda most: "".join(letters[:most])))


def answers(**of_type):
    """Answers by type: the five of a type as a text of figures."""
    return {f"{letter}{number}": int(value) for letter, values in of_type.items() for number, value in enumerate(values)}


def read(**of_type):
    return quiz.read(STATEMENTS, answers(**dict.fromkeys(LETTERS, "33333") | of_type))


def role(code, title="Puppeteer"):
    return Role(title.lower(), title, "", code, "unverified")


def test_an_answer_is_worth_up_to_four_points_and_equals_share_a_place():
    reading = read(R="55555", A="54444", S="54444", C="11111")

    assert [(each.letter, each.points, each.place, each.is_joint) for each in reading.scores] == [
        ("R", 20, 1, False),
        ("A", 16, 2, True),
        ("S", 16, 2, True),
        ("I", 10, 4, True),
        ("E", 10, 4, True),
        ("C", 0, 6, False),
    ]
    assert reading.first == ("R", "A", "S")


def test_what_is_not_answered_is_not_guessed():
    reading = read(R="54400", A="00000")

    scores = {each.letter: (each.points, each.most, each.points_of_full, each.place) for each in reading.scores}
    assert scores["R"] == (10, 12, Fraction(50, 3), 1)
    assert scores["A"] == (0, 0, 0, 0)
    assert reading.scores[-1].letter == "A"
    assert (reading.answered, reading.missing, reading.thin) == (23, 7, ("A",))


@pytest.mark.parametrize(
    ("given", "doubts"),
    [
        ({}, {"same", "flat", "weak"}),
        ({"R": "44443"}, {"flat", "weak"}),
        ({"R": "44444"}, set()),
        ({"R": "44444", "C": "22333"}, set()),
        ({"R": "55500", "C": "11111"}, set()),
        ({"R": "55000", "C": "11111"}, {"thin", "weak"}),
        ({"R": "55551", "C": "11111"}, {"mixed"}),
        ({"R": "55551", "A": "55511", "S": "51111"}, {"mixed", "contradictory", "weak"}),
    ],
)
def test_the_order_is_doubted_when_answers_are_flat_few_or_in_two_minds(given, doubts):
    reading = read(**given)

    found = {name for name in ("same", "flat", "contradictory", "weak") if getattr(reading, f"is_{name}")}
    assert found | {name for name in ("thin", "mixed") if getattr(reading, name)} == doubts


def test_neighbours_that_few_answers_would_make_level_are_named_with_the_steps():
    assert read(R="55555", I="55554", A="55552", S="11111").close == (Close("R", "I", 1), Close("I", "A", 2))


def test_nothing_is_first_when_everything_is_level():
    reading = read()

    assert reading.first == ()
    assert {fit.points for fit in quiz.rank([role("RIA"), role("SE")], reading)} == {10}


def test_roles_are_ranked_by_weighted_points_and_say_what_is_missing():
    reading = read(A="55555", E="44444", C="33333", I="00000")
    roles = [role("CEA", "Accountant"), role("AEC", "Producer"), role("AI", "Writer"), role("", "Nobody"), role("EAC", "Maker")]

    found = quiz.rank(roles, reading)

    assert [(fit.role.title, fit.points, fit.place, fit.missing) for fit in found] == [
        ("Producer", Fraction(3 * 20 + 2 * 15 + 10, 6), 1, ()),
        ("Maker", Fraction(3 * 15 + 2 * 20 + 10, 6), 2, ()),
        ("Accountant", Fraction(3 * 10 + 2 * 15 + 20, 6), 3, ()),
        ("Writer", None, 0, ("I",)),
    ]


def test_equal_roles_share_a_place_and_stand_by_their_title():
    found = quiz.rank([role("RIA", "Zookeeper"), role("RIA", "Ahab"), role("ARI", "Mate")], read(R="55555"))

    assert [(fit.role.title, fit.place, fit.is_joint) for fit in found] == [
        ("Ahab", 1, True),
        ("Zookeeper", 1, True),
        ("Mate", 3, False),
    ]


@given(some, st.permutations(STATEMENTS), st.lists(codes, max_size=8))
def test_the_order_of_statements_changes_nothing(given, shuffled, found):
    roles = [role(code, f"Role {number}") for number, code in enumerate(found)]
    before, after = quiz.read(STATEMENTS, given), quiz.read(shuffled, given)

    assert before == after
    assert quiz.rank(roles, before) == quiz.rank(reversed(roles), after)


@given(whole, st.lists(codes.filter(lambda code: len(code) == 3), min_size=2, max_size=8, unique=True))
def test_three_letters_rank_as_the_correlation_with_their_weights_does(given, found):
    reading = quiz.read(STATEMENTS, given)
    assume(not reading.is_same)
    scores = [float(reading.of(letter).points) for letter in LETTERS]

    def correlated(code):
        return correlation(scores, [dict(zip(code, (3, 2, 1), strict=True)).get(letter, 0) for letter in LETTERS])

    ranked = quiz.rank([role(code, code) for code in found], reading)

    by_correlation = [round(correlated(fit.role.code), 9) for fit in ranked]
    assert by_correlation == sorted(by_correlation, reverse=True)


@given(whole, st.sampled_from(KEYS), codes)
def test_liking_something_more_never_takes_points_from_a_role_that_asks_for_it(given, key, code):
    assume(given[key] < 5)
    before, after = (
        quiz.fit(role(code), quiz.read(STATEMENTS, answered)) for answered in (given, {**given, key: given[key] + 1})
    )

    assert (after.points > before.points) is (key[0] in code)
    assert key[0] in code or after.points == before.points


@given(some)
def test_places_follow_the_shares_and_only_equals_share_one(given):
    scores = [each for each in quiz.read(STATEMENTS, given).scores if each.answered]

    for each in scores:
        assert each.place == 1 + sum(other.share > each.share for other in scores)
        assert each.is_joint == (sum(other.share == each.share for other in scores) > 1)


@given(whole)
def test_as_many_steps_as_are_told_make_two_neighbours_level(given):
    reading = quiz.read(STATEMENTS, given)

    for pair in reading.close:
        room = [key for key in KEYS if key[0] == pair.second for _ in range(5 - given[key])]
        assume(len(room) >= pair.steps)
        more = dict(given)
        for key in room[: pair.steps]:
            more[key] += 1
        level = quiz.read(STATEMENTS, more)
        assert level.of(pair.first).share == level.of(pair.second).share


def test_the_types_take_turns():
    edition = quiz.edition_of(reversed(STATEMENTS))

    assert "".join(each.letter for each in edition) == LETTERS * 5
    assert set(edition) == set(STATEMENTS)


@pytest.mark.parametrize("published", [STATEMENTS[:-1], [*STATEMENTS, Statement("r9", "R", "One more.")], []])
def test_there_is_no_edition_unless_there_are_five_of_each(published):
    assert quiz.edition_of(published) is None


def test_answers_to_other_words_are_not_carried_over():
    reworded = (Statement("R0", "R", "Do something else."), *STATEMENTS[1:])

    assert quiz.carried({"R0": 5, "I0": 4, "A0": 0}, STATEMENTS, reworded) == {"I0": 4}


def test_two_results_stand_type_by_type():
    then, now = read(R="55555", A="00000"), read(R="55533", I="33332")

    changes = {change.letter: (change.difference, change.is_small) for change in quiz.changes(then, now)}

    assert changes == {"R": (-4, False), "I": (-1, True), "A": (None, False), "S": (0, True), "E": (0, True), "C": (0, True)}
