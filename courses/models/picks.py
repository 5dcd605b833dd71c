"""Courses that a counsellor vouches for, for everybody to read, once a second person has agreed."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
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


class Recommendation(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, index.Indexed, models.Model):
    """A counsellor's pick: this course for that role or skill, with the reason, until a date."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="picks")
    career = models.ForeignKey("careers.CareerPage", models.CASCADE, null=True, blank=True, related_name="course_picks")
    skill = models.ForeignKey("careers.Skill", models.CASCADE, null=True, blank=True, related_name="course_picks")
    reason = models.TextField(max_length=600, help_text="Why this one: readers see it beside the course.")
    interest = models.CharField(
        "declared interest", max_length=300, help_text="Any tie to the provider. Write “None” if there is none."
    )
    curator = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")
    curator_name = models.CharField("your name, as readers see it", max_length=120)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")
    approved_by_name = models.CharField(max_length=120, blank=True, editable=False)
    review_by = models.DateField(help_text="After this day readers no longer see it, until somebody has looked again.")

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
        verbose_name = "pick"
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


class SecondPersonTask(AbstractGroupApprovalTask):
    """Somebody of the groups approves, and not whoever wrote it."""

    class Meta:
        verbose_name = "second-person approval"
        verbose_name_plural = "second-person approvals"
