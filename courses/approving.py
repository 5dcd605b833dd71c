"""Who stands for a published pick besides its curator, and which picks somebody should look at again."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState
from wagtail.signals import published

from home.models import GuideVersion

from .models import Recommendation, SecondPersonTask

SOON = timedelta(days=30)
# An account need not have a name, and an address is told to nobody.
NAMELESS = _("A second person of the guide")


def connect():
    """Note on every published pick who approved the words that it now has."""
    published.connect(note_approval, sender=Recommendation, dispatch_uid="courses.note_approval")


def note_approval(instance, revision, **kwargs):
    """Set who approved this revision; nobody, if it was published without a second person."""
    person = approver(revision)
    name = (person.get_full_name() or NAMELESS)[:120] if person else ""
    instance.approved_by, instance.approved_by_name = person, name
    Recommendation.objects.filter(pk=instance.pk).update(approved_by=person, approved_by_name=name)
    GuideVersion.advance()


def approver(revision):
    """Whoever approved the revision, or None."""
    tasks = SecondPersonTask.objects.values("pk")
    approved = TaskState.objects.filter(revision=revision, task__in=tasks, status=TaskState.STATUS_APPROVED)
    last = approved.select_related("finished_by").order_by("-finished_at").first()
    return last and last.finished_by


def to_look_at_again(today):
    """Published picks that are overdue or will be within 30 days, the oldest first."""
    due = Recommendation.objects.filter(live=True, review_by__lte=today + SOON)
    return due.select_related("course", "career", "skill").order_by("review_by", "pk")
