"""What a counsellor and a student work on: recommended steps, a plan, meetings, words about entries, encounters."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from home.wording import day_words

from ..counselling.querysets import CounsellorsOwnQuerySet, FeedbackQuerySet, MeetingQuerySet, SharedQuerySet, StepQuerySet
from ..scales import STEPS_OPEN, ActionState, Attendance, Benchmark, Channel, PlanState, Side, StepState
from .connecting import Cohort, Connection
from .entries import Entry
from .evidence import Evidence


class PlanStep(models.Model):
    """A course or a step against a gap: recommended by a counsellor, or put on the plan by the student alone."""

    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="plan_steps")
    connection = models.ForeignKey(Connection, models.SET_NULL, null=True, blank=True, related_name="steps")
    by = models.CharField(_("recommended by"), max_length=120, blank=True)
    course = models.ForeignKey("courses.Course", models.SET_NULL, null=True, blank=True, related_name="+")
    # The course as it was called, or the step in words; kept when the course goes.
    title = models.CharField(max_length=200)
    skill = models.ForeignKey("careers.Skill", models.SET_NULL, null=True, blank=True, related_name="+")
    career = models.ForeignKey("careers.CareerPage", models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.TextField(_("your note"), max_length=1000, blank=True)
    due_on = models.DateField(_("finish by"), null=True, blank=True)
    state = models.CharField(max_length=9, choices=StepState, default=StepState.SENT)
    reason = models.CharField(max_length=400, blank=True)
    deferred_until = models.DateField(null=True, blank=True)
    minutes_done = models.PositiveIntegerField(_("hours done"), null=True, blank=True)
    sent_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    certificate_seen_at = models.DateTimeField(null=True, blank=True)
    entry = models.ForeignKey(Entry, models.SET_NULL, null=True, blank=True, related_name="steps")
    # One for all steps that were recommended to several students at once, so that they can be taken back together.
    batch = models.UUIDField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [
            models.Index(fields=["student", "due_on"], condition=Q(state__in=STEPS_OPEN), name="steps_that_wait"),
            models.Index(fields=["batch"], condition=Q(batch__isnull=False), name="steps_sent_together"),
        ]

    def __str__(self):
        return self.title


class ActionPlan(models.Model):
    """Goals that a student and a counsellor agree on; live only once the student has said yes."""

    connection = models.ForeignKey(Connection, models.CASCADE, related_name="plans")
    title = models.CharField(max_length=160)
    state = models.CharField(max_length=7, choices=PlanState, default=PlanState.DRAFT)
    review_on = models.DateField(_("look at it again on"), null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["connection"], condition=Q(state="live"), name="one_live_plan_per_connection"),
        ]

    def __str__(self):
        return self.title


class PlanGoal(models.Model):
    """One thing to reach, in the words of both."""

    plan = models.ForeignKey(ActionPlan, models.CASCADE, related_name="goals")
    text = models.CharField(max_length=300)
    skill = models.ForeignKey("careers.Skill", models.SET_NULL, null=True, blank=True, related_name="+")
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "pk"]

    def __str__(self):
        return self.text


class PlanAction(models.Model):
    """Something to do for a goal: by whom, until when, and where it stands."""

    goal = models.ForeignKey(PlanGoal, models.CASCADE, related_name="actions")
    text = models.CharField(max_length=300)
    whose = models.CharField(max_length=10, choices=Side, default=Side.STUDENT)
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=7, choices=ActionState, default=ActionState.OPEN)
    done_at = models.DateTimeField(null=True, blank=True)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "pk"]

    def __str__(self):
        return self.text


class PlanEvent(models.Model):
    """What changed in a plan, by whom and when."""

    plan = models.ForeignKey(ActionPlan, models.CASCADE, related_name="events")
    side = models.CharField(max_length=10, choices=Side)
    who = models.CharField(max_length=120)
    what = models.CharField(max_length=400)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.what


class Meeting(models.Model):
    """A talk between a student and a counsellor: what both may read, and what the counsellor noted alone."""

    connection = models.ForeignKey(Connection, models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField(_("when"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    channel = models.CharField(_("how"), max_length=9, choices=Channel)
    place = models.CharField(_("where, or the link"), max_length=200, blank=True)
    attendance = models.CharField(_("attendance"), max_length=9, choices=Attendance, default=Attendance.PLANNED)
    summary = models.TextField(_("shared summary"), max_length=4000, blank=True)
    note = models.TextField(_("working note"), max_length=4000, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]

    def __str__(self):
        return f"{self.get_channel_display()}, {day_words(self.starts_at)}"


class Feedback(models.Model):
    """What a counsellor says about an entry, or asks for; the entry itself stays its owner's."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="feedback")
    evidence = models.ForeignKey(Evidence, models.SET_NULL, null=True, blank=True, related_name="+")
    connection = models.ForeignKey(Connection, models.SET_NULL, null=True, related_name="feedback")
    name = models.CharField(max_length=120)
    text = models.TextField(max_length=1000)
    asks_more = models.BooleanField(default=False)
    reply = models.TextField(max_length=600, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("feedback")
        ordering = ["made_at", "pk"]

    def __str__(self):
        return f"{self.name}: {self.text[:40]}"


class Encounter(models.Model):
    """Something that a counsellor arranged for students, counted for one of the eight Gatsby benchmarks."""

    counsellor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="encounters")
    cohort = models.ForeignKey(
        Cohort, models.SET_NULL, null=True, blank=True, related_name="encounters", verbose_name=_("cohort")
    )
    benchmark = models.PositiveSmallIntegerField(_("benchmark"), choices=Benchmark)
    title = models.CharField(_("title"), max_length=160)
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    on = models.DateField(_("on"))
    minutes = models.PositiveIntegerField(_("hours"), null=True, blank=True)
    connections = models.ManyToManyField(Connection, blank=True, related_name="encounters", verbose_name=_("connections"))
    version = models.PositiveIntegerField(default=1, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = CounsellorsOwnQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(benchmark__range=(1, 8)), name="benchmark_1_to_8")]

    def __str__(self):
        return self.title
