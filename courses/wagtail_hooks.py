from django.urls import path, reverse
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from . import admin, admin_exchange, admin_picks
from .models import Recommendation


@hooks.register("register_admin_urls")
def course_urls():
    return [
        path("courses/export/", admin_exchange.export, name="courses_export"),
        path("courses/import/", admin_exchange.start, name="courses_import"),
        path("courses/import/confirm/", admin_exchange.confirm, name="courses_import_confirm"),
        path("reports/courses-to-check/", admin.CoursesToCheck.as_view(), name="courses_to_check"),
        path(
            "reports/courses-to-check/results/",
            admin.CoursesToCheck.as_view(results_only=True),
            name="courses_to_check_results",
        ),
    ]


class CoursesItem(MenuItem):
    """Shown to those who may work on courses."""

    def is_shown(self, request):
        return request.user.has_perm("courses.change_course")


@hooks.register("register_reports_menu_item")
def courses_to_check_item():
    return CoursesItem(gettext("Courses to check"), reverse("courses_to_check"), icon_name="warning", order=110)


@hooks.register("register_admin_urls")
def pick_report_urls():
    view = admin_picks.PicksToLookAtView
    return [
        path("reports/picks/", view.as_view(), name="picks_to_look_at"),
        path("reports/picks/results/", view.as_view(results_only=True), name="picks_to_look_at_results"),
    ]


class PicksItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("courses.change_recommendation")


@hooks.register("register_reports_menu_item")
def picks_item():
    return PicksItem(gettext("Picks to look at again"), reverse("picks_to_look_at"), icon_name="pick", order=115)


@hooks.register("construct_homepage_panels")
def my_picks(request, panels):
    if request.user.has_perm("courses.change_recommendation"):
        panels.append(admin_picks.MyPicks())


@hooks.register("construct_snippet_action_menu")
def no_way_past_the_second_person(menu_items, request, context):
    if context["model"] is Recommendation:
        menu_items[:] = [item for item in menu_items if item.name != "action-publish"]


register_snippet(admin.CoursesGroup)
