from django.urls import include, path
from django.views.decorators.cache import cache_control
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from courses.sitemaps import CourseSitemap
from home import offline, views
from home.accounts import views as account_views
from portfolio.sitemaps import PeopleSitemap

to_login = RedirectView.as_view(pattern_name="account_login", query_string=True)
# What a member takes back is told to nobody from the next request on.
fresh_sitemap = cache_control(private=True, no_cache=True)(sitemap)
to_reset = RedirectView.as_view(pattern_name="account_reset_password")
SITEMAPS = {"guide": Sitemap, "courses": CourseSitemap, "people": PeopleSitemap}

urlpatterns = [
    # One login path: the forms of Wagtail and Django would pass by its limits.
    path("cms/login/", to_login),
    path("_util/login/", to_login),
    path("cms/password_reset/", to_reset),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", account_views.account, name="account"),
    # In place of allauth's own list, which deletes rows when it is looked at.
    path("accounts/sessions/", account_views.devices, name="usersessions_list"),
    path("accounts/second-factor/", account_views.second_step, name="second_factor"),
    path("accounts/", include("allauth.urls")),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", fresh_sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("sw.js", offline.worker, name="worker"),
    path("offline/", offline.page, name="offline"),
    path("theme/", views.theme, name="theme"),
    path("search/", views.search, name="search"),
    path("", include("portfolio.urls")),
    path("", include("courses.urls")),
    path("", include("careers.urls")),
    path("", views.home, name="home"),
    path("<slug:slug>/", views.page, name="page"),
    path("", include(wagtail_urls)),
]
