"""What editors see in the CMS: the careers with what they lack, the catalogue, and everything still to check."""

import django_filters
from django.db.models import Count, F, Q, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets import BooleanRadioSelect
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from home.feedback import reading
from home.feedback.admin import CHANGE, ReadSnippetEditView
from home.wording import day_words

from . import interests, models, scales
from .querysets import unsound_figure

UNCHECKED = (scales.Standing.UNVERIFIED, scales.Standing.MISSING)


class CareerFilters(WagtailFilterSet):
    review_overdue = django_filters.BooleanFilter(label=_("Review overdue"), method="overdue", widget=BooleanRadioSelect)
    unsound = django_filters.BooleanFilter(
        label=_("Has figures without a source"), method="with_unsound_figures", widget=BooleanRadioSelect
    )

    class Meta:
        model = models.CareerPage
        fields = ["department", "line", "experience", "live"]

    def overdue(self, queryset, name, value):
        late = Q(review_due__lt=timezone.localdate())
        return queryset.filter(late) if value else queryset.exclude(late)

    def with_unsound_figures(self, queryset, name, value):
        return queryset.filter(unsound_figures__gt=0) if value else queryset.filter(unsound_figures=0)


class CompletenessColumn(Column):
    """How many of the prose sections are written."""

    def get_value(self, page):
        written, wanted = page.completeness
        return gettext("{written} of {all} sections").format(written=written, all=wanted)


class ReviewColumn(DateColumn):
    """The day by which somebody is to look again, with a word when it is over."""

    cell_template_name = "wagtailadmin/tables/cell.html"

    def get_value(self, instance):
        day = super().get_value(instance)
        if not day:
            return gettext("No date set")
        if day >= timezone.localdate():
            return day_words(day)
        return format_html("<b>{}</b>", gettext("{day} (overdue)").format(day=day_words(day)))


class CareerListing(IndexView):
    default_ordering = "title"

    def get_base_queryset(self):
        figures = Count("pay_ranges", filter=unsound_figure("pay_ranges__"), distinct=True)
        unchecked = Count("tasks", filter=Q(tasks__status__in=UNCHECKED), distinct=True)
        return super().get_base_queryset().annotate(unsound_figures=figures, unchecked_tasks=unchecked)


class Careers(PageListingViewSet):
    model = models.CareerPage
    index_view_class = CareerListing
    filterset_class = CareerFilters
    icon = "user"
    menu_label = _("Careers")
    menu_order = 110
    add_to_admin_menu = True
    name = "career_listing"
    url_prefix = "careers"
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        CompletenessColumn("completeness", label=_("Written")),
        ReviewColumn("review_due", label=_("Review due"), sort_key="review_due"),
        Column("unsound_figures", label=_("Figures without a source"), sort_key="unsound_figures"),
        Column("unchecked_tasks", label=_("Tasks to check"), sort_key="unchecked_tasks"),
        DateColumn("latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at"),
        PageStatusColumn("status", label=_("Status"), sort_key="live"),
    ]


careers = Careers()


def to_check():
    """Every row of a career that no source confirms: where it is, what kind it is and what it says."""
    rows = [
        (models.PayRange, gettext("Pay figure"), "measure", unsound_figure()),
        (models.Task, gettext("Task"), "text", Q(status__in=UNCHECKED)),
        (models.EntryRoute, gettext("Way in"), "text", Q(status__in=UNCHECKED)),
        (models.CareerStep, gettext("Step"), "note", Q(status__in=UNCHECKED)),
        (models.QualificationAdvice, gettext("Qualification"), "why", Q(status__in=UNCHECKED)),
        (models.BodyLink, gettext("Organisation"), "why", Q(status__in=UNCHECKED)),
        (models.GoalLink, gettext("Goal"), "why", Q(status__in=UNCHECKED)),
    ]
    first, *others = [
        model.objects.filter(doubt)
        .order_by()
        .annotate(what=Value(kind), says=Cast(F(field), TextField()), career=F("page__title"))
        .values("page_id", "career", "what", "says", "status")
        for model, kind, field, doubt in rows
    ]
    return first.union(*others, all=True).order_by("career", "what", "says")


class ToCheckView(ReportView):
    page_title = _("To check")
    header_icon = "warning"
    index_url_name = "to_check"
    index_results_url_name = "to_check_results"
    any_permission_required = ["add", "change", "publish"]
    is_searchable = False
    list_export = ["career", "what", "says", "status"]
    export_headings = {"career": _("Career"), "what": _("What"), "says": _("It says"), "status": _("Checked")}
    columns = [
        TitleColumn(
            "career",
            label=_("Career"),
            accessor=lambda row: row["career"],
            get_url=lambda row: reverse("wagtailadmin_pages:edit", args=[row["page_id"]]),
        ),
        Column("what", label=_("What"), accessor=lambda row: row["what"]),
        Column("says", label=_("It says"), accessor=lambda row: row["says"]),
        Column("status", label=_("Checked"), accessor=lambda row: str(scales.Standing(row["status"]).label)),
    ]

    @property
    def permission_policy(self):
        from wagtail.permissions import page_permission_policy

        return page_permission_policy

    def get_queryset(self):
        return to_check()


class GuideHealth(Component):
    """The front page's panel: how many careers are overdue for review and how many rows are still to check."""

    order = 50
    template_name = "careers/admin/guide_health.html"

    def get_context_data(self, parent_context):
        live = models.CareerPage.objects.live()
        return {
            "overdue": live.review_overdue().count(),
            "unsound": live.with_figures_lacking_source().count(),
            "unchecked": to_check().count(),
            "quiz": interests.lacking(),
            "statements_address": reverse(models.InterestStatement.snippet_viewset.get_url_name("list")),
            "reported": reading.waiting() if parent_context["request"].user.has_perm(CHANGE) else None,
            "careers_address": reverse("career_listing:index"),
        }


class CatalogueViewSet(SnippetViewSet):
    edit_view_class = ReadSnippetEditView
    list_per_page = 50
    copy_view_enabled = False


class SkillViewSet(CatalogueViewSet):
    model = models.Skill
    icon = "tick"
    list_display = ["title", "family", "live"]
    list_filter = ["family", "live"]


class QualificationViewSet(CatalogueViewSet):
    model = models.Qualification
    icon = "clipboard-list"
    list_display = ["title", "kind", "level", "status", "live"]
    list_filter = ["kind", "status", "live"]


class OrganisationViewSet(CatalogueViewSet):
    model = models.ProfessionalBody
    icon = "group"
    list_display = ["title", "short", "country", "status", "live"]
    list_filter = ["country", "status", "live"]


class GlossaryViewSet(CatalogueViewSet):
    model = models.GlossaryTerm
    icon = "openquote"
    list_display = ["title", "kind", "status", "live"]
    list_filter = ["kind", "status", "live"]


class FestivalFilters(WagtailFilterSet):
    facts_to_check = django_filters.BooleanFilter(
        label=_("Has facts to check"), method="with_facts_to_check", widget=BooleanRadioSelect
    )

    class Meta:
        model = models.Festival
        fields = ["country", "status", "live"]

    def with_facts_to_check(self, queryset, name, value):
        doubtful = Q(status__in=UNCHECKED) | ~Q(to_check="") | ~Q(unchecked="")
        return queryset.filter(doubtful) if value else queryset.exclude(doubtful)


class FestivalViewSet(CatalogueViewSet):
    model = models.Festival
    icon = "date"
    list_display = ["title", "place", "country", "month", "status", Column("doubts", label=_("To check")), "live"]
    filterset_class = FestivalFilters


class StatementViewSet(CatalogueViewSet):
    model = models.InterestStatement
    icon = "help"
    menu_label = _("Quiz statements")
    list_display = ["title", "holland", "live"]
    list_filter = ["holland", "live"]


class SourceViewSet(SnippetViewSet):
    model = models.Source
    icon = "link"
    list_display = ["publisher", "title", "year", "kind"]
    list_filter = ["kind"]
    search_fields = ["publisher", "title", "slug"]


class CatalogueGroup(SnippetViewSetGroup):
    items = (
        SkillViewSet,
        QualificationViewSet,
        OrganisationViewSet,
        FestivalViewSet,
        GlossaryViewSet,
        StatementViewSet,
        SourceViewSet,
    )
    menu_icon = "snippet"
    menu_label = _("Catalogue")
    menu_name = "catalogue"
    menu_order = 120
