from django.urls import path, reverse
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from home.feedback import admin as readers

from . import admin
from .models import CareerPage, StagePage


@hooks.register("register_admin_viewset")
def careers_listing():
    return admin.careers


@hooks.register("register_admin_viewset")
def read_pages():
    return [readers.read_pages(model) for model in (CareerPage, StagePage)]


@hooks.register("register_admin_urls")
def report_urls():
    return [
        path("reports/to-check/", admin.ToCheckView.as_view(), name="to_check"),
        path("reports/to-check/results/", admin.ToCheckView.as_view(results_only=True), name="to_check_results"),
    ]


@hooks.register("register_reports_menu_item")
def to_check_item():
    return MenuItem(gettext("To check"), reverse("to_check"), icon_name="warning", order=100)


@hooks.register("construct_homepage_panels")
def guide_health(request, panels):
    panels.append(admin.GuideHealth())


register_snippet(admin.CatalogueGroup)
