from django.db.models import F, Q
from django.utils import timezone
from wagtail.models import PageManager

from home.models import GuidePageQuerySet

from .scales import PUBLISHABLE


class CareerQuerySet(GuidePageQuerySet):
    def needing(self, *skills):
        """Careers that ask for any of these skills."""
        return self.filter(requirements__skill__in=skills).distinct()

    def asking_for(self, skill):
        """Careers that ask for this skill, with the importance and level they ask, most important first."""
        asked = self.filter(requirements__skill=skill)
        return asked.annotate(importance=F("requirements__importance"), level=F("requirements__level")).order_by("-importance", "title")

    def review_overdue(self, today=None):
        """Careers whose review was due before today."""
        return self.filter(review_due__lt=today or timezone.localdate())

    def with_figures_lacking_source(self):
        """Careers with a pay figure that readers do not see because nothing vouches for it."""
        figure = Q(pay_ranges__low__isnull=False) | Q(pay_ranges__typical__isnull=False) | Q(pay_ranges__high__isnull=False)
        unsound = Q(pay_ranges__source__isnull=True) | ~Q(pay_ranges__status__in=PUBLISHABLE)
        return self.filter(figure, unsound).distinct()


CareerManager = PageManager.from_queryset(CareerQuerySet)
