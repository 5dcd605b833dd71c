"""The code that holds a result: what goes in comes out, and nothing else can be made of it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.quiz_codes import ALPHABET, FIRST_DAY, Taking, Unreadable, decode, encode

KEY, OLD = b"a key", b"an older key"
takings = st.builds(
    Taking,
    edition=st.integers(0, 4095),
    taken_on=st.integers(0, 16_383).map(lambda days: FIRST_DAY + timedelta(days=days)),
    answers=st.lists(st.integers(0, 5), min_size=30, max_size=30).map(tuple),
)
TAKING = Taking(3, date(2026, 11, 25), (1, 2, 3, 4, 5, 0) * 5)
CODE = encode(TAKING, KEY)


def refused(text, *keys):
    with pytest.raises(Unreadable) as caught:
        decode(text, keys or [KEY])
    return caught.value.reason, caught.value.length


@given(takings)
def test_what_goes_in_comes_out(taking):
    assert decode(encode(taking, KEY), [KEY]) == taking


@given(takings)
def test_a_code_is_six_groups_of_five_that_cannot_be_misread(taking):
    groups = encode(taking, KEY).split("-")

    assert [len(group) for group in groups] == [5] * 6
    assert set("".join(groups)).isdisjoint("ILOU")


@given(takings, st.integers(0, 29), st.integers(1, 31))
def test_any_other_character_anywhere_is_refused(taking, place, step):
    letters = list(encode(taking, KEY).replace("-", ""))
    letters[place] = ALPHABET[(ALPHABET.index(letters[place]) + step) % 32]

    assert refused("".join(letters)) == ("seal", 30)


@given(takings, st.integers(0, 28))
def test_two_characters_that_changed_places_are_refused(taking, place):
    letters = list(encode(taking, KEY).replace("-", ""))
    swapped = [*letters[:place], letters[place + 1], letters[place], *letters[place + 2 :]]

    assert swapped == letters or refused("".join(swapped)) == ("seal", 30)


@given(st.text(max_size=250))
def test_whatever_is_typed_is_a_code_or_is_refused(text):
    assert refused(text)[0] in {"empty", "characters", "length", "seal"}


@pytest.mark.parametrize(
    "spelling",
    [
        CODE.lower(),
        CODE.replace("-", ""),
        f"  {CODE.replace('-', ' ')}\t\n",
        CODE.replace("0", "O"),
        CODE.replace("0", "o").replace("1", "l"),
        CODE.replace("1", "I"),
        "".join(chr(ord(char) + 0xFEE0) if char != "-" else char for char in CODE),
    ],
)
def test_a_code_may_be_spelt_as_people_spell(spelling):
    assert "0" in CODE
    assert "1" in CODE
    assert decode(spelling, [KEY]) == TAKING


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ("empty", 0)),
        (" - -- ", ("empty", 0)),
        (CODE[:-1], ("length", 29)),
        (f"{CODE}7", ("length", 31)),
        ("7" * 100_000, ("length", 100_000)),
        (CODE.replace("0", "U"), ("characters", 30)),
        ("😀" * 30, ("characters", 30)),
        (f"{CODE[:-1]}\x00", ("characters", 30)),
        ("٠" * 30, ("characters", 30)),
        ("0" * 30, ("seal", 30)),
    ],
)
def test_what_is_no_code_is_refused_with_the_reason(text, found):
    assert refused(text) == found


def test_a_code_opens_with_any_of_the_keys_and_with_no_other():
    code = encode(TAKING, OLD)

    assert decode(code, [KEY, OLD]) == TAKING
    assert refused(code, KEY) == ("seal", 30)


@pytest.mark.parametrize(
    "taking",
    [
        Taking(4096, FIRST_DAY, (0,) * 30),
        Taking(-1, FIRST_DAY, (0,) * 30),
        Taking(1, FIRST_DAY - timedelta(days=1), (0,) * 30),
        Taking(1, FIRST_DAY + timedelta(days=16_384), (0,) * 30),
        Taking(1, FIRST_DAY, (0,) * 29),
        Taking(1, FIRST_DAY, (0,) * 29 + (6,)),
        Taking(1, FIRST_DAY, (0,) * 29 + (-1,)),
    ],
)
def test_what_no_code_can_hold_is_an_error(taking):
    with pytest.raises(ValueError, match="No code can hold this"):
        encode(taking, KEY)
