from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..querysets import OwnedQuerySet


class InterestResult(models.Model):
    """A result of the interests quiz that a member keeps; nobody else reads it, a counsellor neither."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="interest_results")
    edition = models.ForeignKey("careers.QuizEdition", models.PROTECT, related_name="+")
    taken_on = models.DateField()
    answers = models.JSONField(help_text=_("1 to 5 by the key of each statement, 0 where there is no answer."))
    kept_at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-taken_on", "-pk"]

    def __str__(self):
        return str(self.taken_on)
