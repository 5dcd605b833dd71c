"""What editors see in the CMS: what readers said beside each guide, every report in one list, and the answer to one."""

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.pages.edit import EditView as PageEditView
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import EditView as SnippetEditView

from ..models import ReaderReport
from ..scales import ANSWERS, ReportState
from ..words import inert
from . import reading, services
from .forms import AnswerForm

CHANGE = "home.change_readerreport"


class ReadersPanel(BaseSidePanel):
    """Beside a page or snippet while it is edited: how useful readers found it, and what they report."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle what readers say")
        icon_name = "group"

        def get_context_data(self, parent_context):
            return super().get_context_data(parent_context) | {"count": len(self.panel.readers.reports)}

    name = "readers"
    title = _("Readers")
    template_name = "home/admin/readers.html"
    order = 320

    def __init__(self, object, request):
        super().__init__(object, request)
        self.readers = reading.of(object)

    def get_context_data(self, parent_context):
        states = [(state.value, state.label) for state in ANSWERS]
        return super().get_context_data(parent_context) | {"readers": self.readers, "states": states}


class ShowsReaders:
    """An edit view with the panel, for those who answer readers' reports."""

    def get_side_panels(self):
        panels = super().get_side_panels()
        if self.expects_json_response or not self.request.user.has_perm(CHANGE):
            return panels
        return MediaContainer([*panels, ReadersPanel(getattr(self, "page", None) or self.object, self.request)])


class ReadPageEditView(ShowsReaders, PageEditView):
    pass


class ReadSnippetEditView(ShowsReaders, SnippetEditView):
    pass


def read_pages(model):
    """The CMS's views for pages of the model, with what readers say beside the editor."""
    return PageViewSet(f"read_{model._meta.model_name}", model=model, edit_view_class=ReadPageEditView)


def kinds(request):
    """The kinds of guide that somebody reported something about."""
    return ContentType.objects.filter(pk__in=ReaderReport.objects.order_by().values("content_type"))


class KindFilter(django_filters.ModelChoiceFilter):
    @property
    def field(self):
        field = super().field
        field.label_from_instance = lambda kind: kind.name.capitalize()
        return field


class ReportFilters(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(label=_("State"), choices=ReportState.choices)
    title = django_filters.CharFilter(label=_("Guide"), lookup_expr="icontains")
    content_type = KindFilter(label=_("Kind of guide"), queryset=kinds)

    class Meta:
        model = ReaderReport
        fields = ["state", "title", "content_type", "sort", "language"]


class ReportsView(ReportView):
    page_title = _("Readers' reports")
    header_icon = "group"
    index_url_name = "reader_reports"
    index_results_url_name = "reader_reports_results"
    any_permission_required = ["change", "view"]
    permission_policy = ModelPermissionPolicy(ReaderReport)
    filterset_class = ReportFilters
    is_searchable = False
    default_ordering = "-received_on"
    list_export = "received_on title section sort text suggestion source language state decided_on address".split()
    columns = [
        TitleColumn("place", label=_("Guide"), accessor="place", sort_key="title", get_url=reading.address_of),
        Column("sort", label=_("Says"), accessor="get_sort_display"),
        Column("text", label=_("In their words"), accessor="text"),
        # DateColumn tells hours, which are not known.
        Column("received_on", label=_("Received"), accessor="received_on", sort_key="received_on"),
        Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
    ]

    def get_queryset(self):
        return ReaderReport.objects.select_related("content_type")

    def get_preprocess_function(self, field, value, export_format):
        return inert if export_format == self.FORMAT_CSV and isinstance(value, str) else None


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, pk):
    """One report with its history, and the form to answer it."""
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    report = get_object_or_404(ReaderReport.objects.select_related("content_type", "revision"), pk=pk)
    form = AnswerForm(request.POST or None, initial={"state": request.GET.get("state", "")})
    if not form.is_valid():
        return show(request, report, form)
    services.answer(report=report, by=request.user, **form.cleaned_data)
    messages.success(request, gettext("The report is answered: %(state)s.") % {"state": report.get_state_display().lower()})
    return redirect("reader_reports")


def show(request, report, form):
    title = gettext("Reader's report")
    context = {
        "page_title": title,
        "header_title": f"{title}: {report.title}",
        "header_icon": "group",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
            {"url": reverse("reader_reports"), "label": gettext("Readers' reports")},
            {"url": "", "label": report.title},
        ],
        "case": reading.case(report, request.user),
        "form": form,
    }
    return render(request, "home/admin/answer.html", context, status=422 if form.is_bound else 200)
