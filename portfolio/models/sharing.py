"""What a member shows to others: the pieces put in front, the links handed out, and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..querysets import OwnedQuerySet, PartQuerySet, ShareLinkQuerySet
from ..scales import Consent, Ground, Look, Verdict
from .entries import Entry
from .evidence import Attachment


class Feature(models.Model):
    """A clip, a picture or an outside address of an entry that its owner puts in front on the portfolio."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="features")
    attachment = models.ForeignKey(Attachment, models.CASCADE, null=True, blank=True, related_name="features")
    # One of the entry's links, by its address: links are written anew when an entry is saved.
    url = models.URLField(max_length=500, blank=True)
    is_reel = models.BooleanField(default=False)
    place = models.PositiveSmallIntegerField(default=0)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["-is_reel", "place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["attachment"], name="a_file_is_featured_once"),
            models.CheckConstraint(
                condition=Q(attachment__isnull=False, url="") | (Q(attachment__isnull=True) & ~Q(url="")),
                name="feature_is_a_file_or_an_address",
            ),
        ]

    def __str__(self):
        return self.url or str(self.attachment)


class ShareLink(models.Model):
    """A secret address of a portfolio, for some time and for some people; the secret is shown once and never stored."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="share_links")
    name = models.CharField(_("who it is for"), max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    entries = models.ManyToManyField(Entry, blank=True, related_name="+")
    has_all = models.BooleanField(default=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(starts_at__lt=models.F("ends_at")), name="link_starts_before_it_ends")]

    def __str__(self):
        return self.name


class AccessEvent(models.Model):
    """Somebody other than its owner saw what a member owns.

    Every page that a counsellor opens is written down; of a secret link at most one look an hour.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="access_events")
    what = models.CharField(max_length=9, choices=Look)
    who = models.CharField(max_length=120)
    link = models.ForeignKey(ShareLink, models.SET_NULL, null=True, blank=True, related_name="+")
    entry = models.ForeignKey(Entry, models.SET_NULL, null=True, blank=True, related_name="+")
    connection = models.ForeignKey("portfolio.Connection", models.SET_NULL, null=True, blank=True, related_name="looks")
    # The page a counsellor opened, in a word of the guide's own language.
    part = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["owner", "-at", "-id"], name="looks_newest")]

    def __str__(self):
        return f"{self.who}: {self.get_what_display()}"

    @property
    def part_word(self):
        """The page that was opened, in the reader's language."""
        return gettext(self.part) if self.part else ""

    @property
    def reader(self):
        """The name of the one who looked; an owner who did is told so in their language."""
        return gettext(self.who) if self.what == Look.EXPORT else self.who


class ConsentEvent(models.Model):
    """What a member agreed to or took back, when, and by which text."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents")
    about = models.CharField(max_length=8, choices=Consent)
    value = models.CharField(max_length=80)
    text_version = models.CharField(max_length=10)
    at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.get_about_display()}: {self.value}"


class Message(models.Model):
    """What a visitor wrote to a member; kept until it was handed to the mail server, and no longer."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="messages")
    name = models.CharField(_("your name"), max_length=120)
    email = models.EmailField(_("your email"))
    text = models.TextField(_("message"), max_length=4000)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.name} to {self.owner}"


class Report(models.Model):
    """Somebody thinks that a public portfolio, or an entry in it, should not stand there."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reports")
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, blank=True, related_name="reports")
    ground = models.CharField(max_length=10, choices=Ground)
    text = models.TextField(max_length=2000, blank=True)
    email = models.EmailField(blank=True)
    verdict = models.CharField(max_length=9, choices=Verdict, default=Verdict.OPEN)
    decision = models.CharField(max_length=400, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["made_at", "pk"]
        permissions = [("moderate", "Can decide on reports")]

    def __str__(self):
        return f"{self.get_ground_display()}: {self.entry or self.owner}"
