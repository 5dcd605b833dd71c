"""The scales that roles, skills, courses and people share."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(IntegerChoices):
    DEVELOPMENT = 1, _("Development")
    PRE_PRODUCTION = 2, _("Pre-production")
    PRODUCTION = 3, _("Production")
    POST_PRODUCTION = 4, _("Post-production")
    DISTRIBUTION = 5, _("Distribution")


class Importance(IntegerChoices):
    """How much a role needs a skill; also the number of pieces of evidence it asks for."""

    USEFUL = 1, _("Useful")
    IMPORTANT = 2, _("Important")
    ESSENTIAL = 3, _("Essential")


class Level(IntegerChoices):
    """The answer to: how did you use it?"""

    HELPED = 1, _("I helped or studied it")
    GUIDED = 2, _("With guidance")
    ALONE = 3, _("On my own")
    LED = 4, _("I led or taught others")


class Standing(TextChoices):
    """How far a statement has been checked."""

    CONFIRMED = "confirmed", _("Confirmed by its source")
    SECONDARY = "secondary", _("Quoted second-hand")
    EDITORIAL = "editorial", _("Our judgement")
    UNVERIFIED = "unverified", _("Not checked yet")
    MISSING = "missing", _("No figure found")


# What readers may take as true: everything else is shown as unchecked, or not at all.
PUBLISHABLE = (Standing.CONFIRMED, Standing.SECONDARY, Standing.EDITORIAL)


class Line(TextChoices):
    ABOVE = "above", _("Above the line")
    BELOW = "below", _("Below the line")
    VARIES = "varies", _("Above or below, by production")


class Experience(TextChoices):
    """Where a role stands on its ladder: our reading of the steps that come before it."""

    NONE = "none", _("A first job")
    SOME = "some", _("After a first job or two")
    SEVERAL = "several", _("After several roles")
    SENIOR = "senior", _("At the top of a ladder")


class Department(TextChoices):
    PRODUCING = "producing", _("Producing")
    DEVELOPMENT = "development", _("Development")
    SCRIPT = "script", _("Script")
    DIRECTING = "directing", _("Directing")
    PRODUCTION = "production", _("Production office")
    LOCATIONS = "locations", _("Locations")
    CASTING = "casting", _("Casting")
    POST = "post", _("Post-production")
    FINANCE = "finance", _("Finance")


class Medium(TextChoices):
    ANY = "any", _("Film and television")
    FILM = "film", _("Film")
    TELEVISION = "television", _("Television")
    NEWS = "news", _("News")


class Basis(TextChoices):
    YEAR = "year", _("a year")
    WEEK = "week", _("a week")
    DAY = "day", _("a day")
    HOUR = "hour", _("an hour")


class StepKind(TextChoices):
    BEFORE = "before", _("Comes before")
    PROGRESSION = "progression", _("Next step")
    SPECIALISATION = "specialisation", _("Specialisation")
    LATERAL = "lateral", _("Similar career")


class RouteKind(TextChoices):
    UNIVERSITY = "university", _("University")
    COLLEGE = "college", _("College")
    APPRENTICESHIP = "apprenticeship", _("Apprenticeship")
    WORK_UP = "work-up", _("Working up")
    VOLUNTEERING = "volunteering", _("Volunteering")
    DIRECT = "direct", _("Applying directly")


class Weight(TextChoices):
    """How much a qualification counts for a role."""

    REQUIRED = "required", _("Required")
    EXPECTED = "expected", _("Expected")
    HELPFUL = "helpful", _("Helpful")
    OPTIONAL = "optional", _("Optional")


class Holland(TextChoices):
    """The six RIASEC interest types (J. L. Holland); meanings are in our own words."""

    REALISTIC = "R", _("Realistic")
    INVESTIGATIVE = "I", _("Investigative")
    ARTISTIC = "A", _("Artistic")
    SOCIAL = "S", _("Social")
    ENTERPRISING = "E", _("Enterprising")
    CONVENTIONAL = "C", _("Conventional")


HOLLAND_MEANINGS = {
    Holland.REALISTIC: _("hands, kit and places"),
    Holland.INVESTIGATIVE: _("finding out, testing, solving"),
    Holland.ARTISTIC: _("making new things, telling stories"),
    Holland.SOCIAL: _("helping, teaching, looking after"),
    Holland.ENTERPRISING: _("leading, persuading, taking risks"),
    Holland.CONVENTIONAL: _("order, numbers, records"),
}


class Liking(IntegerChoices):
    """The answer to: how much would you like to do this?"""

    NOT_AT_ALL = 1, _("Not at all")
    NOT_MUCH = 2, _("Not much")
    IN_BETWEEN = 3, _("I don’t mind")
    QUITE = 4, _("Quite a lot")
    VERY_MUCH = 5, _("Very much")


class SDG(IntegerChoices):
    """The seventeen Sustainable Development Goals (United Nations, 2015)."""

    POVERTY = 1, _("No poverty")
    HUNGER = 2, _("Zero hunger")
    HEALTH = 3, _("Good health and well-being")
    EDUCATION = 4, _("Quality education")
    GENDER = 5, _("Gender equality")
    WATER = 6, _("Clean water and sanitation")
    ENERGY = 7, _("Affordable and clean energy")
    WORK = 8, _("Decent work and economic growth")
    INDUSTRY = 9, _("Industry, innovation and infrastructure")
    INEQUALITY = 10, _("Reduced inequalities")
    CITIES = 11, _("Sustainable cities and communities")
    CONSUMPTION = 12, _("Responsible consumption and production")
    CLIMATE = 13, _("Climate action")
    SEA = 14, _("Life below water")
    LAND = 15, _("Life on land")
    PEACE = 16, _("Peace, justice and strong institutions")
    PARTNERSHIPS = 17, _("Partnerships for the goals")


def importance_of(five: int) -> Importance:
    """The importance (1–3) of a table's weight (1–5): 5 is essential, 4 important, the rest useful."""
    return Importance.ESSENTIAL if five >= 5 else Importance.IMPORTANT if five == 4 else Importance.USEFUL


def level_of(importance: int, experience: str) -> Level:
    """The level a role asks for: its importance decides, a first job asks one less, a senior role one more."""
    shift = {Experience.NONE: -1, Experience.SENIOR: 1}.get(Experience(experience), 0)
    return Level(min(max(importance + shift, Level.HELPED), Level.LED))


class Family(TextChoices):
    """The family a skill belongs to."""

    PEOPLE = "people", _("People")
    CREATIVE = "creative", _("Creative")
    PRODUCTION = "production", _("Production")
    BUSINESS = "business", _("Business")
    TECHNICAL = "technical", _("Technical")
    SAFETY = "safety", _("Safety and care")


class QualificationKind(TextChoices):
    DEGREE = "degree", _("Degree")
    POSTGRADUATE = "postgraduate", _("Postgraduate")
    COLLEGE = "college", _("College")
    APPRENTICESHIP = "apprenticeship", _("Apprenticeship")
    PROFESSIONAL = "professional", _("Professional training")
    SHORT_COURSE = "short-course", _("Short course")
    LICENCE = "licence", _("Licence")
    CHECK = "check", _("Check")


class TermKind(TextChoices):
    SHOT_SIZE = "shot-size", _("Shot sizes")
    SHOT_FUNCTION = "shot-function", _("What a shot does")
    ANGLE = "angle", _("Angles")
    MOVEMENT = "movement", _("Camera movement")
    IDEA = "idea", _("Ideas")
    STAGE = "stage", _("Stages")
    DOCUMENT = "document", _("Documents")
    MONEY = "money", _("Money")
    POST = "post", _("Post-production")
    TECHNOLOGY = "technology", _("Technology")
    CREDIT = "credit", _("Credits")


class Country(TextChoices):
    INTERNATIONAL = "int", _("International")
    UNITED_KINGDOM = "gb", _("United Kingdom")
    ENGLAND = "gb-eng", _("England")
    SCOTLAND = "gb-sct", _("Scotland")
    WALES = "gb-wls", _("Wales")
    NORTHERN_IRELAND = "gb-nir", _("Northern Ireland")
    UNITED_STATES = "us", _("United States")
    IRELAND = "ie", _("Ireland")
    CANADA = "ca", _("Canada")
    AUSTRALIA = "au", _("Australia")
    FRANCE = "fr", _("France")
    GERMANY = "de", _("Germany")
    ITALY = "it", _("Italy")
    SPAIN = "es", _("Spain")
    SWITZERLAND = "ch", _("Switzerland")
    NETHERLANDS = "nl", _("Netherlands")
    ESTONIA = "ee", _("Estonia")
    LUXEMBOURG = "lu", _("Luxembourg")
    CHINA = "cn", _("China")
    JAPAN = "jp", _("Japan")
    SOUTH_KOREA = "kr", _("South Korea")


class FestivalFact(TextChoices):
    """What the guide tells of a festival, each checked apart; the values are the names of its fields."""

    WHEN = "when", _("When")
    FILMS = "films", _("Films")
    AGES = "ages", _("Ages")
    WINDOW = "submission_window", pgettext_lazy("of films to a festival", "Entries")
    FEE = "fee", _("Fee")
    QUALIFIES = "qualifies_for", _("Counts for")


class Need(TextChoices):
    """When a part of a pitch package is needed."""

    REQUIRED = "required", _("Required")
    IF_ANY = "if any", _("If there is any")
    THEN = "needed then", _("Needed in that case")
    PRACTICE = "good practice", _("Good practice")
