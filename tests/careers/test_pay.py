from decimal import Decimal

import pytest

from careers import pay


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ((None, 60271, None), "$60,271"),
        ((43060, 83480, 198530), "$83,480"),
        ((Decimal("11.95"), None, Decimal("16.70")), "$11.95 to $16.70"),
        ((30000, None, None), "from $30,000"),
        ((None, None, 50000), "up to $50,000"),
        ((None, None, None), ""),
    ],
)
def test_the_figure_named_first(figures, words):
    assert pay.figure(*figures, "USD") == words


def test_a_spread_needs_all_three():
    assert pay.spread(43060, 83480, 198530, "USD") == "$43,060 to $198,530"
    assert pay.spread(None, 83480, 198530, "USD") == ""


def test_an_unknown_currency_is_written_out():
    assert pay.money(1200, "NOK") == "NOK 1,200"


def test_bars_share_a_scale_that_starts_at_nothing():
    bar = pay.bar(Decimal(25), Decimal(50), Decimal(100), top=Decimal(100))

    assert (bar.low, bar.typical, bar.high, bar.width) == (26, 50, 98, 72)
    assert pay.bar(None, Decimal(50), None, top=Decimal(100)).width == 0
