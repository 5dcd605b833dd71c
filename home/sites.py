"""The address that the site is known by, whatever address a request came in on."""

from urllib.parse import urljoin

from django.conf import settings


def absolute(path: str = "/") -> str:
    """The path as an address that can stand on other sites, in feeds and in mail."""
    return urljoin(settings.WAGTAILADMIN_BASE_URL, path)
