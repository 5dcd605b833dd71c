"""The log: one spine, four kinds."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase, TagBase

from careers.scales import Stage
from home.wording import day_words

from .. import partial_dates, scales
from ..querysets import DETAILS, EntryQuerySet, OwnedQuerySet


class Label(TagBase):
    """A member's own word for some entries; each member has their own, and nobody sees another's."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="labels")
    name = models.CharField(max_length=50)
    slug = models.SlugField(max_length=60, allow_unicode=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="one_label_per_name")]


class EntryLabel(ItemBase):
    tag = models.ForeignKey(Label, models.CASCADE, related_name="uses")
    content_object = models.ForeignKey("portfolio.Entry", models.CASCADE, related_name="label_uses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="one_use_of_a_label")]


class Entry(models.Model):
    """Something the member did: the spine that every kind shares and that evidence hangs on."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="entries")
    kind = models.CharField(_("kind"), max_length=10, choices=scales.Kind)
    state = models.CharField(_("state"), max_length=9, choices=scales.State, default=scales.State.COMPLETED)
    title = models.CharField(_("title"), max_length=200)
    role = models.CharField(_("your role"), max_length=120, blank=True)
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    started = models.CharField(_("from"), max_length=10)
    ended = models.CharField(_("to"), max_length=10, blank=True)
    minutes = models.PositiveIntegerField(_("hours"), null=True, blank=True)
    stage_bits = models.PositiveSmallIntegerField(default=0)
    description = models.TextField(_("what you did"), max_length=5000, blank=True)
    reflection = models.TextField(_("reflection"), max_length=5000, blank=True)
    visibility = models.PositiveSmallIntegerField(_("visibility"), choices=scales.Visibility, default=scales.Visibility.ME)
    suspended_at = models.DateTimeField(null=True, blank=True, editable=False)
    suspension_reason = models.CharField(max_length=400, blank=True, editable=False)
    search_text = models.TextField(editable=False, default="")
    version = models.PositiveIntegerField(default=1, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    labels = TaggableManager(through=EntryLabel, blank=True)
    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("entries")
        ordering = ["-started", "-pk"]
        indexes = [
            models.Index(fields=["owner", "-started", "-id"], condition=Q(deleted_at=None), name="entries_newest"),
            models.Index(fields=["owner", "-updated_at", "-id"], condition=Q(deleted_at=None), name="entries_latest_change"),
            models.Index(fields=["deleted_at"], condition=Q(deleted_at__isnull=False), name="entries_in_the_bin"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(visibility__range=(1, 4)), name="entry_visibility_1_to_4"),
            models.CheckConstraint(condition=Q(stage_bits__range=(0, 31)), name="entry_stages_1_to_5"),
            models.CheckConstraint(condition=~Q(started=""), name="entry_has_a_start"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("portfolio:entry", args=[self.pk])

    @property
    def details(self):
        """The half of the entry that is its kind's own; with_details() brings it along."""
        return getattr(self, DETAILS[self.kind])

    @property
    def stages(self):
        """The numbers of the stages it touched, in order."""
        return [stage.value for stage in Stage if self.stage_bits & 1 << (stage - 1)]

    @stages.setter
    def stages(self, numbers):
        self.stage_bits = sum(1 << (int(number) - 1) for number in set(numbers))

    @property
    def first_stage(self):
        return next(iter(self.stages), 0)

    @property
    def stage_names(self):
        return [Stage(number).label for number in self.stages]

    @property
    def when(self):
        """From when to when, in words; only what is under way is said to last "since" its start."""
        if self.ended or self.state == scales.State.UNDER_WAY:
            return partial_dates.span_words(self.started, self.ended)
        return partial_dates.words(self.started)

    @property
    def hours_words(self):
        return partial_dates.hours_words(self.minutes) if self.minutes else ""

    @property
    def is_draft(self):
        return self.state == scales.State.DRAFT


class Project(Entry):
    entry_ptr = models.OneToOneField(Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="project")
    format = models.CharField(_("format"), max_length=11, choices=scales.Format, blank=True)
    status = models.CharField(_("where the project stands"), max_length=15, choices=scales.ProjectStatus, blank=True)
    original_title = models.CharField(_("title in the original language"), max_length=200, blank=True)
    credit_kind = models.CharField(_("credit"), max_length=14, choices=scales.CreditKind, blank=True)
    uncredited_reason = models.CharField(_("why there is no credit"), max_length=160, blank=True)
    credited_as = models.CharField(_("credited as"), max_length=120, blank=True)
    basis = models.CharField(_("how you worked"), max_length=9, choices=scales.Basis, blank=True)
    commissioner = models.CharField(_("broadcaster or client"), max_length=160, blank=True)
    runtime = models.PositiveIntegerField(_("runtime"), null=True, blank=True, help_text=_("In seconds."))
    genres = models.CharField(_("genres"), max_length=120, blank=True)
    countries = models.CharField(_("countries"), max_length=120, blank=True)
    languages = models.CharField(_("languages"), max_length=120, blank=True)
    logline = models.CharField(_("logline"), max_length=400, blank=True)
    synopsis = models.TextField(_("synopsis"), max_length=5000, blank=True)
    budget_band = models.CharField(_("budget"), max_length=7, choices=scales.BudgetBand, blank=True)
    days_worked = models.PositiveSmallIntegerField(_("days worked"), null=True, blank=True)
    achievements = models.TextField(_("achievements"), max_length=2000, blank=True)
    shooting_format = models.CharField(_("shot on"), max_length=80, blank=True)
    aspect_ratio = models.CharField(_("picture shape"), max_length=20, blank=True)
    is_own = models.BooleanField(_("my own project"), default=False)
    pitch = models.JSONField(_("pitch"), default=list, blank=True)

    @property
    def runtime_words(self):
        return partial_dates.runtime_words(self.runtime) if self.runtime else ""


class Collaborator(models.Model):
    """Somebody else on a project, by the line in its credits and no more."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="collaborators")
    name = models.CharField(_("name"), max_length=120)
    credit = models.CharField(_("credit"), max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.name}, {self.credit}" if self.credit else self.name


class Internship(Entry):
    entry_ptr = models.OneToOneField(Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="internship")
    placement = models.CharField(_("what it was"), max_length=15, choices=scales.Placement, blank=True)
    department = models.CharField(_("department"), max_length=120, blank=True)
    site = models.CharField(_("place, or remote"), max_length=120, blank=True)
    pay = models.CharField(_("pay"), max_length=8, choices=scales.Pay, blank=True)
    supervisor_name = models.CharField(_("supervisor name"), max_length=120, blank=True)
    supervisor_role = models.CharField(_("supervisor role"), max_length=120, blank=True)
    supervisor_email = models.EmailField(_("supervisor email"), blank=True)
    objectives = models.TextField(_("objectives"), max_length=2000, blank=True)
    outcome = models.CharField(_("outcome"), max_length=11, choices=scales.Outcome, blank=True)
    early_end_reason = models.CharField(_("why it ended early"), max_length=255, blank=True)
    has_reference = models.BooleanField(_("I have a reference from them"), default=False)
    sign_off = models.CharField(_("sign-off"), max_length=9, choices=scales.SignOff, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)


class WeekLog(models.Model):
    """One week of a placement, as its owner wrote it down."""

    internship = models.ForeignKey(Internship, models.CASCADE, related_name="weeks")
    starts = models.DateField(_("week of"))
    minutes = models.PositiveIntegerField(_("hours"), null=True, blank=True)
    tasks = models.TextField(_("tasks"), max_length=2000, blank=True)
    reflection = models.TextField(_("reflection"), max_length=2000, blank=True)
    initials = models.CharField(_("supervisor’s initials"), max_length=8, blank=True)

    class Meta:
        ordering = ["starts", "pk"]

    def __str__(self):
        return gettext("Week of {day}").format(day=day_words(self.starts))

    @property
    def hours_words(self):
        return partial_dates.hours_words(self.minutes) if self.minutes else ""


class FestivalSubmission(Entry):
    entry_ptr = models.OneToOneField(Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="festivalsubmission")
    work = models.ForeignKey(Project, models.SET_NULL, null=True, blank=True, related_name="submissions", verbose_name=_("work"))
    festival = models.ForeignKey(
        "careers.Festival", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("festival")
    )
    edition = models.CharField(_("edition"), max_length=40, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=80, blank=True)
    website = models.URLField(_("website"), blank=True)
    platform = models.CharField(_("sent through"), max_length=11, choices=scales.Platform, blank=True)
    category = models.CharField(_("category"), max_length=120, blank=True)
    deadline_tier = models.CharField(_("which deadline"), max_length=8, choices=scales.DeadlineTier, blank=True)
    deadline_on = models.DateField(_("deadline"), null=True, blank=True)
    deadline_time = models.TimeField(_("at"), null=True, blank=True)
    deadline_zone = models.CharField(_("in the time of"), max_length=60, blank=True)
    fee = models.DecimalField(_("fee"), max_digits=9, decimal_places=2, null=True, blank=True)
    fee_currency = models.CharField(_("currency"), max_length=3, blank=True)
    fee_paid_on = models.DateField(_("fee paid on"), null=True, blank=True)
    waiver_code = models.CharField(_("waiver code"), max_length=60, blank=True)
    submitted_on = models.DateField(_("submitted on"), null=True, blank=True)
    tracking_number = models.CharField(_("tracking number"), max_length=80, blank=True)
    screener_link = models.URLField(_("screener link"), blank=True)
    notified_on = models.DateField(_("result expected"), null=True, blank=True)
    announced_on = models.DateField(_("result public from"), null=True, blank=True)
    event_starts = models.DateField(_("festival opens"), null=True, blank=True)
    event_ends = models.DateField(_("festival closes"), null=True, blank=True)
    premiere = models.CharField(_("premiere asked for"), max_length=13, choices=scales.Premiere, blank=True)
    submission_status = models.CharField(_("submission"), max_length=16, choices=scales.Submission, default="planned")
    judging_status = models.CharField(_("judging"), max_length=18, choices=scales.Judging, default="undecided")
    award = models.CharField(_("award"), max_length=160, blank=True)
    prize = models.CharField(_("prize"), max_length=160, blank=True)
    screenings = models.TextField(_("screenings"), max_length=2000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["deadline_on"], condition=Q(deadline_on__isnull=False), name="submission_deadlines")]


class StatusChange(models.Model):
    """A step of a festival submission along one of its two axes."""

    submission = models.ForeignKey(FestivalSubmission, models.CASCADE, related_name="changes")
    axis = models.CharField(max_length=10)
    before = models.CharField(max_length=18)
    after = models.CharField(max_length=18)
    reason = models.CharField(max_length=255, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.before} to {self.after}"

    @property
    def words(self):
        choices = dict(scales.Submission.choices + scales.Judging.choices)
        return f"{choices.get(self.before, self.before)} → {choices.get(self.after, self.after)}"


class CPDActivity(Entry):
    entry_ptr = models.OneToOneField(Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="cpdactivity")
    activity = models.CharField(_("what it was"), max_length=12, choices=scales.Activity, blank=True)
    is_structured = models.BooleanField(_("structured"), default=False)
    url = models.URLField(_("address"), blank=True)
    location = models.CharField(_("place, or online"), max_length=120, blank=True)
    aim = models.TextField(_("what you want from it"), max_length=2000, blank=True)
    outcome = models.TextField(_("what you took from it"), max_length=2000, blank=True)
    application = models.TextField(_("where you used it"), max_length=2000, blank=True)
    next_step = models.CharField(_("next step"), max_length=255, blank=True)
    proof = models.CharField(_("what shows it"), max_length=11, choices=scales.Proof, blank=True)
    certificate_issuer = models.CharField(_("issued by"), max_length=160, blank=True)
    certificate_number = models.CharField(_("certificate number"), max_length=80, blank=True)
    certificate_issued = models.DateField(_("issued on"), null=True, blank=True)
    certificate_expires = models.DateField(_("expires on"), null=True, blank=True)
    cost = models.DecimalField(_("cost"), max_digits=9, decimal_places=2, null=True, blank=True)
    cost_currency = models.CharField(_("currency"), max_length=3, blank=True)
    funded_by = models.CharField(_("funded by"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("CPD activity")
        verbose_name_plural = _("CPD activities")
        indexes = [
            models.Index(
                fields=["certificate_expires"], condition=Q(certificate_expires__isnull=False), name="certificates_that_expire"
            )
        ]
