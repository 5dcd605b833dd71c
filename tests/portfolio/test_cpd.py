from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio import cpd
from portfolio.cpd import Activity, Cycle

YEAR = Cycle("2024", date(2024, 1, 1), date(2024, 12, 31), target_minutes=30 * 60)
MINUTES = st.integers(0, 6000)
ACTIVITIES = st.lists(
    st.builds(
        Activity,
        minutes=MINUTES,
        on=st.dates(date(2023, 12, 1), date(2025, 2, 1)),
        is_structured=st.booleans(),
        is_completed=st.booleans(),
        topic=st.sampled_from(["course", "event", "self-study"]),
    ),
    max_size=12,
)
CYCLES = st.builds(
    replace,
    st.just(YEAR),
    target_minutes=MINUTES,
    structured_minutes=MINUTES,
    carry_over_minutes=MINUTES,
    reduction_minutes=MINUTES,
)


def activity(hours=1.0, on=date(2024, 5, 1), is_structured=False, is_completed=True, topic="course"):
    return Activity(int(hours * 60), on, is_structured, is_completed, topic)


def year(number, **changed):
    return replace(YEAR, name=str(number), starts=date(number, 1, 1), ends=date(number, 12, 31), target_minutes=600, **changed)


def test_a_cycle_in_numbers():
    cycle = replace(YEAR, structured_minutes=600, carry_over_minutes=120, reduction_minutes=300)

    found = cpd.summary(
        cycle,
        [
            activity(4, topic="event"),
            activity(11, is_structured=True),
            activity(2, is_structured=True, is_completed=False),
            activity(50, on=date(2023, 12, 31)),
        ],
        brought=500,
    )

    assert (found.counted, found.planned, found.structured, found.brought) == (900, 120, 660, 120)
    assert (found.target, found.reached, found.remaining, found.structured_remaining) == (1500, 1020, 480, 0)
    assert (found.surplus, found.is_met) == (0, False)
    assert list(found.by_type.items()) == [("course", 660), ("event", 240)]


@pytest.mark.parametrize(
    ("on", "hours"),
    [
        (date(2023, 12, 31), 0),
        (date(2024, 1, 1), 1),
        (date(2024, 2, 29), 1),
        (date(2024, 12, 31), 1),
        (date(2025, 1, 1), 0),
    ],
)
def test_both_border_days_belong_to_the_cycle(on, hours):
    found = cpd.summary(YEAR, [activity(on=on), activity(on=on, is_completed=False)])

    assert (found.counted, found.planned) == (hours * 60, hours * 60)


def test_a_cycle_may_be_one_leap_day():
    leap = Cycle("Leap day", date(2024, 2, 29), date(2024, 2, 29))

    around = [activity(on=date(2024, 2, 29) + timedelta(days)) for days in (-1, 0, 1)]

    assert cpd.summary(leap, around).counted == 60


@pytest.mark.parametrize(
    ("cycle", "hours", "brought", "words"),
    [
        (YEAR, 18, 0, "18 of the 30 hours you set yourself"),
        (YEAR, 0, 0, "0 of the 30 hours you set yourself"),
        (YEAR, 18.5, 0, "18 hours 30 minutes of the 30 hours you set yourself"),
        (replace(YEAR, target_minutes=450), 0, 0, "None of the 7 hours 30 minutes you set yourself"),
        (replace(YEAR, carry_over_minutes=120), 18, 300, "20 of the 30 hours you set yourself, including 2 hours brought in"),
        (replace(YEAR, reduction_minutes=600), 18, 0, "18 of the 20 hours you set yourself"),
        (replace(YEAR, reduction_minutes=6000), 18, 0, "18 hours, and none asked after your reduction"),
        (replace(YEAR, target_minutes=0), 18, 0, "18 hours in 2024"),
        (cpd.default_cycle(date(2024, 2, 29)), 18, 0, "18 hours this year"),
        (cpd.default_cycle(date(2024, 2, 29)), 0, 0, "No hours this year"),
    ],
)
def test_the_finding_in_words(cycle, hours, brought, words):
    assert cpd.summary(cycle, [activity(hours)], brought).words == words


def test_the_year_of_today_has_no_target():
    assert cpd.default_cycle(date(2024, 2, 29)) == Cycle("this year", date(2024, 1, 1), date(2024, 12, 31), 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("changed", "hours", "is_met"),
    [
        ({}, 30, True),
        ({}, 29.5, False),
        ({"structured_minutes": 60}, 30, False),
        ({"reduction_minutes": 6000}, 0, True),
        ({"target_minutes": 0}, 30, False),
    ],
)
def test_a_cycle_is_met_when_all_that_was_set_is_reached(changed, hours, is_met):
    assert cpd.summary(replace(YEAR, **changed), [activity(hours)]).is_met is is_met


def test_nothing_is_left_over_without_a_target_or_brought_in_unasked():
    assert cpd.summary(replace(YEAR, target_minutes=0), [activity(18)]).surplus == 0
    assert cpd.summary(replace(YEAR, carry_over_minutes=600), []).brought == 0


def test_structured_time_alone_can_be_the_target():
    cycle = replace(YEAR, target_minutes=0, structured_minutes=600)

    assert cpd.summary(cycle, [activity(9, is_structured=True)]).structured_remaining == 60
    assert cpd.summary(cycle, [activity(10, is_structured=True)]).is_met is True


def test_no_more_structured_time_is_asked_than_time():
    cycle = replace(YEAR, structured_minutes=1200, reduction_minutes=1500)

    assert cpd.summary(cycle, []).structured_remaining == 300


def test_what_is_left_over_moves_on_once():
    years = [
        Cycle(str(year), date(year, 1, 1), date(year, 12, 31), target_minutes=600, carry_over_minutes=300)
        for year in (2026, 2024, 2025)
    ]
    done = [activity(17, on=date(2024, 3, 1)), activity(8, on=date(2025, 3, 1))]

    found = cpd.chain(years, done)

    assert [(each.cycle.name, each.brought, each.remaining, each.surplus) for each in found] == [
        ("2024", 0, 0, 420),
        ("2025", 300, 0, 180),
        ("2026", 180, 420, 0),
    ]


def test_time_brought_in_is_not_brought_on():
    years = [
        Cycle(str(year), date(year, 1, 1), date(year, 12, 31), target_minutes=600, carry_over_minutes=6000)
        for year in (2024, 2025, 2026)
    ]

    found = cpd.chain(years, [activity(40, on=date(2024, 3, 1)), activity(1, on=date(2025, 3, 1))])

    assert [(each.brought, each.surplus) for each in found] == [(0, 1800), (1800, 60), (60, 0)]


@pytest.mark.parametrize(
    ("starts", "shared"),
    [(date(2024, 12, 31), True), (date(2024, 6, 1), True), (date(2024, 1, 1), True), (date(2025, 1, 1), False)],
)
def test_cycles_of_one_stream_share_no_day(starts, shared):
    cycles = [Cycle("later", starts, date(2025, 6, 1)), YEAR]

    assert cpd.overlap(cycles) is shared
    if shared:
        with pytest.raises(ValueError, match="^Two cycles share a day. Change the days of one of them$"):
            cpd.chain(cycles, [])


@pytest.mark.parametrize("name", ["target_minutes", "structured_minutes", "carry_over_minutes", "reduction_minutes"])
def test_a_cycle_takes_no_negative_time(name):
    with pytest.raises(ValueError, match="^Time cannot be less than nothing$"):
        replace(YEAR, **{name: -1})


def test_other_odd_input_is_refused():
    with pytest.raises(ValueError, match="^A cycle cannot end before it starts$"):
        replace(YEAR, ends=date(2023, 12, 31))
    with pytest.raises(ValueError, match="^Time cannot be less than nothing$"):
        activity(-1)
    with pytest.raises(ValueError, match="^Time cannot be less than nothing$"):
        cpd.summary(YEAR, [], brought=-1)


@given(CYCLES, ACTIVITIES, MINUTES)
def test_only_what_is_completed_counts(cycle, activities, brought):
    completed = [each for each in activities if each.is_completed]

    found, without_plans = (cpd.summary(cycle, each, brought) for each in (activities, completed))

    assert replace(found, planned=0) == without_plans
    assert sum(found.by_type.values()) == found.counted


@given(CYCLES, ACTIVITIES, ACTIVITIES)
def test_two_lists_add_up(cycle, one, other):
    both, first, second = (cpd.summary(cycle, each) for each in (one + other, one, other))

    for name in ("counted", "planned", "structured"):
        assert getattr(both, name) == getattr(first, name) + getattr(second, name)


@given(CYCLES, ACTIVITIES.flatmap(lambda each: st.tuples(st.just(each), st.permutations(each))), MINUTES)
def test_order_does_not_matter(cycle, orders, brought):
    first, second = (cpd.summary(cycle, each, brought) for each in orders)

    assert first == second
    assert list(first.by_type) == list(second.by_type)


@given(CYCLES, ACTIVITIES, MINUTES)
def test_what_is_brought_in_has_a_cap_and_helps_with_no_structured_time(cycle, activities, brought):
    found, alone = cpd.summary(cycle, activities, brought), cpd.summary(cycle, activities)

    assert found.brought == min(brought, cycle.carry_over_minutes)
    assert found.remaining == max(0, alone.remaining - found.brought)
    assert found.structured_remaining == alone.structured_remaining
    assert found.surplus <= found.counted
    assert not (found.remaining and found.surplus)


@given(CYCLES, ACTIVITIES, ACTIVITIES, MINUTES)
def test_more_training_never_leaves_more_to_do(cycle, activities, more, brought):
    before, after = (cpd.summary(cycle, each, brought) for each in (activities, activities + more))

    assert after.remaining <= before.remaining
    assert after.structured_remaining <= before.structured_remaining
    assert after.surplus >= before.surplus


@given(st.lists(CYCLES, min_size=1, max_size=5), ACTIVITIES)
def test_a_chain_invents_no_time(cycles, activities):
    firsts = [date(2023, 11, 1) + timedelta(90 * place) for place in range(len(cycles))]
    spans = [replace(each, starts=first, ends=first + timedelta(89)) for each, first in zip(cycles, firsts, strict=True)]

    found = cpd.chain(reversed(spans), activities)

    assert [each.cycle for each in found] == spans
    assert [each.brought for each in found] == [0] + [
        min(before.surplus, after.cycle.carry_over_minutes) for before, after in zip(found, found[1:], strict=False)
    ]
    within = [each for each in activities if each.is_completed and spans[0].starts <= each.on <= spans[-1].ends]
    assert sum(each.counted for each in found) == sum(each.minutes for each in within)
