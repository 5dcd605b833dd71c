from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..scales import OPEN, ReportState, Sort


class FeedbackQuerySet(models.QuerySet):
    def about(self, thing):
        """What readers said of this page or snippet."""
        return self.filter(content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk)


class ReportQuerySet(FeedbackQuerySet):
    def open(self):
        """What nobody has decided yet."""
        return self.filter(state__in=OPEN)

    def with_words(self):
        """What still has the words in which it was sent."""
        return self.exclude(text="")


class Usefulness(models.Model):
    """How many readers found a guide useful in a month, and how many did not. There is no row of any one reader."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    month = models.DateField(help_text=_("Its first day."))
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)

    objects = FeedbackQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-month"]
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id", "month"], name="one_count_a_guide_and_month")]

    def __str__(self):
        return gettext("{month:%Y-%m}: {yes} yes, {no} no").format(month=self.month, yes=self.yes, no=self.no)


class ReaderReport(models.Model):
    """What a reader says is wrong with a guide, or missing in it. Nothing here says who wrote it."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name=_("kind"))
    # Empty for a list as a whole; no key to the page itself, so that the report outlives it.
    object_id = models.PositiveBigIntegerField(null=True)
    title = models.CharField(_("guide"), max_length=255)
    address = models.CharField(max_length=400)
    section = models.CharField(_("section"), max_length=255, blank=True)
    revision = models.ForeignKey("wagtailcore.Revision", models.SET_NULL, null=True, related_name="+")
    language = models.CharField(_("language"), max_length=12)
    sort = models.CharField(_("says"), max_length=8, choices=Sort, default=Sort.MISTAKE)
    text = models.TextField(_("in their words"), max_length=1000, blank=True)
    suggestion = models.TextField(_("suggestion"), max_length=500, blank=True)
    source = models.URLField(_("source"), max_length=500, blank=True)
    received_on = models.DateField(_("received"))
    state = models.CharField(_("state"), max_length=8, choices=ReportState, default=ReportState.NEW)
    decided_on = models.DateField(_("decided"), null=True)
    # Of the place and the words while it is open: the same thing said twice, or a double click, is one report.
    digest = models.CharField(max_length=64, blank=True)

    objects = ReportQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ["view", "change"]
        ordering = ["-received_on", "-pk"]
        verbose_name = _("reader's report")
        verbose_name_plural = _("readers' reports")
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="report_about"),
            models.Index(fields=["state", "-received_on"], name="report_state"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["digest"], condition=~models.Q(digest=""), name="one_open_report_in_the_same_words"),
        ]

    def __str__(self):
        return f"{self.title}: {self.text[:60]}"

    @property
    def is_open(self):
        return self.state in OPEN

    @property
    def place(self):
        """The guide, with the section that the reader meant if there is one."""
        return f"{self.title}: {self.section}" if self.section else self.title


class ReportAnswer(models.Model):
    """One step in the history of a report: what it was set to, by whom, and why."""

    report = models.ForeignKey(ReaderReport, models.CASCADE, related_name="answers")
    state = models.CharField(_("state"), max_length=8, choices=ReportState)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = []
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.get_state_display()}: {self.note[:60]}"
