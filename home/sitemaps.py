"""What search engines are told of: addresses that pages name as their own, each with the day on which it last changed."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.db.models.functions import Coalesce
from django.urls import reverse
from wagtail.models import Page

from .models import BasePage

# When a snippet was published; one that came with the guide, and that nobody has touched since, has its first revision.
PUBLISHED = Coalesce("last_published_at", "live_revision__created_at")


class SiteMap(Sitemap):
    """A sitemap of the site's own address. Items are pairs: a path, and when what stands there last changed."""

    @property
    def protocol(self):
        return urlsplit(settings.WAGTAILADMIN_BASE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc

    def location(self, item):
        return item[0]

    def lastmod(self, item):
        return item[1]


class PageSitemap(SiteMap):
    """Every page that anybody may read. One that lists its children changes with the newest of them."""

    def items(self):
        found = (
            Page.objects.live()
            .public()
            .filter(depth__gt=1, locale__language_code=settings.LANGUAGE_CODE)
            .order_by("path")
            .specific(defer=True)
        )
        pages = [page for page in found if isinstance(page, BasePage)]
        return [(page.get_absolute_url(), newest(page, pages)) for page in pages]


def newest(page, pages):
    """When the page was last published, or any page of the list that it is."""
    below = [each for each in pages if page.lists_children and each.path.startswith(page.path)]
    return max((each.last_published_at for each in [page, *below] if each.last_published_at), default=None)


class SnippetSitemap(SiteMap):
    """The published snippets of a model, each with a page of its own."""

    model = None

    def items(self):
        found = self.model.objects.filter(live=True).annotate(published_at=PUBLISHED).only("slug").order_by("pk")
        return [(thing.get_absolute_url(), thing.published_at) for thing in found]


class ListSitemap(SiteMap):
    """Lists by the names of their routes, each with the model that it lists: it changes with the newest that stands in it."""

    lists = {}

    def items(self):
        days = {model: newest_of(model) for model in dict.fromkeys(self.lists.values())}
        return [(reverse(name), days[model]) for name, model in self.lists.items()]


def newest_of(model):
    return model.objects.filter(live=True).order_by().aggregate(at=Max(PUBLISHED))["at"]
