"""Addresses for programs: one each, whatever the reader's language."""

from django.urls import include, path
from django.views.decorators.http import conditional_page
from wagtail.utils.urlpatterns import decorate_urlpatterns

from .api.root import root, router
from .views import machines

endpoints = decorate_urlpatterns(router.get_urlpatterns(), conditional_page)

urlpatterns = [
    path("api/v2/", conditional_page(root), name="api_root"),
    path("api/v2/", include((endpoints, router.url_namespace))),
    path("feed.atom", machines.feed, name="feed"),
    path("llms.txt", machines.llms, name="llms"),
]
