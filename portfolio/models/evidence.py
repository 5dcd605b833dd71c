"""What hangs on an entry: the skills it shows, and the files and links that show it."""

import uuid
from pathlib import PurePath

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careers.scales import Level

from ..querysets import EvidenceQuerySet, PartQuerySet, RequestQuerySet
from ..scales import Asking, Medium
from .entries import Entry


class Evidence(models.Model):
    """An entry shows a skill at a level: the fact that a gap is counted from."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="evidence")
    skill = models.ForeignKey("careers.Skill", models.PROTECT, related_name="+", verbose_name=_("skill"))
    level = models.PositiveSmallIntegerField(_("how did you use it?"), choices=Level)
    note = models.CharField(_("note"), max_length=255, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "skill"], name="one_piece_per_entry_and_skill"),
            models.CheckConstraint(condition=Q(level__range=(1, 4)), name="evidence_level_1_to_4"),
        ]

    def __str__(self):
        return f"{self.skill}: {self.get_level_display().lower()}"


class EndorsementRequest(models.Model):
    """A question to somebody who was there: did it happen as this entry says? Answered on a page of its own, by its secret."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="requests")
    name = models.CharField(_("name"), max_length=120)
    relation = models.CharField(_("role on the work"), max_length=120, blank=True)
    email = models.EmailField(_("email"))
    message = models.TextField(_("message"), max_length=500, blank=True)
    # Whether the mail tells them the member's own address.
    takes_replies = models.BooleanField(_("takes replies"), default=False)
    # What the secret address is made of, with a signature that is stored nowhere.
    nonce = models.CharField(max_length=32, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=9, choices=Asking, default=Asking.OPEN)
    asked_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires at"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=500, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "email"], condition=Q(state="open"), name="one_open_request_per_person"),
        ]

    def __str__(self):
        return f"{self.name}: {self.entry}"


class Endorsement(models.Model):
    """Somebody who was there confirms a piece of evidence, at a level; it stands beside the owner's own word."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="endorsements")
    endorser = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    relation = models.CharField(_("role on the work"), max_length=120, blank=True)
    level = models.PositiveSmallIntegerField(choices=Level)
    request = models.ForeignKey(EndorsementRequest, models.SET_NULL, null=True, blank=True, related_name="endorsements")
    # Their own words, which they agreed may stand beside their name.
    quote = models.CharField(max_length=400, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(level__range=(1, 4)), name="endorsement_level_1_to_4")]

    def __str__(self):
        return f"{self.name}: {self.evidence}"


class Link(models.Model):
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="links")
    url = models.URLField(_("address"), max_length=500)
    label = models.CharField(_("what it shows"), max_length=120, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.label or self.url


def private():
    """Where members' files lie: no address leads there, only a view that asks who is looking."""
    return storages["private"]


def place(attachment, name):
    """A path that says nothing of the file, its owner or its name."""
    found = uuid.uuid4().hex
    return f"{found[:2]}/{found}{PurePath(name).suffix}"


class Attachment(models.Model):
    """A file of an entry, cleaned before it was stored."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="attachments")
    medium = models.CharField(max_length=5, choices=Medium)
    file = models.FileField(storage=private, upload_to=place, max_length=80)
    preview = models.FileField(storage=private, upload_to=place, max_length=80, blank=True)
    captions = models.FileField(storage=private, upload_to=place, max_length=80, blank=True)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=40)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    alt = models.CharField(_("what can be seen or heard"), max_length=255, blank=True)
    is_certificate = models.BooleanField(default=False)
    added_at = models.DateTimeField(auto_now_add=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.name

    @property
    def key(self):
        """Its part of an address, as text."""
        return str(self.uuid)


class Reminder(models.Model):
    """A reminder that went out, so that none goes out twice."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="reminders")
    about = models.CharField(max_length=11)
    due_on = models.DateField()
    days_before = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "about", "due_on", "days_before"], name="a_reminder_goes_out_once")
        ]

    def __str__(self):
        return f"{self.about} of {self.entry} on {self.due_on}"
