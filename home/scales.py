"""The choices that every app may ask for: about an account, and about what readers report."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AgeBand(TextChoices):
    """How old a person is, as far as the rules need to know; an unknown age counts as under 18."""

    TEEN = "13-17", _("13 to 17")
    ADULT = "18+", _("18 or over")


class Sort(TextChoices):
    """What a reader's report says of a guide."""

    MISTAKE = "mistake", _("Something is wrong")
    MISSING = "missing", _("Something is missing")


class ReportState(TextChoices):
    """Where a reader's report stands."""

    NEW = "new", _("New")
    CHECKING = "checking", _("Being checked")
    MENDED = "mended", _("Mended")
    REFUSED = "refused", _("Not a mistake")
    LAPSED = "lapsed", _("Not decided in a year")


OPEN = (ReportState.NEW, ReportState.CHECKING)
# What an editor can say; the last is what the daily run says when nobody did.
ANSWERS = (ReportState.CHECKING, ReportState.MENDED, ReportState.REFUSED)
