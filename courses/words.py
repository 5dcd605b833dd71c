"""What a course costs and how long it takes, in words; what nobody has checked is said to be so. Pure."""

from decimal import Decimal

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from careers.pay import figure

UNCHECKED = _("Check with the provider")


def cost(label: str, low: Decimal | None, high: Decimal | None, currency: str, is_checked: bool) -> str:
    """The cost in words, such as "Paid, £20 to £180"."""
    if not is_checked or not label:
        return str(UNCHECKED)
    price = figure(low, low if low == high else None, high, currency)
    return f"{label}, {price}" if price and high != 0 else label


def takes(hours: Decimal | None, length: str, is_checked: bool) -> str:
    """How long it takes: "10 hours (four weeks)"."""
    if not is_checked or not (hours or length):
        return str(UNCHECKED)
    counted = hours_words(hours)
    return f"{counted} ({length})" if counted and length else counted or length


def hours_words(hours: Decimal | None) -> str:
    if not hours:
        return ""
    number = f"{hours.normalize():f}"
    return ngettext("{number} hour", "{number} hours", 1 if hours == 1 else 2).format(number=number)


def duration(hours: Decimal) -> str:
    """The hours as an ISO 8601 duration: "PT10H", "PT1H30M"."""
    whole, rest = divmod(int(hours * 60), 60)
    return f"PT{whole}H{f'{rest}M' if rest else ''}" if whole else f"PT{rest}M"


def ages(low: int | None, high: int | None, note: str) -> str:
    """Who may take it, by age: "16 to 19", "16 and over"; the note stands with it."""
    span = ""
    if low is not None and high is not None:
        span = gettext("{low} to {high}").format(low=low, high=high) if low != high else str(low)
    elif low is not None:
        span = gettext("{low} and over").format(low=low)
    elif high is not None:
        span = gettext("Up to {high}").format(high=high)
    return f"{span} ({note})" if span and note else span or note
