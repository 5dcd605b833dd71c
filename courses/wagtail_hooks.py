from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from . import admin, admin_exchange


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
    return CoursesItem("Courses to check", reverse("courses_to_check"), icon_name="warning", order=110)


register_snippet(admin.CoursesGroup)
