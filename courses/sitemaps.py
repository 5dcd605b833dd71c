"""The courses that search engines are told of, each with the day on which it last changed."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap

from .models import Course


class CourseSitemap(Sitemap):
    @property
    def protocol(self):
        return urlsplit(settings.WAGTAILADMIN_BASE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc

    def items(self):
        return Course.objects.filter(live=True).only("slug", "last_published_at").order_by("pk")

    def lastmod(self, course):
        return course.last_published_at
