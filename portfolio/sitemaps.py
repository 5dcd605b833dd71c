"""The portfolios that search engines are told of: public ones, whose owners asked for that."""

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest

from home.sitemaps import SiteMap

from .finding import EVERYBODY
from .models import Entry, Profile


class PeopleSitemap(SiteMap):
    """A portfolio an address, with the day on which it, or an entry that everybody sees, last changed."""

    def items(self):
        seen = Entry.objects.visible_to(EVERYBODY).filter(owner=OuterRef("owner")).order_by("-updated_at")
        latest = Coalesce(Subquery(seen.values("updated_at")[:1]), "updated_at")
        found = Profile.objects.visible_to(EVERYBODY).filter(is_indexed=True).only("handle")
        return found.annotate(changed_at=Greatest("updated_at", latest)).order_by("owner")

    def location(self, profile):
        return profile.get_absolute_url()

    def lastmod(self, profile):
        return profile.changed_at
