from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from . import admin_picks
from .models import Recommendation


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
    return PicksItem("Picks to look at again", reverse("picks_to_look_at"), icon_name="pick", order=110)


@hooks.register("construct_homepage_panels")
def my_picks(request, panels):
    if request.user.has_perm("courses.change_recommendation"):
        panels.append(admin_picks.MyPicks())


@hooks.register("construct_snippet_action_menu")
def no_way_past_the_second_person(menu_items, request, context):
    if context["model"] is Recommendation:
        menu_items[:] = [item for item in menu_items if item.name != "action-publish"]


register_snippet(admin_picks.PickViewSet)
