from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .feedback import admin


@hooks.register("register_admin_urls")
def reader_report_urls():
    return [
        path("reports/readers/", admin.ReportsView.as_view(), name="reader_reports"),
        path("reports/readers/results/", admin.ReportsView.as_view(results_only=True), name="reader_reports_results"),
        path("reports/readers/<int:pk>/", admin.answer, name="reader_report"),
    ]


class ReaderReportsItem(MenuItem):
    """Shown to those who answer readers."""

    def is_shown(self, request):
        return request.user.has_perm(admin.CHANGE)


@hooks.register("register_reports_menu_item")
def reader_reports_item():
    return ReaderReportsItem(_("Readers' reports"), reverse("reader_reports"), icon_name="group", order=90)
