from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio import partial_dates as dates

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
STORED = st.builds(lambda day, known: day.isoformat()[:known], DAYS, st.sampled_from([4, 7, 10]))
PRECISE = st.sampled_from([4, 7, 10]).flatmap(
    lambda known: st.lists(DAYS.map(lambda day: day.isoformat()[:known]), min_size=1, max_size=8)
)
SCRIPTS = ["0", "٠", "०", "০", "０"]
TYPED = st.text(alphabet="0123456789 :.,/-hmarchyin٣০²\u200e", max_size=45) | st.text(max_size=45)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2026", "2026"),
        (" 2026 ", "2026"),
        ("2026-03", "2026-03"),
        ("2026-3", "2026-03"),
        ("2026-03-14", "2026-03-14"),
        ("2026 – 03 – 14", "2026-03-14"),
        ("March 2026", "2026-03"),
        ("Mar 2026", "2026-03"),
        ("SEPT. 2026", "2026-09"),
        ("3/2026", "2026-03"),
        ("03/2026", "2026-03"),
        ("14/3/2026", "2026-03-14"),
        ("14.3.2026", "2026-03-14"),
        (" 14 . 3 . 2026", "2026-03-14"),
        ("14 March 2026", "2026-03-14"),
        ("14th  march, 2026", "2026-03-14"),
        ("March 14, 2026", "2026-03-14"),
        ("29/2/2024", "2024-02-29"),
        ("1900", "1900"),
        ("2026" + " " * 36, "2026"),
        ("31/12/2100", "2100-12-31"),
        ("१४/३/२०२६", "2026-03-14"),
        ("\u200e2026\u200e-03", "2026-03"),
    ],
)
def test_reads_dates_as_people_type_them(typed, stored):
    assert dates.parse(typed) == stored


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", dates.WRITE_A_DATE),
        ("last spring", dates.WRITE_A_DATE),
        ("3/26", dates.WRITE_A_DATE),
        ("14 3 2026", dates.WRITE_A_DATE),
        ("20263", dates.WRITE_A_DATE),
        ("Ma 2026", dates.WRITE_A_DATE),
        ("Marchy 2026", dates.WRITE_A_DATE),
        ("March 142026", dates.WRITE_A_DATE),
        ("2026²", dates.WRITE_A_DATE),
        ("2026-", dates.WRITE_A_DATE),
        ("2026\n2027", dates.WRITE_A_DATE),
        ("2026" + " " * 37, dates.WRITE_A_DATE),
        ("1899", "Write a year from 1900 to 2100"),
        ("March 2101", "Write a year from 1900 to 2100"),
        ("2014-19-39", "There is no month 19; write a date such as 14/3/2026 or 14 March 2026"),
        ("3/14/2026", "There is no month 14; write a date such as 14/3/2026 or 14 March 2026"),
        ("13/2026", "There is no month 13; write a date such as 14/3/2026 or 14 March 2026"),
        ("0/2026", "There is no month 0; write a date such as 14/3/2026 or 14 March 2026"),
        ("31 February 2026", "February 2026 has no day 31"),
        ("29/2/2100", "February 2100 has no day 29"),
        ("2026-03-00", "March 2026 has no day 0"),
    ],
)
def test_says_what_is_wrong_with_a_date(typed, sentence):
    with pytest.raises(ValueError, match=".") as refused:
        dates.parse(typed)

    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("stored", "words", "first", "last"),
    [
        ("2026", "2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2024-02", "February 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-03-04", "4 March 2026", date(2026, 3, 4), date(2026, 3, 4)),
    ],
)
def test_a_date_stands_for_the_days_it_can_mean(stored, words, first, last):
    assert (dates.words(stored), dates.first_day(stored), dates.last_day(stored)) == (words, first, last)


@pytest.mark.parametrize(
    ("a", "b", "after"),
    [
        ("2027", "2026", True),
        ("2026-06", "2026", False),
        ("2026", "2026-06", False),
        ("2026-06", "2026-05-31", True),
        ("2026-06", "2026-06-01", False),
        ("2026-06-02", "2026-06-01", True),
        ("2026-06-01", "2026-06-01", False),
        ("2026", "", False),
        ("", "2026", False),
    ],
)
def test_after_is_said_only_when_it_is_certain(a, b, after):
    assert dates.is_after(a, b) is after


@pytest.mark.parametrize(
    ("started", "ended", "words"),
    [
        ("2026-03", "2026-05", "March to May 2026"),
        ("2026-03-14", "2026-03-14", "14 March 2026"),
        ("2026-03-14", "2026-03-16", "14 to 16 March 2026"),
        ("2026-03-14", "2026-04-02", "14 March to 2 April 2026"),
        ("2025-03-14", "2026-03-14", "14 March 2025 to 14 March 2026"),
        ("2025-03", "2026-03", "March 2025 to March 2026"),
        ("2025", "2026-03", "2025 to March 2026"),
        ("2026-03", "2026-05-14", "March 2026 to 14 May 2026"),
        ("2025", "2026", "2025 to 2026"),
        ("2026-03", "", "since March 2026"),
        ("", "2026-03", "until March 2026"),
        ("", "", ""),
    ],
)
def test_a_span_says_nothing_twice(started, ended, words):
    assert dates.span_words(started, ended) == words


@given(STORED)
def test_what_is_stored_is_read_back_from_its_words(stored):
    assert dates.parse(stored) == dates.parse(dates.words(stored)) == stored


@given(STORED, st.sampled_from(SCRIPTS), st.sampled_from(["", " ", "\u00a0"]))
def test_every_script_and_stray_space_reads_alike(stored, zero, space):
    typed = "".join(chr(ord(zero) + int(sign)) if sign.isdigit() else f"{space}{sign}{space}" for sign in stored)

    assert dates.parse(f"{space}{typed}{space}") == stored


@given(STORED)
def test_a_date_begins_before_it_ends(stored):
    first, last = dates.first_day(stored), dates.last_day(stored)

    assert first <= last
    assert {first.isoformat()[: len(stored)], last.isoformat()[: len(stored)]} == {stored}


@given(PRECISE)
def test_stored_dates_sort_as_text(stored):
    assert sorted(stored) == sorted(stored, key=dates.first_day)


@given(STORED, STORED)
def test_of_two_dates_at_most_one_is_after_the_other(a, b):
    assert not (dates.is_after(a, b) and dates.is_after(b, a))
    assert dates.is_after(a, b) == (dates.first_day(a) > dates.last_day(b))


def refusal(parse, typed):
    """What the parser says to the typed text; nothing when it understands it."""
    try:
        parse(typed)
    except ValueError as refused:
        return str(refused)
    return ""


@given(TYPED)
def test_whatever_is_typed_is_understood_or_refused_with_a_sentence(typed):
    said = {refusal(parse, typed) for parse in (dates.parse, dates.parse_minutes, dates.parse_runtime)}

    assert [words for words in said if words and not words.startswith(("Write ", "There is no ", *dates.MONTHS))] == []


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("86", 5160),
        ("7.5", 450),
        ("7,5", 450),
        ("7:30", 450),
        ("7h", 420),
        ("7h30", 450),
        ("7 h 30", 450),
        ("7 hours 30 minutes", 450),
        ("1 Hour and 5 mins", 65),
        ("45 min", 45),
        ("90 min", 90),
        (".5", 30),
        ("7.", 420),
        ("7.33", 440),
        ("0", 0),
        ("1,250", 75_000),
        ("10,000 hours", 600_000),
        ("1,250 h 30", 75_030),
        ("0,125", 8),
        ("100000", 6_000_000),
        ("٧٫٥".replace("٫", ","), 450),
    ],
)
def test_reads_hours_as_people_type_them(typed, minutes):
    assert dates.parse_minutes(typed) == minutes


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        *((typed, dates.WRITE_HOURS) for typed in ["", "about ten", "-5", "7:75", "7 h 75", "7 30", ".", "1e3", "½", "nan"]),
        ("100001", "Write at most 100,000 hours"),
        ("6000001 min", "Write at most 100,000 hours"),
    ],
)
def test_says_how_to_write_hours(typed, sentence):
    with pytest.raises(ValueError, match=".") as refused:
        dates.parse_minutes(typed)

    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("minutes", "words", "shown"),
    [
        (0, "", ""),
        (1, "1 minute", "0:01"),
        (45, "45 minutes", "0:45"),
        (60, "1 hour", "1"),
        (450, "7 hours 30 minutes", "7:30"),
        (5160, "86 hours", "86"),
        (75_000, "1,250 hours", "1250"),
    ],
)
def test_hours_are_said_and_put_back(minutes, words, shown):
    assert (dates.hours_words(minutes), dates.hours_input(minutes)) == (words, shown)


@given(st.integers(1, dates.MOST_MINUTES))
def test_hours_said_or_put_back_are_read_the_same(minutes):
    assert dates.parse_minutes(dates.hours_words(minutes)) == dates.parse_minutes(dates.hours_input(minutes)) == minutes


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("14", 840),
        ("14 min", 840),
        ("7.5", 450),
        ("14:30", 870),
        ("90:00", 5400),
        ("1:24:05", 5045),
        ("00:14:30", 870),
        ("1h 24m", 5040),
        ("1h", 3600),
        ("45 s", 45),
        ("99:59:59", 359_999),
    ],
)
def test_reads_running_times_as_people_type_them(typed, seconds):
    assert dates.parse_runtime(typed) == seconds


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        *((typed, dates.WRITE_A_RUNTIME) for typed in ["", "short", "14:75", "1:60:00", "-1", "1:2:3:4"]),
        ("100:00:00", "Write a running time under 100 hours"),
    ],
)
def test_says_how_to_write_a_running_time(typed, sentence):
    with pytest.raises(ValueError, match=".") as refused:
        dates.parse_runtime(typed)

    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("seconds", "words", "shown"),
    [
        (None, "", ""),
        (45, "45 seconds", "00:00:45"),
        (840, "14 minutes", "00:14:00"),
        (5040, "1 hour 24 minutes", "01:24:00"),
        (3605, "1 hour 5 seconds", "01:00:05"),
        (7200, "2 hours", "02:00:00"),
    ],
)
def test_running_times_are_said_and_put_back(seconds, words, shown):
    assert (dates.runtime_words(seconds or 0), dates.runtime_input(seconds)) == (words, shown)


@given(st.integers(1, dates.MOST_SECONDS))
def test_running_times_said_or_put_back_are_read_the_same(seconds):
    assert dates.parse_runtime(dates.runtime_words(seconds)) == dates.parse_runtime(dates.runtime_input(seconds)) == seconds
