from django.db import models
from django.db.models import F


class GuideVersion(models.Model):
    """The number of times that anything published in the guide has changed: one row.

    Rendered fragments carry it in their key, so no process can show stale words.
    """

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_guide_version")]

    def __str__(self):
        return str(self.number)

    @classmethod
    def current(cls):
        """The number now; None before anything was published."""
        return cls.objects.values_list("number", flat=True).first()

    @classmethod
    def advance(cls):
        """Count one more change of the published guide."""
        if not cls.objects.filter(pk=1).update(number=F("number") + 1):
            cls.objects.get_or_create(pk=1, defaults={"number": 1})
