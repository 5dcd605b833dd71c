"""The member's side of an account: settings, target roles and the addresses handed out."""

import uuid

from django.conf import settings
from django.db import models

from ..querysets import OwnedQuerySet
from ..scales import Visibility


class Profile(models.Model):
    """What a member has set; without a row, everything stands at its most private."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="profile")
    display_name = models.CharField(max_length=120, blank=True)
    visibility = models.PositiveSmallIntegerField(choices=Visibility, default=Visibility.ME)
    time_zone = models.CharField(max_length=60, default="Europe/London")
    reminds_of_deadlines = models.BooleanField(default=False)
    reminds_of_certificates = models.BooleanField(default=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(visibility__range=(1, 4)), name="profile_visibility_1_to_4"),
        ]

    def __str__(self):
        return self.display_name or str(self.owner)


class Goal(models.Model):
    """A role the member aims at; kept by its title if the page goes."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="goals")
    career = models.ForeignKey("careers.CareerPage", models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=255)
    place = models.PositiveSmallIntegerField(default=0)
    chosen_at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "career"], name="one_goal_per_career")]

    def __str__(self):
        return self.title


class CPDCycle(models.Model):
    """A span of days with the training its owner set out to do in it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="cpd_cycles")
    name = models.CharField(max_length=80)
    body = models.CharField("set by", max_length=120, blank=True)
    starts = models.DateField()
    ends = models.DateField()
    target_minutes = models.PositiveIntegerField(default=0)
    structured_minutes = models.PositiveIntegerField(default=0)
    carry_over_minutes = models.PositiveIntegerField(default=0)
    reduction_minutes = models.PositiveIntegerField(default=0)
    reduction_reason = models.CharField(max_length=160, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "CPD cycle"
        ordering = ["-starts", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(starts__lte=models.F("ends")), name="cycle_starts_before_it_ends"),
        ]

    def __str__(self):
        return self.name


class CalendarAddress(models.Model):
    """The secret address of a member's calendar; the secret itself is shown once and never stored."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="calendar_address")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now=True)

    objects = OwnedQuerySet.as_manager()

    def __str__(self):
        return f"Calendar of {self.owner}"


class FormToken(models.Model):
    """A form that was saved once already: sent again, it leads to what the first time made."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token = models.UUIDField(default=uuid.uuid4)
    entry = models.ForeignKey("portfolio.Entry", models.CASCADE, related_name="+")
    used_at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "token"], name="a_form_saves_once")]

    def __str__(self):
        return str(self.token)
