"""What follows when something published changes: one more guide version, and careers found under new words."""

from django.apps import apps
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.search import index
from wagtail.signals import page_slug_changed, post_page_move

from home.models import GuideSnippet, GuideVersion


def advance(**kwargs):
    GuideVersion.advance()


def reindex_behind(instance, created=False, raw=False, **kwargs):
    """Careers are found by the names of their skills, so a renamed skill moves them too."""
    if created or raw:
        return
    for row in instance.requirements.select_related("page"):
        index.insert_or_update_object(row.page)


def connect():
    """Listen to every model whose words readers can see."""
    from .models import Skill, Source

    pages = [model for model in apps.get_models() if issubclass(model, Page)]
    snippets = [model for model in apps.get_models() if issubclass(model, GuideSnippet)]
    for model in [*pages, *snippets, Source]:
        post_save.connect(advance, sender=model, dispatch_uid=f"advance-save-{model.__name__}")
        post_delete.connect(advance, sender=model, dispatch_uid=f"advance-delete-{model.__name__}")
    page_slug_changed.connect(advance, dispatch_uid="advance-slug")
    post_page_move.connect(advance, dispatch_uid="advance-move")
    post_save.connect(reindex_behind, sender=Skill, dispatch_uid="reindex-behind-skill")
