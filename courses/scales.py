"""What courses are called, cost and ask for."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CourseKind(TextChoices):
    ONLINE = "online", _("Online course")
    MODULE = "module", _("E-learning module")
    WORKSHOP = "workshop", _("Workshop")
    SHORT = "short", _("Short course")
    RESIDENTIAL = "residential", _("Residential course")
    COLLEGE = "college", _("College diploma")
    TECHNICAL = "technical", _("Technical qualification")
    APPRENTICESHIP = "apprenticeship", _("Apprenticeship")
    DEGREE_MODULE = "degree-module", _("Degree module")
    DEGREE = "degree", _("Degree")
    POSTGRADUATE = "postgraduate", _("Postgraduate course")
    GUIDES = "guides", _("Online guides")


class CourseLevel(TextChoices):
    """How much somebody should know before they begin."""

    ANY = "any", _("For everyone")
    BEGINNER = "beginner", _("Beginners")
    INTERMEDIATE = "intermediate", _("Some experience")
    ADVANCED = "advanced", _("Advanced")


class Mode(TextChoices):
    ONLINE = "online", _("Online")
    IN_PERSON = "in-person", _("In person")
    BLENDED = "blended", _("Online and in person")
    WORKPLACE = "workplace", _("At work")


class Cost(TextChoices):
    FREE = "free", _("Free")
    FREE_TO_STUDY = "free-to-study", _("Free to study, certificate paid")
    FUNDED = "funded", _("Free for some")
    PAID = "paid", pgettext_lazy("a course", "Paid")
    JOB = "job", _("A paid job")


class LinkState(TextChoices):
    """What came of the last look at an address."""

    WORKS = "works", _("Works")
    MOVED = "moved", _("Leads somewhere else")
    GONE = "gone", _("Not there any more")
    SILENT = "silent", _("Did not answer")


# Seen twice in a row, these are shown to editors.
BROKEN = (LinkState.GONE, LinkState.SILENT)

# What nobody has checked or said.
UNKNOWN = "unknown"
# Bands of hours: in words, and the most hours that fall in one.
BANDS = {
    "2": (_("Up to 2 hours"), 2),
    "10": (_("2 to 10 hours"), 10),
    "40": (_("10 to 40 hours"), 40),
    "more": (_("More than 40 hours"), 100_000),
}
# Bands of age: in words, and the first and last age of one.
AGES = {
    "13": (_("13 to 15"), 13, 15),
    "16": (_("16 or 17"), 16, 17),
    "18": ("18", 18, 18),
    "19": (_("19 to 24"), 19, 24),
    "25": (_("25 and over"), 25, 999),
}
