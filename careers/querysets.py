from django.db.models import F, Q
from django.utils import timezone
from wagtail.models import PageManager

from home.models import GuidePageQuerySet

from .scales import PUBLISHABLE


def unsound_figure(prefix=""):
    """The condition of a pay figure that nothing vouches for: no source, or not checked. `prefix` is the way to it."""
    given = (
        Q(**{f"{prefix}low__isnull": False}) | Q(**{f"{prefix}typical__isnull": False}) | Q(**{f"{prefix}high__isnull": False})
    )
    return given & (Q(**{f"{prefix}source__isnull": True}) | ~Q(**{f"{prefix}status__in": PUBLISHABLE}))


class CareerQuerySet(GuidePageQuerySet):
    def needing(self, *skills):
        """Careers that ask for any of these skills."""
        return self.filter(requirements__skill__in=skills).distinct()

    def asking_for(self, skill):
        """Careers that ask for this skill, with the importance and level they ask, most important first."""
        asked = self.filter(requirements__skill=skill)
        return asked.annotate(importance=F("requirements__importance"), level=F("requirements__level")).order_by(
            "-importance", "title"
        )

    def side_by_side(self):
        """The careers with all rows that a comparison reads, a statement a relation."""
        return self.prefetch_related(
            "stage_involvements", "entry_routes", "requirements__skill", "pay_ranges__source", "steps__to"
        )

    def review_overdue(self, today=None):
        """Careers whose review was due before today."""
        return self.filter(review_due__lt=today or timezone.localdate())

    def with_figures_lacking_source(self):
        """Careers with a pay figure that readers do not see because nothing vouches for it."""
        return self.filter(unsound_figure("pay_ranges__")).distinct()


CareerManager = PageManager.from_queryset(CareerQuerySet)
