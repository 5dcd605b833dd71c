"""The moment a date stands for, wherever on earth it is read."""

from datetime import UTC, date, datetime, timedelta
from datetime import time as hour

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio import clocks


@pytest.mark.parametrize(
    ("on", "at", "zone", "expected"),
    [
        # The clocks go forward in London at 1.00 and in New York at 2.00; back in the autumn.
        (date(2026, 3, 29), hour(23, 59), "Europe/London", datetime(2026, 3, 29, 22, 59, tzinfo=UTC)),
        (date(2026, 3, 28), hour(23, 59), "Europe/London", datetime(2026, 3, 28, 23, 59, tzinfo=UTC)),
        (date(2026, 10, 25), hour(23, 59), "Europe/London", datetime(2026, 10, 25, 23, 59, tzinfo=UTC)),
        (date(2026, 10, 24), hour(23, 59), "Europe/London", datetime(2026, 10, 24, 22, 59, tzinfo=UTC)),
        (date(2026, 3, 8), hour(23, 59), "America/New_York", datetime(2026, 3, 9, 3, 59, tzinfo=UTC)),
        (date(2026, 11, 1), hour(23, 59), "America/New_York", datetime(2026, 11, 2, 4, 59, tzinfo=UTC)),
        # A time that the clock leaves out, and one that it shows twice.
        (date(2026, 3, 29), hour(1, 30), "Europe/London", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (date(2026, 10, 25), hour(1, 30), "Europe/London", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2028, 2, 29), hour(23, 59), "Pacific/Kiritimati", datetime(2028, 2, 29, 9, 59, tzinfo=UTC)),
        (date(2028, 2, 29), hour(23, 59), "Pacific/Pago_Pago", datetime(2028, 3, 1, 10, 59, tzinfo=UTC)),
        (date(2038, 1, 20), hour(3, 15), "UTC", datetime(2038, 1, 20, 3, 15, tzinfo=UTC)),
        # Without a zone, or with none that exists, the member's own.
        (date(2026, 5, 3), hour(12), "", datetime(2026, 5, 3, 3, tzinfo=UTC)),
        (date(2026, 5, 3), hour(12), "../../etc/passwd", datetime(2026, 5, 3, 3, tzinfo=UTC)),
        (date(2026, 5, 3), None, "America/New_York", date(2026, 5, 3)),
        (date(1, 1, 1), hour(0), "Asia/Tokyo", date(1, 1, 1)),
        (date(9999, 12, 31), hour(23, 59), "America/New_York", date(9999, 12, 31)),
    ],
)
def test_a_deadline_is_the_moment_that_the_festivals_clock_shows(on, at, zone, expected):
    assert clocks.moment(on, at, zone, home="Asia/Tokyo") == expected


def test_today_is_another_day_at_the_two_ends_of_the_earth():
    now = datetime(2026, 12, 31, 10, 30, tzinfo=UTC)

    zones = ("Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago")
    assert [clocks.today(now, zone) for zone in zones] == [date(2027, 1, 1), date(2026, 12, 31), date(2026, 12, 30)]


@given(st.dates(date(1950, 1, 1), date(2099, 1, 1)), st.times(), st.sampled_from(sorted(clocks.known())))
def test_the_clock_shows_the_deadline_at_its_moment(on, at, zone):
    moment = clocks.moment(on, at, zone, home="UTC")

    # Asked again, the moment is the same, though a clock that was put forward shows another time than was written.
    shown = moment.astimezone(clocks.clock(zone))
    assert clocks.moment(shown.date(), shown.time(), zone, home="UTC") <= moment
    assert abs(shown.replace(tzinfo=UTC) - datetime.combine(on, at, UTC)) <= timedelta(days=1)
