"""What follows when something published changes: one more guide version, and careers found under new words."""

from django.apps import apps
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail import signals
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from home.models import GuideSnippet, GuideVersion

from .interests import take_edition

# What a draft, a lock or a schedule writes: nothing of it is seen by readers.
BOOKKEEPING = frozenset(
    "latest_revision latest_revision_created_at live_revision draft_title has_unpublished_changes locked locked_at locked_by "
    "go_live_at expire_at expired".split()
)


def advance(**kwargs):
    """Whatever readers see may have changed."""
    GuideVersion.advance()


def advance_if_seen(instance, update_fields=None, **kwargs):
    """A save that readers can see: of something published, and of more than bookkeeping."""
    if getattr(instance, "live", True) and not (update_fields and BOOKKEEPING.issuperset(update_fields)):
        GuideVersion.advance()


def reindex_behind(instance, created=False, raw=False, **kwargs):
    """Careers are found by the names of their skills, so a renamed skill moves them too."""
    if created or raw:
        return
    for row in instance.requirements.select_related("page"):
        index.insert_or_update_object(row.page)


def keep_titles(instance, **kwargs):
    """Steps that lead to a career keep its title when it goes."""
    instance.reached_from.filter(title="").update(title=instance.title)


def keep_edition(**kwargs):
    """A new edition of the quiz, if what is published of it is whole and differs from what was asked before."""
    take_edition()


def connect():
    """Listen to every model whose words readers can see."""
    from .models import CareerPage, InterestStatement, Skill, Source

    pages = [model for model in apps.get_models() if issubclass(model, Page)]
    snippets = [model for model in apps.get_models() if issubclass(model, GuideSnippet)]
    for model in [*pages, *snippets, Source, PageViewRestriction]:
        post_save.connect(advance_if_seen, sender=model, dispatch_uid=f"advance-save-{model.__name__}")
        post_delete.connect(advance, sender=model, dispatch_uid=f"advance-delete-{model.__name__}")
    for name in ("page_unpublished", "unpublished", "page_slug_changed", "post_page_move"):
        getattr(signals, name).connect(advance, dispatch_uid=f"advance-{name}")
    m2m_changed.connect(advance, sender=PageViewRestriction.groups.through, dispatch_uid="advance-groups")
    post_save.connect(keep_edition, sender=InterestStatement, dispatch_uid="keep-edition-save")
    post_delete.connect(keep_edition, sender=InterestStatement, dispatch_uid="keep-edition-delete")
    pre_delete.connect(keep_titles, sender=CareerPage, dispatch_uid="keep-titles")
    post_save.connect(reindex_behind, sender=Skill, dispatch_uid="reindex-behind-skill")
