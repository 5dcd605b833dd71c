"""What editors see of the courses in the CMS: providers, courses with what is doubtful, and a report of those to check."""

import django_filters
from django.db.models import CASCADE
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import BooleanRadioSelect, HeaderButton
from wagtail.permission_policies.base import ModelPermissionPolicy
from wagtail.snippets.views.snippets import DeleteView, IndexView, SnippetViewSet, SnippetViewSetGroup

from home.feedback.admin import ReadSnippetEditView
from home.wording import day_words
from home.words import inert

from . import checking
from .admin_picks import PickViewSet
from .models import Course, Provider


class CourseFilters(WagtailFilterSet):
    unverified = django_filters.BooleanFilter(label=_("Has unverified facts"), method="narrow", widget=BooleanRadioSelect)
    unchecked = django_filters.BooleanFilter(
        label=_("Not checked within a year"), method="narrow_by_age", widget=BooleanRadioSelect
    )
    broken = django_filters.BooleanFilter(label=_("Link broken"), method="narrow_by_link", widget=BooleanRadioSelect)

    class Meta:
        model = Course
        fields = ["provider", "kind", "level", "cost", "live"]

    def narrow(self, queryset, name, value):
        return only(queryset, checking.UNVERIFIED, value)

    def narrow_by_age(self, queryset, name, value):
        return only(queryset, checking.NEVER_CHECKED | checking.long_ago(), value)

    def narrow_by_link(self, queryset, name, value):
        return only(queryset, checking.LINK_BROKEN, value)


def only(queryset, condition, value):
    """The rows of the queryset for which the condition holds, or for which it does not."""
    found = Course.objects.filter(condition).values("pk")
    return queryset.filter(pk__in=found) if value else queryset.exclude(pk__in=found)


class LinkColumn(Column):
    """What the last look at the address found."""

    def get_value(self, course):
        link = getattr(course, "link_check", None)
        if link is None or link.url != course.url:
            return gettext("Not looked at yet")
        return f"{link.get_state_display()}, {day_words(link.checked_at)}"


class CourseListing(IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("provider", "link_check")

    @property
    def header_buttons(self):
        buttons = [HeaderButton(gettext("Download CSV"), url=reverse("courses_export"), icon_name="download")]
        if may_import(self.request.user):
            buttons.append(HeaderButton(gettext("Import CSV"), url=reverse("courses_import"), icon_name="upload"))
        return [*super().header_buttons, *buttons]


def may_import(user):
    """Whether the user may add and change courses, published or as drafts."""
    return user.has_perms(["courses.add_course", "courses.change_course"])


# What is a part of the course and goes with it as a matter of course.
OWN_PARTS = ("outcomes", "link_check")


class CourseDeletion(DeleteView):
    """Says first who would miss the course, in numbers and never by name."""

    @property
    def confirmation_message(self):
        return " ".join([gettext("Are you sure you want to delete this course?"), *map(sentence, mentions(self.object))])


def mentions(course):
    """What else names the course: how many rows, what they are called, and whether they go with it."""
    fields = Course._meta.get_fields(include_hidden=True)
    for relation in fields:
        if not relation.auto_created or relation.concrete or relation.get_accessor_name() in OWN_PARTS:
            continue
        rows = relation.related_model._base_manager.filter(**{relation.field.name: course})
        if number := rows.count():
            yield number, relation.related_model._meta, relation.on_delete is CASCADE


def sentence(mention):
    number, meta, goes = mention
    name = meta.verbose_name if number == 1 else meta.verbose_name_plural
    return f"{number} {name}: {gettext('deleted with it') if goes else gettext('kept, with its title and no link')}."


class ProviderViewSet(SnippetViewSet):
    model = Provider
    icon = "home"
    list_display = ["title", "country", "live"]
    list_filter = ["country", "live"]
    list_per_page = 50
    copy_view_enabled = False


class CourseViewSet(SnippetViewSet):
    model = Course
    edit_view_class = ReadSnippetEditView
    icon = "openquote"
    index_view_class = CourseListing
    delete_view_class = CourseDeletion
    filterset_class = CourseFilters
    list_display = [
        "title",
        "provider",
        "level",
        "cost",
        DateColumn("checked_on", label=_("Checked on"), sort_key="checked_on"),
        LinkColumn("link_check", label=_("Link")),
        "live",
    ]
    list_per_page = 50
    copy_view_enabled = False


class CoursesGroup(SnippetViewSetGroup):
    items = (CourseViewSet, ProviderViewSet, PickViewSet)
    menu_icon = "openquote"
    menu_label = _("Courses")
    menu_name = "courses"
    menu_order = 130


class CoursesToCheck(ReportView):
    page_title = _("Courses to check")
    header_icon = "warning"
    index_url_name = "courses_to_check"
    index_results_url_name = "courses_to_check_results"
    permission_policy = ModelPermissionPolicy(Course)
    any_permission_required = ["add", "change", "publish"]
    is_searchable = False
    list_export = ["title", "provider", "why", "checked_on"]
    export_headings = {"title": _("Course"), "provider": _("Provider"), "why": _("Why"), "checked_on": _("Checked on")}
    columns = [
        TitleColumn(
            "title",
            label=_("Course"),
            get_url=lambda course: reverse("wagtailsnippets_courses_course:edit", args=[course.pk]),
        ),
        Column("provider", label=_("Provider")),
        Column("reasons", label=_("Why"), accessor=lambda course: "; ".join(checking.reasons(course))),
        DateColumn("checked_on", label=_("Checked on")),
    ]

    def get_queryset(self):
        return checking.to_check()

    def to_row_dict(self, course):
        why = "; ".join(checking.reasons(course))
        return {
            "title": inert(course.title),
            "provider": inert(course.provider.title),
            "why": why,
            "checked_on": course.checked_on,
        }
