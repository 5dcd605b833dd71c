"""The choices about an account that every app may ask for."""

from django.db.models import TextChoices


class AgeBand(TextChoices):
    """How old a person is, as far as the rules need to know; an unknown age counts as under 18."""

    TEEN = "13-17", "13 to 17"
    ADULT = "18+", "18 or over"
