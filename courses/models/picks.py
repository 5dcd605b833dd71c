"""Courses that a counsellor vouches for, for everybody to read, once a second person has agreed."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import (
    AbstractGroupApprovalTask,
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.search import index

from .catalogue import Course

# What readers read of a pick: whoever changed one of these has written it.
WORDS = ("course", "career", "skill", "reason", "interest", "curator_name", "review_by")


class Recommendation(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, index.Indexed, models.Model):
    """A counsellor's pick: this course for that role or skill, with the reason, until a date."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="picks", verbose_name=_("course"))
    career = models.ForeignKey(
        "careers.CareerPage", models.CASCADE, null=True, blank=True, related_name="course_picks", verbose_name=_("career")
    )
    skill = models.ForeignKey(
        "careers.Skill", models.CASCADE, null=True, blank=True, related_name="course_picks", verbose_name=_("skill")
    )
    reason = models.TextField(_("reason"), max_length=600, help_text=_("Why this one: readers see it beside the course."))
    interest = models.CharField(
        _("declared interest"), max_length=300, help_text=_("Any tie to the provider. Write “None” if there is none.")
    )
    curator = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")
    curator_name = models.CharField(_("your name, as readers see it"), max_length=120)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")
    approved_by_name = models.CharField(max_length=120, blank=True, editable=False)
    review_by = models.DateField(
        _("review by"), help_text=_("After this day readers no longer see it, until somebody has looked again.")
    )

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="recommendation")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="recommendation",
        for_concrete_model=False,
    )

    panels = [
        "course",
        FieldRowPanel(["career", "skill"]),
        FieldPanel("reason"),
        "interest",
        FieldRowPanel(["curator_name", "review_by"]),
    ]
    search_fields = [index.SearchField("reason"), index.FilterField("live")]

    class Meta:
        verbose_name = _("pick")
        ordering = ["-review_by", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(career__isnull=False, skill=None) | Q(career=None, skill__isnull=False),
                name="pick_is_for_a_role_or_a_skill",
            ),
        ]

    def __str__(self):
        return f"{self.course} for {self.career or self.skill}"

    @property
    def revisions(self):
        return self._revisions

    def get_preview_template(self, request, mode_name):
        return "courses/pick_preview.html"

    def authors(self):
        """The keys of whoever chose it, wrote words of it that nobody has approved yet, or sent them to be approved."""
        approved = (self.live and self.live_revision_id) or 0
        found, before = {self.curator_id}, None
        for key, author, content in self.revisions.filter(pk__gte=approved).order_by("pk").values_list("pk", "user", "content"):
            words = [content.get(name) for name in WORDS]
            if words != before and key != approved:
                found.add(author)
            before = words
        state = self.current_workflow_state
        return (found | {state and state.requested_by_id}) - {None}


class SecondPersonTask(AbstractGroupApprovalTask):
    """Somebody of the groups approves, and not whoever wrote it."""

    approval_is_enough = True

    def is_for(self, pick, user):
        """Whether the user may decide about the pick: one of the groups, or an administrator, and no author of it."""
        return (user.is_superuser or self._user_in_groups(user)) and user.pk not in pick.authors()

    def locked_for_user(self, obj, user):
        """While it is read, only the second person can change it, who is an author from then on."""
        return not self.is_for(obj, user)

    def get_actions(self, obj, user):
        return super().get_actions(obj, user) if self.is_for(obj, user) else []

    def get_task_states_user_can_moderate(self, user, **kwargs):
        waiting = super().get_task_states_user_can_moderate(user, **kwargs).select_related("workflow_state")
        theirs = [state.pk for state in waiting if self.is_for(state.workflow_state.content_object, user)]
        return self.task_states.filter(pk__in=theirs)

    def on_action(self, task_state, user, action_name, **kwargs):
        if not self.is_for(task_state.workflow_state.content_object, user):
            raise PermissionDenied(gettext("Whoever wrote a pick or sent it does not decide about it."))
        return super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls):
        return gettext("Members of the chosen groups can approve it, except whoever wrote it or sent it")

    class Meta:
        verbose_name = _("second-person approval")
        verbose_name_plural = _("second-person approvals")
