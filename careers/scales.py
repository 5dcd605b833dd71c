"""The scales that roles, skills, courses and people share."""

from django.db.models import IntegerChoices, TextChoices


class Stage(IntegerChoices):
    DEVELOPMENT = 1, "Development"
    PRE_PRODUCTION = 2, "Pre-production"
    PRODUCTION = 3, "Production"
    POST_PRODUCTION = 4, "Post-production"
    DISTRIBUTION = 5, "Distribution"


class Importance(IntegerChoices):
    """How much a role needs a skill; also the number of pieces of evidence it asks for."""

    USEFUL = 1, "Useful"
    IMPORTANT = 2, "Important"
    ESSENTIAL = 3, "Essential"


class Level(IntegerChoices):
    """The answer to: how did you use it?"""

    HELPED = 1, "I helped or studied it"
    GUIDED = 2, "With guidance"
    ALONE = 3, "On my own"
    LED = 4, "I led or taught others"


class Standing(TextChoices):
    """How far a statement has been checked."""

    CONFIRMED = "confirmed", "Confirmed by its source"
    SECONDARY = "secondary", "Quoted second-hand"
    EDITORIAL = "editorial", "Our judgement"
    UNVERIFIED = "unverified", "Not checked yet"
    MISSING = "missing", "No figure found"


# What readers may take as true: everything else is shown as unchecked, or not at all.
PUBLISHABLE = (Standing.CONFIRMED, Standing.SECONDARY, Standing.EDITORIAL)


class Line(TextChoices):
    ABOVE = "above", "Above the line"
    BELOW = "below", "Below the line"
    VARIES = "varies", "Above or below, by production"


class Experience(TextChoices):
    """Where a role stands on its ladder: our reading of the steps that come before it."""

    NONE = "none", "A first job"
    SOME = "some", "After a first job or two"
    SEVERAL = "several", "After several roles"
    SENIOR = "senior", "At the top of a ladder"


class Department(TextChoices):
    PRODUCING = "producing", "Producing"
    DEVELOPMENT = "development", "Development"
    SCRIPT = "script", "Script"
    DIRECTING = "directing", "Directing"
    PRODUCTION = "production", "Production office"
    LOCATIONS = "locations", "Locations"
    CASTING = "casting", "Casting"
    POST = "post", "Post-production"
    FINANCE = "finance", "Finance"


class Medium(TextChoices):
    ANY = "any", "Film and television"
    FILM = "film", "Film"
    TELEVISION = "television", "Television"
    NEWS = "news", "News"


class Basis(TextChoices):
    YEAR = "year", "a year"
    WEEK = "week", "a week"
    DAY = "day", "a day"
    HOUR = "hour", "an hour"


class StepKind(TextChoices):
    BEFORE = "before", "Comes before"
    PROGRESSION = "progression", "Next step"
    SPECIALISATION = "specialisation", "Specialisation"
    LATERAL = "lateral", "Similar career"


class RouteKind(TextChoices):
    UNIVERSITY = "university", "University"
    COLLEGE = "college", "College"
    APPRENTICESHIP = "apprenticeship", "Apprenticeship"
    WORK_UP = "work-up", "Working up"
    VOLUNTEERING = "volunteering", "Volunteering"
    DIRECT = "direct", "Applying directly"


class Weight(TextChoices):
    """How much a qualification counts for a role."""

    REQUIRED = "required", "Required"
    EXPECTED = "expected", "Expected"
    HELPFUL = "helpful", "Helpful"
    OPTIONAL = "optional", "Optional"


class Holland(TextChoices):
    """The six RIASEC interest types (J. L. Holland); meanings are in our own words."""

    REALISTIC = "R", "Realistic"
    INVESTIGATIVE = "I", "Investigative"
    ARTISTIC = "A", "Artistic"
    SOCIAL = "S", "Social"
    ENTERPRISING = "E", "Enterprising"
    CONVENTIONAL = "C", "Conventional"


HOLLAND_MEANINGS = {
    Holland.REALISTIC: "hands, kit and places",
    Holland.INVESTIGATIVE: "finding out, testing, solving",
    Holland.ARTISTIC: "making new things, telling stories",
    Holland.SOCIAL: "helping, teaching, looking after",
    Holland.ENTERPRISING: "leading, persuading, taking risks",
    Holland.CONVENTIONAL: "order, numbers, records",
}


class Liking(IntegerChoices):
    """The answer to: how much would you like to do this?"""

    NOT_AT_ALL = 1, "Not at all"
    NOT_MUCH = 2, "Not much"
    IN_BETWEEN = 3, "I don’t mind"
    QUITE = 4, "Quite a lot"
    VERY_MUCH = 5, "Very much"


class SDG(IntegerChoices):
    """The seventeen Sustainable Development Goals (United Nations, 2015)."""

    POVERTY = 1, "No poverty"
    HUNGER = 2, "Zero hunger"
    HEALTH = 3, "Good health and well-being"
    EDUCATION = 4, "Quality education"
    GENDER = 5, "Gender equality"
    WATER = 6, "Clean water and sanitation"
    ENERGY = 7, "Affordable and clean energy"
    WORK = 8, "Decent work and economic growth"
    INDUSTRY = 9, "Industry, innovation and infrastructure"
    INEQUALITY = 10, "Reduced inequalities"
    CITIES = 11, "Sustainable cities and communities"
    CONSUMPTION = 12, "Responsible consumption and production"
    CLIMATE = 13, "Climate action"
    SEA = 14, "Life below water"
    LAND = 15, "Life on land"
    PEACE = 16, "Peace, justice and strong institutions"
    PARTNERSHIPS = 17, "Partnerships for the goals"


def importance_of(five: int) -> Importance:
    """The importance (1–3) of a table's weight (1–5): 5 is essential, 4 important, the rest useful."""
    return Importance.ESSENTIAL if five >= 5 else Importance.IMPORTANT if five == 4 else Importance.USEFUL


def level_of(importance: int, experience: str) -> Level:
    """The level a role asks for: its importance decides, a first job asks one less, a senior role one more."""
    shift = {Experience.NONE: -1, Experience.SENIOR: 1}.get(Experience(experience), 0)
    return Level(min(max(importance + shift, Level.HELPED), Level.LED))


class Family(TextChoices):
    """The family a skill belongs to."""

    PEOPLE = "people", "People"
    CREATIVE = "creative", "Creative"
    PRODUCTION = "production", "Production"
    BUSINESS = "business", "Business"
    TECHNICAL = "technical", "Technical"
    SAFETY = "safety", "Safety and care"


class QualificationKind(TextChoices):
    DEGREE = "degree", "Degree"
    POSTGRADUATE = "postgraduate", "Postgraduate"
    COLLEGE = "college", "College"
    APPRENTICESHIP = "apprenticeship", "Apprenticeship"
    PROFESSIONAL = "professional", "Professional training"
    SHORT_COURSE = "short-course", "Short course"
    LICENCE = "licence", "Licence"
    CHECK = "check", "Check"


class TermKind(TextChoices):
    SHOT_SIZE = "shot-size", "Shot sizes"
    SHOT_FUNCTION = "shot-function", "What a shot does"
    ANGLE = "angle", "Angles"
    MOVEMENT = "movement", "Camera movement"
    IDEA = "idea", "Ideas"
    STAGE = "stage", "Stages"
    DOCUMENT = "document", "Documents"
    MONEY = "money", "Money"
    POST = "post", "Post-production"
    TECHNOLOGY = "technology", "Technology"
    CREDIT = "credit", "Credits"


class Country(TextChoices):
    INTERNATIONAL = "int", "International"
    UNITED_KINGDOM = "gb", "United Kingdom"
    ENGLAND = "gb-eng", "England"
    SCOTLAND = "gb-sct", "Scotland"
    WALES = "gb-wls", "Wales"
    NORTHERN_IRELAND = "gb-nir", "Northern Ireland"
    UNITED_STATES = "us", "United States"
    IRELAND = "ie", "Ireland"
    CANADA = "ca", "Canada"
    AUSTRALIA = "au", "Australia"
    FRANCE = "fr", "France"
    GERMANY = "de", "Germany"
    ITALY = "it", "Italy"
    SPAIN = "es", "Spain"
    SWITZERLAND = "ch", "Switzerland"
    NETHERLANDS = "nl", "Netherlands"
    ESTONIA = "ee", "Estonia"
    LUXEMBOURG = "lu", "Luxembourg"
    CHINA = "cn", "China"
    JAPAN = "jp", "Japan"
    SOUTH_KOREA = "kr", "South Korea"


class FestivalFact(TextChoices):
    """What the guide tells of a festival, each checked apart; the values are the names of its fields."""

    WHEN = "when", "When"
    FILMS = "films", "Films"
    AGES = "ages", "Ages"
    WINDOW = "submission_window", "Entries"
    FEE = "fee", "Fee"
    QUALIFIES = "qualifies_for", "Counts for"


class Need(TextChoices):
    """When a part of a pitch package is needed."""

    REQUIRED = "required", "Required"
    IF_ANY = "if any", "If there is any"
    THEN = "needed then", "Needed in that case"
    PRACTICE = "good practice", "Good practice"
