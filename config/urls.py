from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from careers.sitemaps import GuideListSitemap, SkillSitemap
from courses.sitemaps import CourseListSitemap, CourseSitemap
from home import offline, views
from home.accounts import views as account_views
from home.sitemaps import PageSitemap
from portfolio.sitemaps import PeopleSitemap

to_login = RedirectView.as_view(pattern_name="account_login", query_string=True)
to_reset = RedirectView.as_view(pattern_name="account_reset_password")
SITEMAPS = {
    "guide": PageSitemap,
    "lists": GuideListSitemap,
    "skills": SkillSitemap,
    "course list": CourseListSitemap,
    "courses": CourseSitemap,
    "people": PeopleSitemap,
}

urlpatterns = [
    # One login path: the forms of Wagtail and Django would pass by its limits.
    path("cms/login/", to_login),
    path("_util/login/", to_login),
    path("cms/password_reset/", to_reset),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("card.png", views.card, name="card"),
    path("", include("careers.machine_urls")),
    path("sw.js", offline.worker, name="worker"),
    path("theme/", views.theme, name="theme"),
    # What people read has the language in its address, unless it is the guide's own.
    *i18n_patterns(
        path("accounts/", account_views.account, name="account"),
        # In place of allauth's own list, which deletes rows when it is looked at.
        path("accounts/sessions/", account_views.devices, name="usersessions_list"),
        path("accounts/second-factor/", account_views.second_step, name="second_factor"),
        path("accounts/language/", account_views.language, name="account_language"),
        path("accounts/", include("allauth.urls")),
        path("offline/", offline.page, name="offline"),
        path("search/", views.search, name="search"),
        path("feedback/", include("home.feedback.urls")),
        path("", include("portfolio.urls")),
        path("", include("courses.urls")),
        path("", include("careers.urls")),
        path("", views.home, name="home"),
        path("<slug:slug>/", views.page, name="page"),
        prefix_default_language=False,
    ),
    path("", include(wagtail_urls)),
]
