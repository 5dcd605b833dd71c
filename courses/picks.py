"""Counsellors' picks as readers see them: approved, not overdue, of courses and for roles and skills that can be read."""

from datetime import date

from django.db.models import Q, QuerySet

from careers.models import CareerPage

from .models import Recommendation


def standing(today: date) -> QuerySet[Recommendation]:
    """The picks that stand today, those looked at last first."""
    found = Recommendation.objects.filter(live=True, review_by__gte=today, course__live=True)
    of_roles = Q(career__isnull=True) | Q(career__in=CareerPage.objects.readable().order_by().values("pk"))
    return found.filter(of_roles, Q(skill__isnull=True) | Q(skill__live=True)).order_by("-review_by", "pk")
