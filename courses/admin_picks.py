"""Picks in the CMS: a counsellor writes one, a second person publishes it, and both see when it is to be looked at again."""

from datetime import timedelta

import django_filters
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import BooleanRadioSelect
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from careers.admin import ReviewColumn

from . import approving
from .models import Recommendation

LONGEST = timedelta(days=366)
FEWEST_WORDS = 10


class PickForm(WagtailAdminModelForm):
    """What a pick must say before anybody is asked to approve it."""

    def clean(self):
        found = super().clean()
        if bool(found.get("career")) == bool(found.get("skill")):
            self.add_error("career", gettext("Choose one of the two: a career or a skill."))
        return found

    def clean_reason(self):
        reason = self.cleaned_data["reason"].strip()
        if len(reason.split()) <= FEWEST_WORDS:
            raise ValidationError(gettext("Say in more than ten words why this one, so that readers can judge for themselves."))
        return reason

    def clean_interest(self):
        interest = self.cleaned_data["interest"].strip()
        if not interest:
            raise ValidationError(gettext("Name any tie to the provider, or write “None”."))
        return interest

    def clean_curator_name(self):
        name = self.cleaned_data["curator_name"].strip()
        if not name:
            raise ValidationError(gettext("Readers see who picked it. Write your name."))
        return name

    def clean_review_by(self):
        day, today = self.cleaned_data["review_by"], timezone.localdate()
        if not day or not today < day <= today + LONGEST:
            raise ValidationError(gettext("Choose a day that lies ahead, within a year from now."))
        return day


class ApprovedByTwo:
    """Editing without a way to publish: that is what approval is for, and nobody approves their own words."""

    def get_available_actions(self):
        return [action for action in super().get_available_actions() if action != "publish"]


class PickCreateView(ApprovedByTwo, CreateView):
    def save_instance(self):
        self.form.instance.curator = self.request.user
        return super().save_instance()


class PickEditView(ApprovedByTwo, EditView):
    def is_valid(self, form):
        if self.action == "workflow-action" and form.is_valid() and form.has_changed():
            form.add_error(
                None, gettext("This differs from what was sent to you. Open it anew to decide, or save your changes first.")
            )
        return super().is_valid(form)

    def save_instance(self):
        """What is approved is what was sent: deciding saves no version of its own."""
        return self.object if self.action == "workflow-action" else super().save_instance()


class PickFilters(WagtailFilterSet):
    overdue = django_filters.BooleanFilter(label=_("Overdue"), method="is_overdue", widget=BooleanRadioSelect)
    mine = django_filters.BooleanFilter(label=_("Mine"), method="is_mine", widget=BooleanRadioSelect)

    class Meta:
        model = Recommendation
        fields = ["live"]

    def is_overdue(self, queryset, name, value):
        today = timezone.localdate()
        return queryset.filter(review_by__lt=today) if value else queryset.filter(review_by__gte=today)

    def is_mine(self, queryset, name, value):
        return queryset.filter(curator=self.request.user) if value else queryset.exclude(curator=self.request.user)


def subject(pick):
    """What the pick is for."""
    return pick.career or pick.skill


class PickViewSet(SnippetViewSet):
    model = Recommendation
    icon = "pick"
    menu_label = _("Picks")
    menu_order = 130
    copy_view_enabled = False
    add_view_class = PickCreateView
    edit_view_class = PickEditView
    filterset_class = PickFilters
    list_per_page = 50
    search_fields = ["reason", "course__title", "curator_name"]
    edit_handler = ObjectList(Recommendation.panels, base_form_class=PickForm)
    list_display = [
        "course",
        Column("subject", label=_("For"), accessor=subject),
        Column("curator_name", label=_("Picked by")),
        ReviewColumn("review_by", label=_("Review by"), sort_key="review_by"),
    ]

    def get_queryset(self, request):
        return Recommendation.objects.select_related("course", "career", "skill")


class PicksToLookAtView(ReportView):
    page_title = _("Picks to look at again")
    header_icon = "pick"
    index_url_name = "picks_to_look_at"
    index_results_url_name = "picks_to_look_at_results"
    permission_policy = ModelPermissionPolicy(Recommendation)
    any_permission_required = ["add", "change", "publish"]
    is_searchable = False
    list_export = ["course", "curator_name", "review_by"]
    export_headings = {"course": _("Course"), "curator_name": _("Picked by"), "review_by": _("Review by")}
    columns = [
        TitleColumn(
            "course",
            label=_("Course"),
            accessor=lambda pick: pick.course,
            get_url=lambda pick: reverse(PickViewSet().get_url_name("edit"), args=[pick.pk]),
        ),
        Column("subject", label=_("For"), accessor=subject),
        Column("curator_name", label=_("Picked by"), accessor=lambda pick: pick.curator_name),
        ReviewColumn("review_by", label=_("Review by")),
    ]

    def get_queryset(self):
        return approving.to_look_at_again(timezone.localdate())


class MyPicks(Component):
    """The front page's panel: which of somebody's own picks are overdue, or will be soon."""

    order = 60
    template_name = "courses/admin/my_picks.html"

    def get_context_data(self, parent_context):
        today = timezone.localdate()
        mine = approving.to_look_at_again(today).filter(curator=parent_context["request"].user)[:20]
        edit = PickViewSet().get_url_name("edit")
        return {"picks": [(pick, reverse(edit, args=[pick.pk]), pick.review_by < today) for pick in mine]}
