"""What courses are called, cost and ask for."""

from django.db.models import TextChoices


class CourseKind(TextChoices):
    ONLINE = "online", "Online course"
    MODULE = "module", "E-learning module"
    WORKSHOP = "workshop", "Workshop"
    SHORT = "short", "Short course"
    RESIDENTIAL = "residential", "Residential course"
    COLLEGE = "college", "College diploma"
    TECHNICAL = "technical", "Technical qualification"
    APPRENTICESHIP = "apprenticeship", "Apprenticeship"
    DEGREE_MODULE = "degree-module", "Degree module"
    DEGREE = "degree", "Degree"
    POSTGRADUATE = "postgraduate", "Postgraduate course"
    GUIDES = "guides", "Online guides"


class CourseLevel(TextChoices):
    """How much somebody should know before they begin."""

    ANY = "any", "For everyone"
    BEGINNER = "beginner", "Beginners"
    INTERMEDIATE = "intermediate", "Some experience"
    ADVANCED = "advanced", "Advanced"


class Mode(TextChoices):
    ONLINE = "online", "Online"
    IN_PERSON = "in-person", "In person"
    BLENDED = "blended", "Online and in person"
    WORKPLACE = "workplace", "At work"


class Cost(TextChoices):
    FREE = "free", "Free"
    FREE_TO_STUDY = "free-to-study", "Free to study, certificate paid"
    FUNDED = "funded", "Free for some"
    PAID = "paid", "Paid"
    JOB = "job", "A paid job"


class LinkState(TextChoices):
    """What came of the last look at an address."""

    WORKS = "works", "Works"
    MOVED = "moved", "Leads somewhere else"
    GONE = "gone", "Not there any more"
    SILENT = "silent", "Did not answer"


# Seen twice in a row, these are shown to editors.
BROKEN = (LinkState.GONE, LinkState.SILENT)

# What nobody has checked or said.
UNKNOWN = "unknown"
# Bands of hours: in words, and the most hours that fall in one.
BANDS = {
    "2": ("Up to 2 hours", 2),
    "10": ("2 to 10 hours", 10),
    "40": ("10 to 40 hours", 40),
    "more": ("More than 40 hours", 100_000),
}
# Bands of age: in words, and the first and last age of one.
AGES = {
    "13": ("13 to 15", 13, 15),
    "16": ("16 or 17", 16, 17),
    "18": ("18", 18, 18),
    "19": ("19 to 24", 19, 24),
    "25": ("25 and over", 25, 999),
}
