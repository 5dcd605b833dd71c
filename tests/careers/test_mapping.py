"""The map of careers: every move once, the way in the fewest steps, and a picture in which nothing overlaps."""

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.map_picture import PAD, WIDTH, measured, picture, wrapped
from careers.mapping import Ask, Gain, Place, Step, Told, map_of, narrowed, way

KEYS = "abcdefgh"
KINDS = ["before", "progression", "lateral", "specialisation"]
told = st.lists(st.builds(Told, st.sampled_from(KEYS), st.sampled_from(KEYS), st.sampled_from(KINDS)), max_size=30)


def place(key, *asks):
    return Place(key, key.upper(), asks=asks)


def ask(skill, level, importance=2):
    return Ask(skill, f"skill {skill}", level, importance)


def made(*moves, places=KEYS):
    return map_of([place(key) for key in places], [Told(*move) for move in moves])


def names(legs):
    return legs and [leg.place.key for leg in legs]


def test_what_two_pages_tell_of_one_move_is_one_step_in_the_words_of_the_page_that_looks_ahead():
    found = made(("b", "a", "before", "from a"), ("a", "b", "progression", "to b"))

    assert found.steps == (Step("a", "b", "progression", "to b"),)


def test_a_sideways_move_is_one_step_whoever_tells_it():
    assert made(("b", "a", "lateral", "this")).steps == made(("a", "b", "lateral", "this"), ("b", "a", "lateral", "that")).steps


def test_specialising_is_not_told_as_a_step_onward_as_well():
    assert [step.kind for step in made(("a", "b", "progression"), ("a", "b", "specialisation")).steps] == ["progression"]


def test_a_move_to_oneself_or_to_nobody_is_left_out():
    assert made(("a", "a", "progression"), ("a", "nobody", "progression")).steps == ()


@given(told, st.randoms())
def test_the_map_and_its_picture_do_not_depend_on_the_order_of_the_rows(moves, chance):
    shuffled = chance.sample(moves, len(moves))
    one, other = (map_of([place(key) for key in order], rows) for order, rows in ((KEYS, moves), (KEYS[::-1], shuffled)))

    assert one.steps == other.steps
    assert picture(one) == picture(other)


# From here to there


def test_the_way_has_the_fewest_steps_then_the_fewest_sideways_moves_then_the_first_titles():
    moves = [("a", "b", "lateral"), ("b", "h", "progression"), ("a", "d", "progression"), ("d", "h", "progression")]
    moves += [("a", "c", "progression"), ("c", "h", "progression"), ("a", "e", "progression"), ("e", "f", "progression")]

    assert names(way(made(*moves), "a", "h")) == ["c", "h"]


def test_sideways_moves_go_both_ways_and_steps_onward_do_not():
    found = made(("a", "b", "lateral"), ("b", "c", "progression"))

    assert names(way(found, "a", "c")) == ["b", "c"]
    assert names(way(found, "b", "a")) == ["a"]
    assert way(found, "c", "a") is None


def test_a_circle_does_no_harm():
    found = made(("a", "b", "progression"), ("b", "a", "progression"), ("b", "c", "progression"), ("c", "a", "progression"))

    assert names(way(found, "a", "c")) == ["b", "c"]
    assert way(found, "a", "h") is None


def test_each_step_tells_what_is_new_beyond_all_roles_before():
    asked = {"a": [ask(1, 1)], "b": [ask(1, 3), ask(2, 2, 3)], "c": [ask(1, 2), ask(2, 4), ask(3, 1, 1)]}
    found = map_of(
        [place(key, *asks) for key, asks in asked.items()], [Told("a", "b", "progression"), Told("b", "c", "progression")]
    )

    assert [leg.gains for leg in way(found, "a", "c")] == [
        (Gain(ask(2, 2, 3), 0), Gain(ask(1, 3), 1)),
        (Gain(ask(2, 4), 2), Gain(ask(3, 1, 1), 0)),
    ]


@given(told)
def test_a_way_is_made_of_moves_that_are_on_the_map_and_none_is_shorter(moves):
    found = made(*((each.page, each.other, each.kind) for each in moves))
    near = {key: {other for other, _ in found.moves(key)} for key in KEYS}
    for start, end in permutations(KEYS, 2):
        legs, reached = way(found, start, end), [{start}]
        while end not in reached[-1] and len(reached) <= len(KEYS):
            reached.append(reached[-1].union(*(near[key] for key in reached[-1])))
        assert (legs is None) == (end not in reached[-1])
        if legs:
            assert len(legs) == len(reached) - 1
            stops = [start, *names(legs)]
            assert len(set(stops)) == len(stops)
            assert all(other in near[key] for key, other in zip(stops, stops[1:], strict=False))


# The picture


@given(told, st.lists(st.text(min_size=1, max_size=60), min_size=len(KEYS), max_size=len(KEYS)))
def test_no_box_touches_another_and_all_lie_within_the_picture(moves, titles):
    shown = map_of([Place(key, title) for key, title in zip(KEYS, titles, strict=True)], moves)
    drawn = picture(shown)

    assert {box.place.key for box in drawn.boxes} == set(KEYS)
    for box in drawn.boxes:
        assert box.x >= 0
        assert box.x + WIDTH <= drawn.width
        assert box.y >= 0
        assert box.bottom <= drawn.height
    for one, other in combinations(drawn.boxes, 2):
        apart = one.x + WIDTH < other.x or other.x + WIDTH < one.x or one.bottom < other.y or other.bottom < one.y
        assert apart, (one, other)


@pytest.mark.parametrize(
    "title",
    [
        "Production assistant or runner",
        "Donaudampfschifffahrtsgesellschaftskapitänsassistent",
        "映画制作進行管理担当者および副プロデューサー",
        "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
        "مساعد المنتج المنفذ",
    ],
)
def test_a_title_is_wrapped_whole(title):
    lines = wrapped(title)

    assert "".join(lines).replace(" ", "") == title.replace(" ", "")
    assert all(measured(line) <= WIDTH - 2 * PAD for line in lines)


def test_a_move_onward_leads_down():
    drawn = picture(made(("a", "b", "progression"), ("b", "c", "progression"), ("a", "c", "specialisation"), places="abc"))
    top = {box.place.key: box.y for box in drawn.boxes}

    assert top["a"] < top["b"] < top["c"]


def test_many_equals_stand_in_rows_that_the_page_has_room_for():
    places = "abcdefghij"
    drawn = picture(made(*(("a", each, "progression") for each in places[1:]), places=places))

    assert drawn.width <= 624  # the column of map.css
    assert [sum(box.y == y for box in drawn.boxes) for y in sorted({box.y for box in drawn.boxes})] == [1, 4, 4, 1]


def test_a_part_of_the_map_has_the_moves_within_it():
    found = narrowed(made(("a", "b", "progression"), ("b", "c", "progression")), ["a", "b"])

    assert (list(found.places), found.steps) == (["a", "b"], (Step("a", "b", "progression", ""),))
    assert picture(narrowed(found, [])).boxes == ()
