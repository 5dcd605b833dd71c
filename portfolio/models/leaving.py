"""Taking everything along, and going: long pieces of work that survive the process that began them."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext

from home.wording import day_words

from ..querysets import OwnedQuerySet
from ..scales import Progress
from .evidence import place, private


class Job(models.Model):
    """A piece of work in steps, done by whoever holds it; nobody does once `touched_at` is old."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    progress = models.CharField(max_length=7, choices=Progress, default=Progress.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class Export(Job):
    """A copy of everything that a member owns, as one archive; gone a day after it was ready."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="exports")
    file = models.FileField(storage=private, upload_to=place, max_length=80, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self):
        return gettext("Export of {day}").format(day=day_words(self.asked_at))


class Erasure(Job):
    """An account on its way out, and afterwards the stub that says it went: a number and times, nothing of the person."""

    # No foreign key: the row outlives the account.
    account = models.BigIntegerField(unique=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self):
        return gettext("Erasure of account {account}").format(account=self.account)
