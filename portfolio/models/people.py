"""The member's side of an account: settings, target roles and the addresses handed out."""

import re
import uuid

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..querysets import OwnedQuerySet, ProfileQuerySet
from ..scales import Availability, Section, Visibility

HANDLE = re.compile(r"[a-z0-9](?:-?[a-z0-9]){2,39}")
HANDLE_WORDS = _("Small letters, digits and single hyphens between them; at least three characters.")


class Profile(models.Model):
    """What a member has set; without a row, everything stands at its most private."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="profile")
    display_name = models.CharField(_("display name"), max_length=120, blank=True)
    visibility = models.PositiveSmallIntegerField(_("visibility"), choices=Visibility, default=Visibility.ME)
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/London")
    reminds_of_deadlines = models.BooleanField(_("reminds of deadlines"), default=False)
    reminds_of_certificates = models.BooleanField(_("reminds of certificates"), default=False)
    hears_of_counselling = models.BooleanField(_("hears of counselling"), default=True)
    # The portfolio, as others see it.
    handle = models.CharField(_("handle"), max_length=40, blank=True, validators=[RegexValidator(HANDLE, HANDLE_WORDS)])
    headline = models.CharField(_("headline"), max_length=160, blank=True)
    about = models.TextField(_("about"), max_length=2000, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    career = models.ForeignKey(
        "careers.CareerPage", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("career")
    )
    languages = models.CharField(_("languages"), max_length=160, blank=True)
    availability = models.CharField(_("availability"), max_length=4, choices=Availability, blank=True)
    available_from = models.CharField(_("available from"), max_length=10, blank=True)
    availability_note = models.CharField(_("availability note"), max_length=120, blank=True)
    links = models.JSONField(_("links"), default=list, blank=True)
    order = models.JSONField(default=list, blank=True)
    hidden = models.JSONField(default=list, blank=True)
    shows_hours = models.BooleanField(_("shows hours"), default=True)
    takes_messages = models.BooleanField(_("takes messages"), default=False)
    is_indexed = models.BooleanField(_("listed by search engines"), default=False)
    listed_at = models.DateTimeField(null=True, blank=True, editable=False)
    search_text = models.TextField(editable=False, default="")
    suspended_at = models.DateTimeField(null=True, blank=True, editable=False)
    suspension_reason = models.CharField(max_length=400, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-listed_at", "-owner"], condition=Q(listed_at__isnull=False), name="people_who_are_listed"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(visibility__range=(1, 4)), name="profile_visibility_1_to_4"),
            models.UniqueConstraint(fields=["handle"], condition=~Q(handle=""), name="one_portfolio_per_handle"),
        ]

    def __str__(self):
        return self.display_name or str(self.owner)

    def get_absolute_url(self):
        return reverse("portfolio:people:page", args=[self.handle])

    @property
    def sections(self):
        """The sections in the owner's order, those that are switched off as well; new ones come last."""
        ordered = [name for name in self.order if name in Section.values]
        return [Section(name) for name in dict.fromkeys([*ordered, *Section.values])]

    @property
    def shown_sections(self):
        return [section for section in self.sections if section not in self.hidden]

    @property
    def is_listed(self):
        return self.listed_at is not None


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
    name = models.CharField(_("name"), max_length=80)
    body = models.CharField(_("set by"), max_length=120, blank=True)
    starts = models.DateField(_("starts"))
    ends = models.DateField(_("ends"))
    target_minutes = models.PositiveIntegerField(_("target minutes"), default=0)
    structured_minutes = models.PositiveIntegerField(_("structured minutes"), default=0)
    carry_over_minutes = models.PositiveIntegerField(_("carry over minutes"), default=0)
    reduction_minutes = models.PositiveIntegerField(_("reduction minutes"), default=0)
    reduction_reason = models.CharField(_("reduction reason"), max_length=160, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("CPD cycle")
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
        return gettext("Calendar of {owner}").format(owner=self.owner)


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
