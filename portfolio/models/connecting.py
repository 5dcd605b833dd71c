"""How a student and a counsellor come together, what the student lets the counsellor see, and how it ends."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.wording import day_words

from ..counselling.querysets import ConnectionQuerySet, CounsellorsOwnQuerySet
from ..querysets import OwnedQuerySet
from ..scales import News, Origin, Scope, Side, Transfer


class Counsellor(models.Model):
    """How a counsellor introduces themselves to students."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="counsellor")
    name = models.CharField(_("your name, as students see it"), max_length=120)
    organisation = models.CharField(_("where you work"), max_length=160, blank=True)
    about = models.TextField(_("what you can help with"), max_length=600, blank=True)
    takes_requests = models.BooleanField(_("students may ask you"), default=False)
    hears_of_counselling = models.BooleanField(_("hears of counselling"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self):
        return self.name


class Team(models.Model):
    """Counsellors who work together; its leads read its figures, and nothing of any student."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)

    class Meta:
        ordering = ["name"]
        permissions = [("lead", "Can read the figures of a team they lead")]

    def __str__(self):
        return self.name


class Seat(models.Model):
    """A counsellor's place in a team."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="seats", verbose_name=_("team"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="seats")
    is_lead = models.BooleanField(_("leads the team"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "user"], name="one_seat_in_a_team")]

    def __str__(self):
        return f"{self.user} in {self.team}"


class AsksToSee(models.Model):
    """What a counsellor asks students to share, and why."""

    purpose = models.CharField(_("why you ask"), max_length=400, blank=True)
    asks_profile = models.BooleanField(_("asks for the profile"), default=True)
    asks_entries = models.BooleanField(_("asks for entries"), default=True)
    asks_gap = models.BooleanField(_("asks for the gap"), default=True)
    asks_plan = models.BooleanField(_("asks for the plan"), default=True)

    class Meta:
        abstract = True

    @property
    def asked(self):
        return tuple(scope for scope in Scope if getattr(self, f"asks_{scope}"))


class Cohort(AsksToSee):
    """A group of students whom a counsellor looks after together, with a code to join by."""

    counsellor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="cohorts")
    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="cohorts", verbose_name=_("team"))
    name = models.CharField(_("name"), max_length=120)
    # A short code that can be read aloud. It opens nothing: the student who types it decides what to share.
    code = models.CharField(max_length=12, blank=True, editable=False)
    code_ends_at = models.DateTimeField(_("code ends at"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CounsellorsOwnQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="one_cohort_per_code"),
            models.UniqueConstraint(fields=["counsellor", "name"], name="one_cohort_per_name"),
        ]

    def __str__(self):
        return self.name


class Connection(models.Model):
    """A student lets a counsellor see some things, until a date; ended by either side, and never deleted."""

    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="connections")
    counsellor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="caseload")
    # As they were called when the student agreed; kept when the account goes.
    counsellor_name = models.CharField(max_length=120)
    organisation = models.CharField(max_length=160, blank=True)
    student_name = models.CharField(_("your name, as the counsellor sees it"), max_length=120, blank=True)
    cohort = models.ForeignKey(Cohort, models.SET_NULL, null=True, blank=True, related_name="connections")
    origin = models.CharField(max_length=8, choices=Origin)
    purpose = models.CharField(max_length=400, blank=True)
    message = models.TextField(_("what you would like help with"), max_length=600, blank=True)
    shares_profile = models.BooleanField(default=False)
    shares_entries = models.BooleanField(default=False)
    shares_gap = models.BooleanField(default=False)
    shares_plan = models.BooleanField(default=False)
    asked_at = models.DateTimeField(auto_now_add=True)
    agreed_at = models.DateTimeField(_("when the counsellor said yes"), null=True, blank=True)
    granted_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=10, choices=Side, blank=True)
    follows = models.OneToOneField("self", models.SET_NULL, null=True, blank=True, related_name="followed_by")
    text_version = models.CharField(max_length=10, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        permissions = [("counsel", "Can look after students who let them")]
        indexes = [
            models.Index(fields=["counsellor", "student"], condition=Q(ended_at=None), name="caseload_of_a_counsellor"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["student", "counsellor"], condition=Q(ended_at=None), name="one_open_connection_between_two"
            ),
            models.CheckConstraint(condition=~Q(student=F("counsellor")), name="nobody_counsels_themselves"),
            models.CheckConstraint(condition=Q(granted_at=None) | Q(ends_at__isnull=False), name="a_grant_has_an_end"),
        ]

    def __str__(self):
        return gettext("{counsellor_name} and student {student_id}").format(
            counsellor_name=self.counsellor_name, student_id=self.student_id
        )

    @property
    def shared(self):
        """What the student lets the counsellor see."""
        return tuple(scope for scope in Scope if getattr(self, f"shares_{scope}"))


class Invitation(AsksToSee):
    """A counsellor invites one student, by a link of which the secret is stored nowhere."""

    counsellor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations")
    cohort = models.ForeignKey(Cohort, models.SET_NULL, null=True, blank=True, related_name="invitations")
    name = models.CharField(_("who it is for"), max_length=120)
    email = models.EmailField(blank=True)
    # What the secret address is made of, with a signature that is stored nowhere.
    nonce = models.CharField(max_length=32, unique=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    connection = models.OneToOneField(Connection, models.SET_NULL, null=True, blank=True, related_name="invitation")

    objects = CounsellorsOwnQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return gettext("Invitation of {day}").format(day=day_words(self.made_at))


class Handover(models.Model):
    """A counsellor asks a student to go on with another counsellor; nothing moves until the student says yes."""

    connection = models.ForeignKey(Connection, models.CASCADE, related_name="handovers")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    to_name = models.CharField(max_length=120)
    reason = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=9, choices=Transfer, default=Transfer.WAITING)
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["connection"], condition=Q(state="waiting"), name="one_handover_at_a_time"),
        ]

    def __str__(self):
        return f"To {self.to_name}"


class Notice(models.Model):
    """News for somebody, told by mail: at most one mail a day, so several wait for the next one."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    what = models.CharField(max_length=8, choices=News)
    connection = models.ForeignKey(Connection, models.CASCADE, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["owner", "sent_at"], name="news_not_told_yet")]

    def __str__(self):
        return self.get_what_display()
