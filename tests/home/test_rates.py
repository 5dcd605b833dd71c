"""Limits that hold for all workers together, in each cache that a set-up may have."""

import time

import pytest
from django.core.cache import cache, caches

from home.rates import Limit

FIVE = Limit("fives", 5, 3600)


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands at the start of an hour until it is set."""
    now = [1_800_000_000.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now


@pytest.fixture(params=["the suite's own", "files"])
def any_cache(request, settings, tmp_path):
    if request.param == "files":
        files = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path}
        settings.CACHES = {**settings.CACHES, "default": files}


@pytest.mark.usefixtures("any_cache")
def test_the_sixth_in_an_hour_is_one_too_many_and_the_next_hour_begins_anew(clock):
    first = [FIVE.takes("192.0.2.7") for _ in range(6)]
    elsewhere = FIVE.takes("192.0.2.8")
    clock[0] += 3599
    late = FIVE.takes("192.0.2.7")
    clock[0] += 1

    assert (first, elsewhere, late) == ([True] * 5 + [False], True, False)
    assert FIVE.takes("192.0.2.7") is True


@pytest.mark.usefixtures("any_cache")
def test_tries_with_minutes_between_them_are_still_counted_together(clock):
    found = []
    for _ in range(6):
        found.append(FIVE.takes("192.0.2.7"))
        clock[0] += 9 * 60

    assert found == [True] * 5 + [False]


@pytest.mark.usefixtures("any_cache")
def test_asking_does_not_count(clock):
    asked = [FIVE.is_reached("192.0.2.7") for _ in range(9)]
    for _ in range(5):
        FIVE.takes("192.0.2.7")

    assert asked == [False] * 9
    assert FIVE.is_reached("192.0.2.7") is True


def test_the_wait_is_the_time_until_the_next_span(clock):
    clock[0] += 3599.5

    assert (FIVE.wait, Limit("days", 1, 86400).wait) == (1, 86400 - 1_800_003_599 % 86400)


def test_workers_count_together(clock):
    """Two connections to the cache, as two workers have them."""
    other = caches.create_connection("default")
    FIVE.takes("192.0.2.7")

    assert other.get(FIVE.key("192.0.2.7")) == 1
    other.incr(FIVE.key("192.0.2.7"))
    assert cache.get(FIVE.key("192.0.2.7")) == 2


def test_a_cache_that_does_not_answer_turns_nobody_away(settings, tmp_path):
    nowhere = tmp_path / "a file"
    nowhere.touch()
    files = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": nowhere / "x"}
    settings.CACHES = {**settings.CACHES, "default": files}

    assert ([FIVE.takes("192.0.2.7") for _ in range(9)], FIVE.is_reached("192.0.2.7")) == ([True] * 9, False)
