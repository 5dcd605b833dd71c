"""What text that people type is looked through for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.words import clean, could_reach_somebody, inert, links_in


@pytest.mark.parametrize(
    "text",
    [
        "Write to bo@example.org",
        "Bo <bo.lind@school.example>",
        "Call 020 7946 0958",
        "+44 (0)20 7946 0958",
        "(0161) 496-0000",
        "212-555-0187",
        "٠٢٠٧٩٤٦٠٩٥٨",
        "00 33 1 99 00 12 34",
    ],
)
def test_ways_to_reach_somebody_are_seen(text):
    assert could_reach_somebody(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "",
        "£28,000 - £35,000 in 2024",
        "2019 2020 2021 2022",
        "10 000 000 kr.",
        "27-2012.00",
        "ISO 9001:2015",
        "2024-03-01 and 2024-04-02",
        "See https://example.org/0044209878789?to=bo@example.org",
        "@bectu says 12.5 to 14.75",
    ],
)
def test_figures_years_codes_and_links_are_not_taken_for_that(text):
    assert could_reach_somebody(text) is False


@given(st.text())
def test_any_text_can_be_looked_through(text):
    assert could_reach_somebody(f"{text} bo@example.org") is True
    assert links_in(f"{text} https://a.example www.b.example") >= 2
    assert inert(inert(text)).lstrip("'") == text.lstrip("'")


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


@given(st.text(alphabet="=+-@'\t\rab", max_size=8))
def test_no_cell_calculates(cell):
    assert not inert(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
