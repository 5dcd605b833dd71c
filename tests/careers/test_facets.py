from hypothesis import given
from hypothesis import strategies as st

from careers.facets import Card, Shelf

LINES, STAGES = ["above", "below"], ["1", "2", "3"]


def card(number, line, stages, rung=0):
    return Card(
        slug=f"c{number}",
        title=f"Career {number:03}",
        summary="",
        skills="",
        pay="",
        experience="",
        stages=(),
        rung=rung,
        facets={"line": [line], "stage": stages},
    )


cards = st.lists(st.tuples(st.sampled_from(LINES), st.lists(st.sampled_from(STAGES), unique=True)), max_size=30).map(
    lambda rows: [card(number, *row) for number, row in enumerate(rows)]
)
choices = st.fixed_dictionaries(
    {"line": st.lists(st.sampled_from(LINES), unique=True), "stage": st.lists(st.sampled_from(STAGES), unique=True)}
)


def expected(cards, chosen):
    return [
        each.slug
        for each in cards
        if all(not values or set(values) & set(each.facets[facet]) for facet, values in chosen.items())
    ]


@given(cards, choices)
def test_narrowing_keeps_exactly_the_careers_that_have_one_value_of_every_chosen_facet(cards, chosen):
    shelf = Shelf(cards)

    assert [each.slug for each in shelf.listed(shelf.matching(chosen), "title")] == expected(cards, chosen)


@given(cards, choices)
def test_each_count_is_the_number_shown_when_only_that_value_is_chosen_in_its_facet(cards, chosen):
    shelf = Shelf(cards)

    for facet, counts in shelf.counts(chosen).items():
        for value, count in counts.items():
            assert count == len(expected(cards, {**chosen, facet: [value]}))


def test_the_choice_to_drop_first_is_the_one_that_returns_most():
    shelf = Shelf([card(1, "above", ["1"]), card(2, "below", ["2"]), card(3, "below", ["2"])])

    assert shelf.without_each({"line": ["above"], "stage": ["2"]}) == [("line", "above", 2), ("stage", "2", 1)]


def test_orders():
    shelf = Shelf([card(1, "above", [], rung=2), card(2, "above", [], rung=0), card(3, "above", [], rung=1)])

    def slugs(order, ranked=()):
        return [each.slug for each in shelf.listed(shelf.everything, order, ranked)]

    assert slugs("title") == ["c1", "c2", "c3"]
    assert slugs("rung") == ["c2", "c3", "c1"]
    assert slugs("match", ["c3", "unknown", "c1"]) == ["c3", "c1"]
