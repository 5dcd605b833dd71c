"""Which picks readers see."""

from .models import Recommendation


def standing(today):
    """The picks that readers see on this day: published, of a published course, and looked at in time."""
    return Recommendation.objects.filter(live=True, course__live=True, review_by__gte=today).select_related(
        "course__provider", "career", "skill"
    )
