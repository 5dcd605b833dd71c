"""What follows when something that readers see of courses changes: one more guide version."""

from django.db.models.signals import post_delete, post_save

from careers.signals import advance, advance_if_seen


def connect():
    """Listen to the picks, and to what courses teach, which is written after the course itself."""
    from .models import CourseOutcome, Recommendation

    for model in (CourseOutcome, Recommendation):
        post_save.connect(advance_if_seen, sender=model, dispatch_uid=f"advance-save-{model.__name__}")
        post_delete.connect(advance, sender=model, dispatch_uid=f"advance-delete-{model.__name__}")
