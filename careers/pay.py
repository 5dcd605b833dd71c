"""Figures as readers see them: money in words and a place on a shared scale. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import pgettext

from home.wording import figures

SYMBOLS = {"GBP": "£", "USD": "$", "EUR": "€", "CAD": "C$", "AUD": "A$"}
EDGE, SPAN = 2, 96  # the bar's drawing is 100 wide


@dataclass(frozen=True, slots=True)
class Bar:
    """Where low, typical and high stand on a scale of 0 to 100; None where a figure is missing."""

    low: float | None
    typical: float | None
    high: float | None

    @property
    def width(self) -> float:
        return round(self.high - self.low, 1) if self.low is not None and self.high is not None else 0


def money(amount: Decimal | int, currency: str) -> str:
    """The sum with its sign and thousands: £29,623 or £11.95; pence only where there are any."""
    places = 0 if amount == int(amount) else 2
    sign = SYMBOLS.get(currency)
    pattern = pgettext("a sum of money", "{sign}{amount}") if sign else "{sign} {amount}"
    return pattern.format(sign=sign or currency, amount=figures(amount, places))


def figure(low: Decimal | None, typical: Decimal | None, high: Decimal | None, currency: str) -> str:
    """The one figure to name first: the typical one, else the range, else the end that is known."""
    if typical is not None:
        return money(typical, currency)
    if low is not None and high is not None:
        return pgettext("sums", "{low} to {high}").format(low=money(low, currency), high=money(high, currency))
    if low is not None:
        return pgettext("a sum", "from {low}").format(low=money(low, currency))
    return pgettext("a sum", "up to {high}").format(high=money(high, currency)) if high is not None else ""


def spread(low: Decimal | None, typical: Decimal | None, high: Decimal | None, currency: str) -> str:
    """The range in words beside a typical figure; empty when there is none."""
    if typical is None or low is None or high is None:
        return ""
    return pgettext("sums", "{low} to {high}").format(low=money(low, currency), high=money(high, currency))


def bar(low: Decimal | None, typical: Decimal | None, high: Decimal | None, top: Decimal | int) -> Bar:
    """The figures on a scale whose end is `top`; zero stands at the left edge."""

    def place(amount: Decimal | None) -> float | None:
        return None if amount is None or not top else round(EDGE + SPAN * float(amount) / float(top), 1)

    return Bar(place(low), place(typical), place(high))


def top(amounts: Iterable[Decimal | None]) -> Decimal | int:
    """The end of a scale that holds all the amounts."""
    return max((amount for amount in amounts if amount is not None), default=0)
